"""Removal across engines: a response and its equality answers go, and a digest of its receipt remembers that they went.

The register of erasures is kept twice: in the database, and as lines of a file in the data directory, so that a database
restored from a backup can be told whom to forget again. Published editions are frozen and are not touched.
"""

import os

from django.conf import settings
from django.db import connections, router, transaction
from django.utils import timezone

from consult import audit, keys
from consult.models import Arrival, Consultation, Erasure, LinkKey
from consult.paper.forgetting import forget_form_of
from consult.paper.models import KeyedNumber, PaperForm
from consult.submission import link_key
from consult.wording import last_deletion_on
from equality.models import Profile
from equality.services import delete_profile
from surveys.counted import counted_responses
from surveys.models import Response

REGISTER = "erasures.log"
"""In the data directory: a line for each erasure, the receipt's digest in hexadecimal digits and the time."""


class TooLate(Exception):
    """The last day for deleting (`last_day`) is over: the answers are part of the report."""

    def __init__(self, last_day):
        super().__init__(f"The last day was {last_day}")
        self.last_day = last_day


def response_of(receipt_digest):
    """The response that a receipt belongs to, with its consultation and team; None when there is none. One query."""
    found = Response.objects.select_related("version__questionnaire__consultation__team")
    return found.filter(receipt_digest=receipt_digest).first()


def consultation_of(response):
    """The consultation that a response was given to."""
    return response.version.questionnaire.consultation


def may_be_erased(consultation, now):
    """Whether answers may still be taken back: until the end of the last day, in UK time."""
    return timezone.localdate(now) <= last_deletion_on(consultation)


def erase(receipt_digest, *, by, now, reason=""):
    """Remove a response and all that came with it. True when it was there; False when there is none. Raises TooLate.

    One transaction. Where profiles lie in another database they are gone a moment before: should the rest fail, doing it again
    finishes it.
    """
    with transaction.atomic():
        response = Response.objects.select_for_update().filter(receipt_digest=receipt_digest).first()
        if response is None:
            return False
        consultation = Consultation.objects.select_related("team").get(questionnaire__versions=response.version_id)
        if not may_be_erased(consultation, now):
            raise TooLate(last_deletion_on(consultation))
        remove(response, consultation)
        register(consultation, receipt_digest, by=by, now=now, reason=reason)
    counted_responses(consultation.questionnaire_id).compare_again()
    return True


def remove(response, consultation):
    """The response, with what hangs on it, its equality profile, and what is kept of the paper form that it was."""
    overwrite_what_is_deleted(Response, Profile, PaperForm, KeyedNumber)
    forget_form_of(response.reference)
    if link := profile_link_of(response, consultation):
        delete_profile(link)
    Arrival.objects.filter(reference=response.reference).delete()
    response.delete()


def profile_link_of(response, consultation):
    """Where the response's equality profile lies; None once the consultation's link key was destroyed."""
    try:
        return keys.profile_link(link_key(consultation), response.submission_key)
    except LinkKey.DoesNotExist:
        return None


def register(consultation, receipt_digest, *, by, now, reason):
    """Remember that there was an erasure, in three places: the table, the audit log and, last, the file."""
    Erasure.objects.update_or_create(
        receipt_digest=receipt_digest, defaults={"consultation": consultation, "erased_at": now}
    )
    detail = {"receipt digest": receipt_digest.hex()}
    audit.record("response erased", consultation, team=consultation.team, by=by, at=now, reason=reason, detail=detail)
    append_to_file(f"{receipt_digest.hex()} {now.isoformat()}\n")


def append_to_file(line):
    """Add a line to the register outside the database, on the disk before this returns. Raises OSError, and nothing is erased."""
    file = os.open(settings.DATA_DIR / REGISTER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode())
        os.fsync(file)
    finally:
        os.close(file)


def overwrite_what_is_deleted(*models):
    """Have SQLite write zeros over what is deleted: it would lie readable in the file until its page is used again."""
    for connection in {connections[router.db_for_write(model)] for model in models}:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = ON")
