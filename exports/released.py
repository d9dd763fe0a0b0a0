"""Released tables as the files and the API give them: every table of a consultation in one book.

Numbers come from `Results`, which hands out nothing but `ReleasedTable`s; here they only change their shape.
"""

from equality.disclosure import ReleasedCell, ReleasedTable
from exports.formats.base import ShownCell, ShownTable, TableBook
from exports.wording import OVERLAPPING

ALL_COLUMN = "All"
BASE_ROW = "Base: people who answered"
NOT_APPLICABLE = ShownCell(None, "[z]")
"""The percentage of a base (Government Analysis Function symbols for tables)."""
UNDER_THIRTY = ShownCell(None, "[x]")
"""The percentage of a base too small for one: the number stands alone."""


def table_book(results, *, title, mark=""):
    """Every released table of a consultation: each question's for everybody, then by each characteristic, and who
    answered. `mark` is said with every table: that the data are illustrative, for one."""
    tables = [
        shown_table(results.table(summary, by=by))
        for _, summaries in results.questions_of_people()
        for summary in summaries
        if summary.lines
        for by in (None, *(characteristic.key for characteristic in results.characteristics))
    ]
    profile = [shown_table(results.profile_table(characteristic)) for characteristic in results.characteristics]
    policy = results.policy
    return TableBook(title, policy.key, results.people_shown(), (*tables, *profile), rule=policy.label, mark=mark)


def shown_table(released: ReleasedTable) -> ShownTable:
    """A released table as plain rows: its numbers, row totals where there are groups, and the base in the last row.

    Percentages are those that the published numbers allow, of the base of each column.
    """
    grouped = len(released.columns) > 1
    rows = [
        (label, shown_cells(*cells, *((total,) if grouped else ())))
        for label, cells, total in zip(released.rows, released.cells, released.row_totals, strict=True)
    ]
    bases = shown_cells(*released.column_totals, *((released.grand_total,) if grouped else ()))
    return ShownTable(
        title=released.title,
        question=released.question,
        by=released.by,
        base=released.grand_total.shown,
        columns=(*released.columns, *((ALL_COLUMN,) if grouped else ())),
        rows=(*rows, (BASE_ROW, bases)),
        notes=tuple(filter(None, (released.note, "" if released.additive_rows else OVERLAPPING))),
        percentages=(*percentage_rows(released, grouped=grouped), (NOT_APPLICABLE,) * len(bases)),
    )


def percentage_rows(released: ReleasedTable, *, grouped: bool) -> list[tuple[ShownCell, ...]]:
    """A row of whole percentages for each answer, with that of everyone last where there are groups."""
    rows = zip(released.percentages(), released.total_percentages(), strict=True)
    return [
        tuple(cell if cell.shown else UNDER_THIRTY for cell in shown_cells(*each, *((total,) if grouped else ())))
        for each, total in rows
    ]


def shown_cells(*cells: ReleasedCell) -> tuple[ShownCell, ...]:
    return tuple(ShownCell(cell.value, cell.shown) for cell in cells)
