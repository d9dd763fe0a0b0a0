"""What a lead sees of a questionnaire's languages and variants: which are whole, and what each question still lacks."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST, require_safe

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from surveys.definition import from_json
from surveys.editing import stamp_of
from surveys.renderings import (
    VARIANTS,
    by_question,
    in_preparation,
    offered,
    recorded,
    rendered,
    state_of,
    title_of,
)
from surveys.revising import ChangedMeanwhile


@staff_page(Right.SEE_RENDERINGS)
@require_safe
def languages(request, consultation):
    """The languages and variants of the questionnaire as it would be published now."""
    definition = from_json(consultation.questionnaire.draft)
    rows = [
        *(row(definition, rendering, is_offered=True) for rendering in offered(definition)),
        *(row(definition, rendering, is_offered=False) for rendering in in_preparation(definition)),
    ]
    context = {
        "page_title": "Languages and easy read",
        "consultation": consultation,
        "first": rendering_name(definition.languages[0]),
        "rows": rows,
        "may_say_so": Right.BUILD in request.rights,
        "holds_back": [row["name"] for row in rows if row["is_offered"] and row["lacks"]],
    }
    return render(request, "consult/staff/languages.html", context)


@staff_page(Right.BUILD)
@require_POST
def still_right(request, consultation, rendering):
    """Record that what a language or variant says is still right, although the words that it was made of have changed."""
    definition = from_json(consultation.questionnaire.draft)
    if rendering not in {*offered(definition), *in_preparation(definition)}:
        raise Http404
    seen = request.POST.get("seen", "")
    try:
        revise_draft(
            consultation,
            lambda newest: recorded(newest, rendering),
            what=f"said that {rendering_name(rendering)} is still right",
            by=request.user,
            now=timezone.now(),
            is_as_seen=lambda newest: stamp_of(out_of_date_in(newest, rendering)) == seen,
        )
        messages.success(request, f"{rendering_name(rendering)}: recorded as still right.")
    except ChangedMeanwhile:
        messages.warning(request, "Somebody else changed the words while you were looking. Look at what has changed.")
    return redirect("staff-languages", slug=consultation.slug)


def out_of_date_in(definition, rendering):
    """The texts of a rendering that were made of other words than today's, with those words: what somebody has looked at."""
    places = set(state_of(definition, rendering).out_of_date)
    return tuple(f"{text.place} {text.of}" for text in rendered(definition, rendering) if text.place in places)


def row(definition, rendering, *, is_offered):
    """What the page shows of one language or variant."""
    state = state_of(definition, rendering)
    return {
        "key": rendering,
        "is_only_out_of_date": bool(state.out_of_date) and not state.missing,
        "seen": stamp_of(out_of_date_in(definition, rendering)),
        "name": rendering_name(rendering),
        "is_offered": is_offered,
        "states": states_in_words(rendering, state),
        "lacks": [
            {"what": what, "questions": questions_lacking(definition, places)}
            for what, places in (("Missing", state.missing), ("Out of date", state.out_of_date))
            if places
        ],
    }


def states_in_words(rendering, state):
    """The state of a language or variant as short sentences, the most pressing first."""
    said = []
    if state.missing:
        said.append(f"{texts(state.missing)} missing")
    if state.out_of_date:
        said.append(f"{texts(state.out_of_date)} out of date")
    if state.is_whole:
        said.append("Whole")
    if state.needs_check:
        said.append("Needs a check by people who use it" if rendering in VARIANTS else "Needs a native check")
    return said


def texts(places):
    """How many texts, in words."""
    return "1 text" if len(places) == 1 else f"{len(places)} texts"


def questions_lacking(definition, places):
    """Places gathered by their questions: `[{title, parts}]`."""
    return [
        {"title": title_of(definition, key), "parts": ", ".join(parts)}
        for key, parts in by_question(definition, places).items()
    ]


def rendering_name(rendering):
    """A language or variant in English; its code where Django does not know it."""
    if rendering in VARIANTS:
        return VARIANTS[rendering]
    try:
        return get_language_info(rendering)["name"]
    except KeyError:
        return rendering
