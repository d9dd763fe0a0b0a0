"""Small consultations in every state that a resident can meet one in, arranged by the service's own commands.

Each belongs to the demonstration's team. Those that are open are there for one test each, so that tests may count responses
while others send theirs.
"""

import csv
import io
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from consult.demonstration.loading import load_team
from consult.models import AuditEvent, Consultation
from consult.services import close_early, extend
from consult.submission import submit
from surveys.definition import Condition, Definition, Option, Page, Question
from surveys.models import Channel, DraftResponse, Response
from surveys.renderings import recorded as with_record
from tests.consultations import open_consultation, version_of

FOR_ONE_TEST_EACH = (
    "saved", "idle", "begun", "answered", "meanwhile", "changed", "changed-plain", "interim", "interim-plain",
)  # fmt: skip
COUNTED = ("twice", "left", "deleted")
"""Those in which a test counts: enough have answered already for a lead to be told how many, to the last one."""
ENOUGH = 40
WORDS = "the plan has changed.\n\nThe clinic stays where it is."
WELSH = "cy"


def arrange() -> dict:
    """A new database with the consultations and no responses. Returns the sign-ins, by role."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    team, people = load_team()
    now = timezone.now()
    for slug in FOR_ONE_TEST_EACH:
        consultation_named(slug, team=team, now=now)
    for slug in COUNTED:
        answer_often(consultation_named(slug, team=team, now=now, policy="exact"), now=now)
    consultation_named("forthcoming", team=team, now=now, opens_at=now + timedelta(days=3))
    month_ago = now - timedelta(days=30)
    consultation_named("closed", team=team, now=month_ago, closes_at=now - timedelta(days=1))
    early = consultation_named("closed-early", team=team, now=now)
    close_early(early, by="lead", now=now, reason="Board paper 7", words=WORDS)
    longer = consultation_named("extended", team=team, now=now)
    week_later = longer.closes_at + timedelta(weeks=1)
    extend(longer, closes_at=week_later, by="lead", now=now, reason="Board paper 7", words="a leaflet came late")
    return {person["role"]: person for person in people}


def consultation_named(slug, *, now, **more):
    """A consultation like the others, told from them by its names, in English and Welsh."""
    name = slug.replace("-", " ")
    facts = {
        "title": f"A plan for the clinic, {name}",
        "short_name": f"Clinic {name}",
        "report_by": (now + timedelta(weeks=11)).date(),
        "decision_on": (now + timedelta(weeks=13)).date(),
    }
    return open_consultation(bilingual(), slug=slug, now=now, **facts | more)


def answer_often(consultation, *, now):
    """Responses of people who gave no reason, sent this morning."""
    for number in range(ENOUGH):
        submit(
            consultation,
            answers={"choice": 1 + number % 2, "times": number % 3},
            channel=Channel.ONLINE,
            key=uuid4(),
            version_id=version_of(consultation),
            now=now,
        )


def bilingual() -> Definition:
    """A choice that must be made, words for those who say yes, and a number, in English and Welsh."""
    yes_no = (Option(1, {"en": "Yes", "cy": "Ydw"}), Option(2, {"en": "No", "cy": "Nac ydw"}))
    support = {"en": "Do you support the plan?", "cy": "Ydych chi’n cefnogi’r cynllun?"}
    why = {"en": "Why do you support it?", "cy": "Pam ydych chi’n ei gefnogi?"}
    visits = {"en": "How many times did you go last year?", "cy": "Sawl gwaith aethoch chi y llynedd?"}
    bands = {"min": 0, "max": 400, "bands": [[0, 0], [1, None]]}
    definition = Definition(
        "Clinic",
        (
            Page("choice", (Question("choice", "one_choice", support, required=True, options=yes_no),)),
            Page("why", (Question("why", "long_text", why),), shown_if=Condition("is", "choice", values=(1,))),
            Page("times", (Question("times", "number", visits, settings=bands),)),
        ),
        languages=("en", WELSH),
    )
    return with_record(definition, WELSH)


def close_now() -> dict:
    """Let the consultation whose slug is read close at this moment, as if that had been its time."""
    Consultation.objects.filter(slug=sys.stdin.read()).update(closes_at=timezone.now())
    return {}


def exported() -> dict:
    """Every cell of the export, response by response, of the consultation whose slug is read: `{cells}`."""
    slug = sys.stdin.read()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        call_command("export_responses", slug, format_name="csv", out=str(file), quiet=True)
        text = file.read_text(encoding="utf-8-sig")
    return {"cells": [cell for row in csv.reader(io.StringIO(text)) for cell in row]}


def recorded() -> dict:
    """The record of the consultation whose slug is read: `{events: [[verb, actor, reason]]}`, oldest first."""
    consultation = Consultation.objects.get(slug=sys.stdin.read())
    events = AuditEvent.objects.filter(team=consultation.team, object_id=str(consultation.pk)).order_by("seq")
    return {"events": list(events.values_list("verb", "actor", "reason"))}


def held() -> dict:
    """How many drafts of answers and how many responses the consultation whose slug is read has: `{drafts, responses}`."""
    questionnaire = Consultation.objects.get(slug=sys.stdin.read()).questionnaire_id
    return {
        "drafts": DraftResponse.objects.filter(version__questionnaire=questionnaire).count(),
        "responses": Response.objects.filter(version__questionnaire=questionnaire).count(),
    }
