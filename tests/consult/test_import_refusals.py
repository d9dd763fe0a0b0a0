"""Rows and files that are refused: in words, with every reason, and with nothing else done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consult.models import AuditEvent
from consult.response_import import files
from surveys.models import Response
from tests.builders import choice, comment, questionnaire
from tests.consult.spreadsheets import ANSWERS, FORM, HEADINGS, MIXED, ROWS, answers_kept, clinic, csv_of
from tests.consultations import draft_consultation
from tests.exports.respondents import close

pytestmark = pytest.mark.django_db


def test_F14_nothing_comes_in_while_one_row_is_refused(bring, own_files):
    clinic()

    brought = bring(csv_of(*MIXED))

    assert "3 rows are refused of 5, so nothing was brought in. See" in brought.refusal
    assert (brought.counts, answers_kept()) == ((5, 0, 3, 0), [])
    assert not AuditEvent.objects.filter(verb__contains="import").exists()
    assert not list((own_files / files.FOLDER).glob("*"))


def test_F14_every_refused_row_is_in_the_error_file_as_it_was_and_with_the_reason(bring):
    clinic()

    brought = bring(csv_of(*MIXED))

    assert brought.reasons == {
        3: "used: “Yess” is not one of the answers listed. Was “Yes” (1) meant?",
        4: "visits: Your answer must be 400 or less",
        6: "The row has no answer to any question that is asked",
    }
    assert [tuple(row[heading] for heading in HEADINGS) for row in brought.errors] == [MIXED[2], MIXED[3], MIXED[5]]


def test_F14_good_rows_come_in_when_that_is_chosen_and_the_choice_is_on_record(bring):
    clinic()

    brought = bring(csv_of(*MIXED), good_rows_only=True)

    assert (brought.refusal, brought.counts, answers_kept()) == ("", (5, 2, 3, 0), ANSWERS[:2])
    assert sorted(brought.reasons) == [3, 4, 6]
    begun = AuditEvent.objects.get(verb="spreadsheet import begun").detail.body
    assert (begun["good rows only"], begun["rows"], begun["rows refused by the check"]) == (True, 5, 3)


def test_error_file_put_right_brings_the_rest_in(bring, tmp_path):
    clinic()
    bring(csv_of(*MIXED), good_rows_only=True)
    mended = (tmp_path / "errors.csv").read_bytes().replace(b"Yess", b"Yes").replace(b"900", b"90")

    brought = bring(mended, good_rows_only=True)

    assert (brought.counts, len(answers_kept())) == ((3, 2, 1, 0), 4)
    assert brought.report["ignored_columns"] == ["Why it was refused", "Row in the file"]


def test_C2_error_file_holds_nothing_that_a_spreadsheet_runs_and_comes_back_as_it_was(bring, tmp_path):
    clinic()
    live = "=cmd|' /c calc'!A0"
    refused = bring(csv_of(("used", "why"), ("9", live), ("1", "@x")))

    assert [row["why"] for row in refused.errors] == [f"'{live}"]
    bring((tmp_path / "errors.csv").read_bytes().replace(b",9,", b",1,"))
    assert answers_kept() == [{"used": 1, "why": live}]


def test_several_reasons_of_one_row_are_all_told(bring):
    clinic()

    brought = bring(csv_of(HEADINGS, ("maybe", "Bus", "many", "")))

    assert brought.reasons[2].split("; ") == [
        "used: “maybe” is not one of the answers listed",
        "hard: “Bus” is not one of the answers listed",
        "visits: Your answer must be a whole number, like 3",
    ]


def test_row_with_more_cells_than_headings_is_refused(bring):
    clinic()

    brought = bring(b"used,why\n1,too far, and too dear\n1,fine\n")

    assert brought.reasons == {
        2: "The row has more cells than the file has headings (2). Perhaps an answer holds what parts the cells, "
        "and has no quotation marks around it"
    }


def test_B6_answer_over_its_limit_is_refused_with_the_limit(bring):
    clinic()

    brought = bring(csv_of(("used", "why"), ("1", "x" * 1_000_000)))

    assert brought.reasons == {2: "why: Your answer must be 4,000 characters or less. You have used 1,000,000"}


def test_dry_run_tells_all_and_brings_nothing_in(bring):
    clinic()

    good, mixed = bring(csv_of(HEADINGS, *ROWS), dry_run=True), bring(csv_of(*MIXED), dry_run=True)

    assert (good.refusal, good.counts, good.report["good"]) == ("", (3, 0, 0, 0), 3)
    assert "3 rows are refused" in mixed.refusal
    assert sorted(mixed.reasons) == [3, 4, 6]
    assert answers_kept() == []


def test_F17_rows_received_outside_the_opening_dates_are_refused(bring):
    consultation = clinic()
    opened, today = timezone.localdate(consultation.opens_at), timezone.localdate()
    days = (opened, today, opened - timedelta(days=1), today + timedelta(days=1))

    brought = bring(
        csv_of(("Date received", "used"), *((f"{day:%d/%m/%Y}", "1") for day in days), ("soon", "1"), ("", "1"))
    )

    assert sorted(brought.reasons) == [4, 5, 6]
    assert f"Forms received from {opened:%-d %B %Y} to {today:%-d %B %Y} are taken" in brought.reasons[4]
    assert "is not a date" in brought.reasons[6]


def test_day_that_a_form_was_received_is_the_day_that_counts(bring):
    consultation = clinic()
    opened = timezone.localdate(consultation.opens_at)

    bring(csv_of(("Date received", "used"), (f"{opened:%d/%m/%Y}", "1"), ("", "2")))

    sent = [response.submitted_at for response in Response.objects.order_by("id")]
    assert [timezone.localdate(moment) for moment in sent] == [opened, timezone.localdate()]
    assert all(consultation.opens_at <= moment <= timezone.now() for moment in sent)


def test_F17_file_is_refused_before_opening_and_after_the_report(bring):
    draft_consultation(FORM, slug="clinic")
    assert "The consultation is draft, and takes no responses." in bring(csv_of(("used",), ("1",))).refusal


def test_forms_that_came_in_time_come_in_after_closing(bring):
    close(clinic())

    assert bring(csv_of(("used",), ("1",))).counts == (1, 1, 0, 0)


def test_F17_row_of_another_version_is_refused(bring):
    clinic()

    brought = bring(csv_of(("Form version", "used"), ("1", "1"), ("2", "1"), ("", "1")))

    assert brought.reasons == {
        3: "Form version: The row answers version 2 of the questions. The file is read as version 1"
    }


@pytest.mark.parametrize(
    "heading, cell",
    [
        ("ethnic_group", "w_irish"), ("Ethnic group", "Irish"), ("What is your sex?", "Female"), ("Sex", "Male"),
        ("Age", "25_34"),
        ("Religion or belief", "None"), ("sexual_orientation", "2"), ("What is your ethnic group?", "White"),
    ],
)  # fmt: skip
def test_F17_file_with_answers_to_equality_questions_is_refused(bring, own_files, heading, cell):
    clinic()

    brought = bring(csv_of(("used", heading), ("1", cell)))

    assert f"The column “{heading}” holds answers to an equality question." in brought.refusal
    assert answers_kept() == []
    assert not list((own_files / files.FOLDER).glob("*"))


def test_F17_equality_column_is_refused_even_where_somebody_says_to_leave_it_out(bring):
    clinic()

    assert "equality question" in bring(csv_of(("used", "Sex"), ("1", "F")), mapping={"Sex": None}).refusal


def test_column_of_measures_about_people_is_left_out_with_a_warning(bring):
    clinic()

    brought = bring(csv_of(("used", "Age", "Gender"), ("1", "35.25", "F"), ("2", "61", "M")))

    assert brought.counts == (2, 2, 0, 0)
    assert brought.report["ignored_columns"] == ["Age", "Gender"]
    assert [words.split(",")[0] for words in brought.report["warnings"]] == [
        "“Age” looks like a fact about the person",
        "“Gender” looks like a fact about the person",
    ]


def test_question_that_is_asked_like_an_equality_question_is_answered(bring):
    clinic(questionnaire(choice("sex", "Female", "Male"), comment("why")))

    assert bring(csv_of(("Sex",), ("Female",))).counts == (1, 1, 0, 0)
