"""The page before the questions: how the answers are used, and beginning, carrying on, or starting again.

Who began or sent answers in this browser is told so first, on a page of its own. The first page of questions is `respond`'s.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from consult import browser
from consult.languages import offered, page_language, speaking, switcher
from consult.progress import Progress
from consult.recent import recent_consultation
from consult.stages import GRACE, Stage, may_still_send, stage_at
from consult.views.public import consultation_context, state_page, told_of
from consult.views.receipt import was_sent
from consult.views.respond import respond_page
from consult.views.spoken import in_languages
from consult.wording import clock
from surveys.drafts import begin_draft, delete_draft, go_on_in, open_draft
from surveys.publishing import published

KEPT_AFTER_CLOSE = timedelta(days=7)
"""How long drafts live on after closing."""
SOMEBODY_ELSE = "somebody_else"
"""In the address: whoever is here now is not the one who answered on this device."""


def privacy_of_answers(request, slug):
    """How the answers are used, and the button that begins; first of all, what this browser began or sent before."""
    now = timezone.now()
    recent = recent_consultation(slug, now, or_withdrawn=True)
    consultation, stage = recent.consultation, stage_at(recent.facts, now)
    draft = open_draft(browser.draft_token(request, slug))
    chosen = chosen_words(recent, request.POST or request.GET, draft)
    with speaking(chosen["language"]):
        if not may_still_send(recent.facts, begun_at=draft and draft.begun_at, now=now):
            languages = in_languages(request, recent.languages, chosen["language"])
            languages["told"] = told_of(recent.definition)
            return state_page(request, consultation, stage, now=now, **languages)
        if request.method == "POST":
            begun = begin(recent, draft, buttons_of(request, stage), now=now, **chosen)
            return respond_page(request, slug=slug, begun=begun)
        is_somebody_else = SOMEBODY_ELSE in request.GET
        if draft or (has_sent(request, slug) and not is_somebody_else):
            receipt = "" if draft else lost_receipt(request, slug)
            facts = page_facts(recent, chosen)
            context = came_before_context(consultation, now, draft=draft, receipt=receipt, **facts)
            return render(request, "consult/respond/came_before.html", context)
        return recent.page(
            request,
            "consult/respond/privacy.html",
            lambda: privacy_context(consultation, now, is_somebody_else=is_somebody_else, **page_facts(recent, chosen)),
            drawn_for=(stage, is_somebody_else, *chosen.values()),
        )


def chosen_words(recent, asked, draft):
    """The language and the variant asked for, `{language, variant}`, where this consultation has them; else the language of the
    draft, if there is one, or the standard ones."""
    definition = published(recent.version_id).definition
    languages, variants = offered(definition), definition.variants
    begun_in = draft.language if draft else definition.languages[0]
    return {
        "language": asked["language"] if asked.get("language") in languages else begun_in,
        "variant": asked["variant"] if asked.get("variant") in variants else "",
    }


def page_facts(recent, chosen):
    """What the pages here are told of the words chosen, of those there are, and of their own address."""
    address = reverse("respond-privacy", args=[recent.consultation.slug])
    return chosen | {"choices": recent.languages, "address": address, "told": told_of(recent.definition)}


def came_before_context(consultation, now, *, draft, receipt, language, variant, **facts):
    """What is said of what this browser began (`draft`), or sent: `receipt` is where it finds a receipt that it never saw."""
    context = privacy_context(consultation, now, language=language, variant=variant, **facts)
    return context | {
        "page_title": came_before_title(draft, is_open=context["is_open"]),
        "draft": draft,
        "answered": len(draft.answers) if draft else 0,
        "receipt_url": receipt,
        "next_url": "?" + urlencode({"language": language, "variant": variant, SOMEBODY_ELSE: 1}),
    }


def came_before_title(draft, *, is_open):
    """The heading (ux.md R13)."""
    if draft is None:
        return gettext("Someone has already answered on this device")
    if is_open:
        return gettext("You have answers you have not sent")
    return gettext("This consultation closed while you were answering")


def privacy_context(consultation, now, *, choices, language, variant, address, told, is_somebody_else=False):
    """What the page says. `choices` are the languages that it can be read in, each asked of `address`; `told` is what
    the consultation says of itself in the language now spoken."""
    also = ({"variant": variant} if variant else {}) | ({SOMEBODY_ELSE: 1} if is_somebody_else else {})
    return (
        consultation_context(consultation, now)
        | page_language(language)
        | {
            "page_title": gettext("How we use your answers"),
            "told": told,
            "grace_until": clock(consultation.closes_at + GRACE),
            "chosen": {"language": language, "variant": variant},
            "languages": switcher(choices, language, address=address, also=also),
        }
    )


def has_sent(request, slug):
    """Whether answers were sent from this browser in the last day."""
    return bool(browser.sent_key(request, slug)) or was_sent(browser.draft_token(request, slug))


def lost_receipt(request, slug):
    """Where the receipt is shown of answers whose sender never saw it, for the reply was lost on its way; "" for any other.

    Who saw it has the code, and only the code opens answers: the next person on this device may be another.
    """
    if browser.sent_key(request, slug) or not was_sent(browser.draft_token(request, slug)):
        return ""
    return reverse("respond-page", kwargs={"slug": slug, "step": "check"})


def buttons_of(request, stage):
    """What was pressed, of "again" and "check", as far as it can be done at this stage."""
    return {"again"} & request.POST.keys() if stage == Stage.OPEN else {"check"} & request.POST.keys()


def begin(recent, draft, pressed, *, now, language, variant):
    """The draft of this browser, to be carried on with, or a new one ("again": instead of it).

    With "check", every page that asks nothing that must be answered counts as passed.
    """
    if draft is not None and "again" in pressed:
        delete_draft(draft.token)
        draft = None
    draft = draft and go_on_in(draft, language, now=now)
    if draft is None:
        expires_at = recent.consultation.closes_at + KEPT_AFTER_CLOSE
        draft = begin_draft(recent.version_id, now=now, expires_at=expires_at, language=language, variant=variant)
    if "check" in pressed:
        Progress(draft).pass_rest(now=now)
    return draft
