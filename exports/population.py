"""Who took part against the population: each characteristic's released numbers beside a baseline, with a flag in words.

Flags are worked out from true counts and say only whom to go and ask. Everything printed as a number is released; "prefer not to
say" and blanks are in no base. Nothing here says that anybody was represented.
"""

from equality.representation import Flag, representation
from exports.document import Chart, ChartRow, Column, Paragraph, Point, Section, Table
from exports.wording import listed, rule_note

NOT_COMPARED = "There is no population figure to set this against."
CONTEXT_ONLY = (
    "The national question about gender identity is under review, and its census figures are uncertain. "
    "No comparison is made."
)


def population_blocks(results, baseline):
    """A section for each reported characteristic."""
    return tuple(
        Section(characteristic.heading, tuple(characteristic_blocks(results, characteristic, baseline)), level=2)
        for characteristic in results.characteristics
    )


def characteristic_blocks(results, characteristic, baseline):
    """One characteristic: a chart against the population where there is one, the table, and who declined or skipped."""
    table = results.profile_table(characteristic)
    figures = baseline.figures(characteristic)
    if figures is None or characteristic.context_only:
        yield alone(table, characteristic)
        yield Paragraph(CONTEXT_ONLY if characteristic.context_only else NOT_COMPARED)
    else:
        yield from against(table, compared(results, characteristic, figures), characteristic, baseline)
    yield declined(results, characteristic)


def compared(results, characteristic, figures):
    """The representation of a characteristic, from true counts."""
    counts = results.profile_counts(characteristic)
    return representation(counts.rows, observed=[row[0] for row in counts.counts], population=figures)


def alone(table, characteristic):
    """Released numbers without a comparison."""
    percentages = table.percentages()
    rows = tuple(
        (label, table.cells[place][0].shown, percentages[place][0].shown or "Not shown")
        for place, label in enumerate(table.rows)
    )
    columns = (Column("Group"), Column("Number", True), Column("% of people who answered", True))
    return Table(title_of(table, characteristic), columns, rows, (rule_note(table.policy),))


def against(table, found, characteristic, baseline):
    """The chart and table of a comparison. Differences are of published percentages."""
    percentages = table.percentages()
    rows, drawn = [], []
    for place, category in enumerate(found.categories):
        percent, population = percentages[place][0], round(100 * category.population_share, 1)
        rows.append(
            (
                category.category,
                table.cells[place][0].shown,
                percent.shown or "Not shown",
                f"{population:.1f}%",
                f"{percent.value - population:+.0f}" if percent.value is not None else "Not shown",
                category.flag.value,
            )
        )
        here = Point(percent.value, percent.shown or table.cells[place][0].shown)
        drawn.append(ChartRow(category.category, (here, Point(population, f"{population:.0f}%"))))
    title = title_of(table, characteristic)
    columns = (
        Column("Group"),
        Column("Number", True),
        Column("% of people who answered", True),
        Column("% of population", True),
        Column("Difference in points", True),
        Column("What this says"),
    )
    block = Table(title, columns, tuple(rows), (rule_note(table.policy), baseline.source_note(characteristic)))
    if any(row.points[0].value is not None for row in drawn):
        yield Chart(
            "against_population",
            title,
            tuple(drawn),
            alternative="Bars of the share of each group among people who answered, beside its share of the population.",
            series=("People who answered", "Population"),
        )
    yield block


def title_of(table, characteristic):
    return f"{characteristic.heading} (base: {table.grand_total.shown} people who answered this question)"


def declined(results, characteristic):
    """How many preferred not to say or left the question blank, as released numbers."""
    table = results.profile_base_table(characteristic)
    parts = [f"{label.lower()}: {cell[0].shown}" for label, cell in zip(table.rows, table.cells, strict=True)]
    return Paragraph(f"Of the people who took part: {listed(parts)}.")


def flagged(results, baseline, flags):
    """ "Age: 16 to 24" of every category with one of these flags."""
    found = []
    for characteristic in results.characteristics:
        figures = None if characteristic.context_only else baseline.figures(characteristic)
        if figures is not None:
            categories = compared(results, characteristic, figures).categories
            found += [(characteristic.heading, category.category) for category in categories if category.flag in flags]
    return found


def groups_missing(results, baseline):
    """Groups not heard from, or heard from less than expected, as sentences."""
    none = [
        f"{heading}: {group} – not heard from" for heading, group in flagged(results, baseline, {Flag.NOT_HEARD_FROM})
    ]
    few = [f"{heading}: {group} – fewer than expected" for heading, group in flagged(results, baseline, {Flag.UNDER})]
    return (*none, *few)


def who_took_part_sentence(results, baseline):
    """The summary's one sentence on who is missing."""
    groups = [
        f"{group} ({heading.lower()})"
        for heading, group in flagged(results, baseline, {Flag.UNDER, Flag.NOT_HEARD_FROM})
    ]
    if not groups:
        return "No group could be said to have been heard from less than expected."
    return f"We heard less than expected, or not at all, from these groups: {listed(groups)}."


def not_heard_sentence(results, baseline):
    """The equality summary's sentence on groups nobody answered from."""
    groups = [f"{group} ({heading.lower()})" for heading, group in flagged(results, baseline, {Flag.NOT_HEARD_FROM})]
    if not groups:
        return "Every group of which at least 5 people could be expected was heard from at least once."
    return (
        f"Nobody answered from these groups: {listed(groups)}. "
        "That does not mean they have no concerns. Engage directly with them."
    )
