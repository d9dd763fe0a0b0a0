"""Staff: the report, the equality summary, released tables, and responses row by row, as files."""

from io import BytesIO

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from consult import audit
from consult.permissions import Right, recently_signed_in, staff_page
from consult.reports import DOCUMENTS, released_tables, write_document
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.results import HIDDEN_STAGES, page_context
from exports.formats import DOCUMENT_FORMATS, FORMATS, TABLE_FORMATS
from exports.tables import codebook_rows, response_rows


@staff_page(Right.DOWNLOAD_REPORTS)
def downloads(request, consultation):
    """Every file there is to download, by right."""
    context = page_context(consultation, "Downloads") | {
        "is_hidden": stage_at(facts_about(consultation), timezone.now()) in HIDDEN_STAGES,
        "document_formats": DOCUMENT_FORMATS.values(),
        "table_formats": TABLE_FORMATS.values(),
        "may_export_rows": Right.EXPORT_ROWS in request.rights,
    }
    return render(request, "consult/staff/downloads.html", context)


@staff_page(Right.DOWNLOAD_REPORTS)
def document(request, consultation, name, extension):
    """The report or the equality summary. Raises Http404 for another, and while answers are not to be seen."""
    now = timezone.now()
    refuse_while_hidden(consultation, now)
    if name not in DOCUMENTS or extension not in DOCUMENT_FORMATS:
        raise Http404
    stream = BytesIO()
    write_document(consultation, name, extension, stream, now=now)
    return attachment(HttpResponse(stream.getvalue()), consultation, name, extension)


@staff_page(Right.DOWNLOAD_REPORTS)
def tables(request, consultation, extension):
    """Every released table in one file."""
    now = timezone.now()
    refuse_while_hidden(consultation, now)
    if extension not in TABLE_FORMATS:
        raise Http404
    stream = BytesIO()
    TABLE_FORMATS[extension].write(released_tables(consultation, now=now), stream)
    return attachment(HttpResponse(stream.getvalue()), consultation, "tables", extension)


@staff_page(Right.EXPORT_ROWS)
@recently_signed_in
def responses(request, consultation, name):
    """Responses row by row, or their codebook, as a streamed CSV. Recorded; never with equality answers."""
    now = timezone.now()
    refuse_while_hidden(consultation, now)
    rows = {"responses": response_rows, "codebook": codebook_rows}.get(name)
    if rows is None:
        raise Http404
    audit.record(f"{name} exported", consultation, team=consultation.team, by=request.user, at=now)
    lines = TABLE_FORMATS["csv"].lines(rows(consultation.questionnaire_id, title=consultation.title))
    return attachment(StreamingHttpResponse(lines), consultation, name, "csv")


def refuse_while_hidden(consultation, now):
    """Raises Http404 while answers are not to be seen."""
    if stage_at(facts_about(consultation), now) in HIDDEN_STAGES:
        raise Http404


def attachment(response, consultation, name, extension):
    """The response as a file to keep."""
    response.headers["Content-Type"] = FORMATS[extension].content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}-{name}.{extension}"'
    return response
