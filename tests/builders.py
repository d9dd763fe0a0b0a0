"""Builders: the smallest questionnaire that makes a test's point, written in a line or two. Pure."""

import json
from typing import Any

from surveys.definition import Condition, Definition, Option, Page, Question, Repeat, Statement
from surveys.kinds.scale import example_scale


def options(*labels: str, **meanings: str) -> tuple[Option, ...]:
    """Options coded from 1 in order; then one for each meaning: `options("Yes", "No", dont_know="I do not know")`."""
    plain = [Option(code, {"en": label}) for code, label in enumerate(labels, start=1)]
    marked = [
        Option(code, {"en": label}, meaning=meaning, exclusive=meaning == "none")
        for code, (meaning, label) in enumerate(meanings.items(), start=len(labels) + 1)
    ]
    return (*plain, *marked)


def coded(*codes: int) -> tuple[Option, ...]:
    """Options with these codes."""
    return tuple(Option(code, {"en": f"Option {code}"}) for code in codes)


def question(key: str, kind: str = "one_choice", *, text: str = "", **parts: Any) -> Question:
    """A question of any kind; options "Yes" and "No" unless others are given."""
    parts.setdefault("options", options("Yes", "No") if kind in ("one_choice", "several_choices", "ranking") else ())
    return Question(key=key, kind=kind, text={"en": text or f"What about {key}?"}, **parts)


def choice(key: str, *labels: str, **parts: Any) -> Question:
    """Choose one of the labels."""
    return question(key, options=options(*labels or ("Yes", "No")), **parts)


def several(key: str, *labels: str, **parts: Any) -> Question:
    """Choose any of the labels."""
    return question(key, "several_choices", options=options(*labels or ("Red", "Green", "Blue")), **parts)


def ranking(key: str, *labels: str, **parts: Any) -> Question:
    """Rank the labels."""
    return question(key, "ranking", options=options(*labels or ("Red", "Green", "Blue", "White")), **parts)


def statements(key: str, *keys: str, **parts: Any) -> Question:
    """A group of statements on the example scale."""
    lines = tuple(Statement(line, {"en": f"Statement {line}"}) for line in keys or ("a", "b"))
    return question(key, "statements", options=example_scale(), statements=lines, **parts)


def scale(key: str, **parts: Any) -> Question:
    """A five-point scale with "I do not know"."""
    return question(key, "scale", options=example_scale(), **parts)


def comment(key: str, **parts: Any) -> Question:
    """A writing box."""
    return question(key, "long_text", **parts)


def number(key: str, **settings: Any) -> Question:
    """A number, with one band so that it can be published."""
    return question(key, "number", settings={"bands": [[0, None]]} | settings)


def page(key: str, *questions: Question, **parts: Any) -> Page:
    """A page; with several questions it has a heading."""
    heading = {"en": f"Page {key}"} if len(questions) > 1 else {}
    return Page(key=key, questions=questions, **({"heading": heading} | parts))


def pages(*questions: Question) -> tuple[Page, ...]:
    """One page for each question, as the public sees them."""
    return tuple(page(f"page_{each.key}", each) for each in questions)


def questionnaire(*parts: Page | Question, title: str = "A questionnaire") -> Definition:
    """A questionnaire of pages; a question given alone gets a page of its own."""
    return Definition(title=title, pages=tuple(part if isinstance(part, Page) else pages(part)[0] for part in parts))


def when(key: str, *codes: float, statement: str = "") -> Condition:
    """The answer to a one-choice question (or one statement) is one of these codes."""
    return Condition("is", key, statement, values=codes)


def when_any(key: str, *codes: float) -> Condition:
    """One of these codes is ticked."""
    return Condition("includes", key, values=codes)


def unless(condition: Condition) -> Condition:
    """The condition does not hold."""
    return Condition("not", parts=(condition,))


def for_each(key: str, *, most: int) -> Repeat:
    """Repeat for each option ticked at a question."""
    return Repeat(key, most)


def written(document: Any) -> str:
    """A document as the bytes of an exported file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
