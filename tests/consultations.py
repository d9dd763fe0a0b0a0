"""Consultations for tests, made by the service's own commands."""

from datetime import timedelta

from django.utils import timezone

from consult.models import Team
from consult.services import create_consultation, move, publish_questionnaire
from surveys.definition import Condition, Definition, Option, Page, Question

YES_NO = (Option(1, {"en": "Yes"}), Option(2, {"en": "No"}))


def small_questionnaire():
    """A required choice that opens a page of words for those who say yes, and a number that everybody is asked."""
    why = Question("why", "long_text", {"en": "Why?"})
    visits = Question(
        "visits", "number", {"en": "How many visits?"}, settings={"min": 0, "max": 400, "bands": [[0, 0], [1, None]]}
    )
    return Definition(
        "Small",
        (
            Page(
                "support",
                (Question("support", "one_choice", {"en": "Do you support it?"}, required=True, options=YES_NO),),
            ),
            Page("why", (why,), shown_if=Condition("is", "support", values=(1,))),
            Page("visits", (visits,)),
        ),
    )


def team_named(name="Northbridge"):
    return Team.objects.get_or_create(
        name=name, defaults={"phone": "01632 960 001", "email": "a@example.org", "postal_address": "1 Market Place"}
    )[0]


def open_consultation(definition=None, *, slug="plan", team=None, now=None, **fields):
    """A consultation that opened yesterday and closes in four weeks."""
    now = now or timezone.now()
    begun = now - timedelta(days=2)
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(weeks=4)}
    consultation = draft_consultation(definition, slug=slug, team=team, now=begun, **times | fields)
    publish_questionnaire(consultation, by="a test", now=begun)
    # As if pre-flight had been passed: `launch` itself is tried in tests/consult/test_approval.py.
    move("launch", consultation, by="a test", now=begun)
    return consultation


def draft_consultation(definition=None, *, slug="plan", team=None, now=None, **fields):
    """A consultation that is being written: it opens in two weeks and closes in eight, if it is published."""
    now = now or timezone.now()
    to_the_minute = now.replace(second=0, microsecond=0)
    facts = {
        "title": "A plan for the clinic",
        "short_name": "The clinic",
        "summary": "Tell us what you think.",
        "purpose": "We have a plan.",
        "still_open": "No decision has been made yet.",
        "decided_by": "The board",
        "question_set": "2026-1",
        "baseline": "wigan-16plus",
        "opens_at": to_the_minute + timedelta(weeks=2),
        "closes_at": to_the_minute + timedelta(weeks=8),
    }
    return create_consultation(
        definition or small_questionnaire(),
        team=team or team_named(),
        by="a test",
        now=now,
        slug=slug,
        **facts | fields,
    )


def version_of(consultation):
    """The id of its one published version."""
    return consultation.questionnaire.versions.get().id
