"""Opening a batch of paper forms, accounting for each form, and closing it when the numbers match. Commands, each audited."""

from collections import Counter
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max

from consult import audit
from consult.paper.models import SET_ASIDE, Batch, FormState, PaperForm
from surveys.text import clean_text

MOST_FORMS = 500
ATTEMPTS = 5
"""How often a number is tried that somebody else took at the same moment."""


class BatchClosed(Exception):
    """The batch was closed: nothing in it changes any more but by the lead's correction."""


class NotBalanced(Exception):
    """Not every form that was counted is accounted for. `missing` are the codes of those that are not."""

    def __init__(self, missing):
        super().__init__(f"{len(missing)} forms are not accounted for")
        self.missing = missing


class NotVerified(Exception):
    """Forms wait for a second person, or for the lead's decision. `waiting` are their codes."""

    def __init__(self, waiting):
        super().__init__(f"{len(waiting)} forms wait for a second person")
        self.waiting = waiting


@dataclass(frozen=True)
class Balance:
    """How the forms of a batch add up. `by_state` is `{state: forms}` for every state."""

    counted: int
    by_state: dict[str, int]

    @property
    def accounted(self):
        """Forms keyed or set aside."""
        return self.by_state[FormState.KEYED] + sum(self.by_state[state] for state in SET_ASIDE)

    @property
    def left(self):
        """Forms still to key."""
        return self.counted - self.accounted


def balance_of(batch):
    """The Balance of a batch. One query."""
    found = Counter(batch.forms.values_list("state", flat=True))
    return Balance(batch.counted, {state: found[state] for state in FormState.values})


def open_batch(consultation, *, pile, received_on, source, counted, by, now):
    """A batch of `counted` forms, all alike (`form_codes.Pile`), numbered from 1, as they lie on the desk."""
    facts = {"version_id": pile.version_id, "language": pile.language}
    facts |= {"edition": pile.edition, "variant": pile.variant}
    facts |= {"received_on": received_on, "source": source, "counted": counted}
    for attempt in range(ATTEMPTS):
        try:
            return opened(consultation, by=by, now=now, **facts)
        except IntegrityError:
            # Somebody else opened a batch at the same moment and has the number.
            if attempt == ATTEMPTS - 1:
                raise
    return None


@transaction.atomic
def opened(consultation, *, by, now, **facts):
    """The batch under the next number, with its forms. Raises IntegrityError where another took that number."""
    last = Batch.objects.aggregate(last=Max("number"))["last"] or 0
    actor = audit.actor_of(by)
    batch = Batch.objects.create(number=last + 1, consultation=consultation, opened_by=actor, opened_at=now, **facts)
    PaperForm.objects.bulk_create(PaperForm(batch=batch, number=number + 1) for number in range(batch.counted))
    record("batch opened", batch, by=by, now=now, detail={"forms": batch.counted, "source": str(batch.source)})
    return batch


@transaction.atomic
def recount(batch, *, counted, reason, by, now):
    """Count again: forms are added at the end, and only those nobody has begun can go. Raises NotBalanced, BatchClosed."""
    batch = locked(batch)
    over = batch.forms.filter(number__gt=counted)
    if begun := [form.code for form in over.exclude(state=FormState.WAITING).select_related("batch")]:
        raise NotBalanced(begun)
    over.delete()
    PaperForm.objects.bulk_create(
        PaperForm(batch=batch, number=number) for number in range(batch.counted + 1, counted + 1)
    )
    detail = {"from": batch.counted, "to": counted}
    batch.counted = counted
    batch.save(update_fields=["counted"])
    record("batch counted again", batch, by=by, now=now, reason=clean_text(reason), detail=detail)
    return batch


@transaction.atomic
def set_aside(form, *, state, words, by, now):
    """Account for a form without keying it. A keyed one stays so: its response is corrected. Raises BatchClosed."""
    batch = locked(form.batch)
    form = batch.forms.select_for_update().get(pk=form.pk)
    if form.state == FormState.KEYED or state not in SET_ASIDE:
        raise ValueError(state)
    form.state, form.words, form.sealed = state, clean_text(words), None
    form.save(update_fields=["state", "words", "sealed"])
    record(
        "form set aside", batch, by=by, now=now, reason=form.words, detail={"form": form.number, "state": str(state)}
    )
    return form


@transaction.atomic
def take_up(form, *, by, now):
    """Put a form that was set aside back among those to key. Raises BatchClosed."""
    batch = locked(form.batch)
    form = batch.forms.select_for_update().get(pk=form.pk)
    if form.state in SET_ASIDE:
        form.state, form.words = FormState.WAITING, ""
        form.save(update_fields=["state", "words"])
        record("form taken up again", batch, by=by, now=now, detail={"form": form.number})
    return form


@transaction.atomic
def close_batch(batch, *, storage_box, destroy_on, by, now):
    """Close a batch whose numbers match and whose second keying is done; what was typed is destroyed.

    Raises NotBalanced, NotVerified or BatchClosed.
    """
    batch = locked(batch)
    unaccounted = batch.forms.filter(state__in=(FormState.WAITING, FormState.BEGUN)).select_related("batch")
    if unaccounted:
        raise NotBalanced([form.code for form in unaccounted])
    waiting = batch.forms.filter(is_sampled=True, second_at=None, state=FormState.KEYED)
    undecided = batch.forms.exclude(to_lead=[])
    if found := [form.code for form in (waiting | undecided).select_related("batch")]:
        raise NotVerified(found)
    batch.closed_at, batch.closed_by = now, audit.actor_of(by)
    batch.storage_box, batch.destroy_on = clean_text(storage_box), destroy_on
    batch.save(update_fields=["closed_at", "closed_by", "storage_box", "destroy_on"])
    batch.forms.update(sealed=None, second_sealed=None)
    for form in batch.forms.prefetch_related("changes"):
        form.changes.all().delete()
    by_state = {str(state): forms for state, forms in balance_of(batch).by_state.items() if forms}
    record("batch closed", batch, by=by, now=now, detail={"forms": by_state, "destroy on": str(destroy_on)})
    return batch


def locked(batch):
    """The batch as it is now, held until the transaction ends. Raises BatchClosed."""
    batch = Batch.objects.select_for_update().select_related("consultation__team").get(pk=batch.pk)
    if batch.closed_at:
        raise BatchClosed
    return batch


def record(verb, batch, *, by, now, reason="", detail=None):
    """The audit row of something done to a batch."""
    team = batch.consultation.team
    audit.record(verb, batch, team=team, by=by, at=now, reason=reason, detail=detail)
