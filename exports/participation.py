"""Who has taken part so far: what staff may see of an open consultation. Numbers of people and groups, never an
answer."""

from exports.document import Chart, ChartRow, Column, Document, Inset, Paragraph, Point, Section, Table
from exports.population import population_blocks
from exports.wording import SELF_SELECTED, rule_note

MOST_DAYS = 60


def participation_document(results, facts, baseline, *, by_day, drafts):
    """The participation figures as a Document. `by_day` is [(day, number)], `drafts` the number begun and not sent."""
    return Document(
        title=f"Who has taken part: {facts.title}",
        organisation=facts.organisation,
        date=f"As of {facts.made_on}",
        mark=facts.mark,
        sections=(
            numbers_section(results, drafts),
            days_section(results, by_day),
            Section("Who we have heard from", (Inset(SELF_SELECTED),)),
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
            Paragraph(f"{channels.grand_total.shown} responses have been received."),
            Paragraph(f"{begun.cells[0][0].shown} people have begun online and not sent their answers."),
            plain_table(channels, "How"),
            plain_table(types, "Capacity"),
        ),
    )


def plain_table(table, heading):
    rows = tuple((label, table.cells[place][0].shown) for place, label in enumerate(table.rows))
    title = f"{table.title} (base: {table.grand_total.shown} responses)"
    return Table(title, (Column(heading), Column("Number", True)), rows, (rule_note(table.policy),))


def days_section(results, by_day):
    """Responses on each of the last days, as bars with their table."""
    if not by_day:
        return Section("Day by day", (Paragraph("No responses have been received yet."),))
    days = {f"{day.day} {day:%B %Y}": number for day, number in by_day[-MOST_DAYS:]}
    table = results.number_table(days, title="Responses on each day")
    rows = tuple(
        ChartRow(label, (Point(table.cells[place][0].value, table.cells[place][0].shown),))
        for place, label in enumerate(table.rows)
    )
    title = f"Responses on each day (base: {table.grand_total.shown} responses)"
    cells = tuple((label, table.cells[place][0].shown) for place, label in enumerate(table.rows))
    return Section(
        "Day by day",
        (
            Chart(
                "bars",
                title,
                rows,
                alternative="Bars of the number of responses on each day. The table has every number.",
            ),
            Table(title, (Column("Day"), Column("Number", True)), cells, (rule_note(table.policy),)),
        ),
    )
