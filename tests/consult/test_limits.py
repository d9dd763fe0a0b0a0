"""Guessing codes: 20 wrong tries an hour from a connection, a cap for all, and nothing kept of who tried (threats.md I2)."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from consult import limits

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 3, 14, 14, tzinfo=UTC)
HOME = "203.0.113.9"


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Moves the clock, which the cache looks at too."""
    time_machine.move_to(NOW, tick=False)
    return lambda at: time_machine.move_to(at, tick=False)


def tried(address=HOME, *, now=NOW, right=False, purpose="receipt"):
    """Whether a code from an address was looked at."""
    request = RequestFactory(REMOTE_ADDR=address).post("/")
    try:
        with limits.counted_try(request, purpose=purpose, now=now) as counted:
            counted.was_right = right
    except limits.TooManyTries:
        return False
    return True


def refusal(address=HOME, *, now=NOW):
    """When the next code may be tried."""
    with (
        pytest.raises(limits.TooManyTries) as refused,
        limits.counted_try(RequestFactory(REMOTE_ADDR=address).post("/"), purpose="receipt", now=now),
    ):
        pass
    return refused.value.again_at


def test_20_wrong_codes_are_looked_at_and_then_none_right_or_wrong():
    assert [tried() for _ in range(22)] == [True] * 20 + [False] * 2
    assert not tried(right=True)


def test_right_codes_do_not_count():
    assert all(tried(right=True) for _ in range(25))
    assert [tried() for _ in range(21)] == [True] * 20 + [False]


def test_each_try_counts_for_an_hour_of_its_own(clock):
    for minute in range(20):
        clock(NOW + timedelta(minutes=minute))
        tried(now=NOW + timedelta(minutes=minute))

    assert refusal(now=NOW + timedelta(minutes=30)) == NOW + timedelta(hours=1)
    clock(later := NOW + timedelta(minutes=60, seconds=1))
    assert (tried(now=later), tried(now=later)) == (True, False)


def test_what_was_counted_before_midnight_counts_after_it(clock):
    before = datetime(2027, 3, 3, 23, 50, tzinfo=UTC)
    clock(before)
    for _ in range(15):
        tried(now=before)
    clock(after := before + timedelta(minutes=20))

    assert [tried(now=after) for _ in range(6)] == [True] * 5 + [False]


@pytest.mark.parametrize(("one", "other", "are_one"), [
    (HOME, "203.0.113.10", False),
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    (f"::ffff:{HOME}", HOME, True),
    (f"::ffff:{HOME}", "::ffff:203.0.113.10", False),
])  # fmt: skip
def test_a_connection_is_an_address_or_the_ipv6_network_of_a_home(one, other, are_one):
    for _ in range(20):
        tried(one)

    assert tried(other) is not are_one


def test_purposes_are_counted_apart():
    for _ in range(20):
        tried()

    assert (tried(), tried(purpose="resume")) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_tries_sent_all_at_once_are_all_counted():
    def once(_):
        try:
            return tried()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        looked_at = list(pool.map(once, range(40)))

    assert sum(looked_at) == 20


def test_an_error_while_a_code_is_looked_at_counts_as_a_wrong_one():
    for _ in range(20):
        with (
            pytest.raises(ZeroDivisionError),
            limits.counted_try(RequestFactory(REMOTE_ADDR=HOME).post("/"), purpose="receipt", now=NOW),
        ):
            raise ZeroDivisionError

    assert not tried()


def test_all_together_have_a_cap_with_one_alarm_that_names_nobody(monkeypatch, caplog, clock):
    monkeypatch.setattr(limits, "ALL_WRONG_TRIES", 30)
    caplog.set_level(logging.DEBUG, logger="consult.limits")
    addresses = [f"203.0.113.{number}" for number in range(30)]

    assert all(tried(address) for address in addresses)

    assert refusal("198.51.100.1") == datetime(2027, 3, 3, 15, tzinfo=UTC)
    assert not tried("198.51.100.1", right=True)
    assert tried("198.51.100.1", purpose="resume")
    alarm = "30 wrong codes (receipt) in an hour: no more are looked at until the next hour"
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [("ERROR", alarm)]
    clock(next_hour := datetime(2027, 3, 3, 15, tzinfo=UTC))
    assert tried("198.51.100.1", now=next_hour)


def test_the_cache_holds_no_address():
    for _ in range(3):
        tried()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM consult_cache")
        kept = cursor.fetchall()
    assert len(kept) == 4
    assert not [row for row in kept if HOME in str(row) or "203" + ".0" in str(row)]


def test_the_same_connection_has_another_name_every_day():
    request = RequestFactory(REMOTE_ADDR=HOME).post("/")
    names = {
        limits.places_of(request, purpose=purpose, day=day)[0]
        for purpose in ("receipt", "resume")
        for day in (NOW.date(), NOW.date() + timedelta(days=1))
    }

    assert len(names) == 4
