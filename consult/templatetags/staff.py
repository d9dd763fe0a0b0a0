"""Template tags of the staff's pages: `{% staff_menu as menu %}`, what the header offers to somebody who is signed in."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_menu(context):
    """The links of the header, as `partials/header.html` takes them; none for somebody who is not signed in."""
    request = context["request"]
    if not request.user.is_authenticated:
        return []
    links = [("Consultations", reverse("staff-consultations")), ("Your account", reverse("mfa_index"))]
    menu = [{"text": text, "href": href, **current(request.path, href)} for text, href in links]
    return [*menu, {"text": "Sign out", "href": reverse("account_logout"), "post": True}]


def current(path, href):
    """Whether a link leads to this page, or to the part of the site that this page is in."""
    if path == href:
        return {"current": True}
    return {"current": True, "current_kind": "true"} if path.startswith(href) else {}
