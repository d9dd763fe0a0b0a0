"""The facts of the demonstration's consultations: what their pages say, when they run, and who decides. Pure.

The words are in `facts/<slug>.json`; the times are worked out from one `now`, so that two consultations are always open and one
has always closed four weeks ago, with its report and its decision published.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from surveys.definition import Definition
from surveys.definition_json import from_json

HERE = Path(__file__).parent
LONDON = ZoneInfo("Europe/London")
SLUGS = ("apms", "older-you", "outpatients")
FRIDAY = 4
BANK_HOLIDAYS = {(1, 1), (12, 25), (12, 26)}

NOTICE = "This is a demonstration. The organisation, the practices and all answers are invented."
"""What every page of the demonstration says."""

TEAM = {
    "name": "Northbridge Health and Care Partnership",
    "phone": "01632 960 001",
    "email": "haveyoursay@example.org",
    "postal_address": "Consultation team\nNorthbridge Health and Care Partnership\n1 Market Place\nNorthbridge NB1 1AA",
    "privacy_officer": "privacy@example.org, 01632 960 002",
}
"""Who asks. The telephone numbers and addresses are kept free for fiction (Ofcom 01632 960; RFC 2606)."""


@dataclass(frozen=True)
class Reading:
    """Something to read beside a consultation: plain text, a blank line between paragraphs."""

    slug: str
    title: str
    body: str


@dataclass(frozen=True)
class Times:
    """When a consultation runs. None: it has not happened."""

    opens_at: datetime
    closes_at: datetime
    report_by: date
    decision_on: date
    reported_at: datetime | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class DemonstrationFacts:
    """One consultation of the demonstration. `asks` is what people can tell us; `outcome` the five parts of its outcome page.

    Who somebody answered as is their answer to `answering_question`: `respondent_types` says what each option means.
    """

    slug: str
    title: str
    short_name: str
    kind: str
    topic: str
    area: str
    summary: str
    purpose: str
    still_open: str
    asks: tuple[str, ...]
    decided_by: str
    baseline: str
    policy: str
    answering_question: str
    respondent_types: Mapping[int, str]
    campaigner_codes: tuple[int, ...]
    resident_code: int
    documents: tuple[Reading, ...]
    outcome: Mapping[str, str]

    @property
    def organisation_codes(self) -> tuple[int, ...]:
        """The options that say "for an organisation"."""
        return tuple(code for code, means in self.respondent_types.items() if means == "organisation")

    @property
    def organisation_when(self) -> dict[str, Any]:
        """Whose responses are an organisation's: `{"question": …, "codes": […]}`."""
        return {"question": self.answering_question, "codes": list(self.organisation_codes)}

    def respondent_type(self, answers: Mapping[str, Any]) -> str:
        """In what capacity somebody answered; "not_said" where the answer is missing or marked."""
        code = answers.get(self.answering_question)
        return self.respondent_types.get(code, "not_said") if isinstance(code, int) else "not_said"

    def questionnaire(self) -> Definition:
        """The questionnaire, as its JSON file has it."""
        return questionnaire_of(self.slug)

    def times(self, now: datetime) -> Times:
        """When it runs, as seen at `now` (aware)."""
        today = now.astimezone(LONDON).date()
        return times_of_closed(today) if self.slug == "older-you" else times_of_open(today, WEEKS_LEFT[self.slug])


WEEKS_LEFT = {"apms": 5, "outpatients": 6}
"""How many whole weeks an open consultation has left, before the Friday on which it closes."""


def questionnaire_file(slug: str) -> Path:
    """Where the questionnaire of a consultation is kept."""
    return HERE / "questionnaires" / f"{slug}.json"


@cache
def questionnaire_of(slug: str) -> Definition:
    """The questionnaire of a consultation. Read once."""
    return from_json(json.loads(questionnaire_file(slug).read_text(encoding="utf-8")))


@cache
def facts_of(slug: str) -> DemonstrationFacts:
    """The facts of one consultation. Read once."""
    source = json.loads((HERE / "facts" / f"{slug}.json").read_text(encoding="utf-8"))
    asked_first = questionnaire_of(slug).question(source["answering_question"])
    source["respondent_types"] = {int(code): means for code, means in asked_first.settings["capacity"].items()}
    source["documents"] = tuple(
        Reading(part["slug"], part["title"], "\n\n".join(part["body"])) for part in source["documents"]
    )
    return DemonstrationFacts(
        slug=slug, **{name: tuple(value) if isinstance(value, list) else value for name, value in source.items()}
    )


def all_facts() -> tuple[DemonstrationFacts, ...]:
    """The three consultations."""
    return tuple(facts_of(slug) for slug in SLUGS)


def times_of_open(today: date, weeks: int) -> Times:
    """Opened three weeks ago at 9am; closes at 11:59pm on the first Friday after `weeks` more weeks."""
    closes_on = working_day(friday_from(today + timedelta(weeks=weeks)))
    return Times(
        opens_at=at(today - timedelta(weeks=3), 9),
        closes_at=at(closes_on, 23, 59),
        report_by=closes_on + timedelta(weeks=7),
        decision_on=closes_on + timedelta(weeks=9, days=6),
    )


def times_of_closed(today: date) -> Times:
    """Closed at 11:59pm four weeks ago after twelve weeks; report out a week ago, decision made two days ago."""
    closes_on = today - timedelta(weeks=4)
    return Times(
        opens_at=at(closes_on - timedelta(weeks=12), 9),
        closes_at=at(closes_on, 23, 59),
        report_by=today - timedelta(days=7),
        decision_on=today - timedelta(days=2),
        reported_at=at(today - timedelta(days=7), 10),
        decided_at=at(today - timedelta(days=2), 14),
    )


def friday_from(day: date) -> date:
    """The day itself when it is a Friday, else the next one."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def working_day(day: date) -> date:
    """The day itself, or the last one before it that is no bank holiday of fixed date."""
    while (day.month, day.day) in BANK_HOLIDAYS:
        day -= timedelta(days=1)
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)
