"""Reading responses as rows of codes for counting: plain values by column, of which nothing has been made that is not needed.

A million rows pass here when a process first counts, so the database writes keys as text and times as seconds, and no Python
object is made of either. What is held of them is in `counted`; documents and numbers are read in `queries`.
"""

from itertools import compress
from typing import NamedTuple
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db.models import BigIntegerField, Count, Func, Max, Sum, TextField
from django.db.models.functions import Cast

from surveys.models import Response, ResponseStatus, Version

CHUNK = 2_000
"""Rows read at once: so few that they stay in the processor's cache while they are turned into columns."""


KEY = np.dtype("V16")
"""The type of arrays of submission keys: 16 raw bytes."""


class Seconds(Func):
    """A time as whole seconds since 1970."""

    output_field = BigIntegerField()

    def get_db_converters(self, connection):
        """None: the database gives a whole number, and asking it of every row again takes half a second per million."""
        return []

    def as_sqlite(self, compiler, connection, **context):
        # Without the fraction of a second, which SQLite would round. Filling in parameters halves percent signs, twice.
        template = "CAST(strftime('%%%%s', substr(%(expressions)s, 1, 19)) AS integer)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "CAST(floor(extract(epoch FROM %(expressions)s)) AS bigint)"
        return self.as_sql(compiler, connection, template=template, **context)


COLUMNS = (
    "id",
    "codes",
    Cast("submission_key", TextField()),
    "channel",
    "respondent_type",
    Seconds("submitted_at"),
)
"""What a row is made of: (id, codes, submission key as text, channel, respondent type, second it was sent)."""


class CodeRows(NamedTuple):
    """Rows of one version by column, one entry per response in each.

    `keys` are the submission keys, 16 raw bytes each; `seconds` are times of sending, whole seconds since 1970.
    """

    ids: npt.NDArray[np.int64]
    codes: tuple[bytes, ...]
    keys: npt.NDArray[np.void]
    channels: tuple[str, ...]
    respondent_types: tuple[str, ...]
    seconds: npt.NDArray[np.int64]

    def where(self, chosen):
        """Those rows for which `chosen`, an array of truth values, is true."""
        if chosen.all():
            return self
        codes, channels, types = (
            tuple(compress(column, chosen.tolist())) for column in (self.codes, self.channels, self.respondent_types)
        )
        return CodeRows(self.ids[chosen], codes, self.keys[chosen], channels, types, self.seconds[chosen])


class Change(NamedTuple):
    """A response that was changed: its change number, what it has become, and its row of COLUMNS."""

    seq: int
    version_id: UUID
    status: str
    row: list[object]


def by_column(rows):
    """At least one row of COLUMNS, as CodeRows."""
    ids, codes, keys, channels, types, seconds = zip(*rows, strict=True)
    # PostgreSQL writes a UUID with hyphens, SQLite keeps it without.
    raw_keys = np.frombuffer(bytes.fromhex("".join(keys).replace("-", "")), KEY)
    return CodeRows(np.array(ids, np.int64), codes, raw_keys, channels, types, np.array(seconds, np.int64))


def version_ids(questionnaire_id):
    """The ids of a questionnaire's published versions, newest first."""
    return list(Version.objects.filter(questionnaire=questionnaire_id).order_by("-number").values_list("id", flat=True))


def new_rows(version_id, *, after):
    """Yield CodeRows of a version's counted responses past an id, in id order, by key and never by offset."""
    counted = Response.objects.filter(version=version_id, status=ResponseStatus.COUNTED).order_by("id")
    while rows := list(counted.filter(id__gt=after).values_list(*COLUMNS)[:CHUNK]):
        yield by_column(rows)
        if len(rows) < CHUNK:
            break
        after = rows[-1][0]


def changed_rows(versions, *, after_seq):
    """Every Change since a change number, in the order of their numbers."""
    changed = Response.objects.filter(version__in=versions, changed_seq__gt=after_seq).order_by("changed_seq")
    rows = changed.values_list("changed_seq", "version_id", "status", *COLUMNS)
    return [Change(seq, version_id, status, row) for seq, version_id, status, *row in rows]


def last_change(questionnaire_id):
    """The highest change number of a questionnaire's responses; 0 when none was ever changed."""
    rows = Response.objects.filter(version__in=version_ids(questionnaire_id), changed_seq__isnull=False)
    return rows.aggregate(last=Max("changed_seq"))["last"] or 0


def number_and_sum_of_ids(questionnaire_id):
    """(how many responses are counted, the sum of their ids), to compare with what is held."""
    counted = Response.objects.filter(version__in=version_ids(questionnaire_id), status=ResponseStatus.COUNTED)
    found = counted.aggregate(number=Count("id"), total=Sum("id"))
    return found["number"], found["total"] or 0
