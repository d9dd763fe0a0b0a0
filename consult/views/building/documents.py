"""The documents that people can read beside a consultation: add, write, put in order, take out. Each is a page of plain words."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.building import TooLate
from consult.documents import ChangedDocument, add_document, change_document, move_document, take_out_document
from consult.permissions import Right, staff_page
from consult.services import facts_about
from consult.stages import Stage, stage_at
from consult.views.building.facts import differing, stamp
from consult.views.building.forms import area, line
from consult.views.building.questions import FURTHER
from consult.views.building.saying import above, bound_problems
from surveys.languages import LANGUAGES, language_name

MOST = 100_000
CHANGED = "Somebody else changed the documents while you were looking at them. This is how they stand now. Try again."
OUT = "This consultation is published. Its documents cannot be changed any more."


class DocumentForm(forms.Form):
    """A document: what it is called, its language and its words."""

    use_required_attribute = False
    title = line("Title", required=True, most=200, error_messages={"required": "Write what the document is called"})
    language = forms.ChoiceField(
        label="What language is it in?",
        choices=[(code, language.name) for code, language in LANGUAGES.items()],
        error_messages={"invalid_choice": "Choose a language that is on the list"},
    )
    body = area(
        "What it says",
        rows=20,
        most=MOST,
        hint="Leave an empty line between paragraphs. Until it has words, the consultation cannot be published",
    )

    def __init__(self, data=None, *, document=None, language="en"):
        shown = {"language": language}
        if document:
            shown = {name: getattr(document, name) for name in self.base_fields}
        super().__init__(data, initial=shown)


@staff_page(Right.BUILD)
@require_safe
def documents(request, consultation):
    """Every document in the order that people see them."""
    held = list(consultation.documents.all())
    context = above(consultation, "tasks") | {
        "page_title": "Documents to read",
        "documents": [row(document, held) for document in held],
        "order": " ".join(document.slug for document in held),
        "is_out": is_out(consultation),
    }
    return render(request, "consult/staff/building/documents.html", context)


def row(document, held):
    """One line of the list."""
    return {
        "slug": document.slug,
        "title": document.title,
        "language": document.language,
        "language_name": language_name(document.language),
        "has_words": bool(document.body.strip()),
        "is_first": document == held[0],
        "is_last": document == held[-1],
    }


def is_out(consultation):
    return stage_at(facts_about(consultation), timezone.now()) != Stage.DRAFT


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, consultation):
    """Add a document."""
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            added = add_document(consultation, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, f"“{added.title}” was added.")
        except TooLate:
            messages.warning(request, OUT)
        return redirect("build-documents", slug=consultation.slug)
    return shown(request, consultation, form, page_title="Add a document")


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def document(request, consultation, document):
    """One document: its title, language and words."""
    held = consultation.documents.filter(slug=document).first()
    form = DocumentForm(request.POST if request.method == "POST" else None, document=held)
    if held is None and request.method == "POST":
        return contested(request, consultation, form, None)
    if held is None:
        raise Http404
    if not form.is_valid():
        return shown(request, consultation, form, document=held, page_title=held.title)
    seen = request.POST.get("seen", "")
    try:
        change_document(
            held,
            form.cleaned_data,
            by=request.user,
            now=timezone.now(),
            is_as_seen=lambda newest: stamp(DocumentForm(document=newest)) == seen,
        )
    except TooLate:
        messages.warning(request, OUT)
        return redirect("build-documents", slug=consultation.slug)
    except ChangedDocument as changed:
        return contested(request, consultation, form, changed.document)
    messages.success(request, "The document was saved.")
    return redirect("build-documents", slug=consultation.slug)


def contested(request, consultation, form, newest):
    """What was typed beside what somebody else saved; or alone, where there is no document any more."""
    if newest is None:
        typed = [(bound.label, bound.value()) for bound in form if bound.name != "language"]
        context = above(consultation, "documents") | {"page_title": "Somebody else took this out", "typed": typed}
        return render(request, "consult/staff/building/taken_out.html", context, status=409)
    both = differing(form, DocumentForm(document=newest))
    return shown(request, consultation, form, document=newest, page_title=newest.title, contested=both)


def shown(request, consultation, form, *, page_title, document=None, contested=()):
    """The form of a document."""
    context = (
        above(consultation, "documents")
        | bound_problems(form)
        | {
            "page_title": page_title,
            "form": form,
            "document": document,
            "seen": stamp(DocumentForm(document=document)) if document else "",
            "contested": contested,
            "is_out": is_out(consultation),
        }
    )
    status = 409 if contested else 422 if form.errors else 200
    return render(request, "consult/staff/building/document.html", context, status=status)


@staff_page(Right.BUILD)
@require_POST
def move(request, consultation, document):
    """Move a document up or down by one place."""
    held, way = get_object_or_404(consultation.documents, slug=document), request.POST.get("way", "")
    if way not in FURTHER:
        raise Http404
    seen = request.POST.get("order", "").split()
    try:
        order = move_document(held, further=FURTHER[way], seen=seen, by=request.user, now=timezone.now())
        place = order.index(held.slug) + 1
        messages.success(request, f"“{held.title}” is now document {place} of {len(order)}.")
    except (ChangedDocument, TooLate) as refused:
        messages.warning(request, OUT if isinstance(refused, TooLate) else CHANGED)
    return redirect("build-documents", slug=consultation.slug)


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request, consultation, document):
    """Take a document out, once that was confirmed."""
    held = get_object_or_404(consultation.documents, slug=document)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            take_out_document(
                held,
                by=request.user,
                now=timezone.now(),
                is_as_seen=lambda newest: stamp(DocumentForm(document=newest)) == seen,
            )
            messages.success(request, f"“{held.title}” was taken out.")
        except (ChangedDocument, TooLate) as refused:
            messages.warning(request, OUT if isinstance(refused, TooLate) else CHANGED)
        return redirect("build-documents", slug=consultation.slug)
    context = above(consultation, "documents") | {
        "page_title": "Take out this document?",
        "document": held,
        "seen": stamp(DocumentForm(document=held)),
        "is_out": is_out(consultation),
    }
    return render(request, "consult/staff/building/take_out_document.html", context)
