"""Staff: the report, the equality summary, released tables, and responses row by row, as files."""

from io import BytesIO
from tempfile import TemporaryFile

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult import audit
from consult.judgements.queries import unwritten
from consult.other_responses.queries import rows_of
from consult.permissions import Right, recently_signed_in, staff_page
from consult.reports import DOCUMENTS, released_tables, was_published_before, write_document
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.reports import files_of
from consult.views.results import HIDDEN_STAGES, page_context
from consult.wording import long_date
from exports.formats import DOCUMENT_FORMATS, FORMATS, TABLE_FORMATS
from exports.formats.base import RowBook
from exports.tables import codebook_rows, response_rows


@staff_page(Right.DOWNLOAD_REPORTS)
@require_safe
def downloads(request, consultation):
    """Every file there is to download, by right."""
    now = timezone.now()
    is_published = was_published_before(consultation, now=now)
    context = page_context(consultation, "Downloads") | {
        "is_hidden": stage_at(facts_about(consultation), now) in HIDDEN_STAGES,
        "published": files_of(consultation) if is_published else [],
        "published_on": long_date(consultation.reported_at) if is_published else "",
        "document_formats": DOCUMENT_FORMATS.values(),
        "table_formats": TABLE_FORMATS.values(),
        "unwritten": unwritten(consultation, request.rights, now=now),
        "may_export_rows": Right.EXPORT_ROWS in request.rights,
    }
    return render(request, "consult/staff/downloads.html", context)


@staff_page(Right.DOWNLOAD_REPORTS)
@require_safe
def document(request, consultation, name, extension):
    """The report or the equality summary. Raises Http404 for another, and while answers are not to be seen."""
    now = timezone.now()
    refuse_while_hidden(consultation, now)
    if name not in DOCUMENTS or extension not in DOCUMENT_FORMATS:
        raise Http404
    stream = BytesIO()
    write_document(consultation, name, extension, stream, now=now)
    return attachment(HttpResponse(stream.getvalue()), consultation, named(name, consultation, now), extension)


@staff_page(Right.DOWNLOAD_REPORTS)
@require_safe
def tables(request, consultation, extension):
    """Every released table in one file."""
    now = timezone.now()
    refuse_while_hidden(consultation, now)
    if extension not in TABLE_FORMATS:
        raise Http404
    stream = BytesIO()
    TABLE_FORMATS[extension].write(released_tables(consultation, now=now), stream)
    return attachment(HttpResponse(stream.getvalue()), consultation, named("tables", consultation, now), extension)


@staff_page(Right.EXPORT_ROWS)
@require_safe
@recently_signed_in
def responses(request, consultation, name, extension):
    """Responses row by row, or their codebook, as a file. Recorded; never with equality answers."""
    now = timezone.now()
    refuse_while_hidden(consultation, now)
    if (name, extension) not in ROW_FILES:
        raise Http404
    audit.record(f"{name} exported", consultation, team=consultation.team, by=request.user, at=now)
    return attachment(ROW_FILES[name, extension](consultation), consultation, name, extension)


def csv_of(rows):
    """A response that streams rows as CSV: memory stays flat however many there are."""
    return lambda consultation: streamed(rows(consultation.questionnaire_id, title=consultation.title))


def streamed(rows):
    return StreamingHttpResponse(TABLE_FORMATS["csv"].lines(rows))


def workbook(consultation):
    """Responses with their codebook as a workbook, which can only be sent once it is whole: by way of a file of no name."""
    book = RowBook(
        response_rows(consultation.questionnaire_id, title=consultation.title),
        codebook_rows(consultation.questionnaire_id, title=consultation.title),
    )
    whole = TemporaryFile(dir=settings.DATA_DIR)  # noqa: SIM115 -- FileResponse closes it when it has been sent
    TABLE_FORMATS["xlsx"].write(book, whole)
    whole.seek(0)
    return FileResponse(whole)


ROW_FILES = {
    ("responses", "csv"): csv_of(response_rows),
    ("codebook", "csv"): csv_of(codebook_rows),
    ("responses", "xlsx"): workbook,
    ("other-responses", "csv"): lambda consultation: streamed(rows_of(consultation)),
}
"""Every file of rows: what makes it, by name and extension."""


def refuse_while_hidden(consultation, now):
    """Raises Http404 while answers are not to be seen."""
    if stage_at(facts_about(consultation), now) in HIDDEN_STAGES:
        raise Http404


def named(name, consultation, now):
    """What a file made now is called: with its day where an edition was published before, so that the two are told apart."""
    return f"{name}-as-of-{timezone.localdate(now)}" if was_published_before(consultation, now=now) else name


def attachment(response, consultation, name, extension):
    """The response as a file to keep."""
    response.headers["Content-Type"] = FORMATS[extension].content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}-{name}.{extension}"'
    return response
