"""Letters, emails, events and petitions: recorded apart, corrected and withdrawn with a record, told to the report."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from consult import audit
from consult.models import AuditDetail, AuditEvent, Erasure, OtherResponse
from consult.other_responses import commands
from consult.other_responses.commands import AlreadyWithdrawn, Entry
from consult.other_responses.models import Passage
from consult.other_responses.queries import counted_apart
from consult.retention import apply_retention
from consult.submission import ConsultationClosed
from exports.subjects import CountedApart, Event, Letter, Petition
from surveys.models import Response
from tests.consult import people
from tests.consult.other_responses import CANARY, LETTER, NOW, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def test_a_letter_is_kept_with_where_it_came_from_and_is_no_response(ours):
    found = kept(ours)

    assert str(found) == "Letter 1"
    assert (found.added_by, found.added_at, found.happened_on) == ("clerk", NOW, date(2026, 11, 20))
    assert list(found.passages.values_list("question", "words")) == [("used", "It is too far."), ("", "Think.")]
    assert Response.objects.count() == 0


def test_sent_twice_it_is_kept_once_and_two_have_two_numbers(ours):
    first, again = kept(ours), kept(ours)
    second = kept(ours, key=UUID(int=8, version=4))

    assert (first.number, again.number, second.number) == (1, 1, 2)
    assert [event.verb for event in AuditEvent.objects.filter(actor="clerk")] == ["other response added"] * 2


def test_somebody_elses_key_gives_nothing_of_theirs_away(ours):
    theirs = kept(ours, by="somebody else")

    own = kept(ours, by="clerk")

    assert (own.pk == theirs.pk, own.number, own.added_by) == (False, 2, "clerk")


@pytest.mark.parametrize("field", ["reported_at", "withdrawn_at"])
def test_nothing_is_added_or_corrected_once_the_report_is_out_or_it_was_withdrawn(ours, field):
    found = kept(ours)
    ours.closes_at = NOW - timedelta(days=1)
    setattr(ours, field, NOW - timedelta(hours=1))
    ours.save()

    with pytest.raises(ConsultationClosed):
        kept(ours, key=UUID(int=8, version=4))
    with pytest.raises(ConsultationClosed):
        commands.correct(found, LETTER, reason="", by="clerk", now=NOW)


def test_what_came_in_time_is_recorded_after_closing(ours):
    ours.closes_at = NOW - timedelta(days=1)
    ours.save()

    assert kept(ours).number == 1


def test_a_correction_names_what_was_changed_and_no_word_of_it(ours):
    found = kept(ours)
    entry = Entry(sort="email", happened_on=LETTER.happened_on, sender="person", passages=(("", CANARY),))

    commands.correct(found, entry, reason="It was an email", by="lead", now=NOW)

    event = AuditEvent.objects.get(verb="other response corrected")
    assert (event.actor, event.reason, event.object_label) == ("lead", "It was an email", "Email 1")
    assert AuditDetail.objects.get(event=event).body == {"changed": ["sort", "passages"]}
    assert list(Passage.objects.values_list("words", flat=True)) == [CANARY]


def test_withdrawn_it_is_counted_no_more_and_cannot_change(ours):
    found = kept(ours)

    commands.withdraw(found, reason="Recorded twice", erases=False, by="lead", now=NOW)

    assert counted_apart(ours) == CountedApart()
    assert Passage.objects.count() == 2
    with pytest.raises(AlreadyWithdrawn):
        commands.correct(found, LETTER, reason="", by="lead", now=NOW)
    with pytest.raises(AlreadyWithdrawn):
        commands.withdraw(found, reason="", erases=True, by="lead", now=NOW)


def test_erased_its_words_and_names_are_gone_and_the_register_remembers(ours):
    entry = Entry(
        sort="event", happened_on=date(2026, 11, 2), title=CANARY, place=CANARY, organisation=CANARY, people=12,
        passages=(("", CANARY),),
    )  # fmt: skip
    found = kept(ours, entry)

    commands.withdraw(found, reason="They asked", erases=True, by="lead", now=NOW)

    found.refresh_from_db()
    assert (found.title, found.place, found.organisation, found.is_erased) == ("", "", "", True)
    assert (Passage.objects.count(), Erasure.objects.get().erased_at) == (0, NOW)
    details = str(list(AuditDetail.objects.values_list("body", flat=True)))
    assert CANARY not in details + str(list(AuditEvent.objects.values_list("object_label", "reason")))
    assert audit.first_bad_event(ours.team) is None


def test_a_report_is_told_what_may_be_published_and_nothing_else(ours):
    day = date(2026, 11, 2)
    for number, entry in enumerate(
        (
            Entry(sort="email", happened_on=day, sender="organisation", organisation="Carers", may_name=True),
            Entry(sort="letter", happened_on=day, sender="organisation", organisation="Secret society"),
            Entry(sort="letter", happened_on=day, sender="person", passages=(("", CANARY),), has_personal_details=True),
            Entry(sort="event", happened_on=day, title="Tea", place="Hall", organisation="Us", people=12,
                  passages=(("used", "Buses."),)),
            Entry(sort="petition", happened_on=day, title="Keep it", sender="elected", people=800, passages=(("", "We ask."),)),
        )
    ):  # fmt: skip
        kept(ours, entry, key=UUID(int=number, version=4))

    assert counted_apart(ours) == CountedApart(
        letters=(
            Letter(is_email=True, is_organisation=True, name="Carers"),
            Letter(is_email=False, is_organisation=True),
            Letter(is_email=False, is_organisation=False),
        ),
        events=(
            Event(
                title="Tea", held_on="Monday 2 November 2026", place="Hall", people=12, passages=(("used", "Buses."),)
            ),
        ),
        petitions=(
            Petition(
                title="Keep it",
                organiser="A councillor or Member of Parliament",
                received_on="Monday 2 November 2026",
                signatures=800,
                passages=(("", "We ask."),),
            ),
        ),
    )


def test_they_go_with_the_consultation_and_when_the_promised_years_are_over(ours):
    kept(ours)
    over = ours.closes_at.replace(year=ours.closes_at.year + 2) + timedelta(days=4)

    before = {each.name: each.number for each in apply_retention(now=over - timedelta(days=8))}
    after = {each.name: each.number for each in apply_retention(now=over)}

    assert (before["other responses"], after["other responses"]) == (0, 1)
    assert (OtherResponse.objects.count(), Passage.objects.count()) == (0, 0)


def test_a_lead_has_every_passage_in_a_file_once_it_is_closed_safe_for_a_spreadsheet(ours):
    kept(
        ours,
        Entry(
            sort="letter", happened_on=date(2026, 11, 2), sender="person", passages=(("used", "=1+1"), ("", "Think."))
        ),
    )
    kept(ours, Entry(sort="petition", happened_on=date(2026, 11, 3), title="Keep it", sender="group", people=800),
         key=UUID(int=8, version=4))  # fmt: skip
    gone = kept(ours, key=UUID(int=9, version=4))
    commands.withdraw(gone, reason="", erases=False, by="lead", now=NOW)
    ours.opens_at, ours.closes_at = NOW - timedelta(days=9), NOW - timedelta(days=1)
    ours.save()
    lead = people.signed_in(people.lead())

    file = reverse("staff-responses", args=["care", "other-responses", "csv"])
    rows = list(csv.reader(io.StringIO(b"".join(lead.get(file).streaming_content).decode("utf-8-sig"))))

    letter = ["1", "Letter", "2026-11-02", "A person", "", "no", "", "", "", "no"]
    assert rows[1:] == [
        [*letter, "used", "'=1+1"],
        [*letter, "", "Think."],
        ["2", "Petition", "2026-11-03", "A group or campaign", "", "no", "Keep it", "", "800", "no", "", ""],
    ]
    assert AuditEvent.objects.latest("seq").verb == "other-responses exported"
