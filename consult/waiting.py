"""What waits for the word of a second person: drafts that somebody asked to publish, and changes of published questions."""

from consult.approval import Standing, approval_of, authors_of
from consult.change_approval import change_approval_of
from consult.models import Approval, ChangeRequest

OPENING, CHANGE = "opening", "change"


def waiting_for(actor, consultations):
    """`[(consultation, OPENING or CHANGE)]` of these that wait for a decision which this actor may make.

    Two queries where nothing waits; a few more for each that does.
    """
    by_pk = {consultation.pk: consultation for consultation in consultations}
    asked = [
        *((pk, OPENING) for pk in undecided(Approval, by_pk) if by_pk[pk].launched_at is None),
        *((pk, CHANGE) for pk in undecided(ChangeRequest, by_pk)),
    ]
    found = [(by_pk[pk], what) for pk, what in asked]
    return [
        (consultation, what)
        for consultation, what in found
        if STANDING[what](consultation).standing == Standing.WAITING and actor not in authors_of(consultation)
    ]


STANDING = {OPENING: approval_of, CHANGE: change_approval_of}


def undecided(model, by_pk):
    """The ids of the consultations that have a request which nobody has decided."""
    rows = model.objects.filter(consultation__in=by_pk, decided_at=None)
    return sorted(set(rows.values_list("consultation_id", flat=True)))
