"""The report's section on differences between groups: both ends of each scale, group by group, beside everyone.

Shares and bases side by side, without tests. Each table says how many groups it leaves out, and why.
"""

from equality.disclosure.tables import BASE_FOR_PLAIN_PERCENTAGES, HIDDEN, SMALL_BASE
from exports.comparing import groups_of, is_too_small, people_and_share
from exports.document import Column, Inset, Paragraph, Section, Table
from exports.findings import ends_of_scale
from exports.wording import HIDDEN_IS_NOT_ZERO, SMALL_BASE_NOTE, UNLINKED, in_running_text, listed, rule_note
from surveys.definition import words

CHARACTERISTICS_SHOWN = ("disabled", "age", "sex", "ethnic_broad", "carer", "deprivation")
"""Characteristics the report sets answers against; the equality summary has every one."""
NOT_SHOWN = "Not shown"


def difference_sections(results):
    """A table for each scale: everyone, then each group of which something can be shown."""
    heading = "Differences between groups"
    if not results.is_linked:
        yield Section(heading, (Paragraph(UNLINKED),))
        return
    yield Section(
        heading,
        (
            Paragraph(
                "There is a table for each question that was answered on a scale. It shows the share of each group that "
                "chose one of the 2 answers at each end. “Everyone” is all the people who answered the question."
            ),
            Paragraph(
                "A group is shown where at least 30 of its people answered and a share can be published. Each table says "
                "how many groups are left out, and why. That a group is left out does not mean that it did not differ."
            ),
            Paragraph("The tables published with this report have every number, question by question."),
            Inset(HIDDEN_IS_NOT_ZERO),
        ),
    )
    shown = [c for c in results.characteristics if c.key in CHARACTERISTICS_SHOWN]
    for _, summaries in results.questions_of_people():
        for summary in summaries:
            if summary.chart == "scale":
                table = difference_table(results, summary, shown)
                yield Section(f"By group: {results.title_of(summary)}", (table,), level=2)


def difference_table(results, summary, characteristics):
    """One scale: everyone, the groups that can be shown, and how many cannot."""
    ends = ends_of_scale(summary)
    tables = [(characteristic, results.table(summary, by=characteristic.key)) for characteristic in characteristics]
    rows = [difference_row("Everyone", results.table(summary), ends, 0)]
    for characteristic, table in tables:
        rows += [
            difference_row(f"{characteristic.heading}: {table.columns[place]}", table, ends, place)
            for place in groups_of(table)
            if can_be_shown(table, ends, place)
        ]
    columns = (Column("Group"), Column("Base", True), *(Column(answers(summary, lines), True) for lines in ends))
    notes = (*left_out(tables, ends), *small_base_notes(rows), rule_note(results.policy.key))
    return Table(f"{results.title_of(summary)}, by group (bases: in each row)", columns, tuple(rows), notes)


def difference_row(name, table, ends, place):
    """One group: its base, and its share at each end of the scale."""
    return (name, table.column_totals[place].printed, *(share_shown(table, lines, place) for lines in ends))


def share_shown(table, lines, place):
    """The share of some answers in one column, or why there is none."""
    found, base = people_and_share(table, lines, place), table.column_totals[place].value
    if found is None:
        return NOT_SHOWN if is_too_small(table, place) else HIDDEN
    return f"{found[1]}%" if base >= BASE_FOR_PLAIN_PERCENTAGES else f"{found[1]}% {SMALL_BASE}"


def can_be_shown(table, ends, place):
    """Whether a share of this group can be shown at one end at least."""
    return any(people_and_share(table, lines, place) for lines in ends)


def answers(summary, lines):
    """The answers at one end of a scale as a heading: "Strongly agree or agree"."""
    first, *others = (words(summary.lines[line].label) for line in lines)
    return " or ".join((first, *map(in_running_text, others)))


def left_out(tables, ends):
    """Notes on how many groups of which characteristics a table leaves out, and why."""
    hidden, few = [], []
    for characteristic, table in tables:
        groups = groups_of(table)
        missing = [is_too_small(table, place) for place in groups if not can_be_shown(table, ends, place)]
        for reason, number in ((hidden, missing.count(False)), (few, missing.count(True))):
            if number:
                reason.append(f"{characteristic.heading.lower()} ({number} of {len(groups)})")
    if hidden:
        yield f"Groups left out because a number is hidden: {listed(hidden)}."
    if few:
        yield f"Groups left out because fewer than 30 of their people answered: {listed(few)}."


def small_base_notes(rows):
    """What [u] means, where it stands."""
    return (SMALL_BASE_NOTE,) if any(SMALL_BASE in cell for row in rows for cell in row) else ()
