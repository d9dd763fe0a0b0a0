"""Spreadsheets of responses from the command line: what comes in, what is told, and what is left behind."""

import json

import pytest
from django.core.management import CommandError, call_command

from consult import audit
from consult.models import AuditEvent, ImportJob
from consult.response_import import files
from surveys.models import Response
from surveys.publishing import latest_version_id
from tests.consult.spreadsheets import (
    ANSWERS,
    HEADINGS,
    MIXED,
    ROWS,
    answers_kept,
    clinic,
    csv_of,
    xlsx_of,
)
from tests.exports.respondents import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_rows_come_in_as_responses_on_paper_with_a_report(bring, make):
    clinic()

    brought = bring(make(HEADINGS, *ROWS))

    assert brought.report == {
        "rows": 3, "imported": 3, "refused": 0, "already_there": 0, "columns": {key: key for key in HEADINGS},
        "ignored_columns": [], "warnings": [], "good": 3, "facts": {},
    }  # fmt: skip
    assert (brought.refusal, brought.errors, answers_kept()) == ("", [], ANSWERS)
    assert {response.channel for response in Response.objects.all()} == {"paper"}


def test_same_rows_typed_in_by_the_way_in_are_the_same_responses(bring):
    consultation = clinic()
    bring(csv_of(HEADINGS, *ROWS))
    for answers in ANSWERS:
        send(consultation, answers, channel="paper")

    facts = [
        (response.answers, bytes(response.codes), response.version_id, response.channel, response.language, response.status,
         response.respondent_type)
        for response in Response.objects.order_by("id")
    ]  # fmt: skip
    assert facts[:3] == facts[3:]


def test_columns_are_matched_by_words_and_others_are_named_as_left_out(bring):
    clinic()
    headings = (
        "No",
        "Have you used the clinic?",
        "What makes it hard?: Distance",
        "What makes it hard?: Cost",
        "Comments",
    )

    brought = bring(csv_of(headings, ("1", "yes", "x", "", "Fine"), ("2", "no", "0", "1", "")))

    assert brought.report["columns"] == {headings[1]: "used", headings[2]: "hard", headings[3]: "hard"}
    assert brought.report["ignored_columns"] == ["No", "Comments"]
    assert answers_kept() == [{"used": 1, "hard": [1]}, {"used": 2, "hard": [2]}]


def test_mapping_says_what_headings_do_not(bring):
    clinic()
    mapping = {"columns": {"A": "used", "B": "visits"}, "answers": {"used": {"Yep": 1}}}

    brought = bring(csv_of(("A", "B"), ("Yep", "2")), mapping=mapping)

    assert (brought.report["columns"], answers_kept()) == ({"A": "used", "B": "visits"}, [{"used": 1, "visits": 2}])


def test_report_of_one_import_is_a_mapping_for_the_next(bring):
    clinic()
    report = bring(csv_of(("A", "B"), ("1", "2")), mapping={"A": "used", "B": "visits"}).report

    assert bring(csv_of(("A", "B"), ("2", "3")), mapping=report).counts == (1, 1, 0, 0)


@pytest.mark.parametrize("channel", ["paper", "phone", "letter", "event"])
def test_channel_is_one_that_staff_enter(bring, channel):
    clinic()

    bring(csv_of(("used",), ("1",)), channel=channel)

    assert Response.objects.get().channel == channel


def test_answers_that_a_row_s_own_route_does_not_ask_for_are_left_out_and_counted(bring):
    clinic()

    brought = bring(csv_of(HEADINGS, ("No", "", "", "I never went"), ("No", "", "", "Nor I"), ("Yes", "", "", "Good")))

    assert answers_kept() == [{"used": 2}, {"used": 2}, {"used": 1, "why": "Good"}]
    assert brought.report["warnings"] == [
        "2 answers to “Why?” will be left out: these people's other answers lead past the question."
    ]


def test_marks_of_paper_forms_come_in_as_marks(bring):
    clinic()

    bring(csv_of(HEADINGS, ("*1;2", "/", "5", "")))

    assert answers_kept() == [{"used": {"mark": "several", "seen": [1, 2]}, "hard": {"mark": "illegible"}, "visits": 5}]


@pytest.mark.parametrize(
    "text", ["میں ہفتے میں", "Ŵ ŷ Łódź ’ £", "😀 👍🏽", "<script>alert(1)</script>", "=1+1", "{{ 7*7 }}"]
)
def test_B5_words_come_in_as_they_were_typed(bring, text):
    clinic()

    bring(csv_of(("used", "why"), ("1", text)))

    assert answers_kept() == [{"used": 1, "why": text}]


def test_columns_that_look_like_they_say_who_somebody_is_bring_warnings(bring):
    clinic()

    brought = bring(csv_of(("Name", "used", "why"), ("Ann", "1", "ring 943 476 5919 or ann@example.org")))

    assert brought.report["warnings"] == [
        "“Name” looks like it holds names. It was left out. Take such columns out before you send a file.",
        "“why” looks like it holds e-mail addresses and NHS numbers, and is matched with a question. "
        "Answers must not say who somebody is.",
    ]


def test_F7_windows_1252_is_told_with_words_to_check(bring):
    clinic()

    brought = bring(csv_of(("used", "why"), ("1", "café’s £5"), encoding="cp1252"))

    assert brought.report["warnings"] == [
        "The file's letters were read as Windows-1252, for they are not UTF-8. "
        "Check some words, such as “café’s”, “£5”."
    ]
    assert answers_kept() == [{"used": 1, "why": "café’s £5"}]


def test_every_row_is_on_record_with_the_file_it_came_from(bring):
    consultation = clinic()

    bring(csv_of(HEADINGS, *ROWS))

    events = AuditEvent.objects.filter(verb__contains="import").order_by("seq")
    assert [event.verb for event in events] == [
        "spreadsheet import begun", "responses imported", "spreadsheet import finished",
    ]  # fmt: skip
    begun, rows, finished = (event.detail.body for event in events)
    digest = ImportJob.objects.get().digest
    assert begun["file"] == rows["file"] == finished["file"] == digest
    assert rows["rows"] == "2 to 4"
    assert rows["references"] == [response.reference for response in Response.objects.order_by("id")]
    assert finished == {"file": digest, "channel": "paper", "imported": 3, "refused": 0, "already there": 0}
    assert {event.actor for event in events} == {"import_responses"}
    assert audit.first_bad_event(consultation.team) is None


def test_no_file_is_left_and_no_word_of_a_file_name_is_kept(own_files, tmp_path):
    clinic()
    named = tmp_path / "Mrs Jones of Leigh.csv"
    named.write_bytes(csv_of(HEADINGS, *ROWS))

    call_command("import_responses", named, consultation="clinic", quiet=True)

    assert not list((own_files / files.FOLDER).glob("*"))
    assert ImportJob.objects.get().label == "CSV file, 1 KB"
    assert "Jones" not in json.dumps(list(AuditEvent.objects.values_list("detail__body", flat=True)))


def test_command_says_what_became_of_the_file(bring, tmp_path, capsys):
    clinic()
    (tmp_path / "rows.csv").write_bytes(csv_of(*MIXED))

    call_command("import_responses", tmp_path / "rows.csv", consultation="clinic", good_rows_only=True)

    assert capsys.readouterr().out == "5 rows: 2 brought in, 3 refused, 0 already there.\n"


@pytest.mark.parametrize(
    "content, options, words",
    [
        (b"", {}, "The file is empty"),
        (b"nothing,here\n1,2\n", {}, "No column is of a question"),
        (b"used\n1\n", {"slug": "nowhere"}, "There is no consultation called 'nowhere'"),
        (b"used\n1\n", {"mapping": {"Used": "used"}}, "The file has no column “Used”. It has “used”."),
        (b"used\n1\n", {"mapping": ["used"]}, 'must say {"columns"'),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(bring, content, options, words):
    clinic()

    refusal = bring(content, **options).refusal

    assert words in refusal
    assert "\n" not in refusal
    assert answers_kept() == []


def test_missing_files_are_refused_in_one_line(tmp_path):
    clinic()
    (tmp_path / "rows.csv").write_bytes(b"used\n1\n")

    with pytest.raises(CommandError, match="No such file"):
        call_command("import_responses", tmp_path / "nothing.csv", consultation="clinic")
    with pytest.raises(CommandError, match="No such file"):
        call_command(
            "import_responses", tmp_path / "rows.csv", consultation="clinic", mapping=tmp_path / "nothing.json"
        )


def test_newest_version_is_the_one_that_a_file_answers(bring):
    consultation = clinic()

    bring(csv_of(("used",), ("1",)))

    assert Response.objects.get().version_id == latest_version_id(consultation.questionnaire_id)
