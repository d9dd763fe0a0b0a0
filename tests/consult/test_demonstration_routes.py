"""The routes that the demonstration's questionnaires are there to show."""

import pytest

from surveys.definition import words
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.piping import filled_question
from tests.consult.demonstrated import APMS, OLDER_YOU, OUTPATIENTS


def asked(definition, **answers):
    """The keys of the questions asked of somebody with these answers; `c3_1` stands for `c3@1`."""
    found = journey(definition, {key.replace("_", "@"): value for key, value in answers.items()})
    return " ".join(question.key for question in found.questions() if KINDS[question.kind].controls(question))


# A: the GP contracts -----------------------------------------------------------------------------------------------------

EVERYBODY_A = "a9 a11 a12 a17 a19 a20"


def test_patient_of_one_of_the_practices_is_asked_about_it_and_about_its_closing():
    expected = "a1 a2 a4 a5 a6 a7 a8 a9 a11 a12 a13 a15 a17 a19 a20"
    assert asked(APMS, a1=1, a2=2) == expected
    assert asked(APMS, a1=2, a2=6) == expected


def test_patient_of_a_practice_with_several_sites_is_asked_which():
    assert [code for code in range(1, 9) if "a3" in asked(APMS, a1=1, a2=code).split()] == [1, 4, 5, 7]


@pytest.mark.parametrize(
    ("practice", "sites"),
    [
        (1, ["Alderbeck Clinic", "Larkfield House"]),
        (4, ["Colliers Row Health Centre", "Damson House"]),
        (5, ["Inkerman House", "Plover Bridge Health Centre"]),
        (7, ["Bargewater Medical Centre", "High Furrow Surgery", "Wharf Road Surgery"]),
    ],
)
def test_only_the_sites_of_the_chosen_practice_are_offered(practice, sites):
    step = journey(APMS, {"a1": 1, "a2": practice}).step("site")
    assert [words(option.label) for option in step.questions[0].options] == [*sites, "I do not have a usual site"]


def test_patient_of_another_practice_goes_on_to_the_options():
    assert asked(APMS, a1=1, a2=8) == "a1 a2 a9 a11 a12 a15 a17 a19 a20"


@pytest.mark.parametrize("code", [3, 4, 6])
def test_staff_residents_and_others_go_straight_to_the_options(code):
    assert asked(APMS, a1=code) == f"a1 {EVERYBODY_A}"


def test_organisation_gives_its_name_and_is_asked_steps_3_and_5_only():
    assert asked(APMS, a1=5) == f"a1 a1a a1b {EVERYBODY_A}"
    sections = [words(step.page.section) for step in journey(APMS, {"a1": 5}).steps]
    assert list(dict.fromkeys(sections)) == ["You and your practice", "The options", "Fairness and this consultation"]


@pytest.mark.parametrize(("point", "is_asked"), [(1, True), (2, True), (3, False), (4, False), (5, False), (6, False)])
def test_changes_are_ranked_by_those_who_support_a_change(point, is_asked):
    assert ("a10" in asked(APMS, a1=4, a9={"change": point}).split()) is is_asked


def test_difficulties_are_asked_of_those_who_would_find_it_difficult():
    assert [point for point in range(1, 7) if "a14" in asked(APMS, a1=1, a2=6, a13=point).split()] == [4, 5]


def test_smaller_effect_is_asked_of_those_who_expect_a_bad_one():
    assert [point for point in range(1, 7) if "a16" in asked(APMS, a1=1, a2=6, a15=point).split()] == [4, 5]


def test_groups_and_why_are_asked_of_those_who_say_yes():
    assert [code for code in (1, 2, 3) if "a18 a18a" in asked(APMS, a1=4, a17=code)] == [1]


@pytest.mark.parametrize(
    ("practice", "text"),
    [
        (6, "If Marlpit Green Surgery closed, how easy would it be for you to use another practice?"),
        (2, "If Arena Family Practice closed, how easy would it be for you to use another practice?"),
    ],
)
def test_name_of_the_practice_is_repeated_in_later_questions(practice, text):
    answers = {"a1": 1, "a2": practice}
    step = journey(APMS, answers).step("if_it_closed")
    assert words(filled_question(step.questions[0], APMS, answers, language="en", step=step).text) == text


def test_patients_who_had_no_visits_are_asked_all_but_how_it_was():
    asked_all = asked(APMS, a1=1, a2=2, a4=2).split()

    assert set(asked_all) - set(asked(APMS, a1=1, a2=2, a4=1).split()) == {"a7"}
    assert asked(APMS, a1=1, a2=2).split() == asked_all


# B: Older You ------------------------------------------------------------------------------------------------------------


def test_person_who_used_services_is_asked_about_them():
    expected = "b1 b2 b3 b4 b4a b5 b6 b9 b10 b11 b12 b13 b15 b16 b18"
    assert asked(OLDER_YOU, b1=1, b4=[3, 7]) == expected


def test_which_service_was_used_most_is_asked_only_where_there_were_several():
    assert "b4a" not in asked(OLDER_YOU, b1=1, b4=[7]).split()
    step = journey(OLDER_YOU, {"b1": 1, "b4": [2, 7, 9]}).step("used_most")
    assert [words(option.label) for option in step.questions[0].options] == [
        "A hospital stay",
        "GP practice",
        "Social care",
        "I do not know",
    ]


def test_person_who_used_no_service_goes_on_to_staying_well():
    assert asked(OLDER_YOU, b1=1, b4=[11]) == "b1 b2 b3 b4 b9 b10 b11 b12 b13 b15 b16 b18"


def test_organisation_goes_on_to_the_proposals_and_what_else_there_is_to_say():
    assert asked(OLDER_YOU, b1=5) == "b1 b1a b1b b13 b15 b18"


def test_going_home_is_asked_of_those_who_stayed_in_hospital_and_what_was_missing_of_those_who_missed_it():
    assert "b7" not in asked(OLDER_YOU, b1=1, b4=[3]).split()
    assert [code for code in range(1, 6) if "b8" in asked(OLDER_YOU, b1=1, b4=[2], b7=code).split()] == [2, 3]


def test_reasons_are_asked_of_those_who_oppose_video():
    assert [code for code in range(1, 7) if "b14" in asked(OLDER_YOU, b1=5, b13={"video": code}).split()] == [4, 5]


def test_carers_are_asked_what_would_help():
    assert [code for code in (1, 2, 3) if "b17" in asked(OLDER_YOU, b1=1, b16=code).split()] == [1]


def test_experience_names_the_service_used_most_and_never_i_do_not_know():
    step_of = {code: journey(OLDER_YOU, {"b1": 1, "b4": [3, 7], "b4a": code}).step("experience") for code in (7, 11)}
    hints = {
        code: words(
            filled_question(step.questions[0], OLDER_YOU, {"b4": [3, 7], "b4a": code}, language="en", step=step).hint
        )
        for code, step in step_of.items()
    }
    assert hints == {
        7: "Answer about this service: GP practice.",
        11: "Answer about this service: the one you used most.",
    }


# C: outpatient clinics ---------------------------------------------------------------------------------------------------

EVERYBODY_C = "c11 c12 c13 c16 c17 c19"


def test_appointments_are_asked_about_once_for_each_service_and_for_two_at_most():
    seen = "c3@{0} c4@{0} c5@{0} c6@{0} c8@{0} c9@{0} c10@{0}"
    # One page is asked for each service before the next page is.
    pairs = " ".join(f"{key}@1 {key}@2" for key in ["c3", "c4", "c5", "c6", "c8", "c9", "c10"])
    assert asked(OUTPATIENTS, c1=1, c2=[1]) == f"c1 c2 {seen.format(1)} {EVERYBODY_C}"
    assert asked(OUTPATIENTS, c1=1, c2=[1, 2, 3]) == f"c1 c2 {pairs} {EVERYBODY_C}"


def test_another_service_opens_no_round_of_its_own():
    assert asked(OUTPATIENTS, c1=1, c2=[4]) == f"c1 c2 {EVERYBODY_C}"


@pytest.mark.parametrize(("code", "before"), [(4, "c1 c2"), (5, "c1 c1a c1b c2"), (6, "c1 c2")])
def test_residents_staff_and_organisations_skip_to_what_matters(code, before):
    assert asked(OUTPATIENTS, c1=code, c2=[1, 2]) == f"{before} {EVERYBODY_C}"


def test_somebody_still_waiting_is_not_asked_how_the_appointment_was():
    found = asked(OUTPATIENTS, c1=2, c2=[1, 3], c4_1=6, c4_3=2).split()
    assert [key for key in found if key.endswith("@1")] == ["c3@1", "c4@1", "c5@1", "c10@1"]
    assert [key for key in found if key.endswith("@3")] == ["c3@3", "c4@3", "c5@3", "c6@3", "c8@3", "c9@3", "c10@3"]


def test_journey_is_asked_of_those_who_went_somewhere():
    assert [code for code in range(1, 7) if "c7@2 c7a@2" in asked(OUTPATIENTS, c1=1, c2=[2], c6_2=code)] == [1, 2, 3]


def test_reasons_are_asked_of_those_who_oppose_video_or_community_clinics():
    assert "c14 c15" in asked(OUTPATIENTS, c1=6, c2=[4], c13={"video": 5, "community": 4})
    assert "c14" not in asked(OUTPATIENTS, c1=6, c2=[4], c13={"video": 6, "community": 3}).split()


def test_smaller_effect_is_asked_of_those_who_told_us_of_one():
    assert "c18" in asked(OUTPATIENTS, c1=6, c2=[4], c17="A longer journey").split()
    assert "c18" not in asked(OUTPATIENTS, c1=6, c2=[4]).split()


def test_question_of_a_round_names_the_service_it_is_about():
    route = journey(OUTPATIENTS, {"c1": 1, "c2": [1, 3]})
    texts = [
        words(filled_question(step.questions[0], OUTPATIENTS, route.answers, language="en", step=step).text)
        for step in route.steps
        if step.page.key == "referred"
    ]
    assert texts == ["Eye clinic: who first sent you there?", "Skin clinic: who first sent you there?"]
