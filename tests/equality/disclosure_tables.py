"""Short ways to write a table of counts and to read a released one, for the disclosure tests."""

import csv

from equality.disclosure import CountTable


def one_way(*counts, base=None):
    rows = [f"answer {number}" for number, _ in enumerate(counts, start=1)]
    return CountTable.one_way(counts, title="A question", question="q1", rows=rows, base=base)


def two_way(counts, *, by=None, bases=None, totals_published=True):
    return CountTable(
        title="A question by age",
        question="q1",
        by=by,
        rows=tuple(f"answer {number}" for number, _ in enumerate(counts, start=1)),
        columns=tuple(f"group {number}" for number, _ in enumerate(counts[0], start=1)),
        counts=counts,
        additive_rows=bases is None,
        bases=bases,
        totals_published=totals_published,
    )


def table_in(file):
    """A shared crosstab (rows, columns and a Total for each) as a CountTable without its margins."""
    with file.open(newline="") as stream:
        heading, *lines = list(csv.reader(stream))
    body = [line for line in lines if line[0] != "Total"]
    return CountTable(
        title=file.stem,
        question=file.stem,
        rows=tuple(line[0] for line in body),
        columns=tuple(heading[1:-1]),
        counts=[[int(count) for count in line[1:-1]] for line in body],
    )


def shown(released):
    """The text of every number: one list for each row with its total, then the bases with the grand total."""
    rows = [
        [cell.shown for cell in (*row, total)] for row, total in zip(released.cells, released.row_totals, strict=True)
    ]
    return [*rows, [cell.shown for cell in (*released.column_totals, released.grand_total)]]


def shown_one_way(released):
    """The text of a one-way table: its cells, then the total."""
    return [*(row[0].shown for row in released.cells), released.grand_total.shown]
