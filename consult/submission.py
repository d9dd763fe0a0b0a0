"""THE way in: every response, from a resident, a keyer, a spreadsheet or another system, is taken here and nowhere else.

One transaction holds the response, its codes and its audit row; the receipt exists only after it is committed. The same
submission key gives the same receipt however often it is sent, since the receipt is derived from it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from consult import areas, audit, keys
from consult.services import newest_facts
from consult.stages import Stage, may_still_send, stage_at
from equality import services as equality_services
from equality.queries import self_described_at
from surveys.models import Channel, Response
from surveys.publishing import published
from surveys.responses import new_response, replace_answers, save_responses
from surveys.validation import AnswersRejected, Checked, check


class ConsultationClosed(Exception):
    """The consultation takes no responses now. `stage` says why."""

    def __init__(self, stage):
        super().__init__(f"This consultation is {stage}")
        self.stage = stage


class NothingToSend(Exception):
    """Not one question was answered: a receipt with nothing behind it would be a lie."""


@dataclass(frozen=True)
class Receipt:
    """What is given back for a response: its public reference and its secret receipt code. `is_new` once only."""

    reference: str
    receipt: str
    is_new: bool


@dataclass(frozen=True)
class Sending:
    """One response on its way in: its answers as `checked_answers` gives them, its submission key, and when it counts as sent."""

    key: UUID
    checked: Checked
    sent_at: datetime
    language: str = "en"
    variant: str = ""


STAFF_CHANNELS = {Channel.PAPER, Channel.PHONE, Channel.LETTER, Channel.EVENT}
"""Channels that staff enter: marks are allowed, nothing can be asked for again, and what came in time may be keyed later."""


def submit(
    consultation,
    *,
    answers,
    channel,
    key,
    version_id,
    now,
    by=None,
    form_number="",
    equality=None,
    language="en",
    variant="",
    begun_at=None,
    alongside=None,
):
    """Take a response (`answers` are raw, `{question_key: raw}`) and return its Receipt, after commit.

    `key` is the submission key (a UUID); `equality` the raw equality answers, or None where they come later. `by` is who keyed
    it and `form_number` what is written on the paper, for the audit log. `alongside()` is called in the same transaction. A key
    that was used before returns the first receipt, whatever it is sent with. Raises AnswersRejected, NothingToSend or
    ConsultationClosed.
    """
    when = {"channel": channel, "begun_at": begun_at, "now": now}
    try:
        # Before the transaction, in which nobody else can write where the database is SQLite.
        checked = checked_in_time(consultation, answers, version_id=version_id, **when)
        response = row_of(Sending(key, checked, now, language, variant), channel=channel, version_id=version_id)
        with transaction.atomic():
            take_in(consultation, [response], **when)
            if equality:
                save_equality(consultation, submission_key=key, answers=equality)
            if by is not None:
                detail = {"channel": str(channel), "form number": form_number}
                audit.record("response keyed", response, team=consultation.team, by=by, at=now, detail=detail)
            if alongside is not None:
                alongside()
    except (IntegrityError, AnswersRejected, NothingToSend, ConsultationClosed):
        # It was sent before, or at this very moment: then that receipt is this one's. Asked only now, for nearly none was.
        if receipt := receipt_of(key):
            return receipt
        raise
    return Receipt(response.reference, keys.receipt_for(key), is_new=True)


@transaction.atomic
def correct(consultation, response, *, answers, equality, by, now, reason="", form_number=""):
    """Put what a paper form truly says in the place of what was keyed of it; `equality` None takes the profile away.

    The rest as `submit`. Raises AnswersRejected or NothingToSend.
    """
    checked = checked_answers(response.version_id, answers, channel=response.channel)
    replace_answers(response, checked)
    if equality:
        save_equality(consultation, submission_key=response.submission_key, answers=equality)
    else:
        equality_services.delete_profile(keys.profile_link(link_key(consultation), response.submission_key))
    detail = {"form number": form_number}
    audit.record("response corrected", response, team=consultation.team, by=by, at=now, reason=reason, detail=detail)


def submit_many(consultation, sendings, *, channel, version_id, now, by, detail):
    """Take responses in together, in one short transaction with one audit row, and return those that are new (Response).

    Their answers were checked before, so that nobody else's writing waits for it. Those whose key was used before are there
    already, and stay as they are. Raises ConsultationClosed.
    """
    rows = [row_of(sending, channel=channel, version_id=version_id) for sending in sendings]
    for last in (False, True):
        try:
            with transaction.atomic():
                used = keys_used(row.submission_key for row in rows)
                fresh = [row for row in rows if row.submission_key not in used]
                responses = take_in(consultation, fresh, channel=channel, begun_at=None, now=now)
                if responses:
                    references = [response.reference for response in responses]
                    told = {"channel": str(channel), "references": references} | detail
                    audit.record("responses imported", consultation, team=consultation.team, by=by, at=now, detail=told)
            return responses
        except IntegrityError:
            # Somebody else took one of these in since we looked: it is there now.
            if last:
                raise
    raise AssertionError("two tries have two ends")


def take_in(consultation, responses, *, channel, begun_at, now):
    """Keep responses (`row_of`), in the caller's transaction, and return them: the one place where a response comes to be.

    Raises ConsultationClosed.
    """
    refuse_when_closed(consultation, channel=channel, begun_at=begun_at, now=now)
    return save_responses(responses)


def row_of(sending, *, channel, version_id):
    """A response as it will be kept. Nothing is kept yet."""
    return new_response(
        sending.checked,
        version_id=version_id,
        submission_key=sending.key,
        reference=keys.reference_for(sending.key),
        receipt_digest=keys.receipt_digest(keys.receipt_for(sending.key)),
        channel=channel,
        language=sending.language,
        variant=sending.variant,
        submitted_at=sending.sent_at,
    )


def keys_used(submission_keys):
    """Those of some submission keys that responses were taken in under."""
    found = Response.objects.filter(submission_key__in=list(submission_keys))
    return set(found.values_list("submission_key", flat=True))


def receipt_of(key):
    """The receipt of a submission key that was used before, or None."""
    reference = Response.objects.filter(submission_key=key).values_list("reference", flat=True).first()
    return Receipt(reference, keys.receipt_for(key), is_new=False) if reference else None


def refuse_when_closed(consultation, *, channel, begun_at, now):
    """Raise ConsultationClosed unless the stage, read again inside the transaction, lets this channel in."""
    facts = newest_facts(consultation)
    stage = stage_at(facts, now)
    if channel in STAFF_CHANNELS and stage == Stage.CLOSED:
        # Forms that arrived in time are still being keyed after the closing date.
        return
    if not may_still_send(facts, begun_at=begun_at, now=now):
        raise ConsultationClosed(stage)


def checked_in_time(consultation, answers, *, version_id, channel, begun_at, now):
    """The answers checked. Raises ConsultationClosed before anything else: who is too late is told that, not what is wrong."""
    try:
        return checked_answers(version_id, answers, channel=channel)
    except (AnswersRejected, NothingToSend):
        refuse_when_closed(consultation, channel=channel, begun_at=begun_at, now=now)
        raise


def checked_answers(version_id, answers, *, channel):
    """The answers checked against their version. Raises AnswersRejected or NothingToSend."""
    on_paper = channel in STAFF_CHANNELS
    checked = check(
        published(version_id).definition, answers, find_area=areas.find_area, marks=on_paper, required=not on_paper
    )
    if checked.problems:
        raise AnswersRejected(checked.problems)
    if not checked.answers:
        raise NothingToSend
    return checked


def save_equality(consultation, *, submission_key, answers, own_words=None):
    """Keep equality answers apart, under a link that only the consultation's key can work out.

    `answers` are merged into what was kept before, so that a person's pages can be saved one at a time; `own_words`
    (`{key: text}`) likewise, sealed.
    """
    link = keys.profile_link(link_key(consultation), submission_key)
    sealed = None
    if own_words:
        earlier = self_described_at(link)
        kept = json.loads(keys.open_text(earlier)) if earlier else {}
        sealed = keys.seal_text(json.dumps(kept | own_words))
    equality_services.save_profile(
        link=link,
        questionnaire_id=consultation.questionnaire_id,
        set_version=consultation.question_set,
        answers=answers,
        self_described=sealed,
    )


def link_key(consultation):
    """The consultation's link key. Raises LinkKey.DoesNotExist once it was destroyed."""
    return keys.unwrap_link_key(consultation.link_key.wrapped)
