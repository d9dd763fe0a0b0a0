"""Asking for approval, a second person's decision, what makes it void, and publishing (point 47, threats.md D20, G7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from consult import audit
from consult.approval import (
    NotYours,
    Standing,
    approval_of,
    approve,
    ask_for_approval,
    authors_of,
    facts_fields,
    preflight_of,
    say_of_task,
    send_back,
    take_back,
)
from consult.models import Approval, AuditEvent, Consultation, Document
from consult.preflight import NotSayable
from consult.services import NotReady, facts_about, launch, withdraw
from consult.stages import Stage, stage_at
from surveys.definition_json import to_json
from surveys.models import Questionnaire, Version
from tests.builders import choice, questionnaire
from tests.consult.publishing import NOW, amir, approved, drafted, leah, worked_through

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return leah()


@pytest.fixture
def approver():
    return amir()


@pytest.fixture
def consultation(author, approver):
    """A draft that Leah wrote, with pre-flight done but for the approval."""
    return worked_through(drafted(by=author), by=author)


def open_tasks(consultation):
    return [task.key for task in preflight_of(consultation, now=NOW) if not task.is_done]


def standing(consultation):
    return approval_of(consultation).standing


def last_event():
    event = AuditEvent.objects.order_by("-seq").first()
    return event.verb, event.actor, event.reason


# Working through the table --------------------------------------------------------------------------------------------------


def test_a_new_draft_has_open_what_people_must_say_and_what_it_lacks(author, approver):
    assert open_tasks(drafted(by=author)) == [
        "privacy", "options", "paper", "assessment", "approval",
        "easy-read", "large-print", "languages", "one-option", "pilot",
    ]  # fmt: skip


def test_a_tick_is_kept_with_who_and_when_and_recorded(author, approver):
    consultation = drafted(by=author)

    say_of_task(consultation, "privacy", words="Dora Protector", is_tick=True, by=author, now=NOW)

    said = next(task.said for task in preflight_of(consultation, now=NOW) if task.key == "privacy")
    assert (said.words, said.by, said.at, said.is_tick) == ("Dora Protector", "leah", NOW, True)
    assert last_event() == ("pre-flight task ticked", "leah", "Dora Protector")


def test_what_was_said_can_be_taken_back_and_that_is_recorded(consultation, author):
    take_back(consultation, "privacy", by=author, now=NOW)

    assert open_tasks(consultation) == ["privacy", "approval"]
    assert last_event() == ("pre-flight words taken back", "leah", "")


def test_nothing_can_be_said_of_what_the_service_looks_at_or_of_what_is_no_task(consultation, author):
    with pytest.raises(NotSayable):
        say_of_task(consultation, "closing-time", words="Fine", is_tick=True, by=author, now=NOW)
    with pytest.raises(KeyError):
        say_of_task(consultation, "nothing", words="Fine", is_tick=True, by=author, now=NOW)


# Asking -------------------------------------------------------------------------------------------------------------------


def test_approval_cannot_be_asked_for_while_something_else_is_left(author, approver):
    consultation = drafted(by=author)

    with pytest.raises(NotReady) as refusal:
        ask_for_approval(consultation, by=author, now=NOW)

    assert refusal.value.tasks[0] == (
        "The privacy text and how long answers are kept are approved: somebody must say so."
    )
    assert standing(consultation) == Standing.NOT_ASKED


def test_asking_states_the_revision_and_is_recorded(consultation, author):
    asked = ask_for_approval(consultation, by=author, now=NOW)

    assert (asked.revision, asked.asked_by, asked.asked_at) == (0, "leah", NOW)
    assert standing(consultation) == Standing.WAITING
    assert last_event() == ("approval asked", "leah", "")


# Deciding -----------------------------------------------------------------------------------------------------------------


def test_a_second_person_approves_and_that_is_recorded(consultation, author, approver):
    asked = ask_for_approval(consultation, by=author, now=NOW)

    approve(consultation, seen=asked.digest, by=approver, now=NOW, words="Well written")

    assert (standing(consultation), approval_of(consultation).by) == (Standing.APPROVED, "amir")
    assert last_event() == ("approved", "amir", "Well written")
    assert open_tasks(consultation) == []


def test_47_whoever_asked_cannot_approve(consultation, author):
    asked = ask_for_approval(consultation, by=author, now=NOW)

    with pytest.raises(NotYours):
        approve(consultation, seen=asked.digest, by=author, now=NOW)

    assert standing(consultation) == Standing.WAITING


@pytest.mark.parametrize(
    "verb", ["created", "questionnaire edited", "facts changed", "pre-flight reason given", "anything new"]
)
def test_47_whoever_had_a_hand_in_it_cannot_approve_though_somebody_else_asked(consultation, author, approver, verb):
    audit.record(verb, consultation, team=consultation.team, by=approver, at=NOW)
    asked = ask_for_approval(consultation, by=author, now=NOW)

    with pytest.raises(NotYours):
        approve(consultation, seen=asked.digest, by=approver, now=NOW)
    with pytest.raises(NotYours):
        send_back(consultation, seen=asked.digest, by=approver, now=NOW, words="Shorter")


def test_whoever_only_looked_or_decided_before_is_no_author(consultation, author, approver):
    for verb in ("sent back", "approved", "interim results seen", "format requests opened"):
        audit.record(verb, consultation, team=consultation.team, by=approver, at=NOW)

    assert authors_of(consultation) == {"leah"}


def test_an_author_of_another_consultation_is_none_of_this(consultation, approver):
    drafted("other", by=approver)

    assert authors_of(consultation) == {"leah"}


def test_the_database_itself_refuses_an_approval_by_the_one_who_asked(consultation, author):
    ask_for_approval(consultation, by=author, now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(decided_by="leah", decided_at=NOW, is_approved=True)


def test_sending_back_needs_words_and_lets_the_lead_ask_again(consultation, author, approver):
    asked = ask_for_approval(consultation, by=author, now=NOW)
    with pytest.raises(NotReady, match="Say what should change"):
        send_back(consultation, seen=asked.digest, by=approver, now=NOW, words=" ")

    send_back(consultation, seen=asked.digest, by=approver, now=NOW, words="Question 1 leads")

    assert (standing(consultation), approval_of(consultation).request.words) == (Standing.SENT_BACK, "Question 1 leads")
    assert last_event() == ("sent back", "amir", "Question 1 leads")
    ask_for_approval(consultation, by=author, now=NOW)
    assert standing(consultation) == Standing.WAITING


def test_nothing_is_decided_twice_or_unasked(consultation, author, approver):
    with pytest.raises(NotReady, match="Nobody is asking"):
        approve(consultation, seen="", by=approver, now=NOW)
    approved(consultation, asker=author, approver=approver)

    with pytest.raises(NotReady, match="Nobody is asking"):
        send_back(consultation, seen=approval_of(consultation).request.digest, by=approver, now=NOW, words="Wait")


def test_a_decision_is_on_what_the_approver_had_before_them(consultation, author, approver):
    first = ask_for_approval(consultation, by=author, now=NOW)
    Consultation.objects.update(summary="Something else")
    ask_for_approval(consultation, by=author, now=NOW)

    with pytest.raises(NotReady, match="changed after you opened this page"):
        approve(consultation, seen=first.digest, by=approver, now=NOW)


# What makes it void -------------------------------------------------------------------------------------------------------


def change_questionnaire(consultation):
    """Another draft, as the builder saves it."""
    held = Questionnaire.objects.get(pk=consultation.questionnaire_id)
    held.draft, held.revision = to_json(questionnaire(choice("q1", "Yes", "No", "Perhaps"))), held.revision + 1
    held.save()


def change_questionnaire_past_the_counter(consultation):
    """The same, by somebody who forgot to count the revision."""
    draft = to_json(questionnaire(choice("q1", "Never", "No")))
    Questionnaire.objects.filter(pk=consultation.questionnaire_id).update(draft=draft)


def change(**fields):
    """Change fields of the consultation."""
    return lambda consultation: Consultation.objects.filter(pk=consultation.pk).update(**fields)


def change_team(consultation):
    consultation.team.phone = "01632 960 999"
    consultation.team.save()


EDITS = {
    "questionnaire": change_questionnaire,
    "questionnaire past the counter": change_questionnaire_past_the_counter,
    "title": change(title="Urgent care"),
    "opening": change(opens_at=datetime(2026, 12, 15, 9, tzinfo=UTC)),
    "report date": change(report_by=date(2027, 5, 1)),
    "population": change(baseline="wigan-all"),
    "new document": lambda consultation: Document.objects.create(
        consultation=consultation, slug="plan", title="The plan"
    ),
    "contact": change_team,
    "a reason": lambda consultation: say_of_task(
        consultation, "pilot", words="Another reason", is_tick=False, by="leah", now=NOW
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_any_later_edit_makes_an_approval_void_and_keeps_it_from_being_published(consultation, author, approver, edit):
    approved(consultation, asker=author, approver=approver)

    edit(consultation)
    consultation.refresh_from_db()

    assert standing(consultation) == Standing.CHANGED
    with pytest.raises(NotReady) as refusal:
        launch(consultation, by=author, now=NOW)
    assert [task for task in refusal.value.tasks if "Nobody else has approved it as it is now." in task]
    assert Consultation.objects.get().launched_at is None


def test_every_field_that_is_put_to_people_counts_for_an_approval(consultation):
    assert set(facts_fields()) == {
        "slug", "team_id", "title", "short_name", "kind", "topic", "area", "questionnaire_id", "summary", "purpose",
        "still_open", "asks", "decided_by", "decision_on", "report_by", "kept_years", "question_set", "baseline", "policy",
        "is_illustrative", "opens_at", "closes_at",
    }  # fmt: skip


def test_time_that_passes_makes_no_approval_void(consultation, author, approver, time_machine):
    approved(consultation, asker=author, approver=approver)

    time_machine.move_to(NOW + timedelta(days=30))

    assert standing(Consultation.objects.get()) == Standing.APPROVED


# Publishing ---------------------------------------------------------------------------------------------------------------


def test_an_approved_consultation_is_published_as_it_was_approved(consultation, author, approver):
    approved(consultation, asker=author, approver=approver)

    launch(consultation, by=author, now=NOW)

    consultation.refresh_from_db()
    version = consultation.questionnaire.versions.get()
    assert version.document == consultation.questionnaire.draft
    assert stage_at(facts_about(consultation), NOW) == Stage.FORTHCOMING
    assert last_event() == ("launch", "leah", "")


def test_a_draft_that_nobody_approved_is_not_published(consultation, author):
    with pytest.raises(NotReady) as refusal:
        launch(consultation, by=author, now=NOW)

    assert refusal.value.tasks == [
        "A second person, who did not write it, has approved it: Nobody else has approved it as it is now."
    ]
    assert not Version.objects.exists()


def test_an_approved_consultation_whose_closing_time_has_passed_is_not_published(consultation, author, approver):
    approved(consultation, asker=author, approver=approver)

    with pytest.raises(NotReady, match="The closing time has passed"):
        launch(consultation, by=author, now=consultation.closes_at)


def test_what_is_published_cannot_be_published_or_asked_for_again(consultation, author, approver):
    launch(approved(consultation, asker=author, approver=approver), by=author, now=NOW)

    with pytest.raises(NotReady, match="A consultation that is forthcoming cannot do this"):
        launch(consultation, by=author, now=NOW)
    with pytest.raises(NotReady, match="It is published already"):
        ask_for_approval(consultation, by=author, now=NOW)


# Withdrawing --------------------------------------------------------------------------------------------------------------


def test_withdrawing_needs_both_words_and_records_who_and_why(consultation, author, approver):
    launch(approved(consultation, asker=author, approver=approver), by=author, now=NOW)
    with pytest.raises(NotReady) as refusal:
        withdraw(consultation, by=author, now=NOW, reason=" ", words="")
    assert refusal.value.tasks == ["Say why, for the record.", "Say why, in words for the public."]

    withdraw(consultation, by=author, now=NOW, reason="Board paper 9", words="the plan was dropped", agreed_by="amir")

    consultation.refresh_from_db()
    assert stage_at(facts_about(consultation), NOW) == Stage.WITHDRAWN
    assert consultation.withdrawal_words == "the plan was dropped"
    assert last_event() == ("withdraw", "leah", "Board paper 9")


def test_a_draft_cannot_be_withdrawn(consultation, author):
    with pytest.raises(NotReady, match="A consultation that is draft cannot do this"):
        withdraw(consultation, by=author, now=NOW, reason="x", words="y")
