"""XLSX: read back by another program, and taken apart to see that nothing hides in it."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from exports.cells import clean_text
from exports.formats import FORMATS
from exports.formats.base import (
    PERCENTAGES,
    SHORTHAND,
    CannotWrite,
    Coded,
    RowBook,
    RowStream,
    ShownCell,
    ShownTable,
    TableBook,
)
from exports.formats.xlsx import MOST_COLUMNS
from tests.exports.samples import HOSTILE

LIVE = (
    "=1+1",
    "{=1+1}",
    "https://example.org",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "mailto:a@b.c",
    "+1",
    "-1",
    "@SUM(A1)",
)
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml"
    r"|xl/(workbook|styles|metadata)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)


def written(content):
    stream = io.BytesIO()
    FORMATS["xlsx"].write(content, stream)
    return stream


def cells_of(content, sheet=0):
    workbook = load_workbook(written(content))
    return [[cell.value for cell in row] for row in workbook.worksheets[sheet].iter_rows()]


def book(**changes):
    table = ShownTable(
        "Travel",
        "q1",
        "Age",
        "412",
        ("16 to 24", "Over 24"),
        (("Bus", (ShownCell(25, "25"), ShownCell(None, "[c]"))),),
        ("Rounded.",),
        ((ShownCell(8, "8%"), ShownCell(None, "[c]")),),
    )
    codebook = RowStream.of_rows("Codebook", ("question", "code", "label"), [("q1", 1, "Bus")])
    return TableBook(
        **{
            "consultation": "Urgent care",
            "policy": "nhs_round5",
            "base": "412",
            "tables": (table,),
            "codebook": codebook,
        }
        | changes
    )


def test_xlsx_reads_back_as_it_was():
    row = ["Agree", "two\nlines", -3, 1.5, Decimal("2.5"), None, ""]
    assert cells_of(RowStream.of_rows("Answers", tuple("abcdefg"), [row])) == [
        list("abcdefg"),
        ["Agree", "two\nlines", -3, 1.5, 2.5, None, None],
    ]


def test_xlsx_keeps_dates_as_dates():
    row = [date(2027, 3, 12), datetime(2027, 3, 12, 14, 30)]  # noqa: DTZ001 -- a spreadsheet has no time zones
    assert cells_of(RowStream.of_rows("t", ("day", "moment"), [row]))[1] == [datetime(2027, 3, 12), row[1]]  # noqa: DTZ001


def test_xlsx_keeps_text_that_looks_live_as_text():
    workbook = load_workbook(written(RowStream.of_rows("t", ("=1+1",), [(text,) for text in LIVE])))
    cells = [row[0] for row in workbook.worksheets[0].iter_rows()]
    assert [cell.value for cell in cells] == ["=1+1", *LIVE]
    assert {cell.data_type for cell in cells[1:]} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_xlsx_carries_hostile_words_without_breaking():
    rows = cells_of(RowStream.of_rows("t", ("a",), [(words,) for words in HOSTILE]))
    assert [row[0] for row in rows[1:]] == [clean_text(words) for words in HOSTILE]


def test_xlsx_holds_nothing_but_sheets_with_plain_values():
    live = ShownTable(LIVE[0], LIVE[2], None, "1", (LIVE[1],), ((LIVE[3], (ShownCell(None, LIVE[4]),)),), LIVE)
    parts = zipfile.ZipFile(written(book(tables=(*book().tables, live))))
    assert [name for name in parts.namelist() if not PARTS.fullmatch(name)] == []
    everything = "".join(parts.read(name).decode() for name in parts.namelist())
    for forbidden in (
        "<f>",
        "<f ",
        "hyperlink",
        "definedName",
        "externalLink",
        "comments",
        'hidden="',
        "macro",
        "pivot",
    ):
        assert forbidden not in everything, forbidden


def test_xlsx_names_no_author_and_no_time_of_writing():
    core = zipfile.ZipFile(written(book())).read("docProps/core.xml").decode()
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>|<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", core) in (
        [],
        [("", ""), ("", "")],
    )
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2000-01-01T"}


def test_the_same_content_gives_the_same_workbook():
    first, second = (zipfile.ZipFile(written(book())) for _ in range(2))
    assert [(name, first.read(name)) for name in first.namelist()] == [
        (name, second.read(name)) for name in second.namelist()
    ]


def test_released_tables_follow_their_contents_and_notes_and_the_codebook_is_last():
    workbook = load_workbook(written(book()))
    assert workbook.sheetnames == ["Contents", "Notes", "Table 1", "Codebook"]
    assert {sheet.sheet_state for sheet in workbook.worksheets} == {"visible"}


def test_contents_say_which_table_is_which():
    second = ShownTable("Age", "age", None, "[c]", ("All",), (("Over 24", (ShownCell(None, "[c]"),)),))
    assert cells_of(book(tables=(*book().tables, second), mark="Illustrative data")) == [
        ["Urgent care", None, None, None, None],
        ["Released tables: 2 · Illustrative data", None, None, None, None],
        [None, None, None, None, None],
        ["Table", "Title", "Question", "Divided by", "Base"],
        ["Table 1", "Travel", "q1", "Age", 412],
        ["Table 2", "Age", "age", "Not divided", "[c]"],
    ]


def test_contents_say_what_was_done_to_the_numbers():
    rule = "1 to 7 hidden, other numbers rounded to the nearest 5"

    assert cells_of(book(rule=rule))[:4] == [
        ["Urgent care", None, None, None, None],
        ["Released tables: 1", None, None, None, None],
        [f"Small numbers: {rule}. [c] is a hidden number, not a zero.", None, None, None, None],
        [None, None, None, None, None],
    ]


def test_table_has_its_title_and_base_above_percentages_beside_and_notes_below():
    assert cells_of(book(mark="Illustrative data"), sheet=2) == [
        ["Travel", None, None, None, None],
        ["Base: 412 people who answered", None, None, None, None],
        [None, None, None, None, None],
        ["Answer to q1", "16 to 24", "Over 24", "16 to 24 (%)", "Over 24 (%)"],
        ["Bus", 25, "[c]", 0.08, "[c]"],
        [None, None, None, None, None],
        ["Rounded.", None, None, None, None],
        ["Illustrative data", None, None, None, None],
    ]


def test_table_has_a_bold_header_that_stays_in_sight_beside_a_wide_first_column():
    sheet = load_workbook(written(book()))["Table 1"]
    assert [cell.font.bold for cell in sheet[4]] == [True] * 5
    assert (sheet.freeze_panes, sheet["D5"].number_format) == ("B5", "0%")
    assert sheet.column_dimensions["A"].width > 40


def test_percentage_with_a_mark_is_shown_with_it():
    table = ShownTable(
        "Care", "q2", None, "1", ("All",), (("Yes", (ShownCell(20, "20"),)),), (), ((ShownCell(50, "50% [u]"),),)
    )
    assert cells_of(book(tables=(table,)), sheet=2) == [
        ["Care", None, None],
        ["Base: 1 person who answered", None, None],
        [None, None, None],
        ["Answer to q2", "All", "All (%)"],
        ["Yes", 20, "50% [u]"],
    ]


def test_notes_explain_shorthand_and_say_each_note_once_with_its_tables():
    notes = (("Rounded.",), ("Rounded.", "Overlaps."), ("Rounded.",), ("Rounded.", "Overlaps."), ("Overlaps.",))
    tables = tuple(ShownTable("t", "q", None, "9", ("n",), (), each) for each in notes)
    assert cells_of(book(tables=tables, rule="Small numbers are hidden", mark="Illustrative data"), sheet=1) == [
        ["About", "Note"],
        ["Consultation", "Urgent care"],
        ["Mark", "Illustrative data"],
        ["People who took part", 412],
        ["Disclosure policy", "Small numbers are hidden (nhs_round5)"],
        *map(list, SHORTHAND),
        ["Percentages", PERCENTAGES],
        ["Tables 1 to 4", "Rounded."],
        ["Tables 2, 4 to 5", "Overlaps."],
    ]


def test_note_of_every_table_or_of_one_says_so():
    tables = tuple(ShownTable("t", "q", None, "9", ("n",), (), each) for each in (("Rounded.", "Once."), ("Rounded.",)))
    assert cells_of(book(tables=tables), sheet=1)[-2:] == [["All tables", "Rounded."], ["Table 1", "Once."]]


def test_rows_come_with_their_codebook():
    content = RowBook(RowStream("Answers", ("q1",), [[Coded(b"\x01", ("", "Bus"))]]), book().codebook)
    workbook = load_workbook(written(content))
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook.worksheets}
    assert sheets == {"Answers": [["q1"], ["Bus"]], "Codebook": [["question", "code", "label"], ["q1", 1, "Bus"]]}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What [is]: a/b?*\\", "What  is   a b"),
        ("x" * 40, "x" * 31),
        ("", "Table"),
        ("history", "history 2"),
        ("'quoted'", "quoted"),
    ],
)
def test_sheet_names_are_made_legal(title, name):
    assert load_workbook(written(RowStream.of_rows(title, ("a",), []))).sheetnames == [name]


def test_sheet_names_differ_in_more_than_case():
    answers, codebook = (RowStream.of_rows(letter * 40, ("a",), []) for letter in "xX")
    assert load_workbook(written(RowBook(answers, codebook))).sheetnames == ["x" * 31, "X" * 29 + " 2"]


def test_too_many_rows_are_refused_in_plain_words():
    blocks = ([Coded(bytes(65_536), ("",))] for _ in range(16))
    with pytest.raises(CannotWrite, match="more rows than an Excel sheet holds"):
        written(RowStream("Answers", ("q1",), blocks))


def test_too_many_columns_are_refused_in_plain_words():
    with pytest.raises(CannotWrite, match="16,385 columns"):
        written(RowStream.of_rows("Answers", ("a",) * (MOST_COLUMNS + 1), []))
