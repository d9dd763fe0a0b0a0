"""The outcome of the demonstration against its own report, as it is loaded: 400 responses, seed 1."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consult.demonstration.facts import facts_of, questionnaire_of
from consult.demonstration.others import entries_of, load_others
from consult.editions import publish_report
from consult.models import OtherResponse
from consult.other_responses.models import Sort
from consult.reports import composed
from consult.services import publish_outcome
from consult.wording import long_date
from exports.document import Chart, Quote, Table
from tests.exports.composed import FEW, blocks_of, crowd, report_of
from tests.exports.respondents import demonstrated


@pytest.mark.django_db
def test_outcome_page_says_only_what_the_report_beside_it_shows():
    report = report_of(demonstrated("older-you", count=400, seed=1))
    outcome = facts_of("older-you").outcome
    (chart,) = (block for block in blocks_of(report, Chart) if block.title.startswith("Support for the proposals"))
    support = {row.label: row.points[0].value for row in chart.rows}

    assert {share > 50 for label, share in support.items() if "video" not in label} == {True}
    assert 25 <= support["More appointments by video or phone"] <= 45
    assert commonest_of(report, "Reasons for opposing video or phone") == "I would rather see someone in person"
    assert (
        commonest_of(report, "What matters most for staying independent: First")
        == "Getting help early, before a crisis"
    )
    assert "I ask the partnership to put transport first." in " ".join(block.text for block in blocks_of(report, Quote))
    assert ethnic_numbers(report).count("[c]") > 1
    assert "oldest" not in outcome["said"]
    assert outcome["did"].startswith("The board and the cabinet agreed")


def commonest_of(report, title):
    """The first row of a table of answers, largest first."""
    return next(table for table in blocks_of(report, Table) if table.caption.startswith(title)).rows[0][0]


def ethnic_numbers(report):
    table = next(table for table in blocks_of(report, Table) if table.caption.startswith("Race: ethnic group (base"))
    return [row[1] for row in table.rows]


@pytest.mark.django_db
def test_outcome_page_says_who_decided_and_when_it_was_published(client):
    now = timezone.now()
    consultation = publish_report(crowd(FEW), by="a test", now=now - timedelta(minutes=30))
    publish_outcome(consultation, by="a test", now=now, outcome=dict(facts_of("older-you").outcome))

    page = client.get(reverse("outcome", args=["plan"])).content.decode()

    assert f"The decision was for The board. It was published here on {long_date(now)}." in page


# What came beside answers ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_came_beside_answers_is_the_same_each_time_and_is_told_in_a_section_of_its_own():
    now = timezone.now()
    consultation = demonstrated("older-you", count=60)
    load_others(consultation, by="seed_demo", now=now)
    load_others(consultation, by="seed_demo", now=now)

    report = composed("report", consultation, now=now)

    assert OtherResponse.objects.count() == len(entries_of("older-you", opened_on=now.date(), until=now.date()))
    assert report.mark.startswith("Illustrative data")
    tables = [
        table for table in blocks_of(report, Table) if table.caption.startswith(("Letters and", "Events", "Petitions"))
    ]
    assert [table.caption for table in tables] == [
        "Letters and emails from people (base: 20 letters and emails)",
        "Events and meetings (base: 100 people who came)",
        "Petitions (base: 1,260 signatures)",
    ]
    assert [row[0] for row in tables[2].rows] == ["Keep the buses to the health centre", "A bench at every stop"]


@pytest.mark.parametrize("slug", ["apms", "older-you"])
def test_each_passage_of_the_demonstration_is_about_a_question_that_is_there(slug):
    asked = {question.key for question in questionnaire_of(slug).questions()}
    entries = entries_of(slug, opened_on=date(2027, 1, 1), until=date(2027, 3, 1))

    about = {question for entry in entries for question, _ in entry.passages}

    assert about - {""} <= asked
    assert {entry.sort for entry in entries} <= set(Sort.values)
    assert [entry for entry in entries if not date(2027, 1, 1) <= entry.happened_on <= date(2027, 3, 1)] == []
