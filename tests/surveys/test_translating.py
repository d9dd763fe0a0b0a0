"""Writing a language or a variant beside the standard words: what is shown, what an edit changes, and what it leaves alone."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from surveys import editing
from surveys.definition import Option
from surveys.definition_json import from_json, to_json
from surveys.renderings import RenderingState, digest, in_preparation, offered, recorded, state_of
from surveys.texts import only_in
from surveys.translating import (
    Beside,
    State,
    beside,
    beside_on,
    with_check_done,
    with_earlier_words,
    with_offer,
    with_picture,
    with_rendering,
    with_texts,
    without_rendering,
)
from tests.builders import choice, comment, number, page, question, questionnaire
from tests.surveys.rendered import EASY, SURVEY, translated, whole
from tests.surveys.strategies import questionnaires

FORM = questionnaire(
    page("one", choice("a", hint={"en": "Choose one"}), comment("why"), heading={"en": "You"}),
    number("n", unit={"en": "miles"}, missing={"en": "Enter a number"}),
)
ARABIC = with_rendering(FORM, "ar", is_offered=True)


def states(definition, rendering):
    return {text.place: text.state for text in beside(definition, rendering)}


def test_language_begins_with_nothing_written_and_needs_a_check():
    assert (ARABIC.languages, ARABIC.unchecked, ARABIC.renderings) == (("en", "ar"), ("ar",), {"ar": {}})
    assert set(states(ARABIC, "ar").values()) == {State.MISSING}
    assert beside_on(ARABIC, "ar", FORM.pages[1]) == (
        Beside("n.text", "What about n?", "", "", False, State.MISSING),
        Beside("n.missing", "Enter a number", "", "", False, State.MISSING),
        Beside("n.unit", "miles", "", "", False, State.MISSING),
    )


def test_what_is_typed_is_put_in_its_places_and_the_rest_is_left():
    typed = {
        "one.heading": "أنت",
        "a.text": "ماذا؟",
        "a.option.2": "لا",
        "n.unit": "ميل",
        "why.text": "",
        "gone.text": "x",
    }

    written = with_texts(ARABIC, "ar", typed)

    assert written.pages[0].heading == {"en": "You", "ar": "أنت"}
    assert written.question("a").text == {"en": "What about a?", "ar": "ماذا؟"}
    assert [option.label for option in written.question("a").options] == [{"en": "Yes"}, {"en": "No", "ar": "لا"}]
    assert written.question("n").settings["unit"] == {"en": "miles", "ar": "ميل"}
    assert [place for place, state in states(written, "ar").items() if state == State.DONE] == [
        "one.heading",
        "a.text",
        "a.option.2",
        "n.unit",
    ]
    assert written.question("why") == FORM.question("why")


def test_words_that_are_taken_away_are_missing_again():
    written = with_texts(ARABIC, "ar", {"a.text": "ماذا؟"})

    assert with_texts(written, "ar", {"a.text": ""}) == ARABIC


def test_words_that_somebody_read_need_a_check_again_only_when_they_change():
    read = with_check_done(with_texts(ARABIC, "ar", {"a.text": "ماذا؟"}), "ar")

    assert with_texts(read, "ar", {"a.text": "ماذا؟", "why.text": ""}).unchecked == ()
    assert with_texts(read, "ar", {"a.text": "ماذا عن أ؟"}).unchecked == ("ar",)


def mended():
    """A question in Arabic whose English was changed afterwards."""
    before = with_texts(ARABIC, "ar", {"a.text": "ماذا؟"})
    after = editing.with_question_changed(before, "a", text={**before.question("a").text, "en": "What about it?"})
    return with_earlier_words(before, after)


def test_text_whose_standard_words_changed_says_what_they_were():
    found = next(text for text in beside(mended(), "ar") if text.place == "a.text")

    assert found == Beside("a.text", "What about it?", "ماذا؟", "What about a?", False, State.OUT_OF_DATE)


def test_text_that_is_still_right_is_done_and_one_that_nobody_looked_at_stays_out_of_date():
    assert states(with_texts(mended(), "ar", {"a.text": "ماذا؟"}), "ar")["a.text"] == State.OUT_OF_DATE
    assert states(with_texts(mended(), "ar", {"a.text": "ماذا؟"}, right=["a.text"]), "ar")["a.text"] == State.DONE
    assert states(with_texts(mended(), "ar", {"a.text": "ماذا عنه؟"}), "ar")["a.text"] == State.DONE


def test_words_that_changed_are_kept_as_long_as_something_was_made_of_them():
    once = mended()
    twice = editing.with_question_changed(once, "a", text={**once.question("a").text, "en": "What of it?"})
    twice = with_earlier_words(once, twice)
    done = with_texts(twice, "ar", {"a.text": "ماذا؟"}, right=["a.text"])

    assert (once.earlier, twice.earlier) == ({digest("What about a?"): "What about a?"},) * 2
    assert with_earlier_words(twice, done).earlier == {}
    assert from_json(json.loads(json.dumps(to_json(twice)))) == twice


EASED = with_rendering(FORM, EASY, is_offered=False)


def test_variant_keeps_the_standard_words_where_somebody_says_so_and_no_longer():
    kept = with_texts(EASED, EASY, {"a.option.1": "", "a.option.2": "No, never"}, right=["a.option.1"])

    assert kept.question("a").options[1].variants == {EASY: {"label": {"en": "No, never"}}}
    assert {place: state for place, state in states(kept, EASY).items() if "option" in place} == {
        "a.option.1": State.KEPT,
        "a.option.2": State.DONE,
    }
    assert states(with_texts(kept, EASY, {"a.option.1": ""}), EASY)["a.option.1"] == State.MISSING


def test_question_of_a_variant_needs_words_of_its_own():
    said = with_texts(EASED, EASY, {"a.text": ""}, right=["a.text"])

    assert states(said, EASY)["a.text"] == State.MISSING


def test_page_of_a_variant_has_words_of_its_own():
    eased = with_texts(EASED, EASY, {"one.heading": "About you"})

    assert eased.pages[0].variants == {EASY: {"heading": {"en": "About you"}}}
    assert with_texts(eased, EASY, {"one.heading": ""}).pages[0].variants == {}


def test_words_of_a_variant_in_another_language_are_mended_in_their_place():
    both = recorded(translated(SURVEY, "pl"), "pl")

    mended = with_texts(both, "pl", {"travel.text.easy_read": "Jak tam jedziesz?"})

    assert mended.question("travel").variants[EASY]["text"] == {
        "en": "How do you get there?",
        "pl": "Jak tam jedziesz?",
    }
    assert mended.question("travel").text["pl"] == both.question("travel").text["pl"]


@pytest.mark.parametrize("place", ["a", "a.option.2"])
def test_picture_goes_beside_a_question_or_an_answer_and_is_taken_away(place):
    with_one = with_picture(EASED, EASY, place, file="bus.png", alt="A bus")
    asked = with_one.question("a")
    pictured = asked if place == "a" else asked.options[1]

    assert pictured.variants == {EASY: {"picture": "bus.png", "alt": {"en": "A bus"}}}
    assert with_picture(with_one, EASY, place, file="", alt="A bus") == EASED


# Whole renderings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rendering", ["ar", EASY])
def test_rendering_is_offered_and_prepared_without_losing_words(rendering):
    prepared = with_rendering(FORM, rendering, is_offered=False)
    out = with_offer(prepared, rendering, is_offered=True)

    assert (offered(prepared), in_preparation(prepared)) == ((), (rendering,))
    assert (offered(out), in_preparation(out)) == ((rendering,), ())
    assert with_offer(out, rendering, is_offered=False) == prepared
    assert with_offer(out, rendering, is_offered=True) == out


@pytest.mark.parametrize("rendering", ["pl", EASY])
def test_rendering_that_is_taken_out_leaves_nothing_behind(rendering):
    left = without_rendering(whole(SURVEY), rendering)

    assert (rendering in offered(left), rendering in in_preparation(left)) == (False, False)
    assert f'"{rendering}"' not in json.dumps(to_json(left))
    other = EASY if rendering == "pl" else "pl"
    assert state_of(left, other).missing == ()


@settings(max_examples=50, deadline=None)
@given(questionnaires())
def test_taking_out_what_was_never_written_changes_nothing(definition):
    assert without_rendering(with_rendering(definition, "so", is_offered=True), "so") == definition


@settings(max_examples=50, deadline=None)
@given(questionnaires())
def test_language_written_text_by_text_is_whole(definition):
    begun = with_rendering(definition, "so", is_offered=True)

    done = with_texts(begun, "so", {text.place: f"so {text.of}" for text in beside(begun, "so")})

    assert state_of(done, "so") == RenderingState(needs_check=True)
    assert replace(only_in(done, ("en",)), languages=("en",), renderings={}, unchecked=()) == definition


def test_what_a_questionnaire_says_in_one_language_has_its_variants_or_not():
    asked = question("a", options=(Option(1, {"en": "Yes", "pl": "Tak"}, variants={EASY: {"label": {"pl": "T"}}}),))

    only = only_in(questionnaire(asked), ("en",)).question("a")

    assert only.options == (Option(1, {"en": "Yes"}),)
    assert only_in(questionnaire(asked), ("en", "pl"), ()).question("a").options == (
        Option(1, {"en": "Yes", "pl": "Tak"}),
    )
