"""Editing one question of a draft, with the words of both where two people changed it at once."""

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
from consult.views.building.forms import QuestionForm
from consult.views.building.rows import (
    BLANK_ROWS,
    option_rows,
    options_from,
    statement_rows,
    statements_from,
    with_more_rows,
    with_usual_answers,
)
from consult.views.building.saying import above, bound_problems, rule_in_words
from surveys import drafting, editing, naming
from surveys.definition import words
from surveys.editing import Gone, stamp_of
from surveys.kinds import KINDS
from surveys.naming import named, pipes_in
from surveys.renderings import renderings_of
from surveys.revising import ChangedMeanwhile, codes_ever_used, draft_of, was_published
from surveys.texts import question_only_in


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

    def changes(self, asked, *, codes_used):
        """The fields of the question as they should be, where it is `asked` now: what it says in other languages stays."""
        changes = self.form.changes(asked)
        if self.options is not None:
            first_free = editing.new_code(codes_used)
            changes["options"], capacity = options_from(self.options, asked, self.language, first_free=first_free)
            if "capacity" in self.kind.takes:
                settings = {name: value for name, value in changes["settings"].items() if name != "capacity"}
                changes["settings"] = settings | ({"capacity": capacity} if capacity else {})
        if self.statements is not None:
            used = {line.key for line in asked.statements}
            new_keys = (key for number in count(1) if (key := f"s{number}") not in used)
            changes["statements"] = statements_from(self.statements, asked, self.language, new_keys=new_keys)
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
    again = refilled(request.POST, KINDS[asked.kind]) if request.method == "POST" else None
    if request.method == "POST" and again is None:
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
    if again is not None:
        forms = QuestionForms(again, asked, language, why=why)
        return question_page(request, consultation, definition, asked, forms=forms, seen=request.POST.get("seen", ""))
    return question_page(request, consultation, definition, asked, forms=QuestionForms(None, asked, language, why=why))


def refilled(posted, kind):
    """The form that a button asks for before anything is saved: with more rows, or with usual answers; None for any other."""
    if "more" in posted:
        return with_more_rows(posted)
    if "use" in posted and (usual := kind.usual_answers.get(posted.get("usual", ""))):
        return with_usual_answers(posted, usual)
    return None


@transaction.atomic
def save_question(request, consultation, forms):
    """Save what the forms say, unless somebody else changed the question since. Raises ChangedMeanwhile."""
    key, seen = forms.question.key, request.POST.get("seen", "")
    codes_used = codes_ever_used(consultation.questionnaire, key)

    def edit(newest):
        changes = forms.changes(editing.question_with(newest, key), codes_used=codes_used)
        return editing.with_question_changed(newest, key, **changes)

    revise_draft(
        consultation,
        edit,
        what=f"changed question {key}",
        by=request.user,
        now=timezone.now(),
        is_as_seen=lambda newest: question_stamp(newest, key) == seen,
    )
    keep_why(consultation.questionnaire, key, forms.form.cleaned_data["why"])
    messages.success(request, "The question was saved.")
    return redirect(reverse("build-questions", args=[consultation.slug]) + f"#question-{key}")


def question_stamp(definition, key):
    """The stamp of what the form of a question shows: others may write its other languages meanwhile. Raises Gone."""
    return stamp_of(question_only_in(editing.question_with(definition, key), definition.languages[0]))


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
        "page_title": named(words(asked.text, language), definition)[:80],
        "asked": asked,
        "kind": KINDS[asked.kind],
        "forms": forms,
        "seen": question_stamp(definition, asked.key) if seen is None else seen,
        "pipes": pipes_of(asked, definition),
        "renderings": [(name, naming.rendering_name(name)) for name in renderings_of(definition)],
        "page_key": editing.page_of(definition, asked.key).key,
        "problems": problems,
        "has_errors": bool(problems),
        "unfit": [p.says for p in drafting.problems(definition) if p.where == asked.key],
        "rule": rule_in_words(asked.shown_if, definition, "question"),
        "rule_place": f"question:{asked.key}",
        "option_rules": [] if "use" in request.POST else [option_rule(o, asked, definition) for o in asked.options],
        "usual_answers": usual_answers(consultation, asked),
        "chosen_usual": request.POST.get("usual", ""),
        "is_refilled": "use" in request.POST,
        "contested": contested(forms, asked, language) if is_contested else [],
    }
    status = 409 if is_contested else 422 if problems else 200
    return render(request, "consult/staff/building/question.html", context, status=status)


def usual_answers(consultation, asked):
    """The answers that can be filled in, `[(key, name)]`. None once it is published: its options keep their meanings."""
    if was_published(consultation.questionnaire, asked.key):
        return []
    return [(key, usual.name) for key, usual in KINDS[asked.kind].usual_answers.items()]


def pipes_of(asked, definition):
    """What a question's words repeat of earlier answers, each thing once."""
    language = definition.languages[0]
    texts = (asked.text, asked.hint, *(line.label for line in (*asked.statements, *asked.options)))
    return tuple(dict.fromkeys(pipe for text in texts for pipe in pipes_in(text.get(language, ""), definition)))


def option_rule(option, asked, definition):
    """What the page says of who is offered an option."""
    return {
        "label": naming.shown(option.label, definition),
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


def in_draft(find, definition, key):
    """The page or question of an address. Raises Http404."""
    try:
        return find(definition, key)
    except Gone as gone:
        raise Http404 from gone
