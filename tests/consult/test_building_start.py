"""Beginning a consultation: from a starting point, from a past one, or from nothing."""

import re

import pytest
from django.utils import timezone

from consult.models import Consultation
from consult.starting_points import STARTING_POINTS, start_from
from tests.builders import choice, questionnaire
from tests.consult.building import Fields, builder

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


def test_tasks_are_in_progress_while_a_starting_points_prompts_are_left():
    lead = begun(begin="gp-merger", title="Two become one", short_name="Two become one")

    def states():
        found = lead.open("").text
        return re.findall(r"task-list__link[^>]*>([^<]+)<.*?<strong[^>]*>\s*([^<]+?)\s*<", found, re.DOTALL)

    parts = ("Information for people", "Questions and who is asked them")
    # Nobody has worked on them yet.
    assert [dict(states())[part] for part in parts] == ["Not started", "Not started"]
    lead.open("facts/information/").send()
    question = next(lead.definition.questions())
    lead.open(f"questions/question/{question.key}/").send(short="Our own label")
    assert [dict(states())[part] for part in parts] == ["In progress", "In progress"]
    states = states()
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
    assert [(page.key, [q.key for q in page.questions]) for page in lead.definition.pages] == [("p1", ["q1"])]


def test_second_of_a_name_gets_an_address_of_its_own_and_the_service_keeps_its_own():
    assert begun(begin="blank", title="Past", short_name="Past").consultation.slug == "past-2"


def test_name_of_one_of_the_services_own_pages_is_not_an_address():
    assert begun(begin="blank", title="New", short_name="New").consultation.slug == "new-2"
