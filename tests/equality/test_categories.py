"""The equality questions as versioned definitions, and how answers become a row of codes."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equality.categories import (
    QUESTION_SETS,
    CategoryError,
    decode,
    encode,
    normalise,
    profile_layout,
    question_set_of,
    reported_characteristics,
)
from equality.codes import BLANK, NOT_ASKED, PREFER_NOT_TO_SAY
from equality.question_bank.checks import problems_of

SET = "2026-1"
CODES_FOR_EVER = {
    "age": {"u16": 1, "16_24": 2, "25_34": 3, "35_44": 4, "45_54": 5, "55_64": 6, "65_74": 7, "75_84": 8, "85plus": 9},
    "disability": {"yes": 1, "no": 2},
    "disability_impact": {"a_lot": 1, "a_little": 2, "not_at_all": 3},
    "impairment": {
        "vision": 1,
        "hearing": 2,
        "mobility": 3,
        "dexterity": 4,
        "learning": 5,
        "memory": 6,
        "mental_health": 7,
        "stamina": 8,
        "social": 9,
        "other": 10,
        "none": 11,
    },
    "ethnic_broad": {"white": 1, "mixed": 2, "asian": 3, "black": 4, "other": 5},
    "ethnic_group": {
        "w_brit": 1,
        "w_irish": 2,
        "w_git": 3,
        "w_roma": 4,
        "w_other": 5,
        "m_wbc": 6,
        "m_wba": 7,
        "m_wa": 8,
        "m_other": 9,
        "a_indian": 10,
        "a_pakistani": 11,
        "a_bangladeshi": 12,
        "a_chinese": 13,
        "a_other": 14,
        "b_african": 15,
        "b_caribbean": 16,
        "b_other": 17,
        "o_arab": 18,
        "o_other": 19,
    },
    "religion": {
        "no_religion": 1,
        "christian": 2,
        "buddhist": 3,
        "hindu": 4,
        "jewish": 5,
        "muslim": 6,
        "sikh": 7,
        "other": 8,
    },
    "sex": {"female": 1, "male": 2},
    "gender_identity": {"same": 1, "different": 2},
    "sexual_orientation": {"straight": 1, "gay_lesbian": 2, "bisexual": 3, "other": 4},
    "marriage_cp": {
        "never": 1,
        "married": 2,
        "civil_partnership": 3,
        "separated_married": 4,
        "separated_cp": 5,
        "divorced": 6,
        "dissolved": 7,
        "widowed": 8,
        "surviving_partner": 9,
    },
    "pregnancy_maternity": {"pregnant": 1, "given_birth": 2, "no": 3},
    "carer": {"none": 1, "h9": 2, "h10_19": 3, "h20_34": 4, "h35_49": 5, "h50plus": 6},
    "veteran": {"regular": 1, "reserve": 2, "no": 3},
    "main_language": {"english": 1, "bsl": 2, "other": 3},
    "deprivation": {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5},
    "inside": {"inside": 1, "outside": 2},
    "disabled": {"disabled": 1, "not_disabled": 2},
    "carer_any": {"carer": 1, "not_carer": 2},
    "veteran_any": {"veteran": 1, "not_veteran": 2},
    "marriage_five": {"never": 1, "married_cp": 2, "separated": 3, "divorced": 4, "widowed": 5},
}
COLUMNS_FOR_EVER = (
    "age",
    "disability",
    "disability_impact",
    "impairment#vision",
    "impairment#hearing",
    "impairment#mobility",
    "impairment#dexterity",
    "impairment#learning",
    "impairment#memory",
    "impairment#mental_health",
    "impairment#stamina",
    "impairment#social",
    "impairment#other",
    "impairment#none",
    "ethnic_broad",
    "ethnic_group",
    "religion",
    "sex",
    "gender_identity",
    "sexual_orientation",
    "marriage_cp",
    "pregnancy_maternity",
    "carer",
    "veteran#regular",
    "veteran#reserve",
    "veteran#no",
    "main_language",
    "deprivation",
    "inside",
    "disabled",
    "carer_any",
    "veteran_any",
    "marriage_five",
)


def columns(row):
    """The columns of a row that were asked: `{column key: code}`."""
    return {key: row[offset] for key, (offset, _) in profile_layout(SET).items() if row[offset] != NOT_ASKED}


def without(sequence, place):
    return sequence[:place] + sequence[place + 1 :]


def changed(key, **changes):
    """Question set 2026-1 with one characteristic changed."""
    question_set = question_set_of(SET)
    characteristics = tuple(replace(c, **changes) if c.key == key else c for c in question_set.characteristics)
    return replace(question_set, characteristics=characteristics)


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


def test_every_code_of_a_published_set_stays_what_it_is():
    question_set = question_set_of(SET)
    everything = (*question_set.characteristics, *question_set.derived)
    assert {column.key: {o.value: o.code for o in column.options} for column in everything} == CODES_FOR_EVER


def test_columns_of_a_published_set_stay_where_they_are():
    assert profile_layout(SET) == {key: (offset, 1) for offset, key in enumerate(COLUMNS_FOR_EVER)}


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


def test_five_broad_groups_hold_the_nineteen_of_the_census():
    groups = question_set_of(SET).by_key["ethnic_group"].options
    held = {}
    for option in groups:
        held.setdefault(option.parent, []).append(option.value)
    assert {broad: len(values) for broad, values in held.items()} == {
        "white": 5,
        "mixed": 4,
        "asian": 5,
        "black": 3,
        "other": 2,
    }
    assert sorted(int(option.census) for option in groups) == list(range(1, 20))


def test_every_question_says_where_it_comes_from_why_it_is_asked_and_what_it_is_compared_with():
    for characteristic in question_set_of(SET).characteristics:
        assert all((characteristic.source, characteristic.purpose, characteristic.baseline, characteristic.heading))


def test_every_option_that_opens_a_text_box_has_words_for_it():
    characteristics = question_set_of(SET).characteristics
    opening = {c.key for c in characteristics if any(option.opens_text for option in c.options)}
    assert opening == {c.key for c in characteristics if c.text_label}
    assert opening == {
        "impairment",
        "ethnic_group",
        "religion",
        "gender_identity",
        "sexual_orientation",
        "main_language",
    }


def test_questions_that_are_off_unless_turned_on():
    off = [c.key for c in question_set_of(SET).characteristics if not c.asked_by_default and not c.given]
    assert off == ["impairment", "marriage_cp", "main_language"]


def test_deprivation_and_area_are_given_and_never_asked():
    question_set = question_set_of(SET)
    given_keys = {c.key for c in question_set.characteristics if c.given}
    assert given_keys == {"deprivation", "inside"}
    assert not given_keys & {key for page in question_set.pages for key in page.fields}


def test_nine_marital_states_are_reported_as_five():
    offset, _ = profile_layout(SET)["marriage_five"]
    nine = question_set_of(SET).by_key["marriage_cp"].options
    assert [encode({"marriage_cp": o.value}, SET)[offset] for o in nine] == [1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_reports_name_characteristics_as_the_law_does():
    assert [(r.key, r.column, r.heading, r.context_only) for r in reported_characteristics(SET)] == [
        ("age", "age", "Age", False),
        ("sex", "sex", "Sex", False),
        ("disabled", "disabled", "Disability", False),
        ("ethnic_broad", "ethnic_broad", "Race: ethnic group", False),
        ("religion", "religion", "Religion or belief", False),
        ("sexual_orientation", "sexual_orientation", "Sexual orientation", False),
        ("carer", "carer_any", "Unpaid carers", False),
        ("veteran", "veteran_any", "Armed forces veterans", False),
        ("pregnancy_maternity", "pregnancy_maternity", "Pregnancy and maternity", False),
        ("gender_identity", "gender_identity", "Gender reassignment", True),
        ("deprivation", "deprivation", "Deprivation of the area lived in", False),
    ]


def test_reported_categories_are_codes_with_words_and_never_prefer_not_to_say():
    disabled = reported_characteristics(SET)[2]
    assert (disabled.categories, disabled.values) == (
        ((1, "Disabled"), (2, "Not disabled")),
        ("disabled", "not_disabled"),
    )
    assert not [label for r in reported_characteristics(SET) for _, label in r.categories if "Prefer" in label]


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


def test_categories_load_without_django():
    code = "import sys, equality.categories; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
