"""Who sees a page, a question or an option: rules of claims about earlier answers, built one claim at a time."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from consult.views.building.saying import above, bound_problems, rule_in_words
from surveys import editing
from surveys.claims import claim, parts_of, subjects_before, together
from surveys.definition import words
from surveys.editing import Gone, stamp_of
from surveys.naming import shown
from surveys.revising import ChangedMeanwhile, draft_of

COMPARISONS = {
    "equals": "is exactly",
    "less_than": "is less than",
    "at_most": "is at most",
    "more_than": "is more than",
    "at_least": "is at least",
}
JOINS = {
    "all": "all of these are true",
    "any": "at least 1 of these is true",
    "none": "none of these is true",
}
STALE = "Somebody else changed this rule while you were writing. This is how it stands now. Try again."


class ClaimForm(forms.Form):
    """What must be so of one earlier answer."""

    use_required_attribute = False
    codes = forms.MultipleChoiceField(
        label="Any of these was chosen", required=False, widget=forms.CheckboxSelectMultiple
    )
    says = forms.ChoiceField(label="The number", required=False)
    number = forms.DecimalField(label="Number", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    answered = forms.BooleanField(label="It was answered, whatever the answer", required=False)

    def __init__(self, data=None, *, subject, language):
        super().__init__(data)
        self.subject = subject
        compared = [(name, COMPARISONS[name]) for name in subject.claims if name in COMPARISONS]
        self.fields["codes"].choices = [(option.code, words(option.label, language)) for option in subject.options]
        self.fields["says"].choices = compared
        if not subject.options:
            del self.fields["codes"]
        if not compared:
            del self.fields["says"], self.fields["number"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                cleaned["claim"] = self.claimed(cleaned)
            except ValueError as nothing:
                self.add_error(
                    "codes" if "codes" in self.fields else "number" if "number" in self.fields else "answered",
                    str(nothing),
                )
        return cleaned

    def claimed(self, cleaned):
        if cleaned.get("answered"):
            return claim(self.subject, "answered")
        if "codes" in self.fields:
            return claim(self.subject, self.subject.chosen_claim, codes=[int(code) for code in cleaned["codes"]])
        if "number" in self.fields:
            number = cleaned["number"]
            return claim(self.subject, cleaned["says"], number=None if number is None else plain(number))
        raise ValueError("Tick the box to make this claim")


def plain(number):
    """A number as documents have it: whole where it is."""
    return int(number) if number == int(number) else float(number)


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request, consultation, place):
    """The rule of a place (`page:key`, `question:key`, `question:key:code`), claim by claim."""
    definition = draft_of(consultation.questionnaire)
    now_there, page = standing(definition, place)
    subjects = {subject.key: subject for subject in subjects_before(definition, page)}
    about = subjects.get(request.GET.get("about", ""))
    form = (
        ClaimForm(request.POST if request.method == "POST" else None, subject=about, language=definition.languages[0])
        if about
        else None
    )
    join, claims = parts_of(now_there)
    if request.method == "POST":
        wanted = wanted_rule(request.POST, join, claims, form)
        if wanted is not WRONG:
            return save_rule(request, consultation, place, wanted)
    context = (
        above(consultation, "questions")
        | (bound_problems(form) if form else {})
        | {
            "page_title": "Who sees this",
            "name": name_of(definition, place),
            "what": place_kind(place),
            "rule": rule_in_words(now_there, definition, place_kind(place)),
            "claims": [claim_in_words(each, definition) for each in claims],
            "join": join,
            "join_words": JOINS[join],
            "other_joins": [(key, text) for key, text in JOINS.items() if key != join],
            "subjects": [(key, subject_words(subject, definition)) for key, subject in subjects.items()],
            "about": about and subject_words(about, definition),
            "form": form,
            "seen": stamp_of(now_there),
        }
    )
    return render(request, "consult/staff/building/rule.html", context, status=422 if form and form.errors else 200)


WRONG = object()
"""Stands for a form that has to be shown again."""


def wanted_rule(posted, join, claims, form):
    """The rule that a button asks for: without one claim, without any, joined in another way, or with one more."""
    if "remove" in posted:
        index = posted["remove"]
        return together(join, [each for place, each in enumerate(claims) if str(place) != index])
    if "clear" in posted:
        return None
    if "join" in posted and posted["join"] in JOINS:
        return together(posted["join"], claims)
    if form is not None and form.is_valid():
        return together(join, [*claims, form.cleaned_data["claim"]])
    return WRONG


def save_rule(request, consultation, place, wanted):
    seen = request.POST.get("seen", "")
    try:
        revise_draft(
            consultation,
            lambda newest: editing.with_rule(newest, place, wanted),
            what=f"changed the rule of {place}",
            by=request.user,
            now=timezone.now(),
            is_as_seen=lambda newest: stamp_of(editing.rule_at(newest, place)) == seen,
        )
        messages.success(request, "The rule was saved.")
    except ChangedMeanwhile:
        messages.warning(request, STALE)
    return redirect(reverse("build-rule", args=[consultation.slug, place]))


def standing(definition, place):
    """The rule at a place, and the key of its page. Raises Http404."""
    key = place.split(":")[1] if ":" in place else ""
    try:
        page = key if place_kind(place) == "page" else editing.page_of(definition, key).key
        return editing.rule_at(definition, place), page
    except Gone as gone:
        raise Http404 from gone


def place_kind(place):
    """What a rule is of: "page", "question" or "option". Raises Http404 for anything else."""
    parts = place.split(":")
    kinds = {("page", 2): "page", ("question", 2): "question", ("question", 3): "option"}
    if (parts[0], len(parts)) not in kinds:
        raise Http404
    return kinds[parts[0], len(parts)]


def name_of(definition, place):
    """The words of what a rule is of."""
    _, key, *code = place.split(":")
    if place_kind(place) == "page":
        page = editing.page_with(definition, key)
        return shown(page.heading, definition) or shown(page.questions[0].text, definition)
    question = editing.question_with(definition, key)
    return shown(editing.option_with(question, code[0]).label if code else question.text, definition)


def subject_words(subject, definition):
    """A subject in words, a statement with the question it is of."""
    asked = shown(subject.question.text, definition)
    return f"{asked}: {shown(subject.label, definition)}" if subject.statement else asked


def claim_in_words(each, definition):
    """One claim without the words before it."""
    return rule_in_words(each, definition, "page").partition(" if ")[2] or rule_in_words(each, definition, "page")
