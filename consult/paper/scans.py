"""Scans of paper forms: attached to a form of an open batch, sealed, and destroyed with the paper or with the response.

A scan shows views and answers about the person side by side, as what is typed of the form does, and is sealed as that is
(docs/decisions/0028, 0039). Its file lies in a folder of the data directory that only the service's own user may enter; its row
is what counts. A file without a row is swept away.
"""

import os
import subprocess
import sys
from datetime import timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consult import audit, keys, submission
from consult.models import LinkKey
from consult.paper.batches import locked, record
from consult.paper.models import Scan
from consult.paper.scan_reading import BROKEN, MOST_BYTES, SECONDS, TOO_LARGE, Drawn, ScanRefused, kind_of

FOLDER = "scans"
MOST_SCANS = 20
TOO_MANY = f"A form can have {MOST_SCANS} scans. Remove one first"
NO_KEY = "Scans of this consultation can no longer be kept: the key for them was destroyed"
KEPT_UNCLOSED = timedelta(days=730)
"""How long after its forms came the scans of a batch stay that nobody closes: as long as closing it proposes."""
BEING_ATTACHED = timedelta(hours=1)
"""How young a file is left alone though it has no row yet."""


class ScanGone(Exception):
    """The scan is there no more, or nobody can open it any more."""


def attach(form, upload, *, consultation, by, now):
    """Keep a scan of a form: `upload` is a file with its `size`. Raises ScanRefused with what to do, and BatchClosed."""
    if upload.size > MOST_BYTES:
        raise ScanRefused(TOO_LARGE)
    drawn = read_apart(upload.read(MOST_BYTES + 1))
    try:
        sealed = box_of(consultation).encrypt(drawn.content)
    except LinkKey.DoesNotExist:
        raise ScanRefused(NO_KEY) from None
    return keep(form, drawn, sealed, by=by, now=now)


@transaction.atomic
def keep(form, drawn, sealed, *, by, now):
    """The scan of what was drawn anew, its file on the disk before its row is there. Raises ScanRefused and BatchClosed."""
    batch = locked(form.batch)
    if form.scans.count() >= MOST_SCANS:
        raise ScanRefused(TOO_MANY)
    told = {"kind": drawn.kind, "width": drawn.width, "height": drawn.height, "pages": drawn.pages}
    scan = Scan(form=form, attached_by=audit.actor_of(by), attached_at=now, **told)
    write_file(scan.pk, sealed)
    scan.save(force_insert=True)
    detail = {"form": form.number, "kind": drawn.kind, "pages": drawn.pages}
    record("scan attached", batch, by=by, now=now, detail=detail)
    return scan


@transaction.atomic
def remove(scan, *, by, now):
    """Take a scan away that was attached to the wrong form, or cannot be read. Raises BatchClosed."""
    batch = locked(scan.form.batch)
    destroy(Scan.objects.filter(pk=scan.pk))
    record("scan removed", batch, by=by, now=now, detail={"form": scan.form.number, "kind": scan.kind})


def destroy(scans):
    """Delete scans, and their files once that is committed."""
    gone = list(scans.values_list("pk", flat=True))
    scans.delete()
    transaction.on_commit(lambda: delete_files(gone))


def content_of(scan, consultation):
    """What is kept of a scan, opened. Raises ScanGone."""
    try:
        return box_of(consultation).decrypt(path_of(scan.pk).read_bytes())
    except (FileNotFoundError, InvalidToken, LinkKey.DoesNotExist) as error:
        raise ScanGone from error


def due(now):
    """The scans whose time has come: the paper must be destroyed, or its batch was never closed in two years."""
    today = timezone.localdate(now)
    unclosed = Q(form__batch__destroy_on=None, form__batch__received_on__lt=today - KEPT_UNCLOSED)
    return Scan.objects.filter(Q(form__batch__destroy_on__lte=today) | unclosed)


# Opening a stranger's file ----------------------------------------------------------------------------------------------
def read_apart(content):
    """Have a file opened and drawn anew by a process that knows nothing of ours. Raises ScanRefused."""
    kind_of(content)
    command = [sys.executable, "-m", "consult.paper.scan_reading"]
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    try:
        process = subprocess.run(  # noqa: S603 -- our own module; the file goes in as bytes
            command,
            cwd=settings.BASE_DIR,
            env=environment | {"PYTHONPATH": str(settings.BASE_DIR), "PYTHONUTF8": "1"},
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise ScanRefused(BROKEN) from None
    return Drawn.from_bytes(process.stdout)


# Files ------------------------------------------------------------------------------------------------------------------
def box_of(consultation):
    return keys.scan_box(submission.link_key(consultation))


def path_of(scan_id):
    """Where the file of a scan lies."""
    return settings.DATA_DIR / FOLDER / str(scan_id)


def write_file(scan_id, sealed):
    """Write the sealed file of a scan, on the disk before this returns."""
    path = path_of(scan_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(sealed)
        stream.flush()
        os.fsync(stream.fileno())


def delete_files(scan_ids):
    """Delete the files of scans. Deleting again does no harm."""
    for scan_id in scan_ids:
        path_of(scan_id).unlink(missing_ok=True)


def left_over(now):
    """The ids of files that belong to no scan: their row went on schedule, or never came to be."""
    before = (now - BEING_ATTACHED).timestamp()
    files = [path for path in (settings.DATA_DIR / FOLDER).glob("*") if path.stat().st_mtime < before]
    kept = set(Scan.objects.values_list("pk", flat=True))
    return [UUID(path.name) for path in files if UUID(path.name) not in kept]


def sweep(now):
    """Delete files that belong to no scan. Returns how many."""
    found = left_over(now)
    delete_files(found)
    return len(found)
