"""What the checks of the question bank find wrong with a question set."""

from dataclasses import replace

from equality.categories import QUESTION_SETS, question_set_of
from equality.question_bank.checks import problems_of

SET = "2026-1"


def without(sequence, place):
    return sequence[:place] + sequence[place + 1 :]


def changed(key, **changes):
    """Question set 2026-1 with one characteristic changed."""
    question_set = question_set_of(SET)
    characteristics = tuple(replace(c, **changes) if c.key == key else c for c in question_set.characteristics)
    return replace(question_set, characteristics=characteristics)


def test_every_question_set_of_the_bank_is_sound():
    assert {version: list(problems_of(question_set)) for version, question_set in QUESTION_SETS.items()} == {SET: []}


def test_age_bands_with_a_gap_are_found():
    bands = question_set_of(SET).by_key["age"].options
    assert list(problems_of(changed("age", options=without(bands, 4)))) == [
        "age: 55_64 does not begin where 35_44 ends"
    ]


def test_age_bands_that_leave_out_the_oldest_are_found():
    bands = question_set_of(SET).by_key["age"].options
    assert list(problems_of(changed("age", options=bands[:-1]))) == ["age: nobody over 84 has a band"]


def test_code_used_twice_and_code_out_of_range_are_found():
    female, male = question_set_of(SET).by_key["sex"].options
    assert list(problems_of(changed("sex", options=(female, replace(male, code=1))))) == ["sex uses the code 1 twice"]
    assert list(problems_of(changed("sex", options=(female, replace(male, code=241))))) == [
        "sex: male has code 241, not 1 to 240"
    ]


def test_value_that_means_declined_cannot_be_an_option():
    female, male = question_set_of(SET).by_key["sex"].options
    assert list(problems_of(changed("sex", options=(female, replace(male, value="pnts"))))) == [
        "sex: 'pnts' cannot be the value of an option"
    ]


def test_broad_group_without_detailed_groups_is_found():
    groups = question_set_of(SET).by_key["ethnic_group"].options
    assert list(problems_of(changed("ethnic_group", options=groups[:17]))) == ["ethnic_group has no option for other"]


def test_condition_on_an_answer_that_there_is_not_is_found():
    assert list(problems_of(changed("disability_impact", asked_if={"disability": ("maybe",)}))) == [
        "disability_impact depends on disability being maybe, which it never is"
    ]
