"""Tables on their way out: true counts going in (`CountTable`) and what may be shown (`ReleasedTable`).

Rows are answers and columns are groups of people; every person is in one column at most. Only `release()` can make a
`ReleasedTable`, so a raw small count has no way to be drawn. How a number is hidden is in the policies, not here.
"""

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field

HIDDEN = "[c]"
"""A number hidden to protect people ("confidential", Government Analysis Function symbols for tables)."""
NOT_AVAILABLE = "[x]"
"""A total that this table does not publish at all."""
SMALL_BASE = "[u]"
"""Goes after a percentage of 30 to 49 people: treat with care."""

BASE_FOR_PERCENTAGES = 30
BASE_FOR_PLAIN_PERCENTAGES = 50

RELEASE_TOKEN = object()
"""Held by `release()` alone; a `ReleasedTable` made without it is refused."""

Place = tuple[int, int]
"""Row and column in a table with its margins: column totals are in the row after the last, row totals in the column after."""


class NotReleased(TypeError):
    """Someone tried to make a ReleasedTable without going through `release()`."""


@dataclass(frozen=True, kw_only=True)
class CountTable:
    """True counts of people, by answer (rows) and group (columns); a one-way table has a single column.

    `counts` is a matrix of whole numbers (nested sequences or a numpy array). `by` names the characteristic or is None.
    With `additive_rows` each person is in one row, and a column's base is its sum. Without it rows overlap (tick-box
    questions), each count is a number of people who ticked, and `bases` says how many people answered in each column.
    `totals_published=False` leaves every margin out of the released table.
    """

    title: str
    question: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Sequence[Sequence[int]]
    by: str | None = None
    additive_rows: bool = True
    bases: Sequence[int] | None = None
    totals_published: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(self.rows))
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "counts", tuple(tuple(int(count) for count in row) for row in self.counts))
        self._check_shape()
        if self.additive_rows:
            object.__setattr__(self, "bases", tuple(sum(column) for column in self._by_column()))
        else:
            object.__setattr__(self, "bases", self._checked_bases())

    @classmethod
    def one_way(
        cls,
        counts: Sequence[int],
        *,
        title: str,
        question: str,
        rows: Sequence[str],
        column: str = "All responses",
        base: int | None = None,
    ) -> "CountTable":
        """A single column of counts. Give `base` (people who answered) for tick-box questions, where rows overlap."""
        return cls(
            title=title,
            question=question,
            rows=tuple(rows),
            columns=(column,),
            counts=[[count] for count in counts],
            additive_rows=base is None,
            bases=None if base is None else (base,),
        )

    @property
    def has_total_column(self) -> bool:
        return len(self.columns) > 1

    def with_margins(self) -> tuple[tuple[int, ...], ...]:
        """Counts with a last row of bases and, when there is more than one column, a last column of row totals."""
        body = (*self.counts, tuple(self.bases or ()))
        if not self.has_total_column:
            return tuple(tuple(row) for row in body)
        return tuple((*row, sum(row)) for row in body)

    def _by_column(self) -> list[tuple[int, ...]]:
        return [tuple(row[j] for row in self.counts) for j in range(len(self.columns))]

    def _check_shape(self) -> None:
        if not self.rows or not self.columns:
            raise ValueError("a table needs at least one row and one column")
        if len(self.counts) != len(self.rows) or any(len(row) != len(self.columns) for row in self.counts):
            raise ValueError(f"counts must be {len(self.rows)} rows of {len(self.columns)} columns")
        if any(count < 0 for row in self.counts for count in row):
            raise ValueError("counts of people cannot be negative")

    def _checked_bases(self) -> tuple[int, ...]:
        if self.bases is None or len(self.bases) != len(self.columns):
            raise ValueError("a table whose rows overlap needs one base for each column")
        bases = tuple(int(base) for base in self.bases)
        if any(count > base for column, base in zip(self._by_column(), bases, strict=True) for count in column):
            raise ValueError("more people ticked an answer than answered the question")
        return bases


@dataclass(frozen=True)
class ReleasedCell:
    """One number as the world may see it. `value` is None wherever `shown` is not that number."""

    value: int | None
    shown: str

    @property
    def printed(self) -> str:
        """`shown` as pages and documents print it: "1,234". Data files take `shown`, which other programs read as a number."""
        return printed(self.shown)


def printed(shown: str) -> str:
    """A shown number as people read it, with a comma in thousands; whatever is no plain number ("[c]", "52%") as it is."""
    return f"{int(shown):,}" if shown.isascii() and shown.isdecimal() else shown


@dataclass(frozen=True, kw_only=True)
class ReleasedTable:
    """A table made safe by `release()`: the only kind that pages, charts, reports, files and the API accept.

    `cells[row][column]`; `column_totals` are the bases, `row_totals` repeat the cells when there is one column.
    `note` says in plain English what was hidden or rounded; `policy` is the key of the policy that did it.
    """

    title: str
    question: str
    by: str | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[ReleasedCell, ...], ...]
    row_totals: tuple[ReleasedCell, ...]
    column_totals: tuple[ReleasedCell, ...]
    grand_total: ReleasedCell
    additive_rows: bool
    policy: str
    note: str
    token: InitVar[object] = field(repr=False)

    def __post_init__(self, token: object) -> None:
        if token is not RELEASE_TOKEN:
            raise NotReleased("only equality.disclosure.release() makes a ReleasedTable")

    @property
    def hides_anything(self) -> bool:
        margins = (*self.row_totals, *self.column_totals, self.grand_total)
        return any(cell.shown == HIDDEN for cell in (*margins, *(cell for row in self.cells for cell in row)))

    def percentages(self) -> tuple[tuple[ReleasedCell, ...], ...]:
        """Whole percentages of each column's base, made from published numbers alone.

        A hidden count or base gives `[c]`. A base under 30 gives an empty `shown` (counts only), one of 30 to 49 a
        percentage marked `[u]`. Each `value` is the whole percentage or None.
        """
        return tuple(
            tuple(percentage(cell, base) for cell, base in zip(row, self.column_totals, strict=True))
            for row in self.cells
        )

    def total_percentages(self) -> tuple[ReleasedCell, ...]:
        """Whole percentages of everyone in the table, one for each row, under the rules of `percentages`."""
        return tuple(percentage(cell, self.grand_total) for cell in self.row_totals)


def percentage(count: ReleasedCell, base: ReleasedCell) -> ReleasedCell:
    """The whole percentage that two published numbers allow, or why there is none."""
    if count.value is None or base.value is None:
        return ReleasedCell(None, HIDDEN if HIDDEN in (count.shown, base.shown) else NOT_AVAILABLE)
    if base.value < BASE_FOR_PERCENTAGES:
        return ReleasedCell(None, "")
    whole = (200 * count.value + base.value) // (2 * base.value)
    mark = "" if base.value >= BASE_FOR_PLAIN_PERCENTAGES else f" {SMALL_BASE}"
    return ReleasedCell(whole, f"{whole}%{mark}")
