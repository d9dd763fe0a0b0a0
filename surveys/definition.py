"""The questionnaire as one immutable document: pages, questions, options and conditions, and the words they say.

The draft, every published version, the file that is exported and whatever an importer makes are this same document, so
there is one shape and nothing to drift. How it is written down and read is in `definition_json.py`. Which document is fit
to publish is in `drafting.py`; what a respondent meets is in `journey.py`; what an answer means is in `kinds/`.

Texts are `{language: words}`. Question keys and option codes are stable for ever; what a language lacks is in `renderings.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

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


def is_comparable(number: Any) -> bool:
    """Whether an answer can be compared with it: a number that is not NaN, not infinite and of a size people write."""
    return isinstance(number, int | float) and not isinstance(number, bool) and -LARGEST < number < LARGEST


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
        conditions = [page.shown_if for page in self.pages]
        for question in self.questions():
            conditions += [question.shown_if, *(option.shown_if for option in question.options)]
            conditions += [statement.shown_if for statement in question.statements]
        named = {key for condition in conditions if condition for key in condition.questions()}
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
    for part in parts:
        # Nearly every part is plain, and what a plain part is, is told by its type at once.
        if type(part) is not str and isinstance(part, Borrowed | Joined):
            return Joined(*parts)
    return "".join(parts)


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
