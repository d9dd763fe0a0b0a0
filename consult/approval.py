"""Commands on the way to publishing: what people say of pre-flight's tasks, asking for approval, and a second person's decision.

Approval is for the consultation as it was when it was asked for: the questionnaire's draft, what the consultation says of itself,
its documents, and what was said in pre-flight. A digest stands for all of it, so that any later edit makes the approval void,
whoever makes it and by whatever way. Nobody approves what they had a hand in: the audit log says who did.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from consult import audit
from consult.models import Approval, AuditEvent, Consultation, PreflightNote
from consult.preflight import refusals, refuse_unsayable
from consult.preflight_rules import APPROVAL
from consult.readiness import tasks_of
from consult.stages import NotReady
from surveys.models import Questionnaire
from surveys.text import clean_text

LIFE = {
    "id", "launched_at", "reported_at", "decided_at", "withdrawn_at", "first_closes_at", "closing_words",
    "withdrawal_words", "outcome",
}  # fmt: skip
"""Fields of a consultation that say what became of it, and not what is put to people."""

NOT_WRITING = {
    "approved", "sent back", "launch", "questionnaire published", "close_early", "extend", "withdraw", "report", "decide",
    "interim results seen", "format requests opened", "format sent", "responses exported", "codebook exported",
    "response keyed", "response erased", "deleted on schedule", "preview link made", "preview link ended",
    "change approved", "change sent back", "closing approved", "closing sent back", "correction approved",
    "correction sent back", "picture added",
}  # fmt: skip
"""Events of the record that make nobody an author. An event that is not here does: a new one errs on the safe side."""


class Standing(StrEnum):
    """How far approval has got."""

    NOT_ASKED = "not asked"
    WAITING = "waiting"
    SENT_BACK = "sent back"
    APPROVED = "approved"
    CHANGED = "changed since"


@dataclass(frozen=True)
class Approved:
    """How far approval has got, and the request it is about (None when nobody asked)."""

    standing: Standing
    request: Approval | None = None

    @property
    def by(self):
        """Who approved it as it is now; "" when nobody did."""
        return self.request.decided_by if self.standing == Standing.APPROVED else ""


class NotYours(Exception):
    """Somebody wants to approve what they had a hand in."""

    def __init__(self):
        super().__init__("You worked on this consultation or asked for its approval. Somebody else must approve it.")


def preflight_of(consultation, *, now):
    """Every task of pre-flight, the approval among them."""
    return tasks_of(consultation, now=now, approved_by=approval_of(consultation).by)


def approval_of(consultation):
    """How far the approval of a consultation has got, as it is now."""
    request = consultation.approvals.first()
    if request is None:
        return Approved(Standing.NOT_ASKED)
    if request.decided_at and not request.is_approved:
        return Approved(Standing.SENT_BACK, request)
    if request.digest != digest_of(consultation):
        return Approved(Standing.CHANGED, request)
    return Approved(Standing.APPROVED if request.is_approved else Standing.WAITING, request)


@transaction.atomic
def say_of_task(consultation, key, *, words, is_tick, by, now):
    """Keep that somebody says a task is done (`is_tick`), or why it need not be. Raises preflight.NotSayable, or KeyError."""
    lock(consultation)
    task = next((task for task in tasks_of(consultation, now=now) if task.key == key), None)
    if task is None:
        raise KeyError(key)
    words = clean_text(words)
    refuse_unsayable(task, words=words, is_tick=is_tick)
    kept = {"is_tick": is_tick, "about": task.about, "words": words, "by": audit.actor_of(by), "at": now}
    PreflightNote.objects.update_or_create(consultation=consultation, task=key, defaults=kept)
    verb = "pre-flight task ticked" if is_tick else "pre-flight reason given"
    detail = {"task": key, "about": task.about, "words": words}
    audit.record(verb, consultation, team=consultation.team, by=by, at=now, reason=words, detail=detail)


@transaction.atomic
def take_back(consultation, key, *, by, now):
    """Take back what was said of a task. Nothing happens where nothing was."""
    lock(consultation)
    if PreflightNote.objects.filter(consultation=consultation, task=key).delete()[0]:
        detail = {"task": key}
        audit.record("pre-flight words taken back", consultation, team=consultation.team, by=by, at=now, detail=detail)


@transaction.atomic
def ask_for_approval(consultation, *, by, now):
    """Ask for the approval of a consultation as it is now. Raises NotReady while anything else of pre-flight is left to do."""
    lock(consultation)
    if consultation.launched_at:
        raise NotReady(["It is published already."])
    if missing := refusals(tasks_of(consultation, now=now), but=APPROVAL):
        raise NotReady(missing)
    asked = Approval.objects.create(
        consultation=consultation,
        revision=consultation.questionnaire.revision,
        digest=digest_of(consultation),
        asked_by=audit.actor_of(by),
        asked_at=now,
    )
    detail = {"revision": asked.revision, "digest": asked.digest}
    audit.record("approval asked", consultation, team=consultation.team, by=by, at=now, detail=detail)
    return asked


def approve(consultation, *, seen, by, now, words=""):
    """Approve what was asked for, by somebody who had no hand in it. As `decide`."""
    return decide(consultation, seen=seen, is_approved=True, by=by, now=now, words=words)


def send_back(consultation, *, seen, by, now, words):
    """Send back what was asked for, with words on what should change. As `decide`."""
    return decide(consultation, seen=seen, is_approved=False, by=by, now=now, words=words)


@transaction.atomic
def decide(consultation, *, seen, is_approved, by, now, words):
    """Keep an approver's decision on the request whose digest they had before them (`seen`).

    Raises NotYours for an author, NotReady when there is nothing to decide or it was changed meanwhile, or words are missing.
    """
    lock(consultation)
    found, words = approval_of(consultation), clean_text(words)
    if audit.actor_of(by) in authors_of(consultation):
        raise NotYours
    if found.standing != Standing.WAITING:
        raise NotReady(["Nobody is asking for approval of this as it is now."])
    if found.request.digest != seen:
        raise NotReady(["It was changed after you opened this page. Look at it again."])
    if not is_approved and not words:
        raise NotReady(["Say what should change."])
    request = found.request
    request.decided_by, request.decided_at, request.is_approved = audit.actor_of(by), now, is_approved
    request.words = words
    request.save(update_fields=["decided_by", "decided_at", "is_approved", "words"])
    verb, detail = (
        ("approved" if is_approved else "sent back"),
        {"revision": request.revision, "digest": request.digest},
    )
    audit.record(verb, consultation, team=consultation.team, by=by, at=now, reason=words, detail=detail)
    return request


def authors_of(consultation):
    """The actors who had a hand in a consultation: everybody in its record but for those who only looked, or decided."""
    told = AuditEvent.objects.filter(
        team=consultation.team, object_id__in=[str(consultation.pk), str(consultation.questionnaire_id)]
    )
    return set(told.exclude(verb__in=NOT_WRITING).values_list("actor", flat=True))


def digest_of(consultation):
    """A digest of everything that is approved. Read afresh from the tables: what a caller holds may be older."""
    questionnaire = Questionnaire.objects.get(pk=consultation.questionnaire_id)
    team = consultation.team
    parts = {
        "questionnaire": questionnaire.draft,
        "revision": questionnaire.revision,
        "facts": Consultation.objects.filter(pk=consultation.pk).values(*facts_fields()).get(),
        "documents": list(
            consultation.documents.values_list("slug", "title", "language", "body", "position").order_by(
                "position", "id"
            )
        ),
        "contact": [team.name, team.phone, team.email, team.postal_address],
        "said": list(
            PreflightNote.objects.filter(consultation=consultation)
            .order_by("task")
            .values_list("task", "is_tick", "about", "words")
        ),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def facts_fields():
    """The fields of a consultation that are put to people: all but those of its life."""
    return [field.attname for field in Consultation._meta.concrete_fields if field.name not in LIFE]


def lock(consultation):
    """Read a consultation again, and lock it and its questionnaire until the transaction ends."""
    Questionnaire.objects.select_for_update().get(pk=consultation.questionnaire_id)
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update())
