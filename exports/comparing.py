"""Sums, shares and comparisons of groups, made from published numbers alone: a hidden number has no part in them, and any reader
can make them again.
"""

from dataclasses import dataclass

from equality.disclosure import POLICIES
from exports.results import NOT_SAID
from surveys.analysis.significance import compare_groups, holm

FEWEST_TO_COMPARE = 30
"""A group is compared with everyone else only from this base on (ux.md §4)."""
FEWEST_LEFT = 10
"""What is left of a total without one group carries the rounding of both: a smaller number may be nothing but that."""


@dataclass(frozen=True)
class Comparison:
    """One group against everyone else in one answer: bases of at least 30 on both sides, shares in whole percent.

    `adjusted_p` is of the published numbers, `careful_p` of a difference as small as rounding may have hidden; both are
    Holm's over everything compared in the table. `others_base` is how many everyone else are. A difference that no chance
    explains is still no effect: people chose whether to take part.
    """

    category: str
    group_shown: str
    group_share: int
    others_share: int
    difference: int
    adjusted_p: float
    careful_p: float
    others_base: int


@dataclass(frozen=True)
class Sides:
    """A group and everyone else as published: how many of each there are, and how many of them chose an answer.

    `off` and `others_off` are by how many people rounding may have moved those who chose it.
    """

    people: int
    base: int
    other_people: int
    others: int
    off: int = 0
    others_off: int = 0


def comparisons(table, *, ends):
    """Each group of a released table against everyone else, at each of the ends (lists of lines) of its scale: a list of
    Comparisons for each end. Holm is over all of them.

    Of two groups the first is compared with the second, which is everyone else.
    """
    groups = groups_of(table)
    sides_of = two_sides if len(groups) == 2 else published_sides
    asked_of = groups[:1] if len(groups) == 2 else groups
    found = [
        (end, place, sides)
        for end, lines in enumerate(ends)
        for place in asked_of
        if (sides := sides_of(table, lines, place)) is not None
    ]
    plain = adjusted([plain_p(sides) for _, _, sides in found])
    careful = adjusted([careful_p(sides) for _, _, sides in found])
    made = [
        (end, compared(table, place, sides, *tests))
        for (end, place, sides), *tests in zip(found, plain, careful, strict=True)
    ]
    return [[comparison for at, comparison in made if at == end] for end in range(len(ends))]


def groups_of(table):
    """The columns of a table that are groups: not those who did not say."""
    return [place for place, label in enumerate(table.columns) if label != NOT_SAID]


def is_too_small(table, place):
    """Whether a group is known to have fewer people than a comparison takes. Its base is published, if so."""
    base = table.column_totals[place].value
    return base is not None and base < FEWEST_TO_COMPARE


def adjusted(p_values):
    """Holm's adjusted p values."""
    return holm(p_values) if p_values else ()


def plain_p(sides):
    """The p value of a difference as published."""
    return compare_groups(sides.people, sides.base, sides.other_people, sides.others).p


def careful_p(sides):
    """The p value of a difference as small as rounding may have hidden; 1 where rounding alone could make it."""
    more = sides.people * sides.others > sides.other_people * sides.base
    toward = -1 if more else 1
    people = min(max(0, sides.people + toward * sides.off), sides.base)
    other_people = min(max(0, sides.other_people - toward * sides.others_off), sides.others)
    still_more = people * sides.others > other_people * sides.base
    if more != still_more:
        return 1.0
    return compare_groups(people, sides.base, other_people, sides.others).p


def compared(table, place, sides, adjusted_p, careful_p):
    """The comparison of one group with everyone else."""
    mine, theirs = share(sides.people, sides.base), share(sides.other_people, sides.others)
    return Comparison(
        category=table.columns[place],
        group_shown=table.column_totals[place].printed,
        group_share=mine,
        others_share=theirs,
        difference=mine - theirs,
        adjusted_p=adjusted_p,
        careful_p=careful_p,
        others_base=sides.others,
    )


def two_sides(table, lines, place):
    """A group and the one after it, from published numbers; None where one is hidden or too small to compare."""
    people, other_people = (cell_sum(table, lines, column) for column in (place, place + 1))
    base, others = (table.column_totals[column].value for column in (place, place + 1))
    off = rounding(table) * len(lines)
    return large_sides(people, base, other_people, others, off=off, others_off=off)


def published_sides(table, lines, place):
    """A group and everyone else of whom the group is known, from published numbers; None where one of them is hidden, or
    there are too few people to compare.
    """
    columns = (place, *(column for column, label in enumerate(table.columns) if label == NOT_SAID))
    chosen = [cell_sum(table, lines, column) for column in columns]
    bases = [table.column_totals[column].value for column in columns]
    everyone, total = added([table.row_totals[line].value for line in lines]), table.grand_total.value
    if None in (*chosen, *bases, everyone, total):
        return None
    left, others, off = everyone - sum(chosen), total - sum(bases), rounding(table) * len(lines)
    if min(left, others - left) < FEWEST_LEFT:
        return None
    return large_sides(chosen[0], bases[0], left, others, off=off, others_off=2 * off)


def large_sides(people, base, other_people, others, *, off, others_off):
    """The two sides, or None where a number is hidden or a base is small."""
    if None in (people, base, other_people, others) or min(base, others) < FEWEST_TO_COMPARE:
        return None
    # Rounded numbers need not add up: nobody can be counted more often than there are people.
    return Sides(min(people, base), base, min(other_people, others), others, off, others_off)


def rounding(table):
    """By how many people a table's policy may have moved a number that it shows."""
    some = 100
    return POLICIES[table.policy].possible(some)[1] - some


def people_and_share(table, lines, column=0):
    """(people, whole percent) of some answers of one column together; None where it cannot be said."""
    people, base = cell_sum(table, lines, column), table.column_totals[column].value
    percentages = table.percentages()
    if people is None or base is None or None in (percentages[line][column].value for line in lines):
        return None
    return min(people, base), min(100, share(people, base))


def cell_sum(table, lines, column):
    """The published people of one column in some lines, or None where one is hidden."""
    return added([table.cells[line][column].value for line in lines])


def added(values):
    return None if None in values else sum(values)


def share(people, base):
    """Whole percent, halves up."""
    return (200 * people + base) // (2 * base)
