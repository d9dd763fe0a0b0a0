"""The row of codes: where each column lies, what each missing state is written as, and that a row reads back as it was."""

from random import Random
from struct import unpack_from

import pytest
from hypothesis import given, settings

from consult.demonstration.facts import SLUGS, facts_of
from consult.demonstration.invented import invented_responses
from surveys.codebook import (
    build_codebook,
    codebook_from_json,
    codebook_to_json,
    encode,
    heading_of,
    labels_of,
    question_codes,
)
from surveys.codes import (
    BLANK,
    ILLEGIBLE,
    NOT_ASKED,
    NOT_TICKED,
    PREFER_NOT_TO_SAY,
    SEVERAL_TICKED,
    TICKED,
    in_four_bytes,
)
from surveys.journey import journey
from surveys.marks import illegible
from surveys.marks import several as ticked_several
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    options,
    page,
    question,
    questionnaire,
    ranking,
    several,
    statements,
    when,
)
from tests.surveys.strategies import answered_questionnaires

EVERY = pytest.mark.parametrize("slug", SLUGS)

MIXED = questionnaire(
    choice("used"),
    several("colours"),
    number("visits"),
    page("plan", statements("plan"), shown_if=when("used", 1)),
    ranking("best"),
    comment("why"),
    page("each", choice("waited"), repeat=for_each("colours", most=2)),
)
COLUMNS = [
    *("used", "colours.1", "colours.2", "colours.3", "visits", "plan.a", "plan.b", "best.#1", "best.#2", "best.#3"),
    *("why", "waited@1", "waited@2", "waited@3"),
]


def row(definition, answers):
    """`{column key: code}` of the row of somebody with these answers."""
    codebook = build_codebook(definition)
    return decoded(encode(journey(definition, answers), codebook), codebook)


def decoded(codes, codebook):
    """The row read by nothing but the codebook's offsets and widths."""
    return {
        key: codes[offset] if width == 1 else unpack_from("<i", codes, offset)[0]
        for key, (offset, width) in codebook.layout().items()
    }


def test_columns_follow_the_questionnaire_with_one_for_each_item_that_could_be_chosen():
    codebook = build_codebook(MIXED)
    assert [column.key for column in codebook.columns] == COLUMNS
    assert codebook.width == len(COLUMNS) + 3


def test_row_has_the_codes_of_what_was_answered():
    answers = {
        "used": 1, "colours": [1, 3], "visits": 12, "plan": {"a": 5}, "best": [4], "why": "Far", "waited@1": 2, "waited@3": 1,
    }  # fmt: skip
    assert row(MIXED, answers) == {
        "used": 1,
        "colours.1": TICKED,
        "colours.2": NOT_TICKED,
        "colours.3": TICKED,
        "visits": 12,
        "plan.a": 5,
        "plan.b": BLANK,
        "best.#1": 4,
        "best.#2": BLANK,
        "best.#3": BLANK,
        "why": 1,
        "waited@1": 2,
        "waited@2": NOT_ASKED,
        "waited@3": 1,
    }


def test_not_asked_and_left_blank_are_told_apart():
    found = row(MIXED, {"used": 2})
    assert [found["used"], found["plan.a"], found["why"], found["waited@1"]] == [2, NOT_ASKED, BLANK, NOT_ASKED]
    assert found["visits"] == in_four_bytes(BLANK)


def test_every_missing_state_has_a_code_of_its_own():
    asked = question("one", options=options("Yes", "No", prefer_not_to_say="Prefer not to say"))
    definition = questionnaire(asked, page("later", choice("later"), shown_if=when("one", 1)))
    found = [
        row(definition, answers) for answers in ({}, {"one": 3}, {"one": illegible()}, {"one": ticked_several([1, 2])})
    ]
    assert [codes["one"] for codes in found] == [BLANK, PREFER_NOT_TO_SAY, ILLEGIBLE, SEVERAL_TICKED]
    assert {codes["later"] for codes in found} == {NOT_ASKED}


def test_mark_fills_every_column_of_its_question():
    found = row(MIXED, {"colours": illegible(), "visits": illegible(), "best": illegible()})
    assert {found[key] for key in ("colours.1", "colours.2", "colours.3", "best.#1", "best.#2", "best.#3")} == {
        ILLEGIBLE
    }
    assert found["visits"] == in_four_bytes(ILLEGIBLE)


def test_mark_on_one_statement_leaves_the_others():
    found = row(MIXED, {"used": 1, "plan": {"a": ticked_several([1, 5]), "b": 2}})
    assert (found["plan.a"], found["plan.b"]) == (SEVERAL_TICKED, 2)


def test_option_that_was_not_offered_has_the_code_of_not_asked():
    filtered = question("site", "several_choices", options=options("Near", "Far", "Farther"))
    near, far, farther = filtered.options
    hidden = question(
        "site", "several_choices", options=(near, far, type(farther)(3, farther.label, shown_if=when("used", 1)))
    )
    definition = questionnaire(choice("used"), hidden)
    assert row(definition, {"used": 2, "site": [1]}) == {
        "used": 2,
        "site.1": TICKED,
        "site.2": NOT_TICKED,
        "site.3": NOT_ASKED,
    }


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_columns_fill_the_row_without_gap_or_overlap(given_both):
    codebook = build_codebook(given_both[0])
    assert_columns_fill_the_row(codebook)


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_any_route_is_written_and_read_back_as_the_same_codes(given_both):
    definition, answers = given_both
    assert_row_reads_back(definition, answers)


@EVERY
def test_columns_of_the_demonstration_fill_the_row_without_gap_or_overlap(slug):
    assert_columns_fill_the_row(build_codebook(facts_of(slug).questionnaire()))


@EVERY
def test_invented_responses_are_written_and_read_back_as_the_same_codes(slug):
    definition = facts_of(slug).questionnaire()
    for response in invented_responses(definition, slug=slug, count=80, random=Random(11)):
        assert_row_reads_back(definition, response.answers)


@EVERY
def test_codebook_kept_beside_a_version_is_enough_to_read_its_rows(slug):
    definition = facts_of(slug).questionnaire()
    codebook = build_codebook(definition)
    document = codebook_to_json(codebook, definition)
    assert codebook_from_json(document) == codebook
    assert all(part["heading"] for part in document["columns"])
    assert all(code.isdigit() and label for part in document["columns"] for code, label in part["labels"].items())


def test_codebook_lays_out_the_same_columns_whatever_was_answered_before():
    assert build_codebook(MIXED) == build_codebook(MIXED)
    assert build_codebook(MIXED).column("plan.b").offset == 9
    assert build_codebook(MIXED).column("nothing") is None


def test_heading_of_a_repeated_question_names_its_item():
    codebook = build_codebook(MIXED)
    headings = {
        key: heading_of(codebook.column(key), MIXED) for key in ("used", "colours.2", "plan.a", "best.#2", "waited@3")
    }
    assert headings == {
        "used": "What about used?",
        "colours.2": "What about colours?: Green",
        "plan.a": "What about plan?: Statement a",
        "best.#2": "What about best?: second choice",
        "waited@3": "What about waited? (Blue)",
    }


def test_codes_of_a_column_have_their_words():
    codebook = build_codebook(MIXED)
    labels = {key: labels_of(codebook.column(key), MIXED) for key in ("used", "colours.2", "visits", "waited@1")}
    assert labels == {
        "used": {1: "Yes", 2: "No"},
        "colours.2": {TICKED: "ticked", NOT_TICKED: "not ticked"},
        "visits": {},
        "waited@1": {1: "Yes", 2: "No"},
    }


# Words that the tests above share ----------------------------------------------------------------------------------------


def assert_columns_fill_the_row(codebook):
    ends = [column.offset + column.width for column in codebook.columns]
    assert [column.offset for column in codebook.columns] == [0, *ends[:-1]][: len(ends)]
    assert (ends or [0])[-1] == codebook.width
    assert len({column.key for column in codebook.columns}) == len(codebook.columns)
    assert {column.width for column in codebook.columns} <= {1, 4}


def assert_row_reads_back(definition, answers):
    codebook = build_codebook(definition)
    route = journey(definition, answers)
    found = decoded(encode(route, codebook), codebook)
    expected = {}
    for each in route.questions():
        for part, code in question_codes(each, route.answers.get(each.key)).items():
            expected[f"{each.key}.{part}" if part else each.key] = code
    assert set(expected) <= set(found)
    for key, code in found.items():
        unasked = NOT_ASKED if codebook.column(key).width == 1 else in_four_bytes(NOT_ASKED)
        assert code == expected.get(key, unasked)
