"""Commits that need not wait for the disk.

Every commit of the service waits until the disk has it (SQLite `synchronous=FULL`, PostgreSQL `synchronous_commit=on`), for a
receipt promises just that. What promises nothing yet may do without: it survives the death of any process, and of the last such
commits a power cut takes the newest, never one from the middle. See docs/decisions/0042.
"""

from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def no_wait_for_disk():
    """Commit what is written inside without waiting for the disk. Inside a transaction, whose commit has its own promise, nothing
    changes."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.in_atomic_block:
        yield
    elif database.vendor == "postgresql":
        with transaction.atomic(), database.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
            yield
    else:
        database.ensure_connection()
        # By the driver itself: a page's own statement is the only one that Django need see.
        database.connection.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            database.connection.execute("PRAGMA synchronous=FULL")
