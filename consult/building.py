"""Commands of the questionnaire builder: each edit of a draft is one transaction with its audit row."""

from django.db import transaction

from consult import audit
from surveys.revising import revise


@transaction.atomic
def revise_draft(consultation, edit, *, what, by, now, is_as_seen=None):
    """Make an edit on the newest draft of a consultation's questionnaire. Returns (before, after).

    `what` says in words what was done, for the record; an edit that changes nothing leaves none. Raises
    surveys.revising.ChangedMeanwhile.
    """
    before, after = revise(consultation.questionnaire_id, edit, is_as_seen=is_as_seen)
    if after != before:
        audit.record("questionnaire edited", consultation, team=consultation.team, by=by, at=now, detail={"what": what})
    return before, after
