"""The record of every decision: one chain of hashes for each team, written in the same transaction as what it records.

`hash = SHA-256(prev_hash, canonical JSON of the row)`: no secret goes into it, so an outsider can verify a chain too. Changing,
deleting, inserting or reordering rows breaks the chain, and `first_bad_event` names the place; cutting off the tail is caught
by the head. Somebody who rewrites tail and head together leaves a shorter chain that is whole: `broken_anchor` catches that,
from a copy of earlier heads (`anchors`) that is kept where the database's administrator cannot write.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction

from consult.models import AuditDetail, AuditEvent, AuditHead, Team
from surveys.text import clean_text

FIRST_PREVIOUS_HASH = ""


@dataclass(frozen=True)
class Anchor:
    """How far one team's chain had come at some time: the number and hash of its last event."""

    team: str
    seq: int
    hash: str


@transaction.atomic
def record(verb, subject, *, team, by, at, reason="", detail=None):
    """Add one event to the team's chain, and return it. Fails, and fails the action, or is kept.

    `by` is a user, or the name of a command. `subject` is the object acted on: its text and primary key are kept, not a pointer
    to it. `at` is an aware datetime. `detail` is `{name: value}`, kept as `plain` says.
    """
    # Locked until the action commits: two actions at once get two numbers, one after the other.
    head, _ = AuditHead.objects.select_for_update().get_or_create(team=team)
    salt, body = secrets.token_hex(16), plain(detail or {})
    event = AuditEvent(
        team=team,
        seq=head.seq + 1,
        at=at,
        actor=actor_of(by),
        verb=verb,
        object_label=clean_text(str(subject))[:200],
        object_id=str(subject.pk),
        reason=clean_text(reason),
        detail_digest=digest_of_detail(salt, body),
        prev_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    AuditDetail.objects.create(event=event, salt=salt, body=body)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def actor_of(by):
    """The name that the record keeps of who acts: a user's username, or the name of a command."""
    return getattr(by, "username", str(by))


def first_bad_event(team):
    """What is wrong with a team's chain, as one sentence; None when it is whole. Reads every event, in flat memory.

    Events may be added meanwhile: the head is read before and after, and the chain must reach at least the first and at most
    the second.
    """
    before = head_of(team)
    last, previous = 0, FIRST_PREVIOUS_HASH
    for event in AuditEvent.objects.filter(team=team).order_by("seq").iterator():
        if fault := fault_of(event, last=last, previous=previous):
            return f"{fault} ({team})"
        last, previous = event.seq, event.hash
        if last == before.seq and previous != before.hash:
            return f"Event {last} is not the one that was recorded ({team})"
    if last < before.seq:
        return f"The events after event {last}, up to event {before.seq}, are missing ({team})"
    if last > (reached := head_of(team).seq):
        return f"Event {reached + 1} was put in from outside ({team})"
    return bad_detail(team)


def anchors():
    """The head of each chain now, to be kept somewhere else."""
    heads = AuditHead.objects.exclude(seq=0).select_related("team").order_by("team__name")
    return [Anchor(head.team.name, head.seq, head.hash) for head in heads]


def broken_anchor(anchor):
    """What has changed since an anchor was kept, as one sentence; None when the chain still runs through it."""
    team = Team.objects.filter(name=anchor.team).first()
    if team is None:
        return f"The team and its events are gone ({anchor.team})"
    now = AuditEvent.objects.filter(team=team, seq=anchor.seq).values_list("hash", flat=True).first()
    if now is None:
        return f"Event {anchor.seq} was recorded once and is missing ({team})"
    if now != anchor.hash:
        return f"Event {anchor.seq} is not the one that was recorded ({team})"
    return None


def plain(value):
    """A detail as both databases give it back: texts, whole numbers, booleans and None, in lists and dictionaries.

    Anything else is kept as text. PostgreSQL stores the number 1e5 as 100000, which would read as a changed detail.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return clean_text(str(value))


def fault_of(event, *, last, previous):
    """What is wrong with an event that should follow event `last`, whose hash is `previous`; None when it does."""
    if event.seq != last + 1:
        return f"Event {last + 1} is missing"
    if event.hash != hash_of(event):
        return f"Event {event.seq} was changed"
    if event.prev_hash != previous:
        return f"Event {event.seq} does not follow event {last}: one of them was replaced"
    return None


def bad_detail(team):
    """A sentence naming the first detail that does not match its digest; None when all that remain do."""
    details = AuditDetail.objects.filter(event__team=team).select_related("event").order_by("event__seq")
    for detail in details.iterator():
        if digest_of_detail(detail.salt, detail.body) != detail.event.detail_digest:
            return f"The details of event {detail.event.seq} were changed ({team})"
    return None


def head_of(team):
    """The last link of a team's chain; one with number 0 before the first event."""
    return AuditHead.objects.filter(team=team).first() or AuditHead(team=team, seq=0, hash=FIRST_PREVIOUS_HASH)


def hash_of(event):
    """The hash of an event. Its time counts as UTC: the database gives back the moment, not the zone it was written in."""
    row = {
        "team": event.team_id,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": event.actor,
        "verb": event.verb,
        "object_label": event.object_label,
        "object_id": event.object_id,
        "reason": event.reason,
        "detail_digest": event.detail_digest,
    }
    return hashlib.sha256((event.prev_hash + json.dumps(row, sort_keys=True)).encode()).hexdigest()


def digest_of_detail(salt, body):
    """The salted digest that stands for a detail in the chain, so that the detail itself can age out unguessed."""
    return hashlib.sha256((salt + json.dumps(body, sort_keys=True)).encode()).hexdigest()
