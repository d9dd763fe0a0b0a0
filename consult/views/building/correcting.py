"""Correcting a document that is public: its next edition, why, and what people are told. An approver decides."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.approval import Standing
from consult.permissions import Right, staff_page
from consult.second_person.correcting import ask_for_correction, correction_standing, words_of
from consult.stages import NotReady
from consult.views.building.documents import DocumentForm, is_out
from consult.views.building.saying import above, bound_problems

SEEN = "consult.document-as-seen"


class CorrectionForm(DocumentForm):
    """A document as it should be, and why."""

    reason = forms.CharField(
        label="Why, for the record",
        help_text="Kept with your name. The public does not see it.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, for the record"},
    )
    public_note = forms.CharField(
        label="What was corrected, in words for the public",
        help_text="Shown with the date at the top of the document. For example: Option 2 costs £1.2 million, not £12 million",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what was corrected, in words for the public"},
    )

    def __init__(self, data=None, *, document):
        super().__init__(data)
        self.initial = {name: getattr(document, name) for name in DocumentForm.base_fields}


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, consultation, document):
    """Ask for the correction of a document."""
    held = consultation.documents.filter(slug=document).first()
    if held is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None, document=held)
    if form.is_valid() and is_asked(form, request, held):
        messages.success(request, "The correction waits for an approver. Nothing has changed for the public yet.")
        return redirect("build-documents", slug=consultation.slug)
    context = above(consultation, "documents") | bound_problems(form)
    context |= {
        "page_title": f"Correct “{held.title}”",
        "document": held,
        "form": form,
        "seen": request.POST.get("seen") or signing.dumps(words_of(held), salt=SEEN, compress=True),
        "waiting": correction_standing(held).standing == Standing.WAITING,
        "is_out": is_out(consultation),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/staff/building/correct_document.html", context, status=status)


def is_asked(form, request, document):
    """Ask for it; False, with the form's error set, where it cannot be asked for."""
    said = form.cleaned_data
    try:
        seen = signing.loads(request.POST.get("seen", ""), salt=SEEN)
    except signing.BadSignature:
        seen = None
    try:
        ask_for_correction(
            document, said, reason=said["reason"], public_note=said["public_note"], seen=seen, by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except NotReady as refusal:
        form.add_error("body", str(refusal))
        return False
    return True
