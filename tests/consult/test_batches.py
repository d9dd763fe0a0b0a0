"""Batches of paper forms: numbers that must match, boxes that are kept as they are typed, forms that are sent in once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consult.models import AuditEvent
from consult.paper.models import Batch, FormState, PaperForm
from equality.models import Profile
from surveys.models import Channel, Response
from tests.builders import choice, page, questionnaire
from tests.consult import people
from tests.consult.batches import Keyer, given_a_batch, keyed_by_second
from tests.consult.keying_pages import WHOLE, consultation
from tests.exports.paper.reading import read

pytestmark = pytest.mark.django_db

ABOUT = {"equality-sex": "1"}
OPENED = {
    "received_on_day": "20",
    "received_on_month": "11",
    "received_on_year": "2026",
    "source": "post",
    "language": "en",
    "counted": "3",
}


@pytest.fixture
def keyer(clerk):
    return Keyer(clerk, given_a_batch(consultation(), forms=3))


def states(batch):
    return list(PaperForm.objects.filter(batch=batch).order_by("number").values_list("state", flat=True))


# Opening ----------------------------------------------------------------------------------------------------------------
def test_batch_is_opened_with_its_count_and_numbered_forms_and_that_is_recorded(clerk):
    made = consultation()
    address = reverse("batch-open", args=["care"])
    version = made.questionnaire.versions.get()

    page = clerk.post(address, OPENED | {"version": str(version.pk)}, follow=True)

    batch = Batch.objects.get()
    assert page.redirect_chain[-1][0] == reverse("batch", args=["care", batch.number])
    assert (batch.code, batch.counted, batch.opened_by, batch.version_id) == ("B0001", 3, "clerk", version.pk)
    assert [form.code for form in batch.forms.all()] == ["B0001-001", "B0001-002", "B0001-003"]
    assert AuditEvent.objects.filter(verb="batch opened", actor="clerk", object_label="B0001").count() == 1


def test_cover_sheet_says_what_lies_under_it(keyer):
    keyer.keys(1, WHOLE | ABOUT)

    reply = keyer.client.get(keyer.address("batch-cover"))

    told = " ".join(element.words for element in read(reply.content).walk())
    assert reply["Content-Type"] == "application/pdf"
    facts = ("B0001", "CARE-V1", "B0001-001 to B0001-003", "Friday 20 November 2026", "By post", "clerk")
    assert [fact for fact in facts if fact not in told] == []


def test_batch_cannot_arrive_tomorrow_and_what_was_typed_is_kept(clerk):
    made = consultation()
    version = made.questionnaire.versions.get()

    page = clerk.post(
        reverse("batch-open", args=["care"]), OPENED | {"version": str(version.pk), "received_on_year": "2099"}
    )

    assert page.status_code == 422
    assert "The day they arrived cannot be in the future" in page.content.decode()
    assert 'value="2099"' in page.content.decode()
    assert not Batch.objects.exists()


# Keying -----------------------------------------------------------------------------------------------------------------
def test_form_is_sent_in_once_with_its_marks_and_the_next_one_begins(keyer):
    keyer.keys(1, WHOLE | ABOUT)

    assert keyer.page.redirect_chain[-1][0] == keyer.address("batch-form", number=2)
    assert "Saved. Reference" in keyer.text()
    assert "2 of 3 · 1 keyed · 2 left" in keyer.text()
    response = Response.objects.get()
    assert (response.channel, response.answers["wait@3"]) == (Channel.PAPER, {"mark": "several", "seen": [1, 2]})
    assert Profile.objects.count() == 1
    assert states(keyer.batch) == ["keyed", "waiting", "waiting"]


def test_F20_saving_twice_gives_one_response(keyer):
    keyer.opens("batch-form", number=1)
    fields = keyer.hidden() | WHOLE | {"form-press": "save"}
    keyer.sends("batch-form", fields, number=1)
    again = keyer.hidden() | WHOLE | {"form-press": "save"}

    for _ in range(2):
        keyer.sends("batch-form", again, number=1)

    assert Response.objects.count() == 1


def test_F20_what_was_typed_is_kept_box_by_box_and_is_there_when_the_form_is_opened_again(keyer):
    kept = [
        keyer.client.post(keyer.address("batch-box", number=1), {"name": name, "typed": typed})
        for name, typed in WHOLE.items()
    ]

    keyer.opens("batch-form", number=1)

    assert {reply.status_code for reply in kept} == {200}
    assert {name: keyer.value(name) for name in WHOLE} == WHOLE
    assert states(keyer.batch) == ["begun", "waiting", "waiting"]
    assert not Response.objects.exists()


def test_box_that_the_form_does_not_have_is_not_kept(keyer):
    reply = keyer.client.post(keyer.address("batch-box", number=1), {"name": "nonsense", "typed": "1"})

    assert (reply.status_code, states(keyer.batch)[0]) == (404, "waiting")


def test_draft_is_kept_with_its_mistakes_and_nothing_is_counted(keyer):
    keyer.keys(1, {"used": "7", "visits": "3"}, press="draft")

    assert keyer.problems() == ["7 is not a code for question 1. Use 1 to 3, or . / *"]
    assert (keyer.value("used"), keyer.opens("batch-form", number=1).value("used")) == ("7", "7")
    assert not Response.objects.exists()


def test_what_was_typed_about_a_person_is_nowhere_readable_in_the_database(keyer):
    keyer.client.post(keyer.address("batch-box", number=1), {"name": "equality-sex", "typed": "1"})
    keyer.client.post(keyer.address("batch-box", number=1), {"name": "why", "typed": "canary-in-a-box"})

    form = PaperForm.objects.get(batch=keyer.batch, number=1)
    assert b"canary" not in bytes(form.sealed)
    assert b"equality" not in bytes(form.sealed)
    assert keyer.opens("batch-form", number=1).value("why") == "canary-in-a-box"


def test_words_beside_a_box_are_kept_as_written_and_the_code_counts(keyer):
    keyer.keys(1, WHOLE | {"used": "1+only at night"} | ABOUT)

    assert Response.objects.get().answers["used"] == 1
    assert PaperForm.objects.get(batch=keyer.batch, number=1).as_written == {"used": "only at night"}


def test_page_with_nothing_on_it_is_asked_after(clerk):
    made = consultation(
        questionnaire(
            page("one", choice("q1", "a", "b"), section={"en": "Page 1"}),
            page("two", choice("q2", "a", "b"), section={"en": "Page 2"}),
        )
    )
    keyer = Keyer(clerk, given_a_batch(made))

    keyer.opens("batch-form", number=1).presses("batch-form", 1, {"q1": "1", "q2": "."})

    assert "Nothing is written in “Page 2”. Is the page missing, or did you not turn it over?" in keyer.text()
    assert not Response.objects.exists()
    keyer.presses("batch-form", 1, {"q1": "1", "q2": "."})
    assert Response.objects.count() == 1


# Going back -------------------------------------------------------------------------------------------------------------
def test_keyed_form_is_reopened_with_its_values_and_the_correction_is_in_its_history(keyer):
    keyer.keys(1, WHOLE | ABOUT)
    before = Response.objects.get().codes

    keyer.opens("batch-form", number=1)
    assert {name: keyer.value(name) for name in WHOLE} == WHOLE
    keyer.keys(1, WHOLE | ABOUT | {"used": "2"})

    response = Response.objects.get()
    assert (response.answers["used"], bytes(response.codes) == bytes(before)) == (2, False)
    assert "clerk: 1 What about used?, from “1” to “2”" in keyer.opens("batch-form", number=1).text()
    assert AuditEvent.objects.filter(verb="response corrected").count() == 1


def test_answers_about_the_person_go_when_the_correction_leaves_them_out(keyer):
    keyer.keys(1, WHOLE | ABOUT)

    keyer.keys(1, WHOLE)

    assert not Profile.objects.exists()


# Balance ----------------------------------------------------------------------------------------------------------------
def test_closing_is_refused_while_numbers_do_not_match_and_names_the_missing_form(keyer):
    keyer.keys(1, WHOLE | ABOUT).keys(3, WHOLE | ABOUT)

    keyer.opens("batch-close")

    assert "You counted 3 forms but 2 are accounted for. Find form 002 or say why it is missing." in keyer.text()
    assert "Counted 3 = to key 1 · keyed 2 Information:" in keyer.text()
    keyer.sends(
        "batch-close", {"storage_box": "14", "destroy_on_day": "1", "destroy_on_month": "1", "destroy_on_year": "2029"}
    )
    assert Batch.objects.get().closed_at is None


def test_form_is_set_aside_with_a_reason_and_taken_up_again(keyer):
    keyer.sends("batch-aside", {"state": "spoilt", "words": "Coffee over every page"}, number=2)
    assert states(keyer.batch) == ["waiting", "spoilt", "waiting"]
    assert "Spoilt: nothing on it can be used: Coffee over every page" in keyer.opens("batch-form", number=2).text()

    keyer.sends("batch-aside", {"take-up": "1"}, number=2)

    assert states(keyer.batch) == ["waiting"] * 3


def test_counting_again_adds_forms_and_takes_off_only_what_nobody_began(keyer):
    keyer.keys(3, WHOLE | ABOUT)

    keyer.sends("batch-count", {"counted": "2", "reason": "Miscounted"})
    refused = keyer.problems()
    keyer.sends("batch-count", {"counted": "5", "reason": "Two stuck together"})

    assert refused == ["You have begun B0001-003. Set them aside, or count them"]
    assert states(keyer.batch) == ["waiting", "waiting", "keyed", "waiting", "waiting"]


def test_closed_batch_destroys_what_was_typed_and_keeps_the_answers(keyer, clerk):
    keyer.keys(1, WHOLE | ABOUT)
    for number in (2, 3):
        keyer.sends("batch-aside", {"state": "late", "words": "Came in December"}, number=number)
    keyer.opens("batch-close")
    keyed_by_second(keyer.batch, 1, WHOLE | ABOUT)

    keyer.sends(
        "batch-close",
        {"storage_box": "Box 14", "destroy_on_day": "1", "destroy_on_month": "1", "destroy_on_year": "2029"},
    )

    batch = Batch.objects.get()
    assert (batch.closed_by, batch.storage_box, str(batch.destroy_on)) == ("clerk", "Box 14", "2029-01-01")
    assert list(batch.forms.order_by().values_list("sealed", "second_sealed").distinct()) == [(None, None)]
    assert Response.objects.count() == 1
    refused = keyer.client.post(keyer.address("batch-box", number=1), {"name": "used", "typed": "2"})
    assert refused.status_code == 409
    assert "This batch is closed" in keyer.opens("batch-form", number=1).text()


def test_consultation_that_is_not_open_opens_no_batch(clerk):
    later = {
        "opens_at": people.timezone.now() + timedelta(days=3),
        "closes_at": people.timezone.now() + timedelta(days=9),
    }
    consultation(**later)

    page = clerk.get(reverse("batch-open", args=["care"]))

    assert "This consultation is not open yet. You can key forms when it opens." in page.content.decode()


@pytest.mark.parametrize("state", [state for state in FormState if state in ("spoilt", "late", "duplicate", "missing")])
def test_F21_form_set_aside_cannot_be_keyed_before_it_is_taken_up(keyer, state):
    keyer.sends("batch-aside", {"state": state, "words": "For a test"}, number=1)

    keyer.sends("batch-form", WHOLE | {"form-press": "save"}, number=1)

    assert not Response.objects.exists()
