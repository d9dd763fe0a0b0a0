"""Text that runs from right to left: the order of its letters, their shapes, what a reader gets, and signs that no font has."""

import re
import subprocess

import pytest
from bidi import get_display
from django.utils.translation import gettext
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.languages import speaking_on_paper
from consult.paper.equality_questions import paper_equality
from exports.paper.editions import EDITIONS
from exports.paper.right_to_left import levels_of, shaped, visual_order
from exports.paper.scripts import ARABIC, MissingGlyphs, load_fonts
from exports.paper.setting import Style, Typesetter
from tests.builders import choice, questionnaire
from tests.exports.paper.forms import QUESTION_SET, alone, demonstration_form, draw, in_language
from tests.exports.paper.reading import read

WORDS = ("کلینک", "NHS", "5", "(NHS)", "(مریض)", "پریکٹس،", "3.5", "1,234", "“Yes”", "”ہاں“", "a/b", "٣", "GP:", "10%", "?",
         "–", "(5)", "18+", "[ab", "x)", "(کل a", "b)", "[", "مَریض", "نہیں؛")  # fmt: skip
URDU = ("کلینک", "(مریض)", "پریکٹس،", "”ہاں“", "مَریض", "؟", "–", "نہیں؛")
STYLE = Style(14, 19)


def seen(text, *, right_to_left):
    """A line in the order in which it is seen from left to right."""
    return "".join(text[place] for place in visual_order(levels_of(text, right_to_left=right_to_left)))


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.booleans())
def test_letters_stand_where_another_implementation_of_the_standard_puts_them(parts, right_to_left):
    text = " ".join(parts)

    assert seen(text, right_to_left=right_to_left) == get_display(text, base_dir="R" if right_to_left else "L")


@settings(max_examples=200)
@given(st.lists(st.sampled_from(URDU), min_size=1), st.sampled_from("\u2066\u2068"), st.lists(st.sampled_from(URDU)))
def test_isolates_stand_where_another_implementation_puts_them(before, mark, after):
    text = " ".join([*before, f"{mark}01632 960 001\u2069", *after])
    controls = re.compile("[\u2066-\u2069]")

    assert controls.sub("", seen(text, right_to_left=True)) == controls.sub("", get_display(text, base_dir="R"))


def test_address_that_begins_with_digits_keeps_its_order():
    text = "نوٹس \u2066127.0.0.1:8000/privacy\u2069 پر"

    assert "127.0.0.1:8000/privacy" in seen(text, right_to_left=True)
    assert "127.0.0.1:8000/privacy" not in seen(text.replace("\u2066", "").replace("\u2069", ""), right_to_left=True)


def test_letters_join():
    load_fonts()
    alone_shape = shaped("س", ARABIC, right_to_left=True)[0].character
    word = shaped("سوال", ARABIC, right_to_left=True)

    assert alone_shape not in {glyph.character for glyph in word}
    # Drawn from left to right: the last letter first.
    assert word[-1].character == "\ufeb3"


def test_text_is_broken_as_it_is_written_and_each_line_is_turned():
    text = Typesetter("ur").set("پہلا دوسرا تیسرا چوتھا پانچواں", width=110, style=STYLE)
    lines = ["".join(piece.text for piece in line.pieces) for line in text.lines]

    assert "".join(lines) == "پہلا دوسرا تیسرا چوتھا پانچواں"
    assert len(lines) > 1
    assert lines[0].startswith("پہلا")
    assert text.from_right
    assert all(line.width <= 110 for line in text.lines)


def test_english_words_in_a_sentence_keep_their_order_and_stand_left_of_what_comes_before():
    (line,) = Typesetter("ur").set("سوال NHS England کلینک", width=400, style=STYLE).lines
    places = {piece.text.strip(): piece.x for piece in line.pieces}

    assert places["سوال"] > places["NHS England"] > places["کلینک"]


def test_parts_of_a_phone_number_keep_their_order():
    (line,) = Typesetter("ur").set("فون کریں 01632 960 001 پر", width=400, style=STYLE).lines

    assert "01632\u00a0960\u00a0001" in {piece.text.strip() for piece in line.pieces}


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_form_in_urdu_says_its_words_in_their_order_to_a_reader(edition):
    tree = read(demonstration_form("apms", edition, "ur").written)
    words = [element.words.strip() for element in tree.walk()]

    assert tree.language == "ur"
    assert "1 آپ کس حیثیت سے جواب دے رہے ہیں؟" in words
    assert "مریض کے طور پر ◂ صفحہ" in " ".join(words).replace("\u00a0", " ")
    assert any(
        element.language == "en" and "Urban" not in element.words for element in tree.walk() if element.tag == "H1"
    )


def test_questions_that_are_not_translated_are_marked_as_english():
    asked = questionnaire(choice("car", "نعم", "لا", text="هل لديك سيارة؟"))
    elements = list(read(draw(in_language(asked, "ar"), language="ar").written).walk())
    age = next(element for element in elements if "What is your age?" in element.words)
    told = next(element for element in elements if element.words.strip() == "ضع علامة في مربع واحد فقط.")

    assert (age.language, told.language) == ("en", "ar")
    assert english_pages_told("ar") in " ".join(element.words for element in elements)


@pytest.mark.parametrize(
    ("language", "age", "declined"),
    [
        ("pl", "Ile mają Państwo lat?", "Wolę nie odpowiadać"),
        ("ur", "آپ کی عمر کیا ہے؟", "بتانا پسند نہیں"),
    ],
)
def test_questions_about_the_person_are_in_the_language_of_the_form(language, age, declined):
    elements = list(read(demonstration_form("apms", "standard", language).written).walk())
    said = " ".join(element.words for element in elements).replace("\u00a0", " ")
    of_the_bank = {
        text["en"]
        for question in paper_equality(QUESTION_SET).questions()
        for text in (question.text, *labels(question))
    }

    assert (age in said, declined in said, english_pages_told(language) in said) == (True, True, False)
    assert [each.words for each in elements if each.language == "en" and each.words.strip() in of_the_bank] == []
    assert next(each.language for each in elements if age in each.words) == language


def labels(question):
    return [option.label for option in question.options]


def english_pages_told(language):
    with speaking_on_paper(language):
        return gettext("The questions on these pages are in English. Phone us if you need help with them.")


def test_codes_and_boxes_of_a_form_in_urdu_are_those_of_the_english_one():
    def codes(language):
        tree = read(demonstration_form("apms", "standard", language).written)
        return [
            element.words.strip() for element in tree.walk() if element.tag == "Lbl" and element.words.strip() != "•"
        ]

    assert codes("ur") == codes("pl") == codes("en")


def test_polish_form_is_in_polish_letters_and_all(tmp_path, poppler):
    path = tmp_path / "form.pdf"
    path.write_bytes(demonstration_form("apms", "standard", "pl").written)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout

    assert "Proszę zaznaczyć tylko jedną kratkę." in text
    assert "W jakim charakterze odpowiadają Państwo na pytania?" in text
    assert "Przejdź do pytania" in text.replace("\u00a0", " ")


def test_form_in_arabic_runs_from_the_right_in_arabic_words():
    form = alone(in_language(questionnaire(choice("car", "نعم", "لا", text="هل لديك سيارة؟")), "ar"), language="ar")
    words = [element.words.strip() for element in read(form.written).walk()]

    assert "ضع علامة في مربع واحد فقط." in words
    assert str(form.code) == "URGENT-CARE-V2-AR"


def test_form_with_characters_that_no_font_has_is_refused_and_names_them():
    with pytest.raises(MissingGlyphs) as refused:
        alone(questionnaire(choice("car", "হ্যাঁ", "না", text="আপনার কি গাড়ি আছে?")))

    assert refused.value.characters == "".join(sorted(set("হ্যাঁনাআপনারকিগাড়িআছে") - set("?")))
    assert "U+09B9, bengali letter ha" in str(refused.value)
    assert refused.value.language == "en"


@pytest.mark.parametrize("where", ["title", "organisation", "summary", "phone"])
def test_facts_with_such_characters_are_refused_too(where):
    with pytest.raises(MissingGlyphs, match="U\\+1F9A0, microbe"):
        alone(questionnaire(choice("car")), **{where: "Fine 🦠 thanks"})


def test_every_edition_reads_from_the_right_in_urdu():
    definition = in_language(questionnaire(choice("car", text="کیا آپ کے پاس کار ہے؟")), "ur")

    assert [alone(definition, name, "ur").code.edition for name in EDITIONS] == ["", "L", "E"]
