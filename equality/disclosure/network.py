"""A table whose parts add up is a flow network, and what an attacker can work out about a cell is a largest flow.

Give every row and every column of a table (margins included, with their sign turned) a node and every cell an arc
between its row and its column: the sums say that flow is kept at each node. The largest rise or fall of one cell that
the published numbers allow is then a maximum flow. The matrix of such a network is totally unimodular, so the answer
is exactly that of the linear programme, and whole (Fischetti & Salazar-González 2000; Hundepool et al. 2012).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from .tables import CountTable, Place

UNBOUNDED = 10**12
"""Stands for "no upper limit" on a number of people."""

Bounds = tuple[int, int]
"""The lowest and the highest a number can be, both included."""


@dataclass(frozen=True)
class Cell:
    """One number of a table: where it stands, its true count, and the two sums it is part of (`sign` -1 for a total)."""

    place: Place
    count: int
    row: int
    column: int
    sign: int


Grid = tuple[Cell, ...]
"""Cells tied together by sums. Cells of different grids share no sum."""


def grids(table: CountTable) -> list[Grid]:
    """The grids of a table with its margins: one when rows add up, one for each row when they overlap."""
    counts = table.with_margins()
    if not table.additive_rows:
        return [_one_sum([(i, j) for j in range(len(row))], row) for i, row in enumerate(counts)]
    if not table.has_total_column:
        return [_one_sum([(i, 0) for i in range(len(counts))], [row[0] for row in counts])]
    last_row, last_column = len(counts) - 1, len(counts[0]) - 1
    return [
        tuple(
            Cell((i, j), count, i, len(counts) + j, 1 if (i == last_row) == (j == last_column) else -1)
            for i, row in enumerate(counts)
            for j, count in enumerate(row)
        )
    ]


def attainable_range(grid: Grid, bounds: Sequence[Bounds], index: int, *, enough: int | None = None) -> Bounds:
    """The lowest and highest count that cell `index` can have, given `bounds` on every cell and the sums.

    The true counts must lie within `bounds`. With `enough` the search stops once that many different counts are
    possible. Cost: a few walks over the grid, about 0.1 ms each for 20 rows by 12 columns.
    """
    count, (lowest, highest) = grid[index].count, bounds[index]
    wanted = UNBOUNDED if enough is None else enough - 1
    fall, _ = largest_move(grid, bounds, index, upwards=False, limit=min(count - lowest, wanted))
    rise, _ = largest_move(grid, bounds, index, upwards=True, limit=min(highest - count, wanted - fall))
    return count - fall, count + rise


def largest_move(
    grid: Grid, bounds: Sequence[Bounds], index: int, *, upwards: bool, limit: int
) -> tuple[int, frozenset[int]]:
    """How far one cell can move, up to `limit`, while other cells make up for it in every sum (Edmonds & Karp 1972).

    Also the nodes that can still be reached when the move stops short: the cells between them and the other nodes are
    what stops it (a smallest cut). Empty when the cell moves all of `limit`.
    """
    cell = grid[index]
    if limit <= 0 or cell.row == cell.column:
        return max(limit, 0), frozenset()
    start, goal = (cell.column, cell.row) if upwards == (cell.sign > 0) else (cell.row, cell.column)
    rises, falls = slack(grid, bounds)
    arcs = _arcs_at(grid, index)
    moved = 0
    while moved < limit:
        reached = _search(grid, arcs, rises, falls, start, goal)
        if goal not in reached:
            return moved, frozenset(reached)
        path = _path_to(goal, reached)
        step = min(limit - moved, *(rises[arc] if rising else falls[arc] for arc, rising in path))
        for arc, rising in path:
            rises[arc] += -step if rising else step
            falls[arc] += step if rising else -step
        moved += step
    return moved, frozenset()


def slack(grid: Grid, bounds: Sequence[Bounds]) -> tuple[list[int], list[int]]:
    """How far each signed count can rise and how far it can fall within its own bounds."""
    rises, falls = [], []
    for cell, (lowest, highest) in zip(grid, bounds, strict=True):
        up, down = highest - cell.count, cell.count - lowest
        rises.append(up if cell.sign > 0 else down)
        falls.append(down if cell.sign > 0 else up)
    return rises, falls


def _one_sum(places: Sequence[Place], counts: Sequence[int]) -> Grid:
    """Parts and their total, last. A number on its own is tied to nothing: its two nodes are one."""
    alone = len(places) == 1
    last = len(places) - 1
    return tuple(
        Cell(place, count, 0, 0 if alone else 1, -1 if at == last and not alone else 1)
        for at, (place, count) in enumerate(zip(places, counts, strict=True))
    )


def _arcs_at(grid: Grid, without: int) -> dict[int, list[int]]:
    arcs: dict[int, list[int]] = {}
    for at, cell in enumerate(grid):
        if at != without:
            arcs.setdefault(cell.row, []).append(at)
            arcs.setdefault(cell.column, []).append(at)
    return arcs


_Reached = dict[int, tuple[int, bool, int] | None]
"""For each node: the cell that led to it, whether that cell rises, and the node before; None for the start."""


def _search(
    grid: Grid, arcs: dict[int, list[int]], rises: list[int], falls: list[int], start: int, goal: int
) -> _Reached:
    """Nodes within reach, nearest first, until the goal: leaving a row raises a cell, leaving a column lowers one."""
    reached: _Reached = {start: None}
    queue = deque([start])
    while queue and goal not in reached:
        node = queue.popleft()
        for arc in arcs.get(node, ()):
            cell = grid[arc]
            rising = cell.row == node
            other = cell.column if rising else cell.row
            if other not in reached and (rises if rising else falls)[arc] > 0:
                reached[other] = (arc, rising, node)
                queue.append(other)
    return reached


def _path_to(goal: int, reached: _Reached) -> list[tuple[int, bool]]:
    """Cells to change on the way to the goal, each with whether it rises."""
    path, step = [], reached[goal]
    while step is not None:
        path.append((step[0], step[1]))
        step = reached[step[2]]
    return path
