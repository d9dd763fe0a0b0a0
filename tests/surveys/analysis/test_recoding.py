"""Recoding: states of an answer, bands of numbers, merged options, one byte in four."""

import numpy as np
import pytest

from surveys.analysis.recoding import ANSWERED, answer_states, band_codes, merged_codes, widened
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


def test_state_of_a_one_byte_column_keeps_every_missing_code_apart():
    states = answer_states([one_byte(1, 240, *MISSING)])

    assert states.tolist() == [ANSWERED, ANSWERED, *MISSING]


def test_state_of_a_four_byte_column_is_answered_for_every_number():
    numbers = four_bytes(0, 251, -5, 2**31 - 1, in_four_bytes(255) + 1, *map(in_four_bytes, MISSING))

    assert answer_states([numbers]).tolist() == [ANSWERED] * 5 + list(MISSING)


def test_one_ticked_or_unticked_box_makes_the_question_answered():
    first = one_byte(NOT_TICKED, TICKED, BLANK, NOT_ASKED)
    added_later = one_byte(NOT_ASKED, TICKED, BLANK, NOT_ASKED)

    assert answer_states([first, added_later]).tolist() == [ANSWERED, ANSWERED, BLANK, NOT_ASKED]


def test_box_that_an_earlier_version_lacked_does_not_hide_that_the_question_was_left_blank():
    columns = [one_byte(BLANK, PREFER_NOT_TO_SAY, ILLEGIBLE), one_byte(NOT_ASKED, NOT_ASKED, NOT_ASKED)]

    assert answer_states(columns).tolist() == [BLANK, PREFER_NOT_TO_SAY, ILLEGIBLE]


def test_states_leave_the_codes_they_were_worked_out_from_as_they_were():
    codes = one_byte(1, 2, BLANK)

    answer_states([codes, codes])

    assert codes.tolist() == [1, 2, BLANK]


def test_states_refuse_an_array_that_is_not_codes():
    with pytest.raises(TypeError):
        answer_states([np.array([1.0])])


def test_bands_run_from_each_edge_to_below_the_next():
    ages = four_bytes(-1, 17, 18, 64, 65, 120, in_four_bytes(BLANK), in_four_bytes(NOT_ASKED))

    assert band_codes(ages, (18, 65)).tolist() == [1, 1, 2, 2, 3, 3, BLANK, NOT_ASKED]


@pytest.mark.parametrize("edges", ((65, 18), (18, 18), tuple(range(240))))
def test_bands_refuse_edges_that_do_not_ascend_or_are_too_many(edges):
    with pytest.raises(ValueError, match="edges"):
        band_codes(four_bytes(20), edges)


def test_merging_options_keeps_missing_states_and_options_not_named():
    codes = one_byte(1, 2, 3, 4, BLANK, PREFER_NOT_TO_SAY, NOT_ASKED, SEVERAL_TICKED)

    merged = merged_codes(codes, {1: 1, 2: 1, 3: 2})

    assert merged.tolist() == [1, 1, 2, 4, BLANK, PREFER_NOT_TO_SAY, NOT_ASKED, SEVERAL_TICKED]


def test_merging_brings_a_four_byte_column_down_to_one_byte():
    codes = four_bytes(251, 252, 7, in_four_bytes(ILLEGIBLE))

    assert merged_codes(codes, {251: 1, 252: 2}).tolist() == [1, 2, 7, ILLEGIBLE]


def test_merging_refuses_an_option_left_with_a_code_that_would_read_as_missing():
    with pytest.raises(ValueError, match="251"):
        merged_codes(four_bytes(251, 7), {7: 1})


def test_widening_keeps_options_and_turns_missing_codes_into_their_four_byte_form():
    assert widened(one_byte(1, 240, *MISSING)).tolist() == [1, 240, *map(in_four_bytes, MISSING)]
