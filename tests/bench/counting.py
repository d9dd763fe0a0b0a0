"""Counting a large consultation inside one process: what loading, counting, one table and a thousand new responses take.

Runs in processes of its own, see `children`. Clock time, since nothing else of ours runs meanwhile.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from consult.models import Consultation
from consult.reports import results_of
from exports.lining_up import LinkedProfiles
from exports.results import Results
from surveys.analysis.crosstabs import crosstab
from surveys.analysis.cumulative import CumulativeTables
from surveys.counted import CountedResponses
from tests.bench.bulk import PROFILE, RESPONSE, SLUG, batches
from tests.bench.memory import peak_megabytes

NEW = 1_000
NEW_SEED = 99
TIMES = 7
PARTS = {"responses": CountedResponses, "profiles": LinkedProfiles, "tables": CumulativeTables}
"""The three parts of being up to date, each a class with a `refresh`."""


@contextmanager
def timed(*owners: type) -> Iterator[dict[type, float]]:
    """Add up the milliseconds spent in each class's `refresh` while the block runs."""
    spent = dict.fromkeys(owners, 0.0)
    with ExitStack() as patches:
        for owner in owners:
            patches.enter_context(mock.patch.object(owner, "refresh", watched(owner, spent)))
        yield spent


def watched(owner: type, spent: dict[type, float]) -> Any:
    """The class's own `refresh`, with a clock beside it."""
    refresh = owner.refresh  # type: ignore[attr-defined]

    def clocked(self: Any, *arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return refresh(self, *arguments, **named)
        finally:
            spent[owner] += 1000 * (time.perf_counter() - began)

    return clocked


def milliseconds(action: Any) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - began)


def opened(consultation: Consultation) -> dict[str, float]:
    """How long bringing the results up to date takes, in all and in its parts."""
    with timed(*PARTS.values()) as spent:
        whole = milliseconds(lambda: results_of(consultation, now=timezone.now()))
    return {"whole": whole} | {name: spent[owner] for name, owner in PARTS.items()}


def count() -> dict[str, Any]:
    """Everything about counting, in the order in which a process meets it."""
    consultation = Consultation.objects.get(slug=SLUG)
    first = opened(consultation)
    loaded = peak_megabytes()
    again = [opened(consultation)["whole"] for _ in range(TIMES)]
    results = results_of(consultation, now=timezone.now())
    return {
        "first": first,
        "megabytes": loaded,
        "up_to_date": statistics.median(again),
        "one_table": one_table(results),
        "plain_count": plain_count(results),
        "every_table": milliseconds(lambda: every_table(results)),
        "tables": number_of_tables(results),
        "characteristics": len(results.characteristics),
        "count_all": count_all(results),
        "after_new": after_new(consultation),
    }


def one_table(results: Results) -> float:
    """Median milliseconds of one question by one characteristic: true counts from the running tables, and their release."""
    summary = results.questions()[0][1][0]
    key = results.characteristics[0].key
    return statistics.median(milliseconds(lambda: results.table(summary, by=key)) for _ in range(TIMES))


def plain_count(results: Results) -> float:
    """Median milliseconds of counting one crosstab from the code arrays, without any table kept."""
    codes = results.counts.counted.columns["p1q1"]
    profile = results.counts.profiles.column(results.characteristics[0].column)
    return statistics.median(milliseconds(lambda: crosstab(codes, profile)) for _ in range(TIMES))


def every_table(results: Results) -> None:
    """True counts of every line of every question by every characteristic."""
    for _, summaries in results.questions():
        for summary in summaries:
            for characteristic in results.characteristics:
                results.count_table(summary, by=characteristic.key)


def number_of_tables(results: Results) -> int:
    return sum(len(summaries) for _, summaries in results.questions()) * len(results.characteristics)


def count_all(results: Results) -> float:
    """Milliseconds to count every coded column by every characteristic from the arrays, all responses, as after a start."""
    counts = results.counts
    arrays = {c.key: counts.profiles.column(c.column) for c in results.characteristics}
    codebook = counts.counted.columns
    keys = [key for key in codebook if codebook[key].dtype == np.uint8]
    tables = CumulativeTables(keys, by=dict.fromkeys(arrays, 256))
    return milliseconds(lambda: tables.refresh(codebook, arrays=arrays, edition=0))


def after_new(consultation: Consultation) -> dict[str, float]:
    """The median of what a thousand new responses take to be read, lined up and counted. They are rolled back afterwards."""
    with transaction.atomic():
        rounds = [opened_after_new(consultation, seed=NEW_SEED + place) for place in range(TIMES)]
        transaction.set_rollback(True)
    return {part: statistics.median(found[part] for found in rounds) for part in rounds[0]}


def opened_after_new(consultation: Consultation, *, seed: int) -> dict[str, float]:
    """What it takes to be up to date once another thousand responses were written."""
    ((rows, linked),) = batches(consultation, size=NEW, seed=seed)
    with connection.cursor() as cursor:
        for statement, values in ((RESPONSE, rows), (PROFILE, linked)):
            cursor.executemany(statement.replace("?", "%s"), values)
    return opened(consultation)


TASKS = {"count": count}
