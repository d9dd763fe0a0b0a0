"""The approver's pages for what is public already: another closing time, and the correction of a document."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from consult.approval import NotYours, Standing, authors_of
from consult.audit import actor_of
from consult.permissions import Right, staff_page
from consult.second_person.closing import closing_standing, decide_closing
from consult.second_person.correcting import decide_correction, waiting_correction
from consult.second_person.models import ClosingChange
from consult.stages import NotReady
from consult.views.paper import draw_paper_forms
from consult.views.preflight_rows import name_of
from consult.views.publishing import DecisionForm, form_page
from consult.views.results import page_context
from consult.wording import moment
from surveys.languages import language_name


@staff_page(Right.APPROVE)
@form_page
def closing(request, consultation):
    """Another closing time that somebody asked for, and the decision. Approving does it at once."""

    def decided(**decision):
        made = decide_closing(consultation, **decision)
        if made.is_approved:
            draw_paper_forms(request, consultation)
        return "It is done, and the public can read why." if made.is_approved else "You have sent it back."

    found = closing_standing(consultation)
    asked = found.request if found.standing == Standing.WAITING else None
    return decision_page(
        request,
        consultation,
        asked,
        decided,
        heading="Confirm another closing time",
        rows=asked and closing_rows(asked),
    )


def closing_rows(asked):
    """What would happen, as `[(what, text, language)]`."""
    new = moment(asked.closes_at) if asked.closes_at else "As soon as you confirm it"
    return [
        ("What is asked for", asked.get_what_display(), "en"),
        ("It closes now", moment(asked.instead_of), "en"),
        ("It would close" if asked.what == ClosingChange.What.EXTEND else "It would be closed", new, "en"),
        ("Why, for the record", asked.reason, "en"),
        ("Why, for the public", asked.public_words, "en"),
    ]


@staff_page(Right.APPROVE)
@form_page
def correction(request, consultation):
    """The correction of a document that has waited longest, and the decision. Approving makes it public at once."""

    def decided(**decision):
        made = decide_correction(consultation, **decision)
        return "The correction is public." if made.is_approved else "You have sent it back."

    found = waiting_correction(consultation)
    asked = found and found.request
    return decision_page(
        request, consultation, asked, decided, heading="Approve the correction of a document",
        rows=asked and correction_rows(asked),
    )  # fmt: skip


def correction_rows(asked):
    """The document before and after, where they differ, and what is said of it, as `[(what, text, language)]`."""
    before, language = asked.before, asked.language
    pairs = [
        ("Title", before["title"], asked.title),
        ("Words", before["body"], asked.body),
    ]
    return [
        ("Document", before["title"], before["language"]),
        *(
            (f"{what}, {when}", text, spoken)
            for what, was, now in pairs
            if was != now
            for when, text, spoken in (("before", was, before["language"]), ("after", now, language))
        ),
        *([("Language", language_name(language), "en")] if language != before["language"] else []),
        ("Why, for the record", asked.reason, "en"),
        ("What people are told", asked.public_note, "en"),
    ]


def decision_page(request, consultation, asked, decided, *, heading, rows):
    """A request with the form of the decision. `decided(**decision)` keeps it and says what came of it."""
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_approved, words = form.cleaned_data["decision"] == "approve", form.cleaned_data["words"]
        seen = request.POST.get("seen", "")
        try:
            said = decided(seen=seen, is_approved=is_approved, by=request.user, now=timezone.now(), words=words)
            messages.success(request, said)
            return redirect("staff-consultation", slug=consultation.slug)
        except (NotReady, NotYours) as refusal:
            form.add_error("words" if asked and not is_approved and not words else None, str(refusal))
    context = page_context(consultation, f"{heading}: {consultation.title}") | {
        "heading": heading,
        "form": form,
        "asked": asked,
        "asked_by": asked and f"{name_of(asked.asked_by)}, {moment(asked.asked_at)}",
        "rows": rows or [],
        "is_author": actor_of(request.user) in authors_of(consultation),
    }
    return render(request, "consult/staff/second_person.html", context, status=422 if form.is_bound else 200)
