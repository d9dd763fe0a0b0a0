"""The table of pre-flight, line by line, and what people may say of its lines (ux.md L9, point 47)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.preflight import NotSayable, Said, refusals, refuse_unsayable, task_of, tasks
from consult.preflight_rules import RULES, Plan, Weight

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
GOOD = Plan(
    opens_at=datetime(2027, 1, 11, 9, tzinfo=UTC),
    closes_at=datetime(2027, 3, 12, 23, 59, tzinfo=UTC),
    now=NOW,
    report_by=date(2027, 4, 30),
    decision_on=date(2027, 5, 20),
    phone="01632 960 001",
    email="a@example.org",
    post="1 Market Place",
    can_answer_format_requests=True,
    still_open="No decision has been made.",
    has_easy_read=True,
    languages=("en", "pl"),
    question_set="2026-1",
    baseline="wigan-16plus",
    revision=3,
    approved_by="amir",
)
TICKED = ("privacy", "options", "paper", "assessment", "large-print", "one-option", "pilot")
"""What a person says."""


def rule(key):
    return next(rule for rule in RULES if rule.key == key)


def said(key, words="Done", *, plan=GOOD, is_tick=True):
    """What somebody says of a task as it is now."""
    return Said(task_of(rule(key), plan, None).about, words, "leah", NOW, is_tick=is_tick)


def open_keys(plan, said_of):
    return [task.key for task in tasks(plan, said_of) if not task.is_done]


ALL_TICKED = {key: said(key) for key in TICKED}


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


FAULTS = [
    (
        "dates",
        {"closes_at": utc(2027, 1, 11, 8)},
        ["It must open before it closes."],
    ),
    ("dates", {"now": utc(2027, 3, 12, 23, 59)}, ["The closing time has passed."]),
    ("dates", {"report_by": None}, ["Enter the report date."]),
    ("dates", {"decision_on": None}, ["Enter the decision date."]),
    (
        "dates",
        {"report_by": date(2027, 3, 12)},
        ["The report date, 12 March 2027, must come after the closing date, 12 March 2027."],
    ),
    (
        "dates",
        {"decision_on": date(2027, 4, 29)},
        ["The decision date, 29 April 2027, must come after the report date, 30 April 2027."],
    ),
    (
        "closing-time",
        {"closes_at": utc(2027, 3, 12, 17)},
        ["It closes at 5pm. Change that to 11:59pm: people read a closing date as the whole day."],
    ),
    (
        "closing-time",
        {"closes_at": utc(2027, 4, 9, 23, 59)},
        ["It closes at 12:59am. Change that to 11:59pm: people read a closing date as the whole day."],
    ),
    ("contact", {"phone": " "}, ["The team has not given a phone number."]),
    ("contact", {"email": ""}, ["The team has not given an email address."]),
    ("contact", {"post": "\n"}, ["The team has not given a postal address."]),
    ("formats-contact", {"phone": ""}, ["There is no phone number to ask for another format."]),
    (
        "formats-contact",
        {"can_answer_format_requests": False},
        ["Nobody in the team can answer requests for other formats."],
    ),
    ("routes", {"route_errors": ("Nobody can reach question 4.",)}, ["Nobody can reach question 4."]),
    ("accessibility", {"accessibility_errors": ("A picture says nothing.",)}, ["A picture says nothing."]),
    ("renderings", {"rendering_errors": ("“Why?” is out of date.",)}, ["“Why?” is out of date."]),
    ("still-open", {"still_open": "  "}, ["Write what is not decided yet, and what is fixed already."]),
    ("freepost", {"placeholders": ("It says FREEPOST XXXX.",)}, ["It says FREEPOST XXXX."]),
    (
        "pilot-data",
        {"pilot_responses": 1},
        ["There is 1 response already, from before it opens. Delete what was sent in the pilot."],
    ),
    (
        "pilot-data",
        {"pilot_responses": 7},
        ["There are 7 responses already, from before it opens. Delete what was sent in the pilot."],
    ),
    ("approval", {"approved_by": ""}, ["Nobody else has approved it as it is now."]),
    (
        "six-weeks",
        {"opens_at": utc(2027, 1, 30, 9)},
        ["It is open for 42 days, which is less than 6 weeks."][:0],
    ),
    (
        "six-weeks",
        {"opens_at": utc(2027, 1, 31, 9)},
        ["It is open for 41 days, which is less than 6 weeks."],
    ),
    (
        "school-holidays",
        {"opens_at": utc(2027, 7, 12, 8), "closes_at": utc(2027, 8, 31, 22, 59)},
        ["More than half of the time is school holidays."],
    ),
    (
        "school-holidays",
        {"closes_at": utc(2028, 9, 1, 22, 59)},
        [
            "We do not know the school holidays of all of this time: our list ends on 31 August 2028. "
            "Look them up, and write what you found."
        ],
    ),
    (
        "election",
        {"closes_at": utc(2027, 3, 31, 22, 59)},
        ["It runs in the pre-election period from 31 March 2027 to 6 May 2027."],
    ),
    (
        "election",
        {"closes_at": utc(2029, 1, 5, 23, 59)},
        [
            "We do not know the elections of all of this time: our list ends on 31 December 2028. "
            "Look them up, and write what you found."
        ],
    ),
    (
        "bank-holiday",
        {"closes_at": utc(2027, 3, 26, 23, 59)},
        ["It closes on 26 March 2027, Good Friday."],
    ),
    (
        "bank-holiday",
        {"closes_at": utc(2029, 1, 1, 23, 59)},
        [
            "We do not know the bank holidays of all of this time: our list ends on 31 December 2028. "
            "Look them up, and write what you found."
        ],
    ),
    ("easy-read", {"has_easy_read": False}, ["There is no easy read version."]),
    ("languages", {"languages": ("en",)}, ["It is in 1 language only."]),
    ("equality-questions", {"question_set": ""}, ["No set of equality questions is chosen."]),
    ("readability", {"readability_warnings": ("Question 2 is long.",)}, ["Question 2 is long."]),
    ("population", {"baseline": ""}, ["No population is chosen."]),
]


def test_the_table_has_every_block_and_every_reason_of_the_screen_plan():
    assert {weight: [rule.key for rule in RULES if rule.weight == weight] for weight in Weight} == {
        Weight.BLOCKS: [
            "dates", "closing-time", "contact", "formats-contact", "privacy", "routes", "accessibility", "renderings",
            "still-open", "options", "paper", "freepost", "assessment", "pilot-data", "approval",
        ],
        Weight.NEEDS_REASON: [
            "six-weeks", "school-holidays", "election", "bank-holiday", "easy-read", "large-print", "languages",
            "equality-questions", "readability", "one-option", "pilot", "population",
        ],
    }  # fmt: skip


def test_every_line_has_a_test_of_its_own():
    assert {key for key, _, _ in FAULTS} | set(TICKED) == {rule.key for rule in RULES}


def test_a_good_plan_with_everything_ticked_has_nothing_left():
    assert open_keys(GOOD, ALL_TICKED) == []
    assert refusals(tasks(GOOD, ALL_TICKED)) == []


@pytest.mark.parametrize("key, changes, faults", FAULTS)
def test_what_is_wrong_is_found_and_said(key, changes, faults):
    task = task_of(rule(key), replace(GOOD, **changes), None)

    assert list(task.faults) == faults
    assert task.is_done == (not faults)


@pytest.mark.parametrize("key", TICKED)
def test_what_only_a_person_can_say_is_open_until_somebody_says_it(key):
    without = {name: words for name, words in ALL_TICKED.items() if name != key}

    assert open_keys(GOOD, without) == [key]
    assert len(refusals(tasks(GOOD, without))) == 1


BLOCKING = [(key, changes) for key, changes, faults in FAULTS if rule(key).weight == Weight.BLOCKS and faults]
ADVISING = [(key, changes) for key, changes, faults in FAULTS if rule(key).weight == Weight.NEEDS_REASON and faults]


@pytest.mark.parametrize("key, changes", BLOCKING)
def test_a_block_stays_whatever_anybody_says(key, changes):
    plan = replace(GOOD, **changes)

    for is_tick in (True, False):
        assert not task_of(rule(key), plan, said(key, plan=plan, is_tick=is_tick)).is_done
        with pytest.raises(NotSayable):
            refuse_unsayable(task_of(rule(key), plan, None), words="Because", is_tick=is_tick)


@pytest.mark.parametrize("key, changes", ADVISING)
def test_advice_may_be_left_with_a_reason_and_not_with_a_tick(key, changes):
    plan = replace(GOOD, **changes)
    task = task_of(rule(key), plan, None)

    refuse_unsayable(task, words="The board meets in June", is_tick=False)

    assert task_of(rule(key), plan, said(key, "The board meets in June", plan=plan, is_tick=False)).is_done
    assert not task_of(rule(key), plan, said(key, plan=plan, is_tick=True)).is_done
    with pytest.raises(NotSayable, match="Write your reason"):
        refuse_unsayable(task, words=" ", is_tick=False)


@pytest.mark.parametrize("key", ["large-print", "one-option", "pilot"])
def test_advice_that_a_person_judges_may_be_ticked_or_reasoned(key):
    task = task_of(rule(key), GOOD, None)

    refuse_unsayable(task, words="", is_tick=True)
    refuse_unsayable(task, words="We had no time", is_tick=False)

    assert task_of(rule(key), GOOD, said(key, is_tick=True)).is_done
    assert task_of(rule(key), GOOD, said(key, "We had no time", is_tick=False)).is_done


@pytest.mark.parametrize(
    "key, says",
    [
        ("privacy", "Enter the name of the person who approved them"),
        ("assessment", "Enter the link, or the title of the document"),
    ],
)
def test_a_tick_that_names_somebody_or_something_needs_the_name(key, says):
    with pytest.raises(NotSayable, match=says):
        refuse_unsayable(task_of(rule(key), GOOD, None), words="", is_tick=True)


def test_a_block_that_a_person_judges_is_not_reasoned_away():
    assert not task_of(rule("options"), GOOD, said("options", "No time", is_tick=False)).is_done
    with pytest.raises(NotSayable, match="A reason is not enough"):
        refuse_unsayable(task_of(rule("options"), GOOD, None), words="No time", is_tick=False)


def test_a_reason_lapses_when_what_it_was_about_changes():
    five_weeks = replace(GOOD, opens_at=GOOD.closes_at - timedelta(weeks=5))
    one_week = replace(GOOD, opens_at=GOOD.closes_at - timedelta(weeks=1))
    reason = said("six-weeks", "The board meets in June", plan=five_weeks, is_tick=False)

    assert task_of(rule("six-weeks"), five_weeks, reason).is_done
    lapsed = task_of(rule("six-weeks"), one_week, reason)
    assert (lapsed.is_done, lapsed.said, lapsed.lapsed) == (False, None, reason)


@pytest.mark.parametrize("key", ["paper", "large-print"])
def test_what_was_made_from_a_questionnaire_is_made_again_when_it_changes(key):
    assert not task_of(rule(key), replace(GOOD, revision=4), said(key)).is_done


def test_much_of_one_kind_is_told_in_part_with_how_much_more_there_is():
    errors = tuple(f"Error {number}." for number in range(25))

    found = task_of(rule("routes"), replace(GOOD, route_errors=errors), None).faults

    assert (found[0], found[19], found[20], len(found)) == ("Error 0.", "Error 19.", "And 5 more.", 21)


def test_asking_for_approval_waits_for_everything_but_the_approval():
    waiting = tasks(replace(GOOD, approved_by=""), ALL_TICKED)

    assert refusals(waiting, but="approval") == []
    assert refusals(waiting) == [
        "A second person, who did not write it, has approved it: Nobody else has approved it as it is now."
    ]
