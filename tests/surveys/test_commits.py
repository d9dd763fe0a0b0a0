"""Which commits wait for the disk: all but those of pages on the way, which nobody was told are kept."""

import pytest
from django.db import connection, transaction

from surveys.commits import no_wait_for_disk

pytestmark = pytest.mark.django_db(transaction=True)

WAITING, NOT_WAITING = {"sqlite": (2, 1), "postgresql": ("on", "off")}[connection.vendor]


def waits():
    """What the connection says of its commits now."""
    asked = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0]


def test_commits_wait_for_the_disk_but_for_those_that_need_not():
    before = waits()
    with no_wait_for_disk():
        inside = waits()
    assert (before, inside, waits()) == (WAITING, NOT_WAITING, WAITING)


def test_commits_wait_again_after_something_went_wrong():
    with pytest.raises(ZeroDivisionError), no_wait_for_disk():
        1 / 0  # noqa: B018
    assert waits() == WAITING


def test_a_transaction_that_waits_goes_on_waiting():
    with transaction.atomic():
        with no_wait_for_disk():
            inside = waits()
        after = waits()
    assert (inside, after) == (WAITING, WAITING)
