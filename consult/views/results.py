"""Staff: how many took part while it is open, and released results once it has closed."""

from datetime import timedelta

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consult.judgements.queries import unwritten
from consult.permissions import Right, staff_page
from consult.reports import facts_for_report, mark_of, results_of
from consult.services import facts_about, see_interim_results
from consult.stages import NotReady, Stage, stage_at
from equality.population import find_baseline
from exports.document import Document, Paragraph, Section
from exports.findings import grouped_blocks, how_to_read, question_blocks
from exports.formats.html import document_context
from exports.participation import every_day, participation_document
from exports.wording import UNLINKED
from surveys import queries

HIDDEN_STAGES = {Stage.DRAFT, Stage.FORTHCOMING, Stage.OPEN, Stage.WITHDRAWN}
"""While a consultation is open staff see who took part, not what they said: it protects against predetermination."""

INTERIM_FOR = timedelta(minutes=30)
"""How long results can be looked at for one reason while a consultation is open."""


class InterimForm(forms.Form):
    """Why somebody needs to see results while people are still answering."""

    use_required_attribute = False
    reason = forms.CharField(
        label="Why do you need to see the answers now?",
        help_text="For example, to act on a risk to somebody’s safety. Kept with your name.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why you need to see the answers now"},
    )


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
    if stage_at(facts_about(consultation), now) in HIDDEN_STAGES and not may_see_interim(
        request, consultation, now=now
    ):
        return hidden(request, consultation, InterimForm(), now=now)
    found = results_of(consultation, now=now)
    context = page_context(consultation, "Results") | {
        "questions": [(question.key, found.heading(question)) for question, _ in found.questions_of_people()],
        "characteristics": found.characteristics,
        "chosen_question": request.GET.get("question", ""),
        "chosen_by": request.GET.get("by", ""),
        "how_to_read": found.policy.note,
        "unwritten": unwritten(consultation, request.rights, now=now),
    }
    if context["chosen_question"]:
        document = one_question(
            found, context["chosen_question"], by=context["chosen_by"], mark=mark_of(consultation, now=now)
        )
        context |= document_context(document)
    return render(request, "consult/staff/results.html", context)


@staff_page(Right.SEE_INTERIM)
@require_POST
def interim(request, consultation):
    """Record why somebody looks, and let them look for a while."""
    now = timezone.now()
    form = InterimForm(request.POST)
    if form.is_valid():
        try:
            see_interim_results(consultation, by=request.user, now=now, reason=form.cleaned_data["reason"])
            request.session[interim_key(consultation)] = now.timestamp()
            return redirect("staff-results", slug=consultation.slug)
        except NotReady as refusal:
            form.add_error("reason", str(refusal))
    return hidden(request, consultation, form, now=now)


def hidden(request, consultation, form, *, now):
    """That results are not shown, and the form for whoever may look all the same."""
    is_open = stage_at(facts_about(consultation), now) == Stage.OPEN
    context = page_context(consultation, "Results are not shown yet") | {
        "form": form if is_open and Right.SEE_INTERIM in request.rights else None,
        "minutes": int(INTERIM_FOR.total_seconds() // 60),
    }
    return render(request, "consult/staff/results_hidden.html", context, status=422 if form.is_bound else 200)


def may_see_interim(request, consultation, *, now):
    """Whether the person has the right to look while it is open, and said why a short while ago."""
    said_at = request.session.get(interim_key(consultation), 0)
    is_open = stage_at(facts_about(consultation), now) == Stage.OPEN
    return is_open and Right.SEE_INTERIM in request.rights and now.timestamp() - said_at < INTERIM_FOR.total_seconds()


def interim_key(consultation):
    """Where a session keeps when its owner said why."""
    return f"interim-{consultation.pk}"


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
