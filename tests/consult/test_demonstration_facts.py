"""What the demonstration says of its consultations: their times, start pages, documents and outcome."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.demonstration.facts import LONDON, NOTICE, SLUGS, TEAM, facts_of
from consult.stages import Facts, Stage, stage_at
from surveys.definition import words
from tests.consult.demonstrated import EVERY

DAYS = [(1, 1, 0), (3, 29, 1), (10, 25, 1), (11, 20, 23), (12, 31, 12)]
MOMENTS = [datetime(2026, month, day, hour, tzinfo=UTC) for month, day, hour in DAYS]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_two_consultations_are_open_and_one_is_decided_whenever_the_demonstration_is_loaded(now):
    stages = {}
    for slug in SLUGS:
        times = facts_of(slug).times(now)
        facts = Facts(times.opens_at, times.closes_at, times.opens_at, times.reported_at, times.decided_at)
        stages[slug] = stage_at(facts, now)
    assert stages == {"apms": Stage.OPEN, "older-you": Stage.DECIDED, "outpatients": Stage.OPEN}


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@EVERY
def test_consultation_closes_at_11_59pm_in_london_after_six_weeks_or_more(slug, now):
    times = facts_of(slug).times(now)
    assert times.closes_at.astimezone(LONDON).strftime("%H:%M") == "23:59"
    assert times.closes_at - times.opens_at > timedelta(weeks=6)
    assert times.closes_at.date() < times.report_by < times.decision_on


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_open_consultations_have_from_five_to_seven_weeks_left(now):
    left = [(facts_of(slug).times(now).closes_at - now) / timedelta(weeks=1) for slug in ("apms", "outpatients")]
    assert all(4.8 < weeks < 7.2 for weeks in left)


@EVERY
def test_start_page_has_what_a_resident_needs_and_fits_its_columns(slug):
    facts = facts_of(slug)
    assert len(facts.title) <= 200
    assert len(facts.short_name) <= 60
    assert len(facts.summary) <= 300
    assert len(facts.asks) == 3
    assert facts.still_open.startswith("No decision has been made yet.")
    assert facts.policy == "nhs_round5"
    assert facts.baseline == ("wigan-55plus" if slug == "older-you" else "wigan-16plus")


@EVERY
def test_demonstration_says_that_it_is_one_and_whose_figures_it_borrows(slug):
    about = next(part for part in facts_of(slug).documents if part.slug == "about-this-demonstration")
    assert about.body.startswith(NOTICE)
    assert "We use the figures for Wigan from the 2021 census" in about.body


def test_outcome_has_five_parts_of_60_to_150_words():
    lengths = {name: len(text.split()) for name, text in facts_of("older-you").outcome.items()}
    assert list(lengths) == ["asked", "said", "did", "not_done", "next"]
    assert all(60 <= length <= 150 for length in lengths.values()), lengths
    assert facts_of("apms").outcome == facts_of("outpatients").outcome == {}


@EVERY
def test_every_way_of_answering_has_a_capacity(slug):
    facts = facts_of(slug)
    options = facts.questionnaire().question(facts.answering_question).options
    assert {option.code for option in options} == set(facts.respondent_types)
    assert facts.organisation_when == {"question": facts.answering_question, "codes": [5]}
    assert (
        words(facts.questionnaire().question(facts.answering_question).option(5).label)
        == "For an organisation or group"
    )


def test_contact_details_are_those_kept_for_fiction():
    assert TEAM["phone"].startswith("01632 960")
    assert TEAM["email"].endswith("@example.org")
