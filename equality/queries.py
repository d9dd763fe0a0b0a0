"""Reading equality profiles: links and codes, always in link order, so that no reader learns who came before whom."""

from equality.models import Profile

LINKS_AT_ONCE = 500
"""Links in one IN list: SQLite refuses more than 32,766 values, and older ones more than 999."""
ROWS_AT_ONCE = 20_000


def profile_codes(questionnaire_id):
    """Yield (link, codes) of every profile of a questionnaire, in link order."""
    rows = Profile.objects.filter(questionnaire_id=questionnaire_id).order_by("link").values_list("link", "codes")
    for link, codes in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield link, bytes(codes)


def profiles_for(links):
    """Yield (link, codes) of the profiles there are at these links, in link order. A link may have none."""
    wanted = sorted(set(links))
    for start in range(0, len(wanted), LINKS_AT_ONCE):
        chunk = wanted[start : start + LINKS_AT_ONCE]
        for link, codes in Profile.objects.filter(link__in=chunk).order_by("link").values_list("link", "codes"):
            yield link, bytes(codes)


def profile_at(link):
    """The profile at a link, or None when there is none."""
    return Profile.objects.filter(link=link).first()


def self_described_at(link):
    """The sealed words kept at a link, as bytes; None when there are none."""
    sealed = Profile.objects.filter(link=link).values_list("self_described", flat=True).first()
    return bytes(sealed) if sealed else None
