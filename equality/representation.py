"""Who was heard from, against a population: shares, gaps, intervals and a flag for each category of a characteristic.

Pure numbers in and out, from TRUE counts: what may be shown of them is decided by `equality.disclosure`. People who
preferred not to say, left the question blank or were not asked are not part of any base here. Consultations are
self-selected, so a flag says whom to go and ask; it never says that the others were represented.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from scipy.stats import chi2, norm

FEWEST_ANSWERS = 30
FEWEST_EXPECTED = 5
UNDER_INDEX = 80
OVER_INDEX = 120
NORMAL_95 = float(norm.ppf(0.975))


class Flag(Enum):
    """What a category's share says, in the words to print."""

    UNDER = "fewer than expected"
    OVER = "more than expected"
    IN_LINE = "broadly in line"
    TOO_FEW_TO_SAY = "too few to say"
    NOT_HEARD_FROM = "not heard from"
    NO_BASELINE = "no population figure"
    OUTSIDE = "outside this population"


@dataclass(frozen=True)
class CategoryRepresentation:
    """One category. Shares are from 0 to 1, `gap` in percentage points, `index` 100 when the shares are equal.

    `lowest` and `highest` are the Wilson 95% interval of `share`; `p_value` is of `z` and `holm_p_value` the same
    adjusted for the number of categories. All are None where nobody answered or there is no population figure.
    """

    category: str
    observed: int
    expected: float | None
    share: float | None
    population_share: float | None
    gap: float | None
    index: float | None
    lowest: float | None
    highest: float | None
    z: float | None
    p_value: float | None
    holm_p_value: float | None
    flag: Flag


@dataclass(frozen=True)
class Representation:
    """A characteristic as a whole, over the `answered` people whom the population covers.

    `dissimilarity` is the share of people (0 to 1) who would have to be in another category for the two to be alike.
    Chi-squared goodness of fit is over categories with at least 5 expected, neighbours merged until they have.
    """

    answered: int
    categories: tuple[CategoryRepresentation, ...]
    chi_squared: float | None
    degrees_of_freedom: int | None
    p_value: float | None
    dissimilarity: float | None


def representation(
    categories: Sequence[str], *, observed: Sequence[int], population: Sequence[float] | None
) -> Representation:
    """Compare `observed` people by category with `population` figures (counts or shares) in the same order.

    `population` None means that no figure exists: shares are given and nothing is compared. A category with a population of
    0 lies outside it (under 16, in a population of 16 or over) and is in no base. Raises ValueError when the lengths differ
    or the population is empty.
    """
    if population is None:
        answered = sum(observed)
        rows = [_uncompared(*row, answered, Flag.NO_BASELINE) for row in zip(categories, observed, strict=True)]
        return Representation(answered, tuple(rows), None, None, None, None)
    if not sum(population) > 0:
        raise ValueError("a population needs somebody in it")
    shares = [figure / sum(population) for figure in population]
    covered = [(count, share) for count, share in zip(observed, shares, strict=True) if share]
    counts, covered_shares = [count for count, _ in covered], [share for _, share in covered]
    answered = sum(counts)
    scores = [z_score(count, answered, share) for count, share in covered]
    adjusted = iter(holm([two_sided_p_value(z) for z in scores if z is not None]))
    tests = iter([(z, None if z is None else next(adjusted)) for z in scores])
    compared = tuple(
        _compared(category, count, share, *next(tests), answered=answered)
        if share
        else _uncompared(category, count, 0, Flag.OUTSIDE)
        for category, count, share in zip(categories, observed, shares, strict=True)
    )
    fit = goodness_of_fit(counts, covered_shares)
    return Representation(answered, compared, *fit, _dissimilarity(counts, covered_shares))


def wilson_interval(count: int, base: int, *, z: float = NORMAL_95) -> tuple[float, float]:
    """The score interval for a proportion (Wilson 1927; Newcombe 1998), 95% by default, from 0 to 1."""
    centre = (2 * count + z * z) / (2 * (base + z * z))
    half = z * math.sqrt(z * z + 4 * count * (1 - count / base)) / (2 * (base + z * z))
    return max(0.0, centre - half), min(1.0, centre + half)


def z_score(count: int, base: int, share: float) -> float | None:
    """How many standard errors a count is above what `share` of `base` would give; None when it cannot vary."""
    variance = base * share * (1 - share)
    return (count - base * share) / math.sqrt(variance) if variance > 0 else None


def two_sided_p_value(z: float) -> float:
    return float(2 * norm.sf(abs(z)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjustment (1979), in the order given; each at most 1."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    steps = accumulate(((len(order) - rank) * p_values[at] for rank, at in enumerate(order)), max)
    adjusted = dict(zip(order, steps, strict=True))
    return [min(1.0, adjusted[at]) for at in range(len(p_values))]


def goodness_of_fit(observed: Sequence[int], shares: Sequence[float]) -> tuple[float | None, int | None, float | None]:
    """Chi-squared, degrees of freedom and p-value; three Nones when fewer than two categories expect 5 people."""
    merged = _merged(observed, [sum(observed) * share for share in shares])
    if len(merged) < 2:
        return None, None, None
    statistic = sum((count - expected) ** 2 / expected for count, expected in merged)
    return statistic, len(merged) - 1, float(chi2.sf(statistic, len(merged) - 1))


def flag_for(*, observed: int, answered: int, population_share: float) -> Flag:
    """The flag of one category: the interval must clear the population share and the index must be far from 100."""
    expected = answered * population_share
    if answered < FEWEST_ANSWERS or expected < FEWEST_EXPECTED:
        return Flag.TOO_FEW_TO_SAY
    if observed == 0:
        return Flag.NOT_HEARD_FROM
    lowest, highest = wilson_interval(observed, answered)
    index = 100 * observed / expected
    if highest < population_share and index < UNDER_INDEX:
        return Flag.UNDER
    if lowest > population_share and index > OVER_INDEX:
        return Flag.OVER
    return Flag.IN_LINE


def _compared(
    category: str,
    observed: int,
    population_share: float,
    z: float | None,
    holm_p_value: float | None,
    *,
    answered: int,
) -> CategoryRepresentation:
    share = observed / answered if answered else None
    lowest, highest = wilson_interval(observed, answered) if answered else (None, None)
    return CategoryRepresentation(
        category=category,
        observed=observed,
        expected=answered * population_share,
        share=share,
        population_share=population_share,
        gap=None if share is None else 100 * (share - population_share),
        index=None if share is None else 100 * share / population_share,
        lowest=lowest,
        highest=highest,
        z=z,
        p_value=None if z is None else two_sided_p_value(z),
        holm_p_value=holm_p_value,
        flag=flag_for(observed=observed, answered=answered, population_share=population_share),
    )


def _uncompared(category: str, observed: int, answered: int, flag: Flag) -> CategoryRepresentation:
    lowest, highest = wilson_interval(observed, answered) if answered else (None, None)
    return CategoryRepresentation(
        category=category,
        observed=observed,
        expected=None,
        share=observed / answered if answered else None,
        population_share=None if flag is Flag.NO_BASELINE else 0.0,
        gap=None,
        index=None,
        lowest=lowest,
        highest=highest,
        z=None,
        p_value=None,
        holm_p_value=None,
        flag=flag,
    )


def _merged(observed: Sequence[int], expected: Sequence[float]) -> list[tuple[int, float]]:
    """Neighbours added together until each expects 5; what is left over at the end joins the last."""
    merged: list[tuple[int, float]] = []
    count, people = 0, 0.0
    for more_count, more_people in zip(observed, expected, strict=True):
        count, people = count + more_count, people + more_people
        if people >= FEWEST_EXPECTED:
            merged.append((count, people))
            count, people = 0, 0.0
    if people and merged:
        last_count, last_people = merged.pop()
        merged.append((last_count + count, last_people + people))
    return merged


def _dissimilarity(observed: Sequence[int], shares: Sequence[float]) -> float | None:
    answered = sum(observed)
    if not answered:
        return None
    return sum(abs(count / answered - share) for count, share in zip(observed, shares, strict=True)) / 2
