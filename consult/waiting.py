"""What waits for the word of a second person: drafts that somebody asked to publish, and changes of what is public."""

from django.db.models import Value

from consult.approval import Standing, approval_of, authors_of
from consult.change_approval import change_approval_of
from consult.models import Approval, ChangeRequest
from consult.second_person.closing import closing_standing
from consult.second_person.correcting import waiting_correction
from consult.second_person.models import ClosingChange, DocumentCorrection

OPENING, CHANGE, CLOSING, CORRECTION = "opening", "change", "closing", "correction"


def waiting_for(actor, consultations):
    """`[(consultation, OPENING, CHANGE, CLOSING or CORRECTION)]` of these that wait for a decision which this actor may make.

    One query where nothing waits; a few more for each that does.
    """
    by_pk = {consultation.pk: consultation for consultation in consultations}
    found = [(by_pk[pk], what) for pk, what in undecided(by_pk) if what != OPENING or by_pk[pk].launched_at is None]
    return [
        (consultation, what)
        for consultation, what in found
        if is_waiting(what, consultation) and actor not in authors_of(consultation)
    ]


ASKED = {OPENING: Approval, CHANGE: ChangeRequest, CLOSING: ClosingChange, CORRECTION: DocumentCorrection}
"""Where the requests of each sort are kept, in the order that they are listed."""


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


def undecided(by_pk):
    """`[(id of a consultation, sort)]` of those that have a request which nobody has decided, by sort. One query."""
    sorts = list(ASKED)
    rows = [
        model.objects.filter(consultation__in=by_pk, decided_at=None)
        .order_by()
        .values_list("consultation_id", Value(what))
        for what, model in ASKED.items()
    ]
    return sorted(rows[0].union(*rows[1:]), key=lambda row: (sorts.index(row[1]), row[0]))
