"""From a postcode to its area: one look-up, after which the postcode is dropped."""

from django.db.models import Subquery

from consult.models import Postcode
from surveys.kinds.base import AnswerError
from surveys.kinds.postcode import parse_postcode


def find_area(postcode):
    """What the directory knows of a postcode ("NB4 1AA"): deprivation fifth, ward, inside the area or not. None if unknown."""
    row = Postcode.objects.filter(postcode=postcode).first()
    if row is None:
        return None
    return {"deprivation": row.deprivation_fifth, "ward": row.ward, "inside": row.is_inside}


def with_area(rows, postcode):
    """A queryset, each row with what the directory knows of a postcode: `deprivation` and `inside`, None if unknown.

    One statement where keeping an answer to the postcode question would need two.
    """
    found = Postcode.objects.filter(postcode=postcode)
    return rows.annotate(
        deprivation=Subquery(found.values("deprivation_fifth")[:1]), inside=Subquery(found.values("is_inside")[:1])
    )


def wards_of(typed):
    """The wards that the directory knows for a postcode, or for the first part of one: names, empty where it knows none.

    None where what was typed is no postcode.
    """
    try:
        parts = parse_postcode(typed)
    except AnswerError:
        return None
    if "full" in parts:
        found = Postcode.objects.filter(postcode=parts["full"])
    else:
        # "NB1" is not the beginning of "NB11".
        begins = parts.get("sector", f"{parts['outward']} ")
        found = Postcode.objects.filter(postcode__startswith=begins)
    return set(found.exclude(ward="").values_list("ward", flat=True).distinct())
