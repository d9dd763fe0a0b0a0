"""Whole forms of the demonstration, in every edition and language: booklets, sizes, pages, bars, and the checks of PDF/UA-1."""

import time

import page
import pytest
import zxingcpp
from PIL import Image

from exports.paper.composing import FRAME_HEIGHT
from exports.paper.editions import EDITIONS, MILLIMETRE
from exports.paper.facts import PaperFacts
from exports.paper.form_code import read_form_code
from tests.builders import choice, comment, questionnaire, scale, several
from tests.exports.paper.forms import ALL_FORMS, START, alone, demonstration_form
from tests.exports.paper.reading import drawn, pictures_of_pages, read

every_form = pytest.mark.parametrize("slug, edition, language", ALL_FORMS)
BLANK = {
    "en": "This page is left blank on purpose.",
    "pl": "Ta strona jest celowo pusta.",
    "ur": "یہ صفحہ جان بوجھ کر خالی چھوڑا گیا ہے۔",
}
ABOUT_YOU = {"en": "Questions about you", "pl": "Pytania dotyczące Państwa", "ur": "آپ کے بارے میں سوال"}


def failures(written):
    found = page.validate_pdf_bytes(written, profile="ua1")
    assert found.rules.total >= 104
    return [(failure.rule_id, failure.message) for failure in found.failures]


@every_form
def test_form_passes_every_machine_check_of_pdf_ua_1(slug, edition, language):
    assert failures(demonstration_form(slug, edition, language).written) == []


@every_form
def test_point_53_pages_are_a_multiple_of_4_and_blank_ones_say_so(slug, edition, language):
    form = demonstration_form(slug, edition, language)
    by_page = {number: [] for number in range(1, form.pages + 1)}
    for element in read(form.written).walk():
        if element.page:
            by_page[element.page].append(element.words)

    assert form.pages % 4 == 0
    assert all(words for words in by_page.values())
    alone_on_page = [words for words in by_page.values() if len(words) == 1]
    assert all(words == [BLANK[language]] for words in alone_on_page)


@every_form
def test_point_53_body_is_14_points_or_more_and_large_print_18(slug, edition, language):
    form, size = demonstration_form(slug, edition, language), EDITIONS[edition].size
    least = {"standard": 14, "large-print": 18, "easy-read": 16}[edition]
    owned = [each for each in drawn(form.written) if each.owner and each.words.strip()]
    codes = [each for each in owned if each.words.strip().isdigit() and each.size == size.code]
    body = [each for each in owned if each not in codes]

    assert size.body >= least
    assert min(each.size for each in body) >= least
    assert {each.size for each in codes} == {{"standard": 9, "large-print": 12, "easy-read": 12}[edition]}


@every_form
def test_point_53_no_question_is_split_but_one_that_no_page_holds(slug, edition, language):
    form = demonstration_form(slug, edition, language)
    split = {placed for placed in form.placed if len(placed.pages) > 1}

    # Such a one begins a page, with at most a heading above it.
    assert all(placed.top < 120 and placed.top + placed.height > FRAME_HEIGHT for placed in split)
    assert all(placed.top + placed.height <= FRAME_HEIGHT + 0.1 for placed in form.placed if placed not in split)


@every_form
def test_questions_about_the_person_begin_on_a_right_hand_page(slug, edition, language):
    form = demonstration_form(slug, edition, language)
    heading = next(e for e in read(form.written).walk() if e.tag == "H2" and e.words == ABOUT_YOU[language])

    assert heading.page % 2 == 1


@every_form
def test_point_53_bars_of_every_page_say_version_and_page(slug, edition, language, tmp_path, poppler):
    form = demonstration_form(slug, edition, language)
    said = []
    for picture in pictures_of_pages(form.written, tmp_path, foot=0.07):
        with Image.open(picture) as image:
            said.append([found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)])

    assert said == [[form.code.on_page(number)] for number in range(1, form.pages + 1)]
    assert [read_form_code(each[0]) for each in said] == [(form.code, number) for number in range(1, form.pages + 1)]
    letter = EDITIONS[edition].letter
    assert str(form.code) == f"{slug.upper()}-V1{letter}" + ("" if language == "en" else f"-{language.upper()}")


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_point_53_square_on_the_cover_opens_the_start_page(edition, tmp_path, poppler):
    form = demonstration_form("apms", edition, "en")
    (cover,) = pictures_of_pages(form.written, tmp_path, resolution=100, last=1)
    with Image.open(cover) as image:
        (square,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    corners = square.position
    side = (corners.top_right.x - corners.top_left.x) / 100 * 72

    assert square.text == START
    assert side >= 25 * MILLIMETRE


@pytest.mark.parametrize(
    "slug, edition", [(slug, edition) for slug, edition, language in ALL_FORMS if language == "en"]
)
def test_page_numbers_of_the_routes_are_those_of_their_questions(slug, edition):
    elements = list(read(demonstration_form(slug, edition, "en").written).walk())
    begins = [
        (element.words.partition(" ")[0], element.page)
        for element in elements
        if element.tag in ("H3", "H4") and element.words.partition(" ")[0].isdigit()
    ]
    told = 0
    for element in elements:
        _, _, target = element.words.replace("\u00a0", " ").partition("▸ Go to question ")
        number, _, on = target.strip().partition(" on page ")
        if number:
            told += 1
            # Routes lead forward; a repeated question is printed several times, and they lead to the next.
            assert min(page for key, page in begins if key == number and page >= element.page) == int(
                on or element.page
            )

    assert told >= 5


def test_route_settles_where_its_words_move_what_it_points_at():
    many = [choice(f"q{number}", *(f"Answer {code}" for code in range(1, 9))) for number in range(40)]

    assert alone(questionnaire(*many)).pages % 4 == 0


def test_form_of_30_questions_is_drawn_in_3_seconds():
    kinds = [lambda key: scale(key), lambda key: several(key, *"ABCDEFGH"), lambda key: comment(key)]
    form = questionnaire(*(kinds[number % 3](f"q{number}") for number in range(30)))
    alone(form)
    begun = time.perf_counter()

    alone(form)

    assert time.perf_counter() - begun < 3


def test_the_same_form_gives_the_same_bytes():
    form = questionnaire(scale("a"), comment("b"))

    assert alone(form).written == alone(form).written


def test_facts_give_another_digest_when_anything_is_said_otherwise():
    words = dict.fromkeys(
        ("slug", "title", "organisation", "summary", "still_open", "post_by", "closes", "phone"), "words"
    )
    addresses = {"start_address": "a", "short_address": "b"}
    one = PaperFacts(version=1, privacy=(), next_steps=(), return_address=(), **words, **addresses)
    others = [
        PaperFacts(version=2, privacy=(), next_steps=(), return_address=(), **words, **addresses),
        PaperFacts(version=1, privacy=("x",), next_steps=(), return_address=(), **words, **addresses),
        PaperFacts(version=1, privacy=(), next_steps=(), return_address=(), mark="x", **words, **addresses),
    ]

    assert len({each.digest() for each in (one, *others)}) == 4
