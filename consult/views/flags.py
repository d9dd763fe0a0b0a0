"""The lead's page of responses to look at: which flags they have and what those mean. Nothing can be left out here."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.arrivals import flagged_arrivals
from consult.flags import CRITERIA
from consult.permissions import Right, staff_page

MOST_LISTED = 500


@staff_page(Right.SEE_FLAGS)
@require_safe
def flags(request, consultation):
    """Responses with a flag by their reference, the latest first, and how many there are of each."""
    found = flagged_arrivals(consultation)
    context = {
        "page_title": f"Responses to look at: {consultation.title}",
        "short_name": consultation.short_name,
        "consultation": consultation,
        "criteria": [(flag, words, sum(flag in each.flags for each in found)) for flag, words in CRITERIA.items()],
        "rows": found[:MOST_LISTED],
        "number": len(found),
        "left_off": max(0, len(found) - MOST_LISTED),
    }
    return render(request, "consult/staff/flags.html", context)
