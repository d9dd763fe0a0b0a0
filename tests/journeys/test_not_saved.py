"""H4, H6, H10: the database is gone in the middle of a save. What was typed stays on the page, and trying again saves it once."""

import logging
from contextlib import contextmanager

import pytest
from django.core import mail
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.urls import reverse

from consult.models import Contact, FormatRequest
from tests.consultations import open_consultation
from tests.journeys.visits import Visit, given_a_postcode_directory, responses

pytestmark = pytest.mark.django_db

WROTE = 'It is far.\r\n"Very" <far>, & uphill 🚌\r\n'
CANARY = "canary-8830"
HEADING = "We could not save this page yet"
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(autouse=True)
def consultation():
    given_a_postcode_directory()
    return open_consultation()


@contextmanager
def database_that_goes_away(*, before=WRITES, with_fault=OperationalError):
    """Every statement that begins with one of these words finds no database. Django's own log of statements is off."""

    def gone(execute, sql, params, many, context):
        if sql.startswith(before):
            raise with_fault("the database is not there")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(gone):
        yield


def given_somebody_on_the_page_of_words():
    visit = Visit("plan")
    visit.client.raise_request_exception = False
    return visit.given_i_have_begun().given_i_have_answered({"support": 1})


def then_it_was_not_saved(visit):
    assert (visit.page.status, visit.page.heading) == (503, HEADING)
    assert visit.page.title.startswith(HEADING)
    assert "You have not lost what you wrote." in visit.page.text
    assert "You can also phone 01632 960 001." in visit.page.text


def when_i_try_again(visit):
    """Press the page's one button, which has no name: what it sends is in the form."""
    (button,) = visit.page.form.xpath(".//button")
    assert (button.text_content(), button.get("name")) == ("Try again", None)
    return visit.when_i_post(visit.page.posts_to, visit.page.form.form_values())


@pytest.mark.parametrize("with_fault", [OperationalError, InterfaceError])
@pytest.mark.parametrize("before", [("UPDATE",), ("SELECT", *WRITES)])
def test_H4_what_was_typed_is_saved_when_it_is_tried_again(before, with_fault):
    visit = given_somebody_on_the_page_of_words()

    with database_that_goes_away(before=before, with_fault=with_fault):
        visit.when_i_answer(why=WROTE)
        then_it_was_not_saved(visit)
        when_i_try_again(visit)
        then_it_was_not_saved(visit)
    when_i_try_again(visit)

    visit.then_i_am_asked("visits")
    visit.given_i_have_answered({"visits": 3})
    visit.when_i_send()
    (response,) = responses("plan")
    assert response.answers == {"support": 1, "why": WROTE.replace("\r\n", "\n").strip(), "visits": 3}


def test_trying_again_does_what_the_button_was_to_do():
    visit = given_somebody_on_the_page_of_words()

    with database_that_goes_away():
        visit.when_i_answer({"why": "Near my home"}, button="save")
    when_i_try_again(visit)

    visit.then_i_am_on("respond-save")


def test_H10_a_send_that_was_not_saved_shows_no_receipt_and_counts_once_however_often_it_is_tried():
    visit = given_somebody_on_the_page_of_words().given_i_am_ready_to_send()

    with database_that_goes_away():
        for again in (visit.when_i_send, lambda: when_i_try_again(visit)):
            again()
            then_it_was_not_saved(visit)
            assert "receipt" not in visit.page.text.lower()
    assert responses("plan") == []
    when_i_try_again(visit)

    visit.then_i_am_on("about-you")
    assert len(responses("plan")) == 1


def test_answers_about_somebody_are_kept_in_the_page_too():
    visit = given_somebody_on_the_page_of_words().given_i_am_ready_to_send()
    visit.when_i_send()
    visit.when_i_answer(answer="yes")

    with database_that_goes_away():
        visit.when_i_answer(age="65_74")
        then_it_was_not_saved(visit)
    when_i_try_again(visit)

    visit.then_i_am_on("about-you-page", page="disability")


# In transactions of its own: in the test's, a statement that failed would make every later one fail too.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "fields", "kept", "then"),
    [
        ("news", {"email": "a@example.org"}, Contact, "news-asked"),
        ("another-format", {"format": "braille", "name": "Ada", "phone": "01632 960 002"}, FormatRequest, None),
    ],
)
def test_other_forms_of_a_consultation_keep_what_was_typed(name, fields, kept, then):
    visit = Visit("plan")
    visit.client.raise_request_exception = False
    visit.when_i_open(name)

    with database_that_goes_away():
        visit.when_i_answer(fields)
        then_it_was_not_saved(visit)
    assert mail.outbox == []
    when_i_try_again(visit)

    assert visit.page.status == 200
    assert kept.objects.count() == 1
    if then:
        visit.then_i_am_on(then)


def test_the_number_to_phone_is_the_teams_where_this_process_knows_it(consultation):
    consultation.team.phone = "01632 960 777"
    consultation.team.save()
    visit = given_somebody_on_the_page_of_words()

    with database_that_goes_away():
        visit.when_i_answer(why="x")

    assert "You can also phone 01632 960 777." in visit.page.text


def test_a_password_or_a_code_that_opens_answers_is_never_written_into_a_page():
    for path, fields in (
        ("/accounts/login/", {"login": "somebody", "password": CANARY}),
        (reverse("your-response"), {"code": CANARY}),
    ):
        visit = Visit("plan")
        visit.client.raise_request_exception = False
        visit.when_i_go_to(path)
        with database_that_goes_away(before=("SELECT", *WRITES)):
            visit.when_i_post(path, [("csrfmiddlewaretoken", visit.token()), *fields.items()])

        assert (visit.page.status, visit.page.heading) == (503, "Sorry, the service is unavailable")
        assert CANARY not in visit.page.body.text_content()
        assert CANARY not in [control.get("value") for control in visit.page.body.iter("input")]


def test_the_page_is_kept_by_nobody_and_says_when_to_come_back():
    visit = given_somebody_on_the_page_of_words()

    with database_that_goes_away():
        answer = visit.client.post(
            visit.address_of("why"), {"why": CANARY, "continue": "1", "csrfmiddlewaretoken": visit.token()}
        )

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "300", "no-store")
    assert "content-encoding" not in answer.headers
    assert answer.has_header("Content-Security-Policy")


def test_I10_no_answer_is_in_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    visit = given_somebody_on_the_page_of_words()

    with database_that_goes_away():
        visit.when_i_answer(why=CANARY)
        then_it_was_not_saved(visit)

    assert "the database is not there" in caplog.text
    assert CANARY not in caplog.text


def test_a_form_that_came_without_its_token_is_refused_and_never_offered_again():
    visit = given_somebody_on_the_page_of_words()

    with database_that_goes_away(before=("SELECT", *WRITES)):
        answer = visit.client.post(visit.address_of("why"), {"why": CANARY})

    assert answer.status_code == 403
    assert CANARY not in answer.content.decode()
