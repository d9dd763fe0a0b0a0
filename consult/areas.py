"""From a full postcode to its area: one look-up, after which the postcode is dropped."""

from django.db.models import Subquery

from consult.models import Postcode


def find_area(postcode):
    """What the directory knows of a postcode ("WN7 1AB"): deprivation fifth, ward, inside the area or not. None if unknown."""
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
