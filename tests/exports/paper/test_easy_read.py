"""The easy read form: its own words and code, half a page for each question, pictures where reading starts."""

from dataclasses import replace
from io import BytesIO

import page
import pytest
from PIL import Image

from exports.paper.composing import FRAME_HEIGHT
from tests.builders import choice, comment, questionnaire
from tests.exports.paper.forms import alone, demonstration_form
from tests.exports.paper.reading import read

EASY = {"easy_read": {"text": {"en": "Do you have a car?"}, "picture": "car.png", "alt": {"en": "A car"}}}


def image(file):
    stream = BytesIO()
    Image.new("RGB", (40, 20), "#12436D").save(stream, "PNG")
    return stream.getvalue() if file == "car.png" else None


def with_pictures(file="car.png"):
    asked = choice("car", variants={"easy_read": EASY["easy_read"] | {"picture": file}})
    pictured = {"easy_read": {"label": {"en": "Yes, I have"}, "picture": file, "alt": {"en": "A tick"}}}
    first, *rest = asked.options
    asked = replace(asked, options=(replace(first, variants=pictured), *rest))
    return replace(questionnaire(asked, comment("why")), variants=("easy_read",))


def test_easy_read_form_has_its_own_words_and_code():
    form = alone(with_pictures(), "easy-read", picture_file=image)
    words = [element.words.strip() for element in read(form.written).walk()]

    assert "1 Do you have a car?" in words
    assert "Yes, I have" in words
    assert form.code.on_page(3) == "URGENT-CARE-V2E-P03"


def test_pictures_stand_left_of_their_words_and_say_what_they_show():
    form = alone(with_pictures(), "easy-read", picture_file=image)
    figures = [element for element in read(form.written).walk() if element.tag == "Figure" and element.alternative]

    assert [each.alternative for each in figures if each.alternative in ("A car", "A tick")] == ["A car", "A tick"]
    assert page.validate_pdf_bytes(form.written, profile="ua1").failures == []


@pytest.mark.parametrize("file", ["car.svg", "gone.png"])
def test_picture_that_cannot_be_drawn_leaves_its_words_alone(file):
    form = alone(with_pictures(file), "easy-read", picture_file=image)

    assert "A car" not in [element.alternative for element in read(form.written).walk()]


def test_standard_form_has_no_pictures():
    form = alone(with_pictures(), picture_file=image)

    assert "A car" not in [element.alternative for element in read(form.written).walk()]


def test_each_question_has_half_a_page_or_more():
    form = demonstration_form("apms", "easy-read", "en")
    asked = [placed for placed in form.placed if placed.anchor.startswith("a") and " " not in placed.anchor]

    for placed in asked:
        beside = [other for other in asked if other.pages[0] == placed.pages[0]]
        assert len(beside) <= 2
        assert placed.top < 120 or abs(placed.top - FRAME_HEIGHT / 2) < 0.1
