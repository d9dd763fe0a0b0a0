"""The page before the questions: how the answers are used, and beginning, carrying on, or starting again.

Who began or sent answers in this browser is told so first, on a page of its own.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from consult import browser
from consult.languages import offered, page_language, speaking, switcher
from consult.progress import Progress
from consult.recent import recent_consultation
from consult.services import facts_about
from consult.stages import GRACE, Stage, may_still_send, stage_at
from consult.submission import receipt_of
from consult.views.public import consultation_context, state_page
from consult.wording import clock
from surveys.drafts import begin_draft, delete_draft, open_draft, submission_key_of
from surveys.publishing import published

KEPT_AFTER_CLOSE = timedelta(days=7)
"""How long drafts live on after closing."""
SOMEBODY_ELSE = "somebody_else"
"""In the address: whoever is here now is not the one who answered on this device."""


def privacy_of_answers(request, slug):
    """How the answers are used, and the button that begins; first of all, what this browser began or sent before."""
    now = timezone.now()
    recent = recent_consultation(slug, now, or_withdrawn=True)
    consultation, stage = recent.consultation, stage_at(facts_about(recent.consultation), now)
    draft = open_draft(browser.draft_token(request, slug))
    receipt = receipt_url(request, slug, draft)
    if not may_still_send(facts_about(consultation), begun_at=draft and draft.begun_at, now=now):
        return state_page(request, consultation, stage, now=now)
    chosen = chosen_words(recent, request.POST or request.GET)
    if request.method == "POST":
        return begin(recent, draft, now=now, afresh=stage == Stage.OPEN and "again" in request.POST, **chosen)
    with speaking(chosen["language"]):
        if draft or (receipt and SOMEBODY_ELSE not in request.GET):
            context = came_before_context(recent, now, draft=draft, receipt=receipt, **chosen)
            return render(request, "consult/respond/came_before.html", context)
        return recent.page(
            request,
            "consult/respond/privacy.html",
            lambda: privacy_context(recent, now, **chosen),
            drawn_for=(stage, *chosen.values()),
        )


def chosen_words(recent, asked):
    """The language and the variant asked for, `{language, variant}`, where this consultation has them; else the standard ones."""
    definition = published(recent.version_id).definition
    languages, variants = offered(definition), definition.variants
    return {
        "language": asked["language"] if asked.get("language") in languages else definition.languages[0],
        "variant": asked["variant"] if asked.get("variant") in variants else "",
    }


def came_before_context(recent, now, *, language, variant, draft, receipt):
    """What is said of what this browser began (`draft`) or of where the receipt of what it sent is."""
    context = privacy_context(recent, now, language=language, variant=variant)
    return context | {
        "page_title": came_before_title(draft, is_open=context["is_open"]),
        "draft": draft,
        "answered": len(draft.answers) if draft else 0,
        "receipt_url": receipt,
        "start_url": "?" + urlencode({"language": language, "variant": variant, SOMEBODY_ELSE: 1}),
    }


def came_before_title(draft, *, is_open):
    """The heading (ux.md R13)."""
    if draft is None:
        return gettext("Someone has already answered on this device")
    if is_open:
        return gettext("You have answers you have not sent")
    return gettext("This consultation closed while you were answering")


def privacy_context(recent, now, *, language, variant):
    """What the page says."""
    consultation = recent.consultation
    address = reverse("respond-privacy", args=[consultation.slug])
    return (
        consultation_context(consultation, now)
        | page_language(language)
        | {
            "page_title": gettext("How we use your answers"),
            "grace_until": clock(consultation.closes_at + GRACE),
            "chosen": {"language": language, "variant": variant},
            "languages": switcher(offered(published(recent.version_id).definition), language, address=address),
        }
    )


def receipt_url(request, slug, draft):
    """Where the receipt of answers sent from this browser is shown; "" when none were."""
    if browser.sent_key(request, slug):
        return reverse("respond-done", args=[slug])
    if draft is None and was_sent(browser.draft_token(request, slug)):
        # The reply to the send never came here: the check page finds the receipt again.
        return reverse("respond-page", kwargs={"slug": slug, "step": "check"})
    return ""


def was_sent(token):
    """Whether the answers of the draft with this token were sent. One query when there is a token."""
    return bool(token) and receipt_of(submission_key_of(token)) is not None


def begin(recent, draft, *, now, afresh, language, variant):
    """Carry on with the draft of this browser, or begin a new one (`afresh`: instead of it), and go to the first page."""
    if draft is not None and afresh:
        delete_draft(draft.token)
        draft = None
    if draft is None:
        expires_at = recent.consultation.closes_at + KEPT_AFTER_CLOSE
        draft = begin_draft(recent.version_id, now=now, expires_at=expires_at, language=language, variant=variant)
    response = redirect("respond-page", slug=recent.consultation.slug, step=Progress(draft).first_gap())
    browser.remember_draft(response, recent.consultation.slug, draft.token)
    return response
