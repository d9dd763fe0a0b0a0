"""The general practice consultation from the start page to the receipt: as a patient, and as an organisation."""

import re

import pytest

from consult import keys
from equality.categories import decode
from equality.models import Profile
from surveys.responses import rebuilt_codes
from tests.journeys.pages import words
from tests.journeys.visits import (
    CODE,
    MOST_PAGES,
    Visit,
    given_a_postcode_directory,
    given_an_open_consultation,
    responses,
)

pytestmark = pytest.mark.django_db

PATIENT_OF_ALDERBECK = (
    {"a1": 1},
    {"a2": 1},
    {"a3": 2},
    {"a4": 3},
    {"a5": 1},
    {"a6": 2},
    {"a7": 2},
    {"a8": "They listen.\r\nAnd they are close."},
    {},
    {"a9.keep": 1, "a9.change": 2, "a9.close": 5},
    {"a10.1": 6, "a10.2": 7, "a10.3": 4},
    {"a11": "I walk there."},
    {"a12": ""},
    {"a13": 5},
    {"a14": [3, 6]},
    {"a15": 4},
    {"a16": "A bus."},
    {"a17": 1},
    {"a18": [1, 13], "a18a": "It is uphill."},
    {"a19": 2},
    {"a20": 3},
)
SECRETARY = (
    {"a1": 5},
    {"a1a": "Northbridge Carers", "a1b": "Secretary"},
    {},
    {"a9.keep": 4, "a9.change": 5},
    {"a11": "Carers would have further to go."},
    {"a12": ""},
    {"a17": 2},
    {"a19": 3},
    {"a20": 1},
)


@pytest.fixture(autouse=True)
def consultation():
    return given_an_open_consultation("apms")


def test_a_patient_finds_the_consultation_answers_every_page_and_is_given_a_receipt():
    patient = Visit("apms")
    patient.when_i_go_to("/")
    patient.when_i_follow("The future of 7 GP contracts in Northbridge")
    patient.when_i_follow("Have your say")
    patient.when_i_follow("Start now")
    patient.when_i_continue()
    patient.given_i_have_answered(*PATIENT_OF_ALDERBECK)
    patient.then_i_am_on("respond-page", step="check")

    patient.when_i_send()

    patient.then_i_am_on("about-you")
    receipt = re.search(CODE, patient.page.text)[0]
    (response,) = responses()
    assert bytes(response.receipt_digest) == keys.receipt_digest(receipt)
    assert (response.respondent_type, response.channel, response.language) == ("self", "online", "en")
    assert bytes(response.codes) == rebuilt_codes(response)
    assert response.answers == {
        "a1": 1,
        "a2": 1,
        "a3": 2,
        "a4": 3,
        "a5": 1,
        "a6": 2,
        "a7": 2,
        "a8": "They listen.\nAnd they are close.",
        "a9": {"keep": 1, "change": 2, "close": 5},
        "a10": [6, 7, 4],
        "a11": "I walk there.",
        "a13": 5,
        "a14": [3, 6],
        "a15": 4,
        "a16": "A bus.",
        "a17": 1,
        "a18": [1, 13],
        "a18a": "It is uphill.",
        "a19": 2,
        "a20": 3,
    }


def test_the_check_page_says_every_answer_in_words_and_what_was_left_blank():
    patient = Visit("apms").given_i_have_begun().given_i_have_answered(*PATIENT_OF_ALDERBECK)

    answers = patient.page.answers

    assert len(answers) == 21
    assert answers["Which practice are you, or the person you care for, registered with?"].startswith(
        "Alderbeck Surgery"
    )
    assert answers["How many times have you used Alderbeck Surgery in the last 12 months?"].startswith("3 to 5 times")
    assert answers["Is there another option we should think about?"].startswith("Not answered")
    assert "You have not sent your answers yet." in patient.page.text


@pytest.mark.parametrize(
    ("visits", "is_asked"),
    [(1, False), (2, True), (6, True), (None, True)],
    ids=["none", "1 or 2", "not known", "blank"],
)
def test_only_who_has_not_used_the_practice_for_a_year_is_not_asked_how_it_was(visits, is_asked):
    patient = Visit("apms").given_i_have_begun().given_i_have_answered({"a1": 1}, {"a2": 2})
    patient.given_i_have_answered({} if visits is None else {"a4": visits}, {"a5": 1}, {"a6": 2})

    patient.then_i_am_asked("experience" if is_asked else "keep")


def test_an_experience_told_before_is_not_sent_once_there_were_no_visits():
    patient = Visit("apms").given_i_have_begun().given_i_have_answered(*PATIENT_OF_ALDERBECK)

    patient.when_i_change("How many times have you used Alderbeck Surgery in the last 12 months?")
    patient.when_i_answer(a4=1)

    patient.then_i_am_on("respond-page", step="check")
    assert "We will not send these answers because they no longer apply: " in patient.page.text
    patient.when_i_send()
    assert "a7" not in responses()[0].answers


def test_a_patient_answers_the_equality_questions_and_ends_at_the_receipt():
    given_a_postcode_directory()
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()
    receipt = re.search(CODE, patient.page.text)[0]
    patient.when_i_answer(answer="yes")

    patient.given_i_have_answered(
        {"age": "65_74"},
        {"disability": "yes"},
        {"disability_impact": "a_little"},
        {"ethnic_broad": "asian"},
        {"ethnic_group": "a_other", "ethnic_group_text": "Filipino"},
        {"religion": "pnts"},
        {"sex": "female", "gender_identity": "same"},
        {"sexual_orientation": "straight"},
        {},
        {"carer": "h9"},
        {"veteran": ["no"]},
        {"postcode": "nb1 1aa"},
    )

    patient.then_i_am_on("respond-done")
    assert patient.page.heading == "Thank you for having your say"
    assert f"Your receipt code {receipt}" in patient.page.text
    profile = Profile.objects.get()
    assert decode(bytes(profile.codes), profile.set_version) == {
        "age": "65_74",
        "disability": "yes",
        "disability_impact": "a_little",
        "ethnic_broad": "asian",
        "ethnic_group": "a_other",
        "religion": "pnts",
        "sex": "female",
        "gender_identity": "same",
        "sexual_orientation": "straight",
        "pregnancy_maternity": "",
        "carer": "h9",
        "veteran": ["no"],
        "deprivation": "1",
        "inside": "inside",
    }
    assert keys.open_text(profile.self_described) == '{"ethnic_group": "Filipino"}'


def test_each_equality_question_can_be_declined_and_the_rest_skipped():
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()
    patient.when_i_answer(answer="yes")
    assert "Prefer not to say" in patient.page.text
    patient.when_i_answer(age="pnts")

    patient.when_i_answer(button="skip")

    patient.then_i_am_on("respond-done")
    assert decode(bytes(Profile.objects.get().codes), "2026-1") == {"age": "pnts"}


def test_whoever_skips_all_the_equality_questions_has_no_profile_and_counts_as_not_asked():
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()

    patient.when_i_answer(answer="no")

    patient.then_i_am_on("respond-done")
    assert (len(responses()), Profile.objects.count()) == (1, 0)


def test_the_page_after_the_send_shows_the_receipt_apart_and_says_why_to_keep_it():
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()

    (inset,) = patient.page.body.find_class("nhsuk-inset-text")
    (code,) = inset.find_class("consult-receipt")

    assert re.fullmatch(CODE, code.text_content())
    assert words(inset) == (
        f"Thank you. Your receipt code is {code.text_content()}. Keep this code. You need it to see your answers again "
        "or to delete them. We cannot find your answers without it."
    )
    assert "Before you go, we would like to ask some questions about you." in patient.page.text
    assert "Why we ask" in [words(heading) for heading in patient.page.body.iter("h2")]


def test_the_introduction_to_the_equality_questions_must_be_answered_yes_or_no():
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()

    patient.when_i_continue()

    patient.then_i_am_told(answer="Select yes if you want to answer these questions")


def test_somebody_under_16_is_not_asked_what_the_census_asks_from_16_only():
    child = Visit("apms").given_i_am_ready_to_send()
    child.when_i_send()
    child.when_i_answer(answer="yes")

    asked = []
    for _ in range(MOST_PAGES):
        asked += [name for name in child.page.controls if not name.endswith("_text")]
        if "postcode" in asked:
            break
        child.when_i_answer({"age": "u16"} if "age" in child.page.controls else {})

    assert asked == ["age", "disability", "ethnic_broad", "religion", "sex", "pregnancy_maternity", "carer", "postcode"]


def test_going_back_over_the_equality_questions_loses_no_answer_and_shows_none_that_is_kept():
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()
    patient.when_i_answer(answer="yes")
    patient.given_i_have_answered(
        {"age": "65_74"}, {"disability": "no"}, {"ethnic_broad": "pnts"}, {"religion": "other"}
    )
    patient.when_i_go_back()
    assert "We kept what you told us" in patient.page.text
    assert ("religion", "other") not in patient.page.form.form_values()

    patient.when_i_continue()

    assert decode(bytes(Profile.objects.get().codes), "2026-1") == {
        "age": "65_74",
        "disability": "no",
        "ethnic_broad": "pnts",
        "religion": "other",
    }


def test_the_next_person_on_the_same_device_sees_nothing_of_what_the_last_one_said_about_themselves():
    device = Visit("apms").given_i_am_ready_to_send()
    device.when_i_send()
    device.when_i_answer(answer="yes")
    device.given_i_have_answered({"age": "65_74"}, {"disability": "yes"})
    device.given_i_am_somebody_else_and_ready_to_send()
    device.when_i_send()

    device.when_i_answer(answer="yes")

    assert dict(device.page.form.form_values()).get("age") is None
    device.when_i_answer(age="25_34")
    assert dict(device.page.form.form_values()).get("disability") is None
    assert sorted(decode(bytes(row.codes), "2026-1")["age"] for row in Profile.objects.all()) == ["25_34", "65_74"]


def test_whoever_has_finished_leaves_no_equality_answer_in_the_browser():
    patient = Visit("apms").given_i_am_ready_to_send()
    patient.when_i_send()
    patient.when_i_answer(answer="yes")
    patient.given_i_have_answered({"age": "65_74"}, {"disability": "yes"})
    patient.when_i_answer(button="skip")

    patient.when_i_open("about-you-page", page="disability")

    patient.then_i_am_on("about-you")


def test_an_organisation_is_asked_about_the_options_and_fairness_only():
    secretary = Visit("apms").given_i_have_begun()

    steps = []
    for answers in SECRETARY:
        steps.append(secretary.page.path.split("/")[-2])
        secretary.when_i_answer(answers)

    assert steps == [
        "answering_as",
        "organisation",
        "the_options",
        "options",
        "reasons",
        "other_options",
        "fairness",
        "information",
        "heard",
    ]
    secretary.then_i_am_on("respond-page", step="check")


def test_an_organisation_goes_straight_to_its_receipt_and_is_never_asked_the_equality_questions():
    secretary = Visit("apms").given_i_have_begun().given_i_have_answered(*SECRETARY)

    secretary.when_i_send()

    secretary.then_i_am_on("respond-done")
    (response,) = responses()
    assert response.respondent_type == "organisation"
    assert re.search(CODE, secretary.page.text)
    for page in ({"name": "about-you"}, {"name": "about-you-page", "page": "age"}):
        secretary.when_i_open(**page)
        secretary.then_i_am_on("respond-done")
    secretary.when_i_try_to_post("about-you-page", {"age": "65_74"}, page="age")
    assert not Profile.objects.exists()


def test_an_organisation_must_say_who_it_is_and_an_invisible_name_is_none():
    secretary = Visit("apms").given_i_have_begun()
    secretary.when_i_answer(a1=5)

    secretary.when_i_answer(a1a="\u200b\u00a0", a1b=" \u00a0 ")

    secretary.then_i_am_told(
        a1a="Enter the name of your organisation or group", a1b="Enter your role, like secretary or manager"
    )
