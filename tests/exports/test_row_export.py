"""Responses row by row: the stored codes, the words as they were written, and nothing of anybody's equality answers."""

import csv
import io
from datetime import date, datetime

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from equality.categories import question_set_of
from equality.models import Profile
from exports.formats import TABLE_FORMATS
from exports.formats.base import RowBook
from exports.tables import FACTS, codebook_rows, response_rows
from surveys.codebook import every_round
from surveys.codes import TICKED
from surveys.definition import words
from surveys.kinds import KINDS
from surveys.models import Response
from surveys.publishing import latest_version_id, published
from tests.builders import choice, comment, number, options, question, questionnaire, ranking, several, statements
from tests.consultations import open_consultation
from tests.exports.plain_rows import plain_cells
from tests.exports.respondents import demonstrated, send

pytestmark = pytest.mark.django_db
SLUGS = ("apms", "older-you", "outpatients")
LIVE = ("=1+1", "+44 1632 960001", "@x", "-3", "\u200b=1+1", "＝1+1")


def book(consultation):
    """The rows and their codebook, ready to be written once."""
    return RowBook(
        response_rows(consultation.questionnaire_id, title="Answers"),
        codebook_rows(consultation.questionnaire_id, title="Answers"),
    )


def as_csv(content):
    """The cells of a CSV file, as text."""
    stream = io.BytesIO()
    TABLE_FORMATS["csv"].write(content, stream)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def as_workbook(consultation):
    """The sheets of an XLSX file."""
    stream = io.BytesIO()
    TABLE_FORMATS["xlsx"].write(book(consultation), stream)
    return load_workbook(stream)


def as_xlsx(consultation, sheet=0):
    """The cells of an XLSX file, as the text that a CSV file would have, without the apostrophe that keeps text from running."""
    return [[plain(cell.value) for cell in row] for row in as_workbook(consultation).worksheets[sheet].iter_rows()]


def plain(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def unguarded(rows):
    """CSV cells without the apostrophe before what a spreadsheet would run."""
    return [[cell[1:] if cell.startswith("'") else cell for cell in row] for row in rows]


def records(consultation):
    """[{column: cell}] of the CSV file."""
    headings, *rows = as_csv(book(consultation))
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_cell_is_what_the_document_says(slug):
    consultation = demonstrated(slug, count=80)
    found = unguarded_records(consultation)

    for response in Response.objects.order_by("id"):
        cells = {key: cell for key, cell in found[response.reference].items() if key not in FACTS}
        assert cells == {key: unguarded([[str(cell)]])[0][0] for key, cell in plain_cells(response).items()}


def unguarded_records(consultation):
    headings, *rows = unguarded(as_csv(book(consultation)))
    return {row[0]: dict(zip(headings, row, strict=True)) for row in rows}


@pytest.mark.parametrize("slug", SLUGS)
def test_spreadsheet_and_csv_hold_the_same_cells_and_the_same_codebook(slug):
    consultation = demonstrated(slug, count=60)
    written = book(consultation)

    assert as_xlsx(consultation) == unguarded(as_csv(written.stream))
    assert as_xlsx(consultation, 1) == unguarded(as_csv(written.codebook))


@pytest.mark.parametrize("slug", SLUGS)
def test_codes_in_the_codebook_are_those_of_the_options_and_every_code_exported_is_in_it(slug):
    consultation = demonstrated(slug, count=60)
    lines = as_csv(book(consultation).codebook)[1:]
    labels = {(column, code): label for column, _, code, label in lines}
    definition = published(latest_version_id(consultation.questionnaire_id)).definition
    for asked in every_round(definition):
        for column in KINDS[asked.kind].columns(asked):
            key = f"{asked.key}.{column.part}" if column.part else asked.key
            if asked.kind == "several_choices":
                assert labels[key, str(TICKED)] == "ticked"
                assert labels[key, "0"] == "not ticked"
            elif asked.options:
                assert {code: label for (held, code), label in labels.items() if held == key} == {
                    str(option.code): words(option.label) for option in asked.options
                }
    missing = {code for column, _, code, _ in lines if column == "(any column of codes)"}
    coded = {column for column, _, code, _ in lines if code and not column.startswith("(")}
    exported = {(key, cell) for record in records(consultation) for key, cell in record.items() if key in coded}
    assert {cell for key, cell in exported if (key, cell) not in labels} <= missing
    assert missing == {"-1", "-2", "-3", "-4", "-5"}


def test_headings_are_a_few_facts_and_the_questions_and_no_cell_is_of_equality():
    consultation = demonstrated("apms", count=40)
    workbook = as_workbook(consultation)
    headings = [cell.value for cell in next(workbook.worksheets[0].iter_rows())]
    own = {column.key for column in published(latest_version_id(consultation.questionnaire_id)).codebook.columns}

    assert FACTS == ("reference", "sent on", "channel", "language", "variant", "answered as", "version")
    assert set(headings) == {*FACTS, *own}
    assert Profile.objects.exists()
    characteristics = {c.heading for c in question_set_of("2026-1").characteristics}
    assert characteristics.isdisjoint(line[1] for line in as_csv(book(consultation).codebook))


def test_D7_no_cell_is_a_time_a_key_or_a_number_that_leads_to_a_profile():
    consultation = demonstrated("apms", count=40)
    cells = {cell for row in as_csv(book(consultation)) for cell in row}
    telling = {
        str(value)
        for response in Response.objects.all()
        for value in (response.submission_key, response.submission_key.hex, bytes(response.receipt_digest).hex())
    } | {str(link) for link in Profile.objects.values_list("link", flat=True)}

    assert len(telling) > 100
    assert telling.isdisjoint(cells)
    assert not any(str(response.submitted_at.time())[:5] in cells for response in Response.objects.all())


def test_C2_text_that_a_spreadsheet_would_run_is_text_and_a_number_below_zero_stays_a_number():
    definition = questionnaire(comment("why"), number("warmth", min=-40, max=40))
    consultation = open_consultation(definition)
    for text in LIVE:
        send(consultation, {"why": text, "warmth": -3})

    sheet = as_workbook(consultation).worksheets[0]
    found = [[cell for cell in row][-2:] for row in sheet.iter_rows(min_row=2)]

    stored = [response.answers["why"] for response in Response.objects.order_by("id")]
    assert [record["why"] for record in records(consultation)] == [f"'{text}" for text in stored]
    assert [record["warmth"] for record in records(consultation)] == ["-3"] * len(LIVE)
    assert [(why.value, why.data_type, warmth.value, warmth.data_type) for why, warmth in found] == [
        (text, "s", -3, "n") for text in stored
    ]


@pytest.mark.parametrize(
    "text",
    ["two\nlines", 'a "quoted", thing; and a comma', "😀 👍🏽", "میں ہفتے میں", "Ŵ ŷ Łódź ’ £", "https://example.org"],
)
def test_words_come_out_as_they_were_written(text):
    consultation = open_consultation(questionnaire(comment("why")))
    send(consultation, {"why": text})

    assert records(consultation)[0]["why"] == as_xlsx(consultation)[1][-1] == text


def test_missing_states_are_told_apart_in_every_kind_of_column():
    answered = options("Yes", "No", prefer_not_to_say="Prefer not to say")
    definition = questionnaire(
        question("one", options=answered),
        several("two"),
        statements("three"),
        ranking("four"),
        number("five", min=0, bands=[[0, None]]),
        comment("six"),
    )
    consultation = open_consultation(definition)
    marks = {"mark": "illegible"}
    send(consultation, {"one": 3, "three": {"a": 2}, "four": [2]}, channel="paper")
    send(
        consultation,
        {"one": {"mark": "several", "seen": [1, 2]}, "two": marks, "five": marks, "six": marks},
        channel="paper",
    )

    first, second = records(consultation)

    assert {key: cell for key, cell in first.items() if key not in FACTS} == {
        "one": "3", "two.1": "-2", "two.2": "-2", "two.3": "-2", "three.a": "2", "three.b": "-2",
        "four.#1": "2", "four.#2": "-2", "four.#3": "-2", "five": "", "six": "",
    }  # fmt: skip
    assert {key: cell for key, cell in second.items() if key not in FACTS} == {
        "one": "-5", "two.1": "-4", "two.2": "-4", "two.3": "-4", "three.a": "-2", "three.b": "-2",
        "four.#1": "-2", "four.#2": "-2", "four.#3": "-2", "five": "[cannot be read]", "six": "[cannot be read]",
    }  # fmt: skip


def test_rows_are_of_counted_responses_in_the_order_they_came_and_of_the_day_they_came():
    consultation = open_consultation(questionnaire(choice("one")))
    sent = [send(consultation, {"one": 1}) for _ in range(4)]
    sent[1].status = "withdrawn"
    sent[1].save()

    found = records(consultation)

    assert [record["reference"] for record in found] == [sent[place].reference for place in (0, 2, 3)]
    assert {record["sent on"] for record in found} == {timezone.localdate().isoformat()}
