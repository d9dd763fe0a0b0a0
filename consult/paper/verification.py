"""Keying forms a second time, blind: what differs is looked at again, and what differs still is decided by a person.

The first values never leave this module before somebody has typed a box twice and it differs still: see `compare`.
"""

import random
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, Sum

from consult import audit
from consult.paper.batches import locked, record
from consult.paper.keying import closed, opened, typed_of
from consult.paper.models import Batch, FormState
from consult.paper.sampling import is_too_many, per_thousand, sample
from surveys.keystrokes import parted

NOT_COMPARED = "writing_box"
"""Writing is not keyed twice: a verifier reads it against the paper."""


class OwnBatch(Exception):
    """Whoever keyed in a batch cannot be its second person."""


@dataclass(frozen=True)
class Difference:
    """A box typed twice by the second person that differs from the first entry still."""

    box: str
    first: str
    second: str


@transaction.atomic
def draw_sample(batch, *, now, by, chance=None):
    """Choose the forms that a second person keys, once every form is accounted for. Returns how many. Raises BatchClosed."""
    batch = locked(batch)
    keyed = list(batch.forms.filter(state=FormState.KEYED).values_list("number", "keyed_by"))
    if batch.forms.filter(is_sampled=True).exists() or not keyed:
        return batch.forms.filter(is_sampled=True).count()
    new = {person for _, person in keyed if is_new(person, batch)}
    chosen = sample(
        [number for number, _ in keyed],
        by_new_keyers=[number for number, person in keyed if person in new],
        chance=chance or random.SystemRandom(),
    )
    batch.forms.filter(number__in=chosen).update(is_sampled=True)
    record("second keying drawn", batch, by=by, now=now, detail={"forms": sorted(chosen)})
    return len(chosen)


def is_new(person, batch):
    """Whether somebody keyed in no batch that was closed before: this is their first."""
    closed_before = Batch.objects.filter(closed_at__isnull=False).exclude(pk=batch.pk)
    return not closed_before.filter(forms__keyed_by=person, forms__state=FormState.KEYED).exists()


def may_verify(batch, person):
    """Whether somebody may be the second person of a batch: not where they keyed a form of it, or changed one."""
    actor = audit.actor_of(person)
    return not batch.forms.filter(Q(keyed_by=actor) | Q(changes__by=actor, second_at=None)).exists()


def waiting(batch):
    """The forms of a batch that a second person has still to key."""
    return batch.forms.filter(is_sampled=True, second_at=None, state=FormState.KEYED).order_by("number")


def compare(form, typed, *, seen, boxes, consultation):
    """What differs from the first entry: (names of boxes to look at again, Differences of those typed alike a second time).

    `typed` is `{box name: typed}`, `seen` what the second person had typed in boxes that differed before, `boxes` those compared
    (`keystrokes.Field`). Words written beside a box are not compared.
    """
    first = typed_of(form, consultation)
    again, differences = [], []
    for box in boxes:
        was, now = (tidy(box, texts.get(box.name, "")) for texts in (first, typed))
        if was == now:
            continue
        if box.name in seen and tidy(box, seen[box.name]) == now:
            differences.append(Difference(box.name, was, now))
        else:
            again.append(box.name)
    return again, differences


def tidy(box, typed):
    """What was typed without what does not matter: spaces, a zero in front of a code, and whether a blank was typed or left."""
    typed, _ = parted(box, typed)
    text = " ".join(typed.split()).lstrip("0") or ("0" if typed.strip("0 ") == "" and "0" in typed else "")
    return "" if text == "." else text.casefold()


@transaction.atomic
def finish(form, *, typed, boxes, decisions, differences, consultation, by, now):
    """Keep a form's second keying. `decisions` are `{box name: "first" | "mine" | "lead"}` for each Difference.

    Returns `{box name: what was typed}` where the first entry was wrong. Draws the whole batch where too many fields differ.
    Raises OwnBatch, BatchClosed.
    """
    batch = locked(form.batch)
    form = batch.forms.select_for_update().get(pk=form.pk)
    if not may_verify(batch, by):
        raise OwnBatch
    form.second_by, form.second_at = audit.actor_of(by), now
    form.second_sealed = closed({name: typed[name] for name in boxes if typed.get(name)}, consultation)
    form.compared, form.differed = len(boxes), len(differences)
    form.to_lead = sorted(found.box for found in differences if decisions.get(found.box) == "lead")
    form.save()
    detail = {"form": form.number, "boxes": form.compared, "differed": form.differed, "to the lead": len(form.to_lead)}
    record("form keyed a second time", batch, by=by, now=now, detail=detail)
    widen(batch, by=by, now=now)
    return {found.box: found.second for found in differences if decisions.get(found.box) == "mine"}


def widen(batch, *, by, now):
    """Have the whole batch keyed a second time where too many fields of the sample differ."""
    if waiting(batch).exists() or not is_too_many(*totals(batch)):
        return
    left = batch.forms.filter(is_sampled=False, state=FormState.KEYED)
    if numbers := sorted(left.values_list("number", flat=True)):
        left.update(is_sampled=True)
        record("whole batch to be keyed a second time", batch, by=by, now=now, detail={"forms": numbers})


def totals(batch):
    """(fields that differed, fields keyed twice) of a batch. One query."""
    found = batch.forms.exclude(second_at=None).aggregate(differed=Sum("differed"), compared=Sum("compared"))
    return found["differed"] or 0, found["compared"] or 0


def error_rate(batch):
    """Fields that differed in every 1,000 keyed twice; None before any was."""
    return per_thousand(*totals(batch))


def second_typed(form, consultation):
    """What the second person typed, `{box name: typed}`."""
    return opened(form.second_sealed, consultation)
