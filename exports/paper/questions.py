"""A questionnaire's questions as blocks of a form: each with its number, its words, what to do, and its boxes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext

from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import ARTEFACT, Element, TaggedCanvas
from exports.formats.pdf.typeface import BOLD, text_width
from exports.paper.composing import Composer, Frame, barred, figure, rule_strip, text_strip, together
from exports.paper.contents import Asked, Heading, Item, Reading, Round
from exports.paper.controls import DRAWN, Sheet
from exports.paper.instructions import instruction
from exports.paper.pages import Block
from exports.paper.pictures import PictureFile, beside, drawn_picture, frame_beside
from exports.paper.setting import INK, SetText, Style, is_from_right, language_of
from surveys.paper_order import letters

AFTER_HEADING: Final = 14.0
NUMBER_ROOM: Final = 2.3
"""The least room for the number of a question, and for the codes under it, in type sizes."""
END: Final = ""
"""The anchor of what comes after the last question."""


class QuestionBlocks:
    """Makes blocks of the contents of a form. `numbers` are the printed numbers by key; with `halves`, each question has half a
    page."""

    def __init__(
        self, composer: Composer, *, numbers: Mapping[str, str], picture_file: PictureFile, halves: bool = False
    ) -> None:
        self.composer, self.numbers, self.picture_file, self.halves = composer, numbers, picture_file, halves
        self.room = NUMBER_ROOM * composer.size.body

    def with_room_for(self, items: Sequence[Item]) -> "QuestionBlocks":
        """The same, with as much room as the longest number and letter of these items need."""
        size = self.composer.size.body
        for item in items:
            if isinstance(item, Asked):
                longest = item.number + ("m" if len(item.controls) > 1 else "")
                self.room = max(self.room, text_width(longest, size, BOLD) + 0.5 * size)
        return self

    def blocks(self, items: Sequence[Item]) -> Iterator[Block]:
        """The blocks of all items, in order."""
        for before, item in zip((None, *items), items, strict=False):
            first, *rest = (made := self._block(item)).strips
            if isinstance(before, Heading):
                first = replace(first, gap=AFTER_HEADING)
            yield replace(made, strips=(first, *rest))

    def _block(self, item: Item) -> Block:
        if isinstance(item, Heading):
            return self._heading(item)
        if isinstance(item, Reading):
            return self._reading(item)
        return self._round(item) if isinstance(item, Round) else self._question(item)

    def _heading(self, heading: Heading) -> Block:
        """A heading, held together with what it heads."""
        size, frame, tag = self.composer.size, self._frame(heading.text), f"H{heading.level}"
        if heading.level > 2:
            strip = self.composer.text(heading.text, self._subheading, tag=tag, frame=frame, gap=30)
            return Block((strip,), with_next=True, half=self.halves)
        text = self.composer.text(heading.text, self.composer.heading(size.section), tag=tag, frame=frame, gap=36)
        return Block((together([text, rule_strip(thickness=2, gap=3)]),), with_next=True, half=self.halves)

    def _reading(self, reading: Reading) -> Block:
        """Something to read: its heading and its paragraphs, each whole."""
        composer, whole = self.composer, self._frame(reading.paragraphs[0])
        picture = drawn_picture(reading.picture, self.picture_file, composer.language)
        owner = figure(composer.root, picture.alternative) if picture else None
        frame = frame_beside(whole) if picture else whole
        tag, first = f"H{reading.level}", reading.paragraphs[0]
        strips = [composer.text(first, self._subheading, tag=tag, frame=frame, gap=composer.size.between_questions)]
        strips += [composer.text(part, composer.body, frame=frame, gap=9) for part in reading.paragraphs[1:]]
        if picture and owner:
            strips = beside(picture, owner, strips, whole)
        return Block(tuple(strips), half=self.halves)

    def _round(self, start: Round) -> Block:
        """The beginning of repeated pages, with boxes to say what they are about."""
        composer, frame = self.composer, self._frame(start.text)
        strips = [composer.text(start.text, self._subheading, tag="H3", frame=frame, gap=34)]
        strips += [composer.text(part, composer.body, frame=frame, gap=7) for part in start.reading]
        if start.source:
            which = gettext("Which answer is it? Tick one box only.")
            strips.append(composer.text(which, composer.strong, frame=frame, gap=12))
            control = replace(start.source.control, options=start.choices)
            strips += DRAWN[control.shape](control, Sheet(composer, frame, self.room, composer.root, start.source))
        return Block((together(strips),), anchor=start.anchor, with_next=not start.source, half=self.halves)

    def _question(self, asked: Asked) -> Block:
        composer, whole = self.composer, self._frame(asked.text)
        picture = drawn_picture(asked.picture, self.picture_file, composer.language)
        owner = figure(composer.root, picture.alternative) if picture else None
        frame = frame_beside(whole) if picture else whole
        head = self._head(asked, frame)
        first, *rest = self._boxes(asked, frame)
        strips = [together([*head, first]), *rest]
        if picture and owner:
            strips = beside(picture, owner, strips, whole)
        return Block(tuple(strips), anchor=asked.anchor, again=(self._again(asked, whole),), half=self.halves)

    def _head(self, asked: Asked, frame: Frame) -> list[Strip]:
        """What stands above the boxes: who answers, number and words, hint, what to do."""
        composer = self.composer
        strips: list[Strip] = []
        if asked.above:
            above = composer.text(
                asked.above, composer.body, frame=frame, offset=self.room, gap=composer.size.between_questions
            )
            strips.append(barred(above, frame, offset=self.room - 12))
        gap = 8 if strips else composer.size.between_questions
        strips.append(self._numbered(asked.text, asked.number, f"H{asked.level}", frame, gap=gap))
        told = instruction(asked.question, tuple(control for control, _ in asked.controls))
        if asked.hint and language_of(asked.hint, composer.language) == composer.language:
            # In one paragraph: a line saved at each question is a sheet saved in the whole form.
            told = f"{asked.hint} {told}"
        elif asked.hint:
            strips.append(composer.text(asked.hint, composer.body, frame=frame, offset=self.room, gap=4))
        strips.append(composer.text(told, composer.body, frame=frame, offset=self.room, gap=4))
        return strips

    def _numbered(self, text: str, number: str, tag: str, frame: Frame, *, gap: float) -> Strip:
        """The words of a question or a statement with its number before them."""
        composer, size = self.composer, self.composer.size.body
        setting = composer.typesetter.set(text, width=frame.width - self.room, style=composer.strong)
        owner = composer.element(composer.root, tag, setting)
        strip = text_strip(owner, setting, frame, offset=self.room, gap=gap)

        def draw(canvas: TaggedCanvas, top: float) -> None:
            self._draw_number(canvas, owner, number, frame, baseline=top - (setting.leading + 0.7 * size) / 2)
            strip.draw(canvas, top)

        return replace(strip, draw=draw)

    def _draw_number(self, canvas: TaggedCanvas, owner: Element, number: str, frame: Frame, *, baseline: float) -> None:
        size = self.composer.size.body
        canvas.belongs_to(owner)
        x = frame.x(0, text_width(number, size, BOLD))
        canvas.text(x, baseline, f"{number} ", font=BOLD, size=size, ink=INK)

    def _boxes(self, asked: Asked, frame: Frame) -> Iterator[Strip]:
        """The boxes of a question: option by option, or statement by statement."""
        composer = self.composer
        pictures = {
            code: drawn
            for code, picture in asked.pictures.items()
            if (drawn := drawn_picture(picture, self.picture_file, composer.language))
        }
        lines, leads = self._lines(asked), {code: self._go_to(asked, to) for code, to in asked.leads_to.items()}
        lettered = zip(asked.controls, letters(len(asked.controls)), asked.fields, strict=False)
        for (control, label), letter, field in lettered:
            sheet = Sheet(composer, frame, self.room, composer.root, field, lines, leads, pictures)
            if len(asked.controls) == 1:
                yield from DRAWN[control.shape](control, sheet)
            else:
                statement = self._statement(asked, control.part, letter, label or asked.text, frame)
                yield together([*statement, *DRAWN[control.shape](control, sheet)])

    def _statement(self, asked: Asked, part: str, letter: str, label: str, frame: Frame) -> Iterator[Strip]:
        """The number and the words of one statement, and who answers it."""
        yield self._numbered(label, asked.number + letter, f"H{asked.level + 1}", frame, gap=20)
        if line := asked.lines.get(f"{asked.question.key}.statement.{part}"):
            yield self.composer.text(line, self.composer.body, frame=frame, offset=self.room, gap=3)

    def _lines(self, asked: Asked) -> dict[int, str]:
        """The sentences above options, by code."""
        start = f"{asked.question.key}.option."
        return {int(place.removeprefix(start)): text for place, text in asked.lines.items() if place.startswith(start)}

    def _go_to(self, asked: Asked, target: str) -> str:
        """Where an option leads, in words."""
        page = self.composer.page_of.get(target, 0)
        if target == END:
            return gettext("Go to page {page}").format(page=page)
        number = self.numbers[target.partition("#")[0]]
        if page == self.composer.page_of.get(asked.anchor):
            return gettext("Go to question {number}").format(number=number)
        return gettext("Go to question {number} on page {page}").format(number=number, page=page)

    def _again(self, asked: Asked, frame: Frame) -> Strip:
        """What stands above the rest of a question that goes on to another page. A reader of the file has its words already."""
        text = gettext("Question {number}, continued").format(number=asked.number)
        setting: SetText = self.composer.typesetter.set(text, width=frame.width, style=self.composer.strong)
        return text_strip(ARTEFACT, setting, frame)

    @property
    def _subheading(self) -> Style:
        return self.composer.heading(self.composer.size.body * 1.15)

    def _frame(self, text: str) -> Frame:
        """The frame as a text is read: English that is not translated stays from left to right on a page in Urdu."""
        return Frame(is_from_right(language_of(text, self.composer.language)))
