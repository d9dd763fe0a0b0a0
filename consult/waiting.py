"""What waits for the word of a second person: drafts that somebody asked to publish, and changes of what is public."""

from consult.approval import Standing, approval_of, authors_of
from consult.change_approval import change_approval_of
from consult.models import Approval, ChangeRequest
from consult.second_person.closing import closing_standing
from consult.second_person.correcting import waiting_correction
from consult.second_person.models import ClosingChange, DocumentCorrection

OPENING, CHANGE, CLOSING, CORRECTION = "opening", "change", "closing", "correction"


def waiting_for(actor, consultations):
    """`[(consultation, OPENING, CHANGE, CLOSING or CORRECTION)]` of these that wait for a decision which this actor may make.

    Four queries where nothing waits; a few more for each that does.
    """
    by_pk = {consultation.pk: consultation for consultation in consultations}
    asked = [
        *((pk, OPENING) for pk in undecided(Approval, by_pk) if by_pk[pk].launched_at is None),
        *((pk, CHANGE) for pk in undecided(ChangeRequest, by_pk)),
        *((pk, CLOSING) for pk in undecided(ClosingChange, by_pk)),
        *((pk, CORRECTION) for pk in undecided(DocumentCorrection, by_pk)),
    ]
    found = [(by_pk[pk], what) for pk, what in asked]
    return [
        (consultation, what)
        for consultation, what in found
        if is_waiting(what, consultation) and actor not in authors_of(consultation)
    ]


STANDING = {
    OPENING: approval_of,
    CHANGE: change_approval_of,
    CLOSING: closing_standing,
    CORRECTION: waiting_correction,
}


def is_waiting(what, consultation):
    """Whether a request of this sort can still be decided."""
    found = STANDING[what](consultation)
    return found is not None and found.standing == Standing.WAITING


def undecided(model, by_pk):
    """The ids of the consultations that have a request which nobody has decided."""
    rows = model.objects.filter(consultation__in=by_pk, decided_at=None)
    return sorted(set(rows.values_list("consultation_id", flat=True)))
