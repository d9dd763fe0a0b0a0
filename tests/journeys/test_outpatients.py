"""The outpatients consultation: questions asked once for each of two services, in the words of that service."""

import pytest

from tests.journeys.visits import Visit, given_an_open_consultation, responses

pytestmark = pytest.mark.django_db

EYE_AND_SKIN = (
    {"c1": 1},
    {"c2": [1, 3]},
    {"c3@1": 2},
    {"c3@3": 1},
    {"c4@1": 2},
    {"c4@3": 6},
    {"c5@1": 4},
    {"c5@3": 2},
    {"c6@1": 1},
    {"c7@1": 1, "c7a@1": 2},
    {"c8@1": 2},
    {"c9@1": 3},
    {"c10@1": [6]},
    {"c10@3": [10]},
    {"c11.1": 1},
    {"c12": 2},
    {"c13.single": 1, "c13.community": 5, "c13.video": 2},
    {"c15": "Too far."},
    {"c16": 3},
    {"c17": ""},
    {"c19": 2},
)


@pytest.fixture(autouse=True)
def consultation():
    return given_an_open_consultation("outpatients")


def given_a_patient_at_the_check_page():
    visit = Visit("outpatients").given_i_have_begun().given_i_have_answered(*EYE_AND_SKIN)
    visit.then_i_am_on("respond-page", step="check")
    return visit


def test_each_of_two_services_is_asked_about_under_its_own_name():
    visit = given_a_patient_at_the_check_page()

    visit.when_i_send()

    assert [response.answers for response in responses("outpatients")] == [
        {
            "c1": 1,
            "c2": [1, 3],
            "c3@1": 2,
            "c3@3": 1,
            "c4@1": 2,
            "c4@3": 6,
            "c5@1": 4,
            "c5@3": 2,
            "c6@1": 1,
            "c7@1": 1,
            "c7a@1": 2,
            "c8@1": 2,
            "c9@1": 3,
            "c10@1": [6],
            "c10@3": [10],
            "c11": [1],
            "c12": 2,
            "c13": {"single": 1, "community": 5, "video": 2},
            "c15": "Too far.",
            "c16": 3,
            "c19": 2,
        }
    ]


def test_a_page_of_a_round_says_which_service_it_is_about():
    visit = Visit("outpatients").given_i_have_begun().given_i_have_answered(*EYE_AND_SKIN[:3])

    visit.then_i_am_asked("referred@3")
    assert visit.page.heading == "Skin clinic: who first sent you there?"
    assert visit.page.title.startswith("Skin clinic: who first sent you there? – ")


def test_a_third_service_is_beyond_the_cap_and_not_asked_about():
    visit = Visit("outpatients").given_i_have_begun().given_i_have_answered({"c1": 1}, {"c2": [1, 2, 3]})

    asked = []
    for _ in range(4):
        asked.append(visit.page.path.split("/")[-2])
        visit.when_i_continue()

    assert asked == ["referred@1", "referred@2", "wait@1", "wait@2"]


def test_somebody_still_waiting_is_not_asked_about_an_appointment_they_have_not_had():
    visit = Visit("outpatients").given_i_have_begun().given_i_have_answered({"c1": 1}, {"c2": [2]}, {"c3@2": 1})

    visit.given_i_have_answered({"c4@2": 6}, {"c5@2": 3})

    visit.then_i_am_asked("went_wrong@2")


def test_another_service_chosen_on_the_check_page_is_asked_about_and_the_one_left_is_named_and_not_sent():
    visit = given_a_patient_at_the_check_page()

    visit.when_i_change("Which services do you want to tell us about?")
    visit.when_i_answer(c2=[1, 2])

    asked = []
    while not visit.page.path.endswith("/check/") and len(asked) < 20:
        asked.append(visit.page.path.split("/")[-2])
        visit.when_i_continue()
    assert asked == ["referred@2", "wait@2", "informed@2", "seen_where@2", "experience@2", "involved@2", "went_wrong@2"]
    assert [item.text_content() for item in visit.page.body.xpath("//main//ul/li")] == [
        "Skin clinic: who first sent you there?",
        "Skin clinic: how long did you wait for your first appointment?",
        "Skin clinic: how far do you agree or disagree that the information you got while waiting was clear?",
        "Skin clinic: what went wrong, if anything?",
    ]
    visit.when_i_send()
    assert not any(key.endswith("@3") for key in responses("outpatients")[0].answers)


def test_a_resident_skips_the_questions_about_appointments():
    visit = Visit("outpatients").given_i_have_begun()

    visit.given_i_have_answered({"c1": 6}, {"c2": [1]})

    visit.then_i_am_asked("matters")


def test_services_must_be_chosen_and_the_message_leads_to_the_first_box():
    visit = Visit("outpatients").given_i_have_begun().given_i_have_answered({"c1": 1})

    visit.when_i_continue()

    visit.then_i_am_told(c2="Select the services you want to tell us about")


def test_the_same_answer_ranked_twice_is_asked_again_and_stays_as_it_was_chosen():
    visit = Visit("outpatients").given_i_have_begun().given_i_have_answered({"c1": 6}, {"c2": [1]})

    visit.when_i_answer({"c11.1": 2, "c11.2": 2, "c11.3": 5})

    assert visit.page.status == 422
    assert dict(visit.page.form.form_values()).items() >= {"c11.1": "2", "c11.2": "2", "c11.3": "5"}.items()
    assert len(visit.page.problems) == len(visit.page.errors_beside_controls) == 1
