"""Files of answers read in a process apart: how they are written is found out, and what could do harm is refused cheaply."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from surveys.answer_files import ImportRefused, Reading, read_apart, rows_kept
from surveys.answer_files.apart import MEGABYTES, environment
from tests.conftest import REPOSITORY
from tests.surveys.interchange.forms import workbook

TODAY = date(2027, 3, 1)
MOST_SECONDS = 60
"""Of the processor's: no file may hold up the service for longer."""
SHEET = workbook(answers=[["a", "b"], [1, "one"]])


def read(tmp_path, content, **how):
    """(Reading, rows) of a file that holds these bytes."""
    (tmp_path / "file").write_bytes(content)
    found = read_apart(tmp_path / "file", tmp_path / "rows", **{"known": ["a", "b"], "today": TODAY} | how)
    return found, list(rows_kept(tmp_path / "rows"))


def refusal(tmp_path, content):
    with pytest.raises(ImportRefused) as refused:
        read(tmp_path, content)
    return str(refused.value)


# How text is written -------------------------------------------------------------------------------------------------------

WORDS = "£5 – café’s Łódź"


@pytest.mark.parametrize(
    "encoding, told, words",
    [
        ("utf-8", "utf-8", WORDS),
        ("utf-8-sig", "utf-8-sig", WORDS),
        ("utf-16", "utf-16", WORDS),
        ("cp1252", "cp1252", "£5 – café’s"),
    ],
)
def test_F7_letters_are_right_in_every_encoding_that_spreadsheets_write(tmp_path, encoding, told, words):
    found, rows = read(tmp_path, f"a,b\r\n1,{words}\r\n".encode(encoding))

    assert (found.format, found.encoding, found.headings) == ("csv", told, ["a", "b"])
    assert rows == [(2, ["1", words])]
    assert "café’s" in found.odd_words


def test_F7_utf_16_of_the_other_order_is_read(tmp_path):
    _, rows = read(tmp_path, b"\xfe\xff" + f"a,b\n1,{WORDS}\n".encode("utf-16-be"))

    assert rows == [(2, ["1", WORDS])]


def test_F7_windows_1252_is_taken_only_where_the_last_byte_shows_that_it_is_not_utf_8(tmp_path):
    late = ("a,b\n" + "1,é\n" * 50_000).encode() + b"1,\xe9\n"

    found, rows = read(tmp_path, late)

    assert found.encoding == "cp1252"
    assert rows[0] == (2, ["1", "Ã©"])


@pytest.mark.parametrize(
    "content, words",
    [
        (b"a,b\n1,\x81\xe9\n", "neither UTF-8 nor Windows-1252"),
        ("a,b\n1,2\n".encode("utf-32"), "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfea,b\n1", "neither UTF-8 nor Windows-1252"),
        ("a,b\n1,2\n".encode("utf-16-le"), "not a spreadsheet of answers"),
        (b"%PDF-1.7\n\x00\x01", "not a spreadsheet of answers"),
        (b"", "The file is empty"),
        (b"\n\n , \n", "The file is empty"),
        (b"a,b\n\n", "headings and no rows"),
    ],
)
def test_what_is_no_file_of_answers_is_refused_in_plain_words(tmp_path, content, words):
    assert words in refusal(tmp_path, content)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_F12_what_parts_the_cells_is_found_by_the_headings_that_it_makes_known(tmp_path, separator):
    text = f'Time, place; and more{separator}a{separator}b\n"x;y,z"{separator}1{separator}2,5;3\n'
    if separator != "\t":
        text = text.replace("Time, place; and more", "Time").replace("2,5;3", "2")

    found, rows = read(tmp_path, text.encode())

    assert (found.separator, found.headings[1:]) == (separator, ["a", "b"])
    assert rows[0][1][:2] == ["x;y,z", "1"]


def test_F12_somebody_may_say_what_parts_the_cells(tmp_path):
    found, rows = read(tmp_path, b"a;b\n1,5;2\n", separator=",")

    assert (found.headings, rows) == (["a;b"], [(2, ["1", "5;2"])])


def test_F12_line_that_names_what_parts_the_cells_is_no_heading(tmp_path):
    found, rows = read(tmp_path, b"sep=;\r\na;b\r\n1;2\r\n")

    assert (found.separator, found.headings, rows) == (";", ["a", "b"], [(3, ["1", "2"])])


def test_rows_have_the_numbers_that_a_spreadsheet_program_shows_and_blank_ones_are_none(tmp_path):
    text = b'\n"a","b"\n"1","two\nlines"\n,\n"3",""\n'

    found, rows = read(tmp_path, text)

    assert (found.heading_row, found.rows) == (2, 2)
    assert rows == [(3, ["1", "two\nlines"]), (5, ["3", ""])]


def test_headings_are_each_of_one_column(tmp_path):
    found, _ = read(tmp_path, b"a,,b,a,\n1,2,3,4,\n")

    assert found.headings == ["a", "(column B)", "b", "a (column D)", "(column E)"]
    assert [column.is_empty for column in found.columns] == [False, False, False, False, True]


def test_B1_B3_what_cannot_be_written_anywhere_is_taken_out_of_cells(tmp_path):
    _, rows = read(tmp_path, "a,b\n1,x\x0b\x1b\ufffe\u007fy\r\n2,\u202eok\u200b😀\n".encode())

    assert rows == [(2, ["1", "xy"]), (3, ["2", "\u202eok\u200b😀"])]


def test_B6_cell_without_end_is_refused_with_where_to_look(tmp_path):
    assert "Perhaps a quotation mark is missing" in refusal(tmp_path, b'a,b\n1,"' + b"x" * 3_000_000)


# Workbooks -----------------------------------------------------------------------------------------------------------------


def test_workbook_gives_values_as_they_would_be_typed(tmp_path):
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Answers")
    day, both = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(0, 0, ["text", "whole", "part", "day", "moment", "true", "sum", "error", "nothing"])
    sheet.write_row(1, 0, ["=1+1", 18, 0.1 + 0.2], None)
    sheet.write_string(1, 0, "=1+1")
    sheet.write_datetime(1, 3, datetime(2027, 3, 27), day)  # noqa: DTZ001 -- spreadsheets know no zones
    sheet.write_datetime(1, 4, datetime(2027, 3, 27, 14, 5), both)  # noqa: DTZ001
    sheet.write_boolean(1, 5, True)
    sheet.write_formula(1, 6, "=1+2", None, 3)
    sheet.write_formula(1, 7, "=1/0", None, "#DIV/0!")
    book.add_worksheet("Codebook").write(0, 0, "not read")
    book.close()

    found, rows = read(tmp_path, stream.getvalue())

    assert rows == [(2, ["=1+1", "18", "0.3", "2027-03-27", "2027-03-27 14:05", "TRUE", "3", "#DIV/0!"])]
    assert found.warnings == (
        "Only the sheet “Answers” is read. The workbook has 1 more.",
        "Cells with formulas are read with the values that were saved with them.",
    )


def test_hidden_sheet_is_passed_over(tmp_path):
    stream = BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["old"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Shown")
    shown.append(["a"])
    shown.append([1])
    book.save(stream)

    found, rows = read(tmp_path, stream.getvalue())

    assert (found.headings, rows) == (["a"], [(2, ["1"])])


def test_cell_beside_the_last_heading_of_a_workbook_is_of_a_column_without_one(tmp_path):
    found, rows = read(tmp_path, workbook(answers=[["a"], [1, "a note"]]))

    assert (found.headings, rows) == (["a", "(column B)"], [(2, ["1", "a note"])])


# Files made to do harm -----------------------------------------------------------------------------------------------------


def changed(part, change, content=SHEET):
    """A small workbook with one of its parts changed."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            inner = old.read(name)
            new.writestr(name, change(inner) if name == part else inner)
    return stream.getvalue()


def with_part(name, content=b"x"):
    stream = BytesIO(SHEET)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def with_rows(rows):
    """A workbook whose sheet has this XML for rows."""
    pattern = rb"<sheetData>.*</sheetData>"
    return changed(
        "xl/worksheets/sheet1.xml", lambda xml: re.sub(pattern, b"<sheetData>" + rows + b"</sheetData>", xml)
    )


def locked():
    content = bytearray(SHEET)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + at] |= 1
    return bytes(content)


def laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><d>&a9;</d>'.encode()


def late_laughs():
    """The same, declared only after a comment so long that nobody looks behind it."""
    return laughs().replace(b"<!DOCTYPE", b"<!--" + b"x " * 10_000 + b"--><!DOCTYPE")


LONG_WORD = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>'
EMPTY_ROWS = b"".join(b'<row r="%d" spans="1:3" customHeight="1"/>' % number for number in range(1, 1_048_577))
LAST_CELL = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
SPREAD = b"<row>" + b'<c t="s"><v>0</v></c>' * 200 + b"</row>"
WIDE = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
TOO_LARGE = "too large"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

HOSTILE = {
    "F1 one cell of 300 MB": (lambda: with_rows(LONG_WORD % (b"a" * 300_000_000)), TOO_LARGE),
    "F1 one cell of 150 MB": (lambda: with_rows(LONG_WORD % (b"a" * 150_000_000)), TOO_LARGE),
    "F1 as many words as fit": (lambda: changed("xl/sharedStrings.xml", many_words), TOO_LARGE),
    "F1 one word in every cell": (lambda: with_rows(SPREAD * 40_000), TOO_LARGE),
    "F2 a million empty rows": (lambda: with_rows(EMPTY_ROWS), TOO_LARGE),
    "F2 a cell in the last row and column": (lambda: with_rows(LAST_CELL), "more than 1,000 columns"),
    "F2 more columns than are asked": (lambda: with_rows(WIDE * 2), "more than 1,000 columns"),
    "F4 10,000 parts": (lambda: parts({f"part{number}": b"" for number in range(10_000)}), TOO_LARGE),
    "F4 a workbook in a workbook": (lambda: with_part("xl/inner.xlsx", SHEET * 100), ""),
    "F4 a part above the folder": (lambda: with_part("../../evil"), ""),
    "F4 locked": (locked, "protected by a password"),
    "F4 old and locked": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "F5 an entity outside": (lambda: changed("xl/worksheets/sheet1.xml", lambda xml: OUTSIDE), "declarations"),
    "F5 a billion laughs": (lambda: changed("xl/sharedStrings.xml", lambda xml: laughs()), "declarations"),
    "F5 laughs after a long comment": (lambda: changed("xl/sharedStrings.xml", lambda xml: late_laughs()), "declarations"),
    "F5 laughs in two bytes": (lambda: changed("xl/sharedStrings.xml", lambda xml: two_bytes()), "declarations"),
    "old": (lambda: OLE + b"\x00" * 4000, "save it as .xlsx"),
    "broken": (lambda: SHEET[:2000], "damaged"),
    "100 MB": (lambda: b"a,b\n" + b"1,2\n" * 25_000_000, TOO_LARGE),
    "more rows than fit": (lambda: b"a,b\n" + b"1,2\n" * 100_001, TOO_LARGE),
    "more cells than fit": (lambda: b"a,b\n" + b"," * 900 + b"1\n" + (b"," * 900 + b"1\n") * 9_000, TOO_LARGE),
}  # fmt: skip


def many_words(xml):
    return re.sub(rb"<si>.*</si>", b"<si><t>word</t></si>" * 6_000_000, xml)


def two_bytes():
    return laughs().decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")


def parts(named):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in named.items():
            archive.writestr(name, content)
    return stream.getvalue()


MEASURED = """
import resource, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_module("surveys.answer_files.reading", run_name="__main__")
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = [line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1]
    print(used.ru_utime + used.ru_stime, int(most) // 1000, file=sys.stderr)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_F1_F2_F4_F5_hostile_file_costs_little_and_is_refused(name, tmp_path):
    make, words = HOSTILE[name]
    (tmp_path / "file").write_bytes(make())
    wishes = {"known": [], "separator": "", "today": "2027-03-01", "megabytes": MEGABYTES, "seconds": MOST_SECONDS}

    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "reading", str(tmp_path / "file"), str(tmp_path / "rows")],
        input=json.dumps(wishes), cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=True, timeout=200,
    )  # fmt: skip

    seconds, megabytes = map(float, done.stderr.split()[-2:])
    said = json.loads(done.stdout)
    assert words in said.get("refused", "")
    assert bool(words) == ("refused" in said)
    assert seconds < MOST_SECONDS
    assert megabytes < 400


def test_F1_process_that_takes_too_much_is_ended_and_the_file_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("surveys.answer_files.apart.SECONDS", 1)
    content = b"a,b\n" + b"".join(b'%d,"%d words"\n' % (n, n) for n in range(99_000)) * 1
    wide = b"\n".join(line + b",1" * 50 for line in content.splitlines())

    assert "too much memory or time" in refusal(tmp_path, wide)


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/media/image1.png"])
def test_F6_programs_links_and_pictures_are_never_opened(tmp_path, name):
    found, rows = read(tmp_path, with_part(name, b"<x/>"))

    assert rows == [(2, ["1", "one"])]
    assert ("programs" in " ".join(found.warnings)) == ("vba" in name)


def test_F6_formula_is_never_worked_out(tmp_path):
    heading = b'<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
    live = b"<row r='2'><c r='A2' t='str'><f>cmd|&apos;/c calc&apos;!A0</f><v>kept</v></c></row>"

    _, rows = read(tmp_path, with_rows(heading + live))

    assert rows == [(2, ["kept"])]


def test_process_apart_knows_no_key_and_no_database(monkeypatch):
    for name in ("CONSULT_MASTER_KEY", "CONSULT_SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "secret")

    assert "secret" not in environment().values()


def test_reading_survives_json(tmp_path):
    found, _ = read(tmp_path, b"a,b\n1,2\n")

    assert Reading.from_json(json.loads(json.dumps(found.to_json()))) == found


# Signs of somebody ----------------------------------------------------------------------------------------------------------

NHS = ("943 476 5919", "9434765870", "401-023-2137")
PEOPLE = ("Ann Smith", "Bob Jones", "Mr Iqbal Khan", "Zoë O’Neill", "Carol Ann Green", "David Brown", "Dr Eve White",
          "Fay Black", "Gus Hill", "Hal Wood", "Ida Moor")  # fmt: skip


@pytest.mark.parametrize(
    "heading, cells, signs",
    [
        ("Name", ["x"], ["names"]), ("First name", ["x"], ["names"]), ("Surname", ["x"], ["names"]),
        ("fullName", ["x"], ["names"]),
        ("E-mail address", ["x"], ["e-mail addresses"]), ("Contact email", ["x"], ["e-mail addresses"]),
        ("NHS No.", ["x"], ["NHS numbers"]), ("NHS number", ["x"], ["NHS numbers"]), ("DOB", ["x"], ["birth dates"]),
        ("Date of birth", ["x"], ["birth dates"]), ("Mobile", ["x"], ["telephone numbers"]), ("IP address", ["x"], ["addresses"]),
        ("Notes", ["ring ann.smith@example.org first"], ["e-mail addresses"]), ("Notes", NHS, ["NHS numbers"]),
        ("Who", PEOPLE, ["names"]), ("Born when", [f"1/2/{year}" for year in range(1930, 2010, 5)], ["birth dates"]),
        ("When", [f"1/2/{year}" for year in range(1930, 2010, 5)], ["birth dates"]),
        ("Name of your GP practice", ["The Surgery"], []), ("Notes", ["943 476 5918", "07700 900123"], []),
        ("When", [f"{day}/2/2027" for day in range(1, 20)], []), ("Place", ["Leigh", "Wigan", "Atherton"] * 9, []),
        ("What", ["Strongly agree", "Agree"] * 20, []),
    ],
)  # fmt: skip
def test_columns_that_look_like_they_say_who_somebody_is_are_told(tmp_path, heading, cells, signs):
    text = "\n".join([f"a,{heading}", *(f'1,"{cell}"' for cell in cells)])

    found, _ = read(tmp_path, text.encode())

    assert list(found.columns[1].looks_like) == signs
