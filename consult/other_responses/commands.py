"""Keeping, correcting and withdrawing letters, emails, events and petitions. Commands, each audited without a word of theirs."""

from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from consult import audit, erasure, keys
from consult.models import Consultation
from consult.other_responses.models import OtherResponse, Passage
from consult.submission import refuse_when_closed
from surveys.models import Channel
from surveys.text import clean_text


class AlreadyWithdrawn(Exception):
    """It was withdrawn: nothing of it changes any more."""


@dataclass(frozen=True)
class Entry:
    """What somebody typed of one. `passages` are `(question key or "", words)`; the rest as `OtherResponse` has it."""

    sort: str
    happened_on: date
    passages: tuple[tuple[str, str], ...] = field(default=())
    sender: str = ""
    organisation: str = ""
    may_name: bool = False
    title: str = ""
    place: str = ""
    people: int | None = None
    has_personal_details: bool = False

    def facts(self):
        """All but the passages, `{field: value}`, cleaned."""
        facts = {name: value for name, value in asdict(self).items() if name != "passages"}
        return {name: clean_text(value) if isinstance(value, str) else value for name, value in facts.items()}

    def cleaned_passages(self):
        """The passages that hold anything."""
        cleaned = [(question, clean_text(words)) for question, words in self.passages]
        return [(question, words) for question, words in cleaned if words]


@transaction.atomic
def add(consultation, entry, *, key, by, now):
    """Keep one; the same `key` (a UUID) a second time gives what was kept the first time. Raises ConsultationClosed."""
    # Locked, so that two at once get two numbers.
    consultation = Consultation.objects.select_for_update().select_related("team").get(pk=consultation.pk)
    actor = audit.actor_of(by)
    if kept := OtherResponse.objects.filter(pk=key, consultation=consultation, added_by=actor).first():
        return kept
    refuse_when_closed(consultation, channel=Channel.LETTER, begun_at=None, now=now)
    last = consultation.other_responses.aggregate(last=Max("number"))["last"] or 0
    if OtherResponse.objects.filter(pk=key).exists():
        # Not this person's own: somebody made the key up.
        key = uuid4()
    found = OtherResponse(
        id=key, consultation=consultation, number=last + 1, added_by=actor, added_at=now, **entry.facts()
    )
    found.save(force_insert=True)
    keep_passages(found, entry)
    record("other response added", found, by=by, now=now, detail={"sort": found.sort})
    return found


@transaction.atomic
def correct(response, entry, *, reason, by, now):
    """Put what it truly says in the place of what was typed. Raises ConsultationClosed or AlreadyWithdrawn."""
    found = locked(response)
    refuse_when_closed(found.consultation, channel=Channel.LETTER, begun_at=None, now=now)
    changed = [name for name, value in entry.facts().items() if getattr(found, name) != value]
    for name, value in entry.facts().items():
        setattr(found, name, value)
    found.save()
    if [(part.question, part.words) for part in found.passages.all()] != entry.cleaned_passages():
        changed.append("passages")
        delete_passages(found)
        keep_passages(found, entry)
    record("other response corrected", found, by=by, now=now, reason=reason, detail={"changed": changed})
    return found


@transaction.atomic
def withdraw(response, *, reason, erases, by, now):
    """Count it no more. With `erases` its words and names are deleted too, as when its sender asks. Raises AlreadyWithdrawn."""
    found = locked(response)
    found.withdrawn_at, found.withdrawn_by, found.is_erased = now, audit.actor_of(by), erases
    if erases:
        delete_passages(found)
        found.title = found.place = found.organisation = ""
    found.save()
    record("other response withdrawn", found, by=by, now=now, reason=reason, detail={"erased": erases})
    if erases:
        remember_erasure(found, by=by, now=now)
    return found


def remember_erasure(response, *, by, now):
    """Into the register of erasures, to be replayed after a restore: under a digest of its id, for it has no receipt."""
    digest = keys.receipt_digest(str(response.pk))
    erasure.register(response.consultation, digest, by=by, now=now, reason="")


def keep_passages(response, entry):
    Passage.objects.bulk_create(
        Passage(response=response, position=position, question=question, words=words)
        for position, (question, words) in enumerate(entry.cleaned_passages(), start=1)
    )


def delete_passages(response):
    erasure.overwrite_what_is_deleted(OtherResponse, Passage)
    response.passages.all().delete()


def locked(response):
    """It as it is now, held until the transaction ends. Raises AlreadyWithdrawn."""
    found = OtherResponse.objects.select_for_update().get(pk=response.pk)
    if found.withdrawn_at:
        raise AlreadyWithdrawn
    return found


def record(verb, response, *, by, now, reason="", detail=None):
    """The audit row of something done to one."""
    team = response.consultation.team
    audit.record(verb, response, team=team, by=by, at=now, reason=reason, detail=detail)
