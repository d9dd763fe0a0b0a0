"""The numbers written on forms that are keyed one by one: each is keyed once (ux.md C4, threats.md F21)."""

from django.db import IntegrityError, transaction

from consult import submission
from consult.paper.models import FormState, KeyedNumber, PaperForm

KEYED_IN_BATCH = "Form {code} has already been keyed, as form {number} of batch {batch}. Check the number on the paper"
OF_BATCH = "Form {code} is form {number} of batch {batch}. Key it there, or check the number on the paper"
KEYED = "Form {number} has already been keyed. Check the number on the paper"


class NumberUsed(Exception):
    """The number stands for another form already; the message says which."""


def why_used(consultation, number, *, key):
    """What is wrong with the number on a form sent under a submission key, as a sentence; "" for a number that is free."""
    written = standard(number)
    if not written:
        return ""
    of_batches = PaperForm.objects.filter(batch__consultation=consultation).select_related("batch")
    for form in of_batches.filter(number=last_number(written)):
        if form.code == written:
            told = KEYED_IN_BATCH if form.state == FormState.KEYED else OF_BATCH
            return told.format(code=form.code, number=form.number, batch=form.batch.code)
    is_used = KeyedNumber.objects.filter(consultation=consultation, number=written).exclude(submission_key=key).exists()
    return KEYED.format(number=written) if is_used else ""


@transaction.atomic
def submit_numbered(consultation, *, number, key, **facts):
    """Send in a form with the number on it ("" for none); returns its receipt. Raises NumberUsed and what `submission` does."""
    if reason := why_used(consultation, number, key=key):
        raise NumberUsed(reason)
    receipt = submission.submit(consultation, key=key, form_number=number, **facts)
    if written := standard(number):
        try:
            with transaction.atomic():
                kept = {"consultation": consultation, "number": written}
                KeyedNumber.objects.update_or_create(
                    **kept, submission_key=key, defaults={"reference": receipt.reference}
                )
        except IntegrityError:
            # Somebody keyed it at the same moment.
            raise NumberUsed(KEYED.format(number=written)) from None
    return receipt


def standard(number):
    """A number as it is compared: in capitals, without spaces."""
    return "".join(number.upper().split())


def last_number(written):
    """The digits after the last hyphen as a number; 0 where there are none."""
    digits = written.rpartition("-")[2]
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else 0
