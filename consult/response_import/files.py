"""The files of an import: the spreadsheet as it was sent, its rows as they were read, and the rows that were refused.

They lie in the data directory, in a folder for each job that only the service's own user may enter, and go when they are no
longer needed: the spreadsheet once everything of it was brought in, the refused rows a week later.
"""

import csv
import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from exports.cells import safe_text
from surveys.answer_files import ImportRefused, Reading
from surveys.answer_files.headings import ROW_REFUSED, WHY_REFUSED
from surveys.answer_files.reading import MOST_BYTES
from surveys.answer_files.workbooks import TOO_LARGE

FOLDER = "imports"
UPLOAD, ROWS, READING, FINDINGS, REFUSED = "file", "rows", "reading.json", "findings.json", "refused.csv"
KEPT_FOR = timedelta(days=7)


def folder_of(job_id):
    """Where the files of a job lie."""
    return settings.DATA_DIR / FOLDER / str(job_id)


def path_of(job, name):
    """One of the files of a job."""
    return folder_of(job.pk) / name


def keep_upload(job_id, chunks):
    """Keep a spreadsheet as it comes, and return its digest and its size. Raises ImportRefused for one that is too large."""
    folder = folder_of(job_id)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700)
    digest, size = hashlib.sha256(), 0
    with opened(folder / UPLOAD, "wb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                shutil.rmtree(folder)
                raise ImportRefused(TOO_LARGE)
            digest.update(chunk)
            stream.write(chunk)
    return digest.hexdigest(), size


@contextmanager
def opened(path, mode, **how):
    """A file written anew that only the service's own user may read."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), mode, **how) as stream:
        yield stream


def keep_reading(job, reading):
    """Keep what a file was found to hold."""
    keep_json(job, READING, reading.to_json())


def reading_of(job):
    """What a job's file was found to hold; None when that is gone, or was never found out."""
    kept = read_json(job, READING)
    return Reading.from_json(kept) if kept else None


def keep_json(job, name, plain):
    """Keep plain JSON values beside a job."""
    with opened(path_of(job, name), "w", encoding="utf-8") as stream:
        json.dump(plain, stream, ensure_ascii=False)


def read_json(job, name):
    """What `keep_json` kept, or None."""
    try:
        return json.loads(path_of(job, name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


@contextmanager
def refused_rows(job, headings, *, anew):
    """Write refused rows to a CSV file: yields a function that writes those among some `rows.Outcome`s, with the reasons.

    Cells that a spreadsheet would run are guarded, and an import takes the guard off again.
    """
    path = path_of(job, REFUSED)
    if anew:
        with opened(path, "w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerow([WHY_REFUSED, ROW_REFUSED, *map(safe_text, headings)])
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)

        def write(outcomes):
            for outcome in outcomes:
                if outcome.reasons:
                    writer.writerow(
                        [safe_text(in_words(outcome.reasons)), outcome.number, *map(safe_text, outcome.cells)]
                    )
            stream.flush()

        yield write


def in_words(reasons):
    """Why a row is refused, as one text: each column with what is wrong there."""
    told = ((f"{heading}: " if heading else "") + " ".join(sentences) for heading, sentences in reasons.items())
    return "; ".join(told)


def forget(job, *, keep_refused=False):
    """Delete the files of a job; with `keep_refused` all but the rows that were refused. Deleting again does no harm."""
    folder = folder_of(job.pk)
    if not keep_refused:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for name in (UPLOAD, ROWS, READING, FINDINGS):
        (folder / name).unlink(missing_ok=True)


def old_folders(now):
    """The folders of jobs that nobody has touched for a week."""
    for folder in sorted((settings.DATA_DIR / FOLDER).glob("*")):
        touched = max((path.stat().st_mtime for path in (folder, *folder.glob("*"))), default=0)
        if touched < (now - KEPT_FOR).timestamp():
            yield folder


def delete_old(now):
    """Delete what lies there longer than a week, whatever became of its job. Returns how many jobs' files went."""
    number = 0
    for folder in old_folders(now):
        shutil.rmtree(Path(folder), ignore_errors=True)
        number += 1
    return number
