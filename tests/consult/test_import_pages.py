"""The pages on which a lead brings a spreadsheet in: send, match, look, bring in. In tests the work is done at once."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import escape

from consult.models import AuditEvent, ImportJob
from consult.response_import import files
from surveys.models import Response
from tests.consult.building import Fields
from tests.consult.people import lead, signed_in
from tests.consult.spreadsheets import ANSWERS, HEADINGS, MIXED, ROWS, answers_kept, clinic, csv_of, xlsx_of
from tests.consultations import draft_consultation, open_consultation, team_named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
ADDRESS = "/staff/clinic/spreadsheets/"
State = ImportJob.State


@pytest.fixture
def lead_at_work():
    return signed_in(lead(of=team_named()))


class Walk:
    """A lead who goes through the pages, filling in what they show."""

    def __init__(self, client):
        self.client, self.answer = client, None

    def send(self, content, *, name="rows.csv", channel="paper"):
        file = SimpleUploadedFile(name, content)
        return self.to(self.client.post(ADDRESS, {"file": file, "channel": channel}, follow=True))

    def to(self, answer):
        self.answer = answer
        return self

    def press(self, button="continue", action="", **chosen):
        """Send one of the page's forms, as it is shown but for what is `chosen`."""
        fields = Fields(self.text).found[action] | chosen
        for other in {"continue", "again", "meanings"} - {button}:
            fields.pop(other, None)
        where = action or self.path
        return self.to(self.client.post(where, fields | {button: "1"}, follow=True))

    @property
    def text(self):
        return self.answer.content.decode()

    @property
    def words(self):
        return " ".join(self.text.split())

    @property
    def path(self):
        return self.answer.request["PATH_INFO"]

    @property
    def job(self):
        return ImportJob.objects.latest("begun_at")

    def action(self, name):
        return f"{ADDRESS}{self.job.pk}/{name}/"


@pytest.fixture
def walk(lead_at_work):
    return Walk(lead_at_work)


def test_spreadsheet_is_sent_matched_looked_at_and_brought_in(walk):
    clinic()

    walk.send(csv_of(("Form no", *HEADINGS[:3], "Reason"), ("1", *ROWS[0]), ("2", *ROWS[1]), ("3", *ROWS[2])))
    assert walk.path == walk.action("columns")
    assert "CSV file, 1 KB: 3 rows and 5 columns." in walk.words
    assert "used – Have you used the clinic?" in walk.words
    reason = Fields(walk.text).found[""]["column-4"]
    walk.press(**{"column-4": "why"})

    assert (reason, walk.path) == ("", f"{ADDRESS}{walk.job.pk}/")
    assert "Nothing has been brought in yet." in walk.words
    assert 'Can be brought in</dt><dd class="nhsuk-summary-list__value">3</dd>' in walk.words
    assert not Response.objects.exists()
    walk.press(action=walk.action("bring-in"))

    assert "Responses brought in" in walk.text
    assert answers_kept() == ANSWERS
    assert walk.job.state == State.DONE
    assert "We have deleted the file that you sent." in walk.text
    assert not list(files.folder_of(walk.job.pk).glob(files.UPLOAD))
    begun = AuditEvent.objects.get(verb="spreadsheet import begun")
    assert (begun.actor, begun.detail.body["columns"]["Reason"]) == ("lead", "why")


def test_what_was_said_of_columns_is_remembered_for_the_next_file(walk):
    clinic()
    walk.send(csv_of(("A", "B"), ("1", "2"))).press(**{"column-0": "used", "column-1": "visits"})
    walk.press(action=walk.action("bring-in"))

    walk.send(csv_of(("B", "A"), ("3", "2")))

    assert "Columns that are matched with nothing" not in walk.text
    walk.press().press(action=walk.action("bring-in"))
    assert answers_kept() == [{"used": 1, "visits": 2}, {"used": 2, "visits": 3}]


def test_heading_that_comes_near_a_question_is_offered_and_not_taken(walk):
    clinic()

    walk.send(csv_of(("used", "visit"), ("1", "2")))

    assert Fields(walk.text).found[""]["column-1"] == "visits"
    assert "Its heading comes near the choice made here: check it." in walk.text


def test_columns_that_cannot_be_are_refused_with_what_was_chosen_kept(walk):
    clinic()
    walk.send(csv_of(("A", "B"), ("1", "2")))

    walk.press(**{"column-0": "used", "column-1": "used"})

    assert walk.answer.status_code == 422
    assert "“A”, “B” are both matched with “used – Have you used the clinic?”. Choose one of them." in walk.text
    assert Fields(walk.text).found[""]["column-1"] == "used"
    assert walk.text.count("<title>Error: ") == 1
    assert walk.job.state == State.MATCHING


def test_matched_columns_can_be_changed(walk):
    clinic()
    walk.send(csv_of(("used", "visits"), ("1", "2")))

    walk.to(walk.client.get(walk.action("columns"), {"change": ""}))
    walk.press(**{"column-1": ""})

    assert walk.job.matching["columns"] == {"used": "used", "visits": None}


def test_F12_what_parts_the_cells_is_shown_and_can_be_said(walk):
    clinic()
    walk.send(b"used;visits\n1;2,5\n")
    assert 'value=";" checked' in walk.words

    walk.press("again", separator=",")
    assert (walk.path, walk.job.separator) == (walk.action("columns"), ",")
    assert "1 row and 1 column." in walk.words

    walk.press("again", separator=";").press()
    assert (walk.job.state, walk.job.refused) == (State.CHECKED, 1)


def test_F7_letters_are_shown_before_anything_is_brought_in(walk):
    clinic()

    walk.send(csv_of(("used", "why"), ("1", "café’s £5"), encoding="cp1252"))

    assert "The file is not UTF-8, so its letters were read as Windows-1252." in walk.text
    assert "<strong>café’s</strong>, <strong>£5</strong>." in walk.words


# Looking before bringing in ----------------------------------------------------------------------------------------------------


def test_F14_near_answers_are_offered_and_once_confirmed_the_rows_are_good(walk):
    clinic()
    walk.send(csv_of(("used", "hard"), ("Yess", "Distence; Cost"), ("Maybe", "Cost"), ("yes", ""))).press()
    assert (walk.job.good, walk.job.refused) == (1, 2)

    offered = Fields(walk.text).found[walk.action("columns")]
    assert [offered["means-used-0"], offered["means-used-1"], offered["means-hard-0"]] == ["1", "", "1"]
    walk.press("meanings", walk.action("columns"), **{"means-used-1": "3"})

    assert (walk.job.good, walk.job.refused) == (3, 0)
    walk.press(action=walk.action("bring-in"))
    assert answers_kept() == [{"used": 1, "hard": [1, 2]}, {"used": 3, "hard": [2]}, {"used": 1}]


def test_refused_rows_are_shown_with_why_and_can_be_downloaded(walk):
    clinic()

    walk.send(csv_of(*MIXED)).press()

    assert "3 refused rows" in walk.text
    assert "used: “Yess” is not one of the answers listed. Was “Yes” (1) meant?" in walk.text
    file = walk.client.get(f"{ADDRESS}{walk.job.pk}/refused.csv")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert file.headers["Content-Disposition"] == 'attachment; filename="clinic-refused-rows.csv"'
    assert [line.split(",")[-4:] for line in lines][1] == ["Yess", "Distance", "3", ""]
    assert len(lines) == 4


def test_F14_what_to_do_about_refused_rows_must_be_chosen(walk):
    clinic()
    walk.send(csv_of(*MIXED)).press()

    walk.press(action=walk.action("bring-in"))
    assert (walk.answer.status_code, walk.job.state) == (422, State.CHECKED)
    assert "Choose what to do about the rows that are refused" in walk.text

    walk.press(action=walk.action("bring-in"), rows="all")
    assert (walk.path, walk.job.state, answers_kept()) == (ADDRESS, State.CHECKED, [])

    walk.to(walk.client.get(f"{ADDRESS}{walk.job.pk}/")).press(action=walk.action("bring-in"), rows="good")
    assert (walk.job.state, answers_kept()) == (State.DONE, ANSWERS[:2])
    assert AuditEvent.objects.get(verb="spreadsheet import begun").detail.body["good rows only"] is True
    assert "Download every refused row and why (CSV)" in walk.text


def test_first_rows_are_shown_as_they_will_be_kept(walk):
    clinic()

    walk.send(xlsx_of(HEADINGS, *ROWS), name="rows.xlsx").press()

    assert "Excel workbook" in walk.client.get(ADDRESS).content.decode()
    for words in ("Row 2", "What makes it hard?", "Distance; Cost", "It’s £5"):
        assert words in walk.text.replace("&#x27;", "'")


def test_F15_same_file_again_has_nothing_to_bring_in(walk):
    clinic()
    for _ in range(2):
        walk.send(csv_of(HEADINGS, *ROWS)).press()
        if walk.job.good:
            walk.press(action=walk.action("bring-in"))

    assert "No row of this file can be brought in: all of them are there already." in walk.words
    assert len(answers_kept()) == 3


def test_warnings_are_shown_when_columns_are_matched_and_before_bringing_in(walk):
    clinic()

    walk.send(csv_of(("used", "Surname"), ("1", "Smith")))
    assert "“Surname” looks like it holds names. It was left out." in walk.text
    walk.press()
    assert "“Surname” looks like it holds names. It was left out." in walk.text


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_C1_headings_and_cells_are_shown_as_text(walk, payload):
    clinic()

    walk.send(csv_of(("used", "why", payload), ("1", payload, payload), (payload, payload, "")))
    pages = [walk.text, walk.press().text]
    pages.append(walk.press(action=walk.action("bring-in"), rows="good").text)

    assert all(escape(payload) in page for page in pages[:2])
    assert not any("<script>alert" in page or "<img src=x" in page for page in pages)
    assert answers_kept() == [{"used": 1, "why": payload}]


# What cannot be --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "The file is empty. Choose another one."),
        (b"%PDF\x00", "The file is not a spreadsheet of answers."),
        (b"used,Sex\n1,F\n", "The column “Sex” holds answers to an equality question."),
    ],
)
def test_file_that_cannot_come_in_says_why_and_is_gone(walk, content, words):
    clinic()

    walk.send(content)

    assert words in walk.text
    assert not list(files.folder_of("x").parent.glob("*"))


def test_missing_file_is_asked_for(walk):
    clinic()

    answer = walk.client.post(ADDRESS, {"channel": "paper"})

    assert (answer.status_code, "Choose a file" in answer.content.decode()) == (422, True)


def test_draft_takes_no_spreadsheet(walk):
    draft_consultation(slug="clinic")

    assert "This consultation is draft." in walk.client.get(ADDRESS).content.decode()
    assert walk.send(csv_of(("used",), ("1",))).answer.status_code == 422
    assert not ImportJob.objects.exists()


def test_D2_import_of_another_consultation_is_not_found_under_this_one(walk):
    clinic()
    other = open_consultation(slug="other")
    walk.send(csv_of(("used",), ("1",)))
    moved = walk.job
    ImportJob.objects.update(consultation=other)

    answers = [walk.client.get(f"{ADDRESS}{moved.pk}/{page}").status_code for page in ("", "columns/", "refused.csv")]
    posted = [
        walk.client.post(f"{ADDRESS}{moved.pk}/{page}/").status_code for page in ("bring-in", "carry-on", "throw-away")
    ]

    assert (answers, posted) == ([404] * 3, [404] * 3)


def test_page_of_an_earlier_stage_sends_to_where_the_file_stands(walk):
    clinic()
    walk.send(csv_of(HEADINGS, *ROWS)).press()
    sent = Fields(walk.text).found[walk.action("bring-in")]
    walk.press(action=walk.action("bring-in"))

    for page in ("bring-in", "columns", "throw-away", "carry-on"):
        answer = walk.client.post(walk.action(page), sent)
        assert answer.url == f"{ADDRESS}{walk.job.pk}/"
    assert len(answers_kept()) == 3


def test_file_is_thrown_away(walk):
    clinic()
    walk.send(csv_of(HEADINGS, *ROWS)).press()
    job = walk.job

    walk.press(action=walk.action("throw-away"))

    assert (walk.path, walk.job.state) == (ADDRESS, State.DISCARDED)
    assert not files.folder_of(job.pk).exists()
    assert walk.client.get(f"{ADDRESS}{job.pk}/").url == ADDRESS


# How far it is ----------------------------------------------------------------------------------------------------------------


def at_work(walk, state, **fields):
    """A job at which another process works, or should."""
    walk.send(csv_of(HEADINGS, *ROWS)).press()
    now = timezone.now()
    ImportJob.objects.update(**{"state": state, "beat_at": now, "worker": "elsewhere 1 abc"} | fields)
    return walk.to(walk.client.get(f"{ADDRESS}{walk.job.pk}/"))


def test_progress_is_shown_to_whoever_looks_again(walk):
    clinic()

    at_work(walk, State.WRITING, done=2, imported=1, refused=1)

    assert "<strong>2 of 3 rows</strong>: 1 brought in, 1 refused, 0 already there." in walk.words
    assert "See how far it is" in walk.text
    assert "Carry on" not in walk.text


def test_import_that_waits_for_another_says_so(walk):
    clinic()

    assert "This one waits for it." in at_work(walk, State.WRITING, worker="").text


def test_import_whose_process_was_killed_is_carried_on(walk):
    clinic()

    at_work(walk, State.CHECKING, beat_at=timezone.now() - timedelta(minutes=2))
    assert "This stopped before it was done." in walk.text
    walk.press(action=walk.action("carry-on"))

    assert walk.job.state == State.CHECKED


def test_list_names_each_spreadsheet_and_where_it_stands(walk):
    clinic()
    walk.send(csv_of(HEADINGS, *ROWS)).press().press(action=walk.action("bring-in"))

    words = " ".join(walk.client.get(ADDRESS).content.decode().split())

    assert "Done. 3 of 3 rows came in" in words
    assert "by lead" in words
    assert "rows.csv" not in words
    assert "rows.csv" not in json.dumps(list(ImportJob.objects.values("label", "warnings", "matching")))
