"""How answers about the person become a row of codes, and are read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equality.categories import CategoryError, decode, encode, normalise, profile_layout, question_set_of
from equality.codes import BLANK, NOT_ASKED, PREFER_NOT_TO_SAY

SET = "2026-1"


def columns(row):
    """The columns of a row that were asked: `{column key: code}`."""
    return {key: row[offset] for key, (offset, _) in profile_layout(SET).items() if row[offset] != NOT_ASKED}


@st.composite
def any_answers(draw):
    """Any answers that the questions take, in any company: a question may be missing, blank or declined."""
    answers = {}
    for characteristic in question_set_of(SET).characteristics:
        values = [option.value for option in characteristic.options]
        if draw(st.booleans()):
            given_values = st.sampled_from(["", "pnts", *values])
            if characteristic.several:
                together = [option.value for option in characteristic.options if not option.exclusive]
                given_values |= st.lists(st.sampled_from(together), max_size=3)
            answers[characteristic.key] = draw(given_values)
    return answers


def test_nine_marital_states_are_reported_as_five():
    offset, _ = profile_layout(SET)["marriage_five"]
    nine = question_set_of(SET).by_key["marriage_cp"].options
    assert [encode({"marriage_cp": o.value}, SET)[offset] for o in nine] == [1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_full_set_of_answers_becomes_codes():
    row = encode(
        {
            "age": "65_74",
            "disability": "yes",
            "disability_impact": "a_little",
            "ethnic_broad": "asian",
            "ethnic_group": "a_chinese",
            "religion": "no_religion",
            "sex": "female",
            "gender_identity": "same",
            "sexual_orientation": "pnts",
            "pregnancy_maternity": "",
            "carer": "h50plus",
            "veteran": ["reserve", "regular"],
            "deprivation": 1,
            "inside": 2,
        },
        SET,
    )
    assert columns(row) == {
        "age": 7,
        "disability": 1,
        "disability_impact": 2,
        "ethnic_broad": 3,
        "ethnic_group": 13,
        "religion": 1,
        "sex": 1,
        "gender_identity": 1,
        "sexual_orientation": PREFER_NOT_TO_SAY,
        "pregnancy_maternity": BLANK,
        "carer": 6,
        "veteran#regular": 1,
        "veteran#reserve": 1,
        "veteran#no": 2,
        "deprivation": 1,
        "inside": 2,
        "disabled": 1,
        "carer_any": 1,
        "veteran_any": 1,
    }


@pytest.mark.parametrize(
    ("answers", "disabled"),
    [
        ({"disability": "yes", "disability_impact": "a_lot"}, 1),
        ({"disability": "yes", "disability_impact": "a_little"}, 1),
        ({"disability": "yes", "disability_impact": "not_at_all"}, 2),
        ({"disability": "no"}, 2),
        ({"disability": "pnts"}, PREFER_NOT_TO_SAY),
        ({"disability": ""}, BLANK),
        ({"disability": "yes", "disability_impact": "pnts"}, PREFER_NOT_TO_SAY),
        ({"disability": "yes", "disability_impact": ""}, BLANK),
        ({"disability": "yes"}, NOT_ASKED),
        ({}, NOT_ASKED),
    ],
)
def test_disabled_is_worked_out_from_both_parts_as_the_census_does(answers, disabled):
    offset, _ = profile_layout(SET)["disabled"]
    assert encode(answers, SET)[offset] == disabled


def test_answers_are_put_over_the_ones_kept_before():
    first = encode({"age": "25_34", "sex": "female"}, SET)
    assert decode(encode({"sex": "", "carer": "none"}, SET, previous=first), SET) == {
        "age": "25_34",
        "sex": "",
        "carer": "none",
    }


def test_impact_of_a_condition_goes_when_there_turns_out_to_be_none():
    first = encode({"disability": "yes", "disability_impact": "a_lot"}, SET)
    assert columns(encode({"disability": "no"}, SET, previous=first)) == {"disability": 2, "disabled": 2}


def test_detailed_group_goes_when_the_broad_one_changes():
    first = encode({"ethnic_broad": "white", "ethnic_group": "w_roma"}, SET)
    assert decode(encode({"ethnic_broad": "asian"}, SET, previous=first), SET) == {"ethnic_broad": "asian"}
    assert decode(encode({"ethnic_broad": "pnts"}, SET, previous=first), SET) == {"ethnic_broad": "pnts"}


def test_detailed_group_ticked_on_paper_gives_its_broad_one():
    assert decode(encode({"ethnic_group": "b_african"}, SET), SET) == {
        "ethnic_broad": "black",
        "ethnic_group": "b_african",
    }


def test_broad_group_stays_when_the_detailed_one_is_declined():
    first = encode({"ethnic_broad": "mixed"}, SET)
    assert decode(encode({"ethnic_group": "pnts"}, SET, previous=first), SET) == {
        "ethnic_broad": "mixed",
        "ethnic_group": "pnts",
    }


def test_answers_that_children_are_not_asked_for_go_when_somebody_turns_out_to_be_one():
    first = encode(
        {"sexual_orientation": "bisexual", "gender_identity": "different", "veteran": ["no"], "sex": "male"}, SET
    )
    assert decode(encode({"age": "u16"}, SET, previous=first), SET) == {"age": "u16", "sex": "male"}


def test_ticks_are_kept_once_each_and_in_order():
    assert normalise({"veteran": ["reserve", "regular", "reserve"]}, SET) == {"veteran": ["regular", "reserve"]}
    assert normalise({"veteran": ["pnts"]}, SET) == {"veteran": "pnts"}
    assert normalise({"veteran": []}, SET) == {"veteran": ""}


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"sex": "other"}, "sex has no option 'other'"),
        ({"sex": 3}, "sex has no option 3"),
        ({"sex": ["female", "male"]}, "sex takes one answer, not 2"),
        ({"height": "tall"}, "Question set 2026-1 does not ask height"),
        ({"disabled": "disabled"}, "Question set 2026-1 does not ask disabled"),
        ({"postcode": "WN1 1AA"}, "Question set 2026-1 does not ask postcode"),
        ({"veteran": ["regular", "no"]}, "veteran has ticks that contradict each other: no, regular"),
        ({"veteran": ["regular", "pnts"]}, "veteran has ticks that contradict each other: pnts, regular"),
    ],
)
def test_answers_the_set_does_not_know_are_refused(answers, message):
    with pytest.raises(CategoryError, match=f"^{message}$"):
        encode(answers, SET)


def test_unknown_set_and_row_of_another_length_are_refused():
    with pytest.raises(CategoryError, match=r"^There is no equality question set '1999-1'$"):
        profile_layout("1999-1")
    with pytest.raises(CategoryError, match=r"^A row of question set 2026-1 has 33 bytes, not 3$"):
        decode(b"\x01\x01\x01", SET)


@given(any_answers())
def test_answers_survive_being_read_back_and_written_again(answers):
    row = encode(answers, SET)
    assert encode(decode(row, SET), SET) == row
    assert encode({}, SET, previous=row) == row


@given(any_answers(), st.integers(0, 17))
def test_answers_sent_a_page_at_a_time_give_the_row_of_all_at_once(answers, sent_first):
    # A broad and a detailed group that contradict each other are another matter: the later one counts.
    answers.pop("ethnic_broad", None)
    parts = list(answers.items())
    first = encode(dict(parts[:sent_first]), SET)
    assert encode(dict(parts[sent_first:]), SET, previous=first) == encode(answers, SET)
