"""The lead: deciding what a form says where two people read it differently."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult import audit
from consult.paper import keying, verification
from consult.paper.batches import locked
from consult.permissions import Right, staff_page
from consult.views.batches.finding import batch_of, context, form_of
from consult.views.batches.scans import scans_of
from consult.views.batches.second import DECIDE, SecondSheet, mend, told

CHOICES = {"first": "The first entry", "mine": "The second entry"}


@staff_page(Right.DECIDE_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, consultation, batch, number):
    """Both entries of each box that was sent to the lead, and which of them the paper shows."""
    form = form_of(batch_of(consultation, batch), number)
    if not form.to_lead or form.batch.closed_at:
        return redirect("batch", slug=consultation.slug, batch=batch)
    sheet = SecondSheet(request, consultation, form)
    first, second = keying.typed_of(form, consultation), verification.second_typed(form, consultation)
    found = [verification.Difference(name, first.get(name, ""), second.get(name, "")) for name in form.to_lead]
    chosen = {name: request.POST.get(f"{DECIDE}{name}") for name in form.to_lead}
    is_whole = all(choice in CHOICES for choice in chosen.values())
    if request.method == "POST" and is_whole:
        settle(sheet, {box.box: box.second for box in found if chosen[box.box] == "mine"}, by=request.user)
        return redirect("batch", slug=consultation.slug, batch=batch)
    shown = context(form.batch, f"Decide what form {form.code} says") | {
        "form": form,
        "scans": scans_of(form),
        "differences": [told(sheet, box) for box in found],
        "difference_choices": CHOICES.items(),
        "problems": missing(sheet, chosen) if request.method == "POST" else [],
        "has_errors": request.method == "POST",
    }
    return render(request, "consult/batches/decide.html", shown, status=422 if request.method == "POST" else 200)


def missing(sheet, chosen):
    """The error summary's entries for what was not decided."""
    places = {box.name: box.place for box in sheet.boxes}
    return [
        {"text": f"Select which entry the paper shows for {places[name]}", "href": f"#{DECIDE}{name}-first"}
        for name, choice in chosen.items()
        if choice not in CHOICES
    ]


@transaction.atomic
def settle(sheet, mended, *, by):
    """Note that it was decided, and put right what the first entry had wrong."""
    now, form = timezone.now(), sheet.form
    batch = locked(form.batch)
    detail = {"form": form.number, "boxes": len(form.to_lead), "second entry taken": len(mended)}
    audit.record("form decided", batch, team=batch.consultation.team, by=by, at=now, detail=detail)
    type(form).objects.filter(pk=form.pk).update(to_lead=[])
    if mended:
        mend(sheet, mended, consultation=sheet.consultation, by=by, now=now)
