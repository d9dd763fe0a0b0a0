"""A questionnaire written as an XLSForm, for tools that read those. What XLSForm has no column for goes into a column of our own.

Pages become groups, repeated pages repeats, conditions XPath. A pipe's words for "no answer" are not written:
XLSForm has none. The form reads back into the same questionnaire but for that.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import xlsxwriter

from surveys.definition import Condition, Definition, Page, Question, Text
from surveys.interchange.languages import NAMES
from surveys.interchange.xlsform_sheets import OWN
from surveys.kinds import KINDS
from surveys.piping import PIPE
from surveys.renderings import in_preparation

Row = dict[str, str]

TYPES = {
    "one_choice": "select_one", "scale": "select_one", "several_choices": "select_multiple", "ranking": "rank",
    "short_text": "text",
    "long_text": "text", "postcode": "text", "number": "integer", "date": "date", "information": "note",
}  # fmt: skip
READ_BACK = {"select_one": "one_choice", "select_multiple": "several_choices", "rank": "ranking", "text": "short_text",
    "integer": "number", "decimal": "number", "date": "date", "note": "information"}  # fmt: skip
"""What each type is read as where nothing else is said."""
MADE_IN = datetime(2000, 1, 1)  # noqa: DTZ001 - the time of no day: the same questionnaire gives the same bytes
SIGNS = {"equals": "=", "less_than": "<", "at_most": "<=", "more_than": ">", "at_least": ">="}


def write_xlsform(definition: Definition) -> bytes:
    """The questionnaire as an .xlsx file. The same one gives the same bytes."""
    writing = Writing(definition)
    survey = [row for page in definition.pages for row in writing.page(page)]
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": MADE_IN})
        write_sheet(book.add_worksheet("survey"), writing.survey_columns, survey)
        write_sheet(book.add_worksheet("choices"), writing.choice_columns, writing.choices)
        settings = writing.settings()
        write_sheet(book.add_worksheet("settings"), list(settings), [settings])
    return stream.getvalue()


def write_sheet(sheet: Any, columns: list[str], rows: list[Row]) -> None:
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column)
    for down, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            if row.get(column):
                sheet.write_string(down, at, row[column])


class Writing:
    """A questionnaire being written: the rows of choices so far, and what its languages are called."""

    def __init__(self, definition: Definition):
        self.definition = definition
        self.choices: list[Row] = []
        self.named = {code: language_name(code) for code in languages_of(definition)}
        self.questions = {question.key: question for question in definition.questions()}
        self.item = ""
        translated = [
            [f"{name}::{language}" for language in self.named.values()]
            for name in ("label", "hint", "required_message")
        ]
        label, hint, missing = translated
        self.survey_columns = [
            "type", "name", *label, *hint, "required", *missing, "relevant", "constraint", "choice_filter", "repeat_count",
            "calculation", "appearance", OWN,
        ]  # fmt: skip
        self.choice_columns = ["list_name", "name", *label, "offered", OWN]

    def settings(self) -> Row:
        own = {"variants": list(self.definition.variants), "unchecked": list(self.definition.unchecked)}
        return {
            "form_title": self.definition.title,
            "form_id": "questionnaire",
            "default_language": self.named[self.definition.languages[0]],
            OWN: as_json(own),
        }

    def words(self, column: str, text: Text) -> Row:
        """A text in the columns of its languages, its pipes as XLSForm writes them."""
        return {f"{column}::{self.named[language]}": self.piped(words) for language, words in text.items() if words}

    def piped(self, text: str) -> str:
        return PIPE.sub(lambda match: f"${{{self.item if match[1] == 'item' else match[1]}}}", text)

    # Pages

    def page(self, page: Page) -> Iterator[Row]:
        """The rows of a page: a group, or a repeat, around its questions."""
        frame = "repeat" if page.repeat else "group"
        self.item = f"item_{page.key}"
        taken = page.key in self.questions
        own = {"key": page.key if taken else "", "section": dict(page.section), "variants": dict(page.variants)}
        row = {
            "type": f"begin {frame}",
            "name": f"{page.key}_page" if taken else page.key,
            "relevant": xpath(page.shown_if, self.questions),
            "appearance": "field-list",
            OWN: as_json(own),
        }
        yield row | self.words("label", page.heading) | self.repeat(page)
        yield from self.items(page)
        for question in page.questions:
            yield from WRITING.get(question.kind, Writing.question)(self, question)
        yield {"type": f"end {frame}"}

    def repeat(self, page: Page) -> Row:
        if not page.repeat:
            return {}
        count = f"count-selected(${{{page.repeat.question}}})"
        source = self.questions.get(page.repeat.question)
        is_limited = source is None or page.repeat.most < len(source.options)
        return {"repeat_count": f"min({count}, {page.repeat.most})" if is_limited else count}

    def items(self, page: Page) -> Iterator[Row]:
        """The calculation that names the item of a repeat, for the texts that say it."""
        if page.repeat:
            source = page.repeat.question
            name = f"jr:choice-name(selected-at(${{{source}}}, position(..) - 1), '${{{source}}}')"
            yield {"type": "calculate", "name": self.item, "calculation": name}

    # Questions

    def question(self, question: Question) -> Iterator[Row]:
        """The row of a question, its choices noted."""
        kind = type_of(question)
        listed = KINDS[question.kind].needs_options
        if listed:
            self.list(question)
        yield {
            "type": f"{kind} {question.key}" if listed else kind,
            "name": question.key,
            "required": "yes" if question.required else "",
            "relevant": xpath(question.shown_if, self.questions),
            "constraint": " and ".join(constraints(question)),
            "choice_filter": self.filter(question),
            "appearance": APPEARANCES.get(question.kind, ""),
            OWN: as_json(own_of(question) | ({"kind": question.kind} if READ_BACK[kind] != question.kind else {})),
            **self.words("label", question.text),
            **self.words("hint", question.hint),
            **self.words("required_message", question.settings.get("missing", {})),
        }

    def list(self, question: Question) -> None:
        """The choices of a question, under its key."""
        for option in question.options:
            own = {"exclusive": option.exclusive, "meaning": option.meaning, "variants": dict(option.variants)}
            self.choices.append(
                {
                    "list_name": question.key,
                    "name": str(option.code),
                    "offered": str(option.code) if option.shown_if else "",
                    OWN: as_json(own),
                    **self.words("label", option.label),
                }
            )

    def filter(self, question: Question) -> str:
        """The filter that offers each option to those whom its condition allows."""
        filtered = [option for option in question.options if option.shown_if]
        if not filtered:
            return ""
        ways = [f"(offered = '{option.code}' and {xpath(option.shown_if, self.questions)})" for option in filtered]
        return " or ".join(["offered = ''", *ways])

    def statements(self, question: Question) -> Iterator[Row]:
        """A group of statements: one choice for each, in a group of our own."""
        self.list(question)
        own = own_of(question) | {
            "statements": [line.key for line in question.statements],
            "required": question.required,
        }
        yield {
            "type": "begin group",
            "name": f"{question.key}_group",
            "relevant": xpath(question.shown_if, self.questions),
            "appearance": "field-list",
            OWN: as_json(own | {"key": question.key, "missing": dict(question.settings.get("missing", {}))}),
            **self.words("label", question.text),
            **self.words("hint", question.hint),
        }
        for line in question.statements:
            yield {
                "type": f"select_one {question.key}",
                "name": f"{question.key}_{line.key}",
                "relevant": xpath(line.shown_if, self.questions),
                "choice_filter": self.filter(question),
                OWN: as_json({"variants": dict(line.variants)}),
                **self.words("label", line.label),
            }
        yield {"type": "end group"}


WRITING: Mapping[str, Callable[[Writing, Question], Iterator[Row]]] = {"statements": Writing.statements}
"""The kinds that are more than one row."""
APPEARANCES = {"long_text": "multiline"}


def type_of(question: Question) -> str:
    """The type of a question; a number that takes decimals is another one."""
    kind = TYPES[question.kind]
    return "decimal" if kind == "integer" and question.settings.get("decimals") else kind


def own_of(question: Question) -> dict[str, Any]:
    """What a question says that XLSForm has no column for."""
    settings = {name: value for name, value in question.settings.items() if name != "missing"}
    return {"settings": settings, "short": dict(question.short), "variants": dict(question.variants)}


def as_json(values: Mapping[str, Any]) -> str:
    """The values that say anything, as JSON; "" for none."""
    said = {name: value for name, value in values.items() if value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


def constraints(question: Question) -> Iterator[str]:
    """What an answer must be like, as far as settings and options say."""
    settings = question.settings
    for name, sign in (("min", ">="), ("max", "<=")):
        if settings.get(name) is not None:
            yield f". {sign} {settings[name]}"
    if settings.get("most"):
        yield f"count-selected(.) <= {settings['most']}"
    if settings.get("limit"):
        yield f"string-length(.) <= {settings['limit']}"
    for option in question.options:
        if option.exclusive and len(question.options) > 1:
            yield f"not(selected(., '{option.code}') and count-selected(.) > 1)"


# Conditions -------------------------------------------------------------------------------------------------------------------


def xpath(condition: Condition | None, questions: Mapping[str, Question]) -> str:
    """A condition as XLSForm writes it; "" for none."""
    if condition is None:
        return ""
    if condition.says in ("all", "any"):
        word = " and " if condition.says == "all" else " or "
        return f"({word.join(xpath(part, questions) for part in condition.parts)})"
    if condition.says == "not":
        return f"not({xpath(condition.parts[0], questions)})"
    if condition.says == "answered" and not condition.statement and (lines := lines_of(condition.question, questions)):
        return f"({' or '.join(map(is_said, lines))})"
    name = f"${{{condition.question}_{condition.statement}}}" if condition.statement else f"${{{condition.question}}}"
    if condition.says == "answered":
        return is_said(name)
    if condition.says in SIGNS:
        return f"{name} {SIGNS[condition.says]} {condition.values[0]}"
    return chosen(name, condition)


def chosen(name: str, condition: Condition) -> str:
    """That one of the options was chosen."""
    if condition.says == "includes":
        ways = [f"selected({name}, '{code:g}')" for code in condition.values]
    else:
        ways = [f"{name} = '{code:g}'" for code in condition.values]
    return ways[0] if len(ways) == 1 else f"({' or '.join(ways)})"


def is_said(name: str) -> str:
    return f"{name} != ''"


def lines_of(key: str, questions: Mapping[str, Question]) -> list[str]:
    """The names of the rows that a question with statements becomes."""
    question = questions.get(key)
    return [f"${{{key}_{line.key}}}" for line in question.statements] if question else []


# Languages --------------------------------------------------------------------------------------------------------------------


def languages_of(definition: Definition) -> list[str]:
    """Every language that the document holds words in."""
    others = [name for name in in_preparation(definition) if name not in definition.variants and "_" not in name]
    return [*definition.languages, *others]


def language_name(code: str) -> str:
    """A language as XLSForm names it: "English (en)"."""
    name = NAMES.get(code.partition("-")[0], (code,))[0]
    return f"{name.capitalize()} ({code})"
