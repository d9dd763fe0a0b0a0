"""What a lead sees of a questionnaire's languages and variants: which are whole, and what each question still lacks."""

from django.shortcuts import render
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from consult.permissions import Right, staff_page
from surveys.definition import from_json
from surveys.renderings import VARIANTS, by_question, in_preparation, offered, state_of, title_of


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
        "holds_back": [row["name"] for row in rows if row["is_offered"] and row["lacks"]],
    }
    return render(request, "consult/staff/languages.html", context)


def row(definition, rendering, *, is_offered):
    """What the page shows of one language or variant."""
    state = state_of(definition, rendering)
    return {
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
