"""Closing early and giving more time: one person asks, another confirms, and only then does it happen."""

from django.db import transaction

from consult import audit
from consult.approval import lock
from consult.second_person.deciding import keep_decision, standing_of
from consult.second_person.models import ClosingChange
from consult.services import close_early, extend, facts_about, missing_words
from consult.stages import NotReady, may, stage_at
from surveys.text import clean_text

VERBS = ("closing approved", "closing sent back")


def closing_standing(consultation):
    """How far the last request has got, as `approval.Approved`. It is void once the closing time is another."""
    request = consultation.closing_changes.first()
    return standing_of(request, is_as_asked=request is not None and request.instead_of == consultation.closes_at)


@transaction.atomic
def ask_for_closing(consultation, *, what, closes_at=None, reason, words, by, now):
    """Ask for another closing time: `what` as ClosingChange.What, `closes_at` the new one where more time is given.

    It takes the place of an earlier request. Raises NotReady with what is missing, or where the stage does not allow it.
    """
    lock(consultation)
    stage, reason, words = stage_at(facts_about(consultation), now), clean_text(reason), clean_text(words)
    missing = missing_words(reason, words)
    if what == ClosingChange.What.EXTEND and (closes_at is None or closes_at <= max(consultation.closes_at, now)):
        missing.append("Choose a closing time later than the one it has.")
    if not may(what, stage):
        missing = [f"A consultation that is {stage} cannot do this."]
    if missing:
        raise NotReady(missing)
    asked = ClosingChange.objects.create(
        consultation=consultation,
        what=what,
        closes_at=closes_at if what == ClosingChange.What.EXTEND else None,
        instead_of=consultation.closes_at,
        reason=reason,
        public_words=words,
        asked_by=audit.actor_of(by),
        asked_at=now,
    )
    detail = {"what": what, "to": closes_at and closes_at.isoformat(), "public words": words}
    audit.record("closing asked", consultation, team=consultation.team, by=by, at=now, reason=reason, detail=detail)
    return asked


@transaction.atomic
def decide_closing(consultation, *, seen, is_approved, by, now, words=""):
    """Keep a second person's decision; approving does it at once, in the name of whoever asked. Raises NotYours and NotReady."""
    lock(consultation)
    found = closing_standing(consultation)
    request = found.request
    keep_decision(
        request, consultation=consultation, standing=found.standing, seen=seen, is_approved=is_approved, by=by, now=now,
        words=clean_text(words), verbs=VERBS,
    )  # fmt: skip
    if is_approved:
        said = {"reason": request.reason, "words": request.public_words, "agreed_by": request.decided_by}
        if request.what == ClosingChange.What.EXTEND:
            extend(consultation, closes_at=request.closes_at, by=request.asked_by, now=now, **said)
        else:
            close_early(consultation, by=request.asked_by, now=now, **said)
    return request
