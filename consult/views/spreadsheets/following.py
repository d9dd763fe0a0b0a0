"""Following a spreadsheet: how far it is, what the check found, having it brought in, and what came of it."""

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consult import submission
from consult.models import ImportJob
from consult.permissions import Right, staff_page
from consult.response_import import files, jobs, starting
from consult.response_import.turns import AT_WORK, is_stopped, is_waiting
from consult.views.spreadsheets.uploading import own_job
from surveys.models import Channel

State = ImportJob.State
UNPROCESSABLE = 422
CHOOSE = "Choose what to do about the rows that are refused"
DOING = {
    State.READING: "We are reading the file",
    State.CHECKING: "We are checking the rows",
    State.WRITING: "We are bringing the responses in",
}


@staff_page(Right.IMPORT_RESPONSES)
@require_safe
def job(request, consultation, job):
    """The page of an import's stage."""
    found = own_job(consultation, job)
    if found is None:
        raise Http404
    if found.state == State.MATCHING:
        return redirect("staff-import-columns", slug=consultation.slug, job=job)
    if found.state == State.DISCARDED:
        return redirect("staff-import", slug=consultation.slug)
    if found.state in AT_WORK:
        return progress(request, found)
    return preview(request, found) if found.state == State.CHECKED else ended(request, found)


def progress(request, job):
    """How far it is, for whoever looks again."""
    now = timezone.now()
    context = about(job, DOING[job.state]) | {
        "stopped": is_stopped(job, now=now),
        "waiting": is_waiting(job),
        "counts_rows": job.state != State.READING,
    }
    return render(request, "consult/staff/spreadsheets/progress.html", context)


def preview(request, job, *, problem=""):
    """What the check found, before anything is brought in."""
    found = files.read_json(job, files.FINDINGS) or {"good": [], "refused": [], "unknown": []}
    context = about(job, "Check before you bring these responses in") | {
        "channel": Channel(job.channel).label,
        "good": found["good"],
        "refused": [{"row": row["row"], "why": files.in_words(row["reasons"])} for row in found["refused"]],
        "unknown": [words_to_settle(asked) for asked in found["unknown"]],
        "problems": [{"text": problem, "href": "#rows"}] if problem else [],
        "has_errors": bool(problem),
        "choice": what_to_do(job, problem),
        "button": "Continue" if job.refused else f"Bring in {responses(job.good)}",
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "consult/staff/spreadsheets/preview.html", context, status=status)


def what_to_do(job, problem):
    """What to do about rows that are refused, as the parameters of radios. Neither is chosen beforehand."""
    refused = "the row that is" if job.refused == 1 else f"the {job.refused:,} rows that are"
    return {
        "name": "rows",
        "idPrefix": "rows",
        "fieldset": {"legend": {"text": f"What do you want to do about {refused} refused?", "size": "m"}},
        "errorMessage": {"text": problem} if problem else None,
        "items": [
            {"value": "all", "text": "Bring nothing in yet: I will put the file right and send it again"},
            {"value": "good", "text": f"Bring in {responses(job.good)} without them"},
        ],
    }


def responses(number):
    return "1 response" if number == 1 else f"{number:,} responses"


def words_to_settle(asked):
    """The words of one question that are no answer, as the parameters of selects, those that come near first."""
    return {
        "question": asked["question"],
        "selects": [
            {
                "name": f"means-{asked['key']}-{place}",
                "id": f"means-{asked['key']}-{place}",
                "label": {"text": f"“{word['typed']}” ({word['rows']:,} row{'' if word['rows'] == 1 else 's'})"},
                "items": settling(asked["options"], word["near"]),
            }
            for place, word in enumerate(asked["words"])
        ],
    }


def settling(options, near):
    """What words may mean: the nearest answer is chosen, to be looked at; with none, they stay refused."""
    first = [(code, label) for code, label in options if code in near]
    others = [(code, label) for code, label in options if code not in near]
    items = [{"value": str(code), "text": label} for code, label in (*first, *others)]
    refused = {"value": "", "text": "None of them: keep these rows refused"}
    return [*items, refused] if near else [refused, *items]


def ended(request, job):
    """What came of a file."""
    title = (
        "This file was not brought in" if job.state == State.REFUSED and not job.imported else "Responses brought in"
    )
    context = about(job, title) | {"has_refused_file": files.path_of(job, files.REFUSED).is_file() and job.refused > 0}
    return render(request, "consult/staff/spreadsheets/ended.html", context)


def about(job, title):
    """What the pages of an import have in common."""
    return {
        "page_title": title,
        "consultation": job.consultation,
        "short_name": job.consultation.short_name,
        "job": job,
    }


# What is done --------------------------------------------------------------------------------------------------------------


@staff_page(Right.IMPORT_RESPONSES)
@require_POST
def bring_in(request, consultation, job):
    """Have the rows that were checked brought in."""
    found = own_job(consultation, job)
    if found is None:
        raise Http404
    if request.POST.get("rows") == "all":
        return redirect("staff-import", slug=consultation.slug)
    try:
        good_rows_only = request.POST.get("rows") == "good"
        jobs.bring_in(found, good_rows_only=good_rows_only, by=request.user, now=timezone.now())
    except jobs.NothingGood:
        if found.state == State.CHECKED and found.good:
            return preview(request, found, problem=CHOOSE)
    except (jobs.NotNow, submission.ConsultationClosed):
        # The page that follows says where it stands.
        pass
    else:
        starting.start(found)
    return redirect("staff-import-job", slug=consultation.slug, job=job)


@staff_page(Right.IMPORT_RESPONSES)
@require_POST
def carry_on(request, consultation, job):
    """Go on with a job whose process was ended."""
    found = own_job(consultation, job)
    if found is None:
        raise Http404
    if is_stopped(found, now=timezone.now()):
        jobs.restart(found, now=timezone.now())
        starting.start(found)
    return redirect("staff-import-job", slug=consultation.slug, job=job)


@staff_page(Right.IMPORT_RESPONSES)
@require_POST
def throw_away(request, consultation, job):
    """Forget a file that nobody goes on with."""
    found = own_job(consultation, job)
    if found is None:
        raise Http404
    try:
        jobs.discard(found, by=request.user, now=timezone.now())
    except jobs.NotNow:
        return redirect("staff-import-job", slug=consultation.slug, job=job)
    return redirect("staff-import", slug=consultation.slug)


@staff_page(Right.IMPORT_RESPONSES)
@require_safe
def refused_rows(request, consultation, job):
    """The rows that were refused, with the reasons, as a file. Raises Http404 once it was deleted."""
    found = own_job(consultation, job)
    path = files.path_of(found, files.REFUSED) if found else None
    if path is None or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), content_type="text/csv; charset=utf-8", as_attachment=True,
        filename=f"{consultation.slug}-refused-rows.csv",
    )  # fmt: skip
