"""Packing: combinations are numbered once, and every column can be read back from their numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.packing import Crowded, planned


def source(codes):
    codes = np.array(codes, np.uint8)
    return lambda block: codes[block]


def packs_of(columns, *, most, sample=slice(None)):
    return planned({key: source(codes) for key, codes in columns.items()}, sample=sample, most=most)


def numbers_of(pack, columns, *, most=256):
    return pack.numbered([np.array(columns[key], np.uint8) for key in pack.keys], most=most)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 255), min_size=width, max_size=width), min_size=1)
    ),
    st.integers(0, 20),
)
def test_every_code_can_be_read_back_from_the_number_of_its_combination(rows, most):
    columns = {f"column {place}": [row[place] for row in rows] for place in range(len(rows[0]))}

    for pack in packs_of(columns, most=most, sample=slice(0, 3)):
        numbers = numbers_of(pack, columns)
        assert numbers.max() < pack.count
        for key in pack.keys:
            assert pack.codes_of(key)[numbers].tolist() == columns[key]


def test_columns_are_packed_in_order_while_their_combinations_are_few():
    columns = {"a": [1, 2, 1, 2], "b": [1, 1, 2, 2], "c": [5, 5, 5, 5], "d": [1, 2, 3, 4]}

    assert [pack.keys for pack in packs_of(columns, most=4)] == [["a", "b", "c", "d"]]
    assert [pack.keys for pack in packs_of(columns, most=3)] == [["a"], ["b", "c"], ["d"]]
    assert [pack.keys for pack in packs_of(columns, most=0)] == [["a"], ["b"], ["c"], ["d"]]


def test_numbers_given_before_stay_right_as_new_combinations_turn_up():
    columns = {"a": [3, 3, 4], "b": [7, 8, 7]}
    (pack,) = packs_of(columns, most=9)
    before = numbers_of(pack, columns).tolist()
    later = numbers_of(pack, {"a": [9, 3, 3], "b": [7, 9, 7]}).tolist()

    assert (before, later, pack.count) == ([0, 1, 2], [4, 3, 0], 5)


def test_pack_that_meets_far_more_combinations_than_planned_says_so():
    (pack,) = packs_of({"a": [1], "b": [1]}, most=2)
    every = np.arange(256, dtype=np.uint8)

    with pytest.raises(Crowded):
        pack.numbered([every, every], most=2)


def test_lone_column_is_never_crowded():
    (pack,) = packs_of({"a": [1]}, most=0)

    assert len(set(pack.numbered([np.arange(256, dtype=np.uint8)], most=0).tolist())) == 256
