"""What each process keeps of a consultation and its drawn pages, with the real setting: nobody's words, no stale decision."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consult import recent, skeletons
from consult.models import Consultation
from surveys import drawing
from tests.builders import question, questionnaire
from tests.consultations import open_consultation
from tests.journeys.visits import CODE, Visit, responses

pytestmark = pytest.mark.django_db

SECONDS = 2
CANARY = "My name is Ida Pemberton"


class Clock:
    """The process's clock, moved by hand."""

    def __init__(self):
        self.seconds = 1_000.0

    def __call__(self):
        return self.seconds


@pytest.fixture(autouse=True)
def clock(settings, monkeypatch):
    """Rows kept for as long as in life, from an empty start, under a clock that stands still until it is moved."""
    settings.CONSULTATION_KEPT_SECONDS = SECONDS
    moved = Clock()
    monkeypatch.setattr(recent, "monotonic", moved)
    monkeypatch.setattr(recent, "KEPT", {})
    monkeypatch.setattr(drawing, "KEPT", {})
    return moved


@pytest.fixture
def consultation():
    return open_consultation()


def test_a_row_is_read_once_for_two_seconds_and_then_anew(consultation, clock, django_assert_num_queries):
    visit = Visit("plan").given_i_have_begun()

    with django_assert_num_queries(1):
        visit.client.get(visit.address_of("support"))
    clock.seconds += SECONDS
    with django_assert_num_queries(2):
        visit.client.get(visit.address_of("support"))


def test_what_was_changed_is_shown_after_two_seconds(consultation, clock):
    visit = Visit("plan").given_i_have_begun()
    Consultation.objects.update(short_name="The new clinic")

    before = visit.when_i_open("respond-page", step="support").title
    clock.seconds += SECONDS
    after = visit.when_i_open("respond-page", step="support").title

    assert (before, after) == (
        "Do you support it? – The clinic – Northbridge",
        "Do you support it? – The new clinic – Northbridge",
    )


def test_a_consultation_closed_a_moment_ago_takes_no_answers_although_its_pages_are_still_kept(consultation):
    visit = Visit("plan").given_i_am_ready_to_send()
    Consultation.objects.update(closes_at=timezone.now() - timedelta(hours=2))

    visit.when_i_send()

    assert visit.page.heading == "This consultation is closed"
    assert responses("plan") == []


def test_a_consultation_that_was_withdrawn_is_gone_after_two_seconds(consultation, clock):
    visit = Visit("plan").given_i_have_begun()
    Consultation.objects.update(withdrawn_at=timezone.now())

    clock.seconds += SECONDS

    assert visit.when_i_open("respond-page", step="support").status == 404


def test_each_person_gets_their_own_token_answers_and_receipt_from_pages_that_are_kept_for_both(consultation):
    people = [Visit("plan").given_i_have_begun() for _ in range(2)]
    seen = []
    for visit, visits in zip(people, ("3", "40"), strict=True):
        visit.given_i_have_answered({"support": 2}, {"visits": visits})
        checked = visit.page.answers
        visit.when_i_send()
        intro = re.search(CODE, visit.page.text)[0]
        visit.when_i_open("respond-done")
        seen.append((checked["How many visits?"], visit.token(), intro, re.search(CODE, visit.page.text)[0]))

    (one, one_token, one_intro, one_receipt), (other, other_token, other_intro, other_receipt) = seen
    assert (one, other) == ("3", "40")
    assert one_token != other_token
    assert one_intro == one_receipt != other_intro == other_receipt


def test_a_page_kept_for_everybody_shows_nobody_what_somebody_chose(consultation):
    somebody, another = Visit("plan").given_i_have_begun(), Visit("plan").given_i_have_begun()
    somebody.given_i_have_answered({"support": 1})

    chosen = somebody.when_i_open("respond-page", step="support").form.fields["support"]
    blank = another.when_i_open("respond-page", step="support").form.fields["support"]

    assert (chosen, blank) == ("1", None)


def test_words_that_somebody_typed_are_never_kept_whether_right_or_wrong(consultation):
    visit = Visit("plan").given_i_have_begun()
    visit.given_i_have_answered({"support": 1}, {"why": CANARY})
    shown = visit.when_i_open("respond-page", step="why").form.fields["why"]
    visit.when_i_open("respond-page", step="visits")
    refused = visit.when_i_answer(visits=CANARY)
    visit.when_i_open("respond-page", step="check")

    assert shown == CANARY
    assert refused.form.fields["visits"] == CANARY
    assert drawing.KEPT
    assert CANARY not in repr(drawing.KEPT)
    assert CANARY not in repr([found.parts for found in recent.KEPT["plan"].skeletons.values()])


def test_an_option_that_does_not_exist_is_shown_back_and_not_kept(consultation):
    visit = Visit("plan").given_i_have_begun()
    before = len(drawing.KEPT)

    visit.when_i_try_to_post("respond-page", {"support": CANARY}, step="support")

    assert visit.page.status == 422
    assert len(drawing.KEPT) == before


def test_typed_words_repeated_in_a_later_page_are_never_kept(consultation):
    asked = question("next", text="What about {place}?")
    open_consultation(questionnaire(question("place", "short_text"), asked), slug="piped")
    skeletons.kept_frame.cache_clear()

    page = Visit("piped").given_i_have_begun().when_i_answer(place=CANARY)

    assert page.heading == f"What about {CANARY}?"
    assert CANARY not in repr(drawing.KEPT)
    # Only the first page's frame was kept.
    assert skeletons.kept_frame.cache_info().currsize == 1
