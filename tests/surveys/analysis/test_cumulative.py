"""Cumulative tables: whatever happens to the columns, they equal a crosstab of everything from scratch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.analysis.columns import Columns
from surveys.analysis.crosstabs import BLOCK, CodeOutOfRange, crosstab
from surveys.analysis.cumulative import CumulativeTables, NotRefreshed
from surveys.analysis.recoding import answer_states, band_codes
from surveys.codes import BLANK, NOT_ASKED, NOT_TICKED, TICKED

KEYS = ("travel", "why:1", "why:2", "why:3")
LAYOUT = {key: (place, 1) for place, key in enumerate(KEYS)}
CODES = (NOT_ASKED, TICKED, NOT_TICKED, 3, 240, BLANK)


def random_rows(seed, count, *, codes=CODES, width=4):
    return np.random.default_rng(seed).choice(np.array(codes, np.uint8), (count, width))


def columns_of(rows, *, first_id=0):
    columns = Columns()
    extend(columns, rows, first_id=first_id)
    return columns


def extend(columns, rows, *, first_id=0):
    ids = np.arange(first_id, first_id + len(rows))
    columns.extend(ids, rows.tobytes(), layout=LAYOUT, traits={"channel": (ids % 3).astype(np.uint8)})


def all_tables():
    return CumulativeTables(
        KEYS, by={"travel": 256, "channel": 3, "age band": 7}, states={"why": ("why:1", "why:2", "why:3")}
    )


def age_bands(columns):
    """A characteristic held elsewhere: a function of the id, so that it grows at its end only."""
    return (columns.ids * 7 % 11 % 7).astype(np.int64)


def assert_equal_from_scratch(tables, columns, *, mask=None, age_band=None):
    by = {
        "travel": (columns["travel"], 256),
        "channel": (columns.trait("channel"), 3),
        "age band": (age_bands(columns) if age_band is None else age_band, 7),
    }
    rows = {key: columns[key] for key in KEYS} | {"why": answer_states([columns[key] for key in KEYS[1:]])}
    for name, (categories, size) in by.items():
        for key, codes in rows.items():
            expected = crosstab(codes, categories, columns=size, mask=mask)
            assert np.array_equal(tables.table(key, name), expected), (key, name)


def test_first_refresh_counts_everything_and_the_next_only_what_is_new():
    columns, tables = columns_of(random_rows(1, 500)), all_tables()

    assert tables.refresh(columns, arrays={"age band": age_bands(columns)}) == 500
    extend(columns, random_rows(2, 30), first_id=500)
    assert tables.refresh(columns, arrays={"age band": age_bands(columns)}) == 30
    assert tables.refresh(columns, arrays={"age band": age_bands(columns)}) == 0
    assert len(tables) == 530
    assert_equal_from_scratch(tables, columns)


def test_tables_over_several_blocks_equal_crosstabs():
    columns, tables = columns_of(random_rows(3, 2 * BLOCK + 100)), all_tables()
    tables.refresh(columns, arrays={"age band": age_bands(columns)})

    assert_equal_from_scratch(tables, columns)


def test_edit_makes_everything_be_counted_again():
    columns, tables = columns_of(random_rows(4, 50)), all_tables()
    tables.refresh(columns, arrays={"age band": age_bands(columns)})
    columns.replace([7], random_rows(5, 1).tobytes(), layout=LAYOUT, traits={"channel": np.array([1], np.uint8)})

    assert tables.refresh(columns, arrays={"age band": age_bands(columns)}) == 50
    assert_equal_from_scratch(tables, columns)


def test_other_edition_of_the_arrays_makes_everything_be_counted_again():
    columns, tables = columns_of(random_rows(6, 50)), all_tables()
    tables.refresh(columns, arrays={"age band": age_bands(columns)}, edition=1)
    corrected = np.full(50, 6, np.uint8)

    assert tables.refresh(columns, arrays={"age band": corrected}, edition=2) == 50
    assert_equal_from_scratch(tables, columns, age_band=corrected)


def test_mask_leaves_responses_out_of_every_table_and_grows_with_them():
    columns, tables = columns_of(random_rows(7, 300)), all_tables()
    tables.refresh(columns, arrays={"age band": age_bands(columns)}, mask=columns.ids % 4 == 0)
    extend(columns, random_rows(8, 40), first_id=300)
    mask = columns.ids % 4 == 0

    assert tables.refresh(columns, arrays={"age band": age_bands(columns)}, mask=mask) == 40
    assert_equal_from_scratch(tables, columns, mask=mask)


def test_mask_that_leaves_everybody_out_gives_empty_tables():
    columns, tables = columns_of(random_rows(7, 30)), all_tables()
    tables.refresh(columns, arrays={"age band": age_bands(columns)}, mask=np.zeros(30, bool))

    assert_equal_from_scratch(tables, columns, mask=np.zeros(30, bool))


def test_rows_may_be_arrays_held_elsewhere():
    columns, themes = columns_of(random_rows(9, 40)), (np.arange(40) % 2 + 1).astype(np.uint8)
    tables = CumulativeTables(["transport theme"], by={"channel": 3})
    tables.refresh(columns, arrays={"transport theme": themes})

    expected = crosstab(themes, columns.trait("channel"), columns=3)
    assert np.array_equal(tables.table("transport theme", "channel"), expected)


def test_columns_without_responses_give_empty_tables():
    columns, tables = columns_of(random_rows(1, 0)), all_tables()

    assert tables.refresh(columns, arrays={"age band": age_bands(columns)}) == 0
    assert tables.table("travel", "channel").sum() == 0
    assert (tables.table("travel", "channel").shape, tables.table("travel", "travel").shape) == ((256, 3), (256, 256))
    extend(columns, random_rows(2, 10))
    tables.refresh(columns, arrays={"age band": age_bands(columns)})
    assert_equal_from_scratch(tables, columns)


@pytest.mark.parametrize(
    ("arrays", "error"),
    (
        ({}, KeyError),
        ({"age band": np.zeros(4, np.uint8)}, ValueError),
        ({"age band": np.full(5, 7)}, CodeOutOfRange),
        ({"age band": np.full(5, -1)}, CodeOutOfRange),
    ),
)
def test_refused_refresh_leaves_the_tables_as_they_were(arrays, error):
    columns, tables = columns_of(random_rows(10, 3)), all_tables()
    tables.refresh(columns, arrays={"age band": age_bands(columns)})
    before = tables.table("why", "travel").tolist()
    extend(columns, random_rows(11, 2), first_id=3)

    with pytest.raises(error):
        tables.refresh(columns, arrays=arrays)

    assert (len(tables), tables.table("why", "travel").tolist()) == (3, before)
    tables.refresh(columns, arrays={"age band": age_bands(columns)})
    assert_equal_from_scratch(tables, columns)


def test_mask_of_another_length_is_refused():
    columns = columns_of(random_rows(10, 3))

    with pytest.raises(ValueError, match="mask"):
        all_tables().refresh(columns, arrays={"age band": age_bands(columns)}, mask=np.ones(2, bool))


def test_table_before_the_first_refresh_is_refused_rather_than_nought():
    with pytest.raises(NotRefreshed):
        all_tables().table("travel", "channel")


def test_number_column_is_refused_until_its_bands_are_given():
    columns = Columns()
    columns.extend([1, 2], [(number).to_bytes(4, "little") for number in (17, 70)], layout={"age": (0, 4)})
    tables = CumulativeTables(["age"], by={"age": 256})

    with pytest.raises(TypeError):
        tables.refresh(columns)
    tables.refresh(columns, arrays={"age": band_codes(columns["age"], (18,))})
    assert (tables.table("age", "age")[1, 1], tables.table("age", "age")[2, 2]) == (1, 1)


def test_one_name_for_a_column_and_a_state_is_refused():
    with pytest.raises(ValueError, match="at once"):
        CumulativeTables(["why"], by={}, states={"why": ["why:1"]})


@pytest.mark.parametrize("by", (0, 257))
def test_number_of_categories_is_one_byte_at_most(by):
    with pytest.raises(ValueError, match="categories"):
        CumulativeTables(["travel"], by={"channel": by})


@pytest.mark.parametrize(("row", "by"), (("unknown", "channel"), ("travel", "unknown")))
def test_table_of_an_unknown_name_is_refused(row, by):
    with pytest.raises(KeyError):
        all_tables().table(row, by)


def test_tables_stay_exact_when_responses_outgrow_the_first_plan():
    """A plan made on a few alike responses packs all columns together; later ones break it."""
    keys = [f"column {place}" for place in range(6)]
    layout = {key: (place, 1) for place, key in enumerate(keys)}
    alike, varied = np.ones((5, 6), np.uint8), random_rows(12, 9_000, codes=range(241), width=6)
    columns, tables = Columns(), CumulativeTables(keys, by=dict.fromkeys(keys, 256))
    columns.extend(range(5), alike.tobytes(), layout=layout)
    tables.refresh(columns)
    columns.extend(range(5, 9_005), varied.tobytes(), layout=layout)

    assert tables.refresh(columns) == 9_005
    for row in keys:
        for by in keys:
            assert np.array_equal(tables.table(row, by), crosstab(columns[row], columns[by]))


steps = st.lists(
    st.tuples(st.sampled_from(("extend", "replace", "remove", "refresh")), st.integers(0, 40), st.integers(0, 9_999)),
    max_size=10,
)


@settings(deadline=None)
@given(steps)
def test_any_sequence_of_changes_and_refreshes_equals_counting_from_scratch(sequence):
    columns, tables, next_id = columns_of(random_rows(0, 1)), all_tables(), 1
    for name, count, seed in sequence:
        if name == "extend":
            extend(columns, random_rows(seed, count), first_id=next_id)
            next_id += count
        elif name == "remove":
            columns.remove(np.arange(count))
        elif name == "replace":
            ids = columns.ids[: count // 4]
            traits = {"channel": np.zeros(len(ids), np.uint8)}
            columns.replace(ids, random_rows(seed, len(ids)).tobytes(), layout=LAYOUT, traits=traits)
        else:
            tables.refresh(columns, arrays={"age band": age_bands(columns)})
    tables.refresh(columns, arrays={"age band": age_bands(columns)})

    assert_equal_from_scratch(tables, columns)
