"""The codebook of a questionnaire as a document to read and print: every question with its number on paper and its key, its
options with their codes, its rules in words, and what an answer must be like. Its codes are those printed on paper forms."""

from collections.abc import Iterator, Mapping
from typing import Any

from exports.document import Block, Column, Definitions, Document, Paragraph, Section, Table
from exports.paper.codebook import how_forms_are_keyed
from surveys.definition import Condition, Definition, Option, Page, Question, Statement, Text, words
from surveys.kinds import KINDS
from surveys.paper_order import paper_numbers
from surveys.renderings import title_of

SIGNS = {
    "equals": "is",
    "less_than": "is less than",
    "at_most": "is at most",
    "more_than": "is more than",
    "at_least": "is at least",
}
MEANINGS = {
    "none": "none of these",
    "dont_know": "do not know",
    "prefer_not_to_say": "prefer not to say",
    "other": "another answer",
}
ALWAYS = "Everybody"


def compose_questionnaire(definition: Definition, language: str, *, equality: Definition | None = None) -> Document:
    """The codebook in one of the questionnaire's languages, with the questions about the person after the others."""
    numbers = paper_numbers(definition)
    sections = [section for page in definition.pages for section in of_page(page, definition, numbers, language)]
    if equality:
        numbers = paper_numbers(equality, first_number=len(numbers) + 1)
        sections.append(Section("Questions about the person", ()))
        asked = (question for page in equality.pages for question in page.questions)
        sections += [of_question(question, equality, numbers, language) for question in asked]
    return Document(
        title=f"{definition.title}: codebook",
        subtitle="Questions, answers and rules",
        sections=(how_forms_are_keyed(), *sections),
        language=language,
    )


def of_page(page: Page, definition: Definition, numbers: Mapping[str, str], language: str) -> Iterator[Section]:
    """A section for a page, and one below it for each of its questions."""
    heading = title_of(definition, page.key)
    told = [("Page", page.key), ("Shown to", shown_to(page.shown_if, definition, language))]
    if page.repeat:
        told.append(
            ("Asked", f"once for each answer ticked at {page.repeat.question}, {page.repeat.most} times at most")
        )
    yield Section(heading, (Definitions(tuple(told)),))
    for question in page.questions:
        yield of_question(question, definition, numbers, language)


def of_question(question: Question, definition: Definition, numbers: Mapping[str, str], language: str) -> Section:
    """What one question asks, of whom, and what its answers are stored as."""
    blocks: list[Block] = [Paragraph(part, numbered=False) for part in paragraphs(question, language)]
    told = [
        ("Number on paper", numbers.get(question.key, "none: it is to be read")),
        ("Key", question.key),
        ("Kind", KINDS[question.kind].label),
        ("Asked of", shown_to(question.shown_if, definition, language)),
        ("Must be answered", "yes" if question.required else "no"),
        *((name, said(value, language)) for name, value in question.settings.items()),
    ]
    blocks.append(Definitions(tuple(told)))
    for caption, lines in (("Statements", question.statements), ("Answers", question.options)):
        if lines:
            blocks.append(lines_table(f"{caption} of {question.key}", lines, definition, language))
    first, _, _ = words(question.text, language).partition("\n")
    return Section(f"{question.key}: {first}"[:200], tuple(blocks), level=2)


def paragraphs(question: Question, language: str) -> list[str]:
    """The question's text and hint."""
    texts = (words(question.text, language), words(question.hint, language))
    return [part for text in texts for part in text.split("\n") if part.strip()]


def lines_table(
    caption: str, lines: tuple[Option, ...] | tuple[Statement, ...], definition: Definition, language: str
) -> Table:
    """The options or statements of a question, each with what it is stored as."""
    digits = max((len(str(line.code)) for line in lines if isinstance(line, Option)), default=0)
    rows = tuple(
        (
            f"{line.code:0{digits}}" if isinstance(line, Option) else line.key,
            words(line.label, language),
            MEANINGS.get(line.meaning, "a plain answer") if isinstance(line, Option) else "a statement",
            shown_to(line.shown_if, definition, language),
        )
        for line in lines
    )
    return Table(caption, (Column("Code"), Column("Words"), Column("Meaning"), Column("Offered to")), rows)


def said(value: Any, language: str) -> str:
    """A setting in words."""
    if isinstance(value, dict):
        return words(value, language)
    if isinstance(value, list):
        return ", ".join(said(part, language) for part in value)
    return "and more" if value is None else str(value)


def shown_to(condition: Condition | None, definition: Definition, language: str) -> str:
    """Whom a condition lets through, in words."""
    return f"People for whom {in_words(condition, definition, language)}" if condition else ALWAYS


def in_words(condition: Condition, definition: Definition, language: str) -> str:
    """A condition as a clause."""
    if condition.says in ("all", "any"):
        word = " and " if condition.says == "all" else " or "
        return f"({word.join(in_words(part, definition, language) for part in condition.parts)})"
    if condition.says == "not":
        return f"it is not so that {in_words(condition.parts[0], definition, language)}"
    name = f"{condition.question}, statement {condition.statement}," if condition.statement else condition.question
    if condition.says == "answered":
        return f"{name} was answered"
    if condition.says in SIGNS:
        return f"{name} {SIGNS[condition.says]} {condition.values[0]}"
    return f"{name} {'includes' if condition.says == 'includes' else 'is'} {options(condition, definition, language)}"


def options(condition: Condition, definition: Definition, language: str) -> str:
    """The options that a condition names: "1 (Yes) or 2 (No)"."""
    about = definition.question(condition.question)
    found: list[str] = []
    for code in condition.values:
        option = about.option(int(code)) if about else None
        label: Text = option.label if option else {}
        found.append(f"{int(code)} ({words(label, language)})")
    return " or ".join(found)
