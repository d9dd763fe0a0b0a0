"""How well paper was keyed, for the lead and for the report's appendix on method and quality."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Count, Sum

from consult.paper.models import FormState, PaperForm
from consult.paper.watch import Keyed, flags
from surveys.models import Response


def flags_of(batch):
    """What to look at in how a batch was keyed, as sentences. Two queries."""
    forms = list(batch.forms.filter(state=FormState.KEYED, begun_at__isnull=False, keyed_at__isnull=False))
    answers = dict(
        Response.objects.filter(reference__in=[form.reference for form in forms]).values_list("reference", "answers")
    )
    return flags(
        Keyed(form.keyed_by, (form.keyed_at - form.begun_at).total_seconds(), digest(answers.get(form.reference)))
        for form in forms
    )


def digest(answers):
    """What stands for the answers of a form: the same for the same."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class PaperQuality:
    """Fields of a consultation's paper forms that were keyed twice, and how many of them differed at a second look."""

    fields_twice: int
    differed: int


def paper_quality(consultation):
    """The PaperQuality of a consultation; None where no form was keyed in a batch. One query."""
    keyed = PaperForm.objects.filter(batch__consultation=consultation, state=FormState.KEYED)
    found = keyed.aggregate(forms=Count("pk"), compared=Sum("compared"), differed=Sum("differed"))
    return PaperQuality(found["compared"], found["differed"]) if found["forms"] else None
