"""The one gate from true counts to numbers that may be shown."""

from collections.abc import Mapping

from .base import Pattern, Policy
from .tables import HIDDEN, NOT_AVAILABLE, RELEASE_TOKEN, CountTable, Place, ReleasedCell, ReleasedTable


def release(table: CountTable, policy: Policy) -> ReleasedTable:
    """`table` with everything hidden or rounded that `policy` asks for. The same table always gives the same result."""
    pattern = policy.hide(table)
    return released(table, policy, pattern)


def released(table: CountTable, policy: Policy, pattern: Pattern) -> ReleasedTable:
    """`table` as seen through a pattern of hidden places."""
    shown = _Shown(table, policy, pattern)
    last_row, last_column = len(table.rows), len(table.columns)
    cells = tuple(tuple(shown.cell((i, j)) for j in range(last_column)) for i in range(last_row))
    total_column = last_column if table.has_total_column else 0
    return ReleasedTable(
        title=table.title,
        question=table.question,
        by=table.by,
        rows=table.rows,
        columns=table.columns,
        cells=cells,
        row_totals=tuple(
            shown.total((i, total_column)) if table.has_total_column else cells[i][0] for i in range(last_row)
        ),
        column_totals=tuple(shown.total((last_row, j)) for j in range(last_column)),
        grand_total=shown.total((last_row, total_column)),
        additive_rows=table.additive_rows,
        policy=policy.key,
        note=policy.note,
        token=RELEASE_TOKEN,
    )


class _Shown:
    def __init__(self, table: CountTable, policy: Policy, pattern: Mapping[Place, object]) -> None:
        self.table, self.policy, self.pattern = table, policy, pattern
        self.counts = table.with_margins()

    def cell(self, place: Place) -> ReleasedCell:
        if place in self.pattern:
            return ReleasedCell(None, HIDDEN)
        value = self.policy.published(self.counts[place[0]][place[1]])
        return ReleasedCell(value, str(value))

    def total(self, place: Place) -> ReleasedCell:
        return self.cell(place) if self.table.totals_published else ReleasedCell(None, NOT_AVAILABLE)
