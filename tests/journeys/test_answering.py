"""Out of order, from another tab, without cookies: what may be answered is kept, and nothing else (threats.md §3 A)."""

import pytest

from consult import progress
from surveys.drafts import open_draft, save_draft
from surveys.models import DraftResponse
from tests.consultations import open_consultation
from tests.journeys.visits import Visit, draft_of, responses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def consultation():
    """The small questionnaire: support (required), why (for those who say yes), visits."""
    return open_consultation()


@pytest.fixture
def visit():
    return Visit("plan")


@pytest.mark.parametrize("step", ["visits", "why", "check", "nonsense", "support@4"])
def test_A1_a_page_asked_for_too_early_leads_to_the_first_that_was_not_answered(visit, step):
    visit.given_i_have_begun()

    visit.when_i_open("respond-page", step=step)

    visit.then_i_am_asked("support")


@pytest.mark.parametrize("step", ["visits", "check", "nonsense"])
def test_A1_answers_sent_to_a_page_too_early_are_not_kept(visit, step):
    visit.given_i_have_begun()
    before = draft_of(visit)

    visit.when_i_try_to_post("respond-page", {"visits": 4, "support": 1, "continue": 1}, step=step)

    visit.then_i_am_asked("support")
    assert draft_of(visit) == before
    assert responses("plan") == []


def test_A1_somebody_who_has_not_begun_is_shown_how_answers_are_used_first(visit):
    visit.when_i_open("respond-page", step="visits")

    visit.then_i_am_on("respond-privacy")
    assert not DraftResponse.objects.exists()


@pytest.mark.parametrize("code", ["3", "0", "-1", "1.5", "1e0", "١", "option"])
def test_A6_an_option_that_is_not_offered_is_refused_beside_its_question_and_not_kept(visit, code):
    visit.given_i_have_begun()

    visit.when_i_answer(support=code)

    visit.then_i_am_told(support="Select one of the answers listed")
    assert draft_of(visit).answers == {}


def test_A8_a_question_of_another_page_and_one_that_nobody_asks_are_ignored(visit):
    visit.given_i_have_begun()

    visit.when_i_answer({"support": 2, "visits": 9, "why": "unasked", "status": "live", "reference": "X"})

    assert draft_of(visit).answers == {"support": 2}
    visit.given_i_have_answered({}, {})
    assert [response.answers for response in responses("plan")] == [{"support": 2}]


def test_A13_a_required_question_left_blank_is_asked_again_with_what_to_do(visit):
    visit.given_i_have_begun()

    visit.when_i_continue()

    visit.then_i_am_told(support="Select an answer")
    visit.when_i_go_back()
    visit.then_i_am_on("respond-privacy")


@pytest.mark.parametrize("blank", ["\u200b", "\u00a0\u00a0", " \t\r\n", "\u2060\ufeff"])
def test_A13_what_nobody_can_see_is_no_answer(visit, blank):
    visit.given_i_have_begun().given_i_have_answered({"support": 1}, {"why": blank})

    assert draft_of(visit).answers == {"support": 1}


def test_A16_answers_are_there_again_when_the_visit_goes_on_later(visit):
    visit.given_i_have_begun().given_i_have_answered({"support": 1}, {"why": "Near my home"})

    visit.when_i_open("respond-privacy")

    assert "You have answers you have not sent We kept your answers to 2 questions." in visit.page.text
    visit.when_i_continue()
    visit.then_i_am_asked("visits")


def test_whoever_starts_again_leaves_no_draft_behind(visit):
    visit.given_i_have_begun().given_i_have_answered({"support": 1})
    visit.when_i_open("respond-privacy")

    visit.when_i_answer(button="again")

    visit.then_i_am_asked("support")
    assert DraftResponse.objects.count() == 1
    assert draft_of(visit).answers == {}


def test_A17_a_browser_without_cookies_is_told_so_and_not_sent_in_circles():
    visit = Visit("plan")
    visit.when_i_open("respond-privacy")
    visit.client.cookies.clear()

    visit.when_i_continue()

    assert (visit.page.status, visit.trail) == (403, [])
    assert "when your browser does not allow cookies" in visit.page.text
    visit.when_i_open("respond-page", step="support")
    visit.then_i_am_on("respond-privacy")


def test_A19_no_page_of_a_visit_needs_a_script(visit):
    """Every page was read and sent above as plain forms; here: that no control waits for a script to appear or to work."""
    visit.given_i_have_begun()
    for answers in ({"support": 1}, {"why": ""}, {"visits": ""}):
        assert visit.page.form.get("novalidate") is not None
        assert visit.page.body.xpath("//main//*[@hidden or @disabled or @required or @maxlength]") == []
        assert visit.page.body.xpath("//script[not(@src)]") == []
        visit.given_i_have_answered(answers)
    visit.when_i_send()
    visit.then_i_am_on("about-you")


def test_both_ways_back_show_the_earlier_answers_filled_in(visit):
    visit.given_i_have_begun().given_i_have_answered({"support": 1}, {"why": "Near <my> home"})

    visit.when_i_go_back()
    assert dict(visit.page.form.form_values())["why"].strip() == "Near <my> home"

    visit.when_i_go_back()
    assert dict(visit.page.form.form_values())["support"] == "1"


def faster(monkeypatch, token, *, times):
    """Another tab that saves the same draft just before each of the next `times` saves, on a page of its own."""

    def save_after_the_other(draft, *, now):
        nonlocal times
        if times:
            times -= 1
            other = open_draft(token)
            other.answers, other.pages = other.answers | {"visits": 3 + times}, [*other.pages, "visits"]
            save_draft(other, now=now)
        save_draft(draft, now=now)

    monkeypatch.setattr(progress, "save_page", save_after_the_other)


def test_two_tabs_that_save_at_the_same_moment_both_count(visit, monkeypatch):
    visit.given_i_have_begun()
    faster(monkeypatch, visit.cookie("draft"), times=1)

    visit.when_i_answer(support=1)

    visit.then_i_am_asked("why")
    assert draft_of(visit).answers == {"support": 1, "visits": 3}


def test_a_draft_that_another_tab_keeps_saving_is_said_so_and_loses_nothing_of_the_other(visit, monkeypatch):
    visit.given_i_have_begun()
    faster(monkeypatch, visit.cookie("draft"), times=9)

    visit.when_i_answer(support=1)

    assert (visit.page.status, visit.page.heading) == (409, "Try again")
    assert draft_of(visit).answers == {"visits": 9}


def test_a_page_left_open_in_a_second_tab_can_still_be_sent_and_the_last_word_counts(visit):
    visit.given_i_have_begun()
    first_tab = visit.page
    visit.given_i_have_answered({"support": 1}, {"why": "Close"})

    visit.when_i_post(first_tab.posts_to, first_tab.filled_in({"support": 2}))

    assert draft_of(visit).answers == {"support": 2, "why": "Close"}
    visit.then_i_am_asked("visits")


def test_a_browser_keeps_the_way_back_for_a_day_after_the_last_page_and_not_after_the_first(visit, time_machine):
    time_machine.move_to("2027-03-01 09:00 +0000")
    open_consultation(slug="later")
    visit = Visit("later").given_i_have_begun()
    time_machine.move_to("2027-03-02 05:00 +0000")

    response = visit.client.post(visit.page.posts_to, dict(visit.page.filled_in({"support": 1})))

    assert response.cookies["draft-later"]["max-age"] == 24 * 3600


def test_a_browser_is_told_to_keep_the_way_back_when_answering_begins_and_not_again_within_the_hour(time_machine):
    time_machine.move_to("2027-03-01 09:00 +0000", tick=False)
    open_consultation(slug="later")
    visit = Visit("later").given_i_have_begun()
    assert visit.client.cookies["draft-later"]["max-age"] == 24 * 3600
    time_machine.move_to("2027-03-01 10:00 +0000", tick=False)

    response = visit.client.post(visit.page.posts_to, dict(visit.page.filled_in({"support": 1})))

    assert "draft-later" not in response.cookies
