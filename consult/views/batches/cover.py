"""The cover sheet of a batch, to lie on the pile: what it is, how many, and who keys it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from consult.paper.form_codes import code_of
from consult.paper.models import FormState
from consult.permissions import Right, staff_page
from consult.views.batches.finding import batch_of
from consult.wording import long_date
from exports.paper.batch_sheet import BatchFacts, draw_batch_sheet


@staff_page(Right.KEY_PAPER)
@require_safe
def cover(request, consultation, batch):
    """The sheet as a tagged PDF, with what is known now; the rest is left to be written in."""
    found = batch_of(consultation, batch)
    response = HttpResponse(draw_batch_sheet(facts_of(found)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    return response


def facts_of(batch):
    """What the sheet says of a batch."""
    keyed = batch.forms.filter(state=FormState.KEYED)
    forms = list(batch.forms.order_by("number").values_list("number", flat=True))
    return BatchFacts(
        code=batch.code,
        form=str(code_of(batch)),
        consultation=batch.consultation.title,
        received=long_date(batch.received_on),
        source=batch.get_source_display(),
        count=str(batch.counted),
        first_number=f"{batch.code}-{forms[0]:03}",
        last_number=f"{batch.code}-{forms[-1]:03}",
        keyed_by=named(keyed.values_list("keyed_by", flat=True)),
        verified_by=named(keyed.exclude(second_by="").values_list("second_by", flat=True)),
        storage=batch.storage_box,
        destroy_on=long_date(batch.destroy_on) if batch.destroy_on else "",
    )


def named(people):
    """People's names, each once."""
    return ", ".join(sorted(set(people)))
