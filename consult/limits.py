"""How often somebody may enter a wrong code: 20 times an hour for each connection, and a cap for all of them together.

What is counted lies in the cache for an hour, under a digest of the connection's address with a key of its own for each day:
never the address, and never a code. Each code's page says which `purpose` its tries are counted for.
"""

import hmac
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache

from consult.keys import derived_key

WRONG_TRIES = 20
"""For each connection in any hour. People in a library or a household share one (ux.md R10)."""
ALL_WRONG_TRIES = 2_000
"""For each purpose in an hour of the clock, from everywhere. Of 200,000 codes of 55 bits, so many guesses find one with a chance
of 1 in 90 million; it is far more than people mistype."""
HOUR = timedelta(hours=1)
SAME_HOME = {4: 32, 6: 64}
"""How much of an address is one connection: of IPv6 a home is given at least a /64, and may use any address in it."""

log = logging.getLogger(__name__)


class TooManyTries(Exception):
    """No code is looked at now, not even a right one. `again_at` is when the next may be tried."""

    def __init__(self, again_at):
        super().__init__("Too many wrong codes")
        self.again_at = again_at


@dataclass
class Try:
    """One code entered. Set `was_right` when it opened something: then it does not count."""

    was_right: bool = False


@contextmanager
def counted_try(request, *, purpose, now):
    """Look at a code inside this: `with counted_try(...) as tried`. Raises TooManyTries before anything is looked at.

    A place is taken first and given back for a right code, so that tries sent all at once are counted too.
    """
    place = take_place(request, purpose=purpose, now=now)
    tried = Try()
    yield tried
    if tried.was_right:
        cache.delete(place)
    else:
        count_for_all(purpose, now=now)


def take_place(request, *, purpose, now):
    """Take one of the connection's places, and return its key. Raises TooManyTries."""
    places = {day: places_of(request, purpose=purpose, day=day) for day in days_of_last_hour(now)}
    total = key_for_all(purpose, now)
    kept = cache.get_many([total, *(key for keys in places.values() for key in keys)])
    if kept.pop(total, 0) >= ALL_WRONG_TRIES:
        raise TooManyTries(end_of_hour(now))
    free = [key for key in places[now.astimezone(UTC).date()] if key not in kept]
    again_at = now + HOUR
    for key in free[: max(0, WRONG_TRIES - len(kept))]:
        # Only one of two that want the same place gets it.
        if cache.add(key, again_at, timeout=HOUR.total_seconds()):
            return key
    raise TooManyTries(min(kept.values(), default=again_at))


def places_of(request, *, purpose, day):
    """The keys of the connection's 20 places on a day."""
    network = connection_of(get_adapter().get_client_ip(request))
    named = hmac.digest(derived_key("wrong-tries"), f"{purpose} {day} {network}".encode(), "sha256").hex()
    return [f"wrong-code-{named}-{place}" for place in range(WRONG_TRIES)]


def connection_of(address):
    """The network that counts as one connection."""
    found = ip_address(address)
    found = getattr(found, "ipv4_mapped", None) or found
    return ip_network((found, SAME_HOME[found.version]), strict=False)


def days_of_last_hour(now):
    """Today, and yesterday in the first hour of a day: what was counted before midnight still counts."""
    return {at.astimezone(UTC).date() for at in (now, now - HOUR)}


def count_for_all(purpose, *, now):
    """Count a wrong code from anywhere, and raise the alarm when there are too many. Two at once may count as one."""
    total = key_for_all(purpose, now)
    number = cache.get(total, 0) + 1
    cache.set(total, number, timeout=HOUR.total_seconds())
    if number == ALL_WRONG_TRIES:
        log.error("%s wrong codes (%s) in an hour: no more are looked at until the next hour", number, purpose)


def key_for_all(purpose, now):
    return f"wrong-codes-{purpose}-{now.astimezone(UTC):%Y%m%d%H}"


def end_of_hour(now):
    """When the next hour of the clock begins."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
