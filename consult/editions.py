"""Publishing a report: the report, the equality summary and the tables are made once and kept as they were published.

What the public reads is a frozen edition. Numbers worked out again after a withdrawal would differ a little from those
already printed, and the difference would tell what the withdrawn answers were.
"""

from io import BytesIO

from django.db import transaction
from django.template.loader import render_to_string

from consult.models import Edition
from consult.reports import DOCUMENTS, composed, released_tables, results_of
from consult.services import move
from equality.services import reorder_profiles
from exports.formats import DOCUMENT_FORMATS, TABLE_FORMATS
from exports.formats.html import document_context

PAGE = "page"
"""The format of an edition that is the inside of a web page of the service."""


def publish_report(consultation, *, by, now):
    """Make the report public, and freeze what is published. Raises services.NotReady while the consultation is open."""
    freeze(consultation, by=by, now=now)
    # The last profile came long ago: from here on the table need not remember in which order any of them did.
    reorder_profiles()
    return consultation


@transaction.atomic
def freeze(consultation, *, by, now):
    """The move and its files, together or not at all."""
    move("report", consultation, by=by, now=now)
    for name, format_name, body in published_files(consultation, now=now):
        Edition.objects.create(consultation=consultation, name=name, format=format_name, body=body, published_at=now)


def published_files(consultation, *, now):
    """(name, format, bytes) of everything that is published with a report, all of it from the same numbers."""
    results = results_of(consultation, now=now, fresh=True)
    for name in DOCUMENTS:
        document = composed(name, consultation, now=now, results=results)
        yield name, PAGE, page_body(document).encode()
        yield name, "pdf", file_of(DOCUMENT_FORMATS["pdf"], document)
    book = released_tables(consultation, now=now, results=results)
    for name, table_format in TABLE_FORMATS.items():
        yield "tables", name, file_of(table_format, book)


def page_body(document):
    """A document as the inside of a web page."""
    return render_to_string("exports/document_body.html", document_context(document))


def file_of(file_format, content):
    stream = BytesIO()
    file_format.write(content, stream)
    return stream.getvalue()


def published_edition(consultation, name, format_name):
    """A published file's bytes. Raises Edition.DoesNotExist."""
    return bytes(Edition.objects.get(consultation=consultation, name=name, format=format_name).body)
