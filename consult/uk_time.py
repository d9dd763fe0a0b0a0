"""Dates and times as people write them in the UK, and the moments they mean. Pure: no Django, and no clock of its own.

A moment is kept in UTC and spoken of in UK time. Twice a year that does not work: an hour in March does not happen, an hour in
October happens twice. A time in one of them is refused, for whoever wrote it meant one moment and we should be guessing which.
The boxes of a form that ask for a day or a moment are in `time_fields.py`.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100

TWELVE_HOURS = re.compile(r"(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?([ap])\.?m\.?")
TWENTY_FOUR_HOURS = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
NUMBER = re.compile(r"[0-9]{1,4}")


class NotATime(ValueError):
    """What was written is no day or no moment. `box` is the box it is about, the text is what to do."""

    def __init__(self, says: str, *, box: str) -> None:
        super().__init__(says)
        self.says = says
        self.box = box


def day_written(day: str, month: str, year: str) -> date:
    """The day that three boxes name; the month as a number or by its name. Raises NotATime."""
    boxes = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    for box, text in boxes.items():
        if not text:
            raise NotATime(f"The date must have a {box}", box=box)
    if not NUMBER.fullmatch(boxes["day"]):
        raise NotATime("Enter the day as a number, like 12", box="day")
    month_number = month_written(boxes["month"])
    if not re.fullmatch(r"[0-9]{4}", boxes["year"]):
        raise NotATime("Enter the year in full, like 2027", box="year")
    if not EARLIEST_YEAR <= int(boxes["year"]) <= LATEST_YEAR:
        raise NotATime(f"Enter a year between {EARLIEST_YEAR} and {LATEST_YEAR}", box="year")
    try:
        return date(int(boxes["year"]), month_number, int(boxes["day"]))
    except ValueError:
        raise NotATime("Check the date. There is no such day", box="day") from None


def month_written(text: str) -> int:
    """The number of a month written as a number, by its name or by at least three letters of it. Raises NotATime."""
    if NUMBER.fullmatch(text) and 1 <= int(text) <= 12:
        return int(text)
    named = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(text.lower())]
    if len(text) >= 3 and named:
        return named[0]
    raise NotATime("Enter the month as a number from 1 to 12, or as a word", box="month")


def clock_written(text: str) -> time:
    """The time of day that somebody wrote: "9am", "11:59pm", "17:00", "midday". Raises NotATime."""
    written = re.sub(r"\s", "", text).lower()
    if not written:
        raise NotATime("Enter a time, like 9am or 11:59pm", box="time")
    if written in ("midday", "noon", "12noon"):
        return time(12)
    if written in ("midnight", "12midnight"):
        raise NotATime("Midnight could be the start or the end of the day. Enter 11:59pm, or 12:01am", box="time")
    if found := TWELVE_HOURS.fullmatch(written):
        hour, minute, half = found.groups()
        return time(int(hour) % 12 + (12 if half == "p" else 0), int(minute or 0))
    if found := TWENTY_FOUR_HOURS.fullmatch(written):
        return time(int(found[1]), int(found[2]))
    if NUMBER.fullmatch(written):
        raise NotATime("Say if the time is in the morning or afternoon, like 9am or 5pm", box="time")
    raise NotATime("Enter a time like 9am, 11:59pm or 17:00", box="time")


def uk_moment(day: date, clock: time) -> datetime:
    """The moment, in UTC, at which clocks in the UK show a time on a day. Raises NotATime for one that is not, or is twice."""
    first = datetime.combine(day, clock.replace(fold=0), LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(LONDON).time() == clock:
        raise NotATime(
            f"{said(clock)} comes twice on {day.day} {MONTHS[day.month - 1]} {day.year}, because the clocks go back from 2am "
            "to 1am. Choose a time before 1am, or 2am or later",
            box="time",
        )
    raise NotATime(
        f"There is no {said(clock)} on {day.day} {MONTHS[day.month - 1]} {day.year}, because the clocks go forward from 1am to "
        "2am. Choose a time before 1am, or 2am or later",
        box="time",
    )


def uk_clock(at: datetime) -> time:
    """The time that clocks in the UK show at an aware moment, to the second."""
    return at.astimezone(LONDON).time().replace(microsecond=0, fold=0)


def uk_day(at: datetime) -> date:
    """The day in the UK at an aware moment."""
    return at.astimezone(LONDON).date()


def said(clock: time) -> str:
    """A time of day as the boxes show it and take it: "9am", "11:59pm"."""
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"
