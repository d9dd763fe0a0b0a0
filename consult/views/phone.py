"""A response by phone: the privacy words read out first, then every question in its full words, then the receipt code.

Typed, checked and taken in as a paper form is (`entry.py`, `keying_sheet.py`); only what the page says is for the ear.
"""

import json
from dataclasses import replace
from uuid import UUID, uuid4

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_safe

from consult import keys
from consult.languages import ENGLISH, ON_PAPER, plain, speaking_on_paper
from consult.permissions import Right, staff_page
from consult.phone import privacy_words, receipt_words, words_about_person
from consult.submission import receipt_of
from consult.views.entry import NOTHING_MORE, UNPROCESSABLE, save, why_closed
from consult.views.keying_sheet import FactsForm, Sheet, language_name
from surveys.models import Channel
from surveys.paper_order import paper_form, paper_numbers
from surveys.publishing import latest_version_id
from surveys.saying import said
from surveys.script import scripts_of

NOT_READ = "Confirm that you read these words to the caller"
NOT_PUBLISHED = "The questions are not published yet."
MOST_CALLS = 5
"""Calls begun that a session remembers: two pages may be open at once."""
form_page = require_http_methods(["GET", "HEAD", "POST"])


class PhoneSheet(Sheet):
    """The boxes of a call, each with the whole question beside it. `key` is the call's submission key, `spoken` its language."""

    def __init__(self, request, consultation, *, key, spoken):
        self.key, self.spoken = key, spoken
        super().__init__(request, consultation)

    @property
    def session_key(self):
        return f"phone typed {self.consultation.pk}"

    @cached_property
    def facts(self):
        """What is known of the call: nothing is asked but the answers."""
        facts = {"form-channel": Channel.PHONE, "form-number": "", "form-language": self.language}
        facts |= {"form-submission_key": self.key, "form-version": str(self.version_id)}
        return FactsForm(facts, languages=self.definition.languages, consultation=self.consultation)

    @cached_property
    def language(self):
        return self.spoken if self.spoken in self.definition.languages else self.definition.languages[0]

    @cached_property
    def sections(self):
        return paper_form(self.definition, self.language, in_full=True)

    @cached_property
    def sections_about_person(self):
        first = len(paper_numbers(self.definition)) + 1
        return paper_form(self.about_person, self.language, first_number=first, in_full=True)

    def remember(self, receipt):
        """Nothing is the same for the next call."""

    def context(self):
        shown = super().context() | {"call_language": plain(self.language)}
        shown["has_items"] = any(block.item for section in self.sections for block in section.blocks)
        scripts = self.scripts()
        for section in shown["sections"]:
            for block in section["blocks"]:
                for question in block["questions"]:
                    question["script"] = scripts.get(question["keyed"].question.key.partition("@")[0])
        return shown

    def scripts(self):
        """What is read out or borne in mind around each question, by its key."""
        first = len(paper_numbers(self.definition)) + 1
        found = scripts_of(self.definition, self.language)
        about_person = scripts_of(self.about_person, self.language, first_number=first)
        with speaking_on_paper(self.language):
            opening = next(iter(about_person))
            about_person[opening] = replace(about_person[opening], before=words_about_person())
            return {
                key: replace(script, above=said(script.above, self.language))
                for key, script in (found | about_person).items()
            }


@staff_page(Right.KEY_PAPER)
@form_page
def phone(request, consultation):
    """The words about privacy, which must be confirmed as read before the questions are shown."""
    version_id = latest_version_id(consultation.questionnaire_id)
    reason = why_closed(consultation, now=timezone.now(), says=NOTHING_MORE) or ("" if version_id else NOT_PUBLISHED)
    if reason:
        return render(request, "consult/phone/closed.html", context(consultation, reason=reason))
    sheet = Sheet(request, consultation)
    languages = sheet.definition.languages
    asked = request.POST.get("language") or request.GET.get("language", "")
    language = asked if asked in languages else languages[0]
    is_sent = request.method == "POST"
    if is_sent and request.POST.get("is_read") == "on":
        begin_call(request, consultation, language=language)
        return redirect("staff-phone-questions", slug=consultation.slug)
    with speaking_on_paper(language):
        told = privacy_words(consultation)
    shown = context(
        consultation,
        words=told,
        interface=interface_of(language),
        call_languages=[(code, language_name(code)) for code in languages],
        call_language=language,
        problems=[{"text": NOT_READ, "href": "#is_read"}] if is_sent else [],
        has_errors=is_sent,
    )
    return render(request, "consult/phone/privacy.html", shown, status=UNPROCESSABLE if is_sent else 200)


@staff_page(Right.KEY_PAPER)
@form_page
def questions(request, consultation):
    """The questions of a call that was begun; saved, on to its receipt code. One that was saved gives the same code again."""
    calls = calls_of(request, consultation)
    key = request.POST.get("form-submission_key", "") if request.method == "POST" else next(reversed(calls), "")
    if key not in calls or (request.method != "POST" and receipt_of(UUID(key))):
        return redirect("staff-phone", slug=consultation.slug)
    sheet = PhoneSheet(request, consultation, key=key, spoken=calls[key])
    if request.method != "POST":
        return page(sheet)
    if sheet.is_to_be_saved() and save(sheet, by=request.user, now=timezone.now()):
        # The newest, also where another was begun meanwhile: its receipt code is shown next.
        keep_calls(request, consultation, {**without(calls, key), key: calls[key]})
        return redirect("staff-phone-done", slug=consultation.slug)
    return page(sheet, status=200 if sheet.is_only_checked() else UNPROCESSABLE)


def page(sheet, *, status=200):
    shown = context(sheet.consultation, page_title="Take a phone response") | sheet.context()
    return render(sheet.request, "consult/phone/questions.html", shown, status=status)


@staff_page(Right.KEY_PAPER)
@require_safe
def done(request, consultation):
    """The receipt code of the call just taken, with what to say of it."""
    calls = calls_of(request, consultation)
    key = next(reversed(calls), "")
    found = receipt_of(UUID(key)) if key else None
    if found is None:
        return redirect("staff-phone", slug=consultation.slug)
    with speaking_on_paper(calls[key]):
        shown = context(
            consultation,
            page_title="Read the receipt code out",
            receipt=found,
            words=receipt_words(consultation),
            interface=interface_of(calls[key]),
        )
    return render(request, "consult/phone/done.html", shown)


def interface_of(language):
    """How the words to read out are marked: those of a language that the service does not speak are in English."""
    return ON_PAPER.get(plain(language), ENGLISH)


# Calls of one session: `{submission key: language}`, the newest last. Sealed, since a submission key gives a receipt code.


def begin_call(request, consultation, *, language):
    """Begin another, which may have its questions asked now."""
    kept = list(calls_of(request, consultation).items())[1 - MOST_CALLS :]
    keep_calls(request, consultation, dict(kept) | {str(uuid4()): language})


def without(calls, key):
    return {each: language for each, language in calls.items() if each != key}


def keep_calls(request, consultation, calls):
    request.session[f"phone {consultation.pk}"] = keys.seal_text(json.dumps(calls)).decode()


def calls_of(request, consultation):
    sealed = request.session.get(f"phone {consultation.pk}")
    return json.loads(keys.open_text(sealed.encode())) if sealed else {}


def context(consultation, **more):
    """What each of these pages needs."""
    shown = {"consultation": consultation, "short_name": consultation.short_name, "team": consultation.team}
    return shown | {"page_title": "Take a phone response"} | more
