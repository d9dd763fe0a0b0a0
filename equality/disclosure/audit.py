"""The attacker: what anyone can work out about a hidden number from the published ones and the policy's own rules.

The attacker is assumed to know why each number is hidden, which is more than any reader does, so a pattern that
passes here is safe with something to spare. Where rows overlap (tick-box questions) a count is also held below the
number of people who answered.
"""

from collections.abc import Iterator

from .base import Pattern, Policy, Reason
from .network import UNBOUNDED, Bounds, Grid, attainable_range, grids
from .tables import CountTable, Place


class Audit:
    """One table under one policy. `narrow_places(pattern)` and `ranges(pattern)` question a pattern of hidden places."""

    def __init__(self, table: CountTable, policy: Policy) -> None:
        self.table = table
        self.policy = policy
        self.counts = table.with_margins()
        self.grids = list(reversed(grids(table)))
        """Bases first where rows overlap, because what is known of a base limits every row above it."""

    def ranges(self, pattern: Pattern) -> dict[Place, Bounds]:
        """The lowest and highest possible count of every hidden place."""
        return {
            grid[index].place: self.range_of(grid, index, pattern)
            for grid in self.grids
            for index in hidden_in(grid, pattern)
        }

    def narrow_places(self, grid: Grid, pattern: Pattern) -> Iterator[int]:
        """Cells of a grid, by index, that the attacker can pin down to too few possible counts."""
        if self.is_withheld_whole(pattern):
            return
        enough = self.policy.fewest_possibilities
        for index in hidden_in(grid, pattern):
            cell = grid[index]
            if not self.needs_protection(cell.count, pattern[cell.place]):
                continue
            lowest, highest = self.range_of(grid, index, pattern, enough=enough)
            if highest - lowest + 1 < enough:
                yield index

    def is_withheld_whole(self, pattern: Pattern) -> bool:
        """Whether not one number of the table is published: then nothing can be worked out from it."""
        return all(
            pattern.get((i, j)) is Reason.WITHHELD for i, row in enumerate(self.counts) for j, _ in enumerate(row)
        )

    def needs_protection(self, count: int, reason: Reason) -> bool:
        if reason is Reason.COMPANION:
            return False
        return reason is not Reason.WITHHELD or count <= self.policy.threshold

    def range_of(self, grid: Grid, index: int, pattern: Pattern, *, enough: int | None = None) -> Bounds:
        """Possible counts of one cell. Never wider than the truth, so a range that is wide enough is proof."""
        bounds = [self.known(cell.place, cell.count, pattern) for cell in grid]
        if not self.table.additive_rows:
            bounds = self._within_bases(grid, index, bounds, pattern)
        return attainable_range(grid, bounds, index, enough=enough)

    def known(self, place: Place, count: int, pattern: Pattern) -> Bounds:
        """What the policy's rules alone say about a place."""
        reason, threshold = pattern.get(place), self.policy.threshold
        is_base = place[0] == len(self.table.rows)
        if reason is None:
            return (0, 0) if count == 0 else self.policy.possible(self.policy.published(count))
        if reason is Reason.SMALL:
            return 1, threshold
        if reason is Reason.RARE_ANSWER:
            return 0, threshold
        if reason is Reason.BASE:
            return int(is_base), max(self.policy.minimum_base - 1, threshold)
        if reason in (Reason.COMPANION, Reason.SHARED) and count > threshold:
            return threshold + 1, UNBOUNDED
        if reason is Reason.WITHHELD and count <= threshold:
            return 0, threshold
        return 0, UNBOUNDED

    def _within_bases(self, grid: Grid, index: int, bounds: list[Bounds], pattern: Pattern) -> list[Bounds]:
        """Bounds that also keep ticks at or under bases.

        Other cells are held to the true bases, which is a state of affairs the attacker cannot rule out. The cell
        itself may go as high as its base may: raising both leaves every other count as it was.
        """
        bases = self.grids[0]
        if grid is bases:
            return [
                (max(lowest, min(cell.count, self._fewest_answering(column, pattern))), highest)
                for column, (cell, (lowest, highest)) in enumerate(zip(grid, bounds, strict=True))
            ]
        capped = self._under_true_bases(bounds)
        if bases[index].place in pattern:
            capped[index] = (bounds[index][0], min(bounds[index][1], self.range_of(bases, index, pattern)[1]))
        return capped

    def _under_true_bases(self, bounds: list[Bounds]) -> list[Bounds]:
        return [
            (lowest, min(highest, base.count)) for base, (lowest, highest) in zip(self.grids[0], bounds, strict=True)
        ]

    def _fewest_answering(self, column: int, pattern: Pattern) -> int:
        """The lowest base that leaves room for the ticks in its column; hidden ones may all be at their lowest at once."""
        if self.grids[0][column].place not in pattern:
            return max(row[column] for row in self.counts[:-1])
        return max(self._fewest_ticks(grid, column, pattern) for grid in self.grids[1:])

    def _fewest_ticks(self, grid: Grid, column: int, pattern: Pattern) -> int:
        bounds = self._under_true_bases([self.known(cell.place, cell.count, pattern) for cell in grid])
        return attainable_range(grid, bounds, column)[0]


def hidden_in(grid: Grid, pattern: Pattern) -> list[int]:
    return [index for index, cell in enumerate(grid) if cell.place in pattern]
