"""What is forgotten of a paper form when the response that it became is erased."""

from uuid import uuid4

from consult.paper.models import FormChange, KeyedNumber, PaperForm, Scan
from consult.paper.scans import destroy


def forget_form_of(reference):
    """Destroy what is kept of the form that a response came from: what was typed, scans, and its number.

    The form still counts in its batch, and nobody is asked to key it a second time. In the caller's transaction.
    """
    KeyedNumber.objects.filter(reference=reference).delete()
    forms = PaperForm.objects.filter(reference=reference)
    destroy(Scan.objects.filter(form__in=forms))
    FormChange.objects.filter(form__in=forms).delete()
    nothing = {"sealed": None, "second_sealed": None, "as_written": {}, "to_lead": [], "is_sampled": False}
    for form in forms:
        PaperForm.objects.filter(pk=form.pk).update(reference="", submission_key=uuid4(), **nothing)
