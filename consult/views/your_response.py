"""What somebody who holds a receipt code may do: see what they said, take it away as a file, or delete it (ux.md R11, R12).

The code is only ever posted. Once it was right, the browser holds for an hour a sealed cookie that says whose answers they
are; no address, title or log does.
"""

import json

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from consult import browser, erasure, keys, limits
from consult.erasure import consultation_of
from consult.languages import spoken_code
from consult.nhs import field_params
from consult.submission import STAFF_CHANNELS
from consult.views.faults import too_many_codes
from consult.views.public import consultation_context, told_by_newest, told_of
from consult.views.spoken import as_asked, go_on_to, in_asked_language, sent_form
from consult.wording import clock_and_date, long_date
from equality.in_words import answers_in_words
from equality.queries import profile_at
from exports.formats import TABLE_FORMATS
from exports.formats.base import RowStream
from surveys.checking import rows_by_section
from surveys.journey import journey
from surveys.languages import direction_of
from surveys.publishing import published
from surveys.text import clean_text

PURPOSE = "receipt"
NO_CODE = "not a code"
"""Looked up in place of what cannot be a code, so that the reply takes as long as any other. Nothing has its digest."""
LONGEST_CODE = 100
"""Characters looked at and shown again."""
ABOUT_ME = "about_me"


class CodeForm(forms.Form):
    """The receipt code, in any case and grouping."""

    code = forms.CharField(
        label=gettext_lazy("Enter your receipt code"),
        help_text=gettext_lazy(
            "It has 12 letters and numbers, like 4K7M-Q2XT-9HBD. You can use small letters, and leave out the dashes."
        ),
        error_messages={"required": gettext_lazy("Enter your receipt code")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def digest(self):
        """The digest of what was typed; one that nothing has when it cannot be a code."""
        return keys.receipt_digest(keys.read_receipt(self.cleaned_data["code"]) or NO_CODE)

    def code_box(self):
        """Parameters of the NHS text input."""
        params = field_params(self["code"], page_heading=True)[1]
        return params | {"code": True, "width": 20, "spellcheck": False, "autocapitalize": "characters"}


@sensitive_post_parameters("code")
def enter_code(request):
    """The way in. Opening it closes whatever answers were open: on a shared computer that is how to leave them."""
    with in_asked_language(request, page_form="page") as languages:
        form = sent_form(CodeForm, request, typed={"code": clean_text(request.POST.get("code", "")[:LONGEST_CODE])})
        if form.is_bound:
            return looked_up(request, form, languages, now=timezone.now())
        response = code_page(request, form, languages)
        if browser.opened_receipt(request):
            browser.close_receipt(response)
        return response


def looked_up(request, form, languages, *, now):
    """To the answers that a code opens; for any other the same reply, counted as a wrong try."""
    if not form.is_valid():
        return code_page(request, form, languages)
    try:
        with limits.counted_try(request, purpose=PURPOSE, now=now) as tried:
            digest = form.digest()
            tried.was_right = erasure.response_of(digest) is not None
    except limits.TooManyTries as refused:
        return too_many_codes(request, refused.again_at, now=now)
    if not tried.was_right:
        form.add_error("code", gettext("We have no answers for this code"))
        return code_page(request, form, languages)
    response = go_on_to("your-answers")
    browser.open_receipt(response, digest)
    return response


def code_page(request, form, languages):
    """The page with the box for the code, and what is wrong with what was typed. `languages`: see `spoken`."""
    context = languages | {
        "page_title": form.fields["code"].label,
        "form": form,
        "code_box": form.code_box(),
        "has_errors": bool(form.errors),
    }
    return render(request, "consult/your_response/code.html", context, status=422 if form.errors else 200)


@as_asked
def answers(request, *, languages):
    """The questions on the person's route and what they answered; with `about_me`, what they told about themselves too."""
    response = opened(request)
    if response is None:
        return away(request)
    now, consultation = timezone.now(), consultation_of(response)
    is_asked_for = ABOUT_ME in request.GET
    told = told_of(published(response.version_id).definition)
    context = (consultation_context(consultation, now) | languages) | {
        "told": told,
        "page_title": title_of(response, told.get(consultation.title, consultation.title)),
        "sent_at": clock_and_date(response.submitted_at),
        "is_typed_in": response.channel in STAFF_CHANNELS,
        "spoken_code": spoken_code(),
        "answers_language": response.language,
        "answers_direction": direction_of(response.language),
        "sections": sections_of(response),
        "about_me": about_me(response, consultation) if is_asked_for else None,
        "is_about_me": is_asked_for,
        "about_me_items": [
            {"value": "1", "text": gettext("Include answers about me"), "checked": is_asked_for},
        ],
        "receipt": keys.receipt_for(response.submission_key),
        "may_delete": erasure.may_be_erased(consultation, now),
    }
    return unreferred(render(request, "consult/your_response/answers.html", context))


@as_asked
def answers_file(request, *, languages):
    """The same as a spreadsheet."""
    response = opened(request)
    if response is None:
        return away(request)
    consultation = consultation_of(response)
    blank = gettext("Not answered")
    rows = [(section, row.question, row.answer or blank) for section, found in sections_of(response) for row in found]
    if ABOUT_ME in request.GET:
        about = gettext("Questions about you")
        rows += [(about, question, answer or blank) for question, answer in about_me(response, consultation) or ()]
    headings = (gettext("Section"), gettext("Question"), gettext("Your answer"))
    file_format = TABLE_FORMATS["csv"]
    stream = RowStream.of_rows(title_of(response, consultation.title), headings, rows)
    reply = HttpResponse(b"".join(file_format.lines(stream)), content_type=file_format.content_type)
    reply.headers["Content-Disposition"] = 'attachment; filename="your-answers.csv"'
    return unreferred(reply)


@as_asked
def delete(request, *, languages):
    """Are you sure? And then it is done: a second press of the button gets the same calm reply."""
    response = opened(request)
    if response is None:
        return away(request)
    now, consultation = timezone.now(), consultation_of(response)
    if not erasure.may_be_erased(consultation, now):
        return too_late(request, consultation, languages, now=now)
    if request.method != "POST":
        return confirmation(request, response, consultation, languages, now=now)
    try:
        erasure.erase(browser.opened_receipt(request), by="the respondent", now=now)
    except erasure.TooLate:
        # It was closed earlier than it was to be, in this very moment.
        return too_late(request, consultation, languages, now=now)
    reply = go_on_to("your-answers-deleted")
    browser.forget_sent(reply, consultation.slug)
    return reply


def confirmation(request, response, consultation, languages, *, now):
    """The page that asks whether to delete."""
    context = (consultation_context(consultation, now) | languages) | {
        "page_title": gettext("Are you sure you want to delete your answers?"),
        "told": told_by_newest(consultation),
        "is_unlinked": erasure.profile_link_of(response, consultation) is None,
    }
    return render(request, "consult/your_response/delete.html", context)


def too_late(request, consultation, languages, *, now):
    """Why the answers cannot be deleted any more, and who to ask if they say who somebody is."""
    context = (consultation_context(consultation, now) | languages) | {
        "page_title": gettext("It is too late to delete your answers"),
        "told": told_by_newest(consultation),
        "used_on": long_date(consultation.reported_at) if consultation.reported_at else "",
    }
    return render(request, "consult/your_response/too_late.html", context)


@as_asked
def deleted(request, *, languages):
    """Answers that were opened in this browser are gone."""
    if browser.opened_receipt(request) is None:
        return go_on_to("your-response")
    if opened(request) is not None:
        return go_on_to("your-answers")
    context = languages | {"page_title": gettext("We have deleted your answers")}
    return render(request, "consult/your_response/deleted.html", context)


def opened(request):
    """The response whose code was entered in this browser; None when none was, or when it is gone."""
    digest = browser.opened_receipt(request)
    return erasure.response_of(digest) if digest else None


def away(request):
    """Where somebody goes who has no answers open: to the box for the code, or to the word that theirs are deleted."""
    return go_on_to("your-answers-deleted" if browser.opened_receipt(request) else "your-response")


def title_of(response, title):
    """The h1: "Your answers to …, sent at 2:14pm on 3 March 2027"."""
    parts = {"title": title, "at": clock_and_date(response.submitted_at)}
    if response.channel in STAFF_CHANNELS:
        return gettext("Your answers to %(title)s, typed in by us at %(at)s") % parts
    return gettext("Your answers to %(title)s, sent at %(at)s") % parts


def sections_of(response):
    """`[(section, [Row])]` along the route that was answered, in the words of the version that was answered."""
    definition = published(response.version_id).definition
    route = journey(definition, response.answers)
    return rows_by_section(definition, route, language=response.language, problems={})


def about_me(response, consultation):
    """[(question, answer)] of the equality answers; empty when none were given, None when they cannot be found any more."""
    link = erasure.profile_link_of(response, consultation)
    if link is None:
        return None
    profile = profile_at(link)
    if profile is None:
        return []
    own_words = json.loads(keys.open_text(profile.self_described)) if profile.self_described else {}
    return answers_in_words(bytes(profile.codes), profile.set_version, own_words=own_words, language=response.language)


def unreferred(response):
    """The response of a page from which no link tells where it came from."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
