"""Correcting a document that is public: why, what people are told, another person, and the edition before in the record."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from consult.models import AuditEvent, Document, Role
from consult.second_person.correcting import corrections_told
from consult.second_person.models import DocumentCorrection
from consult.wording import long_date
from tests.consult.building import Builder
from tests.consult.people import consultation, lead, person, signed_in, team

pytestmark = pytest.mark.django_db

WHY = {"reason": "A nought too many", "public_note": "Option 2 costs £1.2 million, not £12 million"}
RIGHT = "Option 2 costs £1.2 million."


@pytest.fixture
def care():
    found = consultation("care", of=team())
    Document.objects.create(consultation=found, slug="plan", title="The plan", body="Option 2 costs £12 million.")
    return found


@pytest.fixture
def leah(care):
    return Builder(care, signed_in(lead("leah")))


@pytest.fixture
def amir(care):
    return signed_in(person("amir", Role.APPROVER))


def ask(leah, **fields):
    return leah.open("documents/plan/correct/").send(**({"body": RIGHT} | WHY | fields))


def main(response):
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found)).split())


def decide(somebody, decision="approve", *, words=""):
    asked = DocumentCorrection.objects.first()
    sent = {"seen": asked.pk if asked else "", "decision": decision, "words": words}
    return somebody.post("/staff/care/publish/correction/", sent, follow=True)


def read():
    return main(Client().get("/consultations/care/read/plan/"))


def told():
    kept = AuditEvent.objects.filter(verb__contains="correct").order_by("seq")
    return [(event.verb, event.actor, event.reason) for event in kept]


def test_a_correction_is_public_once_an_approver_agrees_and_the_edition_before_is_in_the_record(care, leah, amir):
    assert "The correction waits for an approver." in ask(leah).text
    assert "£12 million." in read()
    assert "the correction of a document" in main(amir.get("/staff/"))

    shown = main(amir.get("/staff/care/publish/correction/"))
    assert "Words, before Option 2 costs £12 million. Words, after Option 2 costs £1.2 million." in shown
    assert "What people are told Option 2 costs £1.2 million, not £12 million" in shown
    assert "The correction is public." in decide(amir).content.decode()

    page = read()
    assert f"What we have corrected on this page {long_date(timezone.now())}: {WHY['public_note']}" in page
    assert RIGHT in page
    assert told() == [
        ("correction asked", "leah", "A nought too many"),
        ("correction approved", "amir", ""),
        ("document corrected", "leah", "A nought too many"),
    ]
    assert AuditEvent.objects.get(verb="document corrected").detail.body == {
        "address": "plan",
        "before": {"title": "The plan", "language": "en", "body": "Option 2 costs £12 million."},
        "after": {"title": "The plan", "language": "en", "body": RIGHT},
        "public note": WHY["public_note"],
        "approved by": "amir",
    }
    assert "Nothing waits for you." in main(amir.get("/staff/"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "Say why, for the record"),
        ({"public_note": ""}, "Say what was corrected, in words for the public"),
        ({"body": "Option 2 costs £12 million."}, "Nothing in it was changed."),
        ({"title": ""}, "Write what the document is called"),
        ({"seen": "forged"}, "Somebody else changed it while you were writing."),
    ],
)
def test_what_is_missing_is_said_and_nothing_waits(leah, fields, says):
    refused = ask(leah, **fields)

    assert refused.page.status_code == 422
    assert says in unescape(refused.text)
    assert not DocumentCorrection.objects.exists()


def test_whoever_wrote_a_correction_does_not_approve_it(care):
    both = Builder(care, signed_in(person("both", Role.LEAD, Role.APPROVER)))
    ask(both)

    refused = decide(both.client)

    assert refused.status_code == 422
    assert "Somebody else must approve it." in main(refused)
    assert Document.objects.get().body != RIGHT


@pytest.mark.parametrize("role", [role for role in Role if role != Role.APPROVER])
def test_nobody_but_an_approver_decides(leah, role):
    ask(leah)

    assert decide(signed_in(person("other", role))).status_code == 403
    assert Document.objects.get().body != RIGHT


def test_an_approver_of_another_team_finds_nothing(leah):
    ask(leah)

    assert decide(signed_in(person("stranger", Role.APPROVER, of=team("Southbridge")))).status_code == 404
    assert Document.objects.get().body != RIGHT


def test_a_correction_is_sent_back_with_words_and_another_takes_its_place(leah, amir):
    ask(leah)
    assert "Say what should change." in main(decide(amir, "back"))
    decide(amir, "back", words="Say the year too")
    assert Document.objects.get().body != RIGHT

    ask(leah, body=f"{RIGHT} In 2027.")
    decide(amir)

    assert Document.objects.get().body == f"{RIGHT} In 2027."
    assert len(corrections_told(Document.objects.get())) == 1


def test_of_two_corrections_the_last_one_counts_and_a_correction_of_other_words_is_void(leah, amir):
    ask(leah, body="First")
    first = DocumentCorrection.objects.get()
    ask(leah, body="Second")

    sent = {"seen": first.pk, "decision": "approve"}
    assert amir.post("/staff/care/publish/correction/", sent).status_code == 422
    Document.objects.update(body="Something else")
    assert decide(amir).status_code == 422
    assert Document.objects.get().body == "Something else"


def test_a_document_of_a_draft_is_changed_itself(leah):
    leah.consultation.launched_at = None
    leah.consultation.save()

    assert "Change the document itself" in leah.open("documents/plan/correct/").text
    sent = {"title": "The plan", "language": "en", "body": RIGHT} | WHY
    assert leah.client.post("/staff/care/build/documents/plan/correct/", sent).status_code == 422
    assert not DocumentCorrection.objects.exists()


def test_a_document_without_corrections_says_nothing_of_them(care):
    assert "What we have corrected" not in read()
