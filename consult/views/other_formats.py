"""Asking for a consultation in another format, and the staff's list of who asked."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from consult.other_formats import (
    DAYS_TO_MAKE,
    LABELS,
    Format,
    ask_for_format,
    comes_too_late,
    mark_sent,
    open_requests,
)
from consult.permissions import Right, staff_page
from consult.views.public import consultation_context, public_consultation, told_by_newest
from consult.views.spoken import go_on_to, in_asked_language, sent_form
from consult.wording import long_date

REACH = ("email", "phone", "address")


class FormatForm(forms.Form):
    """Which format, and how to reach whoever asks. Nothing else is required."""

    use_required_attribute = False
    format = forms.ChoiceField(
        label=gettext_lazy("Which format do you need?"),
        choices=list(LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select which format you need")},
    )
    language = forms.CharField(
        label=gettext_lazy("Which language? (if you chose another language)"), max_length=60, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Your name (optional)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Enter an email address like name@example.com")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    more = forms.CharField(
        label=gettext_lazy("Is there anything else you need? (optional)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        given = super().clean()
        if given.get("format") == Format.LANGUAGE and not given.get("language") and "language" not in self.errors:
            self.add_error("language", gettext("Enter the language you need"))
        if not any(given.get(way) for way in REACH) and not any(way in self.errors for way in REACH):
            self.add_error("email", gettext("Enter an email address, a phone number or a postal address"))
        return given


def ask(request, slug):
    """The form, and keeping what it asks for. In every language of the service: here one asks for what is in no other yet."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    with in_asked_language(request, page_form="page") as languages:
        form = sent_form(FormatForm, request)
        if form.is_valid():
            kept = keep_request(consultation, form.cleaned_data, now=now)
            return go_on_to("another-format-asked", slug=slug, day=kept.promised_on)
        context = consultation_context(consultation, now) | languages | {"told": told_by_newest(consultation)}
        context |= {"page_title": gettext("Ask for another format"), "form": form, "has_errors": form.is_bound}
        return render(request, "consult/public/another_format.html", context, status=422 if form.is_bound else 200)


def keep_request(consultation, given, *, now):
    """Keep what a valid form asks for."""
    details = {name: given[name] for name in ("name", *REACH, "more")}
    return ask_for_format(consultation, wanted=given["format"], language=given["language"], details=details, now=now)


def asked(request, slug, day):
    """By when the copy is sent, and what to do where that is too late. Nothing of the person is in the address."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    if not timezone.localdate(now) <= day <= timezone.localdate(now) + DAYS_TO_MAKE:
        raise Http404
    with in_asked_language(request) as languages:
        context = consultation_context(consultation, now) | languages | {"told": told_by_newest(consultation)}
        may_answer = context["is_open"] or context["is_forthcoming"]
        context |= {
            "page_title": gettext("We have your request"),
            "promised": long_date(day),
            "is_too_late": may_answer and comes_too_late(day, consultation.closes_at),
        }
        return render(request, "consult/public/another_format_asked.html", context)


@staff_page(Right.ANSWER_FORMAT_REQUESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request, consultation):
    """Who asked for which format, how to reach them, and by when: late ones first. The button notes that it was sent."""
    now = timezone.now()
    if request.method == "POST":
        number = request.POST.get("request", "")
        found = get_object_or_404(consultation.format_requests, pk=int(number) if number.isdecimal() else 0)
        mark_sent(found, by=request.user, now=now)
        messages.success(request, f"Marked as sent: {LABELS[found.format]}.")
        return redirect("staff-formats", slug=consultation.slug)
    rows = open_requests(consultation, by=request.user, now=now)
    context = {
        "page_title": f"Requests for other formats: {consultation.title}",
        "short_name": consultation.short_name,
        "consultation": consultation,
        "rows": rows,
        "late": sum(row.is_late for row in rows),
    }
    return render(request, "consult/staff/format_requests.html", context)
