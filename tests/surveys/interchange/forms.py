"""Files of other tools for tests, made of a few rows."""

import io
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter

from surveys.interchange import read_questionnaire


def workbook(**sheets):
    """An .xlsx file: `workbook(survey=[["type", "name"], ["text", "why"]])`."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return stream.getvalue()


YES_NO = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
COLUMNS = (
    "type",
    "name",
    "label",
    "relevant",
    "constraint",
    "choice_filter",
    "required",
    "hint",
    "repeat_count",
    "calculation",
)


def xlsform(*rows, choices=None, columns=COLUMNS, **more):
    """What is read of an XLSForm; each row is its type, name and label, and other columns by name."""
    table = [list(columns)]
    for row in rows:
        *plain, last = row
        given = last if isinstance(last, dict) else {}
        plain = plain if given else list(row)
        named = dict(zip(columns, plain, strict=False)) | given
        table.append([named.get(column, "") for column in columns])
    if choices is None and any(" yn" in row[0] for row in rows):
        choices = YES_NO
    return read_questionnaire(
        workbook(survey=table, **({"choices": choices} if choices else {}), **more), name="form.xlsx"
    )


def lss(**tables):
    """A LimeSurvey survey structure; `tables` are lists of rows, and those that every survey has are added."""
    tables.setdefault("groups", [{"gid": "1", "group_name": "Page", "language": "en", "group_order": "1"}])
    tables.setdefault("surveys", [{"sid": "9", "language": "en"}])
    rows = "".join(f"<{name}><rows>{''.join(map(row_of, held))}</rows></{name}>" for name, held in tables.items())
    start = '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
    return f"{start}{rows}</document>".encode()


def row_of(row):
    return f"<row>{''.join(f'<{name}>{escape(str(value))}</{name}>' for name, value in row.items())}</row>"


def ls_question(qid, type, title, **fields):
    """A row of LimeSurvey's questions."""
    plain = {"qid": qid, "sid": "9", "gid": "1", "type": type, "title": title, "question": f"About {title}?"}
    plain |= {"language": "en", "question_order": qid, "relevance": "1", "mandatory": "N", "other": "N"}
    return plain | fields


def limesurvey(*questions, **tables):
    """What is read of a LimeSurvey survey with these questions."""
    return read_questionnaire(lss(questions=list(questions), **tables), name="survey.lss")


def zipped(**parts):
    """A zip archive of parts by their names, in which __ stands for /."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


def lines(report_lines):
    """A report's lines as tuples."""
    return [(line.where, line.what, line.why) for line in report_lines]
