"""Staff: how many took part while it is open, and released results once it has closed."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.permissions import Right, staff_page
from consult.reports import facts_for_report, mark_of, results_of
from consult.services import facts_about
from consult.stages import Stage, stage_at
from equality.population import find_baseline
from exports.document import Document, Paragraph, Section
from exports.findings import grouped_blocks, how_to_read, question_blocks
from exports.formats.html import document_context
from exports.participation import every_day, participation_document
from exports.wording import UNLINKED
from surveys import queries

HIDDEN_STAGES = {Stage.DRAFT, Stage.FORTHCOMING, Stage.OPEN, Stage.WITHDRAWN}
"""While a consultation is open staff see who took part, not what they said: it protects against predetermination."""


@staff_page(Right.SEE_PARTICIPATION)
@require_safe
def participation(request, consultation):
    """Who has taken part so far: numbers, days, channels, and groups against the population. No answers."""
    now = timezone.now()
    found = results_of(consultation, now=now)
    document = participation_document(
        found,
        facts_for_report(consultation, now=now),
        find_baseline(consultation.baseline),
        by_day=days_of(consultation, now=now, without=found.left_out),
        drafts=queries.number_of_drafts(consultation.questionnaire_id),
    )
    context = page_context(consultation, document.title) | document_context(document)
    return render(request, "consult/staff/participation.html", context)


def days_of(consultation, *, now, without):
    """[(day, number)] of every day that the consultation has been open, and of those after it on which paper was keyed."""
    opened_on = timezone.localdate(min(consultation.opens_at, now))
    return every_day(
        queries.responses_by_day(consultation.questionnaire_id, without=without),
        opened_on=opened_on,
        last_on=max(opened_on, timezone.localdate(min(consultation.closes_at, now))),
    )


@staff_page(Right.SEE_RESULTS)
@require_safe
def results(request, consultation):
    """The questions with released tables; one question's table and chart, perhaps by a characteristic, when chosen."""
    now = timezone.now()
    if stage_at(facts_about(consultation), now) in HIDDEN_STAGES:
        return render(
            request, "consult/staff/results_hidden.html", page_context(consultation, "Results are not shown yet")
        )
    found = results_of(consultation, now=now)
    context = page_context(consultation, "Results") | {
        "questions": [(question.key, found.heading(question)) for question, _ in found.questions_of_people()],
        "characteristics": found.characteristics,
        "chosen_question": request.GET.get("question", ""),
        "chosen_by": request.GET.get("by", ""),
        "how_to_read": found.policy.note,
    }
    if context["chosen_question"]:
        document = one_question(
            found, context["chosen_question"], by=context["chosen_by"], mark=mark_of(consultation, now=now)
        )
        context |= document_context(document)
    return render(request, "consult/staff/results.html", context)


def one_question(found, key, *, by, mark):
    """A document of one question's tables. Raises Http404 for a question or characteristic that is not there."""
    pair = next((pair for pair in found.questions_of_people() if pair[0].key == key), None)
    if pair is None or (found.is_linked and by not in ("", *(c.key for c in found.characteristics))):
        raise Http404
    question, summaries = pair
    if by and not found.is_linked:
        blocks = [Paragraph(UNLINKED)]
    else:
        blocks = grouped_blocks(found, summaries, by=by) if by else question_blocks(found, question, summaries)
    return Document(
        title=found.heading(question),
        mark=mark,
        sections=(Section("What people answered", (how_to_read(found.policy), *blocks), number=""),),
    )


def page_context(consultation, title):
    """What each of these pages needs."""
    return {"page_title": title, "short_name": consultation.short_name, "consultation": consultation}
