"""Questions as markup: parts not in the language of the page are marked, and a variant's pictures stand before its words."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from lxml import html

from surveys.definition import Option, Statement
from surveys.drawing import page_body
from surveys.publishing import NotPublishable, asked_definition, publish, save_questionnaire
from surveys.renderings import as_asked
from tests.builders import comment, question, questionnaire, scale, several, statements

EASY = "easy_read"
HALF = question(
    "travel",
    text="How do you get there?",
    hint={"en": "Choose one", "ur": "ایک چنیں"},
    options=(Option(1, {"en": "Bus", "ur": "بس"}), Option(2, {"en": "On foot"})),
)
PICTURED = question(
    "travel",
    text="How do you get there?",
    options=(
        Option(1, {"en": "Bus"}, variants={EASY: {"picture": "bus.png", "alt": {"en": "A <bus>"}}}),
        Option(2, {"en": "On foot"}),
    ),
    variants={EASY: {"text": {"en": "How do you travel?"}, "picture": "road.png", "alt": {"en": "A road"}}},
)


def drawn(asked, *, language="en", variant="", kept_for=None):
    """The parsed markup of one question alone on its page."""
    with translation.override(language):
        body = page_body(
            (as_asked(asked, variant),), {}, language=language, variant=variant, is_alone=True, kept_for=kept_for
        )
    return html.fragment_fromstring(body, create_parent="main")


def foreign(body):
    """What is marked as being in another language than the page: `[(language, direction, words)]`."""
    return [(part.get("lang"), part.get("dir"), part.text_content()) for part in body.xpath("//*[@lang]")]


def images(body):
    return [(image.get("src"), image.get("alt")) for image in body.iter("img")]


def said(element):
    return " ".join(element.text_content().split())


def test_parts_that_are_not_translated_are_marked_with_their_language_and_said_to_be_so():
    body = drawn(HALF, language="ur")

    assert foreign(body) == [("en-GB", "ltr", "How do you get there?"), ("en-GB", "ltr", "On foot")]
    assert said(body.find("p")) == "ہم نے ابھی اس حصے کا ترجمہ نہیں کیا"


def test_parts_in_the_language_of_the_page_are_not_marked():
    body = drawn(HALF)

    assert foreign(body) == []
    assert body.find("p") is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (comment("q", hint={"en": "In short"}), ["What about q?", "In short"]),
        (several("q", "Red", "Blue", hint={"en": "Tick"}), ["What about q?", "Tick", "Red", "Blue"]),
        (question("q", "information", text="The plan\n\nIt is good."), ["The plan", "It is good."]),
        (
            statements("q", "a", hint={"en": "Think"}),
            ["What about q?", "Think", "Statement a", *(option.label["en"] for option in scale("x").options)],
        ),
    ],
)
def test_every_shape_of_question_marks_what_is_not_translated(asked, words):
    assert foreign(drawn(asked, language="pl")) == [("en-GB", "ltr", text) for text in words]


def test_pictures_of_a_variant_stand_before_the_words_they_go_with():
    body = drawn(PICTURED, variant=EASY)

    assert images(body) == [("/static/pictures/road.png", "A road"), ("/static/pictures/bus.png", "A <bus>")]
    legend, label = body.find(".//legend"), body.find(".//label")
    assert [child.tag for child in legend.find(".//span")] == ["img", "span"]
    assert (said(legend), said(label)) == ("How do you travel?", "Bus")


def test_standard_words_have_no_pictures():
    assert images(drawn(PICTURED)) == []


@pytest.mark.parametrize(
    "asked",
    [
        question("q", "information", text="Plan", variants={EASY: {"picture": "bus.png", "alt": {"en": "A bus"}}}),
        comment("q", variants={EASY: {"picture": "bus.png", "alt": {"en": "A bus"}}}),
        question(
            "q",
            "statements",
            options=scale("x").options,
            statements=(Statement("a", {"en": "A"}, variants={EASY: {"picture": "bus.png", "alt": {"en": "A bus"}}}),),
        ),
    ],
)
def test_every_shape_of_question_can_have_a_picture(asked):
    assert images(drawn(asked, variant=EASY)) == [("/static/pictures/bus.png", "A bus")]


def test_words_of_a_question_with_a_picture_are_escaped():
    asked = question("q", text="<b>Why</b>?", variants={EASY: {"picture": "bus.png", "alt": {"en": '"><b>'}}})
    body = drawn(asked, variant=EASY, language="pl")

    assert list(body.iter("b")) == []
    assert said(body.find(".//legend")) == "<b>Why</b>?"


def test_kept_drawing_of_one_variant_is_not_shown_for_another():
    drawn(PICTURED, variant=EASY, kept_for="v1")

    assert images(drawn(PICTURED, kept_for="v1")) == []


@pytest.mark.django_db
def test_picture_that_is_not_there_keeps_a_questionnaire_from_being_published(tmp_path, settings):
    held = save_questionnaire(questionnaire(PICTURED))
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "bus.png").write_bytes(b"")

    with pytest.raises(NotPublishable) as refusal:
        publish(held, now=datetime(2027, 3, 1, tzinfo=UTC))
    (tmp_path / "pictures" / "road.png").write_bytes(b"")
    version = publish(held, now=datetime(2027, 3, 1, tzinfo=UTC))

    assert str(refusal.value) == "travel: There is no picture “road.png” in the folder “pictures/”"
    assert asked_definition(version.id, EASY).question("travel").text == {"en": "How do you travel?"}
