"""With a receipt code somebody deletes what they said, until the last day for it is over (ux.md R12; threats.md I6, I7)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from consult.models import Consultation, Erasure, Role
from equality.models import Profile
from surveys.models import Response
from tests.consult.people import person, signed_in
from tests.consultations import team_named
from tests.journeys.receipts import (
    LAST_MOMENT,
    NO_ANSWERS,
    SENT,
    code_on,
    given_sent_answers,
    in_another_browser,
    when_i_delete,
    when_i_enter,
)
from tests.journeys.visits import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

SECOND = timedelta(seconds=1)


def test_27_delete_asks_first_then_it_is_done_and_the_code_fails(clock):
    _, code = given_sent_answers()
    visit = in_another_browser(code)

    visit.when_i_follow("Delete my answers")
    assert visit.page.heading == "Are you sure you want to delete your answers?"
    assert "If you delete them, we will not count them. You cannot undo this." in visit.page.text
    assert visit.page.link("Keep my answers") == reverse("your-answers")
    assert Response.objects.count() == 1

    visit.when_i_continue()
    assert (visit.page.heading, visit.page.path) == (
        "We have deleted your answers", reverse("your-answers-deleted"),
    )  # fmt: skip
    assert "You do not need to do anything else." in visit.page.text
    assert (Response.objects.count(), Profile.objects.count(), Erasure.objects.count()) == (0, 0, 1)

    when_i_enter(code).then_i_am_told(code=NO_ANSWERS)


def test_I7_deleting_twice_gets_the_same_calm_reply(clock):
    _, code = given_sent_answers()
    first, second = in_another_browser(code), in_another_browser(code)
    for visit in (first, second):
        visit.when_i_follow("Delete my answers")
    confirmation = second.page

    first.when_i_continue()
    second.when_i_continue()
    again = second.page
    second.page = confirmation
    second.when_i_continue()

    assert first.page.text == again.text == second.page.text
    assert second.when_i_go_to(reverse("your-answers")).heading == "We have deleted your answers"
    assert Erasure.objects.count() == 1


def test_asking_without_pressing_the_button_deletes_nothing(clock):
    _, code = given_sent_answers()
    visit = in_another_browser(code)

    visit.client.get(reverse("your-answers-delete"), {"continue": "1"})
    forged = visit.client.post(reverse("your-answers-delete"), {"continue": "1"})

    assert forged.status_code == 403
    assert Response.objects.count() == 1


def test_the_browser_that_sent_the_answers_forgets_them(clock):
    visit, code = given_sent_answers()
    visit.when_i_go_to(reverse("your-response"))
    visit.when_i_answer(code=code)
    visit.when_i_follow("Delete my answers")

    visit.when_i_continue()

    assert (visit.cookie("sent"), visit.cookie("route")) == ("", "")
    assert visit.when_i_open("respond-done").path == reverse("respond", args=["plan"])


def test_I7_no_answer_about_somebody_is_kept_after_they_deleted_their_answers_elsewhere(clock):
    visit = Visit("plan").given_i_am_ready_to_send()
    visit.when_i_send()
    code = code_on(visit.page)
    visit.when_i_answer(answer="yes")
    when_i_delete(in_another_browser(code))

    visit.when_i_answer(age="65_74")

    assert not Profile.objects.exists()
    visit.then_i_am_on("respond")
    assert visit.when_i_open("about-you").path == reverse("respond", args=["plan"])


@pytest.mark.parametrize(("at", "heading"), [
    (LAST_MOMENT, "Are you sure you want to delete your answers?"),
    (LAST_MOMENT + SECOND, "It is too late to delete your answers"),
])  # fmt: skip
def test_I6_answers_can_be_deleted_until_the_last_day_is_over(clock, at, heading):
    _, code = given_sent_answers()
    clock(at)
    visit = in_another_browser(code)

    visit.when_i_go_to(reverse("your-answers-delete"))

    assert visit.page.heading == heading


def test_I6_after_the_last_day_the_page_says_why_not_and_who_to_ask(clock):
    _, code = given_sent_answers()
    clock(LAST_MOMENT)
    late = in_another_browser(code)
    late.when_i_follow("Delete my answers")
    clock(LAST_MOMENT + SECOND)

    late.when_i_continue()

    for said in (
        "It is too late to delete your answers",
        "You could delete them until Friday 26 March 2027. We are using them in the report.",
        "They are kept without your name.",
        "Contact us if something in them could identify you.",
        "Phone 01632 960 001",
        "a@example.org",
    ):
        assert said in late.page.text
    assert Response.objects.count() == 1
    late.when_i_go_to(reverse("your-answers"))
    assert "You could delete your answers until Friday 26 March 2027." in late.page.text
    assert late.page.link("Why you cannot delete your answers now") == reverse("your-answers-delete")

    Consultation.objects.update(reported_at=datetime(2027, 3, 29, 9, tzinfo=UTC))
    late.when_i_go_to(reverse("your-answers-delete"))
    assert "We used them in the report on Monday 29 March 2027." in late.page.text


def test_27_the_leads_total_drops_by_one(clock):
    Consultation.objects.update(policy="exact")
    codes = [given_sent_answers()[1] for _ in range(12)]
    lead = signed_in(person("lead", Role.LEAD, of=team_named()))

    def total():
        text = lead.get(reverse("staff-participation", args=["plan"])).content.decode()
        return re.search(r"([0-9]+) responses have been received", text)[1]

    before = total()
    visit = in_another_browser(codes[0])
    when_i_delete(visit)

    assert (before, total()) == ("12", "11")


def test_a_withdrawn_consultations_answers_can_still_be_seen_and_deleted(clock):
    _, code = given_sent_answers()
    Consultation.objects.update(withdrawn_at=SENT)

    visit = in_another_browser(code)
    when_i_delete(visit)

    assert visit.page.heading == "We have deleted your answers"


def test_before_the_first_question_people_read_that_they_can_delete_their_answers_themselves_and_until_when(clock):
    page = Visit("plan").when_i_open("respond-privacy")

    assert (
        "With your receipt code you can see your answers, take a copy away, or delete them yourself. "
        "You can delete them until Friday 26 March 2027. "
        "After that your answers are part of the report and we cannot take them out."
    ) in page.text
