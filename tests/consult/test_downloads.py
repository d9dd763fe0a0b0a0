"""Staff: results and files only after closing, by right, and row exports recorded."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from consult.models import AuditEvent, LinkKey, Role
from exports.document import Table
from exports.findings import question_blocks
from exports.wording import UNLINKED
from tests.consult.people import person, signed_in
from tests.consultations import open_consultation, team_named
from tests.exports.composed import FEW, crowd
from tests.exports.respondents import close, results_now, send

pytestmark = pytest.mark.django_db
READERS = (Role.LEAD, Role.APPROVER, Role.EQUALITY)
FILES = [
    ("staff-document", {"name": "report", "extension": "pdf"}),
    ("staff-document", {"name": "report", "extension": "html"}),
    ("staff-document", {"name": "eia", "extension": "html"}),
    ("staff-tables", {"extension": "csv"}),
    ("staff-tables", {"extension": "xlsx"}),
    ("staff-tables", {"extension": "json"}),
    ("staff-responses", {"name": "responses", "extension": "csv"}),
    ("staff-responses", {"name": "responses", "extension": "xlsx"}),
    ("staff-responses", {"name": "codebook", "extension": "csv"}),
    ("staff-responses", {"name": "other-responses", "extension": "csv"}),
]
ANSWERS = ("Near my home", "Do you support it?", "by sex", "Base: people who answered", "60 (100%)")
"""What only a page that shows answers would say of the plan."""


def reader(role=Role.LEAD):
    """A client of somebody with a role in the team."""
    return signed_in(person(f"a-{role}", role, of=team_named()))


def opened():
    """A consultation that is open, with answers."""
    consultation = open_consultation(slug="plan")
    for place in range(60):
        send(consultation, {"support": 1, "why": "Near my home", "visits": place}, equality={"sex": "female"})
    return consultation


def address(view, **parts):
    return reverse(view, kwargs={"slug": "plan", **parts})


@pytest.mark.parametrize("role", Role)
def test_while_open_nobody_on_the_staff_sees_an_answer(role):
    opened()
    client = reader(role)
    pages = [
        address("staff-results"),
        address("staff-results") + "?question=support",
        address("staff-results") + "?question=support&by=sex",
        address("staff-participation"),
        address("staff-download"),
        address("staff-consultation"),
    ]

    bodies = [client.get(page).content.decode() for page in pages]

    assert [text for text in ANSWERS if any(text in body for body in bodies)] == []


@pytest.mark.parametrize("view, parts", FILES)
def test_while_open_there_is_no_file_even_for_a_lead(view, parts):
    opened()

    assert reader().get(address(view, **parts)).status_code == 404


@pytest.mark.parametrize("view, parts", FILES)
def test_after_closing_each_file_is_there_for_those_who_may_have_it(view, parts):
    crowd(FEW)
    rows = view == "staff-responses"

    found = {role: status_of(reader(role).get(address(view, **parts))) for role in Role}

    allowed = (Role.LEAD,) if rows else READERS
    assert found == {role: 200 if role in allowed else 403 for role in Role}


def status_of(response):
    """The status of a response that is then read to its end, as a browser would."""
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


def test_participation_shows_who_took_part_and_no_answer():
    opened()
    client = reader()

    body = client.get(address("staff-participation")).content.decode()

    assert "60 responses have been received." in body
    assert "Female" in body
    assert "Interim: still open" in body


def test_results_say_what_was_done_to_the_numbers_before_and_after_a_question_is_chosen():
    close(opened())
    client = reader()

    bodies = [client.get(address("staff-results") + query).content.decode() for query in ("", "?question=support")]

    assert ["rounded to the nearest 5" in body for body in bodies] == [True, True]


def test_participation_has_every_response_and_every_day_since_it_opened():
    consultation = open_consultation(slug="plan", opens_at=timezone.now() - timedelta(days=80))
    for days_ago in (79, 20):
        for _ in range(20):
            send(consultation, {"support": 1}, now=timezone.now() - timedelta(days=days_ago))

    body = reader().get(address("staff-participation")).content.decode()

    assert "Responses in each week (base: 40 responses)" in body
    assert len(re.findall(r'<th scope="row">\d+ \w+ \d{4} to \d+ \w+ \d{4}</th>', body)) in (11, 12)


def test_participation_of_a_draft_is_empty_and_does_not_fail():
    consultation = open_consultation(slug="plan")
    consultation.questionnaire.versions.all().delete()
    consultation.launched_at = None
    consultation.save()

    assert reader().get(address("staff-participation")).status_code == 200


def test_results_page_shows_one_question_overall_or_by_group():
    crowd(FEW)
    client = reader()

    overall = client.get(address("staff-results") + "?question=where").content.decode()
    by_sex = client.get(address("staff-results") + "?question=where&by=sex").content.decode()

    assert "What about where? (base: 150 people who answered)" in overall
    assert "What about where?, by sex (base: 150 people who answered)" in by_sex
    assert "80 (53%)" in overall
    assert "45 (53%)" in by_sex
    assert "<svg" in overall


@pytest.mark.parametrize("query", ["question=nothing", "question=where&by=nothing", "question=where&by=%00"])
def test_results_of_what_is_not_there_are_not_found(query):
    crowd((10, 10, 0, 0, 0))

    assert reader().get(f"{address('staff-results')}?{query}").status_code == 404


def test_results_without_the_link_key_are_whole_and_by_group_say_why_not():
    consultation = crowd(FEW)
    LinkKey.objects.filter(consultation=consultation).delete()
    client = reader()

    overall = client.get(address("staff-results") + "?question=where").content.decode()
    by_sex = client.get(address("staff-results") + "?question=where&by=sex").content.decode()
    participation = client.get(address("staff-participation")).content.decode()

    assert "80 (53%)" in overall
    assert UNLINKED in by_sex
    assert "45" not in by_sex.partition("<article")[2]
    assert UNLINKED in participation
    assert "Female" not in participation


def test_point_50_chart_has_a_name_and_a_table_with_the_same_numbers_after_it():
    results = results_now(crowd(FEW))
    question_, summaries = next(pair for pair in results.questions() if pair[0].key == "where")

    chart, table, _ = question_blocks(results, question_, summaries)

    assert chart.alternative
    assert isinstance(table, Table)
    assert [row.points[0].shown.partition(" ")[0] for row in chart.rows] == [cells[1] for cells in table.rows]


def test_row_export_is_recorded_with_who_and_what():
    crowd((3, 2, 0, 0, 0))

    body = b"".join(reader().get(address("staff-responses", name="responses", extension="csv")).streaming_content)

    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    event = AuditEvent.objects.latest("seq")
    assert len(rows) == 1 + 5
    assert (event.verb, event.actor, event.object_label) == ("responses exported", "a-lead", "A plan for the clinic")


def test_row_export_asks_for_the_code_again_when_it_was_given_long_ago():
    crowd((3, 2, 0, 0, 0))
    somebody = person("late", Role.LEAD, of=team_named())
    client = signed_in(somebody, at=timezone.now() - timedelta(minutes=11))

    response = client.get(address("staff-responses", name="responses", extension="csv"))

    assert response.status_code == 302
    assert not AuditEvent.objects.filter(verb="responses exported").exists()


def test_workbook_of_rows_has_its_codebook_beside_it():
    crowd((3, 2, 0, 0, 0))
    address_ = address("staff-responses", name="responses", extension="xlsx")

    body = b"".join(reader().get(address_).streaming_content)

    assert [sheet.max_row for sheet in load_workbook(io.BytesIO(body)).worksheets][:1] == [6]


def test_files_are_named_after_the_consultation_and_never_kept_by_a_cache():
    crowd((10, 10, 10, 10, 0))
    client = reader()

    response = client.get(address("staff-tables", extension="json"))

    assert response.headers["Content-Disposition"] == 'attachment; filename="plan-tables.json"'
    assert response.headers["Content-Type"] == "application/json"
    assert "no-store" in response.headers["Cache-Control"]
