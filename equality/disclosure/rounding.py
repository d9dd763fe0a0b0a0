"""Policies that hide small counts and round the others to the nearest 5, with the audit that rounding alone lacks.

Totals are made from true counts and then rounded, so a small count can still be squeezed out: 6 and 412 published as
hidden and 410, total 420, leaves only 6 or 7. Companions are hidden until enough counts are possible for each number.
"""

from collections.abc import Iterator

from .audit import Audit
from .base import NOTHING, Pattern, Policy, Reason, is_total, telling_places
from .network import Bounds, Grid
from .tables import CountTable


class RoundToFive(Policy):
    """Counts from 1 to `threshold` hidden, others rounded to the nearest 5; zero stays zero."""

    fewest_possibilities = 4
    """A hidden number must keep at least this many possible values (our choice of number)."""

    def published(self, count: int) -> int:
        return 5 * ((count + 2) // 5)

    def possible(self, published: int | None) -> Bounds:
        if published is None:
            return 1, self.threshold
        if published == 0:
            return 0, 0
        return max(self.threshold + 1, published - 2), published + 2

    @property
    def note(self) -> str:
        return (
            f"Numbers from 1 to {self.threshold} are shown as [c], and so is any number that would give one of them "
            f"away or that comes from a group of fewer than {self.minimum_base} people. Other numbers are rounded to the "
            "nearest 5, so figures may not add up to totals. Percentages are worked out from the rounded numbers."
        )

    def hide(self, table: CountTable, *, also: Pattern = NOTHING) -> Pattern:
        pattern: Pattern = {**also, **telling_places(table, self)}
        if not pattern:
            return pattern
        if not table.additive_rows and self.is_small(sum(table.bases or ())):
            return {(i, j): Reason.WITHHELD for i, row in enumerate(table.with_margins()) for j, _ in enumerate(row)}
        audit = Audit(table, self)
        for grid in audit.grids:
            pattern = with_companions(grid, pattern, audit)
        return pattern


def with_companions(grid: Grid, pattern: Pattern, audit: Audit) -> Pattern:
    """Hide more of a grid until the audit passes: the smallest companion that helps, then totals, then the row, then all."""
    while (index := next(audit.narrow_places(grid, pattern), None)) is not None:
        more = _more_to_hide(grid, pattern, index, audit)
        if more.items() <= pattern.items():
            return pattern  # All of it is withheld: there is nothing left to work from.
        pattern = {**pattern, **more}
    return pattern


def _more_to_hide(grid: Grid, pattern: Pattern, index: int, audit: Audit) -> Pattern:
    companions = [*_published_companions(grid, pattern, index, audit)]
    for companion in companions:
        if _is_wide(grid, {**pattern, companion: Reason.COMPANION}, index, audit):
            return {companion: Reason.COMPANION}
    if _is_wide(grid, {**pattern, **dict.fromkeys(companions, Reason.COMPANION)}, index, audit):
        return {companions[0]: Reason.COMPANION}
    own_row = grid[index].place[0]
    row = {cell.place: Reason.WITHHELD for cell in grid if cell.place[0] == own_row}
    if all(pattern.get(place) is Reason.WITHHELD for place in row):
        return {cell.place: Reason.WITHHELD for cell in grid}
    return row


def _published_companions(grid: Grid, pattern: Pattern, index: int, audit: Audit) -> Iterator[tuple[int, int]]:
    """Published places that share a sum with a cell: parts first, smallest count first, then totals."""
    own, table = grid[index], audit.table
    neighbours = (
        cell
        for cell in grid
        if cell.count and cell.place not in pattern and (cell.row == own.row or cell.column == own.column)
    )

    for cell in sorted(neighbours, key=lambda cell: (is_total(cell.place, table), cell.count, cell.place)):
        yield cell.place


def _is_wide(grid: Grid, pattern: Pattern, index: int, audit: Audit) -> bool:
    enough = audit.policy.fewest_possibilities
    lowest, highest = audit.range_of(grid, index, pattern, enough=enough)
    return highest - lowest + 1 >= enough
