"""Links that let colleagues look at a draft without signing in: each opens one consultation's walk until it expires or is ended.

The address holds the link's number, signed: nobody can make one up, and a link that was taken back is found no more.
"""

from datetime import timedelta

from django.core import signing
from django.db import transaction

from consult import audit
from consult.models import PreviewLink
from surveys.text import clean_text

SHARED = "consult.preview.link"
MOST_DAYS = 28


@transaction.atomic
def make_link(consultation, *, days, for_whom, by, now):
    """A link that works for so many days, MOST_DAYS at most. `for_whom` is a note for the team."""
    link = PreviewLink.objects.create(
        consultation=consultation,
        for_whom=clean_text(for_whom),
        made_by=audit.actor_of(by),
        made_at=now,
        expires_at=now + timedelta(days=min(max(days, 1), MOST_DAYS)),
    )
    detail = {"for whom": link.for_whom, "until": link.expires_at.isoformat()}
    audit.record("preview link made", consultation, team=consultation.team, by=by, at=now, detail=detail)
    return link


@transaction.atomic
def end_link(link, *, by, now):
    """Take a link back: from now on it opens nothing."""
    consultation, detail = link.consultation, {"for whom": link.for_whom}
    link.delete()
    audit.record("preview link ended", consultation, team=consultation.team, by=by, at=now, detail=detail)


def live_links(consultation, *, now):
    """The links that open something now, those that end first before the others."""
    return consultation.preview_links.filter(expires_at__gt=now)


def token_of(link):
    """What stands in the address of a link."""
    return signing.dumps(link.pk, salt=SHARED)


def opened_by(token, *, now):
    """The consultation that a link opens now; None for one that has expired or was ended, and for what is no link."""
    try:
        number = signing.loads(token, salt=SHARED)
    except signing.BadSignature:
        return None
    live = PreviewLink.objects.filter(pk=number, expires_at__gt=now)
    link = live.select_related("consultation__team", "consultation__questionnaire").first()
    return link and link.consultation
