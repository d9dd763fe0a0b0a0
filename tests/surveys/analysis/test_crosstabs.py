"""Crosstabs: two, three and several-choice questions together, exact against a plain count."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.counts import single_counts
from surveys.analysis.crosstabs import BLOCK, CodeOutOfRange, count_together, crosstab, ticked_crosstab, ticked_together
from surveys.codes import BLANK, MISSING, NOT_ASKED, NOT_TICKED, TICKED

OPTIONS = (1, 2, 3)
pairs = st.lists(st.tuples(st.sampled_from((*OPTIONS, *MISSING)), st.integers(0, 4), st.booleans()))
tick_rows = st.lists(
    st.tuples(st.lists(st.sampled_from((TICKED, NOT_TICKED, BLANK)), min_size=10, max_size=10), st.integers(0, 3))
)


def one_byte(codes):
    return np.array(codes, np.uint8)


def test_crosstab_counts_pairs_and_keeps_missing_codes():
    table = crosstab(one_byte([1, 1, 2, BLANK, NOT_ASKED]), one_byte([0, 2, 2, 1, 1]), columns=3)

    assert table.shape == (256, 3)
    assert {code: table[code].tolist() for code in (NOT_ASKED, 1, 2, BLANK)} == {
        NOT_ASKED: [0, 1, 0],
        1: [1, 0, 1],
        2: [0, 0, 1],
        BLANK: [0, 1, 0],
    }
    assert table.sum() == 5


def test_crosstab_counts_over_many_blocks():
    rows = np.arange(3 * BLOCK + 7) % 5
    columns = np.arange(3 * BLOCK + 7) % 3
    mask = rows != 4

    table = crosstab(one_byte(rows), one_byte(columns), rows=5, columns=3, mask=mask)

    expected = Counter(zip(rows[mask].tolist(), columns[mask].tolist(), strict=True))
    assert table.tolist() == [[expected[row, column] for column in range(3)] for row in range(5)]


@given(pairs)
def test_crosstab_margins_are_the_counts_of_each_question(answers):
    rows, columns = one_byte([row for row, _, _ in answers]), one_byte([column for _, column, _ in answers])
    mask = np.array([chosen for _, _, chosen in answers], bool)

    table = crosstab(rows, columns, columns=5, mask=mask)

    counted = single_counts(rows, OPTIONS, mask=mask)
    assert {code: int(table[code].sum()) for code in OPTIONS} == counted.counts
    assert int(table[BLANK].sum()) == counted.base.blank
    assert table.sum(axis=0).tolist() == np.bincount(columns[mask], minlength=5).tolist()
    assert np.array_equal(table, crosstab(columns, rows, rows=5, mask=mask).T)


@given(pairs)
def test_three_way_table_sums_to_the_two_way_ones(answers):
    first = one_byte([row for row, _, _ in answers])
    second = one_byte([column for _, column, _ in answers])
    third = np.array([chosen for _, _, chosen in answers], bool)

    table = count_together(first, second, third, sizes=(256, 5, 2))

    assert np.array_equal(table.sum(axis=2), crosstab(first, second, columns=5))
    assert np.array_equal(table[:, :, 1], crosstab(first, second, columns=5, mask=third))
    assert np.array_equal(table.sum(axis=(0, 1)), np.bincount(third, minlength=2))


@pytest.mark.parametrize(
    ("codes", "error"),
    (
        (one_byte([0, 3]), CodeOutOfRange),
        (np.array([0, -1]), CodeOutOfRange),
        (np.array([0.0, 1.0]), TypeError),
        (one_byte([0]), ValueError),
    ),
)
def test_crosstab_refuses_codes_that_would_land_in_a_neighbours_cell(codes, error):
    with pytest.raises(error):
        crosstab(one_byte([0, 1]), codes, columns=3)


def test_crosstab_refuses_a_mask_of_another_length():
    with pytest.raises(ValueError, match="lengths"):
        crosstab(one_byte([0, 1]), one_byte([0, 1]), mask=np.array([True]))


def test_table_too_large_to_hold_is_refused():
    with pytest.raises(ValueError, match="too large"):
        count_together(one_byte([0]), one_byte([0]), one_byte([0]), one_byte([0]), sizes=(256, 256, 256, 2))


def test_largest_tables_do_not_overflow_their_keys():
    codes, wide = one_byte([255, 255]), np.array([65_535, 0])

    assert crosstab(codes, codes)[255, 255] == 2
    assert count_together(codes, codes, codes, sizes=(256, 256, 256))[255, 255, 255] == 2
    assert count_together(wide, np.zeros(2, np.uint8), sizes=(65_536, 1))[[0, 65_535], 0].tolist() == [1, 1]


@given(tick_rows)
def test_ticked_options_by_codes_count_each_tick_once(answers):
    options = [one_byte([ticks[place] for ticks, _ in answers]) for place in range(10)]
    codes = one_byte([code for _, code in answers])

    table = ticked_crosstab(options, codes, columns=4)

    assert table.tolist() == [
        [sum(ticks[place] == TICKED and code == column for ticks, code in answers) for column in range(4)]
        for place in range(10)
    ]


@given(tick_rows)
def test_ticked_together_counts_both_ways_round_and_its_diagonal_counts_each_option(answers):
    options = [one_byte([ticks[place] for ticks, _ in answers]) for place in range(10)]
    mask = np.array([code > 0 for _, code in answers], bool)

    table = ticked_together(options, options, mask=mask)

    assert np.array_equal(table, table.T)
    assert table.diagonal().tolist() == [int(((option == TICKED) & mask).sum()) for option in options]
    assert table[0, 9] == sum(ticks[0] == ticks[9] == TICKED and code > 0 for ticks, code in answers)


def test_ticked_tables_without_options_are_empty():
    codes = one_byte([1, 2])

    assert ticked_crosstab([], codes, columns=3).shape == (0, 3)
    assert ticked_together([], [codes]).shape == (0, 1)
