"""Numbers over 999 as documents print them, and as data files hold them."""

import re
from dataclasses import replace

import pytest

from consult.demonstration.others import load_others
from equality.disclosure import release
from equality.disclosure.tables import printed
from exports import results
from exports.participation import participation_document
from exports.released import table_book
from tests.exports.composed import BASELINE, FACTS, FEW, assessment_of, crowd, report_of, texts_of
from tests.exports.respondents import demonstrated, results_now

WITHOUT_COMMA = re.compile(r"(?<![\d,.:/])\d{4,}(?![\d,])")
YEARS_AND_VERSION = {"2006", "2010", "2021", "2025", "2026", "2027", "12345678"}
TIMES = 37


@pytest.fixture
def many_people(monkeypatch):
    """Lets every table hold 37 times as many people as took part."""

    def released(table, policy):
        counts = [[TIMES * number for number in row] for row in table.counts]
        return release(replace(table, counts=counts, bases=[TIMES * base for base in table.bases]), policy)

    monkeypatch.setattr(results, "release", released)


@pytest.mark.parametrize(
    "shown, words",
    [
        ("1234", "1,234"),
        ("1234567", "1,234,567"),
        ("999", "999"),
        ("0", "0"),
        ("[c]", "[c]"),
        ("100%", "100%"),
        ("", ""),
    ],
)
def test_number_is_printed_with_commas_and_anything_else_as_it_is(shown, words):
    assert printed(shown) == words


def numbers_without_comma(document):
    """Every long number in a document that has no comma, but for years and the version's fingerprint."""
    return [
        (text, number)
        for text in texts_of(document)
        for number in WITHOUT_COMMA.findall(text)
        if number not in YEARS_AND_VERSION
    ]


@pytest.mark.django_db
def test_report_and_assessment_print_every_thousand_with_a_comma(many_people):
    consultation = crowd(FEW)
    report, assessment = report_of(consultation), assessment_of(consultation)

    assert numbers_without_comma(report) == numbers_without_comma(assessment) == []
    for document in (report, assessment):
        assert any("5,475 responses" in text for text in texts_of(document))
    assert "Asked of 5,475 people, of whom all or nearly all answered." in texts_of(report)


@pytest.mark.django_db
def test_every_block_of_the_demonstration_prints_every_thousand_with_a_comma(many_people):
    consultation = demonstrated("older-you", count=60)
    load_others(consultation, by="a test", now=consultation.closes_at)
    found = results_now(consultation)
    taking_part = participation_document(found, FACTS, BASELINE, by_day=[], drafts=100)

    for document in (report_of(consultation), assessment_of(consultation), taking_part):
        assert numbers_without_comma(document) == []


@pytest.mark.django_db
def test_data_files_hold_plain_numbers(many_people):
    book = table_book(results_now(crowd(FEW)), title="The clinic")

    assert book.base == "5475"
    assert not any("," in cell.shown for table in book.tables for _, cells in table.rows for cell in cells)
