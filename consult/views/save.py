"""Save and come back later (ux.md R6): a code for another device, clearing this one, and coming back with the code.

Answers are kept at every page; these pages only hand over the way back. A code is entered by POST and stands in no address and
no log. Making a new one ends the one before it.
"""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consult import browser, keys
from consult.models import Consultation
from consult.progress import Progress
from consult.recent import recent_consultation
from consult.views.public import consultation_context
from surveys.drafts import keep_way_back, open_by_code, open_draft


def save(request, slug):
    """How somebody wants to come back."""
    now = timezone.now()
    recent, draft = recent_consultation(slug, now), open_draft(browser.draft_token(request, slug))
    if draft is None:
        return redirect("respond-privacy", slug=slug)
    if request.method == "POST":
        code_for(draft, now=now)
        return redirect("respond-saved", slug=slug)
    context = consultation_context(recent.consultation, now) | {"page_title": gettext("We have saved your answers")}
    return render(request, "consult/respond/save.html", context | {"step": Progress(draft).first_gap()})


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
    recent, draft = recent_consultation(slug, now), open_draft(browser.draft_token(request, slug))
    if draft is None or not draft.ways_back:
        return redirect("respond-save", slug=slug)
    code = keys.resume_code_for(draft.token, draft.ways_back)
    context = consultation_context(recent.consultation, now) | {
        "page_title": gettext("Your code to come back"),
        "code_html": format_html('<span class="consult-receipt">{}</span>', code),
        "step": Progress(draft).first_gap(),
    }
    return render(request, "consult/respond/saved.html", context)


@require_POST
def clear(request, slug):
    """Take the answers out of this browser. The saved copy stays for whoever has the code."""
    recent_consultation(slug, timezone.now())
    response = redirect("respond-cleared", slug=slug)
    browser.forget_draft(response, slug)
    return response


@require_safe
def cleared(request, slug):
    """What was done, and how to come back."""
    now = timezone.now()
    context = consultation_context(recent_consultation(slug, now).consultation, now)
    context |= {"page_title": gettext("We have cleared your answers from this computer")}
    return render(request, "consult/respond/cleared.html", context)


@never_cache
def resume(request):
    """Come back with a code, on any device. Opening the page changes nothing: a code is sent by its form."""
    if request.method != "POST":
        return resume_page(request)
    typed = request.POST.get("code", "")
    code = keys.read_resume_code(typed)
    # A code that cannot be one is looked for like any other: the same reply in the same time.
    draft = open_by_code(code or typed, keys.resume_digest(code or typed))
    if draft is None:
        return resume_page(request, typed=typed, problem=gettext("Enter the code as it was shown to you"))
    slug = Consultation.objects.values_list("slug", flat=True).get(questionnaire__versions=draft.version_id)
    response = redirect("respond-page", slug=slug, step=Progress(draft).first_gap())
    response["Location"] += f"?back={len(draft.answers)}"
    browser.remember_draft(response, slug, draft.token)
    return response


def resume_page(request, *, typed="", problem=""):
    """The page with the box for the code."""
    context = {
        "page_title": gettext("Come back to answers you have saved"),
        "typed": typed,
        "problems": [{"text": problem, "href": "#code"}] if problem else [],
        "has_errors": bool(problem),
    }
    return render(request, "consult/respond/resume.html", context, status=422 if problem else 200)
