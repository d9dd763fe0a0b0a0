"""The line drawings of the demonstration's easy read: `python -m consult.demonstration.drawings` draws them anew.

They are our own, plain on purpose: one thing each, dark lines on white. The files are committed in `consult/static/pictures`,
so nothing draws them in service. A drawing is a function of a `Pen`, on a square of 100 by 100.
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "pictures"
SIDE = 160
FINER = 4
"""Drawn so many times larger, then made small: lines come out smooth."""
LINE = 4.5
INK, PAPER = 0, 255
GREYS = 4


class Pen:
    """Draws lines of one width on a square of 100 by 100, from the top left corner."""

    def __init__(self):
        self.scale = SIDE * FINER / 100
        self.image = Image.new("L", (SIDE * FINER, SIDE * FINER), PAPER)
        self.surface = ImageDraw.Draw(self.image)

    def at(self, *numbers):
        return [number * self.scale for number in numbers]

    def line(self, *points, width=LINE):
        self.surface.line(self.at(*points), fill=INK, width=round(width * self.scale), joint="curve")
        for x, y in zip(points[::2], points[1::2], strict=True):
            self.dot(x, y, width / 2)

    def shape(self, *points):
        self.line(*points, *points[:2])

    def dot(self, x, y, radius, ink=INK):
        self.surface.ellipse(self.at(x - radius, y - radius, x + radius, y + radius), fill=ink)

    def circle(self, x, y, radius):
        self.dot(x, y, radius + LINE / 2)
        self.dot(x, y, radius - LINE / 2, PAPER)

    def arc(self, x, y, radius, start, end):
        radius += LINE / 2
        self.surface.arc(
            self.at(x - radius, y - radius, x + radius, y + radius), start, end, INK, round(LINE * self.scale)
        )

    def box(self, left, top, right, bottom, corner=3):
        self.surface.rounded_rectangle(
            self.at(left, top, right, bottom), corner * self.scale, PAPER, INK, round(LINE * self.scale)
        )

    def person(self, x, top, height):
        """Somebody seen from the front."""
        head = height * 0.16
        self.circle(x, top + head, head)
        neck, hips = top + 2 * head + 1, top + height * 0.66
        self.line(x, neck, x, hips)
        self.line(x - height * 0.2, top + height * 0.45, x + height * 0.2, top + height * 0.45)
        self.line(x - height * 0.16, top + height, x, hips, x + height * 0.16, top + height)


def people(pen):
    pen.person(50, 12, 76)
    pen.person(20, 30, 58)
    pen.person(80, 30, 58)


def practice(pen):
    pen.shape(12, 40, 50, 14, 88, 40)
    pen.box(18, 40, 82, 88)
    pen.box(42, 62, 58, 88, 0)
    pen.line(50, 22, 50, 36)
    pen.line(43, 29, 57, 29)
    pen.box(25, 50, 35, 60, 0)
    pen.box(65, 50, 75, 60, 0)


def places(pen):
    for x, y in ((30, 26), (70, 42)):
        pen.circle(x, y, 13)
        pen.circle(x, y, 3.5)
        pen.line(x - 11, y + 8, x, y + 36, x + 11, y + 8)
    pen.line(14, 86, 86, 86)


def calendar(pen):
    pen.box(14, 20, 86, 88)
    pen.line(14, 38, 86, 38)
    pen.line(32, 12, 32, 27)
    pen.line(68, 12, 68, 27)
    for y in (51, 64, 77):
        for x in (28, 43, 57, 72):
            pen.dot(x, y, 3)


def journey(pen):
    pen.person(16, 26, 58)
    pen.line(34, 56, 62, 56)
    pen.line(53, 47, 62, 56, 53, 65)
    pen.shape(66, 50, 81, 36, 96, 50)
    pen.box(69, 50, 93, 84)
    pen.line(81, 56, 81, 68)
    pen.line(75, 62, 87, 62)


def wheels(pen, y, *places):
    for x in places:
        pen.dot(x, y, 12, PAPER)
        pen.circle(x, y, 8)


def bus(pen):
    pen.box(6, 24, 94, 76, 6)
    pen.line(6, 52, 94, 52)
    for x in (28, 50, 72):
        pen.line(x, 24, x, 52)
    wheels(pen, 76, 26, 74)


def car(pen):
    pen.line(6, 72, 6, 56, 22, 52, 34, 32, 66, 32, 80, 52, 94, 56, 94, 72, 6, 72)
    pen.line(22, 52, 80, 52)
    pen.line(50, 32, 50, 52)
    wheels(pen, 72, 27, 73)


def taxi(pen):
    car(pen)
    pen.box(40, 17, 60, 32, 2)
    pen.line(46, 25, 54, 25, width=3)


def walking(pen):
    pen.circle(28, 18, 8)
    pen.line(28, 27, 27, 55)
    pen.line(14, 48, 27, 36, 40, 46)
    pen.line(14, 86, 27, 55, 40, 86)
    pen.circle(68, 24, 8)
    pen.line(68, 33, 68, 58, 84, 58, 88, 78)
    pen.line(68, 43, 82, 45)
    pen.circle(68, 68, 17)


def clock(pen):
    pen.circle(50, 50, 38)
    pen.line(50, 26, 50, 50, 66, 60)
    for x, y in ((50, 18), (82, 50), (50, 82), (18, 50)):
        pen.dot(x, y, 2.5)


def doctor(pen):
    pen.circle(32, 26, 12)
    pen.line(10, 84, 10, 58, 20, 46, 44, 46, 54, 58, 54, 84)
    pen.line(24, 47, 32, 66, 40, 47)
    pen.circle(78, 40, 10)
    pen.line(60, 84, 60, 66, 68, 57, 88, 57, 96, 66, 96, 84)


def keep(pen):
    pen.line(50, 84, 16, 46)
    pen.line(50, 84, 84, 46)
    pen.arc(33, 34, 19, 140, 332)
    pen.arc(67, 34, 19, 208, 40)
    pen.line(36, 48, 47, 60, 66, 36)


def three_ways(pen):
    pen.line(50, 90, 50, 54)
    for x, y in ((16, 26), (50, 16), (84, 26)):
        pen.line(50, 54, x, y)
    pen.line(14, 40, 16, 26, 29, 30)
    pen.line(40, 26, 50, 16, 60, 26)
    pen.line(71, 30, 84, 26, 86, 40)


def for_and_against(pen):
    pen.box(8, 30, 44, 66)
    pen.line(16, 48, 24, 57, 37, 39)
    pen.box(56, 30, 92, 66)
    pen.line(65, 39, 83, 57)
    pen.line(83, 39, 65, 57)


def first_three(pen):
    pen.box(36, 30, 64, 86, 0)
    pen.box(9, 48, 36, 86, 0)
    pen.box(64, 58, 91, 86, 0)
    pen.line(46, 46, 51, 42, 51, 60)
    pen.line(18, 60, 22, 57, 27, 60, 27, 64, 18, 75, 28, 75)
    pen.line(73, 66, 82, 66, 77, 71, 82, 74, 79, 79, 73, 79)
    pen.line(43, 16, 48, 22, 58, 10)


def speech(pen):
    pen.box(8, 16, 92, 66, 12)
    pen.line(28, 64, 24, 86, 46, 65)
    for y, end in ((32, 76), (42, 76), (52, 54)):
        pen.line(24, y, end, y, width=3.5)


def idea(pen):
    pen.arc(50, 40, 24, 130, 50)
    pen.line(35, 59, 40, 72, 60, 72, 65, 59)
    pen.line(41, 80, 59, 80)
    pen.line(45, 88, 55, 88)
    for x, y, across, down in ((50, 4, 50, 9), (10, 40, 16, 40), (84, 40, 90, 40), (20, 12, 25, 16), (80, 12, 75, 16)):
        pen.line(x, y, across, down, width=3.5)


def closed_door(pen):
    pen.box(26, 10, 74, 90, 0)
    pen.dot(64, 56, 3.5)
    pen.line(50, 16, 38, 30, width=2.5)
    pen.line(50, 16, 62, 30, width=2.5)
    pen.box(33, 30, 67, 46, 2)
    pen.line(40, 38, 60, 38)


def change(pen):
    pen.line(12, 36, 84, 36)
    pen.line(70, 22, 84, 36, 70, 50)
    pen.line(88, 68, 16, 68)
    pen.line(30, 54, 16, 68, 30, 82)


def scales(pen):
    pen.line(50, 14, 50, 84)
    pen.line(30, 86, 70, 86)
    pen.line(18, 28, 82, 28)
    for x in (18, 82):
        pen.line(x - 13, 58, x, 28, x + 13, 58)
        pen.arc(x, 56, 13, 0, 180)


def leaflet(pen):
    pen.shape(10, 22, 50, 30, 50, 86, 10, 78)
    pen.shape(90, 22, 50, 30, 50, 86, 90, 78)
    for y in (40, 52, 64):
        pen.line(20, y, 40, y + 4, width=3)
        pen.line(80, y, 60, y + 4, width=3)


def loudspeaker(pen):
    pen.shape(12, 42, 30, 42, 66, 20, 66, 78, 30, 58, 12, 58)
    pen.line(30, 58, 36, 82)
    pen.arc(66, 49, 14, 310, 50)
    pen.arc(66, 49, 26, 310, 50)


def key(pen):
    pen.circle(28, 50, 17)
    pen.circle(28, 50, 4)
    pen.line(45, 50, 90, 50)
    pen.line(88, 50, 88, 66)
    pen.line(74, 50, 74, 62)


DRAWINGS = {
    "people": people,
    "practice": practice,
    "places": places,
    "calendar": calendar,
    "journey": journey,
    "bus": bus,
    "car": car,
    "taxi": taxi,
    "walking": walking,
    "clock": clock,
    "doctor": doctor,
    "keep": keep,
    "three-ways": three_ways,
    "for-and-against": for_and_against,
    "first-three": first_three,
    "speech": speech,
    "idea": idea,
    "closed-door": closed_door,
    "change": change,
    "scales": scales,
    "leaflet": leaflet,
    "loudspeaker": loudspeaker,
    "key": key,
}
"""Each drawing by the name of its file."""


def draw(drawing):
    """A drawing as a small image in a few greys."""
    pen = Pen()
    drawing(pen)
    return pen.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(GREYS)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, drawing in DRAWINGS.items():
        draw(drawing).save(FOLDER / f"{name}.png", optimize=True)
