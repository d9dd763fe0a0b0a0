"""Findings by question: from released tables to the report's charts and tables, each with its base."""

from equality.disclosure.tables import HIDDEN
from exports.document import Chart, ChartRow, Column, Paragraph, Point, Table
from exports.wording import OVERLAPPING, rule_note
from surveys.definition import words

PEOPLE_ANSWERED = "people who answered"


def based(title, shown):
    """A chart's title ending in its base."""
    return f"{title} (base: {shown} {PEOPLE_ANSWERED})"


def question_blocks(results, question, summaries):
    """Everything the report says about the answers to one question, but for the words people wrote."""
    if summaries[0].chart == "scale" and len(summaries) > 1:
        return [*statements_blocks(results, question, summaries), base_note(results, question)]
    blocks = []
    for summary in summaries:
        if summary.lines and summary.chart != "text":
            table = results.table(summary)
            blocks += scale_blocks(summary, table) if summary.chart == "scale" else bars_blocks(summary, table)
    return [*blocks, base_note(results, question)]


def base_note(results, question):
    """What became of everybody who was asked, as one paragraph of released numbers."""
    table = results.base_table(question)
    rest = [
        f"{label.lower()} {cell[0].shown}"
        for label, cell in zip(table.rows, table.cells, strict=True)
        if cell[0].shown != "0"
    ]
    return Paragraph(f"Asked of {table.grand_total.shown} people: {', '.join(rest) or 'nobody answered'}.")


def ordered_rows(summary, table):
    """Places of the table's rows as the report shows them: largest first where the order of answers means nothing."""
    places = list(range(len(table.rows)))
    if not summary.largest_first:
        return places
    # The order, too, comes from published values only: hidden rows stand last, in questionnaire order.
    return sorted(places, key=lambda place: (table.cells[place][0].value is None, -(table.cells[place][0].value or 0)))


def bars_blocks(summary, table):
    """A bar for each answer, and the table of numbers and percentages."""
    percentages = table.percentages()
    places = ordered_rows(summary, table)
    rows, cells = [], []
    for place in places:
        count, percent = table.cells[place][0], percentages[place][0]
        shown = f"{count.shown} ({percent.shown})" if percent.value is not None else count.shown
        rows.append(ChartRow(table.rows[place], (Point(count.value, shown),)))
        cells.append((table.rows[place], count.shown, percent.shown or "Not shown"))
    base = table.column_totals[0].shown
    title = based(table.title, base)
    share_heading = "% of people" if summary.overlapping else "%"
    notes = (*((OVERLAPPING,) if summary.overlapping else ()), *small_base_note(percentages), rule_note(table.policy))
    return [
        Chart("bars", title, tuple(rows), alternative=told(table, places)),
        Table(title, (Column("Answer"), Column("Number", True), Column(share_heading, True)), tuple(cells), notes),
    ]


def told(table, places):
    """A bar chart in one sentence, for people who do not see it."""
    largest = [place for place in places if table.cells[place][0].value is not None][:3]
    parts = [f"{table.rows[place]} {table.cells[place][0].shown}" for place in largest]
    numbers = ", ".join(parts) or "all numbers are hidden"
    return f"Bars of the number of people for each answer: {numbers}. The table has every number."


def small_base_note(percentages):
    shown = {cell.shown for row in percentages for cell in row}
    if any("[u]" in text for text in shown):
        return ("[u] means a small number of people: treat with care.",)
    return ("Percentages are not shown where fewer than 30 people answered.",) if "" in shown else ()


def scale_blocks(summary, table):
    """One answer scale as a single stacked bar with its table."""
    return stacked([(table.title, table)], summary, title=table.title)


def statements_blocks(results, question, summaries):
    """A group of statements: one stacked bar for each, most positive first, and one table."""
    tables = [(words(summary.heading), results.table(summary)) for summary in summaries]
    tables.sort(key=lambda pair: -positive_share(pair[1], summaries[0]))
    return stacked(tables, summaries[0], title=results.heading(question))


def positive_share(table, summary):
    """The share of the two most positive answers, from published numbers; -1 where it cannot be said."""
    percentages = table.percentages()
    points = [place for place, line in enumerate(summary.lines) if not line.aside][:2]
    values = [percentages[place][0].value for place in points]
    return -1 if None in values else sum(values)


def stacked(tables, summary, *, title):
    """Stacked bars of scales that share their answers, and a table with every number."""
    points = [place for place, line in enumerate(summary.lines) if not line.aside]
    asides = [place for place, line in enumerate(summary.lines) if line.aside]
    labels = [words(line.label) for line in summary.lines]
    bases = [table.column_totals[0].shown for _, table in tables]
    heading = (
        based(title, bases[0]) if len(set(bases)) == 1 else f"{title} (bases: {' / '.join(bases)} {PEOPLE_ANSWERED})"
    )
    rows = tuple(chart_row(label, table, points, asides) for label, table in tables)
    columns = (Column("Statement"), *(Column(label, True) for label in labels), Column("Base", True))
    cells = tuple(
        (label, *(number_and_share(table, place) for place in range(len(labels))), base)
        for (label, table), base in zip(tables, bases, strict=True)
    )
    table_block = Table(heading, columns, cells, (rule_note(tables[0][1].policy),))
    if any(point.value is None for row in rows for point in row.points):
        return [*most_positive_bars(tables, summary, heading), table_block]
    chart = Chart(
        "stacked",
        heading,
        rows,
        alternative=f"Stacked bars from {labels[points[0]].lower()} to {labels[points[-1]].lower()}. The table has every number.",
        series=tuple(labels[place] for place in points),
        outside=labels[asides[0]] if asides else "",
    )
    return [chart, table_block]


def most_positive_bars(tables, summary, heading):
    """Where some part of a scale is hidden: one bar for each statement, of its two most positive answers together.

    A stacked bar with a gap would tell how large the hidden part is.
    """
    first, second = [words(line.label) for line in summary.lines if not line.aside][:2]
    shares = [(label, positive_share(table, summary)) for label, table in tables]
    rows = tuple(
        ChartRow(label, (Point(share, f"{share}%") if share >= 0 else Point(None, HIDDEN),)) for label, share in shares
    )
    if all(share < 0 for _, share in shares):
        return []
    name = f"{first} or {second[:1].lower()}{second[1:]}"
    told = ", ".join(f"{label} {share}%" for label, share in shares if share >= 0)
    return [
        Chart(
            "bars",
            heading,
            rows,
            subtitle=name,
            alternative=f"Bars of the share of people who answered {name}: {told}.",
        )
    ]


def chart_row(label, table, points, asides):
    """One stacked bar: shares of the base in whole percent, hidden ones as text."""
    percentages = table.percentages()
    drawn = []
    for place in points:
        percent = percentages[place][0]
        drawn.append(Point(percent.value, percent.shown or table.cells[place][0].shown))
    outside = number_and_share(table, asides[0]) if asides else ""
    return ChartRow(label, tuple(drawn), outside=outside)


def number_and_share(table, place):
    """ "215 (52%)", or the number alone where there is no percentage."""
    return shown_with_share(table.cells[place][0], table.percentages()[place][0])


def grouped_blocks(results, summaries, *, by):
    """Each of a question's tables by one characteristic: numbers, and shares of each group where its base allows."""
    return [block for summary in summaries for block in by_group_blocks(results.table(summary, by=by), summary)]


def by_group_blocks(table, summary):
    """One table of answers by group, with the base of every group as its last row."""
    percentages = table.percentages()
    columns = (Column("Answer"), *(Column(group, True) for group in table.columns), Column("All", True))
    rows = []
    for place, label in enumerate(table.rows):
        cells = (shown_with_share(*pair) for pair in zip(table.cells[place], percentages[place], strict=True))
        rows.append((label, *cells, table.row_totals[place].shown))
    rows.append(("Base: people who answered", *(cell.shown for cell in table.column_totals), table.grand_total.shown))
    notes = (*((OVERLAPPING,) if summary.overlapping else ()), *small_base_note(percentages), rule_note(table.policy))
    return [Table(based(table.title, table.grand_total.shown), columns, tuple(rows), notes)]


def shown_with_share(count, percent):
    """ "25 (31%)", or the number alone where there is no percentage."""
    return f"{count.shown} ({percent.shown})" if percent.value is not None else count.shown
