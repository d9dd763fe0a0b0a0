"""Looking at a draft as people will see it: every state, language, variant and width. Nothing that is typed is saved."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consult.checked import checked_draft
from consult.languages import asked_for, languages_of, offered, speaking
from consult.permissions import Right, staff_page
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.begin import came_before_context, privacy_context
from consult.views.building.saying import above
from consult.views.building.walking import walked
from consult.views.paper import draft_orders
from consult.views.public import start_page, state_page, told_of
from consult.views.spoken import in_asked_language
from surveys.naming import rendering_name
from surveys.revising import draft_of

STATES = {
    "forthcoming": "Before it opens",
    "open": "While it is open: the start page",
    "privacy": "How we use your answers",
    "answered": "When somebody has already answered on the device",
    "closed": "After it has closed",
}
"""What each state is called."""
A_WEEK, OPEN_FOR = timedelta(weeks=1), timedelta(weeks=8)


@staff_page(Right.SEE_PREFLIGHT)
@require_safe
def preview(request, consultation):
    """What can be looked at, and how. Whoever approves a draft reads it here too."""
    may_build = Right.BUILD in request.rights
    context = above(consultation, "tasks" if may_build else "publishing") | {
        "page_title": "Preview",
        "renderings": renderings(draft_of(consultation.questionnaire)),
        "on_paper": on_paper(consultation),
        "states": list(STATES.items()),
        "may_build": may_build,
    }
    return render(request, "consult/staff/building/preview.html", context)


def renderings(definition):
    """What the questions can be walked in: `[(query of the address, name)]`."""
    return [
        *((f"?language={language}", rendering_name(language)) for language in languages_walked(definition)),
        *((f"?variant={variant}", rendering_name(variant)) for variant in definition.variants),
    ]


def languages_walked(definition):
    """The language it is written in, and those that people may choose beside it."""
    first = definition.languages[0]
    return [first, *(language for language in offered(definition) if language not in (first, *definition.variants))]


def on_paper(consultation):
    """The forms to print, of the same draft: `[(address, name)]`."""
    return [
        (reverse("build-preview-paper", args=[consultation.slug, name]), words)
        for name, words in draft_orders(draft_of(consultation.questionnaire))
    ]


# The pages around the questions -------------------------------------------------------------------------------------------


@staff_page(Right.SEE_PREFLIGHT)
@require_safe
def state(request, consultation, state):
    """The page that people come to in one state of the consultation."""
    if state not in STATES:
        raise Http404
    here = Addresses(
        state=partial(state_url, consultation), walk=reverse("build-preview-walk", args=[consultation.slug])
    )
    return page_in_state(request, consultation, state, here, back=reverse("build-preview", args=[consultation.slug]))


@dataclass(frozen=True)
class Addresses:
    """Where the pages of a preview lie: `state` gives the address of a state's page, `walk` is that of the questions."""

    state: Callable[[str], str]
    walk: str


def page_in_state(request, consultation, state, here, *, back, back_name="Preview"):
    """The page that people come to in one of STATES, of the draft as it is now. `here` are the addresses of this preview."""
    now, definition = timezone.now(), draft_of(consultation.questionnaire)
    shown = in_state(state, consultation, now=now)
    around = {"is_preview": True, "preview_back": back, "preview_back_name": back_name}
    if state == "open":
        around["next_url"] = here.state("privacy")
        asked = checked_draft(consultation.questionnaire).paths.asked
        return start_page(request, shown, definition, asked=asked, now=now, **around)
    if state in BEFORE_QUESTIONS:
        return before_questions(request, shown, definition, state=state, here=here, now=now, **around)
    with in_asked_language(request, languages_of(definition)) as languages:
        return state_page(request, shown, stage_at(facts_about(shown), now), now=now, **languages, **around)


BEFORE_QUESTIONS = {
    "privacy": ("consult/respond/privacy.html", privacy_context, ""),
    "answered": (
        "consult/respond/came_before.html",
        partial(came_before_context, draft=None, receipt="#maincontent"),
        "privacy",
    ),
}
"""Pages between the start and the questions: the template, what it says, and which state follows; "" for the questions."""


def before_questions(request, shown, definition, *, state, here, now, **around):
    """One of BEFORE_QUESTIONS, in the words asked for."""
    template, context_of, following = BEFORE_QUESTIONS[state]
    choices = languages_of(definition)
    language = asked_for(request, choices) or choices[0]
    asked = request.GET.get("variant", "")
    chosen = {"language": language, "variant": asked if asked in definition.variants else ""}
    address = here.state(following) if following else here.walk
    with speaking(language):
        told = told_of(definition)
        context = context_of(shown, now, choices=choices, address=request.path, told=told, **chosen)
        return render(request, template, context | around | {"next_url": f"{address}?{urlencode(chosen)}"})


def state_url(consultation, state):
    """The address of a state's page."""
    return reverse("build-preview-state", args=[consultation.slug, state])


def in_state(state, consultation, *, now):
    """The consultation as it would be in a state, never saved: its own times where they give that state now."""
    shown = copy(consultation)
    shown.opens_at, shown.closes_at = times_in(state, consultation, now=now)
    shown.launched_at = min(now, shown.opens_at)
    shown.reported_at = shown.decided_at = shown.withdrawn_at = shown.first_closes_at = None
    return shown


def times_in(state, consultation, *, now):
    """When a consultation in a state opens and closes."""
    opens, closes = consultation.opens_at, consultation.closes_at
    if state == "forthcoming":
        return (opens, closes) if opens > now else (now + A_WEEK, now + A_WEEK + OPEN_FOR)
    if state == "closed":
        closes = min(closes, now - A_WEEK)
        return min(opens, closes - OPEN_FOR), closes
    return min(opens, now - A_WEEK), closes if closes > now else now + OPEN_FOR


# The questions ------------------------------------------------------------------------------------------------------------


@staff_page(Right.SEE_PREFLIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request, consultation):
    """The questions of a draft, page by page, as people will see them."""
    return walked(request, consultation, back_to=reverse("build-preview", args=[consultation.slug]))


@staff_page(Right.SEE_PREFLIGHT)
@require_safe
def phone(request, consultation):
    """The same in a frame as narrow as a phone."""
    address = reverse("build-preview-walk", args=[consultation.slug])
    context = above(consultation, "preview") | {
        "page_title": "Preview on a phone",
        "address": f"{address}?{request.GET.urlencode()}",
    }
    response = render(request, "consult/staff/building/phone.html", context)
    response.headers["Content-Security-Policy"] = f"{settings.CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response
