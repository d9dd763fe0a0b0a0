"""The record of every decision: one chain of hashes for each team, written in the same transaction as what it records.

`hash = SHA-256(prev_hash, canonical JSON of the row)`. Changing, deleting, inserting or reordering rows breaks the chain, and
`first_bad_event` names the place. Cutting off the tail is caught by the head, and a rewritten head by whoever keeps a copy of
its hash elsewhere.
"""

import hashlib
import json
import secrets

from django.db import transaction

from consult.models import AuditDetail, AuditEvent, AuditHead


@transaction.atomic
def record(verb, subject, *, team, by, at, reason="", detail=None):
    """Add one event to the team's chain. `by` is a user, or the name of a command. Fails, and fails the action, or is kept.

    `subject` is the object acted on; its text and primary key are kept, not a pointer to it.
    """
    head, _ = AuditHead.objects.select_for_update().get_or_create(team=team)
    salt, body = secrets.token_hex(16), detail or {}
    event = AuditEvent(
        team=team,
        seq=head.seq + 1,
        at=at,
        actor=getattr(by, "username", str(by)),
        verb=verb,
        object_label=str(subject)[:200],
        object_id=str(subject.pk),
        reason=reason,
        detail_digest=digest_of_detail(salt, body),
        prev_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    AuditDetail.objects.create(event=event, salt=salt, body=body)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def first_bad_event(team):
    """What is wrong with a team's chain, as one sentence; None when it is whole."""
    previous, expected = "", 1
    for event in AuditEvent.objects.filter(team=team).order_by("seq").iterator():
        if event.seq != expected:
            return f"Event {expected} of {team} is missing"
        if event.prev_hash != previous or event.hash != hash_of(event):
            return f"Event {event.seq} of {team} was changed"
        previous, expected = event.hash, expected + 1
    head = AuditHead.objects.filter(team=team).first()
    if (head.seq if head else 0) != expected - 1 or (head.hash if head else "") != previous:
        return f"The last events of {team} after event {expected - 1} are missing"
    return bad_detail(team)


def bad_detail(team):
    """A sentence naming a detail that does not match its digest; None when all that remain do."""
    for detail in AuditDetail.objects.filter(event__team=team).select_related("event").iterator():
        if digest_of_detail(detail.salt, detail.body) != detail.event.detail_digest:
            return f"The details of event {detail.event.seq} of {team} were changed"
    return None


def hash_of(event):
    row = {
        "team": event.team_id,
        "seq": event.seq,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "verb": event.verb,
        "object_label": event.object_label,
        "object_id": event.object_id,
        "reason": event.reason,
        "detail_digest": event.detail_digest,
    }
    return hashlib.sha256((event.prev_hash + json.dumps(row, sort_keys=True)).encode()).hexdigest()


def digest_of_detail(salt, body):
    return hashlib.sha256((salt + json.dumps(body, sort_keys=True)).encode()).hexdigest()
