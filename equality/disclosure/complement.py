"""The cheapest set of companions to hide, so that given cells of a grid can move as far as they must.

Complementary cell suppression by cutting planes (Fischetti & Salazar-González 2000). Where a cell cannot move far
enough, a smallest cut of the flow names the cells that stop it; enough of them must be hidden; the cheapest set that
meets every cut so found is tried next, until nothing is exposed. After an effort that depends on the table alone,
never on the clock, shortest paths take over: the same table must always hide the same places, or two releases
of it could be laid over each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds as VariableBounds
from scipy.optimize import LinearConstraint, milp

from .network import UNBOUNDED, Bounds, Cell, Grid, attainable_range, largest_move, slack
from .paths import NotEnoughToHide, hide_by_shortest_paths

MOST_ENTRIES = 40_000
MOST_BRANCHES = 200
"""Limits to the search for the best answer, over all rounds together: entries of the programmes solved (cuts by candidates)
and branches taken. They keep a table of 20 by 12 under two seconds."""


@dataclass(frozen=True)
class Need:
    """A cell (by index in its grid) that must be able to be `down` lower and `up` higher than it is."""

    index: int
    down: int
    up: int


Cost = Callable[[Cell], int]


def count_then_number(grid: Grid) -> Cost:
    """Smallest sum of true counts first, then fewest cells."""
    return lambda cell: cell.count * (len(grid) + 1) + 1


def number_then_count(grid: Grid) -> Cost:
    """Fewest cells first, then smallest sum of true counts."""
    total = sum(cell.count for cell in grid)
    return lambda cell: total + 1 + cell.count


def companions(
    grid: Grid,
    *,
    hidden: Iterable[int],
    needs: Sequence[Need],
    candidates: Iterable[int],
    ceilings: Sequence[int],
    cost: Cost | None = None,
) -> frozenset[int]:
    """Indexes of the companions to hide beside `hidden` so that every need is met, at the lowest cost.

    `candidates` are the cells that may be hidden and `ceilings` the highest count that each cell may be imagined to
    have. Ties go to the cells that come first. Raises NotEnoughToHide when even hiding every candidate is not enough.
    """
    problem = _Problem(grid, frozenset(hidden), tuple(sorted(set(candidates) - set(hidden))), tuple(ceilings))
    price = cost or count_then_number(grid)
    if problem.cuts(needs, frozenset(problem.candidates)):
        raise NotEnoughToHide("hiding every cell that may be hidden does not protect this table")
    chosen: frozenset[int] = frozenset()
    found: list[_Cut] = []
    entries, branches = MOST_ENTRIES, MOST_BRANCHES
    while True:
        missing = problem.cuts(needs, chosen)
        if not missing:
            return problem.first_of_equals(needs, found, price, chosen)
        found += missing
        entries -= len(found) * len(problem.candidates)
        cheapest = problem.cheapest(found, price, branches=branches) if entries > 0 else None
        if cheapest is None:
            return problem.by_shortest_paths(needs, price)
        chosen, used = cheapest
        branches -= used


def free_bounds(grid: Grid, hidden: frozenset[int], ceilings: Sequence[int]) -> list[Bounds]:
    """Published cells are known exactly; hidden ones are anything from zero to their ceiling."""
    return [(0, ceilings[index]) if index in hidden else (cell.count, cell.count) for index, cell in enumerate(grid)]


@dataclass(frozen=True)
class _Cut:
    """Candidates that stop a cell from moving, with how much room each would give, and how much is missing."""

    room: dict[int, int]
    missing: int


@dataclass(frozen=True)
class _Problem:
    grid: Grid
    hidden: frozenset[int]
    candidates: tuple[int, ...]
    ceilings: tuple[int, ...]

    def cuts(self, needs: Iterable[Need], chosen: frozenset[int]) -> list[_Cut]:
        """One cut for each move that a cell cannot make while `chosen` are hidden too; none when all needs are met."""
        bounds = free_bounds(self.grid, self.hidden | chosen, self.ceilings)
        moves = (
            (need.index, upwards, need.up if upwards else need.down) for need in needs for upwards in (False, True)
        )
        found = (self._cut(bounds, index, upwards, distance) for index, upwards, distance in moves)
        return [cut for cut in found if cut is not None]

    def cheapest(self, cuts: Sequence[_Cut], price: Cost, *, branches: int) -> tuple[frozenset[int], int] | None:
        """The cheapest candidates that give every cut the room it misses, and the branches that took; None past the limit."""
        prices = np.array([float(price(self.grid[index])) for index in self.candidates])
        position = {index: at for at, index in enumerate(self.candidates)}
        rooms = np.zeros((len(cuts), len(prices)))
        for at, cut in enumerate(cuts):
            for index, room in cut.room.items():
                rooms[at, position[index]] = room
        answer = milp(
            prices,
            constraints=LinearConstraint(rooms, np.array([cut.missing for cut in cuts], float), np.inf),
            bounds=VariableBounds(0, 1),
            integrality=1,
            options={"mip_rel_gap": 0.0, "node_limit": max(branches, 1)},
        )
        if answer.status != 0:
            return None
        chosen = frozenset(index for index, used in zip(self.candidates, np.round(answer.x), strict=True) if used)
        return chosen, int(answer.mip_node_count)

    def first_of_equals(
        self, needs: Sequence[Need], cuts: Sequence[_Cut], price: Cost, chosen: frozenset[int]
    ) -> frozenset[int]:
        """`chosen` with each cell swapped, where that is as cheap and as safe, for one that comes before it."""
        for later in sorted(chosen):
            for earlier in self.candidates[: self.candidates.index(later)]:
                swapped = chosen - {later} | {earlier}
                if earlier in chosen or price(self.grid[earlier]) != price(self.grid[later]):
                    continue
                if all(_is_met(cut, swapped) for cut in cuts) and not self.cuts(needs, swapped):
                    chosen = swapped
                    break
        return chosen

    def by_shortest_paths(self, needs: Sequence[Need], price: Cost) -> frozenset[int]:
        """Companions along cheapest paths; then those that turn out not to be needed are given back, dearest first."""
        found: set[int] = set()
        for need in needs:
            for upwards, distance in ((False, need.down), (True, need.up)):
                found |= hide_by_shortest_paths(
                    self.grid,
                    need.index,
                    hidden=self.hidden | found,
                    candidates=self.candidates,
                    ceilings=self.ceilings,
                    price=price,
                    upwards=upwards,
                    distance=distance,
                )
        for index in sorted(found, key=lambda index: (-price(self.grid[index]), index)):
            if not self.cuts(needs, frozenset(found - {index})):
                found.remove(index)
        return frozenset(found)

    def _cut(self, bounds: Sequence[Bounds], index: int, upwards: bool, distance: int) -> _Cut | None:
        moved, reached = largest_move(self.grid, bounds, index, upwards=upwards, limit=distance)
        if moved >= distance:
            return None
        everything = free_bounds(self.grid, self.hidden | set(self.candidates), self.ceilings)
        rises, falls = slack(self.grid, everything)
        crossing = {
            at: min(distance, rises[at] if cell.row in reached else falls[at])
            for at, cell in enumerate(self.grid)
            if at != index and (cell.row in reached) != (cell.column in reached)
        }
        missing = distance - sum(room for at, room in crossing.items() if at in self.hidden)
        return _Cut(
            {at: min(room, missing) for at, room in crossing.items() if room and at not in self.hidden}, missing
        )


def _is_met(cut: _Cut, chosen: frozenset[int]) -> bool:
    return sum(room for index, room in cut.room.items() if index in chosen) >= cut.missing


def widest_range(grid: Grid, hidden: Iterable[int], index: int) -> Bounds:
    """What an attacker who knows only that counts are not negative can say of a hidden cell."""
    return attainable_range(grid, free_bounds(grid, frozenset(hidden), [UNBOUNDED] * len(grid)), index)
