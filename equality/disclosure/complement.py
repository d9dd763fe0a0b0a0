"""The cheapest set of companions to hide, so that given cells of a grid can move as far as they must.

Complementary cell suppression (Fischetti & Salazar-González 2000) as a mixed-integer programme: one yes-or-no for
each companion and, for each cell to protect and each direction, a flow that moves the cell while only hidden cells
make up for it. Cells to protect are added as they turn out to be exposed. Past a size that depends on the table alone,
never on the clock, shortest paths take over: the same table must always hide the same places, or two releases of it
could be laid over each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds as VariableBounds
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

from .network import Bounds, Cell, Grid, attainable_range
from .paths import hide_by_shortest_paths

LARGEST_PROGRAMME = 4_000
"""Flow variables (cells to protect x 2 x cells) up to which the best answer is searched for; about a second."""


@dataclass(frozen=True)
class Need:
    """A cell (by index in its grid) that must be able to be `down` lower or `up` higher than it is."""

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


def exposed(grid: Grid, hidden: frozenset[int], needs: Iterable[Need], ceilings: Sequence[int]) -> list[Need]:
    """The needs that `hidden` cells do not meet: what an attacker who assumes only counts of zero or more can tell."""
    bounds = free_bounds(grid, hidden, ceilings)
    return [need for need in needs if not _is_met(need, grid, bounds)]


def free_bounds(grid: Grid, hidden: frozenset[int], ceilings: Sequence[int]) -> list[Bounds]:
    """Published cells are known exactly; hidden ones are anything from zero to their ceiling."""
    return [
        (0, ceilings[index]) if index in hidden else (cell.count, cell.count) for index, cell in enumerate(grid)
    ]


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
    have. Ties go to the cells that come first. Raises ValueError when even hiding every candidate is not enough.
    """
    programme = _Programme(grid, frozenset(hidden), sorted(set(candidates) - set(hidden)), tuple(ceilings))
    price = cost or count_then_number(grid)
    if exposed(grid, programme.hidden | set(programme.candidates), needs, ceilings):
        raise ValueError("hiding every cell that may be hidden does not protect this table")
    chosen: frozenset[int] = frozenset()
    active: list[Need] = []
    while missing := exposed(grid, programme.hidden | chosen, needs, ceilings):
        active += missing
        if 2 * len(active) * len(grid) > LARGEST_PROGRAMME:
            return _by_shortest_paths(programme, needs, price)
        chosen = programme.solve(active, price)
    return chosen


def _is_met(need: Need, grid: Grid, bounds: Sequence[Bounds]) -> bool:
    lowest, highest = attainable_range(grid, bounds, need.index)
    count = grid[need.index].count
    return lowest <= count - need.down and highest >= count + need.up


def _by_shortest_paths(programme: "_Programme", needs: Sequence[Need], price: Cost) -> frozenset[int]:
    """Companions along cheapest paths, then those that turn out not to be needed given back, dearest first."""
    grid, ceilings = programme.grid, programme.ceilings
    found = set(programme.hidden)
    for need in needs:
        moves = ((False, need.down), (True, need.up))
        for upwards, distance in moves:
            found |= hide_by_shortest_paths(
                grid, need.index, frozenset(found), programme.candidates, ceilings, price, upwards, distance
            )
    extra = sorted(found - programme.hidden, key=lambda index: (-price(grid[index]), index))
    for index in extra:
        if not exposed(grid, frozenset(found - {index}), needs, ceilings):
            found.remove(index)
    return frozenset(found - programme.hidden)


@dataclass(frozen=True)
class _Programme:
    """The mixed-integer programme over the cells of a grid that are or may be hidden."""

    grid: Grid
    hidden: frozenset[int]
    candidates: Sequence[int]
    ceilings: Sequence[int]

    def solve(self, needs: Sequence[Need], price: Cost) -> frozenset[int]:
        """Lowest cost first; among equals the set whose places come first."""
        prices = np.array([float(price(self.grid[index])) for index in self.candidates])
        matrix, low, high, box = self._constraints(needs)
        best = self._minimum(prices, matrix, low, high, box)
        budget = coo_array((prices, (np.zeros(len(prices), int), np.arange(len(prices)))), (1, matrix.shape[1]))
        order = np.arange(1.0, len(prices) + 1)
        limit = LinearConstraint(budget, -np.inf, float(prices @ best) + 0.5)
        first = self._minimum(order, matrix, low, high, box, limit)
        return frozenset(index for index, used in zip(self.candidates, first, strict=True) if used)

    def _minimum(
        self,
        prices: np.ndarray,
        matrix: coo_array,
        low: np.ndarray,
        high: np.ndarray,
        box: VariableBounds,
        *limits: LinearConstraint,
    ) -> np.ndarray:
        objective = np.zeros(matrix.shape[1])
        objective[: len(prices)] = prices
        whole = np.zeros(matrix.shape[1])
        whole[: len(prices)] = 1
        answer = milp(
            objective,
            constraints=[LinearConstraint(matrix, low, high), *limits],
            bounds=box,
            integrality=whole,
            options={"mip_rel_gap": 0.0},
        )
        if answer.x is None:
            raise ValueError(f"no set of companions was found: {answer.message}")
        return np.round(answer.x[: len(prices)])

    def _constraints(
        self, needs: Sequence[Need]
    ) -> tuple[coo_array, np.ndarray, np.ndarray, VariableBounds]:
        """Variables: companions first, then one flow for each hideable cell for each move."""
        rows: list[tuple[dict[int, float], float, float]] = []
        lowest, highest = [0.0] * len(self.candidates), [1.0] * len(self.candidates)
        for need in needs:
            for distance in (-need.down, need.up):
                if distance:
                    self._add_move(need.index, distance, rows, lowest, highest)
        entries = [(at, column, value) for at, (row, _, _) in enumerate(rows) for column, value in row.items()]
        at, columns, values = zip(*entries, strict=True)
        matrix = coo_array((values, (at, columns)), (len(rows), len(lowest)))
        low, high = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
        return matrix, low, high, VariableBounds(lowest, highest)

    def _add_move(
        self,
        moved: int,
        distance: int,
        rows: list[tuple[dict[int, float], float, float]],
        lowest: list[float],
        highest: list[float],
    ) -> None:
        """Add one flow that moves a cell by `distance`. No other cell need move further, since flows split into cycles."""
        at_nodes: dict[int, dict[int, float]] = {}
        position = {index: at for at, index in enumerate(self.candidates)}
        for index in sorted(self.hidden | set(self.candidates)):
            cell, flow = self.grid[index], len(lowest)
            down, up = min(cell.count, abs(distance)), min(self.ceilings[index] - cell.count, abs(distance))
            lowest.append(float(distance if index == moved else -down))
            highest.append(float(distance if index == moved else up))
            for node in (cell.row, cell.column):
                at_nodes.setdefault(node, {})[flow] = float(cell.sign)
            if index in position:
                rows.append(({flow: 1.0, position[index]: -float(up)}, -np.inf, 0.0))
                rows.append(({flow: 1.0, position[index]: float(down)}, 0.0, np.inf))
        rows.extend((sums, 0.0, 0.0) for sums in at_nodes.values())
