"""What columns are about: by key, by words, by what somebody said; and what cannot be is refused in words."""

import json

import pytest

from surveys.answer_files import Matching, MatchingError, match_headings, places_of
from surveys.answer_files.headings import headings_known
from surveys.answer_files.names import near_places
from surveys.definition import Option, Question
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    page,
    question,
    questionnaire,
    ranking,
    several,
    statements,
)

FORM = questionnaire(
    choice("used", text="Have you used the clinic?", short={"en": "Used it", "pl": "Korzystanie"}),
    several("hard", "Distance", "Cost: fares", "Other", text="What makes it hard?"),
    statements("how", "a", "b", text="How easy is it?"),
    ranking("best", text="What matters most?"),
    number("visits"),
    comment("why", text="Why?"),
    comment("more", text="Why?"),
)


def matched(*headings, form=FORM, **said):
    return dict(match_headings(headings, form, said=said or None).columns)


@pytest.mark.parametrize(
    "heading, place",
    [
        ("used", "used"), (" USED ", "used"), ("Have you used the clinic?", "used"), ("have you used the clinic", "used"),
        ("Have\u00a0you used the  clinic ?", "used"), ("Used it", "used"), ("Korzystanie", "used"), ("hard", "hard"),
        ("hard.2", "hard.2"), ("hard_2", "hard.2"), ("hard/2", "hard.2"), ("hard[2]", "hard.2"),
        ("What makes it hard?: Distance", "hard.1"), ("What makes it hard? [Distance]", "hard.1"),
        ("What makes it hard - cost: fares", "hard.2"), ("hard: Distance", "hard.1"), ("how.a", "how.a"),
        ("How easy is it? [Statement b]", "how.b"), ("best.#1", "best.#1"), ("best_2", "best.#2"),
        ("What matters most?: first choice", "best.#1"), ("visits", "visits"),
    ],
)  # fmt: skip
def test_column_is_matched_by_the_key_or_the_words_of_its_question(heading, place):
    assert matched(heading) == {heading: place}


@pytest.mark.parametrize("heading", ["Why?", "clinic", "hard.9", "how", "Distance", "used it or not", ""])
def test_column_that_could_be_of_none_or_of_two_questions_is_left_out(heading):
    assert matched("visits", heading) == {"visits": "visits"}


def test_headings_of_an_options_words_alone_count_where_several_of_one_question_are_there():
    assert matched("visits", "Distance", "cost: fares") == {
        "visits": "visits",
        "Distance": "hard.1",
        "cost: fares": "hard.2",
    }


def test_first_of_two_columns_with_one_questions_words_is_taken():
    assert matched("used", "Used it") == {"used": "used"}


def test_rounds_of_a_repeated_page_have_columns_of_their_own():
    clinics = question("c2", "several_choices", options=(Option(1, {"en": "Eyes"}), Option(2, {"en": "Ears"})))
    form = questionnaire(clinics, page("each", choice("c3", text="How was it?"), repeat=for_each("c2", most=2)))

    assert matched("c3@1", "How was it? (Ears)", "c2.1", form=form) == {
        "c3@1": "c3@1",
        "How was it? (Ears)": "c3@2",
        "c2.1": "c2.1",
    }


# What somebody says --------------------------------------------------------------------------------------------------------


def test_what_somebody_says_comes_before_what_headings_tell():
    found = matched("used", "Box 7", "visits", columns={"Box 7": "used", "visits": None})

    assert found == {"Box 7": "used"}


@pytest.mark.parametrize("said", [{"Box 7": "why"}, {"columns": {"Box 7": "why"}, "rows": 20, "warnings": []}])
def test_mapping_may_be_columns_alone_or_the_report_of_an_earlier_import(said):
    assert matched("Box 7", **said) == {"Box 7": "why"}


def test_question_of_several_parts_is_said_by_its_key_and_the_part_told_by_the_heading():
    said = {"hard.1": "hard", "COST: fares": "hard", "All of it": "how.a"}

    assert matched(*said, columns=said) == {"hard.1": "hard.1", "COST: fares": "hard.2", "All of it": "how.a"}


def test_words_of_answers_may_be_given_a_meaning():
    said = {"columns": {}, "answers": {"used": {" Yep": 1}}}

    assert match_headings(["used"], FORM, said=said).meant == {"used": {"yep": 1}}


@pytest.mark.parametrize(
    "headings, said, words",
    [
        (["x"], {}, "No column is of a question"),
        (["used"], {"columns": {"usd": "used"}}, "no column “usd”. It has “used”"),
        (["used"], {"columns": {"used": "usd"}}, "no question “usd”"),
        (["a", "b"], {"columns": {"a": "used", "b": "used"}}, "“a”, “b” are both matched with “used – Used it”"),
        (["a"], {"columns": {"a": "how"}}, "Say which part of “how” the column “a” is of: “how.a”, “how.b”"),
        (["used"], {"columns": ["used"]}, "says of each column"),
        (["used"], {"columns": {"used": 3}}, "says of each column"),
        (["used"], {"columns": {}, "form_number": "No"}, "no column “No”"),
        (["used"], {"columns": {"used": "used"}, "received": "used"}, "can be only one thing"),
        (["used"], {"columns": {}, "answers": {"nothing": {}}}, "What words mean is said like"),
        (["used"], {"columns": {}, "answers": {"used": {"yep": "one"}}}, "a whole number"),
    ],
)
def test_what_cannot_be_is_refused_in_words(headings, said, words):
    with pytest.raises(MatchingError) as refused:
        match_headings(headings, FORM, said=said)

    assert words in str(refused.value)


# Facts ---------------------------------------------------------------------------------------------------------------------


def test_facts_of_rows_are_told_by_their_headings():
    assert match_headings(["used", "Form No.", "Date received"], FORM).facts == {
        "form_number": "Form No.",
        "received": "Date received",
    }


def test_fact_that_somebody_wants_left_out_is_left_out():
    said = {"columns": {"Form No.": None}}

    assert match_headings(["used", "Form No."], FORM, said=said).facts == {}


def test_our_own_export_is_known_by_its_headings_and_its_numbers_are_codes():
    headings = ["reference", "sent on", "channel", "language", "variant", "answered as", "version", "used"]

    found = match_headings(headings, FORM)

    assert found == Matching(
        {"used": "used"},
        {"form_number": "reference", "received": "sent on", "language": "language", "version": "version"},
        {},
        by_code=True,
    )


def test_language_of_another_tools_file_is_no_fact():
    assert match_headings(["used", "language", "version"], FORM).facts == {}


# For people ----------------------------------------------------------------------------------------------------------------


def test_every_place_has_words_for_a_menu():
    said = {key: place.says for key, place in places_of(FORM).items()}

    assert list(said)[:9] == ["used", "hard", "hard.1", "hard.2", "hard.3", "how.a", "how.b", "best", "best.#1"]
    assert [said["used"], said["hard"], said["hard.1"], said["how.a"]] == [
        "used – Used it",
        "hard – What makes it hard?, all in one cell",
        "hard.1 – What makes it hard?: Distance",
        "how.a – How easy is it?: Statement a",
    ]


def test_places_that_come_near_a_heading_are_found():
    names = {"have you used the clinic": "used", "visits": "visits"}

    assert near_places("Have you used te clinic", names) == ["used"]
    assert near_places("visit", names) == ["visits"]
    assert near_places("something else", names) == []


def test_every_name_of_a_place_is_known_when_cells_are_parted():
    assert {"used", "have you used the clinic", "hard.1", "distance", "form number", "sent on"} <= headings_known(FORM)


def test_matching_survives_json_with_what_is_left_out():
    found = match_headings(["used", "Notes", "Form no"], FORM, said={"columns": {}, "answers": {"used": {"yep": 1}}})

    plain = json.loads(json.dumps(found.to_json(["used", "Notes", "Form no"])))

    assert plain["columns"] == {"used": "used", "Notes": None}
    assert Matching.from_json(plain) == found


def test_question_whose_words_are_anothers_key_does_not_take_its_column():
    form = questionnaire(choice("a", text="b"), Question("b", "long_text", {"en": "Something"}))

    assert matched("b", form=form) == {"b": "b"}
