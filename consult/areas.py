"""From a full postcode to its area: one look-up, after which the postcode is dropped."""

from consult.models import Postcode


def find_area(postcode):
    """What the directory knows of a postcode ("WN7 1AB"): deprivation fifth, ward, inside the area or not. None if unknown."""
    row = Postcode.objects.filter(postcode=postcode).first()
    if row is None:
        return None
    return {"deprivation": row.deprivation_fifth, "ward": row.ward, "inside": row.is_inside}
