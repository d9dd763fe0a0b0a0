"""Closing early and giving more time, which another person confirms, and withdrawing: both reasons and a step to confirm."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from consult.models import AuditEvent, Consultation, Role, User
from consult.second_person.models import ClosingChange
from consult.services import facts_about
from consult.stages import Stage, stage_at
from tests.consult.people import consultation as consultation_of
from tests.consult.people import lead, person, signed_in, team

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
SAID = {"reason": "Board paper 7", "words": "the plan has changed.\n\nThe hospital stays."}
WHY = SAID | {"agreed_by": "amir"}
LATER = {"closes_at_day": "26", "closes_at_month": "3", "closes_at_year": "2027", "closes_at_time": "11:59pm"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def client():
    person("amir", Role.APPROVER)
    return signed_in(lead("leah"))


@pytest.fixture
def consultation(client):
    return consultation_of("care", now=NOW)


def main(response):
    """The text of a page's main part, with spaces run together."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found)).split())


def hidden(response):
    """What a confirm page sends again: `{name: value}`."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', response.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def post(client, name, **fields):
    return client.post(reverse(f"staff-{name}", args=["care"]), fields)


def last_event():
    event = AuditEvent.objects.order_by("-seq").first()
    return (event.verb, event.actor, event.reason, event.detail.body) if event else None


def stage():
    return stage_at(facts_about(Consultation.objects.get()), NOW)


def decide(somebody, decision="approve", *, seen=None, words=""):
    """What comes of somebody's decision on what waits, or on the request with the number `seen`."""
    address = reverse("staff-closing-decide", args=["care"])
    shown = hidden(somebody.get(address))
    sent = {"seen": shown.get("seen", "") if seen is None else seen, "decision": decision, "words": words}
    return somebody.post(address, sent, follow=True)


@pytest.fixture
def amir(client):
    return signed_in(User.objects.get(username="amir"))


def test_closing_early_asks_first_and_closes_once_an_approver_confirms_it_with_everything_on_record(
    consultation, client, amir
):
    asked = post(client, "closing", what="close_early", **SAID)

    assert (asked.status_code, stage(), last_event()) == (200, Stage.OPEN, None)
    assert (
        "Close it now? Nothing changes until an approver has confirmed it. "
        "Nobody can begin any more. Whoever has begun can still send within 60 minutes. "
        "What the public will read We closed this consultation early, on Monday 1 March 2027, because the plan has changed. "
        "We still have every answer people sent before then. We will count them. The hospital stays. "
        "For the record Board paper 7" in main(asked)
    )
    done = client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"confirmed": "1"}, follow=True)

    assert done.redirect_chain == [("/staff/care/", 302)]
    assert (
        "It will be closed once an approver confirms it. It is on record with your name and your reason."
        in done.content.decode()
    )
    assert (stage(), last_event()[:3]) == (Stage.OPEN, ("closing asked", "leah", "Board paper 7"))
    assert "The future of care : another closing time" in main(amir.get("/staff/"))

    decide(amir)
    assert stage() == Stage.CLOSED
    assert last_event() == (
        "close_early",
        "leah",
        "Board paper 7",
        {
            "from": consultation.closes_at.isoformat(),
            "to": NOW.isoformat(),
            "public words": WHY["words"],
            "agreed by": "amir",
        },
    )


@pytest.mark.parametrize("opens, closes", [(-7, 7), (-7, -1)])
def test_more_time_is_given_while_open_and_after_closing(client, amir, opens, closes):
    consultation_of("care", now=NOW, opens=opens, closes=closes)

    asked = post(client, "closing", what="extend", **LATER, **SAID)
    client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"confirmed": "1"})
    decide(amir)

    assert "It will close at 11:59pm on Friday 26 March 2027, instead of" in main(asked)
    assert Consultation.objects.get().closes_at == datetime(2027, 3, 26, 23, 59, tzinfo=UTC)
    assert last_event()[:3] == ("extend", "leah", "Board paper 7")


def test_withdrawing_asks_first_and_then_tells_the_public(consultation, client):
    asked = post(client, "withdraw", **WHY)
    assert "Withdraw it? Nobody can answer any more, not even people who have begun." in main(asked)
    assert stage() == Stage.OPEN

    client.post(reverse("staff-withdraw", args=["care"]), hidden(asked) | {"confirmed": "1"})

    assert stage() == Stage.WITHDRAWN
    assert last_event() == ("withdraw", "leah", "Board paper 7", {"public words": WHY["words"], "agreed by": "amir"})
    assert "We withdrew it on Monday 1 March 2027 because the plan has changed." in main(
        client.get("/consultations/care/")
    )


def test_change_this_goes_back_to_the_form_with_everything_in_it(consultation, client):
    asked = post(client, "closing", what="extend", **LATER, **WHY)

    shown = client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"change": "1"})

    assert shown.status_code == 200
    for kept in ("Board paper 7", "The hospital stays.", 'value="26"', 'value="11:59pm"'):
        assert kept in shown.content.decode()
    assert last_event() is None


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({"what": ""}, "Select what you want to do"),
        ({"reason": " "}, "Say why, for the record"),
        ({"words": ""}, "Say why, in words for the public"),
        ({"closes_at_time": ""}, "Enter a time, like 9am or 11:59pm"),
        ({"closes_at_day": "1"}, "Choose a time after 10am on Monday 8 March 2027"),
        ({"closes_at_day": "28", "closes_at_time": "1:30am"}, "There is no 1:30am on 28 March 2027"),
        (dict.fromkeys(LATER, ""), "Enter the new closing date and time"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_happens(consultation, client, fields, problem):
    for confirmed in ({}, {"confirmed": "1"}):
        response = post(client, "closing", **({"what": "extend"} | LATER | SAID | fields | confirmed))

        assert response.status_code == 422
        assert problem in main(response)
    assert (last_event(), Consultation.objects.get().closes_at) == (None, consultation.closes_at)


def test_only_what_the_stage_allows_is_offered(client):
    consultation_of("care", now=NOW, opens=-7, closes=-1)

    assert 'value="close_early"' not in client.get(reverse("staff-closing", args=["care"])).content.decode()
    assert post(client, "closing", what="close_early", **WHY).status_code == 422


@pytest.mark.parametrize(
    "name, fields",
    [
        ("closing", {"opens": 1, "closes": 9}),
        ("closing", {"launched": False}),
        ("closing", {"closes": -1, "reported_at": NOW}),
        ("withdraw", {"closes": -1}),
        ("withdraw", {"launched": False}),
    ],
)
def test_where_nothing_can_be_done_there_is_no_form_and_nothing_happens(client, name, fields):
    consultation_of("care", now=NOW, **fields)
    before = stage()

    shown = client.get(reverse(f"staff-{name}", args=["care"]))
    tried = post(client, name, what="extend", confirmed="1", **LATER, **WHY)

    assert "This cannot be done now." in main(shown)
    assert 'name="reason"' not in shown.content.decode()
    assert (tried.status_code, stage(), last_event()) == (422, before, None)


def test_somebody_who_confirms_too_late_is_told(client, time_machine):
    consultation = consultation_of("care", now=NOW, closes=0.005)
    asked = post(client, "closing", what="close_early", **WHY)
    time_machine.move_to(consultation.closes_at + timedelta(minutes=1), tick=False)

    late = client.post(reverse("staff-closing", args=["care"]), hidden(asked) | {"confirmed": "1"})

    assert (late.status_code, last_event()) == (422, None)


@pytest.mark.parametrize("agreed_by", ["", "leah"])
def test_withdrawing_names_an_approver_who_agreed(consultation, client, agreed_by):
    response = post(client, "withdraw", **(SAID | {"agreed_by": agreed_by}))

    assert (response.status_code, stage(), last_event()) == (422, Stage.OPEN, None)
    assert "Select the approver who agreed" in main(response)


def test_no_approver_but_oneself_is_offered(consultation, client):
    person("both", Role.LEAD, Role.APPROVER)

    shown = client.get(reverse("staff-withdraw", args=["care"])).content.decode()
    own = (
        signed_in(person("third", Role.LEAD, Role.APPROVER))
        .get(reverse("staff-withdraw", args=["care"]))
        .content.decode()
    )

    assert re.findall(r'<option value="(\w+)"', shown) == ["amir", "both"]
    assert re.findall(r'<option value="(\w+)"', own) == ["amir", "both"]


# A second person ----------------------------------------------------------------------------------------------------------


def asking(client, what="close_early", **fields):
    """Another closing time that waits."""
    post(client, "closing", what=what, confirmed="1", **(LATER if what == "extend" else {}), **(SAID | fields))
    return ClosingChange.objects.first()


def test_whoever_asked_cannot_confirm_it_even_with_an_approvers_rights(consultation):
    both = signed_in(person("both", Role.LEAD, Role.APPROVER))
    asking(both)

    refused = decide(both)
    shown = both.get(reverse("staff-closing-decide", args=["care"]))

    assert "Somebody else must approve it." in main(shown)
    assert 'name="decision"' not in shown.content.decode()
    tried = both.post(
        reverse("staff-closing-decide", args=["care"]), {"seen": ClosingChange.objects.get().pk, "decision": "approve"}
    )
    assert (refused.status_code, tried.status_code, stage()) == (422, 422, Stage.OPEN)
    assert ClosingChange.objects.get().decided_at is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.APPROVER])
def test_nobody_but_an_approver_confirms_it(consultation, client, role):
    asked = asking(client)
    other = signed_in(person("other", role))

    tried = other.post(reverse("staff-closing-decide", args=["care"]), {"seen": asked.pk, "decision": "approve"})

    assert (tried.status_code, stage()) == (403, Stage.OPEN)


def test_an_approver_of_another_team_finds_nothing(consultation, client):
    asked = asking(client)
    stranger = signed_in(person("stranger", Role.APPROVER, of=team("Southbridge")))

    tried = stranger.post(reverse("staff-closing-decide", args=["care"]), {"seen": asked.pk, "decision": "approve"})

    assert (tried.status_code, stage()) == (404, Stage.OPEN)


def test_what_is_sent_back_does_not_happen_and_needs_words(consultation, client, amir):
    asking(client)

    assert "Say what should change." in main(decide(amir, "back"))
    sent = decide(amir, "back", words="Tell the board first")

    assert "You have sent it back." in sent.content.decode()
    assert (stage(), last_event()) == (
        Stage.OPEN, ("closing sent back", "amir", "Tell the board first", {"request": ClosingChange.objects.get().pk})
    )  # fmt: skip
    assert "There is nothing for you to decide now." in main(amir.get(reverse("staff-closing-decide", args=["care"])))


def test_a_request_is_void_once_another_took_its_place_or_the_time_is_another(consultation, client, amir):
    first = asking(client)
    second = asking(client, "extend")

    assert decide(amir, seen=first.pk).status_code == 422
    assert stage() == Stage.OPEN
    Consultation.objects.update(closes_at=NOW + timedelta(days=2))
    assert decide(amir, seen=second.pk).status_code == 422
    assert Consultation.objects.get().closes_at == NOW + timedelta(days=2)
    assert "Nothing waits for you." in main(amir.get("/staff/"))


def test_it_is_confirmed_once(consultation, client, amir):
    asked = asking(client)

    decide(amir)
    assert decide(amir, seen=asked.pk).status_code == 422
    assert AuditEvent.objects.filter(verb="close_early").count() == 1


def test_the_approver_reads_what_would_happen_and_the_lead_reads_that_it_waits(consultation, client, amir):
    asking(client, "extend")

    told = main(amir.get(reverse("staff-closing-decide", args=["care"])))
    for said in (
        "Give people more time",
        "It would close 11:59pm on Friday 26 March 2027",
        "Board paper 7",
        "The hospital stays.",
    ):
        assert said in told
    assert "waits for an approver" in main(client.get(reverse("staff-closing", args=["care"])))
