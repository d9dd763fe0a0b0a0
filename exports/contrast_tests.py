"""The figures of the tests behind the equality summary's comparisons (`contrasts.py`), for statisticians."""

from exports.comparing import groups_of
from exports.contrasts import CANNOT_TELL, ENDS, TESTS, UNLIKELY
from exports.document import Column, Paragraph, Section, Table
from exports.wording import INDICATIVE

LEAST_SAID = 0.001
NOT_COMPARED = "None"
NOTE = "“p, positive”: of the 2 most positive answers; “p, negative”: of the 2 most negative. “None”: not compared at that end."
HOW_TESTED = (
    "p is after Holm’s correction for all comparisons of one question by one characteristic, and is of the numbers as published. "
    "“Unlikely” means that it is below 0.05 however the numbers were rounded, and “unlikely as rounded” that it is below 0.05 "
    f"as the numbers stand. {CANNOT_TELL}"
)


def tests_section(results, found):
    """The p value of every comparison in this document, a table for each characteristic. `found` is of `compared_by`."""
    tables = tuple(
        tests_table(characteristic, found[characteristic.key])
        for characteristic in results.characteristics
        if any(any(scale.ends) for scale in found.get(characteristic.key, ()))
    )
    if not tables:
        return ()
    reading = (
        Paragraph(
            "These tables are for readers who want to check the comparisons above. You can follow the rest without them."
        ),
        Paragraph(HOW_TESTED),
        Paragraph(
            "Two shares are compared by the pooled z test, or by Fisher’s exact test where fewer than 5 people could be "
            "expected in a cell."
        ),
        Paragraph(INDICATIVE),
    )
    return (Section(TESTS, (*reading, *tables)),)


def tests_table(characteristic, found):
    """Every comparison by one characteristic with its p value at each end of the scale, and both bases."""
    columns = (
        Column("Question"),
        Column("Group"),
        Column("Base", True),
        Column("Others’ base", True),
        *(Column(f"p, {name}", True) for name in ENDS),
    )
    rows = tuple(row for scale in found for row in tests_rows(scale))
    return Table(f"Tests by {characteristic.heading.lower()} (bases: in each row)", columns, rows, (NOTE,))


def tests_rows(scale):
    """One scale: a row for each group that was compared at one end at least."""
    for place in groups_of(scale.table):
        group = scale.table.columns[place]
        made = [next((each for each in end if each.category == group), None) for end in scale.ends]
        if one := next(filter(None, made), None):
            p_values = (p_shown(each.adjusted_p) if each else NOT_COMPARED for each in made)
            yield (scale.title, group, one.group_shown, f"{one.others_base:,}", *p_values)


def p_shown(p):
    """A p value as it is printed."""
    return "below 0.001" if p < LEAST_SAID else f"{p:.3f}" if p < UNLIKELY else f"{p:.2f}"
