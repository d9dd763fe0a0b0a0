"""Taking shared questions: what is kept of a question, how two copies differ in words, and what the shared words leave alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from surveys.definition import Option, Statement
from surveys.definition_json import question_from, question_to_json
from surveys.source import Source
from surveys.taking import (
    Difference,
    OtherKind,
    differences,
    free_key,
    kept,
    plain_text,
    taken,
    with_library_words,
)
from tests.builders import choice, comment, question, scale, statements, when
from tests.surveys.strategies import questionnaires

LINK = {"id": "5b9a", "revision": 1}


def easy_read(**texts):
    return {"easy_read": {name: {"en": said} for name, said in texts.items()}}


def travel(**parts):
    """A question about travel, in two languages and easy read, as a library has it."""
    return replace(
        question(
            "travel",
            text="How do you get to your practice?",
            hint={"en": "Select one."},
            short={"en": "Travel"},
            options=(
                Option(1, {"en": "Bus"}),
                Option(2, {"en": "Car"}, variants=easy_read(label="In a car")),
                Option(9, {"en": "I do not know"}, meaning="dont_know"),
            ),
            settings={"largest_first": True},
            variants=easy_read(text="How do you travel?"),
        ),
        **parts,
    )


# What is kept and taken --------------------------------------------------------------------------------------------------


def test_kept_question_has_no_routes_no_repeated_answers_and_no_link():
    asked = question(
        "keep",
        "statements",
        text="What does {a2|your practice} do, and {a3} not?",
        hint={"en": "About {item}"},
        options=statements("x").options,
        statements=(
            Statement("a", {"en": "At {a2|the place}"}, shown_if=when("a1", 1), variants=easy_read(label="{a2|It}")),
        ),
        shown_if=when("a1", 1),
        variants=easy_read(text="{a2|Your practice}?"),
        library=LINK,
    )

    assert kept(asked) == replace(
        asked,
        text={"en": "What does your practice do, and … not?"},
        hint={"en": "About …"},
        statements=(Statement("a", {"en": "At the place"}, variants=easy_read(label="It")),),
        shown_if=None,
        variants=easy_read(text="Your practice?"),
        library={},
    )


def test_kept_question_keeps_a_picture_and_offers_every_answer_to_everybody():
    pictured = {"easy_read": {"picture": "bus.png", "alt": {"en": "A bus"}}}
    asked = question("travel", options=(Option(1, {"en": "Bus"}, shown_if=when("a1", 1), variants=pictured),))

    assert kept(asked).options == (Option(1, {"en": "Bus"}, variants=pictured),)


def test_copy_has_a_key_of_its_own_and_knows_where_it_came_from():
    assert taken(travel(), key="a5", library_id="5b9a", revision=3) == travel(
        key="a5", library={"id": "5b9a", "revision": 3}
    )


def test_key_that_is_used_gets_the_first_free_number_and_stays_short_enough():
    assert free_key("a", {"b"}) == "a"
    assert free_key("a", {"a", "a_2"}) == "a_3"
    assert free_key("a" * 40, {"a" * 40}) == "a" * 38 + "_2"


# Differences -------------------------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(questionnaires())
def test_a_question_as_kept_differs_in_nothing_and_survives_json(definition):
    for each in definition.questions():
        shared = question_from(Source(question_to_json(kept(each)), "the shared question"))

        assert differences(each, shared) == []
        assert with_library_words(each, shared) == each


def test_what_belongs_to_the_questionnaire_is_no_difference():
    mine = travel(
        key="a5",
        text={"en": "How do you get to {a2|your practice}?", "pl": "Jak?"},
        required=True,
        shown_if=when("a1", 1),
        library=LINK,
    )

    assert differences(mine, travel()) == []


def test_differences_are_told_in_words():
    mine = travel(
        text={"en": "How do you travel?", "cy": "Sut?"},
        options=(
            Option(1, {"en": "Bus or tram"}),
            Option(3, {"en": "On foot"}, exclusive=True),
            Option(9, {"en": "I do not know"}, meaning="other"),
        ),
        settings={"missing": {"en": "Select how you travel"}},
        variants={},
    )
    theirs = travel(
        text={"en": "How do you get to your practice?", "cy": "Sut byddwch chi?"}, hint={}, short={"en": "Way"}
    )

    assert differences(mine, theirs) == [
        Difference("The question", "How do you travel?", "How do you get to your practice?"),
        Difference("The question, Welsh", "Sut?", "Sut byddwch chi?"),
        Difference("The hint", "Select one.", ""),
        Difference("What is said when it is left blank", "Select how you travel", ""),
        Difference("Answer 1", "Bus or tram", "Bus"),
        Difference("Answer 3", "On foot", ""),
        Difference("The name in reports", "Travel", "Way"),
        Difference("The order of the answers", "1, 3, 9", "1, 2, 9"),
        Difference("Answer 3 is chosen alone", "Yes", ""),
        Difference("What answer 9 counts as", "other", "dont know"),
        Difference("The question, easy read", "", "How do you travel?"),
        Difference("Answer 2", "", "Car"),
        Difference("Answer 2, easy read", "", "In a car"),
        Difference("The setting “largest_first”", "", "Yes"),
    ]


def test_statements_settings_and_pictures_are_compared():
    pictured = {"easy_read": {"picture": "bus.png", "alt": {"en": "A bus"}}}
    mine = statements("s", "a", settings={"limit": 5, "capacity": {"1": "self"}, "purpose": "name"})
    theirs = replace(statements("s", "a", "b", settings={"limit": 6}), variants=pictured)

    assert differences(mine, theirs) == [
        Difference("The setting “limit”", "5", "6"),
        Difference("The setting “capacity”", '{"1": "self"}', ""),
        Difference("The setting “purpose”", "name", ""),
        Difference("The picture, easy read", "", "A bus"),
        Difference("Statement b", "", "Statement b"),
        Difference("The pictures", "", "bus.png"),
    ]


def test_another_type_of_question_is_the_only_difference_told():
    assert differences(comment("a"), choice("a")) == [
        Difference("The type of question", "Long text", "Choose one option")
    ]


# The shared words --------------------------------------------------------------------------------------------------------


def test_shared_words_keep_key_routes_codes_and_what_only_the_copy_has():
    mine = question(
        "a5",
        text="How do you travel to {a2|the practice}?",
        hint={"en": "Think of {a2|your practice}."},
        required=True,
        shown_if=when("a1", 1),
        options=(
            Option(7, {"en": "On foot"}),
            Option(9, {"en": "Do not know"}, meaning="other", exclusive=True),
            Option(1, {"en": "Bus", "pl": "Autobus"}, shown_if=when("a1", 2)),
            Option(3, {"en": "Train"}),
        ),
        settings={"missing": {"en": "Select how"}},
        variants={"easy_read": {"text": {"en": "How?"}, "hint": {"en": "Think."}}},
        library=LINK,
    )
    theirs = travel(hint={"en": "Think of your practice."})

    assert with_library_words(mine, theirs) == replace(
        mine,
        text={"en": "How do you get to your practice?"},
        short={"en": "Travel"},
        options=(
            Option(7, {"en": "On foot"}),
            Option(1, {"en": "Bus", "pl": "Autobus"}, shown_if=when("a1", 2)),
            Option(3, {"en": "Train"}),
            Option(2, {"en": "Car"}, variants=easy_read(label="In a car")),
            Option(9, {"en": "I do not know"}, meaning="other"),
        ),
        settings={"largest_first": True},
        variants=easy_read(text="How do you travel?"),
    )


def test_words_in_other_languages_stay_beside_the_shared_ones():
    mine = travel(text={"en": "How?", "pl": "Jak?"}, hint={"en": "One.", "pl": "Jeden."})

    after = with_library_words(mine, travel(hint={}))

    assert (after.text, after.hint) == ({"en": "How do you get to your practice?", "pl": "Jak?"}, {})


def test_statements_are_taken_by_their_keys():
    mine = replace(
        statements("s", "a", "b"),
        statements=(Statement("a", {"en": "Old"}, shown_if=when("a1", 1)), Statement("mine", {"en": "Only here"})),
    )

    assert with_library_words(mine, statements("t", "a", "c")).statements == (
        Statement("a", {"en": "Statement a"}, shown_if=when("a1", 1)),
        Statement("mine", {"en": "Only here"}),
        Statement("c", {"en": "Statement c"}),
    )


def test_nothing_that_can_be_taken_differs_after_the_shared_words_are_taken():
    mine = scale("s", text="How is it?", hint={"en": "Old"}, settings={"largest_first": True})

    assert differences(with_library_words(mine, scale("t")), scale("t")) == []


def test_another_type_of_question_is_never_put_over_a_copy():
    with pytest.raises(OtherKind):
        with_library_words(comment("a"), choice("a"))


def test_text_that_repeats_an_answer_says_what_stands_in_for_it():
    assert plain_text({"en": "At {a2|your practice} or {a3}"}) == {"en": "At your practice or …"}
