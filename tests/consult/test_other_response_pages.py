"""The pages of letters, emails, events and petitions: who sees whose, and what is said of what was typed."""

import logging
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from lxml import html

from consult.models import AuditEvent, OtherResponse
from consult.other_responses.commands import Entry
from consult.other_responses.models import Passage
from tests.consult import people
from tests.consult.other_responses import CANARY, KEY, NOW, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

POSTED = {
    "key": str(KEY), "press": "save", "parts": "1", "happened_on_day": "20", "happened_on_month": "11",
    "happened_on_year": "2026",
}  # fmt: skip
LETTER_POSTED = POSTED | {"sort": "letter", "sender": "person", "words_1": "It is too far.", "about_1": "used"}


def address(name="staff-others", **more):
    return reverse(name, kwargs={"slug": "care"} | more)


def text(page):
    return " ".join(html.fromstring(page.content.decode()).find(".//main").text_content().split())


def problems(page):
    found = html.fromstring(page.content.decode()).xpath("//*[contains(@class, 'nhsuk-error-summary__list')]/li")
    return [each.text_content().strip() for each in found]


def test_a_clerk_records_a_letter_and_sees_it_listed(ours, clerk, caplog):
    caplog.set_level(logging.DEBUG)
    saved = clerk.post(address("staff-other-add", what="letter"), LETTER_POSTED | {"words_1": CANARY})

    assert (saved.status_code, saved["Location"]) == (302, address("staff-other", number=1))
    shown = clerk.get(saved["Location"])
    assert "Letter 1 is recorded" in shown.content.decode()
    assert f"1. What about used? {CANARY}" in text(shown)
    assert "Letter 1" in text(clerk.get(address()))
    assert CANARY not in text(clerk.get(address()))
    assert CANARY not in caplog.text
    assert [event.verb for event in AuditEvent.objects.filter(actor="clerk").order_by("seq")] == [
        "other response added",
        "other response opened",
    ]


def test_another_part_is_added_without_saving_and_keeps_what_was_typed(ours, clerk):
    more = clerk.post(address("staff-other-add", what="letter"), LETTER_POSTED | {"press": "part", "sender": ""})
    page = html.fromstring(more.content.decode())

    assert (more.status_code, problems(more), OtherResponse.objects.count()) == (200, [], 0)
    assert [(area.text or "").strip() for area in page.xpath("//textarea[starts-with(@name, 'words_')]")] == [
        "It is too far.",
        "",
    ]
    assert page.xpath("//select[@name='about_1']/option[@selected]/@value") == ["used"]
    assert page.xpath("//input[@name='key']/@value") == [str(KEY)]
    clerk.post(
        address("staff-other-add", what="letter"), LETTER_POSTED | {"parts": "2", "words_2": "Think.", "about_2": ""}
    )
    assert list(Passage.objects.values_list("question", "words")) == [("used", "It is too far."), ("", "Think.")]


@pytest.mark.parametrize(
    "what, wrong",
    [
        ("letter", ["Select if it is a letter or an email", "Enter the day it was received",
                    "Select if it is from a person or an organisation", "Type or paste the text"]),
        ("event", ["Enter the name of the event", "Enter the day it was held", "Enter where it was held",
                   "Enter which organisation ran it", "Enter how many people came"]),
        ("petition", ["Enter the title of the petition", "Enter the day it was received", "Select who organised it",
                      "Enter the number of signatures", "Type or paste the text of the petition"]),
    ],
)  # fmt: skip
def test_an_empty_form_says_what_is_missing_beside_each_box(ours, clerk, what, wrong):
    page = clerk.post(address("staff-other-add", what=what), {"key": str(KEY), "press": "save"})

    assert (page.status_code, problems(page)) == (422, wrong)


def test_an_event_and_a_petition_are_recorded_with_their_heads_and_signatures(ours, clerk):
    event = POSTED | {
        "title": "Tea",
        "place": "Hall",
        "organisation": "Us",
        "may_name": "on",
        "people": "23",
        "words_1": "Buses.",
    }
    petition = POSTED | {
        "key": str(UUID(int=9, version=4)), "title": "Keep it", "sender": "group", "people": "1214", "words_1": "We ask.",
    }  # fmt: skip

    clerk.post(address("staff-other-add", what="event"), event)
    clerk.post(address("staff-other-add", what="petition"), petition)

    rows = OtherResponse.objects.order_by("number").values_list("sort", "title", "people", "may_name", "sender")
    assert list(rows) == [("event", "Tea", 23, True, ""), ("petition", "Keep it", 1214, False, "group")]


def test_a_day_to_come_and_a_name_without_an_organisation_are_refused(ours, clerk):
    far = LETTER_POSTED | {"happened_on_year": "2099", "sender": "organisation", "may_name": "on"}

    page = clerk.post(address("staff-other-add", what="letter"), far)

    assert problems(page) == ["The day cannot be in the future", "Enter the name of the organisation"]


def test_a_persons_letter_keeps_no_name_of_an_organisation(ours, clerk):
    clerk.post(address("staff-other-add", what="letter"), LETTER_POSTED | {"organisation": CANARY, "may_name": "on"})

    found = OtherResponse.objects.get()
    assert (found.organisation, found.may_name) == ("", False)


def test_a_clerk_sees_only_their_own_and_the_lead_sees_all(ours, clerk):
    kept(ours, by="somebody else")
    kept(ours, key=UUID(int=8, version=4), by="clerk")
    lead = people.signed_in(people.lead())

    pages = [
        address("staff-other", number=1),
        address("staff-other-correct", number=1),
        address("staff-other-withdraw", number=1),
    ]

    assert [clerk.get(each).status_code for each in pages] == [404, 404, 404]
    assert [lead.get(each).status_code for each in pages] == [200, 200, 200]
    assert ("Letter 1" in text(clerk.get(address())), "Letter 2" in text(clerk.get(address()))) == (False, True)
    assert "Letter 1" in text(lead.get(address()))


def test_a_letter_is_corrected_with_a_reason(ours, clerk):
    kept(ours)
    page = clerk.get(address("staff-other-correct", number=1))
    fields = html.fromstring(page.content.decode()).xpath("//form[@method='post']//textarea")
    assert [field.text.strip() for field in fields] == ["It is too far.", "Think."]

    without = clerk.post(address("staff-other-correct", number=1), LETTER_POSTED)
    saved = clerk.post(
        address("staff-other-correct", number=1), LETTER_POSTED | {"reason": "A slip", "words_1": "Too far."}
    )

    assert (problems(without), saved.status_code) == (["Say why it is corrected"], 302)
    assert list(Passage.objects.values_list("question", "words")) == [("used", "Too far.")]
    assert AuditEvent.objects.get(verb="other response corrected").reason == "A slip"


def test_withdrawing_needs_a_reason_and_may_delete_the_words(ours, clerk):
    kept(ours)
    where = address("staff-other-withdraw", number=1)

    assert problems(clerk.post(where, {})) == ["Say why it is withdrawn"]
    clerk.post(where, {"reason": "They asked", "erases": "on"})

    shown = text(clerk.get(address("staff-other", number=1)))
    assert "It was withdrawn and is not counted." in shown
    assert "Its words were deleted." in shown
    assert clerk.get(where).status_code == 302
    assert "It was withdrawn." in text(clerk.get(address("staff-other-correct", number=1)))


def test_after_the_report_nothing_is_added_and_the_page_says_why(ours, clerk):
    ours.opens_at, ours.closes_at, ours.reported_at = (NOW - timedelta(days=days) for days in (9, 5, 1))
    ours.save()

    page = clerk.get(address("staff-other-add", what="letter"))

    assert "The report of this consultation has been published, so nothing more can be added." in text(page)
    assert clerk.post(address("staff-other-add", what="letter"), LETTER_POSTED).status_code == 200
    assert OtherResponse.objects.count() == 0


def test_after_the_report_only_the_lead_withdraws(ours, clerk):
    kept(ours)
    ours.opens_at, ours.closes_at, ours.reported_at = (NOW - timedelta(days=days) for days in (9, 5, 1))
    ours.save()
    where = address("staff-other-withdraw", number=1)

    assert clerk.post(where, {"reason": "A slip"}).status_code == 302
    assert OtherResponse.objects.get().withdrawn_at is None
    assert "Withdraw it" not in text(clerk.get(address("staff-other", number=1)))
    people.signed_in(people.lead()).post(where, {"reason": "They asked", "erases": "on"})
    assert OtherResponse.objects.get().is_erased


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(ours, clerk, number, django_assert_num_queries):
    for each in range(number):
        kept(ours, key=UUID(int=each, version=4))

    # The session, the person, their one-time codes, their roles, the consultation, its times, and the records.
    with django_assert_num_queries(7):
        clerk.get(address())


def test_a_passage_about_a_question_that_is_gone_can_still_be_corrected(ours, clerk):
    kept(ours, Entry(sort="letter", happened_on=date(2026, 11, 2), sender="person", passages=(("gone", "Words."),)))

    page = html.fromstring(clerk.get(address("staff-other-correct", number=1)).content.decode())

    assert page.xpath("//select[@name='about_1']/option[@selected]/text()") == ["A question that is gone (gone)"]

    fields = POSTED | {
        "sort": "letter",
        "sender": "person",
        "words_1": "Words.",
        "about_1": "gone",
        "reason": "The day",
    }
    saved = clerk.post(address("staff-other-correct", number=1), fields)
    assert (saved.status_code, list(Passage.objects.values_list("question", flat=True))) == (302, ["gone"])


def test_a_number_is_taken_as_people_write_it_and_words_without_what_nobody_sees(ours, clerk):
    petition = POSTED | {
        "title": "Keep it",
        "sender": "group",
        "people": " 1,214 ",
        "words_1": "We ask.\x00\r\nThank you.",
    }
    unseen = petition | {"key": str(UUID(int=9, version=4)), "people": "many", "words_1": "\u200b \x00"}

    clerk.post(address("staff-other-add", what="petition"), petition)
    refused = clerk.post(address("staff-other-add", what="petition"), unseen)

    assert OtherResponse.objects.get().people == 1214
    assert Passage.objects.get().words == "We ask.\nThank you."
    assert problems(refused) == [
        "Number of signatures must be a whole number, like 40",
        "Type or paste the text of the petition",
    ]


def test_a_text_is_kept_up_to_its_limit_however_its_lines_end(ours, clerk):
    longest = "a\r\n" * 10_000

    clerk.post(address("staff-other-add", what="letter"), LETTER_POSTED | {"words_1": longest})
    refused = clerk.post(
        address("staff-other-add", what="letter"),
        LETTER_POSTED | {"key": str(UUID(int=9, version=4)), "words_1": "a" * 20_001},
    )

    assert len(Passage.objects.get().words) == 19_999
    assert problems(refused) == ["Use 20,000 characters or less in each part"]


@pytest.mark.parametrize("telling", ["I am on 07700 900123.", "Write to jan@example.org", "Mrs Kowalski said so"])
def test_words_that_seem_to_say_who_somebody_is_are_asked_about_and_kept_in_the_box(ours, clerk, telling):
    posted = LETTER_POSTED | {"words_1": telling}

    page = clerk.post(address("staff-other-add", what="letter"), posted)
    ticked = clerk.post(address("staff-other-add", what="letter"), posted | {"has_personal_details": "on"})

    assert (page.status_code, ticked.status_code) == (422, 302)
    assert "This seems to hold a name, an address, a phone number or a date of birth." in page.content.decode()
    assert telling in page.content.decode()
    assert OtherResponse.objects.get().has_personal_details
