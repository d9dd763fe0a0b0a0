"""Links that let colleagues look at a draft: making them, ending them, and the walk that they open."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.permissions import Right, staff_page
from consult.preview_links import MOST_DAYS, end_link, live_links, make_link, opened_by, token_of
from consult.views.building.forms import line
from consult.views.building.preview import Addresses, page_in_state
from consult.views.building.saying import above, bound_problems
from consult.views.building.walking import walked
from consult.views.preflight_rows import name_of
from consult.wording import long_date, moment


class ShareForm(forms.Form):
    """Who a link is for, and for how long it works."""

    use_required_attribute = False
    for_whom = line(
        "Who is it for?", most=100, hint="Optional. For your team, to tell links apart. For example: patient group"
    )
    days = forms.TypedChoiceField(
        label="For how long should it work?",
        coerce=int,
        choices=[(1, "1 day"), (7, "1 week"), (14, "2 weeks"), (MOST_DAYS, "4 weeks")],
        widget=forms.RadioSelect,
        initial=7,
        error_messages={"required": "Select for how long it should work"},
    )


def shown_links(consultation, *, now):
    """What the page says of each link that works now."""
    return [
        {
            "pk": link.pk,
            "for_whom": link.for_whom or "Colleagues",
            "made": f"{name_of(link.made_by)}, {long_date(link.made_at)}",
            "until": moment(link.expires_at),
        }
        for link in live_links(consultation, now=now)
    ]


def address_shown(request, consultation, *, now):
    """The address of the link that the page is asked to show; "" where there is none that works."""
    number = request.GET.get("link", "")
    link = live_links(consultation, now=now).filter(pk=number).first() if number.isdecimal() else None
    return settings.BASE_URL + reverse("preview-page", args=[token_of(link), "start"]) if link else ""


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request, consultation):
    """The links that work now, and a form that makes another."""
    now, form = timezone.now(), ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        link = make_link(consultation, **form.cleaned_data, by=request.user, now=now)
        return redirect(reverse("build-preview-share", args=[consultation.slug]) + f"?link={link.pk}")
    context = (
        above(consultation, "preview")
        | bound_problems(form)
        | {
            "page_title": "Let colleagues look",
            "form": form,
            "links": shown_links(consultation, now=now),
            "address": address_shown(request, consultation, now=now),
        }
    )
    return render(request, "consult/staff/building/share.html", context, status=422 if form.errors else 200)


@staff_page(Right.BUILD)
@require_POST
def end(request, consultation, link):
    """Take a link back. Raises Http404 for one of another consultation, or that was taken back before."""
    end_link(get_object_or_404(consultation.preview_links, pk=link), by=request.user, now=timezone.now())
    messages.success(request, "The link was ended. It opens nothing any more.")
    return redirect("build-preview-share", slug=consultation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request, token):
    """The walk that a link for colleagues opens, until it expires or is ended."""
    consultation = opened_by(token, now=timezone.now())
    back_to = reverse("preview-page", args=[token, "start"])
    return unlisted(walked(request, consultation, back_to=back_to) if consultation else ended(request))


PAGES = {"start": "open", "privacy": "privacy"}
"""The pages before the questions that a link opens too, by their names in its address, with the states they are of."""


@require_safe
def shared_page(request, token, page):
    """One of PAGES. Raises Http404 for any other."""
    consultation = opened_by(token, now=timezone.now())
    if consultation is None:
        return unlisted(ended(request))
    if page not in PAGES:
        raise Http404
    names = {state: name for name, state in PAGES.items()}
    walk = reverse("preview", args=[token])
    here = Addresses(state=lambda state: reverse("preview-page", args=[token, names[state]]), walk=walk)
    back, name = (walk, "The questions") if page == "start" else (here.state("open"), "Start page")
    response = page_in_state(request, consultation, PAGES[page], here, back=back, back_name=name)
    # What is kept for a minute of a public page is not, here.
    response.headers["Cache-Control"] = "no-store"
    return unlisted(response)


def ended(request):
    """What a link says that opens nothing any more."""
    return render(request, "consult/public/preview_ended.html", {"page_title": "This link has ended"}, status=410)


def unlisted(response):
    """The response, for no search engine."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
