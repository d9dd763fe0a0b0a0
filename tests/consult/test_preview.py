"""Preview: a draft as people will see it, and nothing that is typed is saved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consult.preview import share_token
from consult.wording import moment
from surveys.definition import to_json
from surveys.models import DraftResponse, Response
from tests.builders import choice, comment, page, questionnaire, when
from tests.consult.building import Fields, builder
from tests.consult.people import lead

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
    ("state", "words"), [("forthcoming", "not open"), ("open", "Have your say"), ("closed", "closed")]
)
def test_every_state_can_be_looked_at_while_it_is_a_draft(state, words):
    assert words in builder(FORM).open(f"preview/state/{state}/").text


def test_start_page_of_a_draft_names_its_own_closing_time():
    lead_ = builder(FORM)

    assert moment(lead_.consultation.closes_at) in lead_.open("preview/state/open/").text


def test_link_for_colleagues_opens_the_walk_without_signing_in_and_ends():
    consultation = builder(FORM).consultation
    now = timezone.now()
    good = share_token(consultation, days=1, now=now)
    over = share_token(consultation, days=1, now=now - timedelta(days=1, minutes=1))

    page_, ended, forged = (Client().get(f"/preview/{token}/") for token in (good, over, good[:-2] + "xx"))

    assert (page_.status_code, ended.status_code, forged.status_code) == (200, 410, 410)
    assert "What about a?" in page_.content.decode()
    assert (page_.headers["X-Robots-Tag"], page_.headers["Cache-Control"]) == ("noindex", "no-store")


def test_link_is_made_by_a_button_and_works():
    lead_ = builder(FORM)
    lead_.open("preview/").send(f"{lead_.base}preview/share/", days=["7"])
    link = lead_.text.partition('id="link" value="')[2].partition('"')[0]

    path = "/preview/" + link.partition("/preview/")[2]
    assert "What about a?" in Client().get(path).content.decode()


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
