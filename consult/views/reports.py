"""The published report, equality summary and tables, as anybody may read them: frozen editions, never worked out anew."""

from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from consult.editions import PAGE, published_edition
from consult.models import Edition
from consult.views.public import consultation_context, kept_a_minute, public_consultation
from exports.formats import FORMATS

TITLES = {"report": "consultation report", "eia": "equality impact assessment summary"}
"""What follows the title of a consultation in the heading of each document."""


def report(request, slug):
    """The consultation report as a web page."""
    return page(request, slug, "report")


def assessment(request, slug):
    """The Equality Impact Assessment summary as a web page."""
    return page(request, slug, "eia")


def page(request, slug, name):
    """A published document inside the service's page. Raises Http404 before publication."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    body = edition(consultation, name, PAGE, now=now).decode()
    context = consultation_context(consultation, now) | {
        "page_title": f"{consultation.title}: {TITLES[name]}",
        "name": name,
        # Made by our own templates at publication, everything in it escaped.
        "body": mark_safe(body),  # noqa: S308
        "files": files_of(consultation),
    }
    return kept_a_minute(render(request, "consult/public/report.html", context))


FILE_NAMES = {"report": "The report", "eia": "The equality summary", "tables": "Every table"}
"""What each published file is called on the page."""


def files_of(consultation):
    """The published files as links need them: `[{name, extension, label, size}]`, without reading the files."""
    files = Edition.objects.filter(consultation=consultation).exclude(format=PAGE).order_by("name", "format")
    sizes = files.annotate(size=Length("body")).values_list("name", "format", "size")
    return [
        {"name": name, "extension": extension, "size": size, "label": f"{FILE_NAMES[name]} ({FORMATS[extension].label}"}
        for name, extension, size in sizes
    ]


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
