"""The published report, equality summary and tables, as anybody may read them: frozen editions, never worked out anew."""

from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from consult.editions import PAGE, published_edition
from consult.models import Edition
from consult.views.public import (
    consultation_context,
    definition_of,
    kept_a_minute,
    public_consultation,
    telling,
    told_title,
)
from exports.formats import FORMATS

TITLES = {
    "report": gettext_lazy("{title}: consultation report"),
    "eia": gettext_lazy("{title}: equality impact assessment summary"),
}
"""What each document is called."""


def report(request, slug):
    """The consultation report as a web page."""
    return page(request, slug, "report")


def assessment(request, slug):
    """The Equality Impact Assessment summary as a web page."""
    return page(request, slug, "eia")


def page(request, slug, name):
    """A published document, which is in English, inside the service's page. Raises Http404 before publication."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    body = edition(consultation, name, PAGE, now=now).decode()
    with telling(request, definition_of(consultation)) as languages:
        context = consultation_context(consultation, now) | languages
        context |= {
            "page_title": TITLES[name].format(title=told_title(context)),
            "name": name,
            # Made by our own templates at publication, everything in it escaped.
            "body": mark_safe(body),  # noqa: S308
            "files": files_of(consultation),
        }
        return kept_a_minute(render(request, "consult/public/report.html", context))


FILE_NAMES = {
    "report": gettext_lazy("The report"),
    "eia": gettext_lazy("The equality summary"),
    "tables": gettext_lazy("Every table"),
}
"""What each published file is called on the page."""
FORMAT_NAMES = {
    "csv": gettext_lazy("CSV (comma-separated values)"),
    "xlsx": gettext_lazy("Excel workbook"),
}
"""What those formats are called that have another name in another language."""


def files_of(consultation):
    """The published files as links need them: `[{name, extension, label, size}]`, without reading the files."""
    files = Edition.objects.filter(consultation=consultation).exclude(format=PAGE).order_by("name", "format")
    sizes = files.annotate(size=Length("body")).values_list("name", "format", "size")
    return [
        {"name": name, "extension": extension, "size": size, "label": f"{FILE_NAMES[name]} ({format_name(extension)}"}
        for name, extension, size in sizes
    ]


def format_name(extension):
    """What a format is called in the language now spoken."""
    return FORMAT_NAMES.get(extension, FORMATS[extension].label)


def published_file(request, slug, name, extension):
    """A published file to download."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    body = edition(consultation, name, extension, now=now)
    response = HttpResponse(body, content_type=FORMATS[extension].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}-{name}.{extension}"'
    return kept_a_minute(response)


def edition(consultation, name, format_name, *, now):
    """The bytes of what was published. Raises Http404 when it was not."""
    if consultation.reported_at is None or consultation.reported_at > now:
        raise Http404
    try:
        return published_edition(consultation, name, format_name)
    except Edition.DoesNotExist:
        raise Http404 from None
