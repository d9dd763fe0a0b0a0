"""Editing one question or one page of a draft, with the words of both where two people changed it at once."""

from itertools import count

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from consult.views.building.forms import (
    BLANK_ROWS,
    PageForm,
    QuestionForm,
    option_rows,
    options_from,
    said,
    statement_rows,
    statements_from,
)
from consult.views.building.saying import above, bound_problems, rule_in_words
from surveys import drafting, editing
from surveys.claims import subjects_before
from surveys.definition import Repeat, words
from surveys.editing import Gone, stamp_of
from surveys.kinds import KINDS
from surveys.revising import ChangedMeanwhile, codes_ever_used, draft_of

MORE_ROWS = 10


class QuestionForms:
    """The form of a question with the rows of its options and statements. `rows` blank rows stand below each."""

    def __init__(self, data, question, language, *, why="", blank=BLANK_ROWS):
        self.question, self.language, self.kind = question, language, KINDS[question.kind]
        self.form = QuestionForm(data, question=question, language=language, why=why)
        has_options = bool(self.kind.needs_options or question.options)
        has_statements = bool(self.kind.needs_statements or question.statements)
        self.options = option_rows(data, question, language, blank=blank) if has_options else None
        self.statements = statement_rows(data, question, language, blank=blank) if has_statements else None

    def is_valid(self):
        return all([part.is_valid() for part in (self.form, self.options, self.statements) if part is not None])

    def changes(self, *, codes_used):
        """The fields of the question as they should be."""
        changes = self.form.changes()
        if self.options is not None:
            first_free = editing.new_code(codes_used)
            changes["options"], capacity = options_from(
                self.options, self.question, self.language, first_free=first_free
            )
            if "capacity" in self.kind.takes:
                settings = {name: value for name, value in changes["settings"].items() if name != "capacity"}
                changes["settings"] = settings | ({"capacity": capacity} if capacity else {})
        if self.statements is not None:
            used = {line.key for line in self.question.statements}
            new_keys = (key for number in count(1) if (key := f"s{number}") not in used)
            changes["statements"] = statements_from(self.statements, self.question, self.language, new_keys=new_keys)
        return changes

    def texts(self):
        """What the forms hold, as `[(label, words)]`: for showing two people's words beside each other."""
        found = [(bound.label, as_words(bound.value())) for bound in self.form]
        for number, row in enumerate(self.options or (), start=1):
            found.append((f"Option {number}", as_words(row["label"].value())))
        for number, row in enumerate(self.statements or (), start=1):
            found.append((f"Statement {number}", as_words(row["label"].value())))
        return found

    def problems(self):
        """Every error, as the error summary lists them."""
        return bound_problems(self.form, *(self.options or ()), *(self.statements or ()))["problems"]


def as_words(value):
    """What a field holds, in words."""
    return {True: "Yes", False: "No", None: ""}[value] if value is None or isinstance(value, bool) else str(value)


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, consultation, question):
    """One question: its words, options and settings."""
    definition = draft_of(consultation.questionnaire)
    if request.method == "POST" and definition.question(question) is None:
        return taken_out(request, consultation, typed_words(request.POST))
    asked = in_draft(editing.question_with, definition, question)
    language, why = definition.languages[0], consultation.questionnaire.notes.get(question, "")
    more = request.method == "POST" and "more" in request.POST
    if request.method == "POST" and not more:
        forms = QuestionForms(request.POST, asked, language, why=why)
        if forms.is_valid():
            try:
                return save_question(request, consultation, forms)
            except ChangedMeanwhile as changed:
                newest = changed.definition.question(question)
                if newest is None:
                    return taken_out(request, consultation, forms.texts())
                return question_page(request, consultation, changed.definition, newest, forms=forms, is_contested=True)
        return question_page(request, consultation, definition, asked, forms=forms)
    if more:
        forms = QuestionForms(with_more_rows(request.POST), asked, language, why=why)
        return question_page(request, consultation, definition, asked, forms=forms, seen=request.POST.get("seen", ""))
    return question_page(request, consultation, definition, asked, forms=QuestionForms(None, asked, language, why=why))


def with_more_rows(posted):
    """The form as it was sent, with more blank rows below."""
    grown = posted.copy()
    for prefix in ("options", "statements"):
        total = grown.get(f"{prefix}-TOTAL_FORMS", "")
        if total.isdecimal():
            grown[f"{prefix}-TOTAL_FORMS"] = str(min(int(total), 300) + MORE_ROWS)
    return grown


@transaction.atomic
def save_question(request, consultation, forms):
    """Save what the forms say, unless somebody else changed the question since. Raises ChangedMeanwhile."""
    key, seen = forms.question.key, request.POST.get("seen", "")
    changes = forms.changes(codes_used=codes_ever_used(consultation.questionnaire, key))
    revise_draft(
        consultation,
        lambda newest: editing.with_question_changed(newest, key, **changes),
        what=f"changed question {key}",
        by=request.user,
        now=timezone.now(),
        is_as_seen=lambda newest: stamp_of(editing.question_with(newest, key)) == seen,
    )
    keep_why(consultation.questionnaire, key, forms.form.cleaned_data["why"])
    messages.success(request, "The question was saved.")
    return redirect(reverse("build-questions", args=[consultation.slug]) + f"#question-{key}")


def keep_why(questionnaire, key, why):
    """Keep why a question is asked, for the team alone."""
    questionnaire.refresh_from_db(from_queryset=type(questionnaire).objects.select_for_update())
    notes = {name: note for name, note in questionnaire.notes.items() if name != key} | ({key: why} if why else {})
    if notes != questionnaire.notes:
        questionnaire.notes = notes
        questionnaire.save(update_fields=["notes"])


def question_page(request, consultation, definition, asked, *, forms, is_contested=False, seen=None):
    """The page of a question. Where it is contested, the newest words stand beside what was typed."""
    language = definition.languages[0]
    problems = forms.problems() if forms.form.is_bound and not is_contested and seen is None else []
    context = above(consultation, "questions") | {
        "page_title": words(asked.text, language)[:80],
        "asked": asked,
        "kind": KINDS[asked.kind],
        "forms": forms,
        "seen": stamp_of(asked) if seen is None else seen,
        "problems": problems,
        "has_errors": bool(problems),
        "unfit": [p.says for p in drafting.problems(definition) if p.where == asked.key],
        "rule": rule_in_words(asked.shown_if, definition, "question"),
        "rule_place": f"question:{asked.key}",
        "option_rules": [option_rule(option, asked, definition) for option in asked.options],
        "takes_capacity": "capacity" in KINDS[asked.kind].takes,
        "contested": contested(forms, asked, language) if is_contested else [],
    }
    status = 409 if is_contested else 422 if problems else 200
    return render(request, "consult/staff/building/question.html", context, status=status)


def option_rule(option, asked, definition):
    """What the page says of who is offered an option."""
    return {
        "label": words(option.label, definition.languages[0]),
        "rule": rule_in_words(option.shown_if, definition, "option"),
        "place": f"question:{asked.key}:{option.code}",
    }


def contested(forms, newest, language):
    """Where the newest question differs from what was typed: `[(what, theirs, yours)]`."""
    theirs = dict(QuestionForms(None, newest, language).texts())
    yours = dict(forms.texts())
    labels = [label for label in {**theirs, **yours} if theirs.get(label, "") != yours.get(label, "")]
    return [(label, theirs.get(label, ""), yours.get(label, "")) for label in labels if label != "Why do we ask this?"]


def typed_words(posted):
    """What somebody typed for a question that is not there any more: `[(what, words)]`."""
    names = ("text", "hint", "short", "why", *(name for name in posted if name.endswith("-label")))
    return [(name.removesuffix("-label").replace("-", " ").capitalize(), posted.get(name, "")) for name in names]


def taken_out(request, consultation, typed):
    """What was typed for a question or page that somebody else took out meanwhile, so that it can be copied."""
    context = above(consultation, "questions") | {
        "page_title": "Somebody else took this out",
        "typed": [pair for pair in typed if pair[1]],
    }
    return render(request, "consult/staff/building/taken_out.html", context, status=409)


# A page -------------------------------------------------------------------------------------------------------------------


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, consultation, page):
    """One page: its heading, its section and what it repeats for."""
    definition = draft_of(consultation.questionnaire)
    shown = in_draft(editing.page_with, definition, page)
    language = definition.languages[0]
    form = PageForm(
        request.POST if request.method == "POST" else None,
        page=shown,
        language=language,
        sources=sources_before(definition, page),
    )
    is_contested = False
    if form.is_valid():
        try:
            return save_page(request, consultation, page, form, language)
        except ChangedMeanwhile as changed:
            definition, is_contested = changed.definition, True
            if not any(each.key == page for each in definition.pages):
                return taken_out(request, consultation, [(bound.label, as_words(bound.value())) for bound in form])
            shown = editing.page_with(definition, page)
    context = (
        above(consultation, "questions")
        | bound_problems(form)
        | {
            "page_title": words(shown.heading, language) or "A page",
            "shown": shown,
            "form": form,
            "seen": stamp_of(shown),
            "rule": rule_in_words(shown.shown_if, definition, "page"),
            "rule_place": f"page:{shown.key}",
            "contested": contested_page(form, shown, language) if is_contested else [],
        }
    )
    return render(request, "consult/staff/building/page.html", context, status=409 if is_contested else 200)


def contested_page(form, newest, language):
    """Where the newest page differs from what was typed: `[(what, theirs, yours)]`."""
    initial = PageForm(page=newest, language=language, sources=[]).initial
    pairs = [(bound.label, as_words(initial.get(bound.name)), as_words(bound.value())) for bound in form]
    return [(label, theirs, yours) for label, theirs, yours in pairs if theirs != yours]


def in_draft(find, definition, key):
    """The page or question of an address. Raises Http404."""
    try:
        return find(definition, key)
    except Gone as gone:
        raise Http404 from gone


def sources_before(definition, page):
    """The questions of which several options can be ticked on pages before one, for a page that repeats: `[(key, words)]`."""
    return [
        (subject.key, words(subject.question.text, definition.languages[0])[:100])
        for subject in subjects_before(definition, page)
        if "includes" in subject.claims
    ]


def save_page(request, consultation, key, form, language):
    """Save a page's own words, unless somebody else changed it since. Raises ChangedMeanwhile."""
    cleaned, seen = form.cleaned_data, request.POST.get("seen", "")
    repeat = Repeat(cleaned["repeat"], cleaned["most"] or 2) if cleaned["repeat"] else None

    def edit(newest):
        before = editing.page_with(newest, key)
        texts = {name: said(getattr(before, name), language, cleaned[name]) for name in ("heading", "section")}
        return editing.with_page_changed(newest, key, repeat=repeat, **texts)

    revise_draft(
        consultation,
        edit,
        what=f"changed page {key}",
        by=request.user,
        now=timezone.now(),
        is_as_seen=lambda newest: stamp_of(editing.page_with(newest, key)) == seen,
    )
    messages.success(request, "The page was saved.")
    return redirect(reverse("build-questions", args=[consultation.slug]) + f"#page-{key}")
