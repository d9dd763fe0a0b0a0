"""Keying a second time, blind: who may, what is drawn, what pages hold, what becomes of a difference (ux.md point 41)."""

import random
from io import BytesIO

import pytest
from django.utils import timezone

from consult.models import AuditEvent, Role
from consult.paper import verification
from consult.paper.models import PaperForm
from consult.paper.sampling import is_too_many, sample
from consult.paper.watch import Keyed, blank_pages, flags
from consult.reports import write_document
from surveys.models import Response
from tests.consult import people
from tests.consult.batches import NOW, Keyer, given_a_batch, keyed_by_second
from tests.consult.keying_pages import WHOLE, consultation

pytestmark = pytest.mark.django_db

TYPED = WHOLE | {"equality-sex": "1"}
AGAIN = {name: typed for name, typed in TYPED.items() if name != "why"}
"""What a second person types: all but the writing box."""


@pytest.fixture
def batch(clerk):
    """A batch of two forms keyed by somebody new, both drawn for a second person."""
    batch = given_a_batch(consultation(), forms=2)
    Keyer(clerk, batch).keys(1, TYPED).keys(2, TYPED).opens("batch-close")
    return batch


def verifier(batch, username="verifier"):
    return Keyer(people.signed_in(people.person(username, Role.VERIFIER)), batch)


def test_41_verifier_cannot_open_a_batch_they_keyed_in(batch):
    somebody = people.person("both", Role.CLERK, Role.VERIFIER)
    PaperForm.objects.filter(batch=batch, number=1).update(keyed_by="both")

    page = Keyer(people.signed_in(somebody), batch).opens("batch-second").page

    assert page.status_code == 403
    assert "A second person, who keyed none of it, must key it again." in page.content.decode()


def test_41_who_keys_second_cannot_look_at_the_first_entry_and_is_led_to_the_second_keying(batch):
    second = verifier(batch)

    page = second.opens("batch-form", number=1).page
    listed = second.opens("batch").page.content.decode()

    assert page.status_code == 403
    assert not any(f'value="{typed}"' in page.content.decode() for typed in TYPED.values())
    assert "clerk keyed this form. Only they can go back to it" in " ".join(page.content.decode().split())
    assert "Go back to form" not in listed
    assert "Key form 1 a second time" in listed


def test_41_the_lead_sees_a_form_only_once_it_waits_for_nobody_and_whoever_changed_one_keys_none_second(batch):
    lead = Keyer(people.signed_in(people.person("a-lead", Role.LEAD)), batch)
    assert lead.opens("batch-form", number=1).page.status_code == 403

    PaperForm.objects.filter(batch=batch, number=1).update(is_sampled=False)
    assert lead.opens("batch-form", number=1).value("used") == TYPED["used"]
    lead.keys(1, TYPED | {"used": "2"})

    assert not verification.may_verify(batch, people.User.objects.get(username="a-lead"))


def test_41_a_difference_that_nobody_decided_is_told_at_the_top_with_a_link_to_the_choice(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED).opens("batch-close")
    second = verifier(batch).keys(1, AGAIN | {"used": "2"}, name="batch-second-form")

    second.presses("batch-second-form", 1, AGAIN | {"used": "2"})

    assert second.problems() == ["Question 1 does not match the first entry. Choose which of the two counts"]
    assert 'href="#decide-used-first"' in second.page.content.decode()
    assert 'id="decide-used-first"' in second.page.content.decode()


def test_41_writing_boxes_are_not_asked_for_a_second_time(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED).opens("batch-close")

    second = verifier(batch).keys(1, {"used": "1"}, name="batch-second-form")

    assert "You did not key" in second.text()
    assert 'href="#key-why"' not in second.page.content.decode()
    assert "In writing boxes, type exactly" not in second.text()


def test_41_first_values_are_not_in_the_page_before_or_after_one_mismatch(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED | {"visits": "41"}).opens("batch-close")
    second = verifier(batch).opens("batch-second-form", number=1)
    fresh = second.page.content.decode()

    second.keys(1, AGAIN | {"visits": "14"}, name="batch-second-form")

    assert second.problems() == ["Question 6 does not match the first entry. Look at the paper and type it again"]
    assert (second.value("visits"), second.value("used")) == ("", "1")
    assert 'value="41"' not in fresh + second.page.content.decode()
    assert "Too far" not in fresh + second.page.content.decode()


def test_41_both_values_are_shown_after_a_second_disagreement_and_mine_corrects_the_response(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED).opens("batch-close")
    second = verifier(batch).keys(1, AGAIN | {"used": "2"}, name="batch-second-form")
    second.presses("batch-second-form", 1, AGAIN | {"used": "2"})
    assert "First entry: 1 Yes · Your entry: 2 No" in second.text()
    assert Response.objects.get().answers["used"] == 1

    second.presses("batch-second-form", 1, AGAIN | {"used": "2", "decide-used": "mine"})

    form = PaperForm.objects.get(batch=batch)
    assert Response.objects.get().answers["used"] == 2
    assert (form.second_by, form.keyed_by, form.differed, form.compared) == ("verifier", "clerk", 1, form.compared)
    assert form.compared > len(AGAIN)
    assert AuditEvent.objects.filter(verb="form keyed a second time", actor="verifier").count() == 1


def test_first_entry_kept_stays_and_counts_as_a_difference(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED).opens("batch-close")
    second = verifier(batch).keys(1, AGAIN | {"used": "2"}, name="batch-second-form")

    second.presses("batch-second-form", 1, AGAIN | {"used": "2"})
    second.presses("batch-second-form", 1, AGAIN | {"used": "2", "decide-used": "first"})

    assert (Response.objects.get().answers["used"], verification.totals(batch)[0]) == (1, 1)


def test_slip_of_the_second_person_put_right_is_no_difference(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED).opens("batch-close")

    second = verifier(batch).keys(1, AGAIN | {"used": "2"}, name="batch-second-form")
    second.presses("batch-second-form", 1, AGAIN)

    assert verification.totals(batch)[0] == 0
    assert PaperForm.objects.get(batch=batch).second_by == "verifier"


def test_what_is_not_sure_goes_to_the_lead_who_decides_and_only_then_can_the_batch_be_closed(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED).opens("batch-close")
    second = verifier(batch).keys(1, AGAIN | {"used": "2"}, name="batch-second-form")
    second.presses("batch-second-form", 1, AGAIN | {"used": "2"})
    second.presses("batch-second-form", 1, AGAIN | {"used": "2", "decide-used": "lead"})
    boss = Keyer(people.signed_in(people.lead()), batch)
    assert "The lead must decide what 1 form says." in boss.opens("batch-close").text()

    boss.opens("batch-decide", number=1)
    assert "First entry: 1 Yes · Second entry: 2 No" in boss.text()
    boss.sends("batch-decide", {}, number=1)
    assert boss.problems() == ["Select which entry the paper shows for question 1"]
    boss.sends("batch-decide", {"decide-used": "mine"}, number=1)

    assert Response.objects.get().answers["used"] == 2
    assert "must decide" not in boss.opens("batch-close").text()


def test_one_box_is_compared_and_nothing_but_whether_it_matches_is_told(batch):
    second = verifier(batch)
    address = second.address("batch-second-box", number=1)

    replies = [second.client.post(address, {"name": "used", "typed": typed}).json() for typed in ("1", "01", "2")]

    assert replies == [{"matches": True}, {"matches": True}, {"matches": False}]


def test_words_written_beside_a_box_are_no_difference(clerk):
    batch = given_a_batch(consultation())
    Keyer(clerk, batch).keys(1, TYPED | {"used": "1+only at night"}).opens("batch-close")

    verifier(batch).keys(1, AGAIN, name="batch-second-form")

    assert (verification.totals(batch)[0], PaperForm.objects.get(batch=batch).second_by) == (0, "verifier")


def test_error_rate_is_told_to_the_lead_and_to_nobody_else(clerk, batch):
    keyed_by_second(batch, 1, TYPED)

    boss, keyer = Keyer(people.signed_in(people.lead()), batch), Keyer(clerk, batch)

    assert "fields keyed twice differed at a second look: 0.0 in every 1,000." in boss.opens().text()
    assert "in every 1,000" not in keyer.opens().text()


def test_whole_batch_is_drawn_when_more_than_five_fields_in_a_thousand_differ(clerk):
    batch = given_a_batch(consultation(), forms=2)
    Keyer(clerk, batch).keys(1, TYPED).keys(2, TYPED)
    PaperForm.objects.filter(batch=batch, number=1).update(is_sampled=True)
    second = verifier(batch).keys(1, AGAIN | {"used": "2"}, name="batch-second-form")
    second.presses("batch-second-form", 1, AGAIN | {"used": "2"})

    second.presses("batch-second-form", 1, AGAIN | {"used": "2", "decide-used": "mine"})

    assert [form.number for form in verification.waiting(batch)] == [2]


def test_report_says_how_often_keying_differed_and_by_what_method(clerk, batch):
    before = words_of_report(batch.consultation)
    keyed_by_second(batch, 1, TYPED)
    second = verifier(batch).keys(2, AGAIN | {"used": "2"}, name="batch-second-form")
    second.presses("batch-second-form", 2, AGAIN | {"used": "2"})
    second.presses("batch-second-form", 2, AGAIN | {"used": "2", "decide-used": "mine"})

    after = words_of_report(batch.consultation)

    fields = verification.totals(batch)[1]
    told = (
        f"Of {fields} fields that a second person typed without seeing the first entry, 1 differed at a second look: "
    )
    assert "No paper form has been typed in a second time yet" in before
    assert after.count(told + f"{1000 / fields:.1f} in every 1,000.") == 2
    assert "Appendix C: how paper forms were typed in" in after


def words_of_report(consultation):
    """The report as HTML text."""
    stream = BytesIO()
    write_document(consultation, "report", "html", stream, now=timezone.now())
    return stream.getvalue().decode()


# The rules --------------------------------------------------------------------------------------------------------------
def test_sample_is_everything_of_somebody_new_and_a_tenth_of_the_rest_at_least_five():
    chance = random.Random(7)

    assert sample(range(1, 9), by_new_keyers=range(1, 9), chance=chance) == set(range(1, 9))
    assert len(sample(range(1, 41), by_new_keyers=[], chance=chance)) == 5
    assert len(sample(range(1, 101), by_new_keyers=[], chance=chance)) == 10
    assert sample(range(1, 4), by_new_keyers=[], chance=chance) == {1, 2, 3}
    assert {1, 2} < sample(range(1, 101), by_new_keyers=[1, 2], chance=chance)


@pytest.mark.parametrize(
    ("differed", "compared", "too_many"), [(0, 0, False), (5, 1000, False), (6, 1000, True), (1, 150, True)]
)
def test_more_than_five_in_a_thousand_is_too_many(differed, compared, too_many):
    assert is_too_many(differed, compared) is too_many


def test_F22_T12_forty_invented_forms_are_flagged_and_honest_ones_are_not():
    invented = [Keyed("mallory", 4.0, "same" if number % 3 else str(number)) for number in range(40)]
    honest = [Keyed("alice", 55.0 + number, str(number)) for number in range(40)]

    assert flags(honest) == []
    assert flags([*honest, *invented]) == [
        "mallory keyed 40 forms, half of them in 4 seconds or less. Hold some against the paper.",
        "26 of the 40 forms that mallory keyed have the same answers. Hold some against the paper.",
    ]


def test_page_is_blank_only_beside_one_that_is_not():
    pages = [("Page 1", ["a", "b"]), ("Page 2", ["c"])]

    assert blank_pages(pages, {"a": "1", "c": "."}) == ["Page 2"]
    assert blank_pages(pages, {"a": "", "c": "."}) == []
    assert blank_pages(pages, {"a": "1", "c": "/"}) == []


def test_drawing_twice_draws_the_same(batch):
    before = set(PaperForm.objects.filter(batch=batch, is_sampled=True).values_list("number", flat=True))

    verification.draw_sample(batch, now=NOW, by="test")

    assert (
        before == set(PaperForm.objects.filter(batch=batch, is_sampled=True).values_list("number", flat=True)) == {1, 2}
    )
