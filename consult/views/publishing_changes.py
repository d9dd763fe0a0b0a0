"""The approver's page for changes of questions that are out: what changes, why, what people are told, and the decision."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from consult.approval import NotYours, Standing, authors_of
from consult.audit import actor_of
from consult.change_approval import change_approval_of, decide_change
from consult.changing import SORTS, pending_changes
from consult.permissions import Right, staff_page
from consult.stages import NotReady
from consult.views.preflight_rows import approval_in_words
from consult.views.publishing import DecisionForm, form_page
from consult.views.results import page_context


@staff_page(Right.APPROVE)
@form_page
def decide(request, consultation):
    """The changes that wait, and the decision on them. Approving publishes them at once."""
    now, form = timezone.now(), DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and is_decided(form, request, consultation, now=now):
        return redirect("staff-consultation", slug=consultation.slug)
    found = change_approval_of(consultation)
    is_waiting = found.standing == Standing.WAITING
    context = page_context(consultation, f"Approve changes: {consultation.title}") | {
        "form": form,
        "approval": approval_in_words(found),
        "is_waiting": is_waiting,
        "is_author": actor_of(request.user) in authors_of(consultation),
        "asked": found.request,
        "changes": changes_told(consultation, found.request) if is_waiting else [],
    }
    return render(request, "consult/staff/publish_changes.html", context, status=422 if form.is_bound else 200)


def changes_told(consultation, request):
    """Each change as a row of a table: what it is, what its author calls it, the words before and after."""
    return [
        {
            "says": change.says,
            "sort": SORTS.get(request.sorts.get(str(place)), ""),
            "before": change.before,
            "after": change.after,
        }
        for place, change in enumerate(pending_changes(consultation).changes)
    ]


def is_decided(form, request, consultation, *, now):
    """Keep a valid form's decision; False, with the form's error set, where it cannot be made."""
    is_approved, words = form.cleaned_data["decision"] == "approve", form.cleaned_data["words"]
    seen = request.POST.get("seen", "")
    try:
        version = decide_change(consultation, seen=seen, is_approved=is_approved, by=request.user, now=now, words=words)
    except (NotReady, NotYours) as refusal:
        form.add_error("words" if not is_approved and not words else None, str(refusal))
        return False
    messages.success(request, f"Version {version.number} is out." if version else "You have sent the changes back.")
    return True
