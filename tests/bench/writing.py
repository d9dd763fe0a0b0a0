"""Writing files of a large consultation in one process: rows as CSV, and the report as PDF.

Runs in processes of its own, see `children`.
"""

import csv
import json
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from consult.models import Consultation
from consult.reports import results_of, write_document
from exports.formats import TABLE_FORMATS
from exports.tables import response_rows
from tests.bench.bulk import SLUG
from tests.bench.memory import peak_megabytes
from tests.bench.reference import reference_questionnaire

PLAIN_ROWS = 50_000


def rows(*, out: str) -> dict[str, Any]:
    """Every response as a line of CSV: seconds, seconds to the first byte, peak memory, and whether it paged by key."""
    consultation = Consultation.objects.get(slug=SLUG)
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    began, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(note), Path(out).open("wb") as stream:
        first = None
        for chunk in TABLE_FORMATS["csv"].lines(response_rows(consultation.questionnaire_id, title=consultation.title)):
            first = first or time.perf_counter() - began
            stream.write(chunk)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "first_byte": first,
        "megabytes": peak_megabytes(),
        "bytes": Path(out).stat().st_size,
        "lines": Path(out).read_bytes().count(b"\r\n") - 1,
        "by_offset": sum(" OFFSET " in sql for sql in statements),
    }


def plain_rows(*, out: str) -> dict[str, Any]:
    """The least that could write such rows in Python: documents from the table, `json`, and `csv.writer`. CPU seconds a row."""
    keys = [question.key for question in reference_questionnaire().questions()]
    cpu = time.process_time()
    with connection.cursor() as cursor, Path(out).open("w", newline="") as stream:
        cursor.execute("SELECT answers FROM surveys_response ORDER BY id LIMIT %s", [PLAIN_ROWS])
        writer = csv.writer(stream)
        lines = 0
        while documents := cursor.fetchmany(2_000):
            lines += len(documents)
            answers = (json.loads(text) for (text,) in documents)
            writer.writerows([given.get(key) for key in keys] for given in answers)
    return {"cpu": time.process_time() - cpu, "lines": lines}


def report(*, out: str) -> dict[str, Any]:
    """The consultation report as PDF: the first in a process, with the reading of all responses, and the next."""
    consultation = Consultation.objects.select_related("team").get(slug=SLUG)
    now = timezone.now()
    began, cpu = time.perf_counter(), time.process_time()
    results_of(consultation, now=now)
    loaded = time.perf_counter()
    stream = BytesIO()
    write_document(consultation, "report", "pdf", stream, now=now)
    written = time.perf_counter()
    write_document(consultation, "report", "pdf", BytesIO(), now=now)
    again, all_cpu = time.perf_counter(), time.process_time() - cpu
    Path(out).write_bytes(stream.getvalue())
    return {
        "load": loaded - began,
        "write": written - loaded,
        "again": again - written,
        "cpu": all_cpu,
        "megabytes": peak_megabytes(),
        "kilobytes": len(stream.getvalue()) / 1000,
    }


TASKS = {"rows": rows, "plain_rows": plain_rows, "report": report}
