"""The pages around the questions: front cover, how to fill the form in, how answers are used, and where to send it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext

from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import ARTEFACT, TaggedCanvas
from exports.formats.pdf.typeface import BOLD, REGULAR, text_width
from exports.paper.barcodes import draw_squares
from exports.paper.composing import Composer, Frame, boxed, figure, place_figure, rule_strip, text_strip, together
from exports.paper.contents import like
from exports.paper.editions import MILLIMETRE, Edition
from exports.paper.facts import PaperFacts
from exports.paper.pages import Block
from exports.paper.setting import INK, STAFF_INK, Style, draw_text, is_from_right, language_of

OFFICE_WIDTH, OFFICE_HEIGHT = 60 * MILLIMETRE, 20 * MILLIMETRE
QR_SIDE: Final = 34 * MILLIMETRE
"""With its white edge; the squares themselves are 27 mm and more."""
THANKS: Final = "thank you"
"""The anchor of what comes after the last question. No question's key has a space."""
WINDOW_TOP: Final = 32 * MILLIMETRE
"""How far below the top margin the address begins: 52 mm from the edge, where a DL or C5 window shows it."""


class Covers:
    """Makes the blocks around the questions of one form."""

    def __init__(self, composer: Composer, facts: PaperFacts, edition: Edition) -> None:
        self.composer, self.facts, self.edition = composer, facts, edition

    # Front ----------------------------------------------------------------------------------------------------------------

    def front(self) -> Iterator[Block]:
        """The cover."""
        composer, facts = self.composer, self.facts
        yield Block((self._office_box(),), with_next=True)
        strips = [
            self._text(self._kind_of_form(), replace(composer.strong, size=composer.size.body * 1.15), gap=8),
            self._text(facts.title, composer.heading(composer.size.title), tag="H1", gap=4),
            rule_strip(thickness=3, gap=8),
        ]
        for part in (facts.summary, like(facts.still_open.split("\n\n")[0], facts.still_open)):
            if part:
                strips.append(self._text(part, composer.body, gap=8))
        yield Block((together(strips),))
        yield Block((boxed(self._post_by(), composer.frame, padding=8, gap=12),))
        yield Block((self._online(),))
        yield Block((self._help(),))
        if facts.languages:
            yield self._languages()

    def _office_box(self) -> Strip:
        """Top right on every form, whichever way it is read; who asks stands beside it."""
        composer = self.composer
        frame = Frame(composer.frame.from_right)
        room = frame.width - OFFICE_WIDTH - 12
        name = composer.typesetter.set(self.facts.organisation, width=room, style=composer.strong)
        owner = composer.element(composer.root, "P", name)
        size = composer.size.code

        def draw(canvas: TaggedCanvas, top: float) -> None:
            draw_text(canvas, owner, name, left=frame.left, width=room, top=top)
            canvas.belongs_to(ARTEFACT)
            left = frame.left + frame.width - OFFICE_WIDTH
            canvas.box(left, top - OFFICE_HEIGHT, OFFICE_WIDTH, OFFICE_HEIGHT, outline=INK, thickness=1)
            canvas.text(left + 6, top - size - 3, "Office use", font=BOLD, size=size, ink=STAFF_INK)
            for index, word in enumerate(("Batch", "Form")):
                baseline = top - OFFICE_HEIGHT + 26 - index * 18
                canvas.text(left + 6, baseline, word, font=REGULAR, size=size, ink=STAFF_INK)
                canvas.rule(left + 12 + 3 * size, baseline - 2, left + OFFICE_WIDTH - 8, baseline - 2, ink=STAFF_INK)

        return Strip(max(OFFICE_HEIGHT, name.height), draw)

    def _kind_of_form(self) -> str:
        return {
            "standard": gettext("Have your say: paper form"),
            "large-print": gettext("Have your say: large print paper form"),
            "easy-read": gettext("Have your say: easy read paper form"),
        }[self.edition.name]

    def _post_by(self) -> list[Strip]:
        """By when it must be posted, set within the padding of its box."""
        composer, whole = self.composer, self.composer.frame
        frame = replace(whole, left=whole.left + 12, width=whole.width - 24)
        words = gettext("Post it by {day} so it reaches us in time.").format(day=self.facts.post_by)
        return [composer.text(words, composer.strong, frame=frame)]

    def _online(self) -> Strip:
        """The square that opens the form on the web, and its address in words."""
        composer, frame, facts = self.composer, self.composer.frame, self.facts
        offset = QR_SIDE + 14
        code = figure(
            composer.root, gettext("Square code that opens {address}").format(address=in_words(facts.start_address))
        )
        point = gettext("Point the camera of a phone at the square, or go to:")
        typed = in_lines(facts.short_address, composer.strong, frame.width - offset)
        strips = [
            composer.text(gettext("Answer online"), composer.strong, frame=frame, offset=offset),
            composer.text(point, composer.body, frame=frame, offset=offset, gap=3),
            composer.text(typed, composer.strong, frame=frame, offset=offset, gap=3),
        ]
        words = together(strips)

        def draw(canvas: TaggedCanvas, top: float) -> None:
            left, bottom = frame.x(0, QR_SIDE), top - QR_SIDE
            canvas.belongs_to(code)
            draw_squares(canvas, facts.start_address, x=left, y=bottom, side=QR_SIDE)
            place_figure(code, left=left, bottom=bottom, width=QR_SIDE, height=QR_SIDE)
            words.draw(canvas, top - max(0.0, (QR_SIDE - words.height) / 2))

        return Strip(max(QR_SIDE, words.height), draw, gap=8)

    def _help(self) -> Strip:
        composer, phone = self.composer, self.facts.phone
        formats = gettext(
            "Phone us if you need help. We can also send you large print, easy read, audio, Braille, British Sign Language "
            "or another language."
        )
        number = gettext("Phone: {phone} (Relay UK: 18001 then the number)").format(phone=phone)
        return together([self._text(number, composer.strong, gap=8), self._text(formats, composer.body, gap=2)])

    def _languages(self) -> Block:
        """A line in each of the languages most used here, in its own script."""
        composer = self.composer
        listing = composer.root.add("L", attributes={"List": {"ListNumbering": "None"}})
        strips = []
        for language, sentence in self.facts.languages:
            frame = Frame(is_from_right(language))
            text = composer.typesetter.set(sentence, width=frame.width, style=composer.body)
            text = replace(text, from_right=frame.from_right)
            owner = listing.add("LI").add("LBody")
            owner.language = language
            strips.append(text_strip(owner, text, frame, gap=2))
        return Block((together([rule_strip(thickness=0.75, gap=8), *strips]),))

    # Inside ---------------------------------------------------------------------------------------------------------------

    def inside(self) -> Iterator[Block]:
        """How to fill the form in, and how answers are used."""
        composer = self.composer
        yield Block((self._heading(gettext("How to fill in this form")),), with_next=True)
        yield Block((self._list(self._how_to()),))
        yield Block((self._heading(gettext("How we use your answers")),), with_next=True)
        for part in (*self.facts.privacy, self._no_names()):
            yield Block((self._text(part, composer.body, gap=9),))

    def _how_to(self) -> tuple[str, ...]:
        return (
            gettext("Use a black or blue pen."),
            gettext("You do not have to answer every question."),
            gettext("If you make a mistake, cross it out and tick the right box."),
            gettext("Some answers tell you which question to go to next. If they do not, go on to the next question."),
            gettext("Do not write your name, or who anyone else is."),
            gettext("The small numbers next to the boxes are for our staff."),
        )

    def _no_names(self) -> str:
        """That a form without a number cannot be found again: forms are not numbered, for a number would say whose it is."""
        return gettext(
            "This form has no name and no number of its own. Once you have sent it, we cannot find your answers again. So we "
            "cannot change them or send them back."
        )

    def _list(self, entries: tuple[str, ...]) -> Strip:
        """A list with bullets."""
        composer, frame = self.composer, self.composer.frame
        listing = composer.root.add("L", attributes={"List": {"ListNumbering": "Disc"}})
        offset = 1.4 * composer.size.body
        strips = [self._bulleted(composer, frame, listing.add("LI"), entry, offset) for entry in entries]
        return together(strips)

    def _bulleted(self, composer: Composer, frame: Frame, entry, words: str, offset: float) -> Strip:  # type: ignore[no-untyped-def]
        size = composer.size.body
        label, body = entry.add("Lbl"), entry.add("LBody")
        text = composer.typesetter.set(words, width=frame.width - offset, style=composer.body)
        strip = text_strip(body, text, frame, offset=offset, gap=7)

        def draw(canvas: TaggedCanvas, top: float) -> None:
            canvas.belongs_to(label)
            canvas.text(
                frame.x(2, 0.6 * size), top - (text.leading + 0.7 * size) / 2, "• ", font=REGULAR, size=size, ink=INK
            )
            strip.draw(canvas, top)

        return replace(strip, draw=draw)

    # After the questions --------------------------------------------------------------------------------------------------

    def thanks(self) -> Iterator[Block]:
        """What happens next, after the last question."""
        heading = self._heading(gettext("Thank you for having your say"))
        steps = [self._text(step, self.composer.body, gap=8) for step in self.facts.next_steps]
        yield Block((together([heading, *steps]),), anchor=THANKS)

    # Back -----------------------------------------------------------------------------------------------------------------

    def back(self) -> Iterator[Block]:
        """The last page: the address where a window shows it, and how to send the form."""
        composer, facts = self.composer, self.facts
        address = Frame(False)
        lines = [
            composer.typesetter.set(line, width=90 * MILLIMETRE, style=composer.body) for line in facts.return_address
        ]
        lines = [replace(line, from_right=False) for line in lines]
        owner = composer.root.add("P")
        if composer.language != "en":
            owner.language = "en"
        strips = [Strip(WINDOW_TOP, lambda canvas, top: None)]
        strips += [text_strip(owner, line, address, offset=4 * MILLIMETRE) for line in lines]
        yield Block((together(strips),), with_next=True)
        stamp = (
            gettext("You do not need a stamp.")
            if facts.is_freepost
            else gettext("You need a stamp. If that is a problem, phone us.")
        )
        fold = gettext("Fold the form so that this address shows in the window of an envelope, or write it on one.")
        yield Block((self._text(stamp, composer.strong, gap=48),), with_next=True)
        yield Block((self._text(fold, composer.body, gap=6),), with_next=True)
        posted = gettext("Post it by {day} so it reaches us in time.").format(day=facts.post_by)
        closes = gettext("The consultation closes at {closes}.").format(closes=facts.closes)
        yield Block((self._text(posted, composer.strong, gap=6),), with_next=True)
        yield Block((self._text(closes, composer.body, gap=6),))

    def blank(self) -> Block:
        """What stands on a page that is only there to make up a booklet."""
        return Block(
            (self._text(gettext("This page is left blank on purpose."), self.composer.body),), starts_page=True
        )

    # Parts ----------------------------------------------------------------------------------------------------------------

    def _heading(self, text: str) -> Strip:
        composer = self.composer
        heading = self._text(text, composer.heading(composer.size.section), tag="H2", gap=30)
        return together([heading, rule_strip(thickness=2, gap=3)])

    def _text(self, text: str, style, *, tag: str = "P", gap: float = 0.0) -> Strip:  # type: ignore[no-untyped-def]
        """A text across the frame, as it is read."""
        frame = Frame(is_from_right(language_of(text, self.composer.language)))
        return self.composer.text(text, style, tag=tag, frame=frame, gap=gap)


def in_words(address: str) -> str:
    """A web address as people read and type it."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def in_lines(address: str, style: Style, width: float) -> str:
    """The same, on as many lines as it needs, broken before a slash."""
    lines = [""]
    for part in re.split(r"(?=/)", in_words(address)):
        fits = text_width(lines[-1] + part, style.size, BOLD) <= width
        lines = [*lines[:-1], lines[-1] + part] if fits or not lines[-1] else [*lines, part]
    return "\n".join(lines)
