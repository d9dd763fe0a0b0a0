"""Files made to do harm, or that are none: refused in plain words, at once, without filling the memory (threats F1 to F6)."""

import io
import json
import re
import subprocess
import sys
import zipfile

import pytest

from surveys.interchange import ImportRefused, read_questionnaire
from tests.conftest import REPOSITORY
from tests.surveys.interchange.forms import ls_question, lss, workbook, zipped

MOST_MEGABYTES = 300
MOST_SECONDS = 10
FORM = workbook(survey=[["type", "name", "label"], ["text", "why", "Why?"]])

MEASURE = """
import re, sys, time
from surveys.interchange import ImportRefused, read_questionnaire
began, said = time.process_time(), "it was read"
try:
    read_questionnaire(open(sys.argv[1], "rb").read(), name="file")
except ImportRefused as refusal:
    said = str(refusal)
seconds = time.process_time() - began
# Not getrusage: what it says of memory begins with that of the process this one was started from.
most = re.search(r"VmHWM:\\s+([0-9]+) kB", open("/proc/self/status").read())
print(int(most[1]) // 1024, seconds, said, sep="|")
"""


def changed(part, change):
    """A small form with one of its parts changed, its other parts kept."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FORM)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return stream.getvalue()


def with_part(name, content=b"x"):
    """A small form with one more part."""
    stream = io.BytesIO(FORM)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def with_rows(rows):
    """A small form whose survey sheet has this XML for rows."""
    return changed(
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", xml),
    )


def locked():
    """A small form whose first part says that it is encrypted."""
    content = bytearray(FORM)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + at] |= 1
    return bytes(content)


def billion_laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE document [<!ENTITY a0 "ha">{entities}]><document>&a9;</document>'.encode()


OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_LARGE = "too large"

LONG_WORD = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"a" * 1_000 + b"</t></is></c></row>"
LAST_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SHARED_WORDS = b"<row>" + b'<c t="s"><v>0</v></c>' * 20 + b"</row>"


def empty_rows():
    return b"".join(b'<row r="%d" spans="1:3" customHeight="1"/>' % number for number in range(1, 1_048_577))


HOSTILE = {
    "F1 one cell of 300 MB": (lambda: with_rows(LONG_WORD.replace(b"a" * 1_000, b"a" * 300_000_000)), TOO_LARGE),
    "F1 one cell as long as fits": (lambda: with_rows(LONG_WORD.replace(b"a" * 1_000, b"a" * 15_000_000)), ""),
    "F1 shared words of 60 MB": (lambda: changed("xl/sharedStrings.xml", lambda xml: xml + b" " * 60_000_000), TOO_LARGE),
    "F1 shared words as many as fit": (lambda: changed("xl/sharedStrings.xml", many_words), TOO_LARGE),
    "F2 a million empty rows": (lambda: with_rows(empty_rows()), TOO_LARGE),
    "F2 rows as many as fit": (lambda: with_rows(b"<row/>" * 2_500_000), TOO_LARGE),
    "F2 cells as many as fit": (lambda: with_rows(b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"), TOO_LARGE),
    "F2 fewer rows than are too many": (lambda: with_rows(b"<row/>" * 390_000), ""),
    "F2 fewer cells than are too many": (lambda: with_rows(b"<row>" + b"<c/>" * 390_000 + b"</row>"), ""),
    "F1 fewer words than are too many": (lambda: changed("xl/sharedStrings.xml", lambda xml: many_words(xml, 90_000)), ""),
    "F2 one word in every cell": (lambda: with_rows(SHARED_WORDS * 30_000), TOO_LARGE),
    "F2 a cell in the last row and column": (lambda: with_rows(LAST_CELL * 200), ""),
    "F4 10,000 parts": (lambda: zipped(**{f"part{number}": b"" for number in range(10_000)}), TOO_LARGE),
    "F4 locked": (locked, "protected by a password"),
    "F4 a part above the folder": (lambda: zipped(**{".._DOT___evil": b"x"}), "damaged"),
    "F5 an entity outside": (lambda: OUTSIDE, "declares entities"),
    "F5 a billion laughs": (billion_laughs, "declares entities"),
    "F5 laughs in a sheet": (lambda: changed("xl/worksheets/sheet1.xml", lambda xml: billion_laughs()), "declarations"),
    "F5 a million elements": (lambda: b"<document>" + b"<a/>" * 2_400_000 + b"</document>", TOO_LARGE),
    "F5 elements in elements": (lambda: b"<a>" * 3_000_000, TOO_LARGE),
    "F5 attributes without end": (lambda: b"<a " + b"".join(b'b%d="" ' % n for n in range(700_000)) + b"/>", TOO_LARGE),
    "F6 macros": (lambda: with_part("xl/vbaProject.bin"), "holds programs"),
    "old macros": (lambda: OLE + "_VBA_PROJECT_CUR".encode("utf-16-le"), "holds programs"),
    "old and locked": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "old and broken": (lambda: OLE + b"\x00" * 4000, "damaged"),
    "old and large": (lambda: OLE + b"\x00" * 5_000_000, TOO_LARGE),
    "100 MB": (lambda: b"x" * 100_000_000, TOO_LARGE),
    "lists in lists": (lambda: b'{"format": "consult-questionnaire", "pages": ' + b"[" * 2_000_000, "not whole JSON"),
    "many empty lists": (lambda: b'{"a": [' + b"[]," * 1_600_000 + b"[]]}", "not a questionnaire of this service"),
    "rules in rules": (lambda: nested_rules(900), "nested too deep"),
    "as many questions as fit": (lambda: many_questions(3_000), ""),
    "more questions than fit": (lambda: many_questions(6_000), "more than 3,000 questions"),
    "one list for all": (lambda: one_list_for_all(), "more than 3,000 questions"),
    "a large grid": (lambda: large_grid(), "more than 3,000 questions"),
    "a long expression": (lambda: survey_with(relevance="(" * 100_000), ""),
    "tables without end": (lambda: b"class\ttype/scale\tname\n" + b"Q\tS\ta\n" * 1_000_000, TOO_LARGE),
    "markup without end": (lambda: survey_with(question="<!--<" * 200_000), ""),
    "braces without end": (lambda: survey_with(question="{a" * 200_000), ""),
}  # fmt: skip


def many_words(xml, count=700_000):
    return re.sub(rb"<si>.*</si>", b"<si><t>word</t></si>" * count, xml)


def survey_with(**fields):
    return lss(questions=[ls_question("1", "S", "a", **fields)])


def many_questions(count):
    rows = [["type", "name", "label", "relevant"]]
    rows += [["text", f"q{at}", "Q?", f"${{q{at - 1}}} != ''" if at else ""] for at in range(count)]
    return workbook(survey=rows)


def one_list_for_all():
    choices = [["list_name", "name", "label"], *(["long", str(at), "An answer"] for at in range(9_000))]
    return workbook(
        survey=[["type", "name", "label"], *(["select_one long", f"q{at}", "Q?"] for at in range(2_000))],
        choices=choices,
    )


def large_grid():
    part = {"parent_qid": "1", "question": "Row", "language": "en"}
    parts = [
        part | {"qid": f"{scale}.{at}", "title": str(at), "scale_id": scale} for scale in "01" for at in range(900)
    ]
    return lss(questions=[ls_question("1", ";", "a")], subquestions=parts)


def nested_rules(depth):
    rule = '{"not": ' * depth + '{"question": "a", "answered": true}' + "}" * depth
    page = f'{{"key": "p", "questions": [], "shown_if": {rule}}}'
    return f'{{"format": "consult-questionnaire", "version": 1, "title": "T", "pages": [{page}]}}'.encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_costs_little_and_is_refused(name, tmp_path):
    make, words = HOSTILE[name]
    path = tmp_path / "file"
    path.write_bytes(make())

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    megabytes, seconds, said = done.stdout.strip().split("|", 2)
    assert words in said
    assert int(megabytes) < MOST_MEGABYTES
    assert float(seconds) < MOST_SECONDS


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "The file is empty"),
        (b"  \n", "The file is empty"),
        (b"hello", "none that questionnaires can be read from"),
        (b"PK\x03\x04 and no more", "damaged"),
        (zipped(word="x"), "damaged"),
        (workbook(answers=[["name", "age"], ["Ann", 4]]), "not an XLSForm"),
        (b"<html><body>Hello</body></html>", "holds no questions"),
        (b"<document><unclosed>", "damaged"),
        (b"class\ttype/scale\tname\nS\t\tlanguage\n", "holds no questions"),
        (b"{", "not whole JSON"),
        (b'{"a": 1}', "not a questionnaire of this service"),
        (b'{"format": "consult-questionnaire", "version": 1, "title": 3}', '"title" must be text'),
        (b"\xff\xfe\x00\xd8", "none that questionnaires can be read from"),
    ],
)  # fmt: skip
def test_what_is_no_questionnaire_is_refused_in_plain_words(content, words):
    with pytest.raises(ImportRefused, match=re.escape(words)):
        read_questionnaire(content, name="file")


@pytest.mark.parametrize("name", ["form.xlsx", "form.lss", "form.json", "form", "../../etc/passwd.xls"])
def test_format_is_told_by_content_and_not_by_name(name):
    imported = read_questionnaire(FORM, name=name)

    assert imported.report.format == "xlsform"
    assert [question.key for question in imported.definition.questions()] == ["why"]


def test_formula_is_never_worked_out():
    content = with_rows(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c>'
        b'<c r="C1" t="inlineStr"><is><t>label</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c><c r="B2" t="inlineStr"><is><t>a</t></is></c>'
        b'<c r="C2" t="str"><f>HYPERLINK("http://example.org")</f><v>as it was</v></c></row>'
    )

    definition = read_questionnaire(content, name="form").definition

    assert [dict(question.text) for question in definition.questions()] == [{"en": "as it was"}]


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\x00\u202e"]
)
def test_words_of_a_file_stay_words(payload):
    content = workbook(
        survey=[["type", "name", "label"], ["text", "a", f"Why? {payload}"], [f"odd {payload}", "b", "B"]]
    )

    report = read_questionnaire(content, name="form").report

    assert json.loads(json.dumps(report.to_json()))["not_kept"][0]["where"] == "survey row 3"
