"""What a question needs so that its table can be published, and no other tool's file says: the bands of numbers."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

USUAL_BANDS = (0, 1, 5, 10, 20, 50, 100)
FEW = 10
MOST_BANDS = 5


def with_bands(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A number's settings with bands: one for each number of a short range, five for a longer one, else the usual ones."""
    if settings.get("bands"):
        return dict(settings)
    low, high = settings.get("min"), settings.get("max")
    if isinstance(low, int) and isinstance(high, int) and low <= high:
        width = 1 if high - low < FEW else -(-(high - low + 1) // MOST_BANDS)
        bands: list[list[Any]] = [[start, min(start + width - 1, high)] for start in range(low, high + 1, width)]
    else:
        bands = [[start, after - 1] for start, after in pairwise(USUAL_BANDS)]
        bands.append([USUAL_BANDS[-1], None])
    return {**settings, "bands": bands}


COMPLETED: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {"number": with_bands}
"""How the settings of a kind are made whole."""


def made_whole(kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a question with what its table needs."""
    return COMPLETED.get(kind, dict)(settings)
