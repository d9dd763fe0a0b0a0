"""Real spreadsheets that nobody on the project wrote, and the service's own export: what comes in is what they hold."""

import csv
import io
import json
from collections import Counter

import pytest
from django.utils import timezone

from exports.formats import TABLE_FORMATS
from exports.formats.base import RowBook
from exports.tables import codebook_rows, response_rows
from surveys.definition import Option, Question, words
from surveys.models import Response
from surveys.publishing import latest_version_id, published
from surveys.text import clean_text
from tests.builders import comment, number, questionnaire
from tests.consult.spreadsheets import Brought, answers_kept, clinic
from tests.consultations import open_consultation
from tests.exports.respondents import demonstrated

pytestmark = pytest.mark.django_db


def asked(key, labels, *, text):
    """A choice among labels, in their order."""
    options = tuple(Option(code, {"en": label}) for code, label in enumerate(labels, start=1))
    return Question(key, "one_choice", {"en": text}, options=options)


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def counted(definition, key):
    """`{label: people}` of one question over all responses."""
    question = definition.question(key)
    codes = Counter(answers.get(key) for answers in answers_kept())
    return {words(question.option(code).label) if code else "": people for code, people in codes.items()}


@pytest.fixture
def folder(shared_data):
    return shared_data / "responses"


@pytest.fixture
def expected(folder):
    return json.loads((folder / "expected_responses.json").read_text())


def test_students_survey_comes_in_by_the_words_of_its_options(folder, expected, bring):
    told = expected["mass_survey.csv"]
    choices = {"Sex": "sex", "Smoke": "smoke", "Exer": "exercise", "W.Hnd": "hand"}
    definition = questionnaire(
        *(asked(key, sorted(filter(None, told[f"{name} (counts)"])), text=name) for name, key in choices.items()),
        Question("height", "number", {"en": "Height"}, settings={"decimals": 2, "bands": [[0, None]]}),
    )
    clinic(definition)

    brought = bring((folder / "mass_survey.csv").read_bytes(), good_rows_only=True)

    assert brought.counts == (told["rows"], told["rows"], 0, 0)
    assert {name: counted(definition, key) for name, key in choices.items()} == {
        name: told[f"{name} (counts)"] for name in choices
    }
    assert sum("height" in answers for answers in answers_kept()) == 237 - 28
    assert "Age" in brought.report["ignored_columns"]


def test_personality_items_come_in_by_code_with_their_blanks(folder, expected, bring):
    told = expected["psychtools_bfi.csv"]
    rows = rows_of(folder / "psychtools_bfi.csv")
    items = [name for name in rows[0] if name not in ("gender", "education", "age")]
    education = asked(
        "education", ["Some school", "Finished school", "Some college", "Graduate", "More"], text="Education"
    )
    gender = asked("gender", ["Male", "Female"], text="Gender")
    labels = [f"Point {point}" for point in range(1, 7)]
    clinic(questionnaire(*(asked(name.lower(), labels, text=name) for name in items), education, gender, number("age")))

    brought = bring((folder / "psychtools_bfi.csv").read_bytes())

    assert brought.counts == (told["rows"], told["rows"], 0, 0)
    kept = answers_kept()
    for row, answers in zip(rows, kept, strict=True):
        assert answers == {name.lower(): int(cell) for name, cell in row.items() if cell}
    assert sum(len(rows[0]) - len(answers) for answers in kept) == told["blank_cells"]


def test_patients_comments_come_in_word_for_word(folder, expected, bring):
    told = expected["nhs_fft_labelled_v6_2023.csv"]
    rows = rows_of(folder / "nhs_fft_labelled_v6_2023.csv")
    services = sorted({row["Service type 1"] for row in rows} - {""})
    questions = sorted({row["FFT question"] for row in rows})
    recommend = ["Very good", "Good", "Neither", "Poor", "Very poor", "Do not know", "Not said"]
    definition = questionnaire(
        asked("trust", ["NEAS", "NHFT"], text="Trust"),
        asked("service", services, text="Service type 1"),
        asked("fft", recommend, text="FFT categorical answer"),
        asked("prompt", questions, text="FFT question"),
        comment("said"),
    )
    clinic(definition)

    brought = bring((folder / "nhs_fft_labelled_v6_2023.csv").read_bytes(), mapping={"FFT answer": "said"})

    assert brought.counts == (told["rows"], told["rows"], 0, 0)
    # One of them holds a vertical tab (B3), which no export could write.
    assert [answers.get("said", "") for answers in answers_kept()] == [clean_text(row["FFT answer"]) for row in rows]
    assert Counter(answers["trust"] for answers in answers_kept()) == {1: 5096, 2: 2812}
    assert Counter(str(answers["fft"]) for answers in answers_kept()) == told["FFT categorical answer (counts)"]
    assert counted(definition, "prompt") == told["FFT question (counts)"]
    assert counted(definition, "service") == Counter(row["Service type 1"] for row in rows)


# The way out and back in ------------------------------------------------------------------------------------------------------


def exported(consultation, extension):
    """The file of responses that the service writes."""
    stream = io.BytesIO()
    rows = response_rows(consultation.questionnaire_id, title="Answers")
    book = RowBook(rows, codebook_rows(consultation.questionnaire_id, title="Answers"))
    TABLE_FORMATS[extension].write(book, stream)
    return stream.getvalue()


def without_boxes_seen(answers):
    """Answers as an export holds them: that several boxes were ticked, and not which (docs/decisions/0005)."""
    if isinstance(answers, dict) and answers.get("mark") == "several":
        return {"mark": "several"}
    return {key: without_boxes_seen(value) for key, value in answers.items()} if isinstance(answers, dict) else answers


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize("slug", ["apms", "older-you", "outpatients"])
def test_export_comes_back_in_as_the_same_answers(slug, extension, tmp_path, own_files):
    consultation = demonstrated(slug, count=150)
    definition = published(latest_version_id(consultation.questionnaire_id)).definition
    copy = open_consultation(definition, slug="copy", opens_at=consultation.opens_at)
    before = list(Response.objects.order_by("id"))

    brought = Brought(tmp_path, exported(consultation, extension), slug="copy")

    assert brought.refusal == ""
    assert brought.counts == (150, 150, 0, 0)
    after = list(Response.objects.filter(version__questionnaire=copy.questionnaire_id).order_by("id"))
    assert [bytes(response.codes) for response in after] == [bytes(response.codes) for response in before]
    assert [without_boxes_seen(response.answers) for response in after] == [
        without_boxes_seen(response.answers) for response in before
    ]
    assert [response.language for response in after] == [response.language for response in before]
    assert [response.respondent_type for response in after] == [response.respondent_type for response in before]
    days = [[timezone.localdate(response.submitted_at) for response in responses] for responses in (before, after)]
    assert days[0] == days[1]


def test_export_brought_into_its_own_consultation_is_told_to_be_counted_twice(tmp_path, own_files):
    consultation = demonstrated("apms", count=20)

    brought = Brought(tmp_path, exported(consultation, "csv"), slug="apms", dry_run=True)

    assert "20 of the rows name responses of this very consultation" in " ".join(brought.report["warnings"])
