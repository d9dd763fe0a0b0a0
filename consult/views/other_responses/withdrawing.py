"""Withdrawing a letter, an email, an event or a petition, with a reason, and its words with it where its sender asks."""

from contextlib import suppress

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.other_responses import commands
from consult.permissions import Right, staff_page
from consult.views.other_responses.listing import context, may_withdraw, response_of


class WithdrawForm(forms.Form):
    """Why, and whether its words go too."""

    use_required_attribute = False
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="For the record, like “recorded twice”. Do not write names.",
        max_length=300,
        error_messages={"required": "Say why it is withdrawn", "max_length": "Use 300 characters or less"},
    )
    erases = forms.BooleanField(
        label="Delete its words too, as when its sender asks. This cannot be undone", required=False
    )


@staff_page(Right.RECORD_OTHERS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, consultation, number):
    """Ask why, then count it no more."""
    found, now = response_of(request, consultation, number), timezone.now()
    if not may_withdraw(request, found, now=now):
        return redirect("staff-other", slug=consultation.slug, number=number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with suppress(commands.AlreadyWithdrawn):
            commands.withdraw(found, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, f"{found} is withdrawn")
        return redirect("staff-other", slug=consultation.slug, number=number)
    shown = context(consultation, f"Withdraw {found}") | {"form": form, "record": found, "has_errors": form.is_bound}
    return render(request, "consult/other_responses/withdraw.html", shown, status=422 if form.is_bound else 200)
