"""Reading equality profiles: links and codes, always in link order, so that no reader learns who came before whom."""

from itertools import islice
from struct import iter_unpack

from django.db import connections, router
from django.db.models import TextField
from django.db.models.functions import Cast

from equality.models import Profile

LINKS_AT_ONCE = 500
"""Links in one IN list: SQLite refuses more than 32,766 values, and older ones more than 999."""
ROWS_AT_ONCE = 2_000
"""So few that they stay in the processor's cache while they are turned into columns."""
COLUMNS = (Cast("link", TextField()), "codes")
"""Links as text: a Python object for each of a million would take a second, and is not needed."""


def profile_codes(questionnaire_id):
    """Yield (links, codes) of every profile of a questionnaire, some thousands at a time, in link order.

    `links` are 16 raw bytes each, joined; `codes` is a tuple with the bytes of each profile.
    """
    rows = Profile.objects.filter(questionnaire_id=questionnaire_id).order_by("link").values_list(*COLUMNS)
    rows = rows.iterator(chunk_size=ROWS_AT_ONCE)
    while page := list(islice(rows, ROWS_AT_ONCE)):
        yield by_column(page)


def profiles_for(links):
    """Yield (links, codes), as `profile_codes` does, of the profiles there are at these links (16 raw bytes each, joined).

    A link may have none.
    """
    wanted = sorted({link.hex() for (link,) in iter_unpack("16s", links)})
    for start in range(0, len(wanted), LINKS_AT_ONCE):
        if page := rows_at(wanted[start : start + LINKS_AT_ONCE]):
            yield by_column(page)


def rows_at(links):
    """Rows of COLUMNS at these links (as text). In plain SQL, because Django would make four objects of each link."""
    connection = connections[router.db_for_read(Profile)]
    table = connection.ops.quote_name(Profile._meta.db_table)
    places = ", ".join(["%s"] * len(links))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT CAST(link AS text), codes FROM {table} WHERE link IN ({places}) ORDER BY link",  # noqa: S608 -- no values
            links,
        )
        return cursor.fetchall()


def by_column(rows):
    """(links, codes) of at least one row of COLUMNS."""
    links, codes = zip(*rows, strict=True)
    # PostgreSQL writes a UUID with hyphens, SQLite keeps it without.
    return bytes.fromhex("".join(links).replace("-", "")), codes


def self_described_at(link):
    """The sealed words kept at a link, as bytes; None when there are none."""
    sealed = Profile.objects.filter(link=link).values_list("self_described", flat=True).first()
    return bytes(sealed) if sealed else None
