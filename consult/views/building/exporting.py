"""Taking a questionnaire away as a file: to keep, to bring in elsewhere, or to read and print.

The command `export_questionnaire` writes the same."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consult.permissions import Right, staff_page
from consult.views.building.saying import above
from exports.formats import DOCUMENT_FORMATS, FORMATS
from exports.questionnaire import compose_questionnaire
from surveys.interchange import EXTENSIONS, WRITERS, write_questionnaire
from surveys.naming import rendering_name
from surveys.revising import draft_of

CODEBOOK = "codebook"
SAYS = {
    "json": "Questionnaire of this service (JSON). Bring it in again and nothing is lost",
    "xlsform": "XLSForm (Excel workbook), for ODK, KoboToolbox and other tools that collect answers",
}
"""What each format of `surveys.interchange.WRITERS` is called on the page."""


@staff_page(Right.BUILD)
@require_safe
def files(request, consultation):
    """Every file that the draft can be taken away as."""
    context = above(consultation, "questions") | {
        "page_title": "Download the questionnaire",
        "questionnaires": [
            {"href": file_url(consultation, name, EXTENSIONS[name]), "name": SAYS.get(name, name)} for name in WRITERS
        ],
        "codebooks": list(codebooks(consultation, draft_of(consultation.questionnaire))),
    }
    return render(request, "consult/staff/building/export.html", context)


def file_url(consultation, name, extension):
    return reverse("build-file", args=[consultation.slug, name, extension.removeprefix(".")])


def codebooks(consultation, definition):
    """A codebook in each of the questionnaire's languages and each format."""
    for language in definition.languages:
        named = f" in {rendering_name(language)}" if len(definition.languages) > 1 else ""
        for extension, document_format in DOCUMENT_FORMATS.items():
            address = file_url(consultation, CODEBOOK, extension)
            yield {"href": f"{address}?language={language}", "name": f"Codebook{named} ({document_format.label})"}


@staff_page(Right.BUILD)
@require_safe
def file(request, consultation, name, extension):
    """One of these files. Raises Http404 for any other."""
    definition = draft_of(consultation.questionnaire)
    if name == CODEBOOK and extension in DOCUMENT_FORMATS:
        content = codebook(definition, request.GET.get("language", ""), extension)
    elif name in WRITERS and EXTENSIONS[name] == f".{extension}":
        content = write_questionnaire(definition, name)
    else:
        raise Http404
    response = HttpResponse(content, content_type=FORMATS[extension].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}-{name}.{extension}"'
    return response


def codebook(definition, language, extension):
    """The codebook in a language, or in the first where it has no such one, as bytes."""
    chosen = language if language in definition.languages else definition.languages[0]
    stream = BytesIO()
    DOCUMENT_FORMATS[extension].write(compose_questionnaire(definition, chosen), stream)
    return stream.getvalue()
