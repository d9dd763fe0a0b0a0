"""The staff's way to opening, page by page: pre-flight, approval by another, and the last question (ux.md L9, point 47)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from consult import approval
from consult.models import Approval, AuditEvent, Consultation, PreflightNote, Role
from consult.preflight_rules import RULES
from consult.views.preflight_rows import WHERE_TO_MEND
from tests.consult.people import lead, person, signed_in, team
from tests.consult.publishing import EVIDENCE, NOW, amir, approved, drafted, leah, worked_through

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def author():
    return leah()


@pytest.fixture
def approver():
    return amir()


@pytest.fixture
def consultation(author, approver):
    return drafted(by=author)


def page(name="staff-publish", slug="care", **more):
    return reverse(name, kwargs={"slug": slug, **more})


def main(response):
    """The text of a page's main part, with spaces run together."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found)).split())


def links(response):
    return re.findall(r'href="(/staff/care/publish/[^"]*)"', response.content.decode())


def say(client, key, **fields):
    return client.post(page("staff-publish-task", task=key), fields)


def test_the_whole_way_from_a_draft_to_a_published_consultation(consultation, author, approver):
    """A lead works through the table, an approver sends it back once and then approves, and the lead publishes."""
    ours, theirs = signed_in(author), signed_in(approver)
    first = main(ours.get(page()))
    assert "9 things left to do before somebody else can approve it." in first
    assert "Ask for approval" not in first

    for key in ("privacy", "options", "paper", "assessment"):
        assert say(ours, key, words=EVIDENCE.get(key, "")).status_code == 302
    for key in ("easy-read", "languages"):
        assert say(ours, key, words="The board knows").status_code == 302
    assert say(ours, "large-print", answer="done").status_code == 302
    for key in ("one-option", "pilot"):
        assert say(ours, key, answer="not-done", words="The board knows").status_code == 302
    ready = main(ours.get(page()))
    assert "left to do" not in ready
    assert "You ask for approval of revision 0 of the questionnaire" in ready

    asked = ours.post(page("staff-publish-ask"), follow=True)
    assert "You have asked for approval. Tell an approver in your team." in asked.content.decode()
    waiting = main(asked)
    assert "leah asked for approval of revision 0 at 10am on 2 November 2026. Nobody has decided yet." in waiting
    assert page("staff-publish-decide") not in links(ours.get(page()))

    shown = theirs.get(page("staff-publish-decide"))
    assert "Urgent care in Northbridge" in main(shown)
    assert "Opens 9am on Monday 14 December 2026" in main(shown)
    assert "The board knows Reason by leah, 10am on 2 November 2026" in main(shown)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())[1]
    assert (
        theirs.post(page("staff-publish-decide"), {"seen": seen, "decision": "back", "words": "Say more"}).status_code
        == 302
    )
    assert "amir sent it back at 10am on 2 November 2026. Say more" in main(ours.get(page()))

    ours.post(page("staff-publish-ask"))
    assert (
        theirs.post(page("staff-publish-decide"), {"seen": seen, "decision": "approve", "words": ""}).status_code == 302
    )
    assert page("staff-publish-confirm") in links(ours.get(page()))

    assert main(ours.get(page("staff-publish-confirm"))).startswith(
        "Publish Urgent care in Northbridge ? It will open at 9am on Monday 14 December 2026. After the first answer you can "
        "fix spelling but cannot change what a question or option means. It closes at 11:59pm on Friday 12 March 2027."
    )
    done = ours.post(page("staff-publish-confirm"), follow=True)
    assert done.redirect_chain == [("/staff/care/", 302)]
    assert "Published. It will open at 9am on Monday 14 December 2026." in done.content.decode()
    assert Consultation.objects.get().launched_at == NOW
    assert [event.verb for event in AuditEvent.objects.order_by("-seq")[:6]] == [
        "launch", "questionnaire published", "approved", "approval asked", "sent back", "approval asked",
    ]  # fmt: skip


def test_approvers_list_names_a_draft_that_waits_and_their_page_leads_to_every_page_of_it(
    consultation, author, approver
):
    client = signed_in(approver)
    assert "Waiting for your approval Nothing waits for you." in main(client.get("/staff/"))

    approval.ask_for_approval(worked_through(consultation, by=author), by=author, now=NOW)

    assert "Waiting for your approval Urgent care in Northbridge : before it is published" in main(
        client.get("/staff/")
    )
    decide = client.get(page("staff-publish-decide"))
    assert "/staff/care/build/preview/" in decide.content.decode()
    assert "Blocks publishing" not in main(decide)
    preview = client.get("/staff/care/build/preview/")
    assert 'href="/staff/care/publish/">Check and publish</a>' in " ".join(preview.content.decode().split())
    assert "Let colleagues look" not in main(preview)
    assert "What about q1?" in main(client.get("/staff/care/build/preview/walk/"))


def test_what_is_left_to_do_stands_before_what_is_done(consultation, author):
    client = signed_in(author)
    headings = re.findall(r'<h2 class="nhsuk-heading-m">([^<]*)</h2>', client.get(page()).content.decode())
    assert headings == ["What must be done", "What needs a reason if it is not done", "Done", "Approval"]

    worked_through(consultation, by=author)

    headings = re.findall(r'<h2 class="nhsuk-heading-m">([^<]*)</h2>', client.get(page()).content.decode())
    assert headings == ["What must be done", "Left, with a reason", "Done", "Approval"]


def test_47_whoever_wrote_it_is_told_so_and_cannot_approve_it(consultation, author):
    both = person("both", Role.LEAD, Role.APPROVER)
    worked_through(consultation, by=both)
    asked = approval.ask_for_approval(consultation, by=both, now=NOW)
    client = signed_in(both)

    shown = client.get(page("staff-publish-decide"))
    tried = client.post(page("staff-publish-decide"), {"seen": asked.digest, "decision": "approve"})

    assert "You worked on this consultation or asked for its approval. Somebody else must approve it." in main(shown)
    assert 'name="decision"' not in shown.content.decode()
    assert (tried.status_code, Approval.objects.get().decided_at) == (422, None)


def test_47_a_lead_cannot_open_the_approvers_page(consultation, author):
    assert signed_in(author).get(page("staff-publish-decide")).status_code == 403


@pytest.mark.parametrize(
    "fields, problem",
    [
        ({}, "Select whether you approve it or send it back"),
        ({"decision": "back", "words": " "}, "Say what should change."),
        ({"decision": "approve", "seen": "0" * 64}, "It was changed after you opened this page. Look at it again."),
    ],
)
def test_a_decision_that_cannot_be_kept_says_why(consultation, author, approver, fields, problem):
    worked_through(consultation, by=author)
    asked = approval.ask_for_approval(consultation, by=author, now=NOW)

    response = signed_in(approver).post(page("staff-publish-decide"), {"seen": asked.digest} | fields)

    assert response.status_code == 422
    assert problem in main(response)
    assert Approval.objects.get().decided_at is None


def test_47_a_block_stops_publishing_from_every_page(consultation, author, approver):
    client = signed_in(author)
    approved(consultation, asker=author, approver=approver)
    consultation.team.postal_address = "FREEPOST XXXX"
    consultation.team.save()

    assert client.get(page("staff-publish-confirm")).url == page()
    posted = client.post(page("staff-publish-confirm"), follow=True)

    assert "The team’s postal address says “XXXX”." in posted.content.decode()
    assert (
        "It cannot be published. Nothing is left to be filled in, and the postal address is real"
        in posted.content.decode()
    )
    assert Consultation.objects.get().launched_at is None


def test_approval_that_an_edit_made_void_is_said_to_be_and_can_be_asked_for_again(consultation, author, approver):
    approved(consultation, asker=author, approver=approver)
    Consultation.objects.update(summary="Something else")
    client = signed_in(author)

    shown = client.get(page())

    assert "It was changed since, so approval must be asked for again." in main(shown)
    assert page("staff-publish-confirm") not in links(shown)
    client.post(page("staff-publish-ask"))
    assert "Nobody has decided yet." in main(client.get(page()))


def test_asking_too_early_says_what_is_left(consultation, author):
    response = signed_in(author).post(page("staff-publish-ask"), follow=True)

    assert (
        "You cannot ask for approval yet. The privacy text and how long answers are kept are approved: somebody must say so."
        in response.content.decode()
    )
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    "key, fields, problem",
    [
        ("privacy", {"words": ""}, "Enter the name of the person who approved them"),
        ("easy-read", {"words": ""}, "Write your reason"),
        ("pilot", {"words": "No time"}, "Select yes if it is done"),
        ("pilot", {"answer": "not-done", "words": ""}, "Write your reason"),
        ("dates", {"words": "Because"}, "This has to be done. A reason is not enough"),
    ],
)
def test_words_that_do_not_do_are_refused_and_shown_again(consultation, author, key, fields, problem):
    response = say(signed_in(author), key, **fields)

    assert response.status_code == 422
    assert problem in main(response)
    assert not PreflightNote.objects.exists()


def test_what_was_said_can_be_taken_back_on_its_page(consultation, author):
    client = signed_in(author)
    say(client, "privacy", words="Dora Protector")
    assert "Dora Protector Ticked by leah, 10am on 2 November 2026" in main(client.get(page()))

    say(client, "privacy", take_back="1")

    assert not PreflightNote.objects.exists()
    assert "Dora Protector" not in main(client.get(page()))


def test_what_the_service_looks_at_has_no_form(consultation, author):
    Consultation.objects.update(still_open="")

    shown = signed_in(author).get(page("staff-publish-task", task="still-open"))

    assert (
        "Write what is not decided yet, and what is fixed already. Put it right This has to be put right. Nobody can tick it."
        in main(shown)
    )
    assert '<form method="post" novalidate' not in shown.content.decode()


def test_what_was_found_leads_to_the_page_that_puts_it_right(consultation, author, approver):
    Consultation.objects.update(still_open="")
    put_right = reverse("build-facts", args=["care", "information"])

    assert f'<a href="{put_right}">Put it right' in signed_in(author).get(page()).content.decode()
    assert (
        f'<a href="{put_right}">Put it right'
        in signed_in(author).get(page("staff-publish-task", task="still-open")).content.decode()
    )
    assert put_right not in signed_in(approver).get(page()).content.decode()


@pytest.mark.parametrize("key", WHERE_TO_MEND)
def test_every_page_that_puts_something_right_is_there(consultation, author, key):
    name, *more = WHERE_TO_MEND[key]

    assert signed_in(author).get(reverse(name, args=["care", *more])).status_code == 200
    assert key in {rule.key for rule in RULES}


def test_a_task_that_is_not_there_is_not_found(consultation, author):
    assert signed_in(author).get(page("staff-publish-task", task="nothing")).status_code == 404


def test_a_reason_that_lapsed_is_shown_as_such(consultation, author):
    client = signed_in(author)
    say(client, "languages", words="Nobody here speaks Polish")
    Consultation.objects.update(closes_at="2026-12-31T23:59Z")
    say(client, "six-weeks", words="The board meets in January")
    Consultation.objects.update(closes_at="2026-12-20T23:59Z")

    shown = main(client.get(page()))

    assert (
        "It is open for 7 days, which is less than 6 weeks. This changed after leah spoke of it at 10am on 2 November 2026: "
        "“The board meets in January”. Look at it again." in shown
    )


def test_a_published_consultation_has_nothing_left_to_tick(consultation, author, approver):
    client = signed_in(author)
    approved(consultation, asker=author, approver=approver)
    client.post(page("staff-publish-confirm"))

    shown = client.get(page())

    assert "It is published already." in main(shown)
    assert links(shown) == []
    assert say(client, "privacy", take_back="1").url == page()
    assert PreflightNote.objects.filter(task="privacy").exists()


def test_two_teams_see_nothing_of_each_others_way_to_opening(consultation):
    stranger = signed_in(lead("stranger", of=team("Southbridge")))

    assert {
        stranger.get(page(name, **more)).status_code
        for name, more in (
            ("staff-publish", {}), ("staff-publish-task", {"task": "privacy"}), ("staff-publish-confirm", {}),
            ("staff-publish-decide", {}), ("staff-closing", {}), ("staff-withdraw", {}),
        )
    } == {404}  # fmt: skip


def test_the_page_of_pre_flight_costs_few_queries(consultation, author, django_assert_max_num_queries):
    client = signed_in(author)
    worked_through(consultation, by=author)

    with django_assert_max_num_queries(16):
        client.get(page())
