"""Columns: versions line up by key, ids stay with their rows, and arrays handed out never change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.byte_rows import RowsDoNotFit
from surveys.analysis.columns import AlreadyHeld, Columns, NotHeld
from surveys.codes import BLANK, NOT_ASKED, in_four_bytes

FIRST_VERSION = {"travel": (0, 1), "age": (1, 4)}
SECOND_VERSION = {"age": (0, 4), "parking": (4, 1), "travel": (5, 1)}


def first_version_row(travel, age):
    return bytes([travel]) + age.to_bytes(4, "little", signed=True)


def second_version_row(age, parking, travel):
    return age.to_bytes(4, "little", signed=True) + bytes([parking, travel])


def columns_with(ids, rows, **more):
    columns = Columns()
    columns.extend(ids, rows, layout=FIRST_VERSION, **more)
    return columns


def contents(columns):
    """{id: {column key or trait: value}}"""
    names = {key: columns[key] for key in columns} | {name: columns.trait(name) for name in columns.trait_names}
    return {
        int(id): {name: values[place].item() for name, values in names.items()} for place, id in enumerate(columns.ids)
    }


def test_rows_of_one_version_become_columns_in_the_order_they_came():
    columns = columns_with(
        [30, 10, 20], [first_version_row(1, 44), first_version_row(2, -7), first_version_row(251, 0)]
    )

    assert len(columns) == 3
    assert columns.ids.tolist() == [30, 10, 20]
    assert (columns["travel"].dtype, columns["travel"].tolist()) == (np.uint8, [1, 2, BLANK])
    assert (columns["age"].dtype, columns["age"].tolist()) == (np.int32, [44, -7, 0])


def test_rows_may_come_joined_in_one_buffer():
    rows = [first_version_row(1, 44), first_version_row(2, 45)]

    assert contents(columns_with([1, 2], b"".join(rows))) == contents(columns_with([1, 2], rows))


def test_column_missing_from_a_version_reads_as_not_asked_before_and_after():
    columns = columns_with([1], [first_version_row(3, 20)])
    columns.extend([2], [second_version_row(30, 4, 5)], layout=SECOND_VERSION)
    columns.extend([3], [bytes([9])], layout={"travel": (0, 1)})

    assert columns["travel"].tolist() == [3, 5, 9]
    assert columns["parking"].tolist() == [NOT_ASKED, 4, NOT_ASKED]
    assert columns["age"].tolist() == [20, 30, in_four_bytes(NOT_ASKED)]


def test_version_without_responses_makes_its_columns_known():
    columns = Columns()
    columns.extend([], b"", layout=FIRST_VERSION)

    assert (len(columns), list(columns), columns["travel"].tolist()) == (0, ["travel", "age"], [])


def test_version_without_coded_columns_adds_responses_all_the_same():
    columns = columns_with([1], [first_version_row(3, 20)])
    columns.extend([2, 3], [b"", b""], layout={})

    assert columns["travel"].tolist() == [3, NOT_ASKED, NOT_ASKED]


def test_column_given_four_bytes_by_a_later_version_is_widened_for_all_and_changes_the_edition():
    columns = Columns()
    columns.extend([1, 2], [bytes([7]), bytes([BLANK])], layout={"town": (0, 1)})
    before = columns.edition
    columns.extend([3], [(300).to_bytes(4, "little")], layout={"town": (0, 4)})
    columns.extend([4], [bytes([8])], layout={"town": (0, 1)})

    assert columns["town"].tolist() == [7, in_four_bytes(BLANK), 300, 8]
    assert columns.edition != before


def test_traits_travel_with_their_rows():
    columns = columns_with([1, 2], [first_version_row(1, 1)] * 2, traits={"channel": np.array([3, 4], np.uint8)})
    columns.extend([5], [first_version_row(1, 1)], layout=FIRST_VERSION, traits={"channel": np.array([9], np.uint16)})
    columns.remove([1])

    assert contents(columns) == {
        2: {"travel": 1, "age": 1, "channel": 4},
        5: {"travel": 1, "age": 1, "channel": 9},
    }


def test_wider_trait_is_never_cut_down_to_the_width_of_the_first():
    columns = columns_with([1], [first_version_row(1, 1)], traits={"day": np.array([9], np.int8)})
    columns.extend([2], [first_version_row(1, 1)], layout=FIRST_VERSION, traits={"day": np.array([20_000], np.int32)})

    assert columns.trait("day").tolist() == [9, 20_000]


@pytest.mark.parametrize(
    "traits",
    (
        {},
        {"other": np.array([1], np.uint8)},
        {"channel": np.array([1, 2], np.uint8)},
        {"channel": np.array(["web"])},
    ),
)
def test_traits_of_other_names_lengths_or_types_are_refused_and_nothing_is_added(traits):
    columns = columns_with([1], [first_version_row(1, 1)], traits={"channel": np.array([3], np.uint8)})

    with pytest.raises(RowsDoNotFit):
        columns.extend([2], [first_version_row(1, 1)], layout=FIRST_VERSION, traits=traits)

    assert contents(columns) == {1: {"travel": 1, "age": 1, "channel": 3}}


@pytest.mark.parametrize("ids", ([3], [1], [4, 4], [9, 2, 8]))
def test_response_is_never_held_twice(ids):
    columns = columns_with([1, 3, 2], [first_version_row(1, 1)] * 3)

    with pytest.raises(AlreadyHeld):
        columns.extend(ids, [first_version_row(1, 1)] * len(ids), layout=FIRST_VERSION)

    assert columns.ids.tolist() == [1, 3, 2]


def test_ids_that_committed_late_are_taken_in_after_higher_ones():
    columns = columns_with([10, 12], [first_version_row(1, 1)] * 2)
    columns.extend([11], [first_version_row(2, 2)], layout=FIRST_VERSION)

    assert columns.ids.tolist() == [10, 12, 11]
    assert columns.positions([11, 12, 13]).tolist() == [2, 1, -1]


@pytest.mark.parametrize(
    "rows",
    (
        [first_version_row(1, 1)],
        [first_version_row(1, 1), b"\x01"],
        [first_version_row(1, 1) + b"\x01", b"\x01\x01\x01\x01"],
        b"\x01" * 9,
        b"",
    ),
)
def test_rows_that_do_not_fit_the_ids_and_layout_are_refused(rows):
    with pytest.raises(RowsDoNotFit):
        columns_with([1, 2], rows)


def test_column_of_an_unknown_width_is_refused():
    with pytest.raises(RowsDoNotFit):
        Columns().extend([1], [b"12"], layout={"travel": (0, 2)})


def test_ids_that_are_not_whole_numbers_are_refused():
    with pytest.raises(TypeError):
        columns_with([1.5], [first_version_row(1, 1)])


def test_edit_replaces_the_row_and_changes_the_edition():
    columns = columns_with([1, 2, 3], [first_version_row(code, code) for code in (1, 2, 3)])
    before = columns.edition
    columns.replace([3, 1], [second_version_row(60, 4, 9), second_version_row(70, 5, 8)], layout=SECOND_VERSION)

    assert contents(columns) == {
        1: {"travel": 8, "age": 70, "parking": 5},
        2: {"travel": 2, "age": 2, "parking": NOT_ASKED},
        3: {"travel": 9, "age": 60, "parking": 4},
    }
    assert columns.edition != before


def test_edit_by_a_version_without_a_column_reads_as_not_asked_there():
    columns = columns_with([1], [first_version_row(3, 20)])
    columns.replace([1], [bytes([5])], layout={"travel": (0, 1)})

    assert contents(columns) == {1: {"travel": 5, "age": in_four_bytes(NOT_ASKED)}}


def test_edit_of_a_response_not_held_is_refused_and_nothing_changes():
    columns = columns_with([1], [first_version_row(3, 20)])

    with pytest.raises(NotHeld) as refusal:
        columns.replace([1, 2], [first_version_row(9, 9)] * 2, layout=FIRST_VERSION)

    assert refusal.value.ids == [2]
    assert (contents(columns), columns.edition) == ({1: {"travel": 3, "age": 20}}, 0)


def test_removing_passes_over_ids_not_held_and_then_keeps_the_edition():
    columns = columns_with([1, 2], [first_version_row(3, 20)] * 2)

    assert (columns.remove([7]), columns.edition) == (0, 0)
    assert (columns.remove([2, 7, 2]), columns.edition) == (1, 1)
    assert columns.ids.tolist() == [1]


def test_appending_keeps_the_edition():
    columns = columns_with([1], [first_version_row(3, 20)])
    columns.extend([2], [second_version_row(30, 4, 5)], layout=SECOND_VERSION)

    assert columns.edition == 0


def test_arrays_handed_out_are_read_only_and_never_change():
    columns = columns_with([1, 2, 3], [first_version_row(code, 1) for code in (1, 2, 3)])
    travel, ids = columns["travel"], columns.ids
    columns.remove([2])
    columns.extend([4], [first_version_row(4, 1)], layout=FIRST_VERSION)
    columns.replace([1], [first_version_row(9, 1)], layout=FIRST_VERSION)

    assert (travel.tolist(), ids.tolist()) == ([1, 2, 3], [1, 2, 3])
    with pytest.raises(ValueError, match="read-only"):
        travel[0] = 5


def test_many_small_additions_equal_one_large_one():
    rows = [first_version_row(number % 240 + 1, number) for number in range(10_000)]
    piecemeal = Columns()
    for start in range(0, 10_000, 700):
        piece = range(start, min(start + 700, 10_000))
        piecemeal.extend(piece, rows[piece.start : piece.stop], layout=FIRST_VERSION)
    whole = columns_with(range(10_000), rows)

    assert all(np.array_equal(piecemeal[key], whole[key]) for key in FIRST_VERSION)
    assert np.array_equal(piecemeal.ids, np.arange(10_000))


LAYOUTS = (
    FIRST_VERSION,
    SECOND_VERSION,
    {"travel": (0, 4), "visits": (4, 1)},
    {},
)


@st.composite
def changes(draw):
    """One change: its name, the layout it uses, and {id: ({column key: value}, trait)}."""
    layout = draw(st.sampled_from(LAYOUTS))
    values = st.fixed_dictionaries({key: st.integers(1, 240) for key in layout})
    rows = st.dictionaries(st.integers(0, 12), st.tuples(values, st.integers(0, 9)), max_size=5)
    return draw(st.sampled_from(("extend", "replace", "remove"))), layout, draw(rows)


def packed(layout, answers):
    row = bytearray(sum(width for _, width in layout.values()))
    for key, (offset, width) in layout.items():
        row[offset : offset + width] = answers[key].to_bytes(width, "little")
    return bytes(row)


def apply_to_model(model, name, rows):
    if name == "remove":
        return {id: held for id, held in model.items() if id not in rows}
    return model | rows


@given(st.lists(changes(), max_size=12))
def test_any_sequence_of_changes_equals_a_plain_dictionary(sequence):
    columns, model = Columns(), {}
    for name, layout, rows in sequence:
        refused = (name == "extend" and rows.keys() & model.keys()) or (
            name == "replace" and rows.keys() - model.keys()
        )
        arguments = {
            "layout": layout,
            "traits": {"channel": np.array([channel for _, channel in rows.values()], np.uint8)},
        }
        if name == "remove":
            columns.remove(list(rows))
        elif refused:
            with pytest.raises((AlreadyHeld, NotHeld)):
                getattr(columns, name)(list(rows), [packed(layout, row) for row, _ in rows.values()], **arguments)
            continue
        else:
            getattr(columns, name)(list(rows), [packed(layout, row) for row, _ in rows.values()], **arguments)
        model = apply_to_model(model, name, rows)

    held = {
        id: {key: value for key, value in row.items() if value not in (NOT_ASKED, in_four_bytes(NOT_ASKED))}
        for id, row in contents(columns).items()
    }
    expected = {
        id: row | ({"channel": channel} if channel != NOT_ASKED else {}) for id, (row, channel) in model.items()
    }
    assert held == expected
    assert columns.positions(list(model)).tolist() == [columns.ids.tolist().index(id) for id in model]
