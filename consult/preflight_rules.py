"""The table of pre-flight line by line: what must be so before a consultation opens, and what needs a reason (ux.md L9). Pure.

What is known of a consultation is a `Plan`; each line is a `Rule`. What a line means for whoever works through the table, and
what people may say of it, is `preflight.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise

from consult.uk_calendar import bank_holiday, known, pre_election_periods, share_in_school_holidays
from consult.uk_time import MONTHS, said, uk_clock, uk_day

LAST_MINUTE = time(23, 59)
FEWEST_WEEKS = 6
MOST_LISTED = 20
"""Problems of one kind that are told one by one."""


class Weight(StrEnum):
    """What happens while a task is open."""

    BLOCKS = "blocks publishing"
    NEEDS_REASON = "needs a reason"


@dataclass(frozen=True)
class Plan:
    """What is known of a consultation that is to be published. Texts are "" and days None where nothing was entered.

    The tuples hold what was found in the questionnaire, as sentences. `can_answer_format_requests`: somebody in the team can.
    `approved_by`: who approved it as it is now; `revision`: of the questionnaire's draft.
    """

    opens_at: datetime
    closes_at: datetime
    now: datetime
    report_by: date | None = None
    decision_on: date | None = None
    phone: str = ""
    email: str = ""
    post: str = ""
    can_answer_format_requests: bool = False
    still_open: str = ""
    route_errors: tuple[str, ...] = ()
    accessibility_errors: tuple[str, ...] = ()
    rendering_errors: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    pilot_responses: int = 0
    readability_warnings: tuple[str, ...] = ()
    has_easy_read: bool = False
    languages: tuple[str, ...] = ("en",)
    question_set: str = ""
    baseline: str = ""
    revision: int = 0
    approved_by: str = ""


@dataclass(frozen=True)
class Rule:
    """One line of the table.

    `statement` is what is so when it is done. `check` finds what is wrong, as sentences; without one a person ticks it, and
    where `evidence` is set says that too. `of_revision`: a tick is for the questionnaire as it was then.
    """

    key: str
    weight: Weight
    statement: str
    check: Callable[[Plan], list[str]] | None = None
    evidence: str = ""
    of_revision: bool = False


def dates_in_order(plan: Plan) -> list[str]:
    dated = (("closing", uk_day(plan.closes_at)), ("report", plan.report_by), ("decision", plan.decision_on))
    entered = [(name, day) for name, day in dated if day is not None]
    return [
        *(f"Enter the {name} date." for name, day in dated if day is None),
        *(["It must open before it closes."] if plan.opens_at >= plan.closes_at else []),
        *(["The closing time has passed."] if plan.closes_at <= plan.now else []),
        *(
            f"The {later} date, {in_words(after)}, must come after the {earlier} date, {in_words(before)}."
            for (earlier, before), (later, after) in pairwise(entered)
            if after <= before
        ),
    ]


def closes_at_the_last_minute(plan: Plan) -> list[str]:
    clock = uk_clock(plan.closes_at)
    if clock.replace(second=0) == LAST_MINUTE:
        return []
    return [f"It closes at {said(clock)}. Change that to 11:59pm: people read a closing date as the whole day."]


def contact_is_whole(plan: Plan) -> list[str]:
    ways = (("a phone number", plan.phone), ("an email address", plan.email), ("a postal address", plan.post))
    return [f"The team has not given {way}." for way, text in ways if not text.strip()]


def formats_are_answered(plan: Plan) -> list[str]:
    phone = [] if plan.phone.strip() else ["There is no phone number to ask for another format."]
    people = [] if plan.can_answer_format_requests else ["Nobody in the team can answer requests for other formats."]
    return [*phone, *people]


def undecided_is_stated(plan: Plan) -> list[str]:
    return [] if plan.still_open.strip() else ["Write what is not decided yet, and what is fixed already."]


def no_pilot_data(plan: Plan) -> list[str]:
    if not plan.pilot_responses:
        return []
    number = "There is 1 response" if plan.pilot_responses == 1 else f"There are {plan.pilot_responses} responses"
    return [f"{number} already, from before it opens. Delete what was sent in the pilot."]


def approved_by_another(plan: Plan) -> list[str]:
    return [] if plan.approved_by else ["Nobody else has approved it as it is now."]


def open_for_six_weeks(plan: Plan) -> list[str]:
    days = (uk_day(plan.closes_at) - uk_day(plan.opens_at)).days + 1
    return [f"It is open for {days} days, which is less than {FEWEST_WEEKS} weeks."] if days < FEWEST_WEEKS * 7 else []


def not_in_school_holidays(plan: Plan) -> list[str]:
    share = share_in_school_holidays(*span(plan))
    if share is None:
        return [unknown("school_holidays", "school holidays")]
    return ["More than half of the time is school holidays."] if share > 0.5 else []


def not_before_an_election(plan: Plan) -> list[str]:
    periods = pre_election_periods(*span(plan))
    if periods is None:
        return [unknown("elections", "elections")]
    return [
        f"It runs in the pre-election period from {in_words(begins)} to {in_words(poll)}." for begins, poll in periods
    ]


def not_closing_on_a_bank_holiday(plan: Plan) -> list[str]:
    closes_on = uk_day(plan.closes_at)
    holiday = bank_holiday(closes_on)
    if holiday is None:
        return [unknown("bank_holidays", "bank holidays")]
    return [f"It closes on {in_words(closes_on)}, {holiday}."] if holiday else []


def span(plan: Plan) -> tuple[date, date]:
    """The first and the last day that it is open."""
    return uk_day(plan.opens_at), uk_day(plan.closes_at)


def unknown(name: str, what: str) -> str:
    """That a list of days does not reach so far."""
    until = in_words(known(name).known_until)
    return f"We do not know the {what} of all of this time: our list ends on {until}. Look them up, and write what you found."


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def listed(of: Callable[[Plan], tuple[str, ...]]) -> Callable[[Plan], list[str]]:
    """A check that tells what was found elsewhere; of very much, the first and how much more there is."""

    def check(plan: Plan) -> list[str]:
        found = of(plan)
        more = [f"And {len(found) - MOST_LISTED} more."] if len(found) > MOST_LISTED else []
        return [*found[:MOST_LISTED], *more]

    return check


def blocks(key: str, statement: str, check: Callable[[Plan], list[str]] | None = None, **more: object) -> Rule:
    return Rule(key, Weight.BLOCKS, statement, check, **more)  # type: ignore[arg-type]


def advises(key: str, statement: str, check: Callable[[Plan], list[str]] | None = None, **more: object) -> Rule:
    return Rule(key, Weight.NEEDS_REASON, statement, check, **more)  # type: ignore[arg-type]


APPROVAL = "approval"
"""The task that only asking for approval can do, and which it therefore does not wait for."""

RULES = (
    blocks("dates", "Opening, closing, report and decision dates are in order", dates_in_order),
    blocks("closing-time", "It closes at 11:59pm", closes_at_the_last_minute),
    blocks("contact", "People can reach the team by phone, email and post", contact_is_whole),
    blocks("formats-contact", "People can ask for another format", formats_are_answered),
    blocks(
        "privacy",
        "The privacy text and how long answers are kept are approved",
        evidence="Enter the name of the person who approved them",
    ),
    blocks("routes", "The questionnaire and its routes have no errors", listed(lambda plan: plan.route_errors)),
    blocks("accessibility", "There are no accessibility errors", listed(lambda plan: plan.accessibility_errors)),
    blocks(
        "renderings",
        "Every language and easy read that people can choose is whole and up to date",
        listed(lambda plan: plan.rendering_errors),
    ),
    blocks("still-open", "What is not decided, or is fixed already, is stated", undecided_is_stated),
    blocks("options", "All options are shown to people, with the reasons for each"),
    blocks("paper", "The paper form was made from this version of the questionnaire", of_revision=True),
    blocks(
        "freepost",
        "Nothing is left to be filled in, and the postal address is real",
        listed(lambda plan: plan.placeholders),
    ),
    blocks(
        "assessment",
        "The first equality impact assessment is attached or linked",
        evidence="Enter the link, or the title of the document",
    ),
    blocks("pilot-data", "Answers from the pilot are deleted", no_pilot_data),
    blocks(APPROVAL, "A second person, who did not write it, has approved it", approved_by_another),
    advises("six-weeks", "It is open for 6 weeks or more", open_for_six_weeks),
    advises("school-holidays", "Most of the time is not school holidays", not_in_school_holidays),
    advises("election", "It does not run in a pre-election period", not_before_an_election),
    advises("bank-holiday", "It does not close on a bank holiday", not_closing_on_a_bank_holiday),
    advises(
        "easy-read",
        "There is an easy read version",
        lambda plan: [] if plan.has_easy_read else ["There is no easy read version."],
    ),
    advises("large-print", "There is a large print version", of_revision=True),
    advises(
        "languages",
        "It is in the local languages most used after English",
        lambda plan: [] if len(plan.languages) > 1 else ["It is in 1 language only."],
    ),
    advises(
        "equality-questions",
        "Equality questions are asked",
        lambda plan: [] if plan.question_set else ["No set of equality questions is chosen."],
    ),
    advises("readability", "No warnings about the words are left", listed(lambda plan: plan.readability_warnings)),
    advises("one-option", "People are shown more than 1 option"),
    advises("pilot", "5 people or more have tried it, and 1 of them used a screen reader"),
    advises(
        "population",
        "A population is chosen to compare with who answered",
        lambda plan: [] if plan.baseline else ["No population is chosen."],
    ),
)
"""The table of ux.md L9, line by line."""
