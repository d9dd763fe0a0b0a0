"""The sheets of an XLSForm as tables: which sheet is which, what each column is called, and what every row says, by language."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.interchange.base import ImportRefused, Report
from surveys.interchange.languages import code_of_language
from surveys.interchange.outline import Words
from surveys.interchange.spreadsheet import Cells

OWN = "consult"
"""The column in which our own exports say, as JSON, what XLSForm has no column for."""

SAME = {
    "caption": "label", "relevance": "relevant", "list name": "list_name", "list": "list_name", "command": "type",
    "constraint-msg": "constraint_message", "constraintmsg": "constraint_message", "constraint message": "constraint_message",
    "jr:constraintmsg": "constraint_message", "requiredmsg": "required_message", "required message": "required_message",
    "jr:requiredmsg": "required_message", "readonly": "read_only", "calculate": "calculation", "choice filter": "choice_filter",
    "repeat count": "repeat_count", "value": "name", "jr:count": "repeat_count",
}  # fmt: skip
TRANSLATED = {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
MEDIA = {"image", "big-image", "audio", "video"}
SURVEY_COLUMNS = {
    "type", "name", "relevant", "constraint", "required", "default", "calculation", "appearance", "choice_filter",
    "repeat_count", "parameters", "read_only", "trigger", "rows", OWN, *TRANSLATED, *MEDIA,
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """What a column is: its `name` in one spelling, and the `language` it is in, as the file names it ("" for none)."""

    name: str
    language: str = ""


@dataclass
class Record:
    """A row of a table: what it says by column."""

    where: str
    cells: dict[Column, str]
    languages: "Languages"

    def get(self, name: str) -> str:
        """What it says in a column; in the first language where the column is translated."""
        for column, text in self.cells.items():
            if column.name == name and text:
                return text
        return ""

    def words(self, name: str) -> Words:
        """What it says in a translated column, by our code of the language, the first language first."""
        found = {
            self.languages.code(column.language): text for column, text in self.cells.items() if column.name == name
        }
        return {code: found[code] for code in self.languages.codes if found.get(code)}

    def own(self, report: Report) -> Mapping[str, Any]:
        """What our own exports say beside XLSForm; nothing where it cannot be read."""
        text = self.get(OWN)
        if not text:
            return {}
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return found
        report.lose(self.where, f"{OWN} “{text}”", "it is not the JSON that an export of this service writes")
        return {}


@dataclass
class Languages:
    """The languages of a form: those its label columns name, and which one a column without a language is in."""

    first: str
    named: dict[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Our codes, the first language first."""
        return list(dict.fromkeys([self.first, *self.named.values()]))

    def code(self, name: str) -> str:
        return self.named.get(name) or (code_of_language(name) if name else self.first)


@dataclass
class Table:
    """A sheet with a row of headings."""

    name: str
    columns: list[Column]
    rows: list[tuple[int, dict[Column, str]]]
    headings: dict[Column, str] = field(default_factory=dict)

    def records(self, languages: Languages) -> Iterator[Record]:
        for number, cells in self.rows:
            yield Record(f"{self.name} row {number}", cells, languages)


def table(sheet: Cells, report: Report) -> Table:
    """A sheet as a table; the first row that says anything holds the headings."""
    numbers = sorted(sheet.rows)
    if not numbers:
        return Table(sheet.name, [], [])
    headings = [heading.strip() for heading in sheet.rows[numbers[0]]]
    columns = [column(heading) for heading in headings]
    for name in sorted({headings[at] for at, each in enumerate(columns) if each.name and each in columns[:at]}):
        report.warn(
            f"The sheet “{sheet.name}” has several columns “{name}”. The first that says something was read in each row."
        )
    rows = []
    for number in numbers[1:]:
        cells: dict[Column, str] = {}
        for at, text in enumerate(sheet.rows[number][: len(columns)]):
            if columns[at].name and text and not cells.get(columns[at]):
                cells[columns[at]] = text
        stray = [text for text in sheet.rows[number][len(columns) :] if text]
        stray += [text for at, text in enumerate(sheet.rows[number][: len(columns)]) if text and not columns[at].name]
        if stray:
            report.lose(f"{sheet.name} row {number}", "; ".join(stray), "it stands in a column that has no heading")
        if cells:
            rows.append((number, cells))
    return Table(sheet.name, list(dict.fromkeys(columns)), rows, dict(zip(columns, headings, strict=True)))


def column(heading: str) -> Column:
    """What a heading names: "label::English (en)", "bind:relevant", "media::image::fr", "list name"."""
    parts = [part.strip() for part in re.split(r":{1,2}", heading)]
    first = parts[0].lower()
    if first in ("bind", "body", "control", "instance", "media") and len(parts) > 1:
        return column("::".join(parts[1:])) if first in ("bind", "media", "body") else Column(heading.lower())
    if first == "jr" and len(parts) > 1:
        first, parts = f"jr:{parts[1].lower()}", parts[1:]
    name = SAME.get(first, first)
    if len(parts) > 1 and name in TRANSLATED | MEDIA:
        return Column(name, "::".join(parts[1:]))
    return Column(name if len(parts) == 1 or first.startswith("jr:") else heading.lower())


# Which sheet is which -------------------------------------------------------------------------------------------------------


@dataclass
class Sheets:
    """The tables of a form. `choices` and `settings` may be empty."""

    survey: Table
    choices: Table
    settings: Table


def sheets_of(cells: list[Cells], report: Report) -> Sheets:
    """The survey, choices and settings of a workbook, found by name, else by their headings. Raises ImportRefused."""
    left = {sheet.name: table(sheet, Report(report.format)) for sheet in cells}
    survey = take(left, "survey", {"type", "name"}, report) or take(left, "survey", {"type", "label"}, report)
    if survey is None or Column("type") not in survey.columns:
        raise ImportRefused(
            "The spreadsheet is not an XLSForm: it has no sheet “survey” with the columns “type” and “name”. "
            "Check that this is the form itself, and not its answers."
        )
    choices = take(left, "choices", {"list_name", "name"}, report)
    settings = take(left, "settings", set(), report)
    for name, other in left.items():
        if other.rows:
            report.warn(f"The sheet “{name}” was not read: it is no part of an XLSForm.")
    empty = Table("", [], [])
    chosen = [
        table(sheet, report)
        for sheet in cells
        for part in (survey, choices, settings)
        if part and sheet.name == part.name
    ]
    read = {part.name: part for part in chosen}
    return Sheets(
        read[survey.name], read[choices.name] if choices else empty, read[settings.name] if settings else empty
    )


def take(left: dict[str, Table], wanted: str, columns: set[str], report: Report) -> Table | None:
    """The sheet of this name, or one that is named much like it, or one with these columns; taken out of `left`."""
    plain = {name.strip().lower(): name for name in left}
    name = plain.get(wanted)
    if name is None:
        close = difflib.get_close_matches(wanted, plain, n=1, cutoff=0.8)
        name = plain[close[0]] if close else None
    if name is None and columns:
        name = next(
            (each for each, found in left.items() if columns <= {column.name for column in found.columns}), None
        )
    if name is None:
        return None
    if name != wanted:
        report.warn(f"The sheet “{name}” was read as “{wanted}”.")
    return left.pop(name)


def languages_of(sheets: Sheets, report: Report) -> Languages:
    """The languages of a form, its default one first."""
    columns = [*sheets.survey.columns, *sheets.choices.columns]
    named = list(dict.fromkeys(each.language for each in columns if each.name == "label" and each.language))
    settings = sheets.settings.rows[0][1] if sheets.settings.rows else {}
    default = settings.get(Column("default_language"), "")
    is_plain = any(each == Column("label") for each in sheets.survey.columns)
    codes = {name: code_of_language(name) for name in named}
    if default and default.lower() != "default":
        first = code_of_language(default)
    elif named and not is_plain:
        first = codes[named[0]]
    else:
        first = "en"
        if not default:
            report.warn("The form does not say which language its labels are in. They were taken to be in English.")
    for name, code in codes.items():
        if name != code:
            report.change(sheets.survey.name, f"language “{name}” became “{code}”", "languages here have short codes")
    return Languages(first, codes)
