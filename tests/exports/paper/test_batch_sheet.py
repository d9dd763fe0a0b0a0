"""The cover sheet of a batch: what it says, its bars, and lines for what is not known yet."""

from dataclasses import replace

import page
import pytest
import zxingcpp
from PIL import Image

from exports.paper.batch_sheet import BatchFacts, draw_batch_sheet
from exports.paper.scripts import MissingGlyphs
from tests.exports.paper.reading import pictures_of_pages, read

BATCH = BatchFacts(
    code="B0142",
    form="APMS-V1",
    consultation="The future of 7 GP contracts in Northbridge",
    received="Wednesday 3 March 2027",
    source="Post",
    count="40",
    first_number="B0142-001",
    last_number="B0142-040",
)
WHOLE = replace(
    BATCH, keyed_by="Clare Clerk", verified_by="Vikram Verifier", storage="Box 7", destroy_on="1 April 2029"
)


def words(written):
    return [element.words for element in read(written).walk() if element.words]


def test_sheet_says_every_fact():
    assert words(draw_batch_sheet(WHOLE))[:12] == [
        "Batch cover sheet",
        "Batch B0142",
        "Consultation: The future of 7 GP contracts in Northbridge",
        "Form version: APMS-V1",
        "Date received: Wednesday 3 March 2027",
        "Where from: Post",
        "Forms counted: 40",
        "Form numbers: B0142-001 to B0142-040",
        "Keyed by: Clare Clerk",
        "Verified by: Vikram Verifier",
        "Stored in: Box 7",
        "Destroy on: 1 April 2029",
    ]


def test_what_is_not_known_yet_is_left_to_be_written_in():
    assert words(draw_batch_sheet(BATCH))[8:12] == ["Keyed by: ", "Verified by: ", "Stored in: ", "Destroy on: "]


def test_sheet_passes_every_machine_check_of_pdf_ua_1():
    assert page.validate_pdf_bytes(draw_batch_sheet(BATCH), profile="ua1").failures == []


def test_bars_of_the_sheet_say_the_batch(tmp_path, poppler):
    (sheet,) = pictures_of_pages(draw_batch_sheet(WHOLE), tmp_path, resolution=100)
    with Image.open(sheet) as image:
        assert [found.text for found in zxingcpp.read_barcodes(image)] == ["B0142"]


def test_sheet_with_characters_that_no_font_has_is_refused():
    with pytest.raises(MissingGlyphs):
        draw_batch_sheet(replace(BATCH, source="🦠"))
