"""Confidence intervals of shares and of differences between shares, and what weights leave of a base.

Standard library only. Tests of significance are in `significance`. Responses to a consultation are self-selected: an
interval from here shows how few people a share rests on, and must never be printed as a margin of error for a population.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """Bounds of a share (0 to 1) or of a difference of shares (-1 to 1)."""

    low: float
    high: float


def wilson(people: int, base: int, *, confidence: float = 0.95) -> Interval:
    """Wilson's score interval, without continuity correction, for the share `people` / `base`.

    Source: Newcombe 1998, Statistics in Medicine 17:857, method 3. Raises ValueError unless 0 <= people <= base and
    base > 0: a share of nobody has no interval.
    """
    _check_share(people, base)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = people + z * z / 2
    reach = z * sqrt(people * (base - people) / base + z * z / 4)
    # At the ends the bounds are exactly 0 and 1; rounding must neither pass them nor shut the share itself out.
    low = 0.0 if people == 0 else min((middle - reach) / (base + z * z), people / base)
    high = 1.0 if people == base else max((middle + reach) / (base + z * z), people / base)
    return Interval(low, high)


def newcombe_difference(
    first_people: int, first_base: int, second_people: int, second_base: int, *, confidence: float = 0.95
) -> Interval:
    """Newcombe's interval for the first share less the second, in two separate groups of people.

    Source: Newcombe 1998, Statistics in Medicine 17:873, method 10 (Wilson's bounds of each share, joined). Raises
    ValueError as `wilson` does.
    """
    first = wilson(first_people, first_base, confidence=confidence)
    second = wilson(second_people, second_base, confidence=confidence)
    first_share, second_share = first_people / first_base, second_people / second_base
    difference = first_share - second_share
    below = sqrt((first_share - first.low) ** 2 + (second.high - second_share) ** 2)
    above = sqrt((first.high - first_share) ** 2 + (second_share - second.low) ** 2)
    return Interval(max(-1.0, difference - below), min(1.0, difference + above))


def effective_base(weights: Sequence[float]) -> float:
    """Kish's effective number of respondents: how many unweighted ones would be as informative.

    It is the base when all weights are equal, and less otherwise; base / effective base is the design effect. Source: Kish,
    Survey Sampling (1965). Raises ValueError for a negative weight or when no weight is above zero.
    """
    if min(weights, default=0) < 0 or not any(weights):
        raise ValueError("weights are zero or more, and one at least is above zero")
    largest = max(weights)  # dividing by it keeps squares of extreme weights within floating point
    shares = [weight / largest for weight in weights]
    return sum(shares) ** 2 / sum(share * share for share in shares)


def _check_share(people: int, base: int) -> None:
    if not 0 <= people <= base or base == 0:
        raise ValueError(f"{people} of {base} people is not a share")
