"""Dates, times and numbers of things in the words of public pages (ux.md §2): "11:59pm on Friday 12 March 2027"."""

from datetime import datetime, timedelta

from django.utils import timezone


def long_date(day):
    """A date in words: "Friday 12 March 2027"."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return f"{day:%A} {day.day} {day:%B %Y}"


def clock(at):
    """A UK time in words: "9am", "11:59pm"."""
    at = timezone.localtime(at)
    hour = at.hour % 12 or 12
    half = "am" if at.hour < 12 else "pm"
    return f"{hour}:{at.minute:02}{half}" if at.minute else f"{hour}{half}"


def moment(at):
    """A time and date in words: "11:59pm on Friday 12 March 2027"."""
    return f"{clock(at)} on {long_date(at)}"


def days_left(closes_at, now):
    """How long is left, in words: "12 days left", "closes today"."""
    days = (timezone.localdate(closes_at) - timezone.localdate(now)).days
    if days <= 0:
        return "closes today"
    return "1 day left" if days == 1 else f"{days} days left"


def question_count(fewest, most):
    """How many questions there are, honestly when it depends on the answers: "14 questions", "10 to 14 questions"."""
    return f"{most} questions" if fewest == most else f"{max(fewest, 1)} to {most} questions"


def last_deletion_on(closes_at):
    """The last day on which somebody may take their answers back: 14 days after closing."""
    return timezone.localdate(closes_at) + timedelta(days=14)


def closing_reason(words):
    """The public words on why a closing time was changed, as (what follows "because", what more there is to read).

    The first paragraph completes the sentence, the others explain: "the plan has changed", "".
    """
    first, _, more = words.strip().partition("\n")
    return first.strip().removeprefix("because ").rstrip(". "), more.strip()
