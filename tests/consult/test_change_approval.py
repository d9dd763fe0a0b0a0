"""A change of published questions that is more than a typing mistake waits for a second person (threats D20)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consult.approval import NotYours, Standing
from consult.change_approval import change_approval_of, decide_change
from consult.changing import Proposal, publish_change
from consult.models import AuditEvent, Role
from consult.stages import NotReady
from surveys.models import Version
from surveys.publishing import published
from tests.builders import choice, comment, questionnaire
from tests.consult.building import Builder, Fields
from tests.consult.people import lead, person, signed_in, team
from tests.consult.publishing import amir
from tests.consultations import open_consultation

pytestmark = pytest.mark.django_db

FORM = questionnaire(choice("a", "Red", "Green", text="Which colour?"), comment("why"))
DECIDE = "/staff/plan/publish/changes/"
SAID = {"reason": "People asked", "public_note": "You can choose blue."}


@pytest.fixture
def live():
    """A lead at a consultation that is open, with a new option in its draft."""
    lead_ = Builder(open_consultation(FORM, team=team()), signed_in(lead()))
    return lead_.open("questions/question/a/").send(**{"options-2-label": "Blue"})


@pytest.fixture
def asked(live):
    """The same, with approval asked for."""
    return live.open("changes/").send(**SAID)


def versions():
    return Version.objects.count()


def standing(live):
    return change_approval_of(live.consultation).standing


def decision(live, by, *, decision="approve", words=""):
    """An approver's page, and what came of sending it."""
    client = signed_in(by)
    page = client.get(DECIDE).content.decode()
    fields = Fields(page).found.get("", {}) | {"decision": decision, "words": words}
    return page, client.post(DECIDE, fields)


def verbs():
    return [event.verb for event in AuditEvent.objects.order_by("seq") if "change" in event.verb]


def test_D20_change_waits_until_a_second_person_approves_it_and_is_then_out(live, asked):
    assert "You have asked for approval of the changes." in asked.text
    assert (versions(), standing(live)) == (1, Standing.WAITING)

    page, response = decision(live, amir())

    for words in ("An option is new", "Blue", "People asked", "You can choose blue."):
        assert words in page
    assert response.headers["Location"] == "/staff/plan/"
    version = published(Version.objects.get(number=2).id)
    assert [option.label["en"] for option in version.definition.question("a").options] == ["Red", "Green", "Blue"]
    assert verbs() == ["change asked", "change approved", "questions changed"]
    event = AuditEvent.objects.get(verb="questions changed")
    assert (event.actor, event.reason, event.detail.body["approved by"]) == ("lead", "People asked", "amir")
    assert standing(live) == Standing.NOT_ASKED


def test_D20_clarification_waits_and_is_published_as_one():
    live = Builder(open_consultation(FORM, team=team()), signed_in(lead()))
    live.open("questions/question/a/").send(text="Which colour do you like best?")
    live.open("changes/").send(sort_0=["clarification"], **SAID)
    assert versions() == 1

    decision(live, amir())

    (change,) = AuditEvent.objects.get(verb="questions changed").detail.body["changes"]
    assert (change["sort"], change["after"]) == ("clarification", "Which colour do you like best?")


def test_D20_typing_mistake_beside_another_change_waits_with_it(live):
    live.open("questions/question/why/").send(text="Wy?")
    live.open("changes/").send(sort_0=["typo"], sort_1=["typo"], **SAID)

    assert (versions(), standing(live)) == (1, Standing.WAITING)


def test_D20_change_that_needs_a_second_person_cannot_be_published_by_the_command_for_typing_mistakes(live):
    live.consultation.questionnaire.refresh_from_db()
    proposal = Proposal(live.consultation.questionnaire.revision, {}, "r", "n")

    with pytest.raises(NotReady, match="A second person must approve"):
        publish_change(live.consultation, proposal, by="leah", now=timezone.now())
    assert versions() == 1


def test_D20_nobody_approves_a_change_that_they_had_a_hand_in(live, asked):
    both = person("both", Role.LEAD, Role.APPROVER)
    Builder(live.consultation, signed_in(both)).open("questions/question/why/").send(hint="Optional")
    live.open("changes/").send(**SAID)

    page, response = decision(live, both)

    assert "You worked on this consultation" in page
    assert 'name="decision"' not in page
    assert response.status_code == 422
    request = change_approval_of(live.consultation).request
    with pytest.raises(NotYours):
        decide_change(live.consultation, seen=request.digest, is_approved=True, by=both, now=timezone.now())
    assert versions() == 1


def test_later_edit_makes_the_request_void(live, asked):
    approver = amir()
    seen = change_approval_of(live.consultation).request.digest
    live.open("questions/question/why/").send(hint="In your own words")

    assert standing(live) == Standing.CHANGED
    assert "It was changed since, so approval must be asked for again." in live.open("changes/").text
    assert "There is nothing for you to decide now." in signed_in(approver).get(DECIDE).content.decode()
    with pytest.raises(NotReady):
        decide_change(live.consultation, seen=seen, is_approved=True, by=approver, now=timezone.now())
    assert versions() == 1


def test_request_that_was_made_anew_is_not_decided_by_the_page_of_the_old_one(live, asked):
    approver = amir()
    page = Fields(signed_in(approver).get(DECIDE).content.decode()).found[""]
    live.open("changes/").send(reason="Another reason", public_note="You can choose blue.")

    response = signed_in(approver).post(DECIDE, page | {"decision": "approve"})

    assert response.status_code == 422
    assert "It was changed after you opened this page." in response.content.decode()
    assert versions() == 1


def test_change_is_sent_back_with_words_that_its_author_reads_and_can_be_sent_again(live, asked):
    approver = amir()
    _, without_words = decision(live, approver, decision="back")
    assert "Say what should change." in without_words.content.decode()
    decision(live, approver, decision="back", words="Say why blue")

    text = live.open("changes/").text
    assert "Say why blue" in text
    assert "People asked" in text
    assert (versions(), standing(live), verbs()) == (1, Standing.SENT_BACK, ["change asked", "change sent back"])

    live.send(reason="People asked for blue")
    assert standing(live) == Standing.WAITING


def test_change_is_not_approved_once_the_consultation_has_closed(live, asked):
    live.consultation.closes_at = timezone.now() - timedelta(hours=1)
    live.consultation.save()

    _, response = decision(live, amir())

    assert "until the consultation closes" in response.content.decode()
    assert (versions(), change_approval_of(live.consultation).request.decided_at) == (1, None)


# The approver's list ------------------------------------------------------------------------------------------------------


def test_list_of_an_approver_names_what_waits_for_them_and_says_when_nothing_does(live):
    client = signed_in(amir())
    assert "Nothing waits for you." in client.get("/staff/").content.decode()

    live.open("changes/").send(**SAID)

    waiting = client.get("/staff/").content.decode()
    assert f'<a href="{DECIDE}">A plan for the clinic</a>: changes of its questions' in waiting
    assert "Nothing waits for you." not in waiting
    decision(live, person("second", Role.APPROVER))
    assert "Nothing waits for you." in client.get("/staff/").content.decode()


def test_list_of_a_lead_says_nothing_of_approval(live, asked):
    assert "waits for you" not in live.client.get("/staff/").content.decode()


def test_what_somebody_wrote_themselves_does_not_wait_for_them(live):
    both = person("both", Role.LEAD, Role.APPROVER)
    Builder(live.consultation, signed_in(both)).open("changes/").send(**SAID)

    assert "Nothing waits for you." in signed_in(both).get("/staff/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_an_approver_costs_six_queries_where_nothing_waits(number, django_assert_num_queries):
    for turn in range(number):
        open_consultation(FORM, slug=f"plan-{turn}", team=team())
    client = signed_in(amir())

    # The session, the person, their one-time codes, their roles, the consultations; what waits of every sort.
    with django_assert_num_queries(6):
        client.get("/staff/")
