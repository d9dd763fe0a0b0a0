"""CSV as it is read back by Python's own reader, and as it streams."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exports.cells import safe_text
from exports.formats import FORMATS
from exports.formats.base import Coded, RowBook, RowStream, ShownCell, ShownTable, TableBook
from tests.exports.samples import HOSTILE


def written(content):
    stream = io.BytesIO()
    FORMATS["csv"].write(content, stream)
    return stream.getvalue()


def read_back(content):
    return list(csv.reader(io.StringIO(written(content).decode("utf-8-sig"), newline="")))


def test_csv_has_a_byte_order_mark_and_crlf_line_ends():
    assert written(RowStream.of_rows("t", ("a", "b"), [(1, "é")])) == "\ufeffa,b\r\n1,é\r\n".encode()


def test_csv_reads_back_as_it_was_but_for_the_guard():
    cells = [
        "Agree",
        'say "no", twice',
        "two\nlines",
        -3,
        1.5,
        Decimal("2.50"),
        date(2027, 3, 12),
        None,
        True,
        "-3",
        "+44 20",
    ]
    assert read_back(RowStream.of_rows("t", tuple("abcdefghijk"), [cells])) == [
        list("abcdefghijk"),
        ["Agree", 'say "no", twice', "two\nlines", "-3", "1.5", "2.50", "2027-03-12", "", "True", "'-3", "'+44 20"],
    ]


def test_csv_makes_headings_safe_too():
    assert read_back(RowStream.of_rows("t", ("=1+1",), []))[0] == ["'=1+1"]


def test_csv_keeps_hostile_words_as_words():
    rows = read_back(RowStream.of_rows("t", ("a", "b"), [(words, "x") for words in HOSTILE]))
    assert rows[1:] == [[safe_text(words), "x"] for words in HOSTILE]


def test_numbers_of_two_types_in_one_column_keep_their_own_form():
    assert read_back(RowStream.of_rows("t", ("a",), [(1,), (1.0,), (True,), ("1",)]))[1:] == [
        ["1"],
        ["1.0"],
        ["True"],
        ["1"],
    ]


def test_a_coded_column_is_written_in_words():
    words = ("", "Agree", "Disagree, strongly", "=evil")
    stream = RowStream("t", ("id", "answer"), [[[1, 2, 3, 4], Coded(bytes([1, 2, 0, 3]), words)]])
    assert read_back(stream)[1:] == [["1", "Agree"], ["2", "Disagree, strongly"], ["3", ""], ["4", "'=evil"]]


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(), st.text(st.characters())), min_size=3, max_size=3), max_size=5
    )
)
def test_csv_always_reads_back_with_the_same_rows_and_cells(rows):
    expected = [["" if cell is None else str(safe_text(cell)) for cell in row] for row in rows]
    assert read_back(RowStream.of_rows("t", ("a", "b", "c"), rows))[1:] == expected


SHORT_WORDS = ("", "1", "-2", "a,b", 'say "x"', "=1")
LONG_WORDS = (*SHORT_WORDS, "Neither agree nor disagree", "No,\nnot at all", "میں ہفتے میں")
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(allow_nan=False, places=2),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.text(st.characters(), max_size=3),
    st.sampled_from(LONG_WORDS),
)


@st.composite
def blocks(draw):
    """Blocks of columns as a stream has them: coded in short words or long, or cells of one type or several."""
    rows = draw(st.integers(1, 5))
    kinds = draw(st.lists(st.sampled_from((SHORT_WORDS, LONG_WORDS, None)), min_size=2, max_size=6))

    def column(words):
        if words is None:
            return draw(st.lists(CELLS, min_size=rows, max_size=rows))
        codes = st.lists(st.integers(0, len(words) - 1), min_size=rows, max_size=rows)
        return Coded(bytes(draw(codes)), words)

    return [[column(words) for words in kinds] for _ in range(draw(st.integers(1, 3)))]


@given(blocks())
def test_csv_has_the_bytes_of_pythons_own_writer(content):
    headings = tuple(f"h{place}" for place in range(len(content[0])))
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headings)
    for block in content:
        plain = [
            [column.words[code] for code in column.codes] if isinstance(column, Coded) else column for column in block
        ]
        writer.writerows([str(safe_text(cell)) for cell in row] for row in zip(*plain, strict=True))

    assert written(RowStream("t", headings, content)) == ("\ufeff" + stream.getvalue()).encode()


def test_values_that_are_equal_and_written_differently_keep_their_own_form():
    moments = [datetime(2027, 3, 12, tzinfo=UTC), date(2027, 3, 12)]
    columns = [[0.0, -0.0], [Decimal("2.5"), Decimal("2.50")], [1, True], moments]
    assert read_back(RowStream("t", tuple("abcd"), [columns]))[1:] == [
        ["0.0", "2.5", "1", "2027-03-12 00:00:00+00:00"],
        ["-0.0", "2.50", "True", "2027-03-12"],
    ]


def test_columns_of_many_different_values_are_written_as_they_are():
    numbers = [[str(number), f"{number} and more words than are short"] for number in range(600)]
    assert read_back(RowStream.of_rows("t", ("a", "b"), numbers))[1:] == numbers


def test_csv_streams_without_holding_the_rows():
    taken = []

    def rows():
        for number in range(10_000):
            taken.append(number)
            yield (number,)

    chunks = FORMATS["csv"].lines(RowStream.of_rows("t", ("a",), rows()))
    next(chunks)
    next(chunks)
    assert len(taken) < 5_000


def test_csv_leaves_the_codebook_to_a_file_of_its_own():
    answers, codebook = (RowStream.of_rows(title, (title,), [("x",)]) for title in ("answers", "codebook"))
    assert read_back(RowBook(answers, codebook)) == [["answers"], ["x"]]


def test_released_tables_become_one_line_for_each_number():
    table = ShownTable(
        "Travel",
        "q1",
        "Age",
        "412",
        ("16 to 24", "25 and over"),
        (("Bus", (ShownCell(25, "25"), ShownCell(None, "[c]"))),),
        ("Rounded.",),
    )
    assert read_back(TableBook("Urgent care", "nhs_round5", "412", (table,))) == [
        ["consultation", "table", "question", "by", "base", "row", "column", "value", "shown", "policy"],
        ["Urgent care", "Travel", "q1", "Age", "412", "Bus", "16 to 24", "25", "25", "nhs_round5"],
        ["Urgent care", "Travel", "q1", "Age", "412", "Bus", "25 and over", "", "[c]", "nhs_round5"],
    ]
