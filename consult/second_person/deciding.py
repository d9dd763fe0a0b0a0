"""What every decision of a second person has in common: how far a request has got, who may decide, and keeping it."""

from consult import audit
from consult.approval import Approved, NotYours, Standing, authors_of
from consult.stages import NotReady

NOTHING_ASKED = "Nobody is asking for this any more. Look at what has changed."


def standing_of(request, *, is_as_asked):
    """How far a request has got, as `approval.Approved`. `is_as_asked`: whether what it is about is still as it was."""
    if request is None or request.is_approved:
        return Approved(Standing.NOT_ASKED, request)
    if request.decided_at:
        return Approved(Standing.SENT_BACK, request)
    return Approved(Standing.WAITING if is_as_asked else Standing.CHANGED, request)


def keep_decision(request, *, consultation, standing, seen, is_approved, by, now, words, verbs):
    """Keep a decision on the request whose number somebody had before them (`seen`), with its audit row.

    `verbs` are those for approving and for sending back. Raises NotYours for whoever had a hand in the consultation, NotReady
    where there is nothing to decide or words are missing.
    """
    if audit.actor_of(by) in authors_of(consultation):
        raise NotYours
    if standing != Standing.WAITING or str(request.pk) != seen:
        raise NotReady([NOTHING_ASKED])
    if not is_approved and not words:
        raise NotReady(["Say what should change."])
    request.decided_by, request.decided_at = audit.actor_of(by), now
    request.is_approved, request.answer = is_approved, words
    request.save(update_fields=["decided_by", "decided_at", "is_approved", "answer"])
    detail = {"request": request.pk}
    verb = verbs[0] if is_approved else verbs[1]
    audit.record(verb, consultation, team=consultation.team, by=by, at=now, reason=words, detail=detail)
