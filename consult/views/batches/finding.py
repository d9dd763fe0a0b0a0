"""Looking up batches and their forms: only those of the consultation that the person may work on."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from consult.paper.models import Batch, PaperForm


def batch_of(consultation, number):
    """A batch of this consultation. Raises Http404."""
    batch = get_object_or_404(Batch.objects.filter(consultation=consultation), number=number)
    # Saves looking the consultation and its team up again.
    batch.consultation = consultation
    return batch


def form_of(batch, number):
    """A form of a batch. Raises Http404."""
    form = PaperForm.objects.filter(batch=batch, number=number).first()
    if form is None:
        raise Http404
    form.batch = batch
    return form


def context(batch, title):
    """What every page about a batch needs."""
    return {
        "consultation": batch.consultation,
        "short_name": batch.consultation.short_name,
        "batch": batch,
        "page_title": title,
    }


def posted(request):
    """What was sent, if anything was."""
    return request.POST if request.method == "POST" else None
