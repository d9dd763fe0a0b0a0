"""The questionnaire to and from JSON: the one mapping for drafts, published versions, exported files and importers.

The shapes and what they mean are in `definition.py`; how a piece of a document is read, with complaints that name the
place, is in `source.py`. Pure.
"""

from collections.abc import Mapping
from typing import Any

from surveys.definition import (
    COMPARISONS,
    Condition,
    Definition,
    Option,
    Page,
    Question,
    Repeat,
    Statement,
    is_comparable,
)
from surveys.source import DefinitionError, Source

FORMAT = "consult-questionnaire"
FORMAT_VERSION = 1

# To JSON: fields at their default are left out, so that a document says only what is so. ----------------------------------


def to_json(definition: Definition) -> dict[str, Any]:
    """The document as plain JSON values, in a fixed order: equal definitions give equal bytes."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "title": definition.title,
        "languages": list(definition.languages),
        **said(variants=list(definition.variants), unchecked=list(definition.unchecked)),
        **said(around=[dict(text) for text in definition.around]),
        "pages": [page_to_json(page) for page in definition.pages],
        **said(renderings={name: dict(record) for name, record in definition.renderings.items()}),
        **said(earlier=dict(definition.earlier)),
    }


def page_to_json(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = {"key": page.key}
    found |= said(section=dict(page.section), heading=dict(page.heading))
    if page.repeat:
        found["repeat"] = {"question": page.repeat.question, "most": page.repeat.most}
    found |= shown_if_to_json(page.shown_if) | said(variants=dict(page.variants))
    return found | {"questions": [question_to_json(question) for question in page.questions]}


def question_to_json(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"key": question.key, "kind": question.kind, "text": dict(question.text)}
    found |= said(hint=dict(question.hint), short=dict(question.short))
    found |= {"required": question.required, "settings": dict(question.settings)}
    if question.statements:
        found["statements"] = [
            {"key": line.key, "label": dict(line.label)}
            | shown_if_to_json(line.shown_if)
            | said(variants=dict(line.variants))
            for line in question.statements
        ]
    found["options"] = [option_to_json(option) for option in question.options]
    found |= shown_if_to_json(question.shown_if)
    return found | said(variants=dict(question.variants), library=dict(question.library))


def option_to_json(option: Option) -> dict[str, Any]:
    found: dict[str, Any] = {"code": option.code, "label": dict(option.label)}
    found |= said(exclusive=option.exclusive, meaning=option.meaning)
    return found | shown_if_to_json(option.shown_if) | said(variants=dict(option.variants))


def condition_to_json(condition: Condition) -> dict[str, Any]:
    if condition.says == "not":
        return {"not": condition_to_json(condition.parts[0])}
    if condition.says in ("all", "any"):
        return {condition.says: [condition_to_json(part) for part in condition.parts]}
    about = {"question": condition.question} | said(statement=condition.statement)
    if condition.says == "answered":
        return about | {"answered": True}
    if condition.says in ("is", "includes"):
        return about | {condition.says: list(condition.values)}
    return about | {condition.says: condition.values[0]}


def shown_if_to_json(condition: Condition | None) -> dict[str, Any]:
    return {"shown_if": condition_to_json(condition)} if condition else {}


def said(**values: Any) -> dict[str, Any]:
    """Only the values that say something."""
    return {name: value for name, value in values.items() if value}


# From JSON ----------------------------------------------------------------------------------------------------------------


def from_json(document: Any) -> Definition:
    """The definition a JSON document holds. Raises DefinitionError naming the place of the first thing that is wrong."""
    source = Source(document, "the questionnaire").mapping()
    if source.get("format") != FORMAT or source.get("version") != FORMAT_VERSION:
        raise DefinitionError("the questionnaire", f'must say "format": "{FORMAT}", "version": {FORMAT_VERSION}')
    return Definition(
        title=source.text("title"),
        languages=source.languages(),
        variants=source.names("variants", 'names, such as ["easy_read"]'),
        unchecked=source.names("unchecked", 'languages and variants, such as ["pl"]'),
        around=source.texts("around"),
        renderings=source.records("renderings"),
        earlier=source.words("earlier"),
        pages=tuple(page_from(part) for part in source.parts("pages")),
    )


def page_from(source: Source) -> Page:
    repeat = source.child("repeat")
    return Page(
        key=source.text("key"),
        section=source.words("section"),
        heading=source.words("heading"),
        questions=tuple(question_from(part) for part in source.parts("questions")),
        shown_if=condition_from(source.child("shown_if")),
        repeat=Repeat(repeat.text("question"), repeat.whole("most")) if repeat else None,
        variants=source.variants("section", "heading", has_picture=False),
    )


def question_from(source: Source) -> Question:
    return Question(
        key=source.text("key"),
        kind=source.text("kind"),
        text=source.words("text"),
        hint=source.words("hint"),
        short=source.words("short"),
        required=bool(source.get("required")),
        settings=source.named("settings"),
        options=tuple(option_from(part) for part in source.parts("options")),
        statements=tuple(statement_from(part) for part in source.parts("statements")),
        shown_if=condition_from(source.child("shown_if")),
        variants=source.variants("text", "hint", "missing"),
        library=library_from(source.child("library")),
    )


def library_from(source: Source | None) -> Mapping[str, Any]:
    return {"id": source.text("id"), "revision": source.whole("revision")} if source else {}


def statement_from(source: Source) -> Statement:
    return Statement(
        key=source.text("key"),
        label=source.words("label"),
        shown_if=condition_from(source.child("shown_if")),
        variants=source.variants("label"),
    )


def option_from(source: Source) -> Option:
    return Option(
        code=source.whole("code"),
        label=source.words("label"),
        exclusive=bool(source.get("exclusive")),
        meaning=source.text_or_nothing("meaning"),
        shown_if=condition_from(source.child("shown_if")),
        variants=source.variants("label"),
    )


def condition_from(source: Source | None) -> Condition | None:
    if source is None:
        return None
    for says in ("all", "any"):
        if source.get(says) is not None:
            return Condition(says, parts=tuple(required_condition(part) for part in source.parts(says)))
    if negated := source.child("not"):
        return Condition("not", parts=(required_condition(negated),))
    return comparison_from(source)


def comparison_from(source: Source) -> Condition:
    question, statement = source.text("question"), source.text_or_nothing("statement")
    if source.get("answered"):
        return Condition("answered", question, statement)
    for says in COMPARISONS:
        value = source.get(says)
        if value is not None:
            values = value if isinstance(value, list) else [value]
            if not values or not all(is_comparable(number) for number in values):
                raise DefinitionError(source.where, f'"{says}" must hold numbers')
            return Condition(says, question, statement, values=tuple(values))
    raise DefinitionError(source.where, f"must say answered or one of {', '.join(COMPARISONS)}")


def required_condition(source: Source) -> Condition:
    condition = condition_from(source)
    if condition is None:
        raise DefinitionError(source.where, "must be a condition")
    return condition
