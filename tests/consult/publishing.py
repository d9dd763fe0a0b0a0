"""A consultation on its way to opening, the two people who get it there, and each of their steps by the service's commands."""

from datetime import UTC, date, datetime

from consult import approval
from consult.models import Role
from consult.preflight_rules import APPROVAL
from consult.services import create_consultation
from tests.builders import choice, questionnaire
from tests.consult.people import lead, person, team

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
EVIDENCE = {"privacy": "Dora Protector", "assessment": "https://example.org/assessment"}


def drafted(slug="care", *, by="leah", definition=None, of=None, **fields):
    """A consultation that lacks nothing but what people must say of it."""
    facts = {
        "title": "Urgent care in Northbridge",
        "short_name": "Urgent care",
        "summary": "What do you think?",
        "purpose": "To decide.",
        "still_open": "No decision has been made.",
        "decided_by": "The board",
        "question_set": "2026-1",
        "baseline": "wigan-16plus",
        "opens_at": datetime(2026, 12, 14, 9, tzinfo=UTC),
        "closes_at": datetime(2027, 3, 12, 23, 59, tzinfo=UTC),
        "report_by": date(2027, 4, 30),
        "decision_on": date(2027, 5, 20),
    }
    return create_consultation(
        definition or questionnaire(choice("q1")), team=of or team(), by=by, now=NOW, slug=slug, **facts | fields
    )


def leah():
    """The lead who writes it."""
    return lead("leah")


def amir():
    """The approver."""
    return person("amir", Role.APPROVER)


def worked_through(consultation, *, by, now=NOW):
    """Pre-flight done but for the approval: every block that a person judges ticked, every advice left with a reason."""
    for task in approval.preflight_of(consultation, now=now):
        if not task.is_done and task.key != APPROVAL and (task.may_be_ticked or task.may_be_reasoned):
            words = EVIDENCE.get(task.key, "") if task.blocks else "The board knows."
            approval.say_of_task(consultation, task.key, words=words, is_tick=task.blocks, by=by, now=now)
    return consultation


def approved(consultation, *, asker, approver, now=NOW):
    """The same, asked for and approved."""
    asked = approval.ask_for_approval(worked_through(consultation, by=asker, now=now), by=asker, now=now)
    approval.approve(consultation, seen=asked.digest, by=approver, now=now)
    return consultation
