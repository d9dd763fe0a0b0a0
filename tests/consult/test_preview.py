"""Preview: a draft as people will see it, and nothing that is typed is saved."""

import re
from html import unescape

import pytest
from django.test import Client

from consult.wording import moment
from surveys.definition_json import to_json
from surveys.models import DraftResponse, Response
from tests.builders import choice, comment, page, questionnaire, when
from tests.consult.building import Fields, builder
from tests.consult.people import lead
from tests.consultations import open_consultation

pytestmark = pytest.mark.django_db

FORM = questionnaire(choice("a", "Yes", "No"), page("why", comment("why"), shown_if=when("a", 1)), comment("more"))
BANNER = "This is a preview. Do not enter personal information. Answers are not saved."


def saved():
    return DraftResponse.objects.count(), Response.objects.count()


def test_walk_follows_the_route_of_the_answers_and_saves_nothing():
    walk = builder(FORM).open("preview/walk/")
    assert BANNER in walk.text
    assert "<title>Preview: What about a?" in walk.text

    walk.send(a="1", **{"continue": "1"})
    assert "What about why?" in walk.text
    walk.send(why="It is <near>", **{"continue": "1"})
    walk.send(**{"continue": "1"})
    assert "It is &lt;near&gt;" in walk.text
    walk.send(**{"continue": "1"})

    assert "The end of the preview" in walk.text
    assert saved() == (0, 0)


def test_answer_changed_on_the_check_page_changes_the_route():
    walk = builder(FORM).open("preview/walk/").send(a="1", **{"continue": "1"})
    walk.send(why="x", **{"continue": "1"})
    walk.send(more="y", **{"continue": "1"})

    walk.send(go="page_a")
    assert walk.forms[""]["a"] == ["1"]
    walk.send(a="2", **{"continue": "1"})

    assert "What about why?" not in walk.text.partition("Answers we will not send")[0]
    assert "Answers we will not send" in walk.text


def test_mistake_is_shown_as_residents_will_see_it_and_back_keeps_what_was_typed():
    form = questionnaire(choice("a", required=True), comment("more"))
    walk = builder(form).open("preview/walk/").send(**{"continue": "1"})
    assert "There is a problem" in walk.text

    walk.send(a="2", **{"continue": "1"}).send(more="half a thought", back="1")

    assert walk.forms[""]["a"] == ["2"]
    assert walk.send(**{"continue": "1"}).forms[""]["more"].strip() == "half a thought"


def test_walk_shows_the_draft_and_not_what_was_published():
    lead_ = builder(FORM)
    lead_.open("questions/question/a/").send(text="Other words?")

    assert "Other words?" in lead_.open("preview/walk/").text


def test_what_was_answered_cannot_be_forged_into_the_hidden_field():
    walk = builder(FORM).open("preview/walk/")

    walk.send(carried="rubbish", step="check", **{"continue": None})

    assert walk.page.status_code == 200
    assert "What about a?" in walk.text


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("forthcoming", "This consultation is not open yet"),
        ("open", "Have your say: A plan for the clinic"),
        ("privacy", "How we use your answers"),
        ("answered", "Someone has already answered on this device"),
        ("closed", "This consultation is closed"),
    ],
)
def test_every_state_can_be_looked_at_while_it_is_a_draft_and_says_that_it_is_a_preview(state, title):
    text = builder(FORM).open(f"preview/state/{state}/").text

    assert f"<title>Preview: {title} – The clinic" in text
    assert BANNER in text
    assert 'href="/staff/plan/build/preview/">Preview</a>' in text


def test_unknown_state_is_not_there():
    assert builder(FORM).open("preview/state/decided/").page.status_code == 404


def test_pages_before_the_questions_lead_to_them_as_they_will_and_save_nothing():
    lead_ = builder(FORM)
    base = lead_.base.replace("/", "\\/")

    start = lead_.open("preview/state/answered/")
    privacy = re.search(rf'href="({base}preview/state/privacy/[^"]*)"[^>]*>\s*Start now', start.text)[1]
    assert "See the answers I sent" in start.text
    start = lead_.open("preview/state/open/")
    assert re.search(rf'href="({base}preview/state/privacy/[^"]*)"[^>]*>\s*Start now', start.text)
    page_ = lead_.client.get(unescape(privacy))
    walk = re.search(rf'href="({base}preview/walk/[^"]*)"[^>]*>\s*Continue', page_.content.decode())[1]

    assert "What about a?" in lead_.client.get(unescape(walk)).content.decode()
    assert saved() == (0, 0)


def test_public_pages_say_nothing_of_a_preview():
    consultation = open_consultation(FORM)

    for path in ("", "respond/", "respond/how-we-use-your-answers/"):
        text = Client().get(f"/consultations/{consultation.slug}/{path}").content.decode()
        assert "preview" not in text.lower()


def test_start_page_of_a_draft_names_its_own_closing_time():
    lead_ = builder(FORM)

    assert moment(lead_.consultation.closes_at) in lead_.open("preview/state/open/").text


def test_easy_read_words_are_shown_where_they_are_asked_for():
    form = questionnaire(choice("a"))
    document = to_json(form) | {"variants": ["easy_read"]}
    document["pages"][0]["questions"][0]["variants"] = {"easy_read": {"text": {"en": "Is it good?"}}}
    lead_ = builder(FORM, somebody=lead("another"))
    lead_.consultation.questionnaire.draft = document
    lead_.consultation.questionnaire.save()

    assert "Is it good?" in lead_.open("preview/walk/?variant=easy_read").text
    assert "Is it good?" not in lead_.open("preview/walk/").text
    assert Fields(lead_.text).found[""]["step"] == "page_a"
