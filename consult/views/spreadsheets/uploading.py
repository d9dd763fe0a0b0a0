"""Sending a spreadsheet of responses, and the list of those that were sent."""

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult import submission
from consult.models import ImportJob
from consult.permissions import Right, staff_page
from consult.response_import import jobs, starting
from consult.response_import.turns import is_stopped
from consult.views.building.saying import bound_problems
from consult.views.staff import STAGES
from consult.wording import moment
from surveys.answer_files import ImportRefused
from surveys.models import Channel

MOST_LISTED = 20
CLOSED = "This consultation is {stage}. Responses can be brought in once it is open, and until its report is out."
CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.LETTER, Channel.EVENT)


class SpreadsheetForm(forms.Form):
    """A file, and how its answers reached us."""

    use_required_attribute = False
    file = forms.FileField(
        label="Choose the spreadsheet",
        help_text="A CSV file, or an Excel workbook (.xlsx). Headings in the first row, one form in each row below.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another one."},
    )
    channel = forms.ChoiceField(
        label="How did these answers reach you?",
        widget=forms.RadioSelect,
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        initial=Channel.PAPER.value,
        error_messages={"required": "Select how these answers reached you"},
    )


@staff_page(Right.IMPORT_RESPONSES)
@require_http_methods(["GET", "HEAD", "POST"])
def spreadsheets(request, consultation):
    """Send a spreadsheet, or see what became of the ones before."""
    now = timezone.now()
    form = SpreadsheetForm(request.POST, request.FILES) if request.method == "POST" else SpreadsheetForm()
    if form.is_valid() and (job := begun(consultation, form, by=request.user, now=now)):
        starting.start(job)
        return redirect("staff-import-job", slug=consultation.slug, job=job.pk)
    context = bound_problems(form) | {
        "page_title": "Bring in a spreadsheet",
        "consultation": consultation,
        "short_name": consultation.short_name,
        "form": form,
        "closed": why_closed(consultation, now=now),
        "earlier": [listed(job, now=now) for job in consultation.import_jobs.all()[:MOST_LISTED]],
    }
    return render(request, "consult/staff/spreadsheets/list.html", context, status=422 if form.errors else 200)


def begun(consultation, form, *, by, now):
    """The job of the file sent; None, with the form's errors set, where it cannot be one."""
    try:
        return jobs.begin(
            consultation,
            form.cleaned_data["file"].chunks(),
            channel=form.cleaned_data["channel"],
            by=by,
            now=now,
        )
    except ImportRefused as refusal:
        form.add_error("file", str(refusal))
    except submission.ConsultationClosed:
        form.add_error(None, why_closed(consultation, now=now))
    return None


def why_closed(consultation, *, now):
    """Why nothing can be brought in now, as a sentence; "" when something can."""
    try:
        submission.refuse_when_closed(consultation, channel=Channel.PAPER, begun_at=None, now=now)
    except submission.ConsultationClosed as closed:
        return CLOSED.format(stage=STAGES[closed.stage][0].casefold())
    return ""


def listed(job, *, now):
    """What the list says of an import."""
    state = "Stopped" if is_stopped(job, now=now) else job.get_state_display()
    counts = f"{job.imported:,} of {job.rows:,} rows came in" if job.imported else ""
    return {"job": job, "begun": moment(job.begun_at), "state": state, "counts": counts}


def own_job(consultation, job_id):
    """An import of this consultation, or None."""
    return ImportJob.objects.filter(consultation=consultation, pk=job_id).select_related("consultation__team").first()
