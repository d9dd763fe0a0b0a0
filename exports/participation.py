"""Who has taken part so far: what staff may see of an open consultation. Numbers of people and groups, never an
answer."""

from datetime import date, timedelta

from exports.apart_numbers import number_blocks
from exports.document import Chart, ChartRow, Column, Document, Inset, Paragraph, Point, Section, Table
from exports.findings import how_to_read
from exports.population import flags_explained, population_blocks
from exports.wording import SELF_SELECTED, rule_note

MOST_DAYS = 31
"""Over more days than these, numbers are given by week."""
MAY_NOT_ADD_UP = (
    "Every response since the first is in this table. A hidden number is in no sum, and rounded numbers may not add up."
)


def participation_document(results, facts, baseline, *, by_day, drafts):
    """The participation figures as a Document. `by_day` is [(day, number)] as `every_day` gives it, `drafts` the number
    begun and not sent.
    """
    return Document(
        title=f"Who has taken part: {facts.title}",
        organisation=facts.organisation,
        date=f"As of {facts.made_on}",
        mark=facts.mark,
        sections=(
            numbers_section(results, drafts),
            *apart_sections(results, facts),
            days_section(results, by_day),
            Section("Who we have heard from", (Inset(SELF_SELECTED), *flags_explained(results, baseline))),
            *population_blocks(results, baseline),
        ),
    )


def numbers_section(results, drafts):
    """How many, by channel and capacity, and how many have begun."""
    channels, types = results.channel_table(), results.capacity_table()
    begun = results.number_table({"Begun and not sent": drafts}, title="Begun and not sent")
    return Section(
        "How many",
        (
            how_to_read(results.policy),
            Paragraph(f"{channels.grand_total.printed} {results.counted_as} have been received."),
            Paragraph(f"{begun.cells[0][0].printed} people have begun online and not sent their answers."),
            plain_table(channels, "How", of=results.counted_as),
            plain_table(types, "Capacity", of=results.counted_as),
        ),
    )


def apart_sections(results, facts):
    """Letters, emails, events and petitions, which are no responses to the questions."""
    if facts.apart is not None:
        yield Section("Other responses, counted apart", tuple(number_blocks(results, facts.apart)))


def plain_table(table, heading, *, of):
    rows = tuple((label, table.cells[place][0].printed) for place, label in enumerate(table.rows))
    title = f"{table.title} (base: {table.grand_total.printed} {of})"
    return Table(title, (Column(heading), Column("Number", True)), rows, (rule_note(table.policy),))


def every_day(by_day, *, opened_on, last_on):
    """[(day, number)] of each day from the opening to the last, and of any before and after with responses; a quiet day has 0."""
    numbers = dict(by_day)
    first, last = min([opened_on, *numbers]), max([last_on, *numbers])
    days = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    return [(day, numbers.get(day, 0)) for day in days]


def days_section(results, by_day):
    """Responses on each day, or in each week where there are many days, as bars with their table."""
    if not any(number for _, number in by_day):
        return Section("Day by day", (Paragraph("No responses have been received yet."),))
    by_week = len(by_day) > MOST_DAYS
    heading, column, title = ("Week by week", "Week", "Responses in each week") if by_week else BY_DAY
    table = results.number_table(numbers_by_week(by_day) if by_week else numbers_of_days(by_day), title=title)
    rows = tuple(
        ChartRow(label, (Point(table.cells[place][0].value, table.cells[place][0].printed),))
        for place, label in enumerate(table.rows)
    )
    title = f"{title} (base: {table.grand_total.printed} {results.counted_as})"
    cells = tuple((label, table.cells[place][0].printed) for place, label in enumerate(table.rows))
    notes = (MAY_NOT_ADD_UP, rule_note(table.policy))
    return Section(
        heading,
        (
            Chart(
                "bars", title, rows, alternative=f"Bars of {title[0].lower()}{title[1:]}. The table has every number."
            ),
            Table(title, (Column(column), Column("Number", True)), cells, notes),
        ),
    )


BY_DAY = ("Day by day", "Day", "Responses on each day")


def numbers_of_days(by_day):
    """`{day in words: number}`."""
    return {in_words(day): number for day, number in by_day}


def numbers_by_week(by_day):
    """`{week in words: number}`: whole weeks from Monday, but for the first and the last."""
    weeks: dict[date, list[tuple[date, int]]] = {}
    for day, number in by_day:
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append((day, number))
    return {week_in_words(days): sum(number for _, number in days) for days in weeks.values()}


def week_in_words(days):
    """ "1 March 2027 to 7 March 2027", or one day alone."""
    first, last = days[0][0], days[-1][0]
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"


def in_words(day):
    return f"{day.day} {day:%B %Y}"
