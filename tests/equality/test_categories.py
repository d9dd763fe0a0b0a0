"""The equality questions as versioned definitions: their codes for ever, where they come from, how reports name them."""

import subprocess
import sys

from equality.categories import profile_layout, question_set_of, reported_characteristics

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


def test_every_code_of_a_published_set_stays_what_it_is():
    question_set = question_set_of(SET)
    everything = (*question_set.characteristics, *question_set.derived)
    assert {column.key: {o.value: o.code for o in column.options} for column in everything} == CODES_FOR_EVER


def test_columns_of_a_published_set_stay_where_they_are():
    assert profile_layout(SET) == {key: (offset, 1) for offset, key in enumerate(COLUMNS_FOR_EVER)}


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


def test_categories_load_without_django():
    code = "import sys, equality.categories; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
