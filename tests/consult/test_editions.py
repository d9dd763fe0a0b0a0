"""What was published stays as it was published."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consult.editions import publish_report, published_edition
from consult.models import Edition, Role
from consult.reports import results_of
from consult.services import NotReady, publish_outcome
from surveys.models import Response
from surveys.responses import withdraw_response
from tests.consult.people import person, signed_in
from tests.consultations import open_consultation, team_named
from tests.exports.composed import FEW, crowd
from tests.exports.respondents import close, send

pytestmark = pytest.mark.django_db

FILES = {
    ("report", "page"), ("report", "pdf"), ("eia", "page"), ("eia", "pdf"),
    ("tables", "csv"), ("tables", "json"), ("tables", "xlsx"),
}  # fmt: skip


@pytest.fixture
def published_plan():
    """A consultation of 148 people whose report was published an hour ago."""
    return publish_report(crowd(FEW), by="a test", now=timezone.now() - timedelta(minutes=30))


def public_bodies(client):
    """Everything the public can read of the plan, byte by byte."""
    addresses = [reverse("report", args=["plan"]), reverse("assessment", args=["plan"])]
    addresses += [
        reverse("published-file", args=["plan", name, kind]) for name, kind in sorted(FILES) if kind != "page"
    ]
    found = {address: client.get(address) for address in addresses}
    assert {response.status_code for response in found.values()} == {200}
    return {address: response.content for address, response in found.items()}


def test_report_is_published_with_its_equality_summary_and_tables(published_plan):
    assert set(Edition.objects.values_list("name", "format")) == FILES


def test_published_pages_and_files_stay_the_same_byte_by_byte_after_a_withdrawal(published_plan, client):
    before = public_bodies(client)
    for response in Response.objects.all()[:20]:
        withdraw_response(response)
    assert results_of(published_plan, now=timezone.now(), fresh=True).people_shown() == "130"

    assert public_bodies(client) == before


def test_everything_published_is_of_the_same_numbers_though_responses_are_keyed_meanwhile(monkeypatch):
    consultation = crowd(FEW)
    opened = []

    def opening(*args, **more):
        opened.append(args)
        return results_of(*args, **more)

    monkeypatch.setattr("consult.editions.results_of", opening)
    monkeypatch.setattr("consult.reports.results_of", opening)

    publish_report(consultation, by="a test", now=timezone.now())

    assert len(opened) == 1


def test_published_tables_are_the_released_ones(published_plan):
    book = json.loads(published_edition(published_plan, "tables", "json"))

    assert (book["base"], book["policy"]) == ("150", "nhs_round5")


def test_open_consultation_cannot_be_published_and_leaves_nothing_behind(client):
    consultation = open_consultation(slug="plan")

    with pytest.raises(NotReady):
        publish_report(consultation, by="a test", now=timezone.now())

    assert not Edition.objects.exists()
    assert client.get(reverse("report", args=["plan"])).status_code == 404


def test_failure_while_files_are_made_leaves_the_consultation_unpublished(monkeypatch):
    consultation = crowd((10, 10, 10, 10, 0))
    monkeypatch.setattr("consult.editions.page_body", lambda document: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publish_report(consultation, by="a test", now=timezone.now())

    consultation.refresh_from_db()
    assert (consultation.reported_at, Edition.objects.count()) == (None, 0)


def test_nothing_is_public_before_publication(client):
    crowd((10, 10, 10, 10, 0))

    for name, kind in FILES:
        assert client.get(reverse("published-file", args=["plan", name, kind])).status_code == 404
    assert client.get(reverse("assessment", args=["plan"])).status_code == 404


def test_hostile_words_are_text_on_the_public_page(client):
    consultation = open_consultation(slug="plan")
    for _ in range(9):
        send(
            consultation, {"support": 1, "why": "<script>alert(1)</script> far from the bus & \u202ehome", "visits": 1}
        )
    publish_report(close(consultation), by="a test", now=timezone.now())

    body = client.get(reverse("report", args=["plan"])).content.decode()

    assert "<script>alert" not in body
    assert "\u202e" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; far from the bus &amp; home" in body


def test_public_page_sets_no_cookie_and_may_be_kept_a_minute(published_plan, client):
    response = client.get(reverse("report", args=["plan"]))

    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_page_of_another_name_or_format_is_not_there(published_plan, client):
    for name, kind in (("report", "page.html"), ("tables", "pdf"), ("nothing", "csv")):
        address = f"/consultations/plan/files/{name}.{kind}"
        assert client.get(address).status_code == 404
    assert io.BytesIO(published_edition(published_plan, "report", "pdf")).read(5) == b"%PDF-"


# What staff can make beside it ------------------------------------------------------------------------------------------


def lead():
    return signed_in(person("a-lead", Role.LEAD, of=team_named()))


def test_staff_are_offered_the_published_edition_before_what_would_be_made_today(published_plan):
    body = lead().get(reverse("staff-download", args=["plan"])).content.decode()

    links = re.findall(r'<a href="([^"]+\.(?:pdf|csv|json|xlsx|html))">', body)
    published = [reverse("published-file", args=["plan", name, kind]) for name, kind in sorted(FILES) if kind != "page"]
    assert links[: len(published)] == published
    assert (
        body.index("Published edition")
        < body.index(links[0])
        < body.index("As it would be today")
        < body.index(links[5])
    )
    assert "These may be published." not in body


def test_file_made_after_publication_says_on_itself_and_in_its_name_that_it_is_not_the_edition(published_plan):
    client, today = lead(), timezone.localdate()
    report = client.get(reverse("staff-document", args=["plan", "report", "html"]))
    tables = client.get(reverse("staff-tables", args=["plan", "json"]))

    assert "As it would be today, not as published" in report.content.decode()
    assert report.headers["Content-Disposition"] == f'attachment; filename="plan-report-as-of-{today}.html"'
    assert tables.headers["Content-Disposition"] == f'attachment; filename="plan-tables-as-of-{today}.json"'
    assert "not as published" not in published_edition(published_plan, "report", "page").decode()


def test_file_made_before_publication_has_its_plain_name():
    crowd(FEW)

    report = lead().get(reverse("staff-document", args=["plan", "report", "html"]))

    assert report.headers["Content-Disposition"] == 'attachment; filename="plan-report.html"'
    assert "not as published" not in report.content.decode()


def test_file_made_after_the_decision_says_that_it_was_made(published_plan):
    publish_outcome(published_plan, by="a test", now=timezone.now() - timedelta(minutes=5), outcome=OUTCOME)

    words = lead().get(reverse("staff-document", args=["plan", "report", "html"])).content.decode()

    assert "The decision was for The board. It has been made and published." in words
    assert "will be published" not in words


OUTCOME = dict.fromkeys(("asked", "said", "did", "not_done", "next"), "Words.")
