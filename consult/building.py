"""Commands of the questionnaire builder: each edit of a draft is one transaction with its audit row."""

from django.db import transaction

from consult import audit
from consult.models import Consultation
from consult.services import facts_about
from consult.stages import Stage, stage_at
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


class ChangedFacts(Exception):
    """Somebody else changed the facts that a form shows. Carries the `consultation` as it is now; nothing was saved."""

    def __init__(self, consultation):
        super().__init__("Somebody else changed this while you were writing.")
        self.consultation = consultation


class TooLate(Exception):
    """The consultation is published: what was approved, and what people are told, is not changed by one person alone."""


@transaction.atomic
def change_facts(consultation, changes, *, by, now, is_as_seen, part=""):
    """Change what a consultation says of itself (`{field: value}`) before it is published. Raises ChangedFacts or TooLate.

    Somebody who saves a `part` as it stands says that it is right: that is recorded too.
    """
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update().select_related("team"))
    if stage_at(facts_about(consultation), now) != Stage.DRAFT:
        raise TooLate
    if not is_as_seen(consultation):
        raise ChangedFacts(consultation)
    changed = {name: value for name, value in changes.items() if getattr(consultation, name) != value}
    for name, value in changed.items():
        setattr(consultation, name, value)
    if changed:
        consultation.save(update_fields=list(changed))
        detail = {"what": ", ".join(name.replace("_", " ") for name in changed), "part": part}
        audit.record("facts changed", consultation, team=consultation.team, by=by, at=now, detail=detail)
    elif part:
        detail = {"part": part}
        audit.record("facts looked through", consultation, team=consultation.team, by=by, at=now, detail=detail)
