"""The staff's way in: the list of their teams' consultations, and the home page of each with what the person may do there."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.audit import actor_of
from consult.judgements.queries import unwritten
from consult.permissions import Right, consultations_where, staff_page
from consult.services import facts_about
from consult.stages import Stage, stage_at
from consult.waiting import CHANGE, CLOSING, CORRECTION, OPENING, waiting_for
from consult.wording import long_date, moment


@dataclass(frozen=True)
class Action:
    """Something to do with a consultation: the right and the stages it needs, its page, its link text, what it is for."""

    right: Right
    stages: frozenset[Stage]
    page: str
    text: str
    hint: str


KEYING = frozenset({Stage.OPEN, Stage.CLOSED})
"""Forms that came in time are still keyed after closing, until the report is out."""
OPENED = frozenset({Stage.OPEN, Stage.CLOSED, Stage.REPORTED, Stage.DECIDED, Stage.WITHDRAWN})

PUBLIC_SINCE = OPENED | {Stage.FORTHCOMING}

ACTIONS = (
    Action(
        Right.BUILD,
        frozenset(Stage) - {Stage.WITHDRAWN},
        "build-tasks",
        "Build and check",
        "Its questions, its dates, and what people are told.",
    ),
    Action(
        Right.SEE_RENDERINGS,
        frozenset(Stage),
        "staff-languages",
        "See languages and easy read",
        "Which are whole, and what is missing or out of date.",
    ),
    Action(
        Right.SEE_PREFLIGHT,
        frozenset({Stage.DRAFT}),
        "staff-publish",
        "Check and publish",
        "What is left to do, approval, and publishing.",
    ),
    Action(
        Right.KEY_PAPER,
        KEYING | {Stage.FORTHCOMING},
        "staff-paper",
        "Print paper forms",
        "Standard, large print and easy read, in each language, with the codebook.",
    ),
    Action(
        Right.KEY_PAPER, OPENED, "batches", "Paper forms in batches", "Count them, key them, and have them checked."
    ),
    Action(
        Right.KEY_PAPER,
        KEYING,
        "staff-keying",
        "Key a single form",
        "A form outside a batch.",
    ),
    Action(
        Right.KEY_PAPER,
        KEYING,
        "staff-phone",
        "Take a phone response",
        "The questions to read out, and the receipt code for the caller.",
    ),
    Action(
        Right.RECORD_OTHERS,
        OPENED,
        "staff-others",
        "Other responses",
        "Letters, emails, events and petitions, which are counted apart.",
    ),
    Action(
        Right.IMPORT_RESPONSES,
        KEYING,
        "staff-import",
        "Bring in a spreadsheet",
        "Responses that somebody typed into a spreadsheet.",
    ),
    Action(
        Right.ANSWER_FORMAT_REQUESTS,
        PUBLIC_SINCE,
        "staff-formats",
        "Send other formats",
        "Who asked for large print, Braille, another language and the like.",
    ),
    Action(
        Right.SEE_PARTICIPATION,
        OPENED,
        "staff-participation",
        "See who has taken part",
        "How many responses, and who from.",
    ),
    Action(
        Right.SEE_FLAGS,
        OPENED,
        "staff-flags",
        "Responses to look at",
        "Very fast, nearly blank, or many from one network. Nothing is left out.",
    ),
    Action(Right.SEE_RESULTS, OPENED, "staff-results", "See results", "Tables and charts with small numbers hidden."),
    Action(
        Right.DOWNLOAD_REPORTS,
        OPENED,
        "staff-download",
        "Download reports and tables",
        "The report, the equality impact assessment and every table.",
    ),
    Action(
        Right.WRITE_ASSESSMENT,
        frozenset(Stage) - {Stage.WITHDRAWN},
        "staff-assessment",
        "Write the equality impact assessment",
        "What the effect on each group is, and what will be done. People write this, and nobody else.",
    ),
    Action(
        Right.CHANGE_CLOSING,
        KEYING,
        "staff-closing",
        "Close early or give more time",
        "With a reason for the record, words for the public, and an approver who confirms it.",
    ),
    Action(
        Right.CHANGE_CLOSING,
        frozenset({Stage.FORTHCOMING, Stage.OPEN}),
        "staff-withdraw",
        "Withdraw it",
        "When the plan is dropped. Nobody can answer any more.",
    ),
)
"""In the order of a consultation's life."""

MAIN = {
    Stage.DRAFT: ("build-tasks", "staff-publish"),
    Stage.FORTHCOMING: ("staff-paper", "build-tasks"),
    Stage.OPEN: ("staff-participation", "batches", "staff-keying"),
    Stage.CLOSED: ("batches", "staff-results", "staff-keying"),
    Stage.REPORTED: ("staff-results", "staff-download"),
    Stage.DECIDED: ("staff-download", "staff-results"),
    Stage.WITHDRAWN: ("staff-participation", "staff-download"),
}
"""The pages that people come for at each stage, the first first. A row of the list links to MOST_IN_ROW that the person may open;
the consultation's own page has all."""
MOST_IN_ROW = 2

STAGES = {
    Stage.DRAFT: ("Draft", "grey"),
    Stage.FORTHCOMING: ("Forthcoming", "blue"),
    Stage.OPEN: ("Open", "green"),
    Stage.CLOSED: ("Closed", "white"),
    Stage.REPORTED: ("Reported", "white"),
    Stage.DECIDED: ("Decided", "white"),
    Stage.WITHDRAWN: ("Withdrawn", "red"),
}
"""Each stage as a word, with the colour of its tag. The word says it all: the colour is an extra."""


@staff_page(Right.LIST_CONSULTATIONS)
@require_safe
def consultations(request):
    """The consultations of the person's teams, the last to close first, with what the person may do with each."""
    now = timezone.now()
    found = consultations_where(request.rights_by_team, right=Right.LIST_CONSULTATIONS)
    rows = [short_row(consultation, request.rights_by_team[consultation.team_id], now=now) for consultation in found]
    context = {"page_title": "Consultations", "rows": rows, "may_start": Right.BUILD in request.rights}
    if Right.APPROVE in request.rights:
        context |= {"may_approve": True, "waiting": waiting(request, found)}
    return render(request, "consult/staff/consultations.html", context)


DECISIONS = {
    OPENING: ("staff-publish-decide", "before it is published"),
    CHANGE: ("staff-publish-changes", "changes of its questions"),
    CLOSING: ("staff-closing-decide", "another closing time"),
    CORRECTION: ("staff-publish-correction", "the correction of a document"),
}
"""Where each sort of decision is made, and what it is about."""


def waiting(request, found):
    """What waits for the person's decision, as links."""
    own = [each for each in found if Right.APPROVE in request.rights_by_team[each.team_id]]
    return [
        {
            "href": reverse(DECISIONS[what][0], args=[consultation.slug]),
            "title": consultation.title,
            "about": DECISIONS[what][1],
        }
        for consultation, what in waiting_for(actor_of(request.user), own)
    ]


@staff_page(Right.LIST_CONSULTATIONS)
@require_safe
def consultation(request, consultation):
    """One consultation: where it stands, and what the person may do with it."""
    now = timezone.now()
    context = row(consultation, request.rights, now=now) | {
        "page_title": consultation.title,
        "short_name": consultation.short_name,
        "is_public": consultation.launched_at is not None and not is_gone(consultation),
        "unwritten": unwritten(consultation, request.rights, now=now),
    }
    return render(request, "consult/staff/consultation.html", context)


def is_gone(consultation):
    """Whether it was withdrawn without a word to the public, so that there is no page to see."""
    return consultation.withdrawn_at is not None and not consultation.withdrawal_words


def row(consultation, rights, *, now):
    """What the list and the home page show of a consultation."""
    stage = stage_at(facts_about(consultation), now)
    name, colour = STAGES[stage]
    return {
        "consultation": consultation,
        "stage": {"text": name, "classes": f"nhsuk-tag--{colour}"},
        "dates": dates(consultation, stage),
        "late": lateness(consultation, stage, now=now),
        "actions": actions(consultation, stage, rights),
    }


def short_row(consultation, rights, *, now):
    """The same for the list, which links to no more than people come for."""
    stage = stage_at(facts_about(consultation), now)
    found = row(consultation, rights, now=now)
    offered = {action["page"]: action for action in found["actions"]}
    return found | {"actions": [offered[page] for page in MAIN[stage] if page in offered][:MOST_IN_ROW]}


def dates(consultation, stage):
    """When it opens and closes, as `[(word, moment)]` in the tense of its stage."""
    opens = "Opened" if stage not in (Stage.DRAFT, Stage.FORTHCOMING) else "Opens"
    closes = "Closes" if stage in (Stage.DRAFT, Stage.FORTHCOMING, Stage.OPEN) else "Closed"
    return [(opens, moment(consultation.opens_at)), (closes, moment(consultation.closes_at))]


def lateness(consultation, stage, *, now):
    """Which promised date has passed, as a sentence; "" when none has. Said to staff, never to the public."""
    report, decision = ("The report", consultation.report_by), ("The decision", consultation.decision_on)
    promised = {Stage.CLOSED: [report, decision], Stage.REPORTED: [decision]}.get(stage, [])
    for what, due in promised:
        if due and due < timezone.localdate(now):
            return f"{what} is late. It was promised for {long_date(due)}."
    return ""


def actions(consultation, stage, rights):
    """What a person with these rights may do with a consultation at this stage, as links."""
    return [
        {
            "page": action.page,
            "text": action.text,
            "hint": action.hint,
            "href": reverse(action.page, args=[consultation.slug]),
        }
        for action in ACTIONS
        if action.right in rights and stage in action.stages
    ]


staff_urls = [
    path("", consultations, name="staff-consultations"),
    path("<slug:slug>/", consultation, name="staff-consultation"),
]
