"""Who has taken part, day by day: no day and no response vanishes."""

from datetime import date, timedelta

import pytest

from exports.document import Chart, Table
from exports.participation import MAY_NOT_ADD_UP, every_day, participation_document
from tests.exports.composed import BASELINE, FACTS, FEW, crowd
from tests.exports.respondents import results_now

pytestmark = pytest.mark.django_db
FIRST = date(2027, 3, 3)
"""A Wednesday."""


def days_of(numbers):
    return [(FIRST + timedelta(days=place), number) for place, number in enumerate(numbers)]


def section_of(by_day):
    document = participation_document(results_now(crowd(FEW)), FACTS, BASELINE, by_day=by_day, drafts=0)
    return next(s for s in document.sections if s.heading in ("Day by day", "Week by week"))


def test_days_without_a_response_are_days_too():
    by_day = every_day([(date(2027, 3, 4), 9), (date(2027, 3, 7), 12)], opened_on=FIRST, last_on=date(2027, 3, 6))

    assert by_day == days_of([0, 9, 0, 0, 12])


def test_days_are_shown_each_where_there_are_no_more_than_31():
    section = section_of(days_of([30, 0, 4, *[10] * 28]))
    chart, table = section.blocks

    assert (section.heading, len(table.rows)) == ("Day by day", 31)
    assert table.rows[:3] == (("3 March 2027", "30"), ("4 March 2027", "0"), ("5 March 2027", "[c]"))
    assert [row.label for row in chart.rows] == [row[0] for row in table.rows]
    assert table.caption == "Responses on each day (base: 315 responses)"
    assert table.notes[0] == MAY_NOT_ADD_UP


def test_many_days_are_shown_by_week_and_every_response_is_in_one():
    section = section_of(days_of([10] * 84))
    chart, table = section.blocks

    assert section.heading == "Week by week"
    assert table.caption == chart.title == "Responses in each week (base: 840 responses)"
    assert table.rows[:2] == (("3 March 2027 to 7 March 2027", "50"), ("8 March 2027 to 14 March 2027", "70"))
    assert table.rows[-1] == ("24 May 2027 to 25 May 2027", "20")
    assert sum(int(number) for _, number in table.rows) == 840
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)


def test_last_day_of_a_week_may_stand_alone():
    *_, last = section_of(days_of([10] * 34)).blocks[1].rows

    assert last == ("5 April 2027", "10")


def test_nobody_having_answered_is_said_however_long_it_has_been_open():
    assert section_of(days_of([0] * 40)).blocks[0].text == "No responses have been received yet."
