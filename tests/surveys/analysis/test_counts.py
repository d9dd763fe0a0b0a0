"""Counts: options and bases of one question, exact, with every missing state kept apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.counts import (
    Base,
    Counts,
    NumberSummary,
    RankCounts,
    TickedCounts,
    UnknownCodes,
    band_counts,
    base_of,
    number_summary,
    rank_counts,
    single_counts,
    ticked_counts,
)
from surveys.codes import (
    BLANK,
    ILLEGIBLE,
    MISSING,
    NOT_ASKED,
    NOT_TICKED,
    PREFER_NOT_TO_SAY,
    SEVERAL_TICKED,
    TICKED,
    in_four_bytes,
)


def one_byte(*codes):
    return np.array(codes, np.uint8)


def four_bytes(*numbers):
    return np.array(numbers, np.int32)


def base(answered, *, blank=0, prefer_not_to_say=0, illegible=0, several_ticked=0):
    return Base(
        asked=answered + blank + prefer_not_to_say + illegible + several_ticked,
        answered=answered,
        blank=blank,
        prefer_not_to_say=prefer_not_to_say,
        illegible=illegible,
        several_ticked=several_ticked,
    )


def test_single_choice_counts_options_and_tells_every_missing_state_apart():
    codes = one_byte(3, 3, 1, BLANK, BLANK, BLANK, PREFER_NOT_TO_SAY, ILLEGIBLE, ILLEGIBLE, SEVERAL_TICKED, NOT_ASKED)

    assert single_counts(codes, (1, 2, 3)) == Counts(
        base=base(3, blank=3, prefer_not_to_say=1, illegible=2, several_ticked=1), counts={1: 1, 2: 0, 3: 2}
    )


def test_single_choice_with_codes_above_240_counts_from_four_bytes():
    codes = four_bytes(251, 300, 251, *map(in_four_bytes, MISSING))

    assert single_counts(codes, (251, 300)) == Counts(
        base=base(2 + 1, blank=1, prefer_not_to_say=1, illegible=1, several_ticked=1), counts={251: 2, 300: 1}
    )


def test_mask_limits_counts_and_base_to_the_chosen_responses():
    codes = one_byte(1, 1, 2, BLANK)

    assert single_counts(codes, (1, 2), mask=np.array([True, False, True, False])) == Counts(
        base=base(2), counts={1: 1, 2: 1}
    )


@pytest.mark.parametrize("mask", (np.array([True]), np.array([1, 0, 1])))
def test_mask_of_another_length_or_type_is_refused(mask):
    with pytest.raises(ValueError, match="mask"):
        single_counts(one_byte(1, 1, 2), (1, 2), mask=mask)


def test_options_are_counted_in_the_order_asked_for():
    assert list(single_counts(one_byte(1, 5), (5, 4, 1)).counts.items()) == [(5, 1), (4, 0), (1, 1)]


@pytest.mark.parametrize("codes", (one_byte(1, 7), one_byte(1, 245), one_byte(1, 255), four_bytes(1, 7)))
def test_code_that_is_no_option_is_refused_rather_than_lost(codes):
    with pytest.raises(UnknownCodes):
        single_counts(codes, (1, 2))


def test_nobody_at_all_counts_to_zero():
    assert single_counts(one_byte(), (1, 2)) == Counts(base=base(0), counts={1: 0, 2: 0})


def test_tick_boxes_share_a_base_of_those_who_answered_at_all():
    options = {
        1: one_byte(TICKED, TICKED, NOT_TICKED, BLANK, NOT_ASKED),
        2: one_byte(TICKED, NOT_TICKED, NOT_TICKED, BLANK, NOT_ASKED),
    }

    assert ticked_counts(options) == TickedCounts(base=base(3, blank=1), counts={1: 2, 2: 1}, offered={1: 3, 2: 3})


def test_option_of_a_later_version_was_offered_to_fewer():
    options = {1: one_byte(TICKED, NOT_TICKED, BLANK), 2: one_byte(NOT_ASKED, TICKED, NOT_ASKED)}

    assert ticked_counts(options) == TickedCounts(base=base(2, blank=1), counts={1: 1, 2: 1}, offered={1: 2, 2: 1})


def test_tick_box_with_a_code_that_is_neither_ticked_nor_not_is_refused():
    with pytest.raises(UnknownCodes):
        ticked_counts({1: one_byte(TICKED, 3)})


def test_tick_boxes_obey_the_mask():
    options = {1: one_byte(TICKED, TICKED, BLANK)}

    assert ticked_counts(options, mask=np.array([True, False, True])) == TickedCounts(
        base=base(1, blank=1), counts={1: 1}, offered={1: 1}
    )


def test_ranking_counts_each_place_and_the_first_places_together():
    places = [one_byte(7, 7, 8, BLANK), one_byte(8, 9, 7, BLANK), one_byte(9, BLANK, BLANK, BLANK)]
    counts = rank_counts(places, (7, 8, 9))

    assert counts == RankCounts(base=base(3, blank=1), placed={7: (2, 1, 0), 8: (1, 1, 0), 9: (0, 1, 1)})
    assert (counts.in_top(1), counts.in_top(2)) == ({7: 2, 8: 1, 9: 0}, {7: 3, 8: 2, 9: 1})


def test_ranking_of_an_unknown_option_is_refused():
    with pytest.raises(UnknownCodes):
        rank_counts([one_byte(7), one_byte(5)], (7,))


def test_number_summary_leaves_missing_states_out_of_the_numbers():
    numbers = four_bytes(1, 2, 3, 4, in_four_bytes(BLANK), in_four_bytes(NOT_ASKED), in_four_bytes(PREFER_NOT_TO_SAY))
    summary = number_summary(numbers)

    assert summary == NumberSummary(
        base=base(4, blank=1, prefer_not_to_say=1),
        total=10,
        least=1,
        lower_quartile=1.75,
        median=2.5,
        upper_quartile=3.25,
        greatest=4,
    )
    assert summary.mean == 2.5


def test_number_summary_adds_up_numbers_that_overflow_four_bytes():
    summary = number_summary(four_bytes(2**31 - 1, 2**31 - 1))

    assert (summary.total, summary.mean) == (2**32 - 2, 2**31 - 1)


def test_number_summary_of_nobody_has_no_figures():
    summary = number_summary(four_bytes(in_four_bytes(BLANK)))

    assert summary == NumberSummary(
        base=base(0, blank=1),
        total=0,
        least=None,
        lower_quartile=None,
        median=None,
        upper_quartile=None,
        greatest=None,
    )
    assert summary.mean is None


def test_number_summary_obeys_the_mask():
    assert number_summary(four_bytes(5, 90), mask=np.array([True, False])).greatest == 5


def test_bands_of_a_number_take_in_everybody_who_gave_one():
    ages = four_bytes(3, 18, 40, 99, in_four_bytes(ILLEGIBLE))

    assert band_counts(ages, (18, 65)) == Counts(base=base(4, illegible=1), counts={1: 1, 2: 2, 3: 1})


def test_base_refuses_a_reserved_code_that_stands_for_nothing():
    with pytest.raises(UnknownCodes):
        base_of([one_byte(1, 244)])


@given(st.lists(st.sampled_from((1, 2, 3, *MISSING))))
def test_every_response_is_in_exactly_one_place(codes):
    counted = single_counts(one_byte(*codes), (1, 2, 3))

    assert sum(counted.counts.values()) == counted.base.answered
    assert counted.base.asked + codes.count(NOT_ASKED) == len(codes)
    assert counted.counts == {code: codes.count(code) for code in (1, 2, 3)}
    assert counted.base == base(
        counted.base.answered,
        blank=codes.count(BLANK),
        prefer_not_to_say=codes.count(PREFER_NOT_TO_SAY),
        illegible=codes.count(ILLEGIBLE),
        several_ticked=codes.count(SEVERAL_TICKED),
    )


@given(st.lists(st.sampled_from((1, 2, 240, *MISSING))))
def test_four_byte_columns_count_as_one_byte_columns_do(codes):
    wide = four_bytes(*(in_four_bytes(code) if code in MISSING else code for code in codes))

    assert single_counts(wide, (1, 2, 240)) == single_counts(one_byte(*codes), (1, 2, 240))


@given(st.lists(st.integers(-(2**31) + 256, 2**31 - 1), min_size=1), st.sets(st.integers(-100, 100), max_size=6))
def test_bands_sum_to_the_base(numbers, edges):
    counted = band_counts(four_bytes(*numbers), sorted(edges))

    assert sum(counted.counts.values()) == counted.base.answered == len(numbers)
