"""XLSForm (.xlsx, .xls): the sheets survey, choices and settings read into an outline.

What the sheets hold is in `xlsform_sheets`, what a row of the survey becomes in `xlsform_rows`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Definition
from surveys.definition_json import from_json, to_json
from surveys.interchange.archives import OLE, ZIP
from surveys.interchange.assembly import assemble
from surveys.interchange.base import Format, Imported, ImportRefused, Report, tally
from surveys.interchange.outline import Alias, Asked, Outline, Row, Rule, Section, Words
from surveys.interchange.pipes import Pipes
from surveys.interchange.spreadsheet import read_workbook
from surveys.interchange.xlsform_rows import (
    ITEM,
    REPEATS_FOR,
    Lists,
    asked_of,
    lists_of,
    losses_of,
    report_unused,
    rules_of,
)
from surveys.interchange.xlsform_sheets import Languages, Record, Sheets, languages_of, sheets_of
from surveys.interchange.xlsform_types import Type, asks, type_of, why_lost
from surveys.renderings import VARIANTS, recorded
from surveys.source import DefinitionError

PIPE = re.compile(r"\$\{\s*([^}]+?)\s*\}")
SETTINGS_KEPT = {"form_title", "title", "form_id", "id_string", "default_language", "version", "consult"}


@dataclass
class Frame:
    """A group or a repeat that is open at a row."""

    record: Record
    is_repeat: bool
    name: str
    heading: Words
    rules: list[Rule]
    repeats_for: str = ""
    most: int = 0
    own: Mapping[str, Any] = field(default_factory=dict)


class XlsForm(Format):
    """A spreadsheet with the sheets survey, choices and settings."""

    name = "xlsform"
    label = "XLSForm spreadsheet (.xlsx or .xls)"

    def recognises(self, content: bytes) -> bool:
        return content.startswith((ZIP, OLE))

    def read(self, content: bytes, *, title: str) -> Imported:
        report = Report(self.name)
        sheets = sheets_of(read_workbook(content), report)
        reading = Reading(sheets, languages_of(sheets, report), report, title)
        definition = assemble(reading.outline(), report, pipe=Pipes(PIPE, str.strip))
        return Imported(checked(with_own(definition, reading.own, report)), report)


def with_own(definition: Definition, own: Mapping[str, Any], report: Report) -> Definition:
    """The definition with what our own exports say of the whole questionnaire: its variants."""
    document = to_json(definition) | {name: own[name] for name in ("variants", "unchecked") if name in own}
    try:
        definition = from_json(document)
    except DefinitionError as error:
        raise ImportRefused(f"The file says something that no questionnaire can hold: {error}.") from error
    for variant in definition.variants:
        if variant in VARIANTS:
            definition = recorded(definition, variant)
    return definition


def checked(definition: Definition) -> Definition:
    """The definition as it comes back from its own JSON: nothing in it is of another shape."""
    return from_json(to_json(definition))


class Reading:
    """One pass over the survey sheet, from its first row to its last."""

    def __init__(self, sheets: Sheets, languages: Languages, report: Report, title: str):
        self.sheets, self.languages, self.report = sheets, languages, report
        self.frames: list[Frame] = []
        self.sections: list[Section] = []
        self.counts: Counter[str] = Counter()
        self.lists: Lists = lists_of(sheets, languages, report)
        self.names: set[str] = set()
        settings = next(iter(sheets.settings.records(languages)), Record("settings", {}, languages))
        self.own = settings.own(report)
        self.out = Outline(self.title(settings, title), languages.codes)

    def title(self, settings: Record, fallback: str) -> str:
        """The form's title, or the next best name it has; every other setting is reported."""
        for column, text in settings.cells.items():
            if column.name not in SETTINGS_KEPT:
                self.report.lose(
                    settings.where, f"setting {column.name} “{text}”", "it belongs to the tool the form was made for"
                )
        found = (settings.get(name) for name in ("form_title", "title", "form_id", "id_string"))
        return next(filter(None, found), fallback)

    def outline(self) -> Outline:
        """The whole form."""
        for record in self.sheets.survey.records(self.languages):
            self.row(record)
        for frame in self.frames:
            self.report.warn(
                f"The group “{frame.name}” ({frame.record.where}) is never ended. It was taken to end with the form."
            )
        self.out.sections = self.sections
        report_unused(self.sheets, self.lists, self.report)
        self.count()
        return self.out

    def count(self) -> None:
        """What the source holds, as it counts it."""
        self.counts["options"] = sum(map(len, self.lists.choices.values()))
        self.counts["choice_lists"] = len(self.lists.choices)
        labels = {
            column.language for column in self.sheets.survey.columns if column.name == "label" and column.language
        }
        self.report.counts = tally(self.counts, languages=sorted(labels), pages=0)

    def row(self, record: Record) -> None:
        """One row of the survey sheet."""
        kind = type_of(record.get("type"))
        if not record.get("type"):
            self.report.lose(record.where, "; ".join(record.cells.values()), "the row has no type")
            return
        self.count_row(record, kind)
        if kind.name.startswith("begin "):
            self.begin(record, kind)
        elif kind.name.startswith("end "):
            self.end(record)
        else:
            self.question(record, kind)

    def count_row(self, record: Record, kind: Type) -> None:
        counted = {
            "notes": kind.name == "note",
            "calculations": kind.name == "calculate",
            "groups": kind.name == "begin group",
            "repeats": kind.name == "begin repeat",
            "rules": bool(record.get("relevant")),
            "constraints": bool(record.get("constraint")),
            "choice_filters": bool(record.get("choice_filter")),
            "required": record.get("required").lower() in ("yes", "true", "true()", "1"),
            "questions": asks(kind.name) and not kind.name.startswith(("begin ", "end ")),
        }
        self.counts.update({name: 1 for name, so in counted.items() if so})

    # Groups and repeats

    def begin(self, record: Record, kind: Type) -> None:
        frame = Frame(
            record,
            kind.name == "begin repeat",
            record.get("name"),
            record.words("label"),
            rules_of(record),
            own=record.own(self.report),
        )
        if frame.is_repeat:
            self.repeat(frame)
        losses_of(record, self.report, kept={"repeat_count"} if frame.is_repeat else set())
        for text in () if "statements" in frame.own else record.words("hint").values():
            self.report.lose(record.where, f"hint of the group: {text}", "a page has a heading and no hint")
        self.frames.append(frame)
        self.out.lost[frame.name] = "it is a group, and not a question"

    def repeat(self, frame: Frame) -> None:
        """What a repeat is asked for, where that is the answers ticked at a question."""
        count = frame.record.get("repeat_count")
        found = REPEATS_FOR.match(count)
        if found and not any(outer.is_repeat for outer in self.frames):
            frame.repeats_for, frame.most = found["name"], int(found["most"] or 0)
            return
        why = "a page here repeats for each answer ticked at an earlier question"
        self.report.lose(
            frame.record.where,
            f"repeat “{frame.name}” ({count or 'as often as people like'})",
            f"{why}; it is asked once",
        )

    def end(self, record: Record) -> None:
        if not self.frames:
            self.report.warn(f"A group is ended at {record.where} that was never begun.")
            return
        frame = self.frames.pop()
        if frame.own.get("statements"):
            self.gather_statements(frame)

    def section(self) -> Section:
        """The section that a question of the open groups goes into."""
        where = self.frames[-1].record.where if self.frames else "survey"
        if self.sections and self.sections[-1].where == where:
            return self.sections[-1]
        titled = [frame for frame in self.frames if frame.heading and not frame.own.get("statements")]
        repeat = next((frame for frame in self.frames if frame.repeats_for), None)
        page = next((frame for frame in reversed(self.frames) if not frame.own.get("statements")), None)
        self.sections.append(
            Section(
                where,
                str(page.own.get("key") or page.name) if page else "",
                heading=titled[-1].heading if titled else {},
                caption=caption_of(page, titled),
                rules=[each for frame in self.frames for each in frame.rules],
                is_apart=page is None,
                repeats_for=repeat.repeats_for if repeat else "",
                most_repeats=repeat.most if repeat else 0,
                variants=page.own.get("variants", {}) if page else {},
            )
        )
        return self.sections[-1]

    def gather_statements(self, frame: Frame) -> None:
        """The questions of a group that our own export made of one question with statements, as that question again."""
        section = self.sections[-1] if self.sections else None
        if section is None or section.where != frame.record.where or not section.asked:
            return
        self.sections.pop()
        self.section().asked.append(as_statements(frame, section.asked))

    # Questions

    def question(self, record: Record, kind: Type) -> None:
        """A row that asks or tells something, or is reported."""
        name = record.get("name")
        if why := why_lost(kind.name):
            self.leave_out(record, kind, name, why)
            return
        if name in self.names:
            self.report.warn(f"The name “{name}” is used more than once. Rules that ask about it ask about the first.")
        self.names.add(name)
        found = asked_of(record, kind, self.lists, self.report)
        if not found:
            self.out.lost[name] = "it has no words to show"
        self.section().asked.extend(found)

    def leave_out(self, record: Record, kind: Type, name: str, why: str) -> None:
        """Report a row that is not kept, with everything that hung on it."""
        if ITEM.match(record.get("calculation")) and any(frame.repeats_for for frame in self.frames):
            self.out.items.add(name)
            return
        said = next(iter(record.words("label").values()), "")
        beside = [
            f"{column} {record.get(column)}"
            for column in ("relevant", "constraint", "calculation")
            if record.get(column)
        ]
        what = (
            f"{record.get('type')} “{name}”"
            + (f": {said}" if said else "")
            + (f" ({'; '.join(beside)})" if beside else "")
        )
        self.report.lose(record.where, what, why)
        self.out.lost[name] = why


def caption_of(page: Frame | None, titled: list[Frame]) -> Words:
    """What stands above a page's heading: what our own export says, else the heading of the group around it."""
    own = page.own.get("section") if page else None
    if isinstance(own, dict):
        return own
    return titled[-2].heading if len(titled) > 1 else {}


def as_statements(frame: Frame, lines: list[Asked]) -> Asked:
    """The one question with statements that a group of choices was exported from."""
    own, first = frame.own, lines[0]
    keys = dict(zip((line.name for line in lines), map(str, own["statements"]), strict=False))
    missing = {"missing": own["missing"]} if own.get("missing") else {}
    return Asked(
        frame.record.where,
        str(own.get("key") or frame.name),
        "statements",
        frame.heading,
        hint=frame.record.words("hint"),
        short=own.get("short", {}),
        required=bool(own.get("required")),
        settings=dict(own.get("settings", {})) | missing,
        choices=first.choices,
        rows=[Row(keys.get(line.name, line.name), line.text, line.rules, line.variants) for line in lines],
        rules=list(frame.rules),
        aliases={name: Alias(statement=key) for name, key in keys.items()},
        variants=own.get("variants", {}),
    )
