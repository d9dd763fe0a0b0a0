"""The one gate from true counts to numbers that may be shown."""

from collections.abc import Iterator, Mapping, Sequence

from .base import Pattern, Policy, Reason
from .tables import HIDDEN, NOT_AVAILABLE, RELEASE_TOKEN, CountTable, Place, ReleasedCell, ReleasedTable


def release(table: CountTable, policy: Policy) -> ReleasedTable:
    """`table` with everything hidden or rounded that `policy` asks for. The same table always gives the same result."""
    pattern = policy.hide(table)
    return released(table, policy, pattern)


def release_linked(tables: Sequence[CountTable], policy: Policy) -> tuple[ReleasedTable, ...]:
    """Tables of one question released together: a total that one must hide is hidden wherever the same number stands.

    Give the question for everyone and the question by each characteristic. Answers and groups are matched by their
    labels, and only where the true counts are equal: where somebody did not give their age, the totals by age are other
    numbers. Under a policy that rounds, two totals a few people apart leave that difference open. Under one that
    publishes true counts they do not: give each table a column for those who did not say, and the totals are the same.
    Sums over cells of several tables at once are not examined.
    """
    also: list[dict[Place, Reason]] = [{} for _ in tables]
    patterns = [policy.hide(table) for table in tables]
    while True:
        hidden = {name for table, pattern in zip(tables, patterns, strict=True) for name, _ in _shared(table, pattern)}
        changed = False
        for at, (table, pattern) in enumerate(zip(tables, patterns, strict=True)):
            more = {place: Reason.SHARED for name, place in _shared(table) if name in hidden and place not in pattern}
            if more:
                changed = True
                also[at] |= more
                patterns[at] = policy.hide(table, also=also[at])
        if not changed:
            return tuple(released(table, policy, pattern) for table, pattern in zip(tables, patterns, strict=True))


def _shared(table: CountTable, pattern: Pattern | None = None) -> Iterator[tuple[tuple[object, ...], Place]]:
    """Numbers that other tables of the question may hold too, with where they stand; those of `pattern` when given."""
    counts = table.with_margins()
    everyone = len(counts[0]) - 1
    labels = [*table.rows, None]
    places: list[tuple[tuple[object, ...], Place]] = [
        ((label, None, counts[i][everyone]), (i, everyone)) for i, label in enumerate(labels)
    ]
    places += [
        ((None, (table.by, column), counts[-1][j]), (len(counts) - 1, j))
        for j, column in enumerate(table.columns)
        if table.by is not None and j != everyone
    ]
    return ((name, place) for name, place in places if pattern is None or place in pattern)


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
