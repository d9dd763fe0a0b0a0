"""Rows of an XLSForm: a question with its choices, rules and limits, and everything that cannot be kept of it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from surveys.interchange.base import TOO_MANY, ImportRefused, Report
from surveys.interchange.expressions import SELF, XPATH, Answer, Call, Tree, Value, columns_in, filled
from surveys.interchange.languages import added
from surveys.interchange.outline import Asked, Choice, Rule, own_rule, rule
from surveys.interchange.xlsform_sheets import MEDIA, SURVEY_COLUMNS, Languages, Record, Sheets
from surveys.interchange.xlsform_types import KEPT, Type
from surveys.kinds import KINDS

REPEATS_FOR = re.compile(
    r"^\s*(?:min\(\s*)?count-selected\(\s*\$\{\s*(?P<name>[^}]+?)\s*\}\s*\)\s*(?:,\s*(?P<most>[0-9]{1,3})\s*\))?\s*$"
)
"""How often a repeat is asked, where that is once for each answer ticked, a number of times at most."""
ITEM = re.compile(r"^\s*jr:choice-name\(\s*selected-at\(")
"""A calculation that names the item of a repeat."""
MOST_OFFERED = 50_000
"""The most answers that all questions together offer: one long list may be used by many."""
PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")
YES, NO = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")


@dataclass
class Lists:
    """The choices sheet: the records of each list, and those lists that a question uses."""

    choices: dict[str, list[Record]] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    offered: int = 0

    def offer(self, answers: int, filter_text: str) -> None:
        """Count the answers of one more question, with the work of their filter. Raises ImportRefused for too many."""
        self.offered += answers * (1 + len(filter_text) // 50)
        if self.offered > MOST_OFFERED:
            raise ImportRefused(TOO_MANY)


def lists_of(sheets: Sheets, languages: Languages, report: Report) -> Lists:
    """The lists of choices by their names."""
    lists = Lists(columns={column.name for column in sheets.choices.columns})
    lists.columns |= {heading for heading in sheets.choices.headings.values() if heading}
    for record in sheets.choices.records(languages):
        name = record.get("list_name")
        if not name:
            report.lose(record.where, "; ".join(record.cells.values()), "the row names no list")
            continue
        lists.choices.setdefault(name, []).append(record)
    return lists


def report_unused(sheets: Sheets, lists: Lists, report: Report) -> None:
    """Lists that no question uses, and columns of the survey sheet that are not XLSForm's."""
    for name in lists.choices:
        if name not in lists.used:
            labels = ", ".join(
                next(iter(record.words("label").values()), record.get("name")) for record in lists.choices[name]
            )
            report.lose(lists.choices[name][0].where, f"list “{name}”: {labels}", "no question that is kept uses it")
    for column, heading in sheets.survey.headings.items():
        rows = [number for number, cells in sheets.survey.rows if cells.get(column)]
        if column.name and column.name not in SURVEY_COLUMNS and rows:
            report.lose(
                f"{sheets.survey.name} column “{heading}”",
                f"what it says in {len(rows)} rows, first in row {rows[0]}: {dict(sheets.survey.rows)[rows[0]][column]}",
                "this column is not one that can be kept",
            )
    report_looks(sheets, report)


def report_looks(sheets: Sheets, report: Report) -> None:
    looks = Counter(cells[column] for _, cells in sheets.survey.rows for column in cells if column.name == "appearance")
    if looks := Counter({look: count for look, count in looks.items() if look not in ("multiline", "field-list")}):
        told = ", ".join(f"{look} ({count})" for look, count in looks.items())
        report.warn(f"How questions look is decided by this service. The form asked for: {told}.")


# Questions ------------------------------------------------------------------------------------------------------------------


def asked_of(record: Record, kind: Type, lists: Lists, report: Report) -> list[Asked]:
    """The question of a row, with the one for "other" behind it; nothing for a row that has no words at all."""
    becomes, own = KEPT[kind.name], record.own(report)
    text = record.words("label")
    if not text and kind.name in ("note", "acknowledge"):
        report.lose(record.where, f"{kind.name} “{record.get('name')}”", "it has no words to show")
        return []
    asked = Asked(
        where=record.where,
        name=record.get("name") or "question",
        kind=kind_of(record, becomes.kind, own.get("kind")),
        text=text or unlabelled(record, report),
        hint=record.words("hint"),
        short=own.get("short", {}),
        required=is_required(record, report),
        settings={**settings_of(record, kind, report), **own.get("settings", {})},
        rules=rules_of(record),
        constraints=constraints_of(record),
        variants=own.get("variants", {}),
        ranks_all=kind.name == "rank" and not own,
    )
    if becomes.why and not own:
        report.change(record.where, f"{kind.name} “{asked.name}”", becomes.why)
    asked.hint = with_message(asked, record, report)
    losses_of(record, report, kept=KEPT_BESIDE.get(kind.name, set()))
    return [asked, *with_choices(asked, record, kind, lists, report)]


KEPT_BESIDE = {
    "range": {"parameters"},
    "select_one": {"choice_filter"},
    "select_multiple": {"choice_filter"},
    "rank": {"choice_filter"},
}
"""The columns beside those of every question that are kept of a type."""


def kind_of(record: Record, kind: str, own: Any) -> str:
    """The kind a row becomes: what our own export says, where it is one; a text of several lines is a long one."""
    if isinstance(own, str) and own in KINDS and KINDS[own].needs_options is KINDS[kind].needs_options:
        return own
    is_long = "multiline" in record.get("appearance") or record.get("rows")
    return LONGER.get(kind, kind) if is_long else kind


LONGER = {"short_text": "long_text"}


def unlabelled(record: Record, report: Report) -> dict[str, str]:
    """What a question without a label is called: its hint, else its name."""
    words = record.words("hint") or {record.languages.first: record.get("name") or record.get("type")}
    report.change(
        record.where,
        f"question “{record.get('name')}”",
        f"it has no label; it is called “{next(iter(words.values()))}”",
    )
    return words


def is_required(record: Record, report: Report) -> bool:
    required = record.get("required").lower()
    if required not in YES + NO:
        report.lose(
            record.where, f"required “{record.get('required')}”", "a question here must always be answered, or never"
        )
    return required in YES


def settings_of(record: Record, kind: Type, report: Report) -> dict[str, Any]:
    """The settings that columns hold."""
    settings: dict[str, Any] = {"decimals": 2} if kind.name == "decimal" else {}
    if missing := record.words("required_message"):
        settings["missing"] = missing
    rows = record.get("rows")
    if rows.isdigit() and 1 <= int(rows) <= 40:
        settings["rows"] = int(rows)
    if kind.name == "range":
        settings |= range_settings(dict(PARAMETER.findall(record.get("parameters"))), record, report)
    return settings


def range_settings(given: dict[str, str], record: Record, report: Report) -> dict[str, Any]:
    """A slider's ends as a number's; between them, whole numbers only can be taken one at a time."""
    found: dict[str, Any] = {}
    for name, setting, usual in (("start", "min", "1"), ("end", "max", "10"), ("step", "step", "1")):
        try:
            number = float(given.get(name, usual))
        except ValueError:
            number = float(usual)
            report.lose(record.where, f"{name} “{given[name]}”", "it is not a number")
        found[setting] = int(number) if number.is_integer() else number
    step = found.pop("step")
    if not isinstance(step, int) or not all(isinstance(end, int) for end in found.values()):
        found["decimals"] = 2
    if step != 1:
        report.lose(
            record.where,
            f"step {step} of “{record.get('name')}”",
            "a number here is any between the smallest and the largest",
        )
    return found


def constraints_of(record: Record) -> list[Rule]:
    """The row's constraint, its own name read as the answer itself."""
    text = record.get("constraint")
    if not text:
        return []
    found = rule(record.where, text, XPATH)
    found.tree = found.tree and about_itself(found.tree, record.get("name"))
    return [found]


def about_itself(tree: Tree, name: str) -> Tree:
    if tree == Answer(name):
        return Answer(SELF)
    return Call(tree.name, tuple(about_itself(part, name) for part in tree.parts)) if isinstance(tree, Call) else tree


def rules_of(record: Record) -> list[Rule]:
    text = record.get("relevant")
    return [rule(record.where, text, XPATH)] if text else []


def with_message(asked: Asked, record: Record, report: Report) -> dict[str, str]:
    """The hint with the constraint's message: this service has its own words for an answer that it cannot take."""
    messages = record.words("constraint_message")
    if not messages:
        return asked.hint
    told = "; ".join(messages.values())
    report.change(record.where, f"constraint message: {told}", "it is told before people answer, in the hint")
    together = {**asked.hint}
    for language, message in messages.items():
        hint = together.get(language, "")
        together[language] = hint if message in hint else f"{hint}\n\n{message}".strip()
    return together


def losses_of(record: Record, report: Report, *, kept: set[str]) -> None:
    """Report what columns say that nothing here can hold."""
    for column, text in record.cells.items():
        if column.name in WHY_LOST and column.name not in kept and text.lower() not in NO:
            report.lose(record.where, f"{column.name} “{text}” of “{record.get('name')}”", WHY_LOST[column.name])


WHY_LOST = {
    "default": "an answer is never filled in beforehand here",
    "calculation": "nothing is worked out from answers here",
    "trigger": "nothing is worked out from answers here",
    "read_only": "every question here can be answered",
    "repeat_count": "only a page repeats here",
    "parameters": "there is no such setting here",
    "guidance_hint": "a question here has one hint",
    "choice_filter": "this question has no answers to choose here",
    **dict.fromkeys(MEDIA, "pictures and recordings are not read; pictures are added in the builder"),
}


# Choices ------------------------------------------------------------------------------------------------------------------


def with_choices(asked: Asked, record: Record, kind: Type, lists: Lists, report: Report) -> list[Asked]:
    """Give a question the choices of its list; returns the question for "other" where there is one."""
    if not KINDS[asked.kind].needs_options:
        if kind.list:
            report.lose(
                record.where,
                f"answers of “{asked.name}” in {kind.list}",
                "lists of answers in other files are not read",
            )
        return []
    records = lists.choices.get(kind.list, [])
    if not records:
        report.lose(record.where, f"answers of “{asked.name}”", f"there is no list “{kind.list}” on the choices sheet")
    lists.used.add(kind.list)
    lists.offer(len(records), record.get("choice_filter"))
    asked.choices = list(choices_of(asked, records, record.get("choice_filter"), lists, report))
    if kind.name == "rank":
        rank_settings(asked, report)
    return [other_of(asked, record, report)] if kind.or_other else []


def choices_of(asked: Asked, records: list[Record], filter_text: str, lists: Lists, report: Report) -> Iterator[Choice]:
    """The choices of a list, each offered only to those whom the question's filter allows."""
    found: dict[str, Choice] = {}
    for record in records:
        code = record.get("name")
        rules = [filter_rule(asked, filter_text, record, lists, report)] if filter_text else []
        if code not in found:
            found[code] = choice_of(code, rules, record, report)
        elif not offered_for_both(found[code], rules, record):
            report.lose(record.where, f"answer “{code}” of “{asked.name}”", "the list has that code already")
    yield from found.values()


def offered_for_both(choice: Choice, rules: list[Rule], record: Record) -> bool:
    """Whether a choice that stands twice, each time for other people, could be made one that is offered to both."""
    if not rules or choice.label != record.words("label") or not choice.rules[0].tree or not rules[0].tree:
        return False
    choice.rules[0].tree = Call("or", (choice.rules[0].tree, rules[0].tree))
    return True


def choice_of(code: str, rules: list[Rule], record: Record, report: Report) -> Choice:
    """A choice of a list."""
    own, label = record.own(report), record.words("label")
    if not label:
        label = {record.languages.first: code}
        report.change(record.where, f"answer “{code}”", "it has no label; its code is shown")
    for column, text in record.cells.items():
        if column.name in MEDIA:
            report.lose(record.where, f"{column.name} “{text}”", WHY_LOST[column.name])
    return Choice(
        code,
        label,
        rules,
        exclusive=bool(own.get("exclusive")),
        meaning=str(own.get("meaning", "")),
        variants=own.get("variants", {}),
    )


def filter_rule(asked: Asked, text: str, record: Record, lists: Lists, report: Report) -> Rule:
    """A choice filter as it stands for one choice: the columns replaced by what they hold."""
    found = rule(asked.where, text, XPATH)
    found.text, found.is_of_source = f"choice_filter: {text}", False
    if found.tree is None:
        return found
    values = {name: "" for name in lists.columns}
    for column, said in record.cells.items():
        values[column.name] = values.get(column.name) or said
        values[f"{column.name}::{column.language}"] = said
    for word in sorted(set(columns_in(found.tree)) - set(values)):
        report.change(
            asked.where,
            f"“{word}” in the choice filter “{text}”",
            "no column has that name; it was read as the text itself",
        )
    found.tree = filled(found.tree, values)
    return found


def rank_settings(asked: Asked, report: Report) -> None:
    """How many places there are to rank; here at most five."""
    most = 5
    asked.settings.setdefault("places", max(1, min(most, len(asked.choices))))
    if len(asked.choices) > most and asked.ranks_all:
        report.change(
            asked.where,
            f"rank “{asked.name}”",
            f"people rank their first {most} here, and not all {len(asked.choices)}",
        )


def other_of(asked: Asked, record: Record, report: Report) -> Asked:
    """The answer "other", and the question behind it in which people say what."""
    codes = record.languages.codes
    if all(choice.source != "other" for choice in asked.choices):
        asked.choices.append(Choice("other", added("Other", codes), meaning="other"))
    report.change(
        record.where, f"“or other” of “{asked.name}”", "an answer “Other” and a question that asks what were added"
    )
    chosen = own_rule(asked.where, f"other at “{asked.name}”", Call("selected", (Answer(asked.name), Value("other"))))
    is_ranked = "places" in asked.settings
    return Asked(
        asked.where,
        f"{asked.name}_other",
        "short_text",
        added("Please say what", codes),
        # Who ranks, ranks "other" too.
        rules=[] if is_ranked else [chosen],
        is_known_by_name=False,
    )
