"""Cells: nothing that a spreadsheet runs, nothing that a file cannot carry, nothing cut in silence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.cells import XLSX_CELL_LIMIT, clean_text, safe_text, sheet_text

EVERY_CHARACTER = st.text(st.characters())


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_safe_text_puts_an_apostrophe_before_what_a_spreadsheet_would_run(first):
    assert safe_text(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1"])
def test_safe_text_looks_behind_blanks_that_a_spreadsheet_trims(text):
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("number", [-3, -3.5, Decimal("-3"), 0, True])
def test_safe_text_leaves_a_number_a_number(number):
    assert safe_text(number) is number


def test_safe_text_keeps_a_telephone_number_readable():
    assert safe_text("+44 1632 960001") == "'+44 1632 960001"


@pytest.mark.parametrize("text", ["", "Agree", "a = b", "1-2 times", "10+", "me@example.org", "é", "ہاں"])
def test_safe_text_leaves_plain_words_alone(text):
    assert safe_text(text) == text


def test_safe_text_writes_nothing_for_no_answer():
    assert safe_text(None) == ""


def test_clean_text_drops_what_no_file_can_carry_and_keeps_the_words():
    dirty = "a\x00b\x0bc\x1bd\x85e\ud800f\ufffeg\uffffh\ufdd0i\U0001ffffj\r\nk\rl\tm"
    assert clean_text(dirty) == "abcdefghij\nk\nl\tm"


@given(EVERY_CHARACTER)
def test_clean_text_cleans_once_for_all_and_can_be_written(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    cleaned.encode()


@given(EVERY_CHARACTER)
def test_safe_text_is_never_live_and_never_loses_words(text):
    safe = safe_text(text)
    assert safe.lstrip(" \u00a0")[:1] not in set("=+-@＝＋－＠\t\r\n")
    assert safe.removeprefix("'") == clean_text(text).removeprefix("'")


def test_sheet_text_needs_no_apostrophe():
    assert sheet_text("=1+1") == "=1+1"


def test_sheet_text_says_in_words_that_it_was_cut():
    cell = sheet_text("x" * 40_000)
    assert len(cell) == XLSX_CELL_LIMIT
    assert cell.endswith("x [cut here: this cell cannot hold all 40,000 characters]")


def test_sheet_text_counts_as_excel_does_and_never_halves_a_character():
    cell = sheet_text("😀" * 20_000)
    assert len(cell.encode("utf-16-le")) // 2 <= XLSX_CELL_LIMIT
    assert cell.startswith("😀😀")
    assert "\ufffd" not in cell


@pytest.mark.parametrize("length", [0, 1, XLSX_CELL_LIMIT - 1, XLSX_CELL_LIMIT])
def test_sheet_text_leaves_what_fits(length):
    assert sheet_text("é" * length) == "é" * length
