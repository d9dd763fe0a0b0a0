"""Tests of significance against published and R-printed vectors, and the rules of the corrections."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.intervals import newcombe_difference
from surveys.analysis.significance import (
    GroupDifference,
    NothingToCompare,
    benjamini_hochberg,
    bonferroni,
    cells_that_differ,
    compare_groups,
    equal_shares,
    fisher_exact,
    goodness_of_fit,
    holm,
    independence,
    pooled_z,
    two_sided_p,
)

PARTY_BY_GENDER = [[762, 327, 468], [484, 239, 477]]
BENJAMINI_HOCHBERG_1995 = (
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1.0,
)
WIGAN_16_AND_OVER = (30683, 43689, 41319, 46419, 42982, 35245, 21945, 6410)
AGE_BANDS_HEARD_FROM = (12, 30, 44, 62, 88, 104, 50, 10)

p_values = st.lists(st.floats(0, 1), max_size=30)
groups = st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def rounded(values, digits):
    return np.round(np.asarray(values, float), digits).tolist()


def test_independence_gives_agrestis_party_by_gender():
    result = independence(PARTY_BY_GENDER)

    assert (round(result.statistic, 3), result.degrees_of_freedom, result.base) == (30.070, 2, 2757)
    assert f"{result.p:.3e}" == "2.954e-07"
    assert round(result.cramers_v, 4) == 0.1044
    assert rounded(result.pearson_residuals[0], 4) == [2.1989, 0.4114, -2.8432]
    assert rounded(result.adjusted_residuals, 4) == [[4.5021, 0.6995, -5.3159], [-4.5021, -0.6995, 5.3159]]
    assert result.is_dependable
    assert cells_that_differ(result).tolist() == [[True, False, True], [True, False, True]]


def test_independence_of_identical_rows_finds_nothing():
    result = independence([[10, 20], [10, 20]])

    assert (result.statistic, result.p, result.cramers_v) == (0, 1, 0)
    assert not cells_that_differ(result).any()


def test_perfect_association_has_v_of_one():
    assert independence([[30, 0], [0, 12]]).cramers_v == pytest.approx(1)


def test_row_and_column_without_people_change_nothing_but_the_shape():
    full, with_empty = independence(PARTY_BY_GENDER), independence([[762, 0, 327, 468], [0] * 4, [484, 0, 239, 477]])

    assert (with_empty.statistic, with_empty.degrees_of_freedom, with_empty.cramers_v, with_empty.least_expected) == (
        full.statistic,
        full.degrees_of_freedom,
        full.cramers_v,
        full.least_expected,
    )
    assert with_empty.adjusted_residuals[[0, 2]][:, [0, 2, 3]].tolist() == full.adjusted_residuals.tolist()
    assert (with_empty.adjusted_residuals[1].tolist(), with_empty.expected[:, 1].tolist()) == ([0] * 4, [0] * 3)
    assert cells_that_differ(with_empty)[[0, 2]][:, [0, 2, 3]].tolist() == cells_that_differ(full).tolist()


@pytest.mark.parametrize("table", ([[1, 2]], [[1], [2]], [[1, 2], [0, 0]], [[0, 0], [0, 0]]))
def test_table_without_two_rows_and_columns_of_people_is_refused(table):
    with pytest.raises(NothingToCompare):
        independence(table)


def test_small_expected_count_is_not_dependable():
    assert not independence([[1, 9], [2, 8]]).is_dependable


def test_goodness_of_fit_gives_mendels_peas():
    result = goodness_of_fit([315, 101, 108, 32], [9, 3, 3, 1])

    assert (round(result.statistic, 4), round(result.p, 4), result.degrees_of_freedom) == (0.4700, 0.9254, 3)


def test_goodness_of_fit_gives_the_r_help_example():
    result = goodness_of_fit([89, 37, 30, 28, 2], [0.40, 0.20, 0.20, 0.19, 0.01])

    assert (round(result.statistic, 4), result.degrees_of_freedom, round(result.p, 4)) == (5.7947, 4, 0.2150)
    assert rounded(result.adjusted_residuals, 4) == [2.1852, -0.0367, -1.3198, -1.3719, 0.1032]
    assert rounded(result.expected, 2) == [74.4, 37.2, 37.2, 35.34, 1.86]


def test_goodness_of_fit_gives_the_representativeness_example():
    result = goodness_of_fit(AGE_BANDS_HEARD_FROM, WIGAN_16_AND_OVER)

    assert (round(result.statistic, 2), result.degrees_of_freedom) == (118.26, 7)
    assert rounded(result.adjusted_residuals, 2) == [-5.29, -4.75, -2.43, -0.94, 3.28, 7.63, 3.16, 0.15]
    assert round(holm(two_sided_p(result.adjusted_residuals))[2], 4) == 0.0457


@pytest.mark.parametrize(("observed", "shares"), (([], []), ([5], [1]), ([0, 0], [1, 1])))
def test_fit_of_nobody_or_to_one_category_is_refused(observed, shares):
    with pytest.raises(NothingToCompare):
        goodness_of_fit(observed, shares)


def test_fit_to_a_category_without_a_share_is_refused():
    with pytest.raises(ValueError, match="share above zero"):
        goodness_of_fit([5, 5], [1, 0])


def test_equal_shares_gives_rs_smokers():
    result = equal_shares([83, 90, 129, 70], [86, 93, 136, 82])

    assert (round(result.statistic, 4), result.degrees_of_freedom, round(result.p, 6)) == (12.6004, 3, 0.005585)


@pytest.mark.parametrize(("table", "digits", "p"), (([[3, 1], [1, 3]], 4, 0.4857), ([[2, 10], [15, 3]], 7, 0.0005367)))
def test_fisher_gives_the_two_sided_p_that_r_prints(table, digits, p):
    assert round(fisher_exact(table), digits) == p


def test_pooled_z_gives_newcombes_example():
    z, p = pooled_z(56, 70, 48, 80)

    assert (round(z, 4), round(p, 5)) == (2.6502, 0.00805)


def test_group_difference_uses_z_when_every_expected_count_reaches_five():
    result = compare_groups(60, 150, 130, 230)

    assert result == GroupDifference(
        first_share=0.4,
        second_share=130 / 230,
        difference=0.4 - 130 / 230,
        interval=newcombe_difference(60, 150, 130, 230),
        method="z",
        z=result.z,
        p=result.p,
    )
    assert (round(100 * result.difference, 1), round(result.z, 3), round(result.p, 5)) == (-16.5, -3.148, 0.00164)
    assert round(fisher_exact([[60, 90], [130, 100]]), 5) == 0.00229


def test_group_difference_uses_fisher_when_an_expected_count_is_below_five():
    result = compare_groups(3, 4, 1, 4)

    assert (result.method, result.z, round(result.p, 4), result.difference) == ("fisher", None, 0.4857, 0.5)


def test_unanimous_groups_compare_by_fisher_with_p_of_one():
    assert compare_groups(40, 40, 30, 30).p == 1


def test_expected_count_of_exactly_five_still_uses_z():
    assert compare_groups(4, 10, 6, 10).method == "z"


@pytest.mark.parametrize("compare", (compare_groups, pooled_z))
def test_group_without_people_is_refused(compare):
    with pytest.raises(NothingToCompare):
        compare(0, 0, 3, 10)


def test_pooled_z_of_unanimous_groups_is_refused():
    with pytest.raises(NothingToCompare):
        pooled_z(10, 10, 20, 20)


@given(groups, groups)
def test_pooled_z_squared_is_the_chi_squared_of_its_table(first, second):
    table = np.array([[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]])
    if not table.sum(axis=0).all():
        return

    z, p = pooled_z(*first, *second)
    result = independence(table)
    assert (z**2, p) == pytest.approx((result.statistic, result.p), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("correct", "adjusted"),
    (
        (holm, [0.03, 0.06, 0.06, 0.02]),
        (benjamini_hochberg, [0.02, 0.04, 0.04, 0.02]),
        (bonferroni, [0.04, 0.16, 0.12, 0.02]),
    ),
)
def test_corrections_of_four_p_values(correct, adjusted):
    assert rounded(correct([0.01, 0.04, 0.03, 0.005]), 10) == adjusted


@pytest.mark.parametrize(("correct", "rejections"), ((bonferroni, 3), (holm, 3), (benjamini_hochberg, 4)))
def test_corrections_reject_as_benjamini_and_hochberg_published(correct, rejections):
    assert sum(p <= 0.05 for p in correct(BENJAMINI_HOCHBERG_1995)) == rejections


def test_benjamini_hochberg_gives_the_adjusted_values_of_the_paper():
    assert rounded(benjamini_hochberg(BENJAMINI_HOCHBERG_1995)[3:5], 4) == [0.0356, 0.0603]


@given(p_values)
def test_holm_is_between_the_raw_p_and_bonferroni_and_keeps_the_order(given_ps):
    adjusted = holm(given_ps)

    assert all(raw <= step <= most for raw, step, most in zip(given_ps, adjusted, bonferroni(given_ps), strict=True))
    ordered = sorted(zip(given_ps, adjusted, strict=True))
    assert [step for _, step in ordered] == sorted(adjusted)


@given(p_values)
def test_benjamini_hochberg_is_between_the_raw_p_and_holm(given_ps):
    adjusted = benjamini_hochberg(given_ps)

    assert all(raw <= step + 1e-12 for raw, step in zip(given_ps, adjusted, strict=True))
    assert all(step <= most + 1e-12 for step, most in zip(adjusted, holm(given_ps), strict=True))


@given(p_values, st.randoms())
def test_corrections_do_not_depend_on_the_order_of_the_questions(given_ps, random):
    shuffled = list(given_ps)
    random.shuffle(shuffled)

    for correct in (holm, benjamini_hochberg, bonferroni):
        assert sorted(correct(given_ps)) == pytest.approx(sorted(correct(shuffled)))


@pytest.mark.parametrize("correct", (holm, benjamini_hochberg, bonferroni))
def test_corrections_refuse_what_is_not_a_p_value(correct):
    with pytest.raises(ValueError, match="from 0 to 1"):
        correct([0.5, 1.2])
