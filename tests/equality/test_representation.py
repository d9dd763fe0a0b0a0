"""The worked comparison of 400 people with Wigan aged 16 and over, and the rules for each flag."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equality.representation import (
    Flag,
    flag_for,
    goodness_of_fit,
    holm,
    representation,
    wilson_interval,
    z_score,
)

BANDS = ["16–24", "25–34", "35–44", "45–54", "55–64", "65–74", "75–84", "85+"]
SAMPLE = [12, 30, 44, 62, 88, 104, 50, 10]
WIGAN = [30_683, 43_689, 41_319, 46_419, 42_982, 35_245, 21_945, 6_410]


def test_worked_comparison_with_wigan_agrees_to_the_digits_printed():
    result = representation(BANDS, observed=SAMPLE, population=WIGAN)

    printed = [
        (
            row.category,
            round(100 * row.share, 1),
            round(100 * row.population_share, 2),
            round(row.index, 1),
            f"{100 * row.lowest:.1f}–{100 * row.highest:.1f}",
            round(row.z, 2),
            row.flag,
        )
        for row in result.categories
    ]
    assert printed == [
        ("16–24", 3.0, 11.42, 26.3, "1.7–5.2", -5.29, Flag.UNDER),
        ("25–34", 7.5, 16.26, 46.1, "5.3–10.5", -4.75, Flag.UNDER),
        ("35–44", 11.0, 15.38, 71.5, "8.3–14.4", -2.43, Flag.UNDER),
        ("45–54", 15.5, 17.28, 89.7, "12.3–19.4", -0.94, Flag.IN_LINE),
        ("55–64", 22.0, 16.0, 137.5, "18.2–26.3", 3.28, Flag.OVER),
        ("65–74", 26.0, 13.12, 198.2, "21.9–30.5", 7.63, Flag.OVER),
        ("75–84", 12.5, 8.17, 153.0, "9.6–16.1", 3.16, Flag.OVER),
        ("85+", 2.5, 2.39, 104.8, "1.4–4.5", 0.15, Flag.IN_LINE),
    ]
    assert (round(result.chi_squared, 2), result.degrees_of_freedom, round(result.dissimilarity, 4)) == (
        118.26,
        7,
        0.2333,
    )
    assert round(result.categories[2].holm_p_value, 4) == 0.0457
    assert result.answered == 400


@pytest.mark.parametrize(
    ("count", "base", "interval"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
        (23, 60, (0.2709, 0.5098)),
    ],
)
def test_wilson_interval_is_newcombes(count, base, interval):
    assert tuple(round(limit, 4) for limit in wilson_interval(count, base)) == interval


def test_holm_adjusts_in_the_order_given():
    assert [round(p_value, 10) for p_value in holm([0.01, 0.04, 0.03, 0.005])] == [0.03, 0.06, 0.06, 0.02]
    assert holm([]) == []


@pytest.mark.parametrize(
    ("observed", "shares", "expected"),
    [
        ([315, 101, 108, 32], [9 / 16, 3 / 16, 3 / 16, 1 / 16], (0.47, 3, 0.9254)),
        ([89, 37, 30, 28, 2], [0.40, 0.20, 0.20, 0.15, 0.05], (9.9901, 4, 0.0406)),
    ],
)
def test_goodness_of_fit_is_pearsons(observed, shares, expected):
    statistic, degrees, p_value = goodness_of_fit(observed, shares)

    assert (round(statistic, 4), degrees, round(p_value, 4)) == expected


def test_goodness_of_fit_merges_neighbours_that_expect_fewer_than_five():
    # Expected 80, 12, 4, 4: the last two make 8.
    statistic, degrees, _ = goodness_of_fit([70, 14, 10, 6], [0.80, 0.12, 0.04, 0.04])

    assert (round(statistic, 4), degrees) == (round(100 / 80 + 4 / 12 + 64 / 8, 4), 2)
    assert goodness_of_fit([3, 1], [0.5, 0.5]) == (None, None, None)


def test_leftover_that_expects_fewer_than_five_joins_the_last_category():
    statistic, degrees, _ = goodness_of_fit([50, 46, 4], [0.5, 0.48, 0.02])

    assert (statistic, degrees) == (0.0, 1)


@pytest.mark.parametrize(
    ("observed", "answered", "population_share", "flag"),
    [
        (0, 29, 0.5, Flag.TOO_FEW_TO_SAY),
        (0, 100, 0.04, Flag.TOO_FEW_TO_SAY),
        (0, 100, 0.05, Flag.NOT_HEARD_FROM),
        (30, 100, 0.5, Flag.UNDER),
        (45, 100, 0.5, Flag.IN_LINE),
        (420, 1000, 0.5, Flag.IN_LINE),
        (70, 100, 0.5, Flag.OVER),
        (7, 100, 0.05, Flag.IN_LINE),
    ],
)
def test_flag_needs_both_the_interval_and_the_index(observed, answered, population_share, flag):
    assert flag_for(observed=observed, answered=answered, population_share=population_share) is flag


def test_characteristic_without_population_figures_is_never_compared():
    result = representation(["Yes", "No"], observed=[20, 80], population=None)

    assert [(row.share, row.index, row.flag) for row in result.categories] == [
        (0.2, None, Flag.NO_BASELINE),
        (0.8, None, Flag.NO_BASELINE),
    ]
    assert (result.chi_squared, result.dissimilarity) == (None, None)


def test_nobody_answering_gives_no_shares_and_no_flags():
    result = representation(["Yes", "No"], observed=[0, 0], population=[1, 1])

    assert [(row.share, row.lowest, row.flag) for row in result.categories] == [(None, None, Flag.TOO_FEW_TO_SAY)] * 2
    assert (result.answered, result.dissimilarity, result.p_value) == (0, None, None)


def test_category_outside_the_population_is_in_no_base():
    result = representation(["Under 16", *BANDS], observed=[25, *SAMPLE], population=[0, *WIGAN])

    alone = representation(BANDS, observed=SAMPLE, population=WIGAN)
    assert result.categories[1:] == alone.categories
    assert (result.answered, result.chi_squared) == (alone.answered, alone.chi_squared)
    assert (result.categories[0].flag, result.categories[0].share, result.categories[0].population_share) == (
        Flag.OUTSIDE,
        None,
        0.0,
    )


def test_population_that_is_all_in_one_category_has_no_score():
    assert z_score(10, 10, 1.0) is None
    result = representation(["Yes", "No"], observed=[40, 0], population=[1, 0])
    assert [row.flag for row in result.categories] == [Flag.IN_LINE, Flag.OUTSIDE]


def test_empty_population_is_refused():
    with pytest.raises(ValueError, match="population"):
        representation(["Yes"], observed=[1], population=[0])


@given(st.lists(st.integers(0, 500), min_size=2, max_size=6), st.data())
def test_intervals_hold_the_share_and_dissimilarity_is_a_share(observed, data):
    size = len(observed)
    population = data.draw(st.lists(st.integers(1, 10_000), min_size=size, max_size=size))
    result = representation([str(number) for number in range(size)], observed=observed, population=population)

    if result.answered:
        assert all(row.lowest <= row.share + 1e-12 and row.share - 1e-12 <= row.highest for row in result.categories)
        assert 0 <= result.dissimilarity <= 1
        assert abs(sum(row.gap for row in result.categories)) < 1e-9


def test_representation_loads_without_django():
    code = "import sys, equality.representation; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
