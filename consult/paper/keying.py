"""Keying one form of a batch: each box kept as it is typed, the form sent in once, and reopened while its batch is open."""

import json
from functools import lru_cache

from django.db import transaction

from consult import audit, keys, submission
from consult.paper.batches import locked
from consult.paper.equality_questions import paper_equality
from consult.paper.models import SET_ASIDE, FormChange, FormState, PaperForm
from surveys.models import Channel, Response
from surveys.paper_order import boxes_of, paper_form
from surveys.publishing import published

LONGEST = 20_000
"""Characters kept of one box: more than any writing box takes."""
REOPENED = 10
"""Forms that a person may go back to, newest first."""


class SetAside(Exception):
    """The form was set aside: it must be taken up again before it can be keyed."""


class Erased(Exception):
    """The response that the form became was erased, and with it what was typed."""


def typed_of(form, consultation):
    """What was typed of a form, `{box name: typed}`; {} for a fresh one. Raises LinkKey.DoesNotExist."""
    return opened(form.sealed, consultation)


def opened(sealed, consultation):
    """What was sealed under a consultation's key; {} for nothing."""
    return json.loads(box_of(consultation).decrypt(bytes(sealed))) if sealed else {}


def closed(content, consultation):
    """The content sealed for storing."""
    return box_of(consultation).encrypt(json.dumps(content).encode())


def box_of(consultation):
    return kept_box(submission.link_key(consultation))


kept_box = lru_cache(maxsize=256)(keys.form_box)
"""Deriving the key would be most of the work of keeping a box."""


@lru_cache(maxsize=64)
def box_names(version_id, question_set):
    """The names of every box of a version's paper form."""
    sections = [*paper_form(published(version_id).definition), *paper_form(paper_equality(question_set))]
    return frozenset(box.name for box in boxes_of(sections))


@transaction.atomic
def keep_typed(form, typed, *, consultation, by, now):
    """Put what was typed (`{box name: typed}`) over what is kept of a form that is not sent in yet. Raises BatchClosed, SetAside.

    Boxes that the form does not have are left out. Of a form that was keyed nothing is kept before it is saved again.
    """
    form = PaperForm.objects.select_for_update().select_related("batch").get(pk=form.pk)
    if form.batch.closed_at:
        locked(form.batch)
    if form.state in SET_ASIDE:
        raise SetAside
    if form.state == FormState.KEYED:
        return form
    known = box_names(form.batch.version_id, consultation.question_set)
    kept = typed_of(form, consultation) | {name: text[:LONGEST] for name, text in typed.items() if name in known}
    form.sealed, form.saved_at, form.state = closed(kept, consultation), now, FormState.BEGUN
    form.keyed_by, form.begun_at = audit.actor_of(by), form.begun_at or now
    form.save(update_fields=["sealed", "saved_at", "state", "keyed_by", "begun_at"])
    return form


@transaction.atomic
def save_form(form, *, typed, answers, equality, as_written, consultation, by, now):
    """Send a form in, or correct the response that it became; returns it. Raises what `submission` does, BatchClosed, Erased.

    `answers` and `equality` are what was read of `typed`. Saving twice gives one response: the form has one submission key.
    """
    batch = locked(form.batch)
    form = batch.forms.select_for_update().get(pk=form.pk)
    if form.state in SET_ASIDE:
        raise SetAside
    facts = {"answers": answers, "equality": equality, "by": by, "now": now, "form_number": form.code}
    if form.state == FormState.KEYED:
        response = Response.objects.select_for_update().filter(reference=form.reference).first()
        if response is None:
            raise Erased
        note_change(form, typed, consultation=consultation, by=by, now=now)
        submission.correct(consultation, response, **facts)
    else:
        receipt = submission.submit(
            consultation,
            channel=Channel.PAPER,
            key=form.submission_key,
            version_id=batch.version_id,
            language=batch.language,
            variant=batch.variant,
            **facts,
        )
        form.reference, form.keyed_by, form.keyed_at = receipt.reference, audit.actor_of(by), now
        form.begun_at = form.begun_at or now
    form.state, form.saved_at, form.as_written = FormState.KEYED, now, as_written
    form.sealed = closed({name: text for name, text in typed.items() if text}, consultation)
    form.save()
    return form


def note_change(form, typed, *, consultation, by, now, reason=""):
    """Keep what is changed of a keyed form, box by box."""
    before = typed_of(form, consultation)
    changed = {
        name: [before.get(name, ""), typed.get(name, "")]
        for name in {**before, **typed}
        if before.get(name, "") != typed.get(name, "")
    }
    if changed:
        sealed = closed(changed, consultation)
        FormChange.objects.create(form=form, at=now, by=audit.actor_of(by), reason=reason, sealed=sealed)


def history_of(form, consultation):
    """What was changed of a form since it was keyed: `[(at, by, {box name: [before, after]})]`, oldest first."""
    return [(change.at, change.by, opened(change.sealed, consultation)) for change in form.changes.all()]


def may_open(form, *, by, may_decide):
    """Whether somebody may see what is kept of a form.

    Once it is keyed only whoever keyed it may: nobody who has seen it can key it a second time blind. Who decides differences
    (`may_decide`) may as well, but not while the form waits for a second person.
    """
    if form.state != FormState.KEYED or form.keyed_by == audit.actor_of(by):
        return True
    return may_decide and not (form.is_sampled and form.second_at is None)


def reopenable(batch, *, by):
    """The last forms that a person keyed in an open batch, newest first."""
    keyed = batch.forms.filter(state=FormState.KEYED, keyed_by=audit.actor_of(by)).order_by("-keyed_at")
    return list(keyed[:REOPENED])


def next_to_key(batch, *, after=0):
    """The first form after a number that waits to be keyed, else the first of all that do; None when none does."""
    waiting = batch.forms.filter(state__in=(FormState.WAITING, FormState.BEGUN)).order_by("number")
    return waiting.filter(number__gt=after).first() or waiting.first()
