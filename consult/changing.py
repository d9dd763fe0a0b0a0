"""Changing a questionnaire that is published: a new version with a reason and a public note, or a refusal.

From publishing on, and not only from the first answer: what two people approved is not given another meaning by one. One person
alone mends typing mistakes; whatever else is changed waits for a second (`change_approval.py`).

Whoever has begun finishes on the version they began with; answers of all versions are tabulated together.
"""

from dataclasses import dataclass

from django.db import transaction

from consult import audit
from consult.own_pictures.finding import pictures_of
from consult.services import NotReady, facts_about
from consult.stages import Stage, stage_at
from surveys.changes import changes_between
from surveys.models import Questionnaire
from surveys.publishing import draft_problems, latest_version_id, publish, published
from surveys.revising import draft_of
from surveys.text import clean_text

CHANGEABLE = (Stage.FORTHCOMING, Stage.OPEN)
TYPO = "typo"
SORTS = {TYPO: "A typing mistake", "clarification": "A clarification: it means the same, in clearer words"}
"""What somebody may call a change of words."""


@dataclass(frozen=True)
class Pending:
    """What the draft would change, and what stands in the way: `refused` changes of meaning and `problems` of the draft."""

    changes: tuple
    problems: tuple

    @property
    def refused(self):
        return tuple(change for change in self.changes if not change.is_allowed)

    @property
    def allowed(self):
        return tuple(change for change in self.changes if change.is_allowed)

    @property
    def wordings(self):
        """Changes that somebody must call a typing mistake or a clarification, with their place among the changes."""
        return [(place, change) for place, change in enumerate(self.changes) if change.is_wording and change.is_allowed]

    @property
    def may_be_published(self):
        return bool(self.changes) and not self.refused and not self.problems


def pending_changes(consultation):
    """What publishing the draft now would change."""
    live = published(latest_version_id(consultation.questionnaire_id)).definition
    changes = changes_between(live, draft_of(consultation.questionnaire))
    return Pending(changes, draft_problems(consultation.questionnaire, is_picture=pictures_of(consultation.team_id)))


@dataclass(frozen=True)
class Proposal:
    """A change as its author sends it: the draft's `revision` that they saw, why it is made, and what people are told.

    `sorts` says of each change of words, by its place among the changes, what it is (a key of SORTS).
    """

    revision: int
    sorts: dict
    reason: str
    public_note: str

    def cleaned(self):
        """The same with its words through the boundary that every text passes."""
        return Proposal(self.revision, self.sorts, clean_text(self.reason), clean_text(self.public_note))


def needs_second_person(pending, proposal):
    """Whether a change is more than typing mistakes that are mended."""
    return any(
        not change.is_wording or proposal.sorts.get(place) != TYPO for place, change in enumerate(pending.changes)
    )


@transaction.atomic
def publish_change(consultation, proposal, *, by, now):
    """Publish a draft in which typing mistakes were mended as the next version. Raises NotReady with what is missing."""
    pending, proposal = checked_change(consultation, proposal, now=now)
    if needs_second_person(pending, proposal):
        raise NotReady(["A second person must approve this change. Ask for approval."])
    return publish_next(consultation, pending, proposal, by=by, now=now)


def checked_change(consultation, proposal, *, now):
    """(pending, proposal cleaned) of a change that may be made, with the draft locked. Raises NotReady."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=consultation.questionnaire_id)
    consultation.questionnaire = questionnaire
    pending, proposal = pending_changes(consultation), proposal.cleaned()
    if missing := [*obstacles(consultation, pending, questionnaire.revision == proposal.revision, now=now)]:
        raise NotReady(missing)
    if missing := [*unsaid(pending, proposal.sorts, proposal.reason, proposal.public_note)]:
        raise NotReady(missing)
    return pending, proposal


def publish_next(consultation, pending, proposal, *, by, now, approved_by=""):
    """Publish the draft as the next version, with its record. The caller has checked it, in this transaction."""
    note = proposal.public_note
    is_picture = pictures_of(consultation.team_id)
    version = publish(
        consultation.questionnaire, now=now, reason=proposal.reason, public_note=note, is_picture=is_picture
    )
    detail = {
        "version": version.number,
        "sha256": version.sha256,
        "public note": note,
        "changes": [told(place, change, proposal.sorts) for place, change in enumerate(pending.changes)],
    } | ({"approved by": approved_by} if approved_by else {})
    reason, team = proposal.reason, consultation.team
    audit.record("questions changed", consultation, team=team, by=by, at=now, reason=reason, detail=detail)
    return version


def obstacles(consultation, pending, is_as_seen, *, now):
    """What keeps a change from being published whatever is said of it."""
    if stage_at(facts_about(consultation), now) not in CHANGEABLE:
        yield "The questions can be changed until the consultation closes, once it is published."
    elif not is_as_seen:
        yield "Somebody else changed the questions while you were writing. Look at the changes again."
    elif not pending.changes:
        yield "There is nothing to publish: the draft is what people see now."
    elif not pending.may_be_published:
        yield "Some changes cannot be made while people answer. They are listed with what to do instead."


def unsaid(pending, sorts, reason, note):
    """What must still be said before a change is published."""
    if not reason:
        yield "Say why, for the record."
    if not note:
        yield "Say what has changed, in words for the public."
    if any(sorts.get(place) not in SORTS for place, _ in pending.wordings):
        yield "Say of each change of words whether it mends a typing mistake or makes it clearer."


def told(place, change, sorts):
    """A change for the record."""
    sort = sorts.get(place, "")
    return {"where": change.where, "what": change.says, "before": change.before, "after": change.after} | (
        {"sort": sort} if sort else {}
    )
