"""Save and come back later (ux.md R6): a code for another device, clearing this one, and coming back with the code.

Answers are kept at every page; these pages only hand over the way back. A code is entered by POST and stands in no address and
no log. Making a new one ends the one before it.
"""

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consult import browser, keys, limits, mail
from consult.languages import asked_for, offered, speaking
from consult.models import Consultation
from consult.progress import Progress
from consult.recent import recent_consultation
from consult.views.faults import too_many_codes
from consult.views.public import consultation_context, told_of
from consult.views.spoken import SWITCH, go_on_to, in_asked_language, in_languages, sent_form
from surveys.drafts import go_on_in, keep_way_back, open_by_code, open_draft
from surveys.publishing import published


class WayBackForm(forms.Form):
    """How somebody wants to come back. The address is used once, to send the link, and kept nowhere."""

    how = forms.ChoiceField(
        choices=[("email", gettext_lazy("Email me a link")), ("code", gettext_lazy("Show me a code I can write down"))],
        error_messages={
            "required": gettext_lazy("Select how you want to come back"),
            "invalid_choice": gettext_lazy("Select how you want to come back"),
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Enter an email address like name@example.com")},
    )

    def clean(self):
        said = super().clean()
        if said.get("how") == "email" and not said.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Enter your email address"))
        return said

    def problems(self):
        """The error summary's entries."""
        return [{"text": message, "href": f"#{name}"} for name, messages in self.errors.items() for message in messages]


def save(request, slug):
    """How somebody wants to come back: by a link in an email, or by a code."""
    now = timezone.now()
    recent, draft = recent_consultation(slug, now), draft_in_asked_language(request, slug, now=now)
    if draft is None:
        return to_beginning(request, slug)
    with speaking(draft.language):
        form = sent_form(WayBackForm, request)
        if form.is_valid():
            return way_back(recent.consultation, draft, form.cleaned_data, now=now)
        context = saving_context(request, recent, draft, gettext("We have saved your answers"), page_form="page") | {
            "form": form,
            "problems": form.problems(),
            "has_errors": bool(form.errors),
        }
        return render(request, "consult/respond/save.html", context, status=422 if context["has_errors"] else 200)


def draft_in_asked_language(request, slug, *, now):
    """The draft of this browser, which goes on in the language that the address asks for, where it can; None without one."""
    draft = open_draft(browser.draft_token(request, slug))
    asked = draft and asked_for(request, offered(published(draft.version_id).definition))
    return go_on_in(draft, asked, now=now) if asked else draft


def to_beginning(request, slug):
    """To the page before the questions, for somebody who has no answers here."""
    with speaking(asked_for(request)):
        return go_on_to("respond-privacy", slug=slug)


def way_back(consultation, draft, said, *, now):
    """Make a code, and send or show it. An address that was sent one in the last hour is sent no other: its link would die."""
    if said["how"] == "code":
        code_for(draft, now=now)
        return redirect("respond-saved", slug=consultation.slug)
    if not mail.was_written_to(said["email"], "save"):
        mail.send_save_link(said["email"], consultation, code_for(draft, now=now), draft.language)
    return redirect("respond-emailed", slug=consultation.slug)


def saving_context(request, recent, draft, title, **more):
    """What each of these pages says. `more` is for `spoken.in_languages`."""
    languages = offered(published(draft.version_id).definition)
    return (
        consultation_context(recent.consultation, timezone.now())
        | in_languages(request, languages, draft.language, **more)
        | {"told": told_of(recent.definition), "page_title": title, "step": Progress(draft).first_gap()}
    )


@require_safe
def emailed(request, slug):
    """That a link was sent, and what to do when none comes. The address is not shown: it is kept nowhere."""
    now = timezone.now()
    recent, draft = recent_consultation(slug, now), draft_in_asked_language(request, slug, now=now)
    if draft is None:
        return to_beginning(request, slug)
    with speaking(draft.language):
        context = saving_context(request, recent, draft, gettext("We have sent you a link"))
        return render(request, "consult/respond/emailed.html", context)


def code_for(draft, *, now):
    """A new code that opens this draft on any device; the one before it opens nothing any more."""
    draft.ways_back += 1
    code = keys.resume_code_for(draft.token, draft.ways_back)
    keep_way_back(draft, code, keys.resume_digest(code), now=now)
    return code


@require_safe
def saved(request, slug):
    """The code to write down, shown as long as this browser holds the answers."""
    now = timezone.now()
    recent, draft = recent_consultation(slug, now), draft_in_asked_language(request, slug, now=now)
    if draft is None or not draft.ways_back:
        return redirect("respond-save", slug=slug)
    with speaking(draft.language):
        code = keys.resume_code_for(draft.token, draft.ways_back)
        context = saving_context(request, recent, draft, gettext("Your code to come back"))
        context["code_html"] = format_html('<span class="consult-receipt">{}</span>', code)
        return render(request, "consult/respond/saved.html", context)


@require_POST
def clear(request, slug):
    """Take the answers out of this browser. The saved copy stays for whoever has the code."""
    recent_consultation(slug, timezone.now())
    with speaking(asked_for(request)):
        response = go_on_to("respond-cleared", slug=slug)
    browser.forget_draft(response, slug)
    return response


@require_safe
def cleared(request, slug):
    """What was done, and how to come back."""
    now = timezone.now()
    recent = recent_consultation(slug, now)
    with in_asked_language(request, recent.languages) as languages:
        context = consultation_context(recent.consultation, now) | languages
        context |= {
            "page_title": gettext("We have cleared your answers from this computer"),
            "told": told_of(recent.definition),
        }
        return render(request, "consult/respond/cleared.html", context)


@never_cache
def resume(request):
    """Come back with a code, on any device. Opening the page changes nothing: a code is sent by its form."""
    typed = request.POST.get("code", "")
    with in_asked_language(request, page_form="page") as languages:
        if request.method != "POST" or SWITCH in request.POST:
            return resume_page(request, languages, typed=typed)
        return come_back(request, typed, languages, now=timezone.now())


def come_back(request, typed, languages, *, now):
    """To the answers that a code opens, in the language that they were begun in; any other is a wrong try."""
    # A code that cannot be one is looked for like any other: the same reply in the same time.
    code = keys.read_resume_code(typed) or typed
    try:
        with limits.counted_try(request, purpose="resume", now=now) as tried:
            draft = open_by_code(code, keys.resume_digest(code))
            tried.was_right = draft is not None
    except limits.TooManyTries as refused:
        return too_many_codes(request, refused.again_at, now=now)
    if draft is None:
        problem = gettext("Enter the code as it was shown to you")
        return resume_page(request, languages, typed=typed, problem=problem)
    slug = Consultation.objects.values_list("slug", flat=True).get(questionnaire__versions=draft.version_id)
    response = redirect("respond-page", slug=slug, step=Progress(draft).first_gap())
    response["Location"] += f"?back={len(draft.answers)}"
    browser.remember_draft(response, slug, draft.token)
    return response


def resume_page(request, languages, *, typed="", problem=""):
    """The page with the box for the code. `languages` as `in_asked_language` gives them."""
    context = languages | {
        "page_title": gettext("Come back to answers you have saved"),
        "typed": typed,
        "problems": [{"text": problem, "href": "#code"}] if problem else [],
        "has_errors": bool(problem),
    }
    return render(request, "consult/respond/resume.html", context, status=422 if problem else 200)
