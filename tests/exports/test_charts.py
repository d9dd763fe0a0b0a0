"""Charts: lengths in proportion, hidden numbers without a bar, words that stay inside the picture."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.charts import SCALE_COLOURS, SERIES_COLOURS, arial_width, picture, wrapped
from exports.document import ChartRow, DocumentError, Point
from tests.exports.samples import AGREEMENT, bars, stacked


def drawn(chart, **options):
    return picture(chart, width=640, size=14, measure=arial_width, **options)


def bars_of(chart):
    return [box.width for box in drawn(chart).rectangles if box.height > 15]


def labels_of(chart):
    return [label.text for label in drawn(chart).labels]


def test_bars_start_at_zero_and_are_in_proportion():
    chart = bars(rows=tuple(ChartRow(str(value), (Point(value, str(value)),)) for value in (50, 100, 0, 25)))
    widths = bars_of(chart)
    assert len(widths) == 3
    assert widths[0] == pytest.approx(widths[1] / 2, abs=0.02)
    assert widths[2] == pytest.approx(widths[1] / 4, abs=0.02)
    (axis,) = drawn(chart).rules
    assert {box.x for box in drawn(chart).rectangles} == {axis.x}


def test_bars_are_drawn_as_parts_of_the_whole_they_are_of():
    half, all_of_it = (bars(rows=(ChartRow("Bus", (Point(value, f"{value}%"),)),), whole=100) for value in (50, 100))

    assert bars_of(half)[0] == pytest.approx(bars_of(all_of_it)[0] / 2, rel=0.05)


def test_a_bar_that_rounding_made_longer_than_its_whole_still_fits():
    chart = bars(rows=(ChartRow("Bus", (Point(70, "70"),)),), whole=65)

    assert all(box.x + box.width <= 640 for box in drawn(chart).rectangles)


@pytest.mark.parametrize("whole", [0, -1, float("inf"), float("nan")])
def test_a_chart_has_a_whole_that_parts_can_be_taken_of(whole):
    with pytest.raises(DocumentError):
        bars(whole=whole)


def test_a_hidden_number_has_its_mark_and_no_bar():
    chart = bars(rows=(ChartRow("Bus", (Point(None, "[c]"),)), ChartRow("Car", (Point(9, "9"),))))
    assert len(bars_of(chart)) == 1
    assert "[c]" in labels_of(chart)


def test_a_chart_of_hidden_numbers_alone_is_still_drawn():
    assert labels_of(bars(rows=(ChartRow("Bus", (Point(None, "[c]"),)),))) == ["Bus", "[c]"]


def test_a_full_bar_with_a_hidden_part_is_not_drawn_for_its_gap_would_tell():
    hidden = stacked(
        rows=(
            ChartRow(
                "Close it",
                tuple(map(Point, (None, 5, 10, 40, 20), ("[c]", "5%", "10%", "40%", "20%"))),
            ),
        )
    )
    assert bars_of(hidden) == []
    assert "[c] (no bar: see the table)" in labels_of(hidden)


def test_a_stacked_bar_fills_its_width_with_white_gaps_between_colours():
    chart = stacked(outside="", rows=(ChartRow("Move", tuple(map(Point, (20, 20, 20, 20, 20), ["20%"] * 5))),))
    segments = [box for box in drawn(chart).rectangles if box.height > 15]
    assert [box.fill for box in segments] == list(SCALE_COLOURS)
    assert segments[-1].x + segments[-1].width == pytest.approx(640, abs=0.1)
    gaps = [right.x - left.x - left.width for left, right in itertools.pairwise(segments)]
    assert all(1.9 <= gap <= 2.6 for gap in gaps)


def test_a_label_that_does_not_fit_its_segment_is_left_to_the_table():
    chart = stacked(
        rows=(
            ChartRow(
                "Move",
                tuple(map(Point, (97, 1, 1, 1, 0), ("97%", "1%", "1%", "1%", "0%"))),
            ),
        )
    )
    assert [text for text in labels_of(chart) if text.endswith("%")] == ["97%"]


def test_ends_of_a_short_scale_keep_the_colours_of_the_ends():
    rows = (ChartRow("Move", (Point(1, "1"), Point(1, "1"), Point(1, "1"))),)
    chart = stacked(series=("Yes", "Neither", "No"), rows=rows, outside="")
    fills = [box.fill for box in drawn(chart).rectangles if box.height > 15]
    assert fills == [SCALE_COLOURS[0], SCALE_COLOURS[2], SCALE_COLOURS[4]]


def test_series_stand_under_one_another_with_a_key_above():
    rows = (ChartRow("White", (Point(88, "88%"), Point(93, "93%"))),)
    chart = bars(kind="against_population", series=("Took part", "Population"), rows=rows)
    assert labels_of(chart) == ["Took part", "Population", "White", "88%", "93%"]
    assert [box.fill for box in drawn(chart).rectangles if box.width > 100] == list(SERIES_COLOURS[:2])


def test_plain_bars_have_no_key():
    assert labels_of(bars())[0] == "Drive a car"


def test_parts_of_a_chart_share_one_scale():
    chart = bars(rows=tuple(ChartRow(f"Row {value}", (Point(value, str(value)),)) for value in (10, 100)))
    alone = drawn(chart, rows=chart.rows[:1]).rectangles[0]
    assert alone.width == drawn(chart).rectangles[0].width


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)
POINTS = st.one_of(st.none(), st.floats(0, 1e9), st.integers(0, 10**6)).map(
    lambda value: Point(value, "[c]" if value is None else str(round(value)))
)


@given(st.lists(st.tuples(WORDS, POINTS), max_size=8))
def test_every_bar_and_word_stays_inside_the_picture(rows):
    picture = drawn(bars(rows=tuple(ChartRow(label, (point,)) for label, point in rows)))
    assert all(box.x >= 0 and box.x + box.width <= 640.1 for box in picture.rectangles)
    assert all(box.y + box.height <= picture.height for box in picture.rectangles)
    assert all(0 <= label.y <= picture.height for label in picture.labels)
    assert all(label.x + arial_width(label.text, 14) <= 641 for label in picture.labels if label.anchor == "start")


@given(st.lists(st.lists(POINTS, min_size=5, max_size=5), max_size=5))
def test_stacked_bars_stay_inside_the_picture_whatever_their_numbers(rows):
    chart = stacked(rows=tuple(ChartRow("Statement", tuple(points)) for points in rows), series=AGREEMENT)
    assert all(box.x >= 0 and box.x + box.width <= 641 for box in drawn(chart).rectangles)


@given(WORDS, st.floats(10, 300))
def test_wrapped_lines_hold_every_word_and_fit(text, width):
    lines = wrapped(text, width, size=14, measure=arial_width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(arial_width(line, 14) <= width or len(line) == 1 for line in lines)
