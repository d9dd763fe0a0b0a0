"""Bank holidays, school holidays and pre-election periods: the days in the file, and that it says where it ends."""

from datetime import date, timedelta

import pytest

from consult.uk_calendar import (
    bank_holiday,
    known,
    notice_of_election,
    pre_election_periods,
    share_in_school_holidays,
)

YEARS = (2026, 2027, 2028)


@pytest.mark.parametrize("year", YEARS)
def test_bank_holidays_of_a_year_are_those_of_the_law(year):
    """Easter by its rule, the May and August days on their Mondays, the others on the next weekday that is free."""
    days = [date.fromisoformat(day) for day in known("bank_holidays").entries if day.startswith(str(year))]
    fixed = [substitute(date(year, 1, 1), ())]
    christmas = substitute(date(year, 12, 25), (date(year, 12, 26),))
    boxing = substitute(date(year, 12, 26), (date(year, 12, 25), christmas))

    assert days == sorted(
        [
            *fixed,
            easter(year) - timedelta(days=2),
            easter(year) + timedelta(days=1),
            next(day for day in month(year, 5) if day.weekday() == 0),
            [day for day in month(year, 5) if day.weekday() == 0][-1],
            [day for day in month(year, 8) if day.weekday() == 0][-1],
            christmas,
            boxing,
        ]
    )


def easter(year):
    """Easter Sunday (Butcher’s rule for the Gregorian calendar)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    left = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * left) // 451
    month_number, day = divmod(h + left - 7 * m + 114, 31)
    return date(year, month_number, day + 1)


def substitute(day, taken):
    """The day itself, or the next weekday where it falls on a weekend."""
    if day.weekday() < 5:
        return day
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day


def month(year, number):
    return [date(year, number, day) for day in range(1, 32)]


def test_a_day_is_a_holiday_by_name_or_none_or_not_known():
    assert [
        bank_holiday(day) for day in (date(2027, 3, 26), date(2027, 3, 25), date(2029, 1, 1), date(2025, 12, 25))
    ] == [
        "Good Friday",
        "",
        None,
        None,
    ]


def test_school_holidays_are_counted_in_weekdays():
    assert share_in_school_holidays(date(2027, 2, 8), date(2027, 2, 21)) == 0.5
    assert share_in_school_holidays(date(2027, 2, 20), date(2027, 2, 21)) == 0
    assert share_in_school_holidays(date(2028, 8, 1), date(2028, 9, 1)) is None


def test_the_pre_election_period_begins_with_the_notice_25_working_days_before():
    """2026: the Electoral Commission's timetable for 7 May 2026 has the notice by 30 March."""
    assert [notice_of_election(poll) for poll in (date(2026, 5, 7), date(2027, 5, 6))] == [
        date(2026, 3, 30),
        date(2027, 3, 31),
    ]


@pytest.mark.parametrize(
    "first, last, periods",
    [
        (date(2027, 1, 4), date(2027, 3, 30), []),
        (date(2027, 1, 4), date(2027, 3, 31), [(date(2027, 3, 31), date(2027, 5, 6))]),
        (date(2027, 5, 6), date(2027, 6, 30), [(date(2027, 3, 31), date(2027, 5, 6))]),
        (date(2027, 5, 7), date(2027, 6, 30), []),
        (date(2028, 12, 1), date(2029, 1, 1), None),
    ],
)
def test_a_time_touches_a_pre_election_period_or_not_or_it_is_not_known(first, last, periods):
    assert pre_election_periods(first, last) == periods


@pytest.mark.parametrize("name", ["bank_holidays", "school_holidays", "elections"])
def test_every_list_names_its_source(name):
    assert len(known(name).source) > 40
