"""CSV as it is read back by Python's own reader, and as it streams."""

import csv
import io
from datetime import date
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
