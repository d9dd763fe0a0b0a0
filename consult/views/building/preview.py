"""Looking at a draft as people will see it: every state, language, variant and width. Nothing that is typed is saved."""

from copy import copy
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.languages import offered
from consult.models import Consultation
from consult.permissions import Right, staff_page
from consult.preview import MOST_DAYS, share_token, shared_consultation_id
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.building.saying import above
from consult.views.building.walking import walked
from consult.views.languages import rendering_name
from consult.views.public import start_page, state_page
from surveys.revising import draft_of

STATES = {
    "forthcoming": "Before it opens",
    "open": "While it is open: the start page",
    "closed": "After it has closed",
}
"""What each state is called."""
A_WEEK, OPEN_FOR = timedelta(weeks=1), timedelta(weeks=8)


class ShareForm(forms.Form):
    """For how long a link for colleagues works."""

    days = forms.TypedChoiceField(
        label="For how long should it work?",
        coerce=int,
        choices=[(1, "1 day"), (7, "1 week"), (14, "2 weeks"), (MOST_DAYS, "4 weeks")],
        widget=forms.RadioSelect,
        initial=7,
    )


@staff_page(Right.BUILD)
@require_safe
def preview(request, consultation):
    """What can be looked at, and how."""
    return render(request, "consult/staff/building/preview.html", preview_context(consultation))


def preview_context(consultation, **more):
    definition = draft_of(consultation.questionnaire)
    return above(consultation, "tasks") | {
        "page_title": "Preview",
        "renderings": [
            *((f"?language={language}", rendering_name(language)) for language in languages_of(definition)),
            *((f"?variant={variant}", rendering_name(variant)) for variant in definition.variants),
        ],
        "states": list(STATES.items()),
        "form": ShareForm(),
        **more,
    }


def languages_of(definition):
    """The language it is written in, and those that people may choose beside it."""
    first = definition.languages[0]
    return [first, *(language for language in offered(definition) if language not in (first, *definition.variants))]


@staff_page(Right.BUILD)
@require_POST
def share(request, consultation):
    """A link for colleagues, shown once."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        return redirect("build-preview", slug=consultation.slug)
    token = share_token(consultation, days=form.cleaned_data["days"], now=timezone.now())
    link = settings.BASE_URL + reverse("preview", args=[token])
    return render(request, "consult/staff/building/preview.html", preview_context(consultation, link=link))


@staff_page(Right.BUILD)
@require_safe
def state(request, consultation, state):
    """The page that people come to in one state of the consultation."""
    if state not in STATES:
        raise Http404
    now, shown = timezone.now(), copy(consultation)
    shown.opens_at, shown.closes_at = times_in(state, consultation, now=now)
    shown.launched_at = min(now, shown.opens_at)
    shown.reported_at = shown.decided_at = shown.withdrawn_at = shown.first_closes_at = None
    stage = stage_at(facts_about(shown), now)
    if state == "open":
        return start_page(request, shown, draft_of(consultation.questionnaire), now=now)
    return state_page(request, shown, stage, now=now)


def times_in(state, consultation, *, now):
    """When a consultation in a state opens and closes: its own times, where they give that state now."""
    opens, closes = consultation.opens_at, consultation.closes_at
    if state == "forthcoming":
        return (opens, closes) if opens > now else (now + A_WEEK, now + A_WEEK + OPEN_FOR)
    if state == "open":
        return min(opens, now - A_WEEK), closes if closes > now else now + OPEN_FOR
    closes = min(closes, now - A_WEEK)
    return min(opens, closes - OPEN_FOR), closes


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request, consultation):
    """The questions of a draft, page by page, as people will see them."""
    return walked(request, consultation, back_to=reverse("build-preview", args=[consultation.slug]))


@staff_page(Right.BUILD)
@require_safe
def phone(request, consultation):
    """The same in a frame as narrow as a phone."""
    address = reverse("build-preview-walk", args=[consultation.slug])
    context = above(consultation, "tasks") | {
        "page_title": "Preview on a phone",
        "address": f"{address}?{request.GET.urlencode()}",
    }
    response = render(request, "consult/staff/building/phone.html", context)
    response.headers["Content-Security-Policy"] = f"{settings.CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request, token):
    """The walk that a link for colleagues opens, until it expires."""
    found = shared_consultation_id(token, now=timezone.now())
    if found is None:
        return render(request, "consult/public/preview_ended.html", {"page_title": "This link has ended"}, status=410)
    consultation = get_object_or_404(Consultation.objects.select_related("team", "questionnaire"), pk=found)
    response = walked(request, consultation, back_to=request.path)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
