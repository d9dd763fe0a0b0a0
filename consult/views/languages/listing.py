"""Every language and variant of a questionnaire with how far it is, and the form that adds one."""

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consult.permissions import Right, staff_page
from consult.translating import add_rendering
from consult.views.building.saying import bound_problems
from surveys.languages import LANGUAGES, known
from surveys.naming import rendering_name
from surveys.renderings import VARIANTS, offered, rendered, renderings_of, state_of
from surveys.revising import draft_of


class AddForm(forms.Form):
    """One more language or variant."""

    use_required_attribute = False
    rendering = forms.ChoiceField(
        label="Language or easy read",
        error_messages={"required": "Choose what to add", "invalid_choice": "Choose one that is on the list"},
    )

    def __init__(self, data=None, *, definition):
        super().__init__(data)
        there = {definition.languages[0], *renderings_of(definition)}
        languages = [
            (code, language.name if language.own == language.name else f"{language.name} ({language.own})")
            for code, language in LANGUAGES.items()
            if code not in there
        ]
        variants = [
            (variant, f"{name}, in {rendering_name(definition.languages[0])}") for variant, name in VARIANTS.items()
        ]
        choices = [*(choice for choice in variants if choice[0] not in there), *languages]
        self.fields["rendering"].choices = [("", "Choose"), *choices]


@staff_page(Right.SEE_RENDERINGS)
@require_safe
def languages(request, consultation):
    """The languages and variants of the questionnaire as it would be published now."""
    return listed(request, consultation, draft_of(consultation.questionnaire))


@staff_page(Right.BUILD)
@require_POST
def add(request, consultation):
    """Begin one more language or variant, and go to what there is to write."""
    definition = draft_of(consultation.questionnaire)
    form = AddForm(request.POST, definition=definition)
    if not form.is_valid():
        return listed(request, consultation, definition, form=form)
    rendering = form.cleaned_data["rendering"]
    add_rendering(consultation, rendering, by=request.user, now=timezone.now())
    return redirect("staff-rendering", slug=consultation.slug, rendering=rendering)


def listed(request, consultation, definition, *, form=None):
    """The page. `form`: what was sent, where something is wrong with it."""
    rows = [row(definition, rendering) for rendering in renderings_of(definition)]
    context = bound_problems(form or AddForm(definition=definition)) | {
        "page_title": "Languages and easy read",
        "consultation": consultation,
        "first": rendering_name(definition.languages[0]),
        "rows": rows,
        "may_write": Right.BUILD in request.rights,
        "form": form or AddForm(definition=definition),
        "holds_back": any(row["is_offered"] and not row["is_whole"] for row in rows),
    }
    return render(request, "consult/staff/languages/list.html", context, status=422 if form else 200)


def row(definition, rendering):
    """What the page shows of one language or variant."""
    state = state_of(definition, rendering)
    return {
        "key": rendering,
        "name": rendering_name(rendering),
        "own": own_name(rendering),
        "is_offered": rendering in offered(definition),
        "is_whole": state.is_whole,
        "states": states_in_words(definition, rendering, state),
    }


def own_name(rendering):
    """A language as it calls itself, `{words, language, direction}`; None for a variant and for one that we do not know."""
    language = None if rendering in VARIANTS else known(rendering)
    return language and {"words": language.own, "language": rendering, "direction": language.direction}


def states_in_words(definition, rendering, state):
    """The state of a language or variant as short sentences, the most pressing first."""
    number = sum(1 for _ in rendered(definition, rendering))
    done = number - len(state.missing) - len(state.out_of_date)
    said = ["Whole"] if state.is_whole else [f"{done} of {texts(number)} done"]
    if state.missing:
        said.append(f"{len(state.missing)} missing")
    if state.out_of_date:
        said.append(f"{len(state.out_of_date)} out of date")
    if state.needs_check:
        said.append(check_needed(rendering))
    return said


def check_needed(rendering):
    """Who has still to read it."""
    return "Needs a check by people who use it" if rendering in VARIANTS else "Needs a native check"


def texts(number):
    """How many texts, in words."""
    return "1 text" if number == 1 else f"{number} texts"
