"""The batches of a consultation."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.paper.form_codes import kind_of_forms
from consult.paper.models import Batch, FormState
from consult.permissions import Right, staff_page
from consult.views.batches.opening import why_no_batch


@staff_page(Right.KEY_PAPER)
@require_safe
def batches(request, consultation):
    """Every batch: how many forms it has, how many are keyed, and what is to be done with it."""
    found = Batch.objects.filter(consultation=consultation).select_related("version").prefetch_related("forms")
    rows = [row(batch) for batch in found.defer("version__document", "version__codebook")]
    context = {
        "consultation": consultation,
        "short_name": consultation.short_name,
        "page_title": "Batches of paper forms",
        "rows": rows,
        "closed": why_no_batch(consultation),
    }
    return render(request, "consult/batches/batches.html", context)


def row(batch):
    """What the list says of a batch, from the forms read with it."""
    states = [form.state for form in batch.forms.all()]
    waiting = sum(form.is_sampled and form.second_at is None for form in batch.forms.all())
    left = sum(state in (FormState.WAITING, FormState.BEGUN) for state in states)
    return {
        "batch": batch,
        "forms": kind_of_forms(batch),
        "keyed": states.count(FormState.KEYED),
        "left": left,
        "to_verify": waiting,
        "status": status(batch, left=left, waiting=waiting),
    }


def status(batch, *, left, waiting):
    """Where a batch stands, in words."""
    if batch.closed_at:
        return "Closed"
    if left:
        return "Being keyed"
    return "Waiting for a second person" if waiting else "Ready to close"
