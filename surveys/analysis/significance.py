"""Tests of significance for true counts, with effect sizes and corrections for asking many questions at once.

scipy does the numerics; what is decided here is which test, with which correction, and what to report beside a p value.
For analysts' screens and the equality assessment only: the report's findings use no test, and every use prints that
responses are self-selected. Intervals are in `intervals`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from surveys.analysis.intervals import Interval, newcombe_difference

Matrix = npt.NDArray[np.float64]
CountsTable = npt.ArrayLike
"""Whole numbers of people, each person in one cell: shape [rows x columns]."""

LEAST_EXPECTED = 5.0
"""Cochran's rule of thumb: below this expected count in any cell, chi-squared and z are not to be trusted."""


class NothingToCompare(ValueError):
    """Fewer than two rows, columns or categories have anybody in them, or a group is empty."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Independence:
    """Pearson's chi-squared test of independence. Matrices have the table's shape.

    `statistic` and `p` are without continuity correction unless `yates` was asked for; `likelihood_ratio` is G², with the
    same degrees of freedom. `cramers_v` runs from 0 (none) to 1 (complete association) and never uses the correction.
    Residuals are per cell: Pearson (observed - expected) / √expected, and adjusted, which are near standard normal when
    rows and columns are independent. A row or column without people is left out of the test; its cells read 0.
    """

    statistic: float
    degrees_of_freedom: int
    p: float
    likelihood_ratio: float
    cramers_v: float
    base: int
    expected: Matrix
    least_expected: float
    pearson_residuals: Matrix
    adjusted_residuals: Matrix

    @property
    def is_dependable(self) -> bool:
        """Whether every expected count reaches LEAST_EXPECTED."""
        return self.least_expected >= LEAST_EXPECTED


@dataclass(frozen=True, kw_only=True, eq=False)
class GoodnessOfFit:
    """Pearson's chi-squared test of counts against given shares; arrays follow the order of the categories."""

    statistic: float
    degrees_of_freedom: int
    p: float
    base: int
    expected: Matrix
    pearson_residuals: Matrix
    adjusted_residuals: Matrix


@dataclass(frozen=True, kw_only=True)
class GroupDifference:
    """Two groups compared: shares and their difference (first less second, 0 to 1 scale), its 95% interval and p.

    `z` is None under Fisher's test, which has no such statistic.
    """

    first_share: float
    second_share: float
    difference: float
    interval: Interval
    method: Literal["z", "fisher"]
    z: float | None
    p: float


def independence(table: CountsTable, *, yates: bool = False) -> Independence:
    """Test whether rows and columns of a table are independent.

    `yates` applies the continuity correction, to a table of two by two only, as R's chisq.test does. Not for tick boxes:
    people who tick several would be counted several times. Raises NothingToCompare with fewer than two rows or columns
    that have people. Source: Agresti, Introduction to Categorical Data Analysis (2007), 2.4.
    """
    counts = np.asarray(table, np.float64)
    rows, columns = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    if rows.sum() < 2 or columns.sum() < 2:
        raise NothingToCompare("a test of independence needs people in two rows and two columns at least")
    observed = counts[np.ix_(rows, columns)]
    base = observed.sum()
    plain = stats.chi2_contingency(observed, correction=False)
    tested = stats.chi2_contingency(observed, correction=yates)
    ratio = stats.chi2_contingency(observed, correction=False, lambda_="log-likelihood")
    expected = plain.expected_freq
    pearson = (observed - expected) / np.sqrt(expected)
    unshared = np.outer(1 - observed.sum(axis=1) / base, 1 - observed.sum(axis=0) / base)
    return Independence(
        statistic=float(tested.statistic),
        degrees_of_freedom=int(tested.dof),
        p=float(tested.pvalue),
        likelihood_ratio=float(ratio.statistic),
        cramers_v=float(np.sqrt(plain.statistic / (base * (min(observed.shape) - 1)))),
        base=int(base),
        expected=_put_back(expected, rows, columns),
        least_expected=float(expected.min()),
        pearson_residuals=_put_back(pearson, rows, columns),
        adjusted_residuals=_put_back(pearson / np.sqrt(unshared), rows, columns),
    )


def goodness_of_fit(observed: npt.ArrayLike, shares: npt.ArrayLike) -> GoodnessOfFit:
    """Test counts by category against shares of a population, which need only be in proportion (9:3:3:1 will do).

    The adjusted residual of a category is its z against its share alone. Merge categories until each expected count is at
    least 5 before relying on p. Raises NothingToCompare without people or with fewer than two categories, ValueError for
    a share that is not above zero.
    """
    counts, wanted = np.asarray(observed, np.float64), np.asarray(shares, np.float64)
    base = counts.sum()
    if len(counts) < 2 or not base:
        raise NothingToCompare("a test against shares needs people, and two categories at least")
    if not (wanted > 0).all():
        raise ValueError("every category needs a share above zero")
    wanted = wanted / wanted.sum()
    expected = base * wanted
    tested = stats.chisquare(counts, expected)
    return GoodnessOfFit(
        statistic=float(tested.statistic),
        degrees_of_freedom=len(counts) - 1,
        p=float(tested.pvalue),
        base=int(base),
        expected=expected,
        pearson_residuals=(counts - expected) / np.sqrt(expected),
        adjusted_residuals=(counts - expected) / np.sqrt(expected * (1 - wanted)),
    )


def equal_shares(people: Sequence[int], bases: Sequence[int]) -> Independence:
    """Test whether several groups have one share in common: R's prop.test, without continuity correction.

    The result's rows are the groups; its columns those counted in `people`, then the rest.
    """
    counted, asked = np.asarray(people), np.asarray(bases)
    return independence(np.column_stack([counted, asked - counted]))


def pooled_z(first_people: int, first_base: int, second_people: int, second_base: int) -> tuple[float, float]:
    """The pooled two-proportion z, without continuity correction, and its two-sided p.

    Raises NothingToCompare when a group is empty, or when nobody or everybody in both is counted.
    """
    if not first_base or not second_base:
        raise NothingToCompare("a group without people has no share to compare")
    pooled = (first_people + second_people) / (first_base + second_base)
    if pooled in (0, 1):
        raise NothingToCompare("both groups are unanimous, and alike")
    error = np.sqrt(pooled * (1 - pooled) * (1 / first_base + 1 / second_base))
    z = float((first_people / first_base - second_people / second_base) / error)
    return z, float(two_sided_p(z))


def fisher_exact(table: CountsTable) -> float:
    """Fisher's exact two-sided p for a table of two by two: all tables no likelier than this one, as R sums them."""
    return float(stats.fisher_exact(np.asarray(table)).pvalue)


def compare_groups(first_people: int, first_base: int, second_people: int, second_base: int) -> GroupDifference:
    """Compare a share between two separate groups: pooled z if all four expected counts reach 5, else Fisher's test.

    Raises NothingToCompare when a group is empty.
    """
    if not first_base or not second_base:
        raise NothingToCompare("a group without people has no share to compare")
    table = [[first_people, first_base - first_people], [second_people, second_base - second_people]]
    z: float | None = None
    method: Literal["z", "fisher"] = "fisher"
    if _least_expected(np.array(table)) >= LEAST_EXPECTED:
        method = "z"
        z, p = pooled_z(first_people, first_base, second_people, second_base)
    else:
        p = fisher_exact(table)
    first_share, second_share = first_people / first_base, second_people / second_base
    return GroupDifference(
        first_share=first_share,
        second_share=second_share,
        difference=first_share - second_share,
        interval=newcombe_difference(first_people, first_base, second_people, second_base),
        method=method,
        z=z,
        p=p,
    )


def two_sided_p(z: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The chance, under a standard normal, of a value at least as far from 0 as each z."""
    return np.asarray(2 * special.ndtr(-np.abs(np.asarray(z, np.float64))))


def cells_that_differ(result: Independence, *, level: float = 0.05) -> npt.NDArray[np.bool_]:
    """Which cells' adjusted residuals stand out at `level`, after Holm's correction over the cells of the table."""
    filled = result.expected > 0
    differs = np.zeros(filled.shape, bool)
    differs[filled] = np.array(holm(two_sided_p(result.adjusted_residuals[filled]))) < level
    return differs


def holm(p_values: npt.ArrayLike) -> tuple[float, ...]:
    """Holm's adjusted p values, in the order given: the house correction within one question's family of comparisons.

    Keeps the chance of any false finding below the level. Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
    """
    given = _checked(p_values)
    order = np.argsort(given, kind="stable")
    stepped = given[order] * np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(stepped))
    return tuple(adjusted.tolist())


def benjamini_hochberg(p_values: npt.ArrayLike) -> tuple[float, ...]:
    """Benjamini and Hochberg's adjusted p values, in the order given: for exploring many themes by many groups.

    Keeps the expected share of false findings among the findings below the level. Source: Benjamini and Hochberg 1995, JRSS B
    57:289.
    """
    given = _checked(p_values)
    return tuple(stats.false_discovery_control(given, method="bh").tolist()) if given.size else ()


def bonferroni(p_values: npt.ArrayLike) -> tuple[float, ...]:
    """Bonferroni's adjusted p values: each times how many there are, at most 1."""
    given = _checked(p_values)
    return tuple(np.minimum(1.0, given * len(given)).tolist())


def _checked(p_values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    given = np.asarray(p_values, np.float64).reshape(-1)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("p values are from 0 to 1")
    return given


def _least_expected(table: npt.NDArray[Any]) -> float:
    return float(np.outer(table.sum(axis=1), table.sum(axis=0)).min() / table.sum())


def _put_back(values: npt.NDArray[np.float64], rows: npt.NDArray[np.bool_], columns: npt.NDArray[np.bool_]) -> Matrix:
    """Give the values the shape of the whole table, with 0 in the rows and columns that were left out."""
    whole = np.zeros((len(rows), len(columns)))
    whole[np.ix_(rows, columns)] = values
    return whole
