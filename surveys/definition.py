"""The questionnaire as one immutable document: pages, questions, options and conditions, to and from JSON.

The draft, every published version, the file that is exported and whatever an importer makes are this same document, so
there is one mapping and nothing to drift. This module holds the shapes and the mapping. Which document is fit to publish is
in `drafting.py`; what a respondent meets is in `journey.py`; what an answer means is in `kinds/`.

Texts are `{language: words}`. Question keys and option codes are stable for ever; what a language lacks is in `renderings.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from surveys.source import DefinitionError, Source

FORMAT = "consult-questionnaire"
FORMAT_VERSION = 1

LARGEST = 10**12
"""No number in a condition is as large."""

Text = Mapping[str, str]
Wording = Mapping[str, Any]
"""What a variant says in place of the standard words, by the name of what it replaces: texts by language. With a `picture`, the
name of a file, goes `alt`, its words by language."""

COMPARISONS = ("is", "includes", "equals", "less_than", "at_most", "more_than", "at_least")
"""What a condition may say of an answer, beside "answered". `is` and `includes` take a list of option codes."""


@dataclass(frozen=True)
class Condition:
    """A claim about earlier answers.

    `says` is `all`, `any` or `not` (over `parts`), `answered`, or one of COMPARISONS (about `question`, or about its
    statement `statement`), with `values` the option codes or the one number compared with.
    """

    says: str
    question: str = ""
    statement: str = ""
    values: tuple[float, ...] = ()
    parts: tuple["Condition", ...] = ()

    def questions(self) -> Iterator[str]:
        """The keys of the questions this condition asks about."""
        if self.question:
            yield self.question
        for part in self.parts:
            yield from part.questions()


@dataclass(frozen=True)
class Option:
    """One answer a person can choose. `code` is printed, keyed, stored and exported, and is never used again for another.

    `meaning` marks what counting must know: "none", "dont_know", "prefer_not_to_say", "other", or "" for a plain answer.
    An `exclusive` option cannot be ticked together with another.
    """

    code: int
    label: Text
    exclusive: bool = False
    meaning: str = ""
    shown_if: Condition | None = None
    variants: Mapping[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True)
class Statement:
    """One line of a group of scale statements, answered on the question's options."""

    key: str
    label: Text
    shown_if: Condition | None = None
    variants: Mapping[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Something asked. `kind` names a file in `kinds/`; `settings` are that kind's own. `short` is its label in reports.

    `library` is `{"id": text, "revision": number}` of the shared question it was taken from (`library.py`); empty for one's own.
    """

    key: str
    kind: str
    text: Text
    hint: Text = field(default_factory=dict)
    short: Text = field(default_factory=dict)
    required: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    statements: tuple[Statement, ...] = ()
    shown_if: Condition | None = None
    variants: Mapping[str, Wording] = field(default_factory=dict)
    library: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def is_offered_whole(self) -> bool:
        """Whether everybody who is asked is offered every option and statement."""
        return not any(o.shown_if for o in self.options) and not any(s.shown_if for s in self.statements)

    @cached_property
    def repeats_answers(self) -> bool:
        """Whether its words may repeat an earlier answer: what does so stands in braces (`piping.py`)."""
        texts = (self.text, self.hint, *(line.label for line in self.statements))
        return any("{" in wording for text in texts for wording in text.values())

    def option(self, code: int) -> Option | None:
        """The option with this code, or None."""
        return self.options_by_code.get(code) if isinstance(code, int) else None

    @cached_property
    def options_by_code(self) -> Mapping[int, Option]:
        """Every option by its code. A route is walked for every page shown, and asks for many."""
        return {option.code: option for option in reversed(self.options)}


@dataclass(frozen=True)
class Repeat:
    """Ask a page once for each option chosen at `question`, in the order of the options, at most `most` times."""

    question: str
    most: int


@dataclass(frozen=True)
class Page:
    """What is asked together on one screen. `section` is the caption above the heading and groups pages in summaries."""

    key: str
    questions: tuple[Question, ...]
    heading: Text = field(default_factory=dict)
    section: Text = field(default_factory=dict)
    shown_if: Condition | None = None
    repeat: Repeat | None = None
    variants: Mapping[str, Wording] = field(default_factory=dict)

    @cached_property
    def is_asked_whole(self) -> bool:
        """Whether everybody who comes to it is asked all of its questions once, with every option and statement."""
        return self.repeat is None and all(q.shown_if is None and q.is_offered_whole for q in self.questions)

    @cached_property
    def is_alike(self) -> bool:
        """Whether it is the same to everybody who comes to it: no question and no word on it depends on an answer."""
        says_the_same = not any(question.repeats_answers for question in self.questions)
        return self.is_asked_whole and says_the_same and not any("{" in wording for wording in self.heading.values())


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire. The first of `languages` is the one every text must have.

    People may choose any of `languages` and `variants`; those in `unchecked` need somebody who knows the language to read them.
    `renderings` records of which words each was made (`{language or variant: {place: digest}}`), `earlier` those changed since.
    `around` are texts of the pages around the questions (`renderings.told_in`).
    """

    title: str
    pages: tuple[Page, ...]
    languages: tuple[str, ...] = ("en",)
    variants: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    around: tuple[Text, ...] = ()
    renderings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Every question, in questionnaire order."""
        for page in self.pages:
            yield from page.questions

    @cached_property
    def steering(self) -> frozenset[str]:
        """The keys of the questions whose answers decide what else is asked: those that a condition or a repeat names."""
        holders = [*self.pages, *self.questions()]
        holders += [part for question in self.questions() for part in (*question.options, *question.statements)]
        named = {key for holder in holders if holder.shown_if for key in holder.shown_if.questions()}
        return frozenset(named | {page.repeat.question for page in self.pages if page.repeat})

    def page(self, key: str) -> Page | None:
        """The page with this key, or None."""
        return next((page for page in self.pages if page.key == key), None)

    def question(self, key: str) -> Question | None:
        """The question with this key, or None. A key of one round of a repeated page (`c3@1`) finds its question."""
        plain = key.partition("@")[0]
        return next((question for question in self.questions() if question.key == plain), None)

    def page_of(self, key: str) -> Page | None:
        """The page that asks the question with this key, or None."""
        plain = key.partition("@")[0]
        return next((page for page in self.pages if any(question.key == plain for question in page.questions)), None)


def words(text: Text, language: str = "en") -> str:
    """The text in a language, else Borrowed from the first language it has, else ""."""
    if found := text.get(language):
        return found
    # What is no plain text (a `surveys.messages.Message`) knows its other languages itself.
    return next((Borrowed(found, other) if type(found) is str else found for other, found in text.items()), "")


class Borrowed(str):
    """Words in another language than was asked for, for they are not translated yet; `language` is what they are in."""

    language: str

    def __new__(cls, text: str, language: str = "") -> "Borrowed":
        borrowed = super().__new__(cls, text)
        borrowed.language = language
        return borrowed


class Joined(str):
    """Several texts as one, of which some are Borrowed; `parts` are the texts, so that each can be marked as what it is."""

    parts: tuple[str, ...]

    def __new__(cls, *parts: str) -> "Joined":
        joined = super().__new__(cls, "".join(parts))
        joined.parts = parts
        return joined


def joined(*parts: str) -> str:
    """The texts as one: plain where all are in the language asked for, else Joined."""
    return Joined(*parts) if any(isinstance(part, Borrowed | Joined) for part in parts) else "".join(parts)


def joined_by(separator: str, texts: Iterable[str]) -> str:
    """The texts with a separator between them, as `joined` gives them."""
    parts = [part for text in texts for part in (separator, *getattr(text, "parts", (text,)))]
    return joined(*parts[1:])


def language_of(text: Text, language: str) -> str:
    """The language of what `words` says: the one asked for, or the first the text has where it is not translated."""
    return language if text.get(language) else next(iter(text), language)


def is_translated(text: Text, language: str) -> bool:
    """Whether `words` says the text in the language asked for. A text that says nothing needs no translation."""
    return language_of(text, language) == language


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


def is_comparable(number: Any) -> bool:
    """Whether an answer can be compared with it: a number that is not NaN, not infinite and of a size people write."""
    return isinstance(number, int | float) and not isinstance(number, bool) and -LARGEST < number < LARGEST


def required_condition(source: Source) -> Condition:
    condition = condition_from(source)
    if condition is None:
        raise DefinitionError(source.where, "must be a condition")
    return condition
