"""Documents to read beside a consultation: added, written, put in order and taken out by a lead, until it is published."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from consult.approval import digest_of
from consult.models import AuditEvent, Document
from consult.readiness import plan_of
from consult.services import move, publish_questionnaire
from tests.consult.building import beside, builder
from tests.consult.people import lead as a_lead
from tests.consult.people import team

pytestmark = pytest.mark.django_db


def add(lead, title="The plan", **more):
    return lead.open("documents/add/").send(title=title, **{"body": "What we plan.", **more})


def held(lead):
    """The documents as the public would find them."""
    return [(each.slug, each.title, each.language, each.body) for each in lead.consultation.documents.all()]


def told():
    return [(event.verb, event.detail.body) for event in AuditEvent.objects.order_by("seq") if "document" in event.verb]


def test_document_is_added_behind_the_others_under_an_address_made_of_its_title():
    lead = builder()

    add(add(add(lead), "The plan", language="ar", body="الخطة"), "خطة")

    assert held(lead) == [
        ("the-plan", "The plan", "en", "What we plan."),
        ("the-plan-2", "The plan", "ar", "الخطة"),
        ("document", "خطة", "en", "What we plan."),
    ]
    assert told()[0] == ("document added", {"title": "The plan", "address": "the-plan"})


def test_boxes_of_a_document_are_in_its_language():
    lead = add(builder(), "خطة", language="ar").open("documents/document/")

    assert re.findall(r'name="(title|body)"[^>]*lang="ar" dir="rtl"', lead.text) == ["title", "body"]


def test_document_called_add_has_another_address():
    assert held(add(builder(), "Add"))[0][0] == "add-2"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"title": ""}, "Write what the document is called"),
        ({"language": "zz"}, "Choose a language that is on the list"),
        ({"body": "a" * 100_001}, "at most 100000 characters"),
    ],
)
def test_mistake_is_said_and_what_was_typed_is_kept(typed, says):
    lead = add(builder(), **{"body": "Careful words", **typed})

    assert lead.page.status_code == 422
    assert says in lead.text
    assert lead.forms[""]["body"] == typed.get("body", "Careful words")
    assert held(lead) == []


def test_document_is_changed_and_keeps_its_address():
    lead = add(builder())

    lead.open("documents/the-plan/").send(title="Our plan", body="One.\r\n\r\nTwo.")

    assert held(lead) == [("the-plan", "Our plan", "en", "One.\n\nTwo.")]
    assert told()[-1] == ("document changed", {"title": "Our plan", "address": "the-plan", "what": "title, body"})
    lead.open("documents/the-plan/").send()
    assert len(told()) == 2


def test_documents_are_moved_and_it_is_said_where_they_are():
    lead = add(add(add(builder(), "One"), "Two"), "Three")

    lead.open("documents/").send(lead.base + "documents/three/move/", way="up")

    assert [slug for slug, *_ in held(lead)] == ["one", "three", "two"]
    assert "“Three” is now document 2 of 3." in unescape(lead.text)
    lead.client.post(lead.base + "documents/one/move/", {"way": "up", "order": "one three two"})
    assert [slug for slug, *_ in held(lead)] == ["one", "three", "two"]
    assert [verb for verb, _ in told()].count("document moved") == 1


def test_move_is_refused_in_words_where_somebody_was_quicker():
    first = add(add(builder(), "One"), "Two")
    second = beside(first).open("documents/")
    first.open("documents/").send(first.base + "documents/one/move/", way="down")

    second.send(second.base + "documents/one/move/", way="down")

    assert "Somebody else changed the documents" in second.text
    assert [slug for slug, *_ in held(first)] == ["two", "one"]


def test_document_is_taken_out_once_that_was_confirmed():
    lead = add(builder()).open("documents/the-plan/take-out/").send()

    assert held(lead) == []
    assert told()[-1] == ("document taken out", {"title": "The plan", "address": "the-plan"})


def test_second_to_save_sees_both_texts_and_chooses():
    first = add(builder())
    second = beside(first).open("documents/the-plan/")
    first.open("documents/the-plan/").send(body="The first one’s words")

    second.send(body="The second one’s words")

    assert second.page.status_code == 409
    assert "The first one’s words" in second.text
    assert held(first)[0][3] == "The first one’s words"
    second.send()
    assert held(first)[0][3] == "The second one’s words"


def test_words_for_a_document_that_somebody_took_out_meanwhile_are_not_lost():
    first = add(builder())
    second = beside(first).open("documents/the-plan/")
    third = beside(first, "third").open("documents/the-plan/take-out/")
    first.open("documents/the-plan/").send(body="New words")

    third.send()
    assert "Somebody else changed the documents" in third.text
    assert [slug for slug, *_ in held(first)] == ["the-plan"]

    Document.objects.all().delete()
    second.send(body="A long and careful text")
    assert second.page.status_code == 409
    assert "A long and careful text" in second.text


def test_what_was_approved_is_not_changed_once_it_is_published():
    lead = add(builder())
    now = timezone.now()
    lead.open("documents/the-plan/")
    publish_questionnaire(lead.consultation, by="a test", now=now)
    move("launch", lead.consultation, by="a test", now=now)

    lead.send(body="Something else")
    lead.client.post(lead.base + "documents/add/", {"title": "More", "language": "en", "body": "x"})
    lead.client.post(lead.base + "documents/the-plan/take-out/", {"seen": lead.forms.get("", {}).get("seen", "")})
    lead.client.post(lead.base + "documents/the-plan/move/", {"way": "up", "order": "the-plan"})

    assert held(lead) == [("the-plan", "The plan", "en", "What we plan.")]
    assert "cannot be changed" in lead.open("documents/").text
    assert "" not in lead.open("documents/the-plan/").forms


def test_any_change_of_a_document_makes_an_approval_void():
    lead = add(builder())
    before = digest_of(lead.consultation)

    lead.open("documents/the-plan/").send(language="cy")

    assert digest_of(lead.consultation) != before


def test_document_without_words_or_with_something_to_fill_in_keeps_it_from_being_published():
    lead = add(add(builder(), "Leaflet", body=""), "Letter", body="Dear [Name of the patient]")

    plan = plan_of(lead.consultation, now=timezone.now())

    assert plan.accessibility_errors == (
        "“Leaflet” has no words to read on a web page. Write them, or take the document out.",
    )
    assert "Replace “[Name of the patient]” in “Letter”." in plan.placeholders
    assert "No words yet" in lead.open("documents/").text
    assert "In progress" in lead.open("").text.partition("Documents to read")[2][:400]


def test_public_page_says_what_language_a_document_is_in():
    lead = add(builder(), "خطة", language="ar", body="سطر\n\nسطر آخر")
    now = timezone.now()
    publish_questionnaire(lead.consultation, by="a test", now=now)
    move("launch", lead.consultation, by="a test", now=now)
    type(lead.consultation).objects.update(opens_at=now - timedelta(hours=1))

    page = Client().get("/consultations/plan/read/document/").content.decode()

    assert '<h1 class="nhsuk-heading-l"><span lang="ar" dir="rtl">خطة</span></h1>' in page
    assert '<div lang="ar" dir="rtl"><p>سطر</p>\n\n<p>سطر آخر</p></div>' in page
    assert (
        '<span lang="ar" dir="rtl">خطة</span> (in Arabic)</a>' in Client().get("/consultations/plan/").content.decode()
    )


def test_document_of_another_consultation_is_not_found():
    add(builder(slug="other"))
    lead = builder(slug="plan", somebody=a_lead("another", of=team()))

    assert [lead.open(f"documents/{path}").page.status_code for path in ("the-plan/", "the-plan/take-out/")] == [
        404,
        404,
    ]
