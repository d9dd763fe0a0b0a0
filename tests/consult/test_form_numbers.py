"""A number written on a form is keyed once, whichever way: singly, twice in haste, or as a form of a batch (F21)."""

from uuid import uuid4

import pytest

from consult import erasure
from consult.paper import numbers
from consult.paper.models import KeyedNumber
from surveys.models import Channel, Response
from surveys.publishing import latest_version_id
from tests.consult.batches import NOW, Keyer, given_a_batch
from tests.consult.keying_pages import WHOLE, address, consultation, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

ABOUT = {"equality-sex": "1"}


def keyed_singly(client, number):
    """A form keyed with a number: saved, and saved again where the page asks to look."""
    page = client.get(address())
    for _ in range(2):
        page = press(client, page, WHOLE | ABOUT, "save", **{"form-number": number})
        if page.status_code != 422:
            break
    return page


def said(page):
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize("again", ["B0142-009", " b0142-009", "B0142 -009"])
def test_F21_number_that_was_keyed_is_refused_however_it_is_written(clerk, again):
    consultation()
    keyed_singly(clerk, "B0142-009")

    page = keyed_singly(clerk, again)

    assert (page.status_code, Response.objects.count()) == (422, 1)
    assert "Form B0142-009 has already been keyed. Check the number on the paper" in said(page)
    assert 'href="#id_form-number"' in said(page)


def test_F21_number_of_a_batchs_form_is_refused_with_batch_and_number(clerk):
    batch = given_a_batch(consultation(), number=142, forms=3)
    Keyer(clerk, batch).keys(2, WHOLE | ABOUT)

    pages = [keyed_singly(clerk, number) for number in ("B0142-002", "B0142-003")]

    assert (Response.objects.count(), [page.status_code for page in pages]) == (1, [422, 422])
    assert "Form B0142-002 has already been keyed, as form 2 of batch B0142. Check the number on the paper" in said(
        pages[0]
    )
    assert "Form B0142-003 is form 3 of batch B0142. Key it there, or check the number on the paper" in said(pages[1])


def test_number_is_refused_at_the_first_check_and_not_after_the_last_box(clerk):
    consultation()
    keyed_singly(clerk, "9")

    page = press(clerk, clerk.get(address()), {}, "check", **{"form-number": "9"})

    assert page.status_code == 422
    assert "Form 9 has already been keyed" in said(page)


def test_form_without_a_number_and_the_next_number_are_keyed(clerk):
    consultation()

    for number in ("", "", "9", "10", "B0001-001"):
        keyed_singly(clerk, number)

    assert (Response.objects.count(), KeyedNumber.objects.count()) == (5, 3)


def test_same_number_in_another_consultation_is_another_form(clerk):
    consultation()
    other = consultation(slug="buses")
    keyed_singly(clerk, "9")

    assert numbers.why_used(other, "9", key=uuid4()) == ""


def sent(made, number, key):
    return numbers.submit_numbered(
        made,
        number=number,
        key=key,
        answers={"visits": 3},
        equality=None,
        channel=Channel.PAPER,
        version_id=latest_version_id(made.questionnaire_id),
        language="en",
        by="clerk",
        now=NOW,
    )


def test_form_sent_twice_in_haste_is_one_form_and_no_reuse():
    made, key = consultation(), uuid4()

    receipts = {sent(made, "9", key).reference for _ in range(2)}

    assert (len(receipts), Response.objects.count()) == (1, 1)


def test_of_two_who_key_a_number_at_the_same_moment_one_is_refused_and_leaves_nothing(monkeypatch):
    made = consultation()
    sent(made, "9", uuid4())
    monkeypatch.setattr(numbers, "why_used", lambda *given, **more: "")

    with pytest.raises(numbers.NumberUsed, match="Form 9 has already been keyed"):
        sent(made, "9", uuid4())

    assert Response.objects.count() == 1


def test_number_is_forgotten_with_the_response_and_free_again():
    made = consultation()
    sent(made, "9", uuid4())

    erasure.erase(Response.objects.get().receipt_digest, by="a test", now=NOW)

    assert (KeyedNumber.objects.count(), numbers.why_used(made, "9", key=uuid4())) == (0, "")
