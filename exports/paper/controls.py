"""Each shape of control as it is drawn on paper, and what a person is told to do with it. `DRAWN` and `TOLD` name them by shape.

An option is its code for the staff, its box and its words, in that order, one to a line, with the box where reading starts
(ux.md §3.3). The codes are printed as key entry types them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext

from exports.formats.pdf.strips import Strip
from exports.formats.pdf.tags import ARTEFACT, Element, TaggedCanvas
from exports.formats.pdf.typeface import REGULAR, text_width
from exports.paper.composing import Composer, Frame, figure, place_figure, text_strip, together
from exports.paper.pictures import BESIDE, SIDE_OF_OPTION, Drawn
from exports.paper.setting import INK, NO_BREAK, STAFF_INK, Words, draw_text
from surveys.controls import RANK_BOXES, Control
from surveys.definition import Option, words
from surveys.keystrokes import Field

FEWEST_LINES: Final = 8
"""Lines of a writing box (ux.md §3.6)."""
LETTERS_OF_A_POSTCODE: Final = (4, 3)
NEXT_TO_BOX: Final = 9.0
LINE: Final = 1.0


@dataclass(frozen=True)
class Sheet:
    """Where a control is drawn: the frame as its question is read, the offset of its boxes, its element in the structure, and the
    words and pictures at its options by code: `lines` is what stands above one, `leads_to` where one goes on."""

    composer: Composer
    frame: Frame
    offset: float
    parent: Element
    box: Field
    lines: Mapping[int, str] = field(default_factory=dict)
    leads_to: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[int, Drawn] = field(default_factory=dict)


# Options ------------------------------------------------------------------------------------------------------------------


def options(control: Control, sheet: Sheet) -> list[Strip]:
    """A list of options with a box each."""
    listing = sheet.parent.add("L", attributes={"List": {"ListNumbering": "None"}})
    side = sheet.composer.size.line if control.shape == RANK_BOXES else sheet.composer.size.box
    strips: list[Strip] = []
    for option in control.options:
        if option.code or option.meaning == "prefer_not_to_say":
            above = line_above(option, sheet)
            row = option_row(option, listing.add("LI"), sheet, side)
            strips.append(together([above, row]) if above else row)
    return strips


def line_above(option: Option, sheet: Sheet) -> Strip | None:
    """The sentence that says who may choose an option."""
    text, composer = sheet.lines.get(option.code), sheet.composer
    if not text:
        return None
    return composer.text(text, composer.body, parent=sheet.parent, frame=sheet.frame, offset=sheet.offset, gap=16)


def option_row(option: Option, entry: Element, sheet: Sheet, side: float) -> Strip:
    """Code, box, picture and words of one option."""
    composer, frame, picture = sheet.composer, sheet.frame, sheet.pictures.get(option.code)
    beside = sheet.offset + side + NEXT_TO_BOX
    offset = beside + (SIDE_OF_OPTION + BESIDE if picture else 0)
    code, across = sheet.box.printed(option.code), text_width(sheet.box.printed(option.code), composer.size.code)
    code_owner, label_owner = entry.add("Lbl"), entry.add("LBody")
    picture_owner = figure(label_owner, picture.alternative) if picture else label_owner
    label = composer.typesetter.set(label_of(option, sheet), width=frame.width - offset, style=composer.body)
    if label.language != composer.language:
        label_owner.language = label.language
    tallest = max(side, label.leading, SIDE_OF_OPTION if picture else 0)
    height = max(tallest, label.height + (tallest - label.leading) / 2)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        middle = top - tallest / 2
        canvas.belongs_to(code_owner)
        canvas.text(
            frame.x(sheet.offset - 6 - across, across), middle - 0.35 * composer.size.code, f"{code} ",
            font=REGULAR, size=composer.size.code, ink=STAFF_INK,
        )  # fmt: skip
        canvas.belongs_to(ARTEFACT)
        canvas.box(frame.x(sheet.offset, side), middle - side / 2, side, side, outline=INK, thickness=LINE)
        if picture:
            left = frame.x(beside, SIDE_OF_OPTION)
            picture.draw(canvas, picture_owner, left=left, top=middle + SIDE_OF_OPTION / 2, side=SIDE_OF_OPTION)
        width = frame.width - offset
        draw_text(canvas, label_owner, label, left=frame.x(offset, width), width=width, top=middle + label.leading / 2)

    return Strip(height, draw, gap=composer.size.row_gap)


def label_of(option: Option, sheet: Sheet) -> Sequence[Words] | str:
    """The words of an option, with where to go on where one tick settles that."""
    label = words(option.label, sheet.composer.language)
    leads = sheet.leads_to.get(option.code)
    if not leads:
        return label
    arrow = "◂" if sheet.frame.from_right else "▸"
    # Kept on one line where there is room.
    return [Words(label), Words(" "), Words(f"{arrow} {leads}".replace(" ", NO_BREAK), bold=True)]


# Places to write in -------------------------------------------------------------------------------------------------------


def writing_box(control: Control, sheet: Sheet) -> list[Strip]:
    """Ruled lines in a box."""
    composer, count = sheet.composer, max(control.rows, FEWEST_LINES)
    step = composer.size.line
    alternative = gettext("Room to write, {count} lines").format(count=count)
    width = sheet.frame.width - sheet.offset
    return [drawn_figure(sheet, alternative, width=width, height=step * count, draw=ruled(count, step))]


def text_box(control: Control, sheet: Sheet) -> list[Strip]:
    """One line to write on; a box for each letter of a postcode."""
    step = sheet.composer.size.line
    if control.purpose == "postal-code":
        width = step * sum(LETTERS_OF_A_POSTCODE) + step / 2
        alternative = gettext("Boxes for a postcode, one for each letter or number")
        return [drawn_figure(sheet, alternative, width=width, height=step, draw=letters(step), is_forward=True)]
    return [
        drawn_figure(
            sheet, gettext("Room to write, 1 line"), width=sheet.frame.width - sheet.offset, height=step, draw=outline
        )
    ]


def number_box(control: Control, sheet: Sheet) -> list[Strip]:
    """A box for a number, and its unit after it."""
    composer, step = sheet.composer, sheet.composer.size.line
    width = 4 * step
    box = drawn_figure(sheet, gettext("Box for a number"), width=width, height=step, draw=outline)
    suffix = words(control.suffix, composer.language)
    if not suffix:
        return [box]
    offset = sheet.offset + width + NEXT_TO_BOX
    setting = composer.typesetter.set(suffix, width=sheet.frame.width - offset, style=composer.body)
    unit = text_strip(composer.element(sheet.parent, "P", setting), setting, sheet.frame, offset=offset)

    def draw(canvas: TaggedCanvas, top: float) -> None:
        box.draw(canvas, top)
        unit.draw(canvas, top - (step - setting.leading) / 2)

    return [Strip(max(step, unit.height), draw, gap=box.gap)]


def date_boxes(control: Control, sheet: Sheet) -> list[Strip]:
    """Boxes for a day, a month and a year, each under its name."""
    composer, step = sheet.composer, sheet.composer.size.line
    parts = ((gettext("Day"), 2.4), (gettext("Month"), 2.4), (gettext("Year"), 4.0))
    offsets, offset = [], sheet.offset
    settings = [composer.typesetter.set(name, width=200, style=composer.body) for name, _ in parts]
    for setting, (_, wide) in zip(settings, parts, strict=True):
        offsets.append(offset)
        offset += max(wide * step, max(line.width for line in setting.lines)) + 2 * NEXT_TO_BOX
    owners = [composer.element(sheet.parent, "P", setting) for setting in settings]
    owner = figure(sheet.parent, gettext("Boxes for the day, the month and the year"))
    above = settings[0].height + 3

    def draw(canvas: TaggedCanvas, top: float) -> None:
        for setting, element, start in zip(settings, owners, offsets, strict=True):
            draw_text(canvas, element, setting, left=sheet.frame.x(start, 200), width=200, top=top)
        bottom = top - above - step
        canvas.belongs_to(owner)
        for start, (_, wide) in zip(offsets, parts, strict=True):
            canvas.box(sheet.frame.x(start, wide * step), bottom, wide * step, step, outline=INK, thickness=LINE)
        place_figure(owner, left=sheet.frame.left, bottom=bottom, width=sheet.frame.width, height=step)

    return [Strip(above + step, draw, gap=composer.size.row_gap)]


Draw = Callable[[TaggedCanvas, float, float, float, float], None]
"""Draws something in a rectangle: (canvas, left, bottom, width, height)."""


def drawn_figure(
    sheet: Sheet, alternative: str, *, width: float, height: float, draw: Draw, is_forward: bool = False
) -> Strip:
    """A place to write in, as a figure with words for who cannot see it. `is_forward`: always filled in from the left."""
    owner = figure(sheet.parent, alternative)

    def drawn(canvas: TaggedCanvas, top: float) -> None:
        left = sheet.frame.x(sheet.offset, width)
        canvas.belongs_to(owner)
        draw(canvas, left, top - height, width, height)
        place_figure(owner, left=left, bottom=top - height, width=width, height=height)

    return Strip(height, drawn, gap=sheet.composer.size.row_gap)


def outline(canvas: TaggedCanvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.box(left, bottom, width, height, outline=INK, thickness=LINE)


def ruled(count: int, step: float) -> Draw:
    """A box with so many lines."""

    def draw(canvas: TaggedCanvas, left: float, bottom: float, width: float, height: float) -> None:
        outline(canvas, left, bottom, width, height)
        for index in range(1, count):
            canvas.rule(left, bottom + index * step, left + width, bottom + index * step, ink=STAFF_INK)

    return draw


def letters(step: float) -> Draw:
    """A box for each letter of a postcode, its two parts apart."""

    def draw(canvas: TaggedCanvas, left: float, bottom: float, width: float, height: float) -> None:
        for part, count in enumerate(LETTERS_OF_A_POSTCODE):
            for index in range(count):
                before = sum(LETTERS_OF_A_POSTCODE[:part]) + index + part / 2
                canvas.box(left + before * step, bottom, step, height, outline=INK, thickness=LINE)

    return draw


DRAWN: Final[Mapping[str, Callable[[Control, Sheet], list[Strip]]]] = {
    "radios": options,
    "tick_boxes": options,
    RANK_BOXES: options,
    "text_box": text_box,
    "number_box": number_box,
    "writing_box": writing_box,
    "date_boxes": date_boxes,
}
