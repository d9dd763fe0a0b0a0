"""The consultations that are measured, made through the service's own commands, and somebody signed in who may see them.

Runs in processes of its own, see `children`.
"""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from consult.models import Consultation, Document
from consult.services import create_consultation, move, publish_questionnaire
from surveys.definition import Definition
from surveys.models import DraftResponse, Response
from tests.bench.reference import mixed_questionnaire, reference_questionnaire, routed_questionnaire
from tests.consult.people import lead, signed_in, team

QUESTION_SET = "2026-1"
BASELINE = "wigan-16plus"
OPEN_FOR = timedelta(days=84)
BY = "benchmark"


def make_consultation(slug: str, definition: Definition, *, closes_in: timedelta) -> Consultation:
    """A launched consultation of the measurements' team."""
    now = timezone.now()
    opens_at = now + closes_in - OPEN_FOR
    consultation = create_consultation(
        definition,
        team=team("Benchmark team"),
        by=BY,
        now=opens_at,
        slug=slug,
        title=f"The future of {slug}",
        short_name=slug,
        summary="A consultation to measure with",
        purpose="To find out how fast this is.",
        still_open="Everything.",
        asks=["How fast is it?"],
        decided_by="The board",
        question_set=QUESTION_SET,
        baseline=BASELINE,
        opens_at=opens_at,
        closes_at=now + closes_in,
    )
    Document.objects.create(consultation=consultation, slug="plan", title="The plan", body="It is fast.")
    publish_questionnaire(consultation, by=BY, now=opens_at)
    move("launch", consultation, by=BY, now=opens_at)
    return consultation


def prepare_open() -> dict[str, Any]:
    """A new database with the reference, the mixed and the routed questionnaire, all open."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    make_consultation("reference", reference_questionnaire(), closes_in=OPEN_FOR / 2)
    make_consultation("mixed", mixed_questionnaire(), closes_in=OPEN_FOR / 2)
    make_consultation("routed", routed_questionnaire(), closes_in=OPEN_FOR / 2)
    return {}


def rows_kept() -> dict[str, Any]:
    """How many responses and drafts there are."""
    return {"responses": Response.objects.count(), "drafts": DraftResponse.objects.count()}


def sign_in() -> dict[str, Any]:
    """The session cookie of an engagement lead who has just signed in with password and one-time code."""
    people = Consultation.objects.first().team
    somebody = people.memberships.first()
    user = somebody.user if somebody else lead(of=people)
    return {"sessionid": signed_in(user).cookies["sessionid"].value}


TASKS = {"prepare_open": prepare_open, "rows_kept": rows_kept, "sign_in": sign_in}
