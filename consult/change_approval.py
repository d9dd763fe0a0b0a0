"""A second person's word on a change of published questions: asking for it, and the decision, which publishes what it approves.

A request is for the draft and for what was said of the change, as they were: a digest stands for both, so that a later edit makes
it void. Nobody approves what they had a hand in.
"""

import hashlib
import json

from django.db import transaction

from consult import audit
from consult.approval import Approved, NotYours, Standing, authors_of, lock
from consult.changing import Proposal, checked_change, publish_next
from consult.models import ChangeRequest
from consult.stages import NotReady
from surveys.models import Questionnaire
from surveys.text import clean_text


def change_approval_of(consultation):
    """How far the approval of a change has got, as `approval.Approved`; NOT_ASKED too once the last one was approved."""
    request = consultation.change_requests.first()
    if request is None or request.is_approved:
        return Approved(Standing.NOT_ASKED, request)
    if request.decided_at:
        return Approved(Standing.SENT_BACK, request)
    is_as_asked = request.digest == digest_of_change(consultation, proposal_of(request))
    return Approved(Standing.WAITING if is_as_asked else Standing.CHANGED, request)


def proposal_of(request):
    """What was asked for, as `changing.Proposal`."""
    sorts = {int(place): sort for place, sort in request.sorts.items()}
    return Proposal(request.revision, sorts, request.reason, request.public_note)


@transaction.atomic
def ask_for_change(consultation, proposal, *, by, now):
    """Ask for the approval of a change. Raises NotReady with what is missing."""
    _, proposal = checked_change(consultation, proposal, now=now)
    asked = ChangeRequest.objects.create(
        consultation=consultation,
        revision=proposal.revision,
        digest=digest_of_change(consultation, proposal),
        sorts={str(place): sort for place, sort in proposal.sorts.items()},
        reason=proposal.reason,
        public_note=proposal.public_note,
        asked_by=audit.actor_of(by),
        asked_at=now,
    )
    detail = {"revision": asked.revision, "digest": asked.digest, "public note": asked.public_note}
    audit.record(
        "change asked", consultation, team=consultation.team, by=by, at=now, reason=asked.reason, detail=detail
    )
    return asked


@transaction.atomic
def decide_change(consultation, *, seen, is_approved, by, now, words=""):
    """Keep a second person's decision on the request whose digest they had before them (`seen`). Approving publishes it.

    Returns the new version, None where it is sent back. Raises NotYours for an author, NotReady when there is nothing to decide,
    it was changed meanwhile, or words are missing.
    """
    lock(consultation)
    found, words = change_approval_of(consultation), clean_text(words)
    if audit.actor_of(by) in authors_of(consultation):
        raise NotYours
    if found.standing != Standing.WAITING:
        raise NotReady(["Nobody is asking for approval of this as it is now."])
    request = found.request
    if request.digest != seen:
        raise NotReady(["It was changed after you opened this page. Look at it again."])
    if not is_approved and not words:
        raise NotReady(["Say what should change."])
    request.decided_by, request.decided_at, request.is_approved = audit.actor_of(by), now, is_approved
    request.words = words
    request.save(update_fields=["decided_by", "decided_at", "is_approved", "words"])
    verb, detail = ("change approved" if is_approved else "change sent back"), {"digest": request.digest}
    audit.record(verb, consultation, team=consultation.team, by=by, at=now, reason=words, detail=detail)
    return publish_approved(consultation, request, now=now) if is_approved else None


def publish_approved(consultation, request, *, now):
    """Publish what was approved, in the name of whoever asked for it."""
    pending, proposal = checked_change(consultation, proposal_of(request), now=now)
    return publish_next(consultation, pending, proposal, by=request.asked_by, now=now, approved_by=request.decided_by)


def digest_of_change(consultation, proposal):
    """A digest of a draft and of what is said of the change. Read afresh from the table: what a caller holds may be older."""
    questionnaire = Questionnaire.objects.get(pk=consultation.questionnaire_id)
    said = [sorted(proposal.sorts.items()), proposal.reason, proposal.public_note]
    parts = [questionnaire.draft, questionnaire.revision, said]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
