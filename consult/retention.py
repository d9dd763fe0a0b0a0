"""What is deleted when its time has come, a batch at a time, each batch with its audit row.

Drafts, how responses came, contacts, requests for formats, links to previews, letters and the like, scans of paper forms.
Responses go by another command.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from consult import audit
from consult.erasure import overwrite_what_is_deleted
from consult.models import Arrival, Consultation, Contact, FormatRequest, OtherResponse, PreviewLink
from consult.paper import scans
from surveys.models import DraftResponse

log = logging.getLogger(__name__)

BATCH = 500
ARRIVALS_KEPT = timedelta(days=30)
CONTACTS_KEPT = timedelta(days=183)
"""Six months after the report, or after the consultation was withdrawn."""


@dataclass(frozen=True)
class Rule:
    """What goes when: `due(now)` are the rows whose time has come, `consultation` is the way from a row to its consultation."""

    name: str
    due: Callable[[datetime], QuerySet]
    consultation: str


@dataclass(frozen=True)
class Applied:
    """What a rule did, or would do. `fault` is the kind of error that stopped it, "" when none did."""

    name: str
    number: int
    fault: str = ""


def over_since(now):
    """That the report of a row's consultation came out, or the consultation was withdrawn, six months ago."""
    long_ago = now - CONTACTS_KEPT
    return Q(consultation__reported_at__lt=long_ago) | Q(consultation__withdrawn_at__lt=long_ago)


def kept_as_promised(now):
    """That the years for which a row's consultation promised to keep what people tell it are over, counted from its closing."""
    promised = Consultation.objects.values_list("kept_years", flat=True).distinct().order_by()
    due = (
        Q(consultation__kept_years=years, consultation__closes_at__lt=years_before(now, years)) for years in promised
    )
    return reduce(or_, due, Q(pk__in=[]))


def years_before(now, years):
    """So many years before; of the last days of a month, its 28th, which every year has."""
    return now.replace(year=now.year - years, day=min(now.day, 28))


RULES = (
    Rule(
        "drafts",
        lambda now: DraftResponse.objects.filter(expires_at__lt=now),
        "version__questionnaire__consultation",
    ),
    Rule(
        "arrivals",
        lambda now: Arrival.objects.filter(consultation__closes_at__lt=now - ARRIVALS_KEPT),
        "consultation",
    ),
    Rule("contacts", lambda now: Contact.objects.filter(over_since(now)), "consultation"),
    Rule("format requests", lambda now: FormatRequest.objects.filter(over_since(now)), "consultation"),
    Rule("other responses", lambda now: OtherResponse.objects.filter(kept_as_promised(now)), "consultation"),
    Rule("preview links", lambda now: PreviewLink.objects.filter(expires_at__lte=now), "consultation"),
    # Their files go right after, with those of no scan (`scans.sweep`).
    Rule("scans of paper forms", scans.due, "form__batch__consultation"),
)


def apply_retention(*, now, dry_run=False, rules=RULES):
    """Delete what is due by each rule, or with `dry_run` only count it. Yields Applied. One that fails stops no other."""
    for rule in rules:
        number = 0
        try:
            for deleted in [rule.due(now).count()] if dry_run else deletions(rule, now=now):
                number += deleted
        except Exception as fault:  # said by the command, which fails; the other rules must still be applied
            log.exception("The rule for %s could not be applied", rule.name)
            yield Applied(rule.name, number, type(fault).__name__)
        else:
            yield Applied(rule.name, number)


def deletions(rule, *, now):
    """Delete what is due by a rule, batch by batch, each with its audit row. Yields how many each time."""
    due = rule.due(now)
    waiting = due.values_list(rule.consultation).annotate(number=Count("pk")).order_by()
    for consultation in Consultation.objects.filter(pk__in=[pk for pk, _ in waiting]).select_related("team"):
        of_this = due.filter(**{rule.consultation: consultation})
        while batch := list(of_this.values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                overwrite_what_is_deleted(due.model)
                _, numbers = due.model.objects.filter(pk__in=batch).delete()
                number = numbers[due.model._meta.label]
                audit.record(
                    "deleted on schedule",
                    consultation,
                    team=consultation.team,
                    by="apply_retention",
                    at=now,
                    detail={rule.name: number},
                )
            yield number
