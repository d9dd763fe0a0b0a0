"""What a version of the equality questions is made of. Pure: loads without Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Text = Mapping[str, str]
"""`{language: words}`; English ("en") is always there."""
When = Mapping[str, tuple[str, ...]]
"""`{key: values}`: true when each key was answered with one of its values."""
ENGLISH = "en"


class CategoryError(ValueError):
    """An answer that the question set does not know, or a question set that contradicts itself."""


@dataclass(frozen=True)
class Option:
    """One answer. `code` 1 to 240 is what is stored; `value` is what forms and files say; both are for ever.

    `reads` is what a table calls it, where the label alone ("Yes") would mislead. `parent` is the value of the broad option
    it belongs to. `ages` is the first and last year of an age band, the last None when it is open. `exclusive` goes with no
    other tick. `census` (Census 2021) and `nhs` (Data Dictionary) are codes for export. `when` is for worked-out columns: any
    one of these gives this option.
    """

    code: int
    value: str
    label: Text
    hint: Text = field(default_factory=dict)
    reads: Text = field(default_factory=dict)
    opens_text: bool = False
    exclusive: bool = False
    parent: str = ""
    ages: tuple[int, int | None] | None = None
    census: str = ""
    nhs: str = ""
    when: tuple[When, ...] = ()


@dataclass(frozen=True)
class Column:
    """Something with options that a profile has codes for."""

    key: str
    options: tuple[Option, ...]
    source: str

    @cached_property
    def by_value(self) -> dict[str, Option]:
        """`{value: Option}`."""
        return {option.value: option for option in self.options}

    @cached_property
    def by_code(self) -> dict[int, Option]:
        """`{code: Option}`."""
        return {option.code: option for option in self.options}


@dataclass(frozen=True)
class Characteristic(Column):
    """One question. `heading` is the characteristic's name in law; `given` ones are worked out by the caller, never asked.

    `several` lets more than one option be ticked. `parent` is the question whose answer narrows these options, and
    `question_for` words it for each. `nhs_missing` gives the NHS codes of "pnts" (declined) and "" (left blank).
    """

    question: Text
    heading: str
    notes: str
    purpose: str
    baseline: str
    valid_from: str
    hint: Text = field(default_factory=dict)
    several: bool = False
    given: bool = False
    asked_by_default: bool = True
    parent: str = ""
    question_for: Mapping[str, Text] = field(default_factory=dict)
    text_label: Text = field(default_factory=dict)
    contradiction: Text = field(default_factory=dict)
    asked_if: When = field(default_factory=dict)
    not_asked_if: When = field(default_factory=dict)
    nhs_missing: Mapping[str, str] = field(default_factory=dict)

    def shown(self) -> Iterator[tuple[str, Text]]:
        """Its texts that a person reads, with their places; {} for one that it has not."""
        yield f"{self.key}, question", self.question
        yield f"{self.key}, hint", self.hint
        yield f"{self.key}, text_label", self.text_label
        yield f"{self.key}, contradiction", self.contradiction
        for value, text in self.question_for.items():
            yield f"{self.key}, question_for {value}", text
        for option in self.options:
            yield f"{self.key}: {option.value}, label", option.label
            yield f"{self.key}: {option.value}, hint", option.hint


@dataclass(frozen=True)
class Derived(Column):
    """A column worked out from answers; where no option holds, the first of `unknown_from` without an answer says why."""

    unknown_from: tuple[str, ...]


@dataclass(frozen=True)
class PageOutline:
    """Questions that share a page; `heading` where there is more than one."""

    key: str
    fields: tuple[str, ...]
    heading: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Reported:
    """A characteristic that results are broken down by: `categories` are (code, words) of `column`, in reading order.

    `values` are the same categories' values, which baselines name. `context_only` ones get no index and no test.
    """

    key: str
    heading: str
    column: str
    categories: tuple[tuple[int, str], ...]
    values: tuple[str, ...]
    context_only: bool = False


@dataclass(frozen=True)
class QuestionSet:
    """One version of the equality questions; `characteristics`, then `derived`, are in the order of a profile's bytes.

    A person can read it in `languages`: in each of them it says everything. Those in `unchecked` need somebody who knows the
    language to read them.
    """

    version: str
    valid_from: str
    characteristics: tuple[Characteristic, ...]
    derived: tuple[Derived, ...]
    pages: tuple[PageOutline, ...]
    reported: tuple[Reported, ...]
    prefer_not_to_say: Text
    postcode: Mapping[str, Text]
    unchecked: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that everything a person reads is in, English first."""
        return tuple(self.prefer_not_to_say)

    @cached_property
    def shown(self) -> tuple[tuple[str, Text], ...]:
        """Every text that a person who is asked reads, each with the place it stands in ("religion: christian, hint")."""
        own = [("prefer_not_to_say", self.prefer_not_to_say)]
        own += [(f"postcode, {part}", text) for part, text in self.postcode.items()]
        own += [(f"page {page.key}", page.heading) for page in self.pages]
        asked = (place for found in self.characteristics if not found.given for place in found.shown())
        return tuple((place, text) for place, text in (*own, *asked) if text)

    @cached_property
    def by_key(self) -> dict[str, Characteristic]:
        """`{key: Characteristic}`."""
        return {characteristic.key: characteristic for characteristic in self.characteristics}


def words(text: Text, language: str = ENGLISH) -> str:
    """The words in a language, or in English where it has none; "" when there are none at all."""
    return text.get(language) or text.get(ENGLISH, "")
