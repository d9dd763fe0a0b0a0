"""True counts, for tables that stay with commissioners: small ones hidden, and the cheapest companions with them.

A hidden small count must be able to be zero and to be larger than the threshold, for anyone who knows every published
number and that people are not negative. Where rows overlap (tick-box questions) the people who did not tick are a
count too: 98 of 100 says that two did not.
"""

from .base import NOTHING, Pattern, Policy, Reason, is_total, telling_places
from .complement import Need, NotEnoughToHide, companions
from .network import UNBOUNDED, Bounds, Cell, Grid, grids
from .tables import CountTable


class ExactCounts(Policy):
    """Counts from 1 to `threshold` hidden together with companions; all other counts as they are."""

    key = "exact"
    label = "Exact numbers: 1 to 7 hidden together with enough others"
    threshold = 7
    is_exact = True

    @property
    def fewest_possibilities(self) -> int:
        return self.threshold + 1

    def published(self, count: int) -> int:
        return count

    def possible(self, published: int | None) -> Bounds:
        return (0, UNBOUNDED) if published is None else (published, published)

    @property
    def note(self) -> str:
        return (
            f"Numbers from 1 to {self.threshold} are shown as [c], and so are numbers that would give one of them away "
            f"and groups of fewer than {self.minimum_base} people. Other numbers are exact."
        )

    def hide(self, table: CountTable, *, also: Pattern = NOTHING) -> Pattern:
        pattern: Pattern = {**also, **telling_places(table, self), **self._places_where_few_did_not_tick(table)}
        if not pattern:
            return pattern
        try:
            for grid in reversed(grids(table)):
                pattern = {**pattern, **self._companions(grid, pattern, table)}
        except NotEnoughToHide:
            # So few people that no part of the table can stand: nothing of it is published.
            places = ((i, j) for i, row in enumerate(table.with_margins()) for j, _ in enumerate(row))
            return dict.fromkeys(places, Reason.WITHHELD)
        return pattern

    def _places_where_few_did_not_tick(self, table: CountTable) -> Pattern:
        if table.additive_rows:
            return {}
        counts = table.with_margins()
        return {
            (i, j): Reason.SMALL
            for i, row in enumerate(counts[:-1])
            for j, count in enumerate(row)
            if count and self.is_small(counts[-1][j] - count)
        }

    def _companions(self, grid: Grid, pattern: Pattern, table: CountTable) -> Pattern:
        """Parts alone where they are enough: totals stand in other tables too, and readers look for them."""
        ceilings = [self._ceiling(cell, pattern, table) for cell in grid]
        hidden = [index for index, cell in enumerate(grid) if cell.place in pattern]
        needs = [self._need(index, grid[index], ceilings[index], table) for index in hidden]
        any_number = [index for index, cell in enumerate(grid) if cell.count]
        parts = [index for index in any_number if not is_total(grid[index].place, table)]
        try:
            chosen = companions(grid, hidden=hidden, needs=needs, candidates=parts, ceilings=ceilings)
        except NotEnoughToHide:
            chosen = companions(grid, hidden=hidden, needs=needs, candidates=any_number, ceilings=ceilings)
        return {grid[index].place: Reason.COMPANION for index in chosen}

    def _ceiling(self, cell: Cell, pattern: Pattern, table: CountTable) -> int:
        """Ticks stay at or under the base, unless the base is hidden."""
        last = len(table.rows)
        if table.additive_rows or cell.place[0] == last or (last, cell.place[1]) in pattern:
            return UNBOUNDED
        return table.with_margins()[last][cell.place[1]]

    def _need(self, index: int, cell: Cell, ceiling: int, table: CountTable) -> Need:
        """How far a hidden cell must be able to move for its own sake and, where rows overlap, for those who did not tick."""
        count, beyond = cell.count, self.threshold + 1
        down, up = (count, beyond - count) if self.is_small(count) else (0, 1)
        if ceiling != UNBOUNDED:
            others = ceiling - count
            up = min(up, others)
            if self.is_small(others):
                down, up = max(down, min(count, beyond - others)), max(up, others)
            elif others == 0:
                down = max(down, 1)
        elif not self.is_small(count) and self._is_whole_group(cell, table):
            down, up = 1, 0
        return Need(index, down, up)

    def _is_whole_group(self, cell: Cell, table: CountTable) -> bool:
        i, j = cell.place
        return i < len(table.rows) and 0 < cell.count == table.with_margins()[-1][j]
