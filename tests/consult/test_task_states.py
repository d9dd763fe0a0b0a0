"""The task list says how far somebody has got, and not how whole a starting point was."""

import re
from html import unescape

import pytest
from django.utils import timezone

from consult.models import AuditEvent, Document
from tests.builders import choice, page, questionnaire
from tests.consult.building import builder
from tests.consult.people import consultation, lead, signed_in, team

pytestmark = pytest.mark.django_db

PLAN = questionnaire(page("one", choice("a", text="How do you travel?")))
TASKS = {
    "Title, dates and who decides": "Not started",
    "Information for people": "Not started",
    "Documents to read": "Optional",
    "Equality and area": "Not started",
    "Questions and who is asked them": "Not started",
    "Languages and easy read": "Optional",
    "Preview and share": "Not started",
    "Check routes and words": "Not started",
    "Rehearse with invented people": "Optional",
    "Last checks, approval and publishing": "Not started",
}


def states(somebody):
    text = somebody.open("").text
    found = re.findall(r"task-list__link[^>]*>([^<]+)<.*?<strong[^>]*>\s*([^<]+?)\s*<", text, re.DOTALL)
    return {unescape(name): state for name, state in found}


def test_nothing_is_completed_in_a_draft_that_nobody_has_worked_on():
    found = builder(PLAN, purpose="Why", summary="What", still_open="All", asks=["this"], decided_by="The board")

    assert states(found) == TASKS


def test_what_needs_questions_cannot_start_without_any():
    found = states(builder(questionnaire()))

    cannot = {name for name, state in found.items() if state == "Cannot start yet"}
    assert cannot == {
        "Preview and share", "Check routes and words", "Rehearse with invented people", "Last checks, approval and publishing",
    }  # fmt: skip
    assert found["Questions and who is asked them"] == "Not started"


def test_a_part_is_completed_once_somebody_has_saved_it_whole_even_as_it_stood():
    found = builder(PLAN)
    found.open("facts/equality/").send()

    assert states(found) == TASKS | {"Equality and area": "Completed"}
    event = AuditEvent.objects.get(verb="facts looked through")
    assert event.detail.body == {"part": "equality"}


def test_a_part_that_lacks_something_is_in_progress():
    found = builder(PLAN, asks=[])
    found.open("facts/information/").send()

    assert states(found)["Information for people"] == "In progress"
    assert states(found)["Title, dates and who decides"] == "Not started"


def test_questions_are_completed_by_an_edit_that_leaves_nothing_to_mend():
    found = builder(PLAN)
    found.open("questions/question/a/").send(text="How do you usually travel?")

    assert states(found)["Questions and who is asked them"] == "Completed"
    # A warning about the words is left: nobody has said why it may stay.
    assert states(found)["Check routes and words"] in ("In progress", "Completed")


def test_a_preview_is_completed_when_a_link_was_made():
    found = builder(PLAN)
    found.open("preview/links/").send(days="1")

    assert states(found)["Preview and share"] == "Completed"


def test_documents_are_in_progress_until_each_has_words():
    found = builder(PLAN)
    Document.objects.create(consultation=found.consultation, slug="plan", title="The plan", body="")
    assert states(found)["Documents to read"] == "In progress"
    Document.objects.update(body="What we plan")
    assert states(found)["Documents to read"] == "Completed"


def test_changes_while_it_is_out_are_offered_once_it_is_out():
    found = builder(PLAN)
    assert "build/changes/" not in found.open("").text

    consultation("out", of=team())
    text = signed_in(lead("another")).get("/staff/out/build/").content.decode()

    assert "/staff/out/build/changes/" in text
    assert "Not started" not in text


def test_a_consultation_of_the_demonstration_is_offered_once_to_begin_with():
    shown = consultation("apms", of=team(), is_illustrative=True, title="The future of 7 GP contracts in Northbridge")
    consultation("own", of=team(), title="Our own", now=timezone.now())

    text = signed_in(lead()).get("/staff/new/").content.decode()

    assert text.count(shown.title) == 1
    assert "A copy of “Our own”" in text
