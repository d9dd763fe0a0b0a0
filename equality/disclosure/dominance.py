"""Dominance: a sum or weighted count that comes nearly all from one or two people says what they contributed.

Rules as in the tau-ARGUS and sdcTable family. Contributions are weights or amounts, none negative.
"""

from collections.abc import Iterable

LARGEST_WEIGHT_SHARE = 0.50
TWO_LARGEST_WEIGHTS_SHARE = 0.85


def is_dominated(contributions: Iterable[float], *, largest: int = 2, percent: float = 85) -> bool:
    """The (n, k) rule: whether the `largest` contributions make up more than `percent` of the whole."""
    ordered = sorted(contributions, reverse=True)
    return sum(ordered[:largest]) * 100 > percent * sum(ordered)


def gives_away_largest(contributions: Iterable[float], *, percent: float = 10) -> bool:
    """The p% rule: whether the second largest can work out the largest to within `percent` of it."""
    ordered = sorted(contributions, reverse=True)
    return bool(ordered) and sum(ordered[2:]) * 100 < percent * ordered[0]


def weights_dominate(weights: Iterable[float]) -> bool:
    """Whether a weighted cell rests on one or two people: over half on one weight, or over 85% on two."""
    ordered = sorted(weights, reverse=True)
    whole = sum(ordered)
    return ordered[:1] > [LARGEST_WEIGHT_SHARE * whole] or sum(ordered[:2]) > TWO_LARGEST_WEIGHTS_SHARE * whole
