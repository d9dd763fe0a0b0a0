"""Days and times as people write them, the moments they mean, and the boxes that ask for them (threats.md G3)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from consult import nhs
from consult.time_fields import UkDayField, UkMomentField
from consult.uk_time import NotATime, clock_written, day_written, said, uk_clock, uk_day, uk_moment

FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    "text, clock",
    [
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9.30am", time(9, 30)),
        ("09:30 a.m.", time(9, 30)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("12:01am", time(0, 1)),
        ("11:59pm", time(23, 59)),
        ("11.59\u00a0pm", time(23, 59)),
        ("17:00", time(17)),
        ("00:30", time(0, 30)),
    ],
)
def test_a_time_is_read_as_people_write_it(text, clock):
    assert clock_written(text) == clock


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "Enter a time, like 9am or 11:59pm"),
        ("9", "Say if the time is in the morning or afternoon, like 9am or 5pm"),
        ("midnight", "Midnight could be the start or the end of the day. Enter 11:59pm, or 12:01am"),
        ("13pm", "Enter a time like 9am, 11:59pm or 17:00"),
        ("24:00", "Enter a time like 9am, 11:59pm or 17:00"),
        ("9:60am", "Enter a time like 9am, 11:59pm or 17:00"),
        ("٩am", "Enter a time like 9am, 11:59pm or 17:00"),
    ],
)
def test_a_time_that_could_be_another_is_refused_with_what_to_do(text, says):
    with pytest.raises(NotATime) as refusal:
        clock_written(text)

    assert (refusal.value.says, refusal.value.box) == (says, "time")


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MARCH"])
def test_a_month_is_a_number_or_a_word(month):
    assert day_written("12", month, "2027") == date(2027, 3, 12)


@pytest.mark.parametrize(
    "boxes, says, box",
    [
        (("", "3", "2027"), "The date must have a day", "day"),
        (("12", "", "2027"), "The date must have a month", "month"),
        (("12", "3", ""), "The date must have a year", "year"),
        (("1st", "3", "2027"), "Enter the day as a number, like 12", "day"),
        (("12", "13", "2027"), "Enter the month as a number from 1 to 12, or as a word", "month"),
        (("12", "ma", "2027"), "Enter the month as a number from 1 to 12, or as a word", "month"),
        (("12", "3", "27"), "Enter the year in full, like 2027", "year"),
        (("12", "3", "0001"), "Enter a year between 2000 and 2100", "year"),
        (("29", "2", "2027"), "Check the date. There is no such day", "day"),
        (("0", "2", "2027"), "Check the date. There is no such day", "day"),
    ],
)
def test_a_day_that_is_not_is_refused_with_what_to_do_and_the_box_it_is_about(boxes, says, box):
    with pytest.raises(NotATime) as refusal:
        day_written(*boxes)

    assert (refusal.value.says, refusal.value.box) == (says, box)


def test_a_moment_is_kept_in_utc_in_winter_and_in_summer():
    assert uk_moment(date(2027, 1, 12), time(23, 59)) == datetime(2027, 1, 12, 23, 59, tzinfo=UTC)
    assert uk_moment(date(2027, 7, 12), time(23, 59)) == datetime(2027, 7, 12, 22, 59, tzinfo=UTC)
    assert uk_moment(date(2027, 7, 12), time(23, 59)).tzinfo == UTC


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_G3_the_hour_that_is_skipped_in_march_is_refused_in_plain_words(minute):
    with pytest.raises(NotATime) as refusal:
        uk_moment(FORWARD, time(1, minute))

    shown = {0: "1am", 30: "1:30am", 59: "1:59am"}[minute]
    assert refusal.value.says == (
        f"There is no {shown} on 28 March 2027, because the clocks go forward from 1am to 2am. "
        "Choose a time before 1am, or 2am or later"
    )


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_G3_the_hour_that_comes_twice_in_october_is_refused_in_plain_words(minute):
    with pytest.raises(NotATime) as refusal:
        uk_moment(BACK, time(1, minute))

    shown = {0: "1am", 30: "1:30am", 59: "1:59am"}[minute]
    assert refusal.value.says == (
        f"{shown} comes twice on 31 October 2027, because the clocks go back from 2am to 1am. "
        "Choose a time before 1am, or 2am or later"
    )


def test_G3_either_side_of_both_hours_and_11_59pm_of_those_days_are_right():
    assert [
        uk_moment(day, clock).isoformat()[:16]
        for day in (FORWARD, BACK)
        for clock in (time(0, 59), time(2), time(23, 59))
    ] == [
        "2027-03-28T00:59",
        "2027-03-28T01:00",
        "2027-03-28T22:59",
        "2027-10-30T23:59",
        "2027-10-31T02:00",
        "2027-10-31T23:59",
    ]


def comes_twice(at):
    """Whether clocks in the UK show the same time an hour before or after a moment."""
    return uk_clock(at) in (uk_clock(at + timedelta(hours=1)), uk_clock(at - timedelta(hours=1)))


def written_again(at):
    """The moment that the boxes mean when they show one; None when they refuse it."""
    try:
        return uk_moment(uk_day(at), clock_written(said(uk_clock(at))))
    except NotATime:
        return None


@given(st.integers(min_value=26_300_000, max_value=35_000_000))
@example(int(datetime(2027, 10, 31, 0, 30, tzinfo=UTC).timestamp()) // 60)
def test_every_moment_but_those_of_the_hour_that_comes_twice_can_be_written_down(minutes):
    at = datetime.fromtimestamp(minutes * 60, UTC)

    assert written_again(at) == (None if comes_twice(at) else at)


class Dates(forms.Form):
    opens_at = UkMomentField(label="When does it open?", missing="Enter when it opens", help_text="In UK time")
    report_by = UkDayField(label="When is the report out?", required=False)


def posted(day, month, year, clock):
    names = ("opens_at_day", "opens_at_month", "opens_at_year", "opens_at_time")
    return dict(zip(names, (day, month, year, clock), strict=True))


def test_boxes_clean_to_a_moment_in_utc_and_a_day():
    form = Dates(
        posted("14", "6", "2027", "9am") | {"report_by_day": "1", "report_by_month": "2", "report_by_year": "2028"}
    )

    assert form.is_valid()
    assert form.cleaned_data == {
        "opens_at": datetime(2027, 6, 14, 8, tzinfo=UTC),
        "report_by": date(2028, 2, 1),
    }


def test_boxes_left_blank_are_missing_or_nothing():
    form = Dates({})

    assert not form.is_valid()
    assert form.errors == {"opens_at": ["Enter when it opens"]}
    assert form.cleaned_data == {"report_by": None}


def test_boxes_show_what_is_kept_in_uk_time():
    drawn = lxml_html.fromstring(
        nhs.render_field(Dates(initial={"opens_at": datetime(2027, 6, 14, 8, tzinfo=UTC)})["opens_at"])
    )

    assert [(box.get("name"), box.get("value")) for box in drawn.findall(".//input")] == [
        ("opens_at_day", "14"),
        ("opens_at_month", "6"),
        ("opens_at_year", "2027"),
        ("opens_at_time", "9am"),
    ]
    assert drawn.findtext(".//legend").strip() == "When does it open?"


def test_boxes_show_again_what_was_typed_and_lead_to_the_box_at_fault():
    form = Dates(posted("28", "3", "2027", "1:30am"))

    drawn = lxml_html.fromstring(nhs.render_field(form["opens_at"]))
    summary = lxml_html.fromstring(nhs.error_summary(form))

    assert [box.get("value") for box in drawn.findall(".//input")] == ["28", "3", "2027", "1:30am"]
    assert [box.get("id") for box in drawn.xpath('.//input[contains(@class, "nhsuk-input--error")]')] == [
        "id_opens_at_time"
    ]
    assert [link.get("href") for link in summary.findall(".//a")] == ["#id_opens_at_time"]
    assert "There is no 1:30am on 28 March 2027" in drawn.text_content()


def test_a_box_with_far_too_much_in_it_is_refused():
    form = Dates(posted("1" * 100_000, "3", "2027", "9am"))

    assert form.errors == {"opens_at": ["Check the date. There is no such day"]}


def test_boxes_know_whether_they_were_changed():
    kept = {"opens_at": datetime(2027, 6, 14, 8, tzinfo=UTC)}

    assert Dates(posted("14", "6", "2027", "9am"), initial=kept).changed_data == []
    assert Dates(posted("14", "6", "2027", "10am"), initial=kept).changed_data == ["opens_at"]
