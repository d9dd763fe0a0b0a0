"""Saying what the columns of a spreadsheet are about, and what words in it mean."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.models import ImportJob
from consult.permissions import Right, staff_page
from consult.response_import import files, jobs, starting
from consult.views.spreadsheets.column_choices import FACT, ColumnChoices
from consult.views.spreadsheets.uploading import own_job
from surveys.answer_files import MatchingError
from surveys.answer_files.headings import FACTS
from surveys.answer_files.texts import SEPARATORS, WINDOWS

State = ImportJob.State
UNPROCESSABLE = 422
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", WINDOWS: "Windows-1252"}


@staff_page(Right.IMPORT_RESPONSES)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request, consultation, job):
    """Match the columns; on POST have the rows checked with that, or the file read again with other separators."""
    found = own_job(consultation, job)
    if found is None:
        raise Http404
    reading = files.reading_of(found)
    if reading is None or found.state not in (State.MATCHING, State.CHECKED):
        return redirect("staff-import-job", slug=consultation.slug, job=job)
    if request.method != "POST":
        return page(request, found, reading)
    try:
        act(request, found, reading)
    except MatchingError as error:
        return page(request, found, reading, problem=f"{error}.", sent=sent_places(request.POST, reading))
    except jobs.NotNow:
        return redirect("staff-import-job", slug=consultation.slug, job=job)
    starting.start(found)
    return redirect("staff-import-job", slug=consultation.slug, job=job)


def act(request, job, reading):
    """Do what the button pressed says. Raises MatchingError and NotNow."""
    now = timezone.now()
    if "again" in request.POST:
        jobs.read_again(job, separator=request.POST.get("separator", "")[:1], now=now)
    elif "meanings" in request.POST:
        jobs.match(job, job.matching | {"answers": meanings_sent(request.POST, job)}, now=now)
    else:
        jobs.match(job, mapping_sent(request.POST, reading) | {"answers": job.matching.get("answers", {})}, now=now)


# What was sent -------------------------------------------------------------------------------------------------------------


def sent_places(sent, reading):
    """`{heading: what was chosen for it}` of the columns that the page showed."""
    chosen = {column.heading: sent.get(f"column-{place}") for place, column in enumerate(reading.columns)}
    return {heading: value for heading, value in chosen.items() if value is not None}


def mapping_sent(sent, reading):
    """What was sent, as a mapping."""
    chosen = sent_places(sent, reading)
    facts = {value.removeprefix(FACT): heading for heading, value in chosen.items() if value.startswith(FACT)}
    if len(facts) < sum(value.startswith(FACT) for value in chosen.values()):
        raise MatchingError("Two columns say the same of a form. Choose one of them")
    columns = {heading: value or None for heading, value in chosen.items() if not value.startswith(FACT)}
    return {"columns": columns, **{fact: heading for fact, heading in facts.items() if fact in FACTS}}


def meanings_sent(sent, job):
    """What words mean, as chosen now and before: `{question key: {words: code}}`."""
    meant = {key: dict(codes) for key, codes in job.matching["answers"].items()}
    for asked in (files.read_json(job, files.FINDINGS) or {}).get("unknown", []):
        for place, word in enumerate(asked["words"]):
            if code := sent.get(f"means-{asked['key']}-{place}"):
                meant.setdefault(asked["key"], {})[word["typed"]] = code
    return meant


def page(request, job, reading, *, problem="", sent=None):
    """The columns: what each is matched with, and a choice for those that are matched with nothing."""
    shown = ColumnChoices(job, reading, sent=sent, all_open=bool(problem) or "change" in request.GET)
    context = shown.context() | {
        "page_title": "Match the columns",
        "problems": [{"text": problem, "href": "#columns"}] if problem else [],
        "has_errors": bool(problem),
        "consultation": job.consultation,
        "short_name": job.consultation.short_name,
        "job": job,
        "reading": reading,
        "encoding": ENCODINGS.get(reading.encoding, ""),
        "is_windows": reading.encoding == WINDOWS,
        "separators": separators(reading),
        "separator_legend": {"legend": {"text": "What parts the cells in the file?", "size": "s"}},
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "consult/staff/spreadsheets/columns.html", context, status=status)


def separators(reading):
    """What could part the cells, as the items of radios; none for a workbook."""
    if reading.format != "csv":
        return []
    return [
        {"value": separator, "text": words.capitalize(), "checked": separator == reading.separator}
        for separator, words in SEPARATORS.items()
    ]
