"""Before opening, in the last hours, after closing and in the hour of grace (ux.md R13, threats.md G1)."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.stages import GRACE
from surveys.drafts import open_draft
from surveys.models import DraftResponse
from tests.consultations import open_consultation
from tests.journeys.visits import Visit, responses

pytestmark = pytest.mark.django_db

OPENED = datetime(2027, 2, 1, 9, tzinfo=UTC)
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock(time_machine):
    """Moves the clock. It starts ten minutes before closing, with the consultation open."""
    time_machine.move_to(OPENED, tick=False)
    open_consultation(now=OPENED, closes_at=CLOSES)
    time_machine.move_to(CLOSES - timedelta(minutes=10), tick=False)
    return lambda at: time_machine.move_to(at, tick=False)


def test_before_it_opens_every_way_in_says_when_it_will(clock):
    clock(OPENED - timedelta(days=1, minutes=1))
    visit = Visit("plan")

    for name in ("respond", "respond-privacy"):
        visit.when_i_open(name)

        visit.then_i_am_on(name)
        assert visit.page.heading == "This consultation is not open yet"
        assert "It opens at 9am on Sunday 31 January 2027." in visit.page.text
    assert not DraftResponse.objects.exists()


def test_after_it_closed_nobody_can_begin(clock):
    clock(CLOSES)
    visit = Visit("plan")

    visit.when_i_open("respond-privacy")

    assert visit.page.heading == "This consultation is closed"
    assert "It closed at 11:59pm on Friday 12 March 2027." in visit.page.text
    visit.client.handler.enforce_csrf_checks = False
    visit.when_i_try_to_post("respond-privacy", {"continue": 1})
    assert visit.page.heading == "This consultation is closed"
    assert not DraftResponse.objects.exists()


def test_every_page_warns_in_the_last_24_hours(clock):
    visit = Visit("plan").given_i_have_begun()

    assert "This consultation closes at 11:59pm today." in visit.page.text

    clock(CLOSES - timedelta(hours=24) + SECOND)
    visit.when_i_open("respond-page", step="support")
    assert "This consultation closes at 11:59pm tomorrow." in visit.page.text

    clock(CLOSES - timedelta(hours=24))
    visit.when_i_open("respond-page", step="support")
    assert "closes at" not in visit.page.text


def test_G1_whoever_had_begun_may_finish_and_send_within_the_hour_and_is_told_until_when(clock):
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})
    clock(CLOSES + timedelta(minutes=30))

    visit.when_i_answer(why="I was slow")

    notice = "This consultation closed while you were answering. You can still send your answers until 12:59am."
    assert notice in visit.page.text
    visit.given_i_have_answered({})
    assert notice in visit.page.text
    clock(CLOSES + GRACE - SECOND)
    visit.when_i_send()
    visit.then_i_am_on("about-you")
    assert [response.answers for response in responses("plan")] == [{"support": 1, "why": "I was slow"}]


def test_in_the_hour_of_grace_the_way_back_in_leads_to_the_check_page_and_offers_nothing_else(clock):
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})
    clock(CLOSES + timedelta(minutes=5))

    visit.when_i_open("respond-privacy")

    assert visit.page.heading == "This consultation closed while you were answering"
    assert "You can still send the answers you have saved until 12:59am." in visit.page.text
    assert [button.text_content().strip() for button in visit.page.form.xpath(".//button")] == [
        "Check and send my answers"
    ]
    visit.when_i_answer(button="check")
    visit.then_i_am_on("respond-page", step="check")
    visit.when_i_send()
    assert [response.answers for response in responses("plan")] == [{"support": 1}]


def test_in_the_hour_of_grace_nobody_starts_again_and_what_must_be_answered_still_must(clock):
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})
    nothing_yet = Visit("plan").given_i_have_begun()
    clock(CLOSES + timedelta(minutes=5))

    visit.when_i_open("respond-privacy")
    visit.when_i_answer(button="again")
    nothing_yet.when_i_open("respond-privacy")
    nothing_yet.when_i_answer(button="check")

    visit.then_i_am_asked("why")
    assert open_draft(visit.cookie("draft")).answers == {"support": 1}
    nothing_yet.then_i_am_asked("support")


def test_while_it_is_open_nobody_is_led_past_the_questions(clock):
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})

    visit.when_i_open("respond-privacy")
    visit.when_i_answer(button="check")

    visit.then_i_am_asked("why")


def test_G1_after_the_hour_a_send_is_refused_with_the_page_that_says_so_and_nothing_is_kept(clock):
    visit = Visit("plan").given_i_am_ready_to_send()
    clock(CLOSES + GRACE)

    visit.when_i_send()

    assert visit.page.heading == "This consultation is closed"
    assert responses("plan") == []


def test_G1_whoever_begins_after_closing_has_no_grace(clock):
    visit = Visit("plan")
    visit.when_i_open("respond-privacy")
    clock(CLOSES)

    visit.when_i_continue()

    assert visit.page.heading == "This consultation is closed"
    assert not DraftResponse.objects.exists()


def test_the_receipt_can_be_seen_for_a_day_and_then_no_more(clock):
    visit = Visit("plan").given_i_am_ready_to_send()
    visit.when_i_send()

    clock(CLOSES + timedelta(hours=23))
    visit.when_i_open("respond-done")
    visit.then_i_am_on("respond-done")

    clock(CLOSES + timedelta(hours=25))
    visit.when_i_open("respond-done")
    visit.then_i_am_on("respond")


def test_equality_questions_are_still_taken_after_closing_from_somebody_who_sent_in_time(clock):
    visit = Visit("plan").given_i_am_ready_to_send()
    visit.when_i_send()
    clock(CLOSES + timedelta(hours=2))

    visit.when_i_answer(answer="yes")
    visit.when_i_answer(age="65_74")

    visit.then_i_am_on("about-you-page", page="disability")


def test_a_page_left_idle_for_20_hours_is_still_accepted(clock):
    clock(CLOSES - timedelta(days=3))
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})
    clock(CLOSES - timedelta(days=3) + timedelta(hours=20))

    visit.when_i_answer(why="After a night’s sleep")

    visit.then_i_am_asked("visits")
