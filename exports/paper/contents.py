"""What stands on a paper form, in order: headings, things to read, questions with their numbers, codes, words and routes.

Numbers, boxes and codes are those that key entry shows, made by the same functions. A text that repeats an earlier answer says
its general words, since paper cannot know the answer. Pages repeated for what was ticked are printed as often as the web asks
them at most: for each item where there are so few, else for "the first answer you ticked", "the second" and so on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.translation import gettext

from surveys.codebook import possible_items
from surveys.controls import Control
from surveys.definition import Borrowed, Definition, Option, Page, Question, Text, words
from surveys.go_to import PrintedRoutes, go_to_texts
from surveys.journey import Step
from surveys.keystrokes import Field
from surveys.kinds import KINDS
from surveys.paper_order import keyed_question, paper_numbers
from surveys.piping import fill
from surveys.renderings import Picture, picture_of
from surveys.saying import said

SAID_BY_THE_INSTRUCTION = "Select all that apply"
"""A hint that says nothing else is left out: the instruction says it in the words of paper."""


@dataclass(frozen=True)
class Heading:
    """The heading of a section, or of questions that belong together. `level` as in HTML."""

    text: str
    level: int


@dataclass(frozen=True)
class Reading:
    """Something to read, in paragraphs; the first is its heading."""

    key: str
    paragraphs: tuple[str, ...]
    level: int = 3
    picture: Picture | None = None


@dataclass(frozen=True)
class Asked:
    """A question as printed.

    `anchor` names this printing of it. `fields` are the boxes that key entry has for it, `controls` what is printed of them with
    their words. `lines` are the sentences at its options and statements, by place; `leads_to` the anchor that each option's go-to
    leads to, and `pictures` the pictures of options, by code.
    """

    question: Question
    anchor: str
    number: str
    text: str
    hint: str
    above: str
    fields: tuple[Field, ...]
    controls: tuple[tuple[Control, str], ...]
    level: int
    lines: Mapping[str, str] = field(default_factory=dict)
    leads_to: Mapping[int, str] = field(default_factory=dict)
    picture: Picture | None = None
    pictures: Mapping[int, Picture] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """The beginning of pages that are repeated.

    `source` is the box of the question whose answer they are about, and `choices` its options, to say which; None where `text`
    names the one.
    """

    text: str
    reading: tuple[str, ...]
    anchor: str
    source: Field | None = None
    choices: tuple[Option, ...] = ()


Item = Heading | Reading | Asked | Round


class Contents:
    """The contents of one questionnaire's form in a language, its questions numbered from `first_number`."""

    def __init__(self, definition: Definition, language: str, *, first_number: int = 1, variant: str = "") -> None:
        self.definition, self.language, self.variant = definition, language, variant
        self.numbers = paper_numbers(definition, first_number=first_number)
        self.routes: PrintedRoutes = go_to_texts(definition, first_number=first_number)

    def items(self) -> Iterator[Item]:
        """Everything that is printed, in order."""
        sections = groupby(self.definition.pages, key=lambda page: words(page.section, self.language))
        for section, pages in sections:
            yield Heading(section or gettext("Questions"), 2)
            for source, together in groupby(pages, key=lambda page: page.repeat.question if page.repeat else ""):
                run = list(together)
                yield from self._repeated(run, source) if source else self._plain(run, 0, None)

    def _plain(self, pages: Sequence[Page], turn: int, item: int | None) -> Iterator[Item]:
        """The questions of pages, in the `turn`th round of them (0 where they are not repeated)."""
        for page in pages:
            level = 3
            if page.heading:
                yield Heading(self._said(page.heading, page, item), 3)
                level = 4
            for question in page.questions:
                yield self._question(question, page, turn, item, level)

    def _question(self, question: Question, page: Page, turn: int, item: int | None, level: int) -> Asked | Reading:
        text = self._said(question.text, page, item)
        picture = picture_of(question, self.variant) if self.variant else None
        if question.key not in self.numbers:
            parts = tuple(like(part, text) for part in text.split("\n\n") if part.strip())
            return Reading(question.key, parts, level, picture)
        keyed = keyed_question(question, self.numbers[question.key], text=text)
        return Asked(
            question=question,
            anchor=anchor_of(question.key, turn),
            number=self.numbers[question.key],
            text=text,
            hint=self._hint(question, page, item),
            above=self._sentence(question.key),
            fields=keyed.fields,
            controls=tuple(
                (control, self._said(control.label, page, item))
                for control in KINDS[question.kind].paper_controls(question)
            ),
            level=level,
            lines={place: self._sentence(place) for place in self.routes.above if place.startswith(f"{question.key}.")},
            leads_to=self._leads_to(question.key, turn),
            picture=picture,
            pictures=self._pictures(question),
        )

    def _leads_to(self, key: str, turn: int) -> dict[int, str]:
        leads_to = self.routes.leads_to.items()
        return {code: self._anchor_from(turn, target) for (asked, code), target in leads_to if asked == key}

    def _pictures(self, question: Question) -> dict[int, Picture]:
        found = {option.code: picture_of(option, self.variant) for option in question.options if self.variant}
        return {code: picture for code, picture in found.items() if picture}

    def _repeated(self, pages: Sequence[Page], source: str) -> Iterator[Item]:
        """Pages repeated for what was ticked at `source`."""
        question, most = self.definition.question(source), min(page.repeat.most for page in pages if page.repeat)
        items = [item for item in possible_items(pages[0], self.definition) if item is not None]
        if question is None:
            return
        if len(items) <= most:
            for turn, item in enumerate(items, start=1):
                yield self._round_about(question, item, turn, pages)
                yield from self._plain(pages, turn, item)
            return
        for turn in range(1, most + 1):
            yield self._round(question, items, turn, pages)
            yield from self._plain(pages, turn, None)

    def _round_about(self, question: Question, item: int, turn: int, pages: Sequence[Page]) -> Round:
        option = question.option(item)
        label = words(option.label, self.language) if option else ""
        only = gettext("Only answer questions {first} to {last} here if you ticked “{answer}” at question {number}.")
        return Round(
            like(label, label), (only.format(answer=label, **self._span(pages, question)),), f"{question.key}#{turn}"
        )

    def _round(self, question: Question, items: Sequence[int], turn: int, pages: Sequence[Page]) -> Round:
        """A round whose item the person says."""
        span = self._span(pages, question)
        if turn == 1:
            about = gettext(
                "Questions {first} to {last} are about the first answer that you ticked at question {number}."
            )
            other = gettext("If you ticked more than 1, you can answer them again for the next one.")
        else:
            about = gettext(
                "Only answer questions {first} to {last} again here if you ticked {turn} or more answers at question {number}."
            )
            other = gettext("This time, answer about the next answer that you ticked.")
        box = keyed_question(question, self.numbers[question.key], text="").fields[0]
        return Round(
            text=heading_of(turn).format(turn=turn, number=span["number"]),
            reading=(about.format(turn=turn, **span), other),
            anchor=f"{question.key}#{turn}",
            source=replace(box, control=replace(box.control, shape="radios")),
            choices=tuple(option for option in question.options if option.code in items),
        )

    def _span(self, pages: Sequence[Page], source: Question) -> dict[str, str]:
        numbers = [
            self.numbers[question.key] for page in pages for question in page.questions if question.key in self.numbers
        ]
        return {"first": numbers[0], "last": numbers[-1], "number": self.numbers[source.key]}

    def _said(self, text: Text, page: Page, item: int | None) -> str:
        """A text in the language, in general words where it repeats an answer."""
        if not text:
            return ""
        step = Step(page.key, page, page.questions, item)
        found = fill(text, self.definition, {}, language=self.language, step=step, otherwise=self._general_words)
        return like(beginning_well(said(found, self.language)), found)

    def _general_words(self, key: str) -> str:
        """What stands for an answer that paper cannot repeat."""
        if key == "item":
            return ITEM
        return gettext("your answer to question {number}").format(number=self.numbers.get(key, "?"))

    def _hint(self, question: Question, page: Page, item: int | None) -> str:
        is_said = words(question.hint, "en").strip(" .") == SAID_BY_THE_INSTRUCTION
        return "" if is_said else self._said(question.hint, page, item)

    def _sentence(self, place: str) -> str:
        """The sentence of a route at a place, "" where there is none."""
        return said(self.routes.above[place], self.language) + "." if place in self.routes.above else ""

    def _anchor_from(self, turn: int, target: str) -> str:
        """Where a go-to leads from the `turn`th round: to the same round of a repeated page, else to the first. "" is the end."""
        page = self.definition.page_of(target) if target else None
        return anchor_of(target, (turn or 1) if page and page.repeat else 0)


def heading_of(turn: int) -> str:
    """What stands above the `turn`th round of pages that are repeated."""
    if turn == 1:
        return gettext("About the first answer you ticked at question {number}")
    if turn == 2:
        return gettext("About the second answer you ticked at question {number}")
    if turn == 3:
        return gettext("About the third answer you ticked at question {number}")
    return gettext("About answer {turn} of those you ticked at question {number}")


ITEM = "{item}"
"""Stands for the item of a round that is not known, until the text is put right around it."""


def anchor_of(key: str, turn: int) -> str:
    """The name of a question in a round of a repeated page; its key where it is printed once."""
    return f"{key}#{turn}" if turn else key


def beginning_well(text: str) -> str:
    """A text in which the item of a round is not known: "{item}: how long?" becomes "How long?"."""
    if ITEM not in text:
        return text
    without = text.removeprefix(ITEM).lstrip(" :–-,")
    text = without[:1].upper() + without[1:] if text.startswith(ITEM) else text
    return text.replace(ITEM, gettext("the answer you ticked above"))


def like(text: str, other: str) -> str:
    """A text that is in the language of another."""
    return Borrowed(text, other.language) if isinstance(other, Borrowed) else text
