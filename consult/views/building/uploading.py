"""Beginning with a questionnaire from a file: it is read, what became of everything in it is shown, and then it is kept."""

import json

from django import forms
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.importing import begin_from
from consult.permissions import Right, staff_page
from consult.views.building.saying import bound_problems
from consult.views.building.starting import NameForm, free_slug, own_teams
from surveys.definition_json import from_json, to_json
from surveys.interchange import MOST_BYTES, Imported, ImportRefused, Line, Report, read_questionnaire

READ = "consult.uploaded-questionnaire"


class FileForm(forms.Form):
    """A file."""

    use_required_attribute = False
    file = forms.FileField(
        label="Choose the file",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another one."},
    )


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Read a file and show what became of it; with what was read before, keep it as a new consultation's draft."""
    if request.method == "POST" and "imported" in request.POST:
        return keep(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            # One byte more than the most is enough to refuse a file for its size.
            imported = read_questionnaire(file.read(MOST_BYTES + 1), name=file.name)
            return shown(request, imported, file_name=file.name)
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
    context = {"page_title": "Bring a questionnaire from a file", "form": form} | bound_problems(form)
    return render(request, "consult/staff/building/upload.html", context, status=422 if form.errors else 200)


def shown(request, imported, *, file_name, form=None):
    """What became of a file, with the form that keeps it."""
    form = form or NameForm(None, teams=own_teams(request), title=imported.definition.title)
    context = bound_problems(form) | {
        "page_title": "What became of the file",
        "form": form,
        "report": imported.report,
        "lists": [("Not kept", imported.report.not_kept), ("Changed", imported.report.changed)],
        "imported": signing.dumps([to_json(imported.definition), imported.report.to_json()], salt=READ, compress=True),
        "file_name": file_name,
    }
    return render(request, "consult/staff/building/upload.html", context, status=422 if form.errors else 200)


def keep(request):
    """Make the consultation of what was read."""
    try:
        document, report = signing.loads(request.POST["imported"], salt=READ)
    except (signing.BadSignature, json.JSONDecodeError):
        return redirect("build-upload")
    imported = Imported(from_json(document), report_from(report))
    file_name = request.POST.get("file_name", "")[:200]
    form = NameForm(request.POST, teams=own_teams(request))
    if not form.is_valid():
        return shown(request, imported, file_name=file_name, form=form)
    cleaned = form.cleaned_data
    consultation = begin_from(
        imported,
        slug=free_slug(cleaned["short_name"]),
        title=cleaned["title"],
        team=cleaned["team"],
        by=request.user,
        now=timezone.now(),
        file=file_name,
        short_name=cleaned["short_name"],
    )
    return redirect("build-tasks", slug=consultation.slug)


def report_from(plain):
    """A report from its plain JSON values."""
    lines = {name: [Line(**line) for line in plain[name]] for name in ("changed", "not_kept")}
    return Report(**plain | lines)
