"""Scans of a form: attaching one, showing it beside the boxes, and taking one away again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult import audit
from consult.paper import scans
from consult.paper.batches import BatchClosed
from consult.paper.models import Scan
from consult.paper.scan_reading import EMPTY, ScanRefused
from consult.permissions import Right, staff_page
from consult.views.batches.finding import batch_of, context, form_of

CONTENT_TYPES = {Scan.Kind.PNG: "image/png", Scan.Kind.JPEG: "image/jpeg", Scan.Kind.PDF: "application/pdf"}
SEALED_OFF = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""What a scan opened by itself may do: nothing. Browsers draw a picture with a style of their own."""


class ScanForm(forms.Form):
    """A file."""

    use_required_attribute = False
    file = forms.FileField(
        label="Choose the scan",
        help_text="A PDF, PNG or JPEG file smaller than 10MB.",
        error_messages={"required": "Choose the scan", "empty": EMPTY},
    )


@staff_page(Right.KEY_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request, consultation, batch, number):
    """The scans of a form, and attaching one."""
    form = form_of(batch_of(consultation, batch), number)
    if form.batch.closed_at:
        return redirect("batch", slug=consultation.slug, batch=batch)
    asked = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if asked.is_valid() and is_attached(form, asked, by=request.user):
        messages.success(request, f"The scan is attached to form {form.code}")
        return redirect("batch-scans", slug=consultation.slug, batch=batch, number=number)
    shown = context(form.batch, f"Scans of form {form.code}") | {
        "asked": asked,
        "form": form,
        "scans": scans_of(form),
        "has_errors": bool(asked.errors),
    }
    return render(request, "consult/batches/scans.html", shown, status=422 if asked.errors else 200)


def is_attached(form, asked, *, by):
    """Attach the file sent. False, with the error set, where it is refused."""
    try:
        scans.attach(form, asked.cleaned_data["file"], consultation=form.batch.consultation, by=by, now=timezone.now())
    except ScanRefused as refusal:
        asked.add_error("file", str(refusal))
    except BatchClosed:
        asked.add_error("file", "This batch was closed. Nothing can be attached to its forms")
    return not asked.errors


def scans_of(form):
    """The scans of a form as pages show them: `[(number, scan)]`."""
    return list(enumerate(form.scans.all(), start=1))


@staff_page(Right.KEY_PAPER)
@require_safe
def scan(request, consultation, batch, number, scan):
    """What a scan shows. Once its batch is closed only the lead looks, and that is recorded. Raises Http404."""
    found = own_scan(consultation, batch, number, scan)
    if found.form.batch.closed_at:
        if Right.DECIDE_PAPER not in request.rights:
            raise PermissionDenied
        audit.record(
            "scan of a closed batch seen",
            found.form.batch,
            team=consultation.team,
            by=request.user,
            at=timezone.now(),
            detail={"form": found.form.number},
        )
    try:
        content = scans.content_of(found, consultation)
    except scans.ScanGone:
        raise Http404 from None
    response = HttpResponse(content, content_type=CONTENT_TYPES[found.kind])
    response.headers["Content-Disposition"] = f'inline; filename="{found.form.code}.{found.kind}"'
    response.headers["Content-Security-Policy"] = SEALED_OFF
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@staff_page(Right.KEY_PAPER)
@require_POST
def remove(request, consultation, batch, number, scan):
    """Take a scan away. Raises Http404."""
    found = own_scan(consultation, batch, number, scan)
    try:
        scans.remove(found, by=request.user, now=timezone.now())
    except BatchClosed:
        return redirect("batch", slug=consultation.slug, batch=batch)
    messages.success(request, f"A scan of form {found.form.code} was removed")
    return redirect("batch-scans", slug=consultation.slug, batch=batch, number=number)


def own_scan(consultation, batch, number, scan_id):
    """A scan of this form of this batch. Raises Http404."""
    form = form_of(batch_of(consultation, batch), number)
    found = Scan.objects.filter(form=form, pk=scan_id).first()
    if found is None:
        raise Http404
    found.form = form
    return found
