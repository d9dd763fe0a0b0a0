"""Companions for tables too large for the best answer: hide the cheapest cycle through each cell that needs protection."""

import heapq
from collections.abc import Callable, Sequence

from .network import Cell, Grid


class NotEnoughToHide(ValueError):
    """Even with every candidate hidden, a number could be worked out."""


def hide_by_shortest_paths(
    grid: Grid,
    index: int,
    *,
    hidden: frozenset[int],
    candidates: Sequence[int],
    ceilings: Sequence[int],
    price: Callable[[Cell], int],
    upwards: bool,
    distance: int,
) -> set[int]:
    """Cells to hide, beside `hidden`, so that cell `index` can move by `distance` (successive shortest paths).

    Hidden cells cost nothing; a candidate costs its price once. Raises NotEnoughToHide when there is no way left.
    """
    flow: list[int] = [0] * len(grid)
    found: set[int] = set()
    cell, moved = grid[index], 0
    if cell.row == cell.column:
        return found
    start, goal = (cell.column, cell.row) if upwards == (cell.sign > 0) else (cell.row, cell.column)
    arcs = _arcs(grid, set(hidden) | set(candidates), index)
    while moved < distance:

        def cost_of(at: int) -> int:
            return 0 if at in hidden or at in found else price(grid[at])

        path = _cheapest_path(grid, arcs, flow, ceilings, cost_of, start, goal)
        step = min(distance - moved, *(_room(grid[at], flow[at], ceilings[at], rising) for at, rising in path))
        for at, rising in path:
            flow[at] += step if rising == (grid[at].sign > 0) else -step
            if at not in hidden:
                found.add(at)
        moved += step
    return found


def _arcs(grid: Grid, usable: set[int], without: int) -> dict[int, list[int]]:
    arcs: dict[int, list[int]] = {}
    for at in sorted(usable - {without}):
        arcs.setdefault(grid[at].row, []).append(at)
        arcs.setdefault(grid[at].column, []).append(at)
    return arcs


def _room(cell: Cell, flow: int, ceiling: int, rising: bool) -> int:
    """How far the count of a cell can still move; `rising` is of its signed count."""
    return ceiling - cell.count - flow if rising == (cell.sign > 0) else cell.count + flow


def _cheapest_path(
    grid: Grid,
    arcs: dict[int, list[int]],
    flow: Sequence[int],
    ceilings: Sequence[int],
    cost_of: Callable[[int], int],
    start: int,
    goal: int,
) -> list[tuple[int, bool]]:
    """Dijkstra's shortest path over cells that can still move; each with whether its signed count rises."""
    best = {start: 0}
    came: dict[int, tuple[int, bool, int]] = {}
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == goal:
            return _walk_back(came, start, goal)
        if cost > best[node]:
            continue
        for at in arcs.get(node, ()):
            cell, rising = grid[at], grid[at].row == node
            other, reach = (cell.column if rising else cell.row), cost + cost_of(at)
            if _room(cell, flow[at], ceilings[at], rising) > 0 and reach < best.get(other, reach + 1):
                best[other], came[other] = reach, (at, rising, node)
                heapq.heappush(queue, (reach, other))
    raise NotEnoughToHide("hiding every cell that may be hidden does not protect this table")


def _walk_back(came: dict[int, tuple[int, bool, int]], start: int, goal: int) -> list[tuple[int, bool]]:
    path, node = [], goal
    while node != start:
        at, rising, node = came[node]
        path.append((at, rising))
    return path
