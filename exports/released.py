"""Released tables as the files and the API give them: every table of a consultation in one book.

Numbers come from `Results`, which hands out nothing but `ReleasedTable`s; here they only change their shape.
"""

from equality.disclosure import ReleasedCell, ReleasedTable
from exports.formats.base import ShownCell, ShownTable, TableBook

ALL_COLUMN = "All"
BASE_ROW = "Base: people who answered"


def table_book(results, *, title):
    """Every released table of a consultation: each question's for everybody, then by each characteristic, and who
    answered."""
    tables = [
        shown_table(results.table(summary, by=by))
        for _, summaries in results.questions()
        for summary in summaries
        if summary.lines
        for by in (None, *(characteristic.key for characteristic in results.characteristics))
    ]
    profile = [shown_table(results.profile_table(characteristic)) for characteristic in results.characteristics]
    return TableBook(title, results.policy.key, results.people_shown(), (*tables, *profile))


def shown_table(released: ReleasedTable) -> ShownTable:
    """A released table as plain rows: its numbers, row totals where there are groups, and the base in the last row."""
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
        notes=(released.note,) if released.note else (),
    )


def shown_cells(*cells: ReleasedCell) -> tuple[ShownCell, ...]:
    return tuple(ShownCell(cell.value, cell.shown) for cell in cells)
