"""Writing a language or easy read beside the standard words: partly done work, what has changed, pictures, and two people."""

import re
from html import unescape

import pytest

from consult import pictures
from consult.demonstration.facts import facts_of
from consult.models import AuditEvent
from surveys.definition import Question
from surveys.renderings import state_of
from surveys.translating import State, beside, with_rendering, with_texts
from tests.builders import choice, comment, page, questionnaire, statements
from tests.consult.building import beside as somebody_else
from tests.consult.building import builder

pytestmark = pytest.mark.django_db

FORM = questionnaire(
    page("one", choice("a", hint={"en": "Choose one"}), heading={"en": "You"}),
    page("two", comment("why", text="Why {a|that}?"), statements("s", "x", "y")),
)
ARABIC = with_rendering(FORM, "ar", is_offered=True)
EASY = with_rendering(FORM, "easy_read", is_offered=True)


def writing(definition=ARABIC, at="ar/page/one/", **more):
    return builder(definition, **more).go(f"languages/{at}")


def states(lead, rendering="ar"):
    return {text.place: text.state for text in beside(lead.definition, rendering) if text.state != State.MISSING}


def test_each_text_stands_beside_a_box_in_its_language_and_direction():
    lead = writing()

    boxes = re.findall(r'<(?:input|textarea)[^>]*name="text-([^"]*)"[^>]*>', lead.text)
    assert boxes == ["one.heading", "a.text", "a.hint", "a.option.1", "a.option.2"]
    assert len(re.findall(r'name="text-[^"]*"[^>]*lang="ar" dir="rtl"', lead.text)) == 5
    assert '<p class="consult-as-written" id="of-a.option.1">Yes</p>' in lead.text
    assert re.search(r'name="text-a.option.1"[^>]*aria-describedby="of-a.option.1"', lead.text)
    labels = [" ".join(label.split()) for label in re.findall(r"<label[^>]*>(.*?)</label>", lead.text, re.DOTALL)]
    assert labels == [
        "The heading, in Arabic",
        "The question, in Arabic",
        "The hint, in Arabic",
        "Answer 1, in Arabic",
        "Answer 2, in Arabic",
    ]


def test_what_is_written_is_saved_and_the_rest_waits():
    lead = writing().send(**{"text-a.text": "ماذا؟", "text-a.option.2": " لا "})

    assert lead.page.redirect_chain[-1][0] == "/staff/plan/languages/ar/#page-one"
    assert "Page 1 was saved in Arabic." in lead.text
    assert states(lead) == {"a.text": State.DONE, "a.option.2": State.DONE}
    assert lead.definition.question("a").options[1].label == {"en": "No", "ar": "لا"}
    assert AuditEvent.objects.latest("seq").detail.body == {"what": "wrote page one in Arabic"}


def test_saving_can_lead_to_the_next_page_and_at_the_last_does_not():
    lead = writing().send(**{"next": "1"})
    assert lead.page.redirect_chain[-1][0] == "/staff/plan/languages/ar/page/two/"

    lead.go("languages/ar/page/two/").send(**{"next": "1"})
    assert lead.page.redirect_chain[-1][0] == "/staff/plan/languages/ar/#page-two"


@pytest.mark.parametrize("rendering", ["pl", "ur", "easy_read"])
def test_saving_every_page_as_it_is_shown_changes_nothing(rendering):
    definition = facts_of("apms").questionnaire()
    lead = builder(definition)

    for each in definition.pages:
        lead.go(f"languages/{rendering}/page/{each.key}/").send()

    assert lead.definition == definition
    assert not AuditEvent.objects.filter(verb="questionnaire edited").exists()


def test_text_whose_english_changed_says_what_it_was_and_is_confirmed():
    lead = builder(with_texts(ARABIC, "ar", {"a.text": "ماذا؟", "a.hint": "اختر"}))
    lead.open("questions/question/a/").send(text="What about it?", hint="Choose only one")
    lead.go("languages/ar/page/one/")
    assert "It was made of these words: “What about a?”" in lead.text
    assert lead.text.count("Out of date") == 2

    lead.send(**{"right-a.text": "on"})

    assert states(lead) == {"a.text": State.DONE, "a.hint": State.OUT_OF_DATE}


def test_repeated_answer_is_explained_and_another_one_is_refused():
    lead = writing(at="ar/page/two/")
    assert "<code>{a|that}</code> stands for the answer to question 1." in lead.text

    lead.send(**{"text-why.text": "لماذا {why}؟", "text-s.text": "س"})
    assert lead.page.status_code == 422
    assert "{why} repeats another answer. Use {a|that}, as it stands in the words beside" in unescape(lead.text)
    assert (lead.forms[""]["text-why.text"], lead.forms[""]["text-s.text"]) == ("لماذا {why}؟", "س")
    assert states(lead) == {}

    lead.send(**{"text-why.text": "لماذا {a|ذلك}؟"})
    assert states(lead) == {"why.text": State.DONE, "s.text": State.DONE}


def test_text_that_is_far_too_long_is_refused():
    assert "Use 4,000 characters at most" in writing().send(**{"text-a.text": "ن" * 4_001}).text


# Easy read ----------------------------------------------------------------------------------------------------------------


def test_easy_read_has_words_of_its_own_or_keeps_the_standard_ones(monkeypatch):
    monkeypatch.setattr("consult.views.languages.boxes.picture_choices", lambda: [])
    lead = writing(EASY, "easy_read/page/one/")
    assert "There are no pictures to choose from yet." in lead.text

    lead.send(
        **{
            "text-a.text": "What is it?",
            "text-a.option.1": "Yes, it is",
            "right-a.option.2": "on",
            "right-a.hint": "on",
        }
    )

    asked = lead.definition.question("a")
    assert asked.variants == {"easy_read": {"text": {"en": "What is it?"}}}
    assert [option.variants for option in asked.options] == [{"easy_read": {"label": {"en": "Yes, it is"}}}, {}]
    assert states(lead, "easy_read") == {
        "a.text": State.DONE,
        "a.hint": State.KEPT,
        "a.option.1": State.DONE,
        "a.option.2": State.KEPT,
    }


def test_standard_words_are_kept_wherever_a_box_is_blank_but_for_questions():
    lead = writing(EASY, "easy_read/page/one/").send(**{"keep": "1", "text-a.option.1": "Yes, it is"})

    assert states(lead, "easy_read") == {
        "one.heading": State.KEPT,
        "a.hint": State.KEPT,
        "a.option.1": State.DONE,
        "a.option.2": State.KEPT,
    }


def test_standard_words_are_kept_no_longer_when_the_tick_goes():
    kept = with_texts(EASY, "easy_read", {"a.option.2": ""}, right=["a.option.2"])
    lead = writing(kept, "easy_read/page/one/")
    assert lead.forms[""]["right-a.option.2"] == ["on"]

    lead.send(**{"right-a.option.2": None})

    assert "a.option.2" in state_of(lead.definition, "easy_read").missing


@pytest.fixture
def two_pictures(monkeypatch):
    monkeypatch.setattr(
        "consult.views.languages.boxes.picture_choices", lambda: [("bus.png", "bus"), ("road.png", "road")]
    )


@pytest.mark.usefixtures("two_pictures")
def test_picture_is_chosen_with_words_for_those_who_cannot_see_it():
    lead = writing(EASY, "easy_read/page/one/")

    lead.send(**{"picture-a": "road.png", "picture-a.option.2": "bus.png", "alt-a.option.2": "A bus"})
    assert "Write what the picture shows, for people who cannot see it" in lead.text

    lead.send(**{"alt-a": "A road"})
    asked = lead.definition.question("a")
    assert asked.variants == {"easy_read": {"picture": "road.png", "alt": {"en": "A road"}}}
    assert asked.options[1].variants == {"easy_read": {"picture": "bus.png", "alt": {"en": "A bus"}}}


@pytest.mark.usefixtures("two_pictures")
def test_picture_that_somebody_else_chose_meanwhile_is_not_replaced_unseen():
    first = writing(EASY, "easy_read/page/one/")
    second = somebody_else(first).go("languages/easy_read/page/one/")

    first.send(**{"picture-a": "road.png", "alt-a": "A road"})
    second.send(**{"picture-a": "bus.png", "alt-a": "A bus"})

    assert second.page.status_code == 409
    assert "road.png A road" in second.text
    assert first.definition.question("a").variants == {"easy_read": {"picture": "road.png", "alt": {"en": "A road"}}}


def test_pictures_to_choose_are_the_files_in_the_folder(tmp_path, settings):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("bus-stop.png", "notes.txt", "Bus.PNG", "road.svg"):
        (folder / name).write_text("")
    settings.STATICFILES_DIRS = [tmp_path]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    pictures.get_finders.__globals__["get_finder"].cache_clear()

    found = pictures.picture_choices()

    pictures.get_finders.__globals__["get_finder"].cache_clear()
    assert found == [("bus-stop.png", "bus stop"), ("road.svg", "road")]


# Two people ---------------------------------------------------------------------------------------------------------------


def two_writing():
    first = writing()
    return first, somebody_else(first).go("languages/ar/page/one/")


def test_two_who_write_different_texts_of_a_page_both_keep_their_words():
    first, second = two_writing()

    first.send(**{"text-a.text": "ماذا؟"})
    second.send(**{"text-a.hint": "اختر"})

    assert states(first) == {"a.text": State.DONE, "a.hint": State.DONE}


def test_second_to_write_the_same_text_sees_both_and_chooses():
    first, second = two_writing()
    first.send(**{"text-a.text": "ماذا؟", "text-one.heading": "أنت"})

    second.send(**{"text-a.text": "ما رأيك؟"})

    assert second.page.status_code == 409
    assert "ماذا؟" in second.text
    assert second.forms[""]["text-a.text"] == "ما رأيك؟"
    assert second.forms[""]["text-one.heading"] == "أنت"
    assert first.definition.question("a").text["ar"] == "ماذا؟"
    second.send()
    assert first.definition.question("a").text["ar"] == "ما رأيك؟"
    assert first.definition.pages[0].heading["ar"] == "أنت"


def test_translation_of_words_that_changed_meanwhile_is_shown_with_the_new_ones():
    first, second = two_writing()
    first.open("questions/question/a/").send(text="What about it?")

    second.send(**{"text-a.text": "ماذا عن أ؟"})

    assert second.page.status_code == 409
    assert "(made of: “What about it?”)" in second.text
    assert states(first) == {}


def test_who_writes_the_english_and_who_writes_the_arabic_of_a_question_both_keep_their_words():
    first = builder(ARABIC).open("questions/question/a/")
    second = somebody_else(first).go("languages/ar/page/one/")

    second.send(**{"text-a.text": "ماذا؟", "text-a.option.1": "نعم"})
    first.send(hint="Choose only one")

    asked = first.definition.question("a")
    assert "The question was saved." in first.text
    assert (asked.text, asked.hint) == ({"en": "What about a?", "ar": "ماذا؟"}, {"en": "Choose only one"})
    assert asked.options[0].label == {"en": "Yes", "ar": "نعم"}


def test_words_for_a_page_an_option_or_a_language_that_is_gone_are_shown_to_be_copied():
    first, second = two_writing()
    third = somebody_else(first, "third").go("languages/ar/page/one/")
    first.open("questions/question/a/").send(**{"options-1-removed": "on"})

    second.send(**{"text-a.option.2": "كلا"})
    assert (second.page.status_code, "كلا" in second.text) == (409, True)

    first.go("languages/ar/take-out/").send()
    third.send(**{"text-a.text": "ماذا؟"})
    assert "Somebody else took this out" in third.text
    assert "ماذا؟" in third.text


def test_question_that_has_a_hint_only_in_another_language_is_not_given_it_in_english():
    asked = Question("q", "long_text", {"en": "Why?"}, {"ar": "لماذا"})

    assert builder(questionnaire(asked)).open("questions/question/q/").forms[""]["hint"] == ""
