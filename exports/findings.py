"""Findings by question: from released tables to the report's charts and tables, each with its base."""

from equality.disclosure.tables import HIDDEN, SMALL_BASE
from exports.comparing import people_and_share
from exports.document import Chart, ChartRow, Column, Inset, Paragraph, Point, Table
from exports.wording import OVERLAPPING, SMALL_BASE_NOTE, in_running_text, listed, rule_note
from surveys.definition import words

PEOPLE_ANSWERED = "people who answered"
WHOLE = 100
"""What a bar of percentages is drawn as a part of."""
CLEARLY_MORE = 15
"""From this difference of two rounded numbers on, what lies between them cannot be a small number of people."""


def how_to_read(policy):
    """What was done to the numbers, in the words of the rule that did it: for above the first of them."""
    return Inset(policy.note, heading="How to read the numbers:")


def based(title, shown):
    """A chart's title ending in its base."""
    return f"{title} (base: {shown} {PEOPLE_ANSWERED})"


def question_blocks(results, question, summaries):
    """Everything the report says about the answers to one question, but for the words people wrote."""
    asked, answered = results.asked_and_answered(question)
    if answered.printed == "0":
        return [Paragraph("Nobody was asked this." if asked.printed == "0" else "Nobody has answered this.")]
    counted = [summary for summary in summaries if summary.lines and summary.chart != "text"]
    if counted and counted[0].chart == "scale":
        blocks = scale_blocks(results, question, counted)
    else:
        blocks = [block for summary in counted for block in bars_blocks(results.table(summary), summary)]
    return [*blocks, base_note(results, question)]


BECAME = {
    "Left blank": "{} left it blank",
    "Preferred not to say": "{} preferred not to say",
    "Could not be read": "{} wrote what could not be read",
    "Ticked more than one": "{} ticked more than one box",
    "Did not come to it": "{} skipped these questions or stopped before this one",
}
"""What became of people who did not answer, as parts of a sentence."""


def base_note(results, question):
    """Of how many a question was asked, and what became of those who did not answer it."""
    asked, answered = results.asked_and_answered(question)
    table = results.base_table(question)
    if parts := what_became(table):
        return Paragraph(f"Asked of {asked.printed} people: {listed([f'{answered.printed} answered', *parts])}.")
    if results.policy.is_exact and table.hides_anything:
        # A true number asked, less a true base, would be the small number that is hidden.
        return Paragraph(f"{answered.printed} people answered.")
    if asked.printed == answered.printed and asked.value is not None:
        return Paragraph(f"Asked of {asked.printed} people, of whom all or nearly all answered.")
    return Paragraph(f"Asked of {asked.printed} people, of whom {answered.printed} answered.")


WORKED_OUT = BECAME | {"Left blank": "{} gave too little to work it out"}
"""The same where nobody is asked: it is worked out from something else, as an area is from a postcode."""


def what_became(table, *, words_of=BECAME):
    """Why people did not answer, as parts of a sentence; [] where saying so could give a small number away.

    `table` has those who answered in its first row. That number and the total are published elsewhere as well, so the
    others are told only where neither is hidden here, and where the two are far apart whatever lies between them.
    """
    answered, total = table.cells[0][0], table.grand_total
    if None in (answered.value, total.value) or total.value - answered.value < CLEARLY_MORE:
        return []
    rest = zip(table.rows[1:], table.cells[1:], strict=True)
    return [words_of[label].format(cell[0].printed) for label, cell in rest if cell[0].printed != "0"]


def bars_blocks(table, summary):
    """A bar for each answer, and the table of numbers and percentages."""
    percentages = table.percentages()
    places = ordered_rows(table, largest_first=summary.largest_first)
    rows = tuple(
        ChartRow(table.rows[place], (Point(table.cells[place][0].value, number_and_share(table, place)),))
        for place in places
    )
    cells = tuple(
        (table.rows[place], table.cells[place][0].printed, percentages[place][0].printed or "Not shown")
        for place in places
    )
    title = based(table.title, table.column_totals[0].printed)
    columns = (Column("Answer"), Column("Number", True), Column("% of people" if summary.overlapping else "%", True))
    table_block = Table(title, columns, cells, notes(table, summary))
    if all(row.points[0].value is None for row in rows):
        return [table_block]
    has_shares = any(row[0].value is not None for row in percentages)
    whole = table.column_totals[0].value if has_shares else None
    return [Chart("bars", title, rows, alternative=told(table, places), whole=whole), table_block]


def ordered_rows(table, *, largest_first):
    """Places of the table's rows as the report shows them: largest first where the order of answers means nothing."""
    places = list(range(len(table.rows)))
    if not largest_first:
        return places
    # The order, too, comes from published values only: hidden rows stand last, in questionnaire order.
    return sorted(places, key=lambda place: (table.cells[place][0].value is None, -(table.cells[place][0].value or 0)))


def told(table, places):
    """A bar chart in one sentence, for people who do not see it."""
    largest = [place for place in places if table.cells[place][0].value is not None][:3]
    numbers = ", ".join(f"{table.rows[place]} {table.cells[place][0].printed}" for place in largest)
    return f"Bars of the number of people for each answer: {numbers}. The table has every number."


def notes(table, summary):
    """The notes under a table of answers."""
    overlapping = (OVERLAPPING,) if summary.overlapping else ()
    return (*overlapping, *small_base_note(table.percentages()), rule_note(table.policy))


def small_base_note(percentages):
    shown = {cell.printed for row in percentages for cell in row}
    small = (SMALL_BASE_NOTE,) if any(SMALL_BASE in text for text in shown) else ()
    return (*small, *(("Percentages are not shown where fewer than 30 people answered.",) if "" in shown else ()))


# Scales -----------------------------------------------------------------------------------------------------------------


def scale_blocks(results, question, summaries):
    """A scale as a stacked bar with its table; a group of statements as one bar each, the most positive first."""
    tables = [(words(summary.heading) or results.heading(question), results.table(summary)) for summary in summaries]
    if len(tables) == 1:
        table_block = bars_blocks(tables[0][1], summaries[0])[-1]
        return [*scale_chart(tables, summaries[0], table_block.caption), table_block]
    tables.sort(key=lambda pair: -positive_share(pair[1], summaries[0]))
    title = statements_title(results.heading(question), [table for _, table in tables])
    return [*scale_chart(tables, summaries[0], title), statements_table(tables, summaries[0], title)]


def statements_title(heading, tables):
    """The title of a group of statements, with its bases."""
    bases = list(dict.fromkeys(table.column_totals[0].printed for table in tables))
    if len(bases) == 1:
        return based(heading, bases[0])
    return f"{heading} (bases: {' / '.join(bases)} {PEOPLE_ANSWERED})"


def statements_table(tables, summary, title):
    """A row for each statement, a column for each answer, and the base of each row."""
    labels = [words(line.label) for line in summary.lines]
    columns = (Column("Statement"), *(Column(label, True) for label in labels), Column("Base", True))
    cells = tuple(
        (label, *(number_and_share(table, place) for place in range(len(labels))), table.column_totals[0].printed)
        for label, table in tables
    )
    percentages = [row for _, table in tables for row in table.percentages()]
    return Table(title, columns, cells, (*small_base_note(percentages), rule_note(tables[0][1].policy)))


def scale_chart(tables, summary, title):
    """Stacked bars where every part of each is published; else bars of the two answers at each end together.

    A stacked bar with a gap would tell how large the hidden part is. [] where there is nothing to draw.
    """
    points = scale_points(summary)
    asides = [place for place, line in enumerate(summary.lines) if line.aside]
    labels = [words(line.label) for line in summary.lines]
    rows = tuple(chart_row(label, table, points, asides) for label, table in tables)
    if any(point.value is None for row in rows for point in row.points):
        return bars_of_ends(tables, summary, title)
    between = f"from {in_running_text(labels[points[0]])} to {in_running_text(labels[points[-1]])}"
    return [
        Chart(
            "stacked",
            title,
            rows,
            alternative=f"Stacked bars {between}. The table has every number.",
            series=tuple(labels[place] for place in points),
            outside=labels[asides[0]] if asides else "",
        )
    ]


def bars_of_ends(tables, summary, title):
    """Bars of the share that chose one of the two answers at an end of the scale, for each end of which one can be shown; []
    where all are hidden.
    """
    shares = [
        (" or ".join(answers_quoted(summary, lines)), [people_and_share(table, lines) for _, table in tables])
        for lines in ends_of_scale(summary)
    ]
    ends = [(answers, found) for answers, found in shares if any(found)]
    if not ends:
        return []
    rows = tuple(
        ChartRow(label, tuple(share_point(found[place]) for _, found in ends))
        for place, (label, _) in enumerate(tables)
    )
    said = "; ".join(f"{answers}: {told_shares(tables, found)}" for answers, found in ends)
    only = f"People who answered {ends[0][0]}" if len(ends) == 1 else "People who answered at each end of the scale"
    series = tuple(answers for answers, _ in ends) if len(ends) > 1 else ()
    alternative = f"Bars of the share of people who answered {said}."
    return [Chart("bars", title, rows, subtitle=only, alternative=alternative, series=series, whole=WHOLE)]


def share_point(found):
    """A bar of a share in whole percent; a hidden one in its shown form."""
    return Point(found[1], f"{found[1]}%") if found else Point(None, HIDDEN)


def told_shares(tables, found):
    """The shares that can be shown, in words."""
    return ", ".join(f"{label} {each[1]}%" for (label, _), each in zip(tables, found, strict=True) if each)


def scale_points(summary):
    """The places of the lines that are points of the scale, most positive first."""
    return [place for place, line in enumerate(summary.lines) if not line.aside]


def ends_of_scale(summary):
    """The lines at the two ends of a scale: the two most positive, and the two most negative, each from its end inwards."""
    points = scale_points(summary)
    return points[:2], points[-2:][::-1]


def answers_quoted(summary, places):
    return [f"“{in_running_text(words(summary.lines[place].label))}”" for place in places]


def positive_share(table, summary):
    """The share of the two most positive answers, in whole percent; -1 where it cannot be said."""
    found = people_and_share(table, scale_points(summary)[:2])
    return found[1] if found else -1


def chart_row(label, table, points, asides):
    """One stacked bar: shares of the base in whole percent, hidden ones as text."""
    percentages = table.percentages()
    drawn = tuple(
        Point(percentages[place][0].value, percentages[place][0].printed or table.cells[place][0].printed)
        for place in points
    )
    return ChartRow(label, drawn, outside=number_and_share(table, asides[0]) if asides else "")


def number_and_share(table, place, column=0):
    """ "215 (52%)", or the number alone where there is no percentage."""
    count, percent = table.cells[place][column], table.percentages()[place][column]
    return f"{count.printed} ({percent.printed})" if percent.value is not None else count.printed


# By group ---------------------------------------------------------------------------------------------------------------


def grouped_blocks(results, summaries, *, by):
    """Each of a question's tables by one characteristic: numbers, and shares of each group where its base allows."""
    return [by_group_table(results.table(summary, by=by), summary) for summary in summaries]


def by_group_table(table, summary):
    """One table of answers by group, with the base of every group as its last row."""
    columns = (Column("Answer"), *(Column(group, True) for group in table.columns), Column("All", True))
    rows = [
        (label, *(number_and_share(table, place, column) for column in range(len(table.columns))), total.printed)
        for place, (label, total) in enumerate(zip(table.rows, table.row_totals, strict=True))
    ]
    bases = ("Base: people who answered", *(cell.printed for cell in table.column_totals), table.grand_total.printed)
    return Table(based(table.title, table.grand_total.printed), columns, (*rows, bases), notes(table, summary))
