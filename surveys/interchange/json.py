"""Our own JSON: the same document that a published version is, written with its parts in one order."""

import json
from collections import Counter
from typing import Any

from surveys.definition import Definition
from surveys.definition_json import from_json, to_json
from surveys.drafting import problems
from surveys.interchange.base import MOST_QUESTIONS, TOO_MANY, Format, Imported, ImportRefused, Report, tally
from surveys.kinds import KINDS
from surveys.source import DefinitionError

MOST_BYTES = 5_000_000
NO_QUESTIONNAIRE = (
    'The file is JSON, and not a questionnaire of this service. It must say “"format": "consult-questionnaire"”: '
    "export a questionnaire as JSON to see what one looks like."
)
FIELDS = (
    "format", "version", "key", "kind", "code", "question", "statement", "title", "languages", "section", "heading", "text",
    "label", "hint", "short", "required", "settings", "exclusive", "meaning", "repeat", "most", "shown_if", "all", "any", "not",
    "answered", "statements", "options", "variants", "unchecked", "around", "pages", "questions",
    "renderings",
)  # fmt: skip
"""The order in which the parts of a document are written."""


class OurJson(Format):
    """The questionnaire document itself."""

    name = "json"
    label = "Questionnaire of this service (.json)"

    def recognises(self, content: bytes) -> bool:
        return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"

    def read(self, content: bytes, *, title: str) -> Imported:
        if len(content) > MOST_BYTES:
            raise ImportRefused("The file is too large for a questionnaire. Check that it is the right one.")
        definition = read_definition(content)
        report = Report(self.name)
        report.counts = counts_of(definition)
        for problem in problems(definition):
            report.warn(f"Before this can be published: {problem.where}: {problem.says}.")
        return Imported(definition, report)


def read_definition(content: bytes) -> Definition:
    """The definition that the content holds. Raises ImportRefused."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ImportRefused(
            "The file is not whole JSON: it cannot be read. Export it again where it comes from."
        ) from error
    if not isinstance(document, dict) or document.get("format") != to_json(EMPTY)["format"]:
        raise ImportRefused(NO_QUESTIONNAIRE)
    try:
        definition = from_json(document)
    except DefinitionError as error:
        raise ImportRefused(f"The questionnaire cannot be read: {error}.") from error
    # A rule nested a thousand deep is no rule.
    except (RecursionError, ValueError) as error:
        raise ImportRefused(
            "The questionnaire cannot be read: something in it is nested too deep, or no number."
        ) from error
    if sum(1 for _ in definition.questions()) > MOST_QUESTIONS:
        raise ImportRefused(TOO_MANY)
    if unknown := sorted({question.kind for question in definition.questions()} - KINDS.keys()):
        raise ImportRefused(f"The questionnaire has a kind of question that is not known here: {', '.join(unknown)}.")
    return definition


EMPTY = Definition("", ())


def counts_of(definition: Definition) -> dict[str, Any]:
    """The counts of a document: every rule in it is kept."""
    found: Counter[str] = Counter()
    for page in definition.pages:
        found["rules"] += page.shown_if is not None
        for question in page.questions:
            asks = bool(KINDS[question.kind].controls(question))
            found["questions" if asks else "notes"] += 1
            found["options"] += len(question.options)
            found["required"] += question.required
            found["rules"] += question.shown_if is not None
            found["rules"] += sum(option.shown_if is not None for option in question.options)
            found["rules"] += sum(line.shown_if is not None for line in question.statements)
    found["rules_kept"] = found["rules"]
    return tally(found, languages=list(definition.languages), pages=len(definition.pages))


def write_json(definition: Definition) -> bytes:
    """The document as text that people can read and compare, its parts in one order."""
    languages = {language: at for at, language in enumerate(definition.languages)}
    document = in_order(to_json(definition), languages)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def in_order(value: Any, languages: dict[str, int]) -> Any:
    """A value with the names of every object in one order: a database may give them back in any other."""
    if isinstance(value, list):
        return [in_order(part, languages) for part in value]
    if not isinstance(value, dict):
        return value
    fields = {name: at for at, name in enumerate(FIELDS)}

    def place(name: str) -> tuple[int, str]:
        return fields.get(name, len(fields) + languages.get(name, len(languages))), name

    return {name: in_order(value[name], languages) for name in sorted(value, key=place)}
