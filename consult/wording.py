"""Dates, times and numbers of things in the words of public pages (ux.md §2): "11:59pm on Friday 12 March 2027".

All of it in the language that the service speaks at the time (`consult.languages.speaking`); a pattern is translated as a whole,
so that a language may put its parts in another order.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS_ALT
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from consult.languages import spoken

# Ours and not Django's, for here they stand in the middle of a sentence: small letters in Welsh and Polish.
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
NOTHING_ANSWERED = gettext_lazy("Answer at least 1 question before you send")
YES_OR_NO = gettext_lazy("Select yes if you want to answer these questions")


def long_date(day):
    """A date in words: "Friday 12 March 2027"."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return gettext("{weekday} {day} {month} {year}").format(
        weekday=WEEKDAYS[day.weekday()], day=day.day, month=MONTHS_ALT[day.month], year=day.year
    )


def clock(at):
    """A UK time in words: "9am", "11:59pm"."""
    at = timezone.localtime(at)
    if spoken().clock == 24:
        time = f"{at.hour}:{at.minute:02}"
    else:
        time = f"{at.hour % 12 or 12}:{at.minute:02}" if at.minute else f"{at.hour % 12 or 12}"
    return part_of_day(at.hour).format(time=time)


def part_of_day(hour):
    """How a time is said at an hour: English tells two halves of the day apart, others morning, afternoon and night."""
    if hour < 5:
        return pgettext("at night", "{time}am")
    if hour < 12:
        return pgettext("in the morning", "{time}am")
    if hour < 19:
        return pgettext("in the afternoon", "{time}pm")
    return pgettext("in the evening", "{time}pm")


def moment(at):
    """A time and date in words: "11:59pm on Friday 12 March 2027"."""
    return gettext("{clock} on {day}").format(clock=clock(at), day=long_date(at))


def clock_and_date(at):
    """A UK time and date without its weekday: "2:14pm on 3 March 2027"."""
    day = timezone.localtime(at)
    return gettext("{clock} on {day} {month} {year}").format(
        clock=clock(at), day=day.day, month=MONTHS_ALT[day.month], year=day.year
    )


def days_left(closes_at, now):
    """How long is left, in words: "12 days left", "closes today"."""
    days = (timezone.localdate(closes_at) - timezone.localdate(now)).days
    if days <= 0:
        return gettext("closes today")
    return ngettext("{days} day left", "{days} days left", days).format(days=days)


def question_count(fewest, most):
    """How many questions there are, honestly when it depends on the answers: "14 questions", "10 to 14 questions"."""
    if fewest == most:
        return ngettext("{count} question", "{count} questions", most).format(count=most)
    return ngettext("{fewest} to {most} question", "{fewest} to {most} questions", most).format(
        fewest=max(fewest, 1), most=most
    )


def last_deletion_on(consultation):
    """The last day on which somebody may take their answers back: 14 days after closing, or after the closing first promised."""
    closes_at = max(consultation.closes_at, consultation.first_closes_at or consultation.closes_at)
    return timezone.localdate(closes_at) + timedelta(days=14)


def closes_soon(closes_at, now):
    """What question pages say in the last day: "This consultation closes at 11:59pm today."."""
    time = clock(closes_at)
    if timezone.localdate(closes_at) == timezone.localdate(now):
        return gettext("This consultation closes at {clock} today.").format(clock=time)
    return gettext("This consultation closes at {clock} tomorrow.").format(clock=time)


def closed_meanwhile(until):
    """What pages say to somebody who had begun before it closed, and may send `until` then."""
    return gettext(
        "This consultation closed while you were answering. You can still send your answers until {clock}."
    ).format(clock=clock(until))


def closing_reason(words):
    """The public words on why a closing time was changed, as (what follows "because", what more there is to read).

    The first paragraph completes the sentence, the others explain: "the plan has changed", "".
    """
    first, _, more = words.strip().partition("\n")
    return first.strip().removeprefix("because ").rstrip(". "), more.strip()
