"""The consultation with people aged 55 and over: branches on several ticks, and second thoughts on the check page."""

import pytest

from tests.journeys.visits import Visit, given_an_open_consultation, responses

pytestmark = pytest.mark.django_db

NOT_IN_HOSPITAL = (
    {"b1": 1},
    {"b2": 2},
    {"b3": 1},
    {"b4": [7, 9]},
    {"b4a": 7},
    {"b5": 1},
    {"b6.easy": 1, "b6.told": 2},
    {"b9.1": 8, "b9.2": 1},
    {"b10": 2},
    {"b11": [12]},
    {"b12": 6},
    {"b13.team": 1, "b13.video": 5},
    {"b14": [5]},
    {"b15": "More buses."},
    {"b16": 2},
    {"b18": ""},
)
SERVICES = "Which of these services have you used in the last 12 months?"


@pytest.fixture(autouse=True)
def consultation():
    return given_an_open_consultation("older-you")


def given_somebody_at_the_check_page():
    visit = Visit("older-you").given_i_have_begun().given_i_have_answered(*NOT_IN_HOSPITAL)
    visit.then_i_am_on("respond-page", step="check")
    return visit


def test_answers_are_kept_and_the_service_used_most_is_chosen_from_those_used():
    visit = Visit("older-you").given_i_have_begun().given_i_have_answered(*NOT_IN_HOSPITAL[:4])
    visit.then_i_am_asked("used_most")
    assert {value for value in visit.page.form.inputs["b4a"].value_options} == {"7", "9", "11"}

    visit.given_i_have_answered(*NOT_IN_HOSPITAL[4:])
    visit.when_i_send()

    assert [response.answers for response in responses("older-you")] == [
        {
            "b1": 1,
            "b2": 2,
            "b3": 1,
            "b4": [7, 9],
            "b4a": 7,
            "b5": 1,
            "b6": {"easy": 1, "told": 2},
            "b9": [8, 1],
            "b10": 2,
            "b11": [12],
            "b12": 6,
            "b13": {"team": 1, "video": 5},
            "b14": [5],
            "b15": "More buses.",
            "b16": 2,
        }
    ]


def test_one_more_service_ticked_on_the_check_page_opens_its_page_alone_and_leads_back():
    visit = given_somebody_at_the_check_page()

    visit.when_i_change(SERVICES)
    visit.when_i_answer(b4=[2, 7, 9])

    visit.then_i_am_asked("going_home")
    visit.when_i_answer(b7=3)
    visit.then_i_am_asked("going_home_missing")
    visit.when_i_answer(b8="A key safe.")
    visit.then_i_am_on("respond-page", step="check")
    visit.when_i_send()
    assert responses("older-you")[0].answers.items() >= {"b4": [2, 7, 9], "b7": 3, "b8": "A key safe."}.items()


def test_an_answer_that_is_no_longer_offered_is_asked_for_again():
    visit = given_somebody_at_the_check_page()

    visit.when_i_change(SERVICES)
    visit.when_i_answer(b4=[6, 9])

    visit.then_i_am_asked("used_most")
    assert dict(visit.page.form.form_values()).get("b4a") is None
    visit.when_i_answer(b4a=9)
    visit.then_i_am_on("respond-page", step="check")


def test_A7_a_branch_that_is_left_is_named_once_and_not_sent():
    visit = given_somebody_at_the_check_page()

    visit.when_i_change(SERVICES)
    visit.when_i_answer(b4=[11])

    visit.then_i_am_on("respond-page", step="check")
    left = [item.text_content() for item in visit.page.body.xpath("//main//ul/li")]
    assert left == [
        "Which of these have you used most?",
        "Overall, how was your experience of the service you used most?",
        "How far do you agree or disagree with each statement?",
    ]
    assert not set(left) & set(visit.page.answers)
    visit.when_i_send()
    assert set(responses("older-you")[0].answers) == {
        "b1", "b2", "b3", "b4", "b9", "b10", "b11", "b12", "b13", "b14", "b15", "b16",
    }  # fmt: skip


def test_an_answer_on_a_branch_that_is_left_comes_back_when_the_mind_changes_again():
    visit = given_somebody_at_the_check_page()
    visit.when_i_change(SERVICES)
    visit.when_i_answer(b4=[11])

    visit.when_i_change(SERVICES)
    visit.when_i_answer(b4=[7, 9])

    visit.then_i_am_on("respond-page", step="check")
    assert visit.page.answers["Which of these have you used most?"].startswith("GP practice")


def test_an_organisation_is_asked_about_the_proposals_and_the_last_page_only():
    visit = Visit("older-you").given_i_have_begun()
    visit.given_i_have_answered({"b1": 5}, {"b1a": "Age Northbridge", "b1b": "Chair"}, {"b13.team": 1}, {"b15": ""})
    visit.then_i_am_asked("anything_else")

    visit.given_i_have_answered({"b18": "People with no family."}, {})

    visit.then_i_am_on("respond-done")


def test_A11_none_of_these_with_something_else_is_asked_again_in_plain_words_and_both_ticks_stay():
    visit = Visit("older-you").given_i_have_begun().given_i_have_answered(*NOT_IN_HOSPITAL[:3])

    visit.when_i_answer(b4=[2, 11])

    visit.then_i_am_told(b4="Select the answers that apply, or select “None of these”. You cannot select both")
    assert set(visit.page.form.fields["b4"]) == {"2", "11"}


def test_A10_a_tick_sent_three_times_counts_once():
    visit = Visit("older-you").given_i_have_begun().given_i_have_answered(*NOT_IN_HOSPITAL[:3])

    visit.given_i_have_answered({"b4": [2, 2, 2]})
    visit.when_i_go_back()

    assert [value for name, value in visit.page.form.form_values() if name == "b4"] == ["2"]
