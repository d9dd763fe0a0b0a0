"""Days that matter to when a consultation runs: bank holidays, school holidays and elections in England. Pure.

The days are in `uk_calendar.json`, each list with its source and the last day that it knows of. Beyond that nothing is guessed:
every question here is answered with None, "not known".
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DAY = timedelta(days=1)
DAYS_OF_NOTICE = 25
"""Working days before a poll by which notice of it must be given. With that the pre-election period begins at the latest."""


@dataclass(frozen=True)
class KnownDays:
    """One list of the file: where it is from, and between which days it is whole."""

    source: str
    known_from: date
    known_until: date
    entries: Any

    def covers(self, first: date, last: date) -> bool:
        """Whether it knows of every day between two."""
        return self.known_from <= first and last <= self.known_until


@cache
def known(name: str) -> KnownDays:
    """A list of the file by its name. Read once for each process."""
    found = json.loads((Path(__file__).parent / "uk_calendar.json").read_text(encoding="utf-8"))[name]
    first, last = date.fromisoformat(found["known_from"]), date.fromisoformat(found["known_until"])
    (entries,) = (found[part] for part in ("days", "periods", "polls") if part in found)
    return KnownDays(found["source"], first, last, entries)


def bank_holiday(day: date) -> str | None:
    """What bank holiday a day is, in words; "" when it is none. None: not known."""
    holidays = known("bank_holidays")
    return holidays.entries.get(day.isoformat(), "") if holidays.covers(day, day) else None


def share_in_school_holidays(first: date, last: date) -> float | None:
    """How much of a time is school holidays, from 0 to 1, counted in days from Monday to Friday. None: not known."""
    holidays = known("school_holidays")
    if not holidays.covers(first, last):
        return None
    weekdays = [day for day in days_between(first, last) if day.weekday() < 5]
    periods = [(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in holidays.entries]
    away = sum(any(begins <= day <= ends for begins, ends in periods) for day in weekdays)
    return away / len(weekdays) if weekdays else 0.0


def pre_election_periods(first: date, last: date) -> list[tuple[date, date]] | None:
    """The pre-election periods that a time touches, each as its first day and the poll. None: not known."""
    elections = known("elections")
    if not elections.covers(first, last):
        return None
    periods = [(notice_of_election(poll), poll) for poll in map(date.fromisoformat, elections.entries)]
    return [(begins, poll) for begins, poll in periods if first <= poll and begins <= last]


def notice_of_election(poll: date) -> date:
    """The day by which the notice of an election must be out."""
    day, left = poll, DAYS_OF_NOTICE
    while left:
        day -= DAY
        if day.weekday() < 5 and not bank_holiday(day):
            left -= 1
    return day


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + DAY * number for number in range((last - first).days + 1)]
