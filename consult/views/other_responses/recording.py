"""Typing a letter, an email, an event or a petition in, and correcting what was typed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.other_responses import commands
from consult.other_responses.queries import opened, passages_of
from consult.permissions import Right, staff_page
from consult.submission import ConsultationClosed
from consult.uk_time import uk_day
from consult.views.other_responses.forms import FORM_OF, FORMS
from consult.views.other_responses.listing import context, questions_of, response_of, why_not

UNPROCESSABLE = 422
WITHDRAWN = "It was withdrawn."
form_page = require_http_methods(["GET", "HEAD", "POST"])


@staff_page(Right.RECORD_OTHERS)
@form_page
def add(request, consultation, what):
    """Record one."""
    if what not in FORMS:
        raise Http404
    now = timezone.now()
    if reason := why_not(consultation, now=now):
        return closed(request, consultation, reason)
    form = filled(request, FORMS[what], consultation, now=now)
    if is_to_be_saved(request, form):
        key, entry = form.cleaned_data["key"], form.entry()
        try:
            found = commands.add(consultation, entry, key=key, by=request.user, now=now)
        except ConsultationClosed:
            return closed(request, consultation, why_not(consultation, now=now))
        messages.success(request, f"{found} is recorded")
        return redirect("staff-other", slug=consultation.slug, number=found.number)
    return page(request, form, context(consultation, f"Add {form.called}"))


@staff_page(Right.RECORD_OTHERS)
@form_page
def correct(request, consultation, number):
    """Correct one, with a reason for the record."""
    found, now = response_of(request, consultation, number), timezone.now()
    if reason := WITHDRAWN if found.withdrawn_at else why_not(consultation, now=now):
        return closed(request, consultation, reason)
    passages = passages_of(found) if request.method == "POST" else opened(found, by=request.user, now=now)
    form = filled(request, FORM_OF[found.sort], consultation, now=now, record=found, passages=passages)
    if is_to_be_saved(request, form):
        try:
            commands.correct(found, form.entry(), reason=form.cleaned_data["reason"], by=request.user, now=now)
        except (ConsultationClosed, commands.AlreadyWithdrawn):
            # Meanwhile, since this page looked.
            return closed(request, consultation, why_not(consultation, now=now) or WITHDRAWN)
        messages.success(request, f"{found} is corrected")
        return redirect("staff-other", slug=consultation.slug, number=number)
    return page(request, form, context(consultation, f"Correct {found}") | {"record": found})


def filled(request, form, consultation, *, now, **more):
    """The form as it was sent, with another part where one was asked for; else as it begins."""
    facts = more | {"questions": questions_of(consultation), "today": uk_day(now)}
    if request.method != "POST":
        return form(**facts)
    return form(request.POST, more_parts=int(wants_part(request)), **facts)


def wants_part(request):
    """Whether another part was asked for. It is the first button, so Enter in a line never saves."""
    return request.POST.get("press") == "part"


def is_to_be_saved(request, form):
    return request.method == "POST" and not wants_part(request) and form.is_valid()


def page(request, form, shown):
    """The form on the screen. Where another part was asked for, nothing is called wrong yet."""
    wants_more = wants_part(request)
    if wants_more:
        # What was typed is drawn as it is, without errors of a form that nobody sent in.
        form.errors.clear()
    shown |= {"form": form, "has_errors": bool(form.is_bound and form.errors)}
    status = UNPROCESSABLE if form.is_bound and not wants_more else 200
    return render(request, "consult/other_responses/record.html", shown, status=status)


def closed(request, consultation, reason):
    """Why nothing can be typed in now."""
    shown = context(consultation, "You cannot record this now") | {"reason": reason}
    return render(request, "consult/other_responses/closed.html", shown)
