"""How responses came, kept for a while apart from them: noted with each send, and read as flags for a person to look at.

No address is kept. A network is a digest under a key of its consultation and its day: it tells that two of one day came from one
network, and nothing across days. Nothing here can lose a response or leave it out.
"""

import hmac
import ipaddress
import logging
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from consult import keys
from consult.flags import Flag, flags_of
from consult.models import Arrival
from surveys.inserting import insert
from surveys.kinds import KINDS

log = logging.getLogger(__name__)

TRAP = "website"
"""The name of a box that people do not see and programs fill in."""
NETWORK_BYTES = 16
PREFIX = {4: 24, 6: 48}
"""How much of an address is its network: what one household, library or firm usually holds."""
MOST_COUNTED = 32_767


@dataclass(frozen=True)
class Flagged:
    """A response that somebody may want to look at, by its public reference."""

    reference: str
    arrived_on: date
    flags: tuple[Flag, ...]


@contextmanager
def losing_nothing():
    """Whatever goes wrong inside is logged: the response is kept and its receipt must be shown, whatever it is."""
    try:
        yield
    except Exception as fault:
        log.error("An arrival could not be noted: %s", type(fault).__name__)


def note_of_arrival(request, consultation, draft, route, *, now):
    """What notes how the response of a draft came: to be called in the transaction that takes it in.

    Everything is worked out at once, so that the transaction is short. What goes wrong is undone alone.
    """
    arrival = None
    with losing_nothing():
        arrival = arrival_of(request, consultation, draft, route, now=now)

    def note():
        with losing_nothing(), transaction.atomic():
            # A send that was repeated at once is one arrival.
            insert(arrival, unless_there=True)

    return note if arrival else lambda: None


def arrival_of(request, consultation, draft, route, *, now):
    """The row that says how a response came."""
    asked = [question.key for question in route.questions() if KINDS[question.kind].is_answerable]
    took = max(0, int((now - draft.begun_at).total_seconds()))
    day = timezone.localdate(now)
    return Arrival(
        consultation=consultation,
        reference=keys.reference_for(draft.submission_key),
        network=network_digest(consultation, client_address(request.META), day),
        arrived_on=day,
        seconds=0 if request.POST.get(TRAP) else took,
        answered=min(MOST_COUNTED, sum(key in route.answers for key in asked)),
        asked=min(MOST_COUNTED, len(asked)),
    )


def client_address(meta):
    """Where a request came from, as far as it can be trusted; "" when it cannot be told.

    Behind proxies of ours (ALLAUTH_TRUSTED_PROXY_COUNT) each adds the address it saw at the end of X-Forwarded-For: what stands
    before is whatever the sender wrote there.
    """
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if not proxies:
        return meta.get("REMOTE_ADDR", "")
    seen = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return seen[-proxies] if len(seen) >= proxies else ""


def network_of(address):
    """The network of an address, /24 or /48; None for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    found = getattr(found, "ipv4_mapped", None) or found
    return ipaddress.ip_network((int(found), PREFIX[found.version]), strict=False)


def network_digest(consultation, address, day):
    """What is kept of a network. Where there is none, chance: two that are not known are not the same."""
    network = network_of(address)
    if network is None:
        return secrets.token_bytes(NETWORK_BYTES)
    day_key = hmac.digest(keys.derived_key("arrivals"), f"{consultation.pk} {day}".encode(), "sha256")
    return hmac.digest(day_key, str(network).encode(), "sha256")[:NETWORK_BYTES]


def flagged_arrivals(consultation):
    """Every response of a consultation with a flag, as Flagged, the latest first. Reads all arrivals."""
    arrivals = consultation.arrivals.all()
    networks = arrivals.values_list("arrived_on", "network").annotate(number=Count("id")).order_by()
    size = {(day, bytes(network)): number for day, network, number in networks}
    rows = arrivals.order_by("-id").values_list("reference", "arrived_on", "network", "seconds", "answered", "asked")
    found = []
    for reference, day, network, seconds, answered, asked in rows.iterator(chunk_size=2_000):
        flags = flags_of(
            seconds=seconds, answered=answered, asked=asked, from_network=size.get((day, bytes(network)), 1)
        )
        if flags:
            found.append(Flagged(reference, day, flags))
    return found
