"""Changing a questionnaire that people are answering."""

from dataclasses import replace

import pytest
from django.utils import timezone

from consult.change_approval import decide_change
from consult.models import AuditEvent, User
from consult.services import move, publish_questionnaire
from exports.document import Table
from surveys.definition import Option, Question
from surveys.models import Version
from surveys.publishing import published
from surveys.renderings import recorded
from tests.builders import choice, comment, questionnaire
from tests.consult.building import Builder
from tests.consult.people import lead, signed_in, team
from tests.consult.publishing import amir
from tests.consultations import draft_consultation, open_consultation
from tests.exports.composed import report_of
from tests.exports.respondents import close, results_now, send
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db

FORM = questionnaire(choice("a", "Red", "Green", text="Witch colour?"), comment("why"))


@pytest.fixture
def live():
    """A lead at a consultation that is open."""
    return Builder(open_consultation(FORM, team=team()), signed_in(lead()))


def send_and_approve(live, **said):
    """Send the changes of the draft, and let a second person approve them."""
    live.open("changes/").send(**said)
    waiting = live.consultation.change_requests.get(decided_at=None)
    by = User.objects.filter(username="amir").first() or amir()
    decide_change(live.consultation, seen=waiting.digest, is_approved=True, by=by, now=timezone.now())


def newest(live):
    return published(Version.objects.order_by("-number").first().id).definition


def test_typing_mistake_is_mended_with_a_reason_and_a_public_note(live):
    live.open("questions/question/a/").send(text="Which colour?")
    live.open("changes/").send(
        sort_0=["typo"], reason="It said witch", public_note="We mended a typing mistake in question 1."
    )

    assert newest(live).question("a").text == {"en": "Which colour?"}
    version = Version.objects.get(number=2)
    assert (version.reason, version.public_note) == ("It said witch", "We mended a typing mistake in question 1.")
    event = AuditEvent.objects.get(verb="questions changed")
    assert event.detail.body["changes"] == [
        {
            "where": "a",
            "what": "The words of a question have changed",
            "before": "Witch colour?",
            "after": "Which colour?",
            "sort": "typo",
        }
    ]
    assert (
        "We mended a typing mistake in question 1." in Visit("plan").client.get("/consultations/plan/").content.decode()
    )


def test_change_is_refused_until_it_is_said_why_what_and_of_what_sort(live):
    live.open("questions/question/a/").send(text="Which colour?")

    live.open("changes/").send()

    assert live.page.status_code == 422
    for told in ("Say why, for the record.", "in words for the public", "whether it mends a typing mistake"):
        assert told in live.text
    assert Version.objects.count() == 1


def test_change_of_meaning_is_refused_with_the_way_forward(live):
    live.open("questions/question/a/").send(**{"options-0-label": "Yellow"})

    assert "Add a new option instead" in live.open("changes/").text
    assert "" not in live.forms


def test_changes_of_which_somebody_else_made_more_meanwhile_are_looked_at_again(live):
    live.open("questions/question/a/").send(hint="Choose one")
    live.open("changes/")
    other = Builder(live.consultation, signed_in(lead("second")))
    other.open("questions/question/why/").send(hint="In your own words")

    live.send(reason="r", public_note="n")

    assert "Somebody else changed the questions while you were writing" in live.text
    assert Version.objects.count() == 1


def test_respondent_finishes_the_version_they_began_and_the_next_one_gets_the_new(live):
    visit = Visit("plan")
    visit.given_i_have_begun()
    live.open("questions/question/a/").send(**{"options-2-label": "Blue"})
    send_and_approve(live, reason="Asked for", public_note="You can choose blue.")

    assert "Blue" not in visit.client.get("/consultations/plan/respond/page_a/").content.decode()
    assert "Blue" in Visit("plan").given_i_have_begun().page.text


def test_answers_of_both_versions_are_tabulated_together(live):
    for _ in range(12):
        send(live.consultation, {"a": 1})
    live.open("questions/question/a/").send(**{"options-2-label": "Blue"})
    send_and_approve(live, reason="Asked for", public_note="You can choose blue.")
    for _ in range(20):
        send(live.consultation, {"a": 3})

    results = results_now(live.consultation)
    question, summaries = results.questions()[0]
    table = results.table(summaries[0])

    assert dict(zip(table.rows, [row[0].shown for row in table.cells], strict=True)) == {
        "Red": "10",
        "Green": "0",
        "Blue": "20",
    }
    assert question.options[-1] == Option(3, {"en": "Blue"})


def test_typing_mistake_is_mended_once_somebody_has_said_that_the_other_language_is_still_right():
    asked = Question("a", "one_choice", {"en": "Witch one?", "pl": "Który?"}, options=two("Tak", "Nie"))
    form = recorded(replace(questionnaire(asked), languages=("en", "pl")), "pl")
    live = Builder(open_consultation(form, team=team()), signed_in(lead()))
    live.open("questions/question/a/").send(text="Which one?")
    assert "say whether they are still right" in live.open("changes/").text
    live.go("languages/pl/").send("/staff/plan/languages/pl/still-right/")

    live.open("changes/").send(sort_0=["typo"], reason="It said witch", public_note="We mended a typing mistake.")

    assert newest(live).question("a").text == {"en": "Which one?", "pl": "Który?"}


def two(*polish):
    """Yes and no in both languages."""
    words = zip(("Yes", "No"), polish, strict=True)
    return tuple(Option(code, {"en": en, "pl": pl}) for code, (en, pl) in enumerate(words, start=1))


def test_report_lists_each_change_with_how_many_answered_before_and_after(live):
    for _ in range(12):
        send(live.consultation, {"a": 1})
    live.open("questions/question/a/").send(**{"options-2-label": "Blue"})
    send_and_approve(live, reason="Asked for", public_note="You can choose blue.")
    for _ in range(20):
        send(live.consultation, {"a": 3})

    section = next(s for s in report_of(close(live.consultation)).sections if s.heading == "Changes to the questions")

    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    day = f"{timezone.localdate():%-d %B %Y}"
    assert table.rows == (
        ("Until the first change", "As published", "10"),
        (f"From {day}", "You can choose blue.", "20"),
    )


def test_report_of_a_questionnaire_that_was_never_changed_says_nothing_of_changes(live):
    headings = [section.heading for section in report_of(close(live.consultation)).sections]

    assert "Changes to the questions" not in headings


def test_what_two_people_approved_gets_no_other_meaning_before_it_opens_either():
    now = timezone.now()
    consultation = draft_consultation(FORM, team=team())
    publish_questionnaire(consultation, by="a test", now=now)
    move("launch", consultation, by="a test", now=now)
    forthcoming = Builder(consultation, signed_in(lead()))

    forthcoming.open("questions/question/a/").send(**{"options-0-label": "Yellow"})

    assert "Add a new option instead" in forthcoming.open("changes/").text
