"""The pages that say how a consultation stands, in their exact words (ux.md R13), and those that show when little works."""

import json
import os
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.services import close_early, extend, withdraw
from tests.bench.places import PYTHON, REPOSITORY, service_environment
from tests.consultations import open_consultation
from tests.journeys.pages import page_of
from tests.journeys.visits import Visit

OPENED = datetime(2027, 2, 1, 9, tzinfo=UTC)
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)
MARCH = datetime(2027, 3, 1, 10, tzinfo=UTC)
CHANGE = {"by": "lead", "now": MARCH, "reason": "Board paper 7"}


@pytest.fixture
def consultation(db, time_machine):
    time_machine.move_to(MARCH, tick=False)
    return open_consultation(now=OPENED, closes_at=CLOSES, report_by=date(2027, 4, 30))


def start_page():
    return Visit("plan").when_i_open("respond")


def test_a_closed_consultation_says_when_it_closed_and_when_the_report_will_come(consultation, time_machine):
    time_machine.move_to(CLOSES, tick=False)

    page = start_page()

    assert (page.status, page.heading) == (200, "This consultation is closed")
    assert (
        "It closed at 11:59pm on Friday 12 March 2027. We are reading what people told us. "
        "We will publish a report here by Friday 30 April 2027." in page.text
    )


def test_a_consultation_closed_early_says_when_and_why_and_that_answers_count(consultation):
    close_early(consultation, words="because the plan has changed.\n\nThe hospital will stay.", **CHANGE)

    page = start_page()

    assert (page.status, page.heading) == (200, "This consultation closed early")
    assert (
        "We closed it on Monday 1 March 2027 because the plan has changed. We still have every answer people sent "
        "before then. We will count them. Read why" in page.text
    )
    about = Visit("plan").when_i_go_to(page.link("Read why").partition("#")[0])
    assert "The hospital will stay." in about.text
    assert about.body.get_element_by_id("why") is not None


def test_words_of_one_sentence_have_nothing_more_to_read(consultation):
    close_early(consultation, words="the plan has changed", **CHANGE)

    assert "Read why" not in start_page().text


def test_somebody_who_had_begun_when_it_closed_early_has_the_hour_of_grace(consultation, time_machine):
    visit = Visit("plan").given_i_am_ready_to_send()
    time_machine.move_to(MARCH + timedelta(minutes=5), tick=False)
    close_early(consultation, words="the plan has changed", **(CHANGE | {"now": MARCH + timedelta(minutes=5)}))

    visit.when_i_open("respond-page", step="check")

    assert (
        "This consultation closed while you were answering. You can still send your answers until 11:05am."
        in visit.page.text
    )
    visit.when_i_send()
    visit.then_i_am_on("about-you")


@pytest.mark.parametrize("name", ["respond", "consultation"])
def test_a_consultation_given_more_time_says_so_and_why_until_it_closes(consultation, time_machine, name):
    extend(consultation, closes_at=CLOSES + timedelta(days=7), words="a leaflet came late", **CHANGE)
    banner = (
        "We have given people more time. "
        "The new closing date is 11:59pm on Friday 19 March 2027 because a leaflet came late."
    )

    assert banner in Visit("plan").when_i_open(name).text

    time_machine.move_to(CLOSES + timedelta(days=7), tick=False)
    assert "more time" not in Visit("plan").when_i_open(name).text
    assert start_page().heading == "This consultation is closed"


def test_public_words_about_closing_are_shown_as_text(consultation):
    close_early(consultation, words="<b>x</b>\n\n<script>alert(1)</script>", **CHANGE)

    assert "because <b>x</b>." in start_page().text
    assert not Visit("plan").when_i_open("consultation").body.xpath("//main//script | //main//b")


def test_a_page_that_is_not_there_says_so_and_how_to_reach_a_person(db):
    page = Visit().when_i_go_to("/nowhere/")

    assert (page.status, page.heading) == (404, "Page not found")
    assert page.text == "Page not found Check the web address. See all consultations You can also phone 01632 960 001."


# When little works --------------------------------------------------------------------------------------------------------
ASK = """
import django, json, sys
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "localhost"})
print(json.dumps([
    [answer.status_code, answer.get("Retry-After"), answer["Cache-Control"], answer.get("Content-Security-Policy") is not None,
     answer.content.decode()]
    for answer in (client.get(path) for path in sys.argv[1:])
]))
"""


def asked_without_database(folder, *paths, **environment):
    """What a service whose database is away answers, as `[(status, retry after, cache, has a policy, text)]`."""
    done = subprocess.run(
        [PYTHON, "-c", ASK, *paths],
        cwd=REPOSITORY,
        env=service_environment(folder) | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_H6_where_the_database_does_not_answer_public_pages_say_the_service_is_unavailable(tmp_path):
    os.mkdir(tmp_path / "consult.sqlite3")

    answers, _ = asked_without_database(tmp_path, "/", "/consultations/plan/respond/")

    for status, retry, cache, has_policy, text in answers:
        assert (status, retry, cache, has_policy) == (503, "300", "no-store", True)
        assert '<h1 class="nhsuk-heading-l">Sorry, the service is unavailable</h1>' in text
        assert "We have kept your saved answers. The closing date has not changed." in text
        assert "01632 960 001" in text


def test_H6_a_server_that_refuses_connections_is_answered_in_the_same_way_and_pages_without_it_still_work(tmp_path):
    away = "postgres://nobody@127.0.0.1:1/none"

    answers, _ = asked_without_database(tmp_path, "/", "/privacy/", "/nowhere/", "/healthz", DATABASE_URL=away)

    assert [answer[0] for answer in answers] == [503, 200, 404, 503]


def test_any_other_fault_says_there_is_a_problem_and_that_answers_are_kept(db, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("consult.views.hub.groups", None)

    answer = client.get("/")

    assert (answer.status_code, answer["Cache-Control"], answer.get("Retry-After")) == (500, "no-store", None)
    assert page_of(answer).text == (
        "Sorry, there is a problem with the service Try again later. "
        "We saved your answers up to the last page you finished. Phone 01632 960 001."
    )


def test_a_consultation_withdrawn_says_when_and_why_on_every_way_in(consultation):
    visit = Visit("plan").given_i_have_begun()
    withdraw(consultation, words="because the plan was dropped.\n\nThe hospital will stay.", **CHANGE)

    for page in (
        start_page(),
        Visit("plan").when_i_open("consultation"),
        Visit("plan").when_i_open("respond-privacy"),
        visit.when_i_open("respond-page", step="support"),
    ):
        assert (page.status, page.heading) == (200, "This consultation was withdrawn")
        assert (
            "We withdrew it on Monday 1 March 2027 because the plan was dropped. Nobody can answer it any more. "
            "The hospital will stay." in page.text
        )


def test_a_consultation_withdrawn_is_not_on_the_list_and_its_other_pages_are_gone(consultation):
    withdraw(consultation, words="the plan was dropped", **CHANGE)

    assert consultation.title not in Visit("plan").when_i_go_to("/").text
    assert [Visit("plan").when_i_open(name).status for name in ("outcome", "news", "another-format")] == [404, 404, 404]
