"""Beginning a consultation in the builder: from a starting point, a past one or nothing."""

import re

import pytest
from django.utils import timezone

from consult.models import Consultation
from consult.starting_points import STARTING_POINTS, start_from
from tests.builders import choice, questionnaire
from tests.consult.building import Fields, builder, keys

pytestmark = pytest.mark.django_db


def begun(**typed):
    """The consultation that the form makes, and its lead."""
    lead = builder(questionnaire(choice("a", text="What about the past?")), slug="past")
    lead.page = lead.client.get("/staff/new/")
    lead.here, lead.forms = "/staff/new/", Fields(lead.text).found
    lead.send(**typed)
    lead.consultation = Consultation.objects.exclude(slug="past").get()
    return lead


@pytest.mark.parametrize("key", STARTING_POINTS)
def test_every_starting_point_begins_a_draft_whose_questions_can_all_be_opened(key):
    lead = begun(begin=key, title="The future of Alderbeck", short_name="Alderbeck surgery")

    assert lead.page.redirect_chain[-1][0] == "/staff/alderbeck-surgery/build/"
    assert lead.definition.pages == start_from(key).definition.pages
    assert "to mend before" not in lead.open("questions/").text
    assert {lead.open(f"questions/question/{q.key}/").page.status_code for q in lead.definition.questions()} == {200}


def task_states(lead):
    """`[(task, state)]` of the task list that is open."""
    return re.findall(r"task-list__link[^>]*>([^<]+)<.*?<strong[^>]*>\s*([^<]+?)\s*<", lead.text, re.DOTALL)


def test_tasks_are_not_started_before_somebody_works_on_them_and_in_progress_while_prompts_are_left():
    lead = begun(begin="gp-merger", title="Two become one", short_name="Two become one")
    before = dict(task_states(lead))

    lead.open("facts/information/").send()
    states = task_states(lead.open(""))

    assert (before["Information for people"], before["Questions and who is asked them"]) == (
        "Not started",
        "Not started",
    )
    assert dict(states)["Information for people"] == "In progress"
    assert dict(states)["Questions and who is asked them"] == "Not started"
    assert [name for name, _ in states].count("Last checks, approval and publishing") == 1


def test_copy_has_the_questions_of_a_past_one_and_new_dates():
    lead = begun(begin="copy-past", title="Once more", short_name="Once more")

    assert [question.text["en"] for question in lead.definition.questions()] == ["What about the past?"]
    assert lead.consultation.opens_at > timezone.now()
    assert lead.consultation.purpose == ""


def test_blank_one_has_no_questions_and_takes_one():
    lead = begun(begin="blank", title="From nothing", short_name="From nothing")

    assert "There are no questions yet." in lead.open("questions/").text
    lead.open("questions/add/").send(kind="long_text", text="What do you think?")
    assert keys(lead.definition) == {"p1": "q1"}


def test_second_of_a_name_gets_an_address_of_its_own_and_the_service_keeps_its_own():
    assert begun(begin="blank", title="Past", short_name="Past").consultation.slug == "past-2"


def test_name_of_one_of_the_services_own_pages_is_not_an_address():
    assert begun(begin="blank", title="New", short_name="New").consultation.slug == "new-2"
