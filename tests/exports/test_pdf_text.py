"""How text becomes lines and pages: line breaking, the order of right-to-left words, and where pages end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.formats.pdf.right_to_left import is_right_to_left, joined, spoken, visual_order
from exports.formats.pdf.strips import Strip, made_up_pages, pages_of_anchors
from exports.formats.pdf.typeface import BOLD, Run, Substitutions, broken_lines, load_typeface, printable, text_width

LATIN = st.text(st.sampled_from("abc ij-WÉ. \n"), max_size=300)


def lines_of(text, width=200):
    return ["".join(run.text for run in line) for line in broken_lines((Run(text),), width=width, size=10)]


@given(LATIN, st.integers(15, 300))
def test_broken_lines_lose_nothing_and_fit(text, width):
    lines = lines_of(text, width)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(text_width(line.rstrip(), 10) <= width + 0.01 for line in lines)


def test_a_line_that_was_broken_between_words_ends_in_a_space():
    lines = lines_of("walk-in centre " * 10)
    assert len(lines) > 2
    assert all(line.endswith(" ") for line in lines[:-1])


def test_a_line_break_ends_a_line():
    assert lines_of("one\ntwo\n\nthree") == ["one", "two", "", "three"]


def test_runs_keep_their_font_and_link_across_lines():
    runs = (Run("Of all people "), Run("two hundred and fifty-one", BOLD), Run(" agreed", url="https://example.org"))
    lines = broken_lines(runs, width=120, size=10)
    assert "".join(run.text for line in lines for run in line) == "Of all people two hundred and fifty-one agreed"
    assert {(run.font, run.url) for line in lines for run in line} == {(run.font, run.url) for run in runs}


@given(st.text(st.characters(), max_size=100))
def test_printable_text_has_a_glyph_for_every_character(text):
    drawable = load_typeface() | {ord("\n")}
    assert {character for character in printable(text, Substitutions()) if ord(character) not in drawable} == set()


@pytest.mark.parametrize(
    ("text", "shown", "count"),
    [
        ("Fine", "Fine", 0),
        ("café Łódź Ŵ –", "café Łódź Ŵ –", 0),
        ("a\tb", "a b", 0),
        ("thumbs 👍🏽 up", "thumbs [symbol: thumbs up sign] up", 1),
        ("আমি বাংলায় লিখি।", "[words in Bengali script]", 15),
        ("১ আমি (বাংলা) ok", "[words in Bengali script] ([words in Bengali script]) ok", 9),
        ("我 不 and 同意", "[words in Chinese script] and [words in Chinese script]", 4),
    ],
)
def test_what_has_no_glyph_is_said_in_words(text, shown, count):
    substitutions = Substitutions()
    assert (printable(text, substitutions), substitutions.count) == (shown, count)


def test_direction_controls_are_taken_out():
    assert printable("a\u202eb\u202c\u2067c\u2069\u200fd\ufefe"[:-1], Substitutions()) == "abcd"


def test_arabic_letters_join_their_neighbours():
    assert joined("سلام", load_typeface()) == "\ufeb3\ufefc\ufee1"


def test_joined_letters_are_spoken_as_they_were_written():
    words = "أذهب إلى العيادة 3 مرات في الأسبوع"
    assert spoken(joined(words, load_typeface())) == words


def test_a_non_joiner_keeps_letters_apart():
    apart = joined("می\u200cروم", load_typeface())
    assert "\u200c" not in apart
    assert apart != joined("میروم", load_typeface())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("אבג", "גבא"),
        ("אב 42 גד", "דג 42 בא"),
        ("אב NHS גד", "דג NHS בא"),
        ("אב (42) גד", "דג (42) בא"),
        ("אב (NHS) 3 גד", "דג 3 (NHS) בא"),
        ("אב 4,200 גד.", ".דג 4,200 בא"),
    ],
)
def test_a_right_to_left_line_is_drawn_in_the_order_it_is_read(text, seen):
    assert is_right_to_left(text)
    assert visual_order(text, right_to_left=True) == seen


def test_right_to_left_words_inside_a_left_to_right_line_turn_round_alone():
    assert visual_order("He said אב גד, then left", right_to_left=False) == "He said דג בא, then left"


def strip(height=10.0, **changes):
    return Strip(height, lambda canvas, top: None, **changes)


def heights(pages):
    return [[place for _, place in page] for page in pages]


def test_strips_fill_pages_from_the_top():
    assert heights(made_up_pages([strip(), strip(gap=5), strip(80)], height=100)) == [[0, 15], [0]]


def test_strips_that_keep_together_go_to_the_next_page_together():
    pages = made_up_pages([strip(80), strip(keep=True), strip(keep=True), strip()], height=100)
    assert heights(pages) == [[0], [0, 10, 20]]


def test_a_chain_longer_than_a_page_is_cut():
    assert heights(made_up_pages([strip(60, keep=True) for _ in range(3)], height=100)) == [[0], [0], [0]]


def test_a_table_header_is_repeated_on_the_next_page():
    header = strip(20)
    pages = made_up_pages([header, *(strip(40, repeat=(header,)) for _ in range(3))], height=100)
    assert heights(pages) == [[0, 20, 60], [0, 20]]
    assert pages[1][0][0] is header


def test_a_strip_that_starts_a_page_does():
    assert heights(made_up_pages([strip(), strip(starts_page=True)], height=100)) == [[0], [0]]


def test_pages_of_anchors_count_from_one():
    pages = made_up_pages([strip(anchors=("a",)), strip(95, anchors=("b", "c"))], height=100)
    assert pages_of_anchors(pages) == {"a": 1, "b": 2, "c": 2}


@given(st.lists(st.builds(strip, st.floats(1, 99), gap=st.floats(0, 40), keep=st.booleans()), max_size=40))
def test_no_strip_hangs_over_the_end_of_a_page_and_none_is_lost(strips):
    pages = made_up_pages(strips, height=100)
    assert [put for page in pages for put, _ in page] == strips
    assert all(place + put.height <= 100.001 for page in pages for put, place in page)
