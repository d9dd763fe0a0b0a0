"""The mock report: the whole report of a draft, made of invented answers, marked everywhere and kept nowhere."""

import re
import time

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from consult.demonstration.facts import questionnaire_of
from consult.mock_report import MARK, kept_results
from surveys.definition_json import to_json
from tests.builders import choice, comment, page, question, questionnaire, scale, when
from tests.consult.building import Builder, builder
from tests.consult.people import lead, signed_in, team
from tests.consultations import open_consultation
from tests.exports.respondents import send
from tests.pdf_words import words_of_pages

pytestmark = pytest.mark.django_db

FORM = questionnaire(
    choice("uses", "Yes", "No"),
    page("how", scale("how", text="How easy is it to reach?"), shown_if=when("uses", 1)),
    comment("why", text="Why do you say that?"),
)
REPORT = "rehearsal/report/"


def everything_kept():
    """Every row of every table but those of sessions, which say when somebody was last seen."""
    models = [model for model in apps.get_models() if model is not Session]
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


def test_mock_report_has_the_sections_of_a_report_and_says_in_each_that_it_is_invented():
    text = builder(FORM).open(REPORT).text

    sections = re.findall(r'<h[234] class="report-heading[^>]*id="section-\d+">([^<]+)<', text)
    assert {"0 Summary", "3 Who took part, and who did not", "4 What people answered, question by question"} <= {
        *sections
    }
    assert "How easy is it to reach?" in text
    assert text.count(f">{MARK}</p>") == len(sections) + 1
    assert "400 responses were received" in text
    assert "NHS England hospital statistics rule" in text


def test_every_page_of_the_file_says_that_it_is_invented():
    response = builder(FORM).client.get("/staff/plan/build/rehearsal/report.pdf")

    pages = words_of_pages(response.content)
    assert len(pages) > 5
    assert [number for number, words in enumerate(pages, start=1) if MARK not in words] == []
    assert response.headers["Content-Disposition"] == 'attachment; filename="plan-mock-report.pdf"'


def test_nothing_of_a_rehearsal_is_kept():
    lead_at = builder(FORM)
    lead_at.open("")
    before = everything_kept()

    for path in ("rehearsal/", REPORT, "rehearsal/report.pdf"):
        assert lead_at.client.get(lead_at.base + path).status_code == 200

    assert everything_kept() == before


def test_answers_that_were_sent_are_not_in_the_mock_report_and_invented_ones_not_among_them():
    consultation = open_consultation(FORM, team=team())
    for _ in range(20):
        send(consultation, {"uses": 1, "how": 5, "why": "the canary sang again today"})
    lead_at = Builder(consultation, signed_in(lead()))

    mock = lead_at.open(REPORT).text
    assert "canary" not in mock
    assert "400 responses were received" in mock
    assert "20 responses have been received" in lead_at.client.get("/staff/plan/participation/").content.decode()


def test_mock_report_follows_the_draft():
    lead_at = builder(FORM)
    assert "How easy is it to reach?" in lead_at.open(REPORT).text

    lead_at.open("questions/question/how/").send(text="How hard is it to reach?", **{"continue": "1"})

    text = lead_at.open(REPORT).text
    assert "How hard is it to reach?" in text
    assert "How easy is it to reach?" not in text


def test_mock_report_waits_until_what_is_wrong_in_the_draft_is_mended():
    lead_at = builder(questionnaire(question("uses", options=())))

    said = " ".join(lead_at.open("rehearsal/").text.split())
    assert "must be mended before a report can be made of them:</p> <ul" in said
    assert re.search(r"<li>“[^<]+”: [^<]+\.</li>", said)
    assert lead_at.client.get("/staff/plan/build/rehearsal/report/").status_code == 404
    assert lead_at.client.get("/staff/plan/build/rehearsal/report.pdf").status_code == 404


def test_questionnaire_that_takes_too_long_to_report_on_has_no_mock_report():
    lead_at = builder(questionnaire(*(choice(f"q{number}") for number in range(151))))

    assert "at most 150 questions. These are more." in lead_at.open("rehearsal/").text
    assert lead_at.client.get("/staff/plan/build/rehearsal/report/").status_code == 404


def test_unknown_format_of_the_mock_report_is_not_there():
    assert builder(FORM).client.get("/staff/plan/build/rehearsal/report.csv").status_code == 404


@pytest.mark.parametrize("slug", ["apms", "older-you", "outpatients"])
def test_mock_report_of_the_demonstration_takes_a_few_seconds_at_most(slug):
    lead_at = builder(questionnaire_of(slug))
    kept_results.cache_clear()
    begun = time.process_time()

    text = lead_at.open(REPORT).text

    assert time.process_time() - begun < 4
    assert text.count("report-table") > 20
    assert to_json(lead_at.definition) == lead_at.consultation.questionnaire.draft
