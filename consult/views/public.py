"""Public pages that anybody may read: the hub, a consultation, how to take part, what became of it, and the small print.

None of them sets a cookie, so that they may be kept by caches for a minute; what depends on the browser is in `respond.py`.
"""

from copy import copy
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from consult import browser
from consult.models import Consultation, Document
from consult.services import facts_about
from consult.stages import GRACE, Stage, may_still_send, stage_at
from consult.submission import receipt_of
from consult.wording import clock, days_left, last_deletion_on, long_date, moment, question_count
from surveys.drafting import count_of_questions
from surveys.drafts import begin_draft, delete_draft, open_draft, submission_key_of
from surveys.publishing import latest_version_id, published

PUBLIC_STAGES = {Stage.FORTHCOMING, Stage.OPEN, Stage.CLOSED, Stage.REPORTED, Stage.DECIDED}
CACHE_SECONDS = 60
KEPT_AFTER_CLOSE = timedelta(days=7)
"""How long drafts live on after closing."""


def public_consultation(slug, now):
    """The consultation with this slug, if the public may know of it now. Raises Http404."""
    return known_to_the_public(found_consultation(slug), now)


def recent_consultation(slug, now):
    """The same, as it was up to settings.CONSULTATION_KEPT_SECONDS ago: enough for a question page, a quarter of whose time
    would go on reading it. Whether it takes a response is decided on the newest row, by `submission.submit`.
    """
    read_at, consultation = RECENT.get(slug, (None, None))
    if read_at is None or monotonic() - read_at >= settings.CONSULTATION_KEPT_SECONDS:
        consultation = found_consultation(slug)
        RECENT[slug] = monotonic(), consultation
    return known_to_the_public(copy(consultation), now)


RECENT = {}
"""(when read, Consultation) by slug, in this process. Only slugs that exist are kept."""


def found_consultation(slug):
    return get_object_or_404(Consultation.objects.select_related("team", "link_key"), slug=slug)


def known_to_the_public(consultation, now):
    """The consultation itself. Raises Http404 when the public may not know of it now."""
    if stage_at(facts_about(consultation), now) not in PUBLIC_STAGES:
        raise Http404
    return consultation


def kept_a_minute(response):
    """Allow caches to keep a page that is the same for everybody."""
    patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
    return response


def hub(request):
    """Every consultation by what can be done: open (soonest to close first), coming soon, closed (newest first)."""
    now = timezone.now()
    words = request.GET.get("q", "").strip()[:100]
    cards = [card(consultation, now) for consultation in Consultation.objects.select_related("team")]
    cards = [found for found in cards if found["stage"] in PUBLIC_STAGES and matches(found["consultation"], words)]
    context = {
        "page_title": "Have your say",
        "query": words,
        "search_label": {"text": "Search by word"},
        "number": len(cards),
        "open": sorted(of(cards, Stage.OPEN), key=lambda found: found["consultation"].closes_at),
        "soon": sorted(of(cards, Stage.FORTHCOMING), key=lambda found: found["consultation"].opens_at),
        "waiting": newest_first(of(cards, Stage.CLOSED, Stage.REPORTED)),
        "decided": newest_first(of(cards, Stage.DECIDED)),
    }
    return kept_a_minute(render(request, "consult/public/hub.html", context))


def card(consultation, now):
    """What the hub says of one consultation."""
    stage = stage_at(facts_about(consultation), now)
    return {
        "consultation": consultation,
        "stage": stage,
        "opens": moment(consultation.opens_at),
        "closes": moment(consultation.closes_at),
        "left": days_left(consultation.closes_at, now),
    }


def of(cards, *stages):
    return [found for found in cards if found["stage"] in stages]


def newest_first(cards):
    return sorted(cards, key=lambda found: found["consultation"].closes_at, reverse=True)


def matches(consultation, words):
    """Whether every word searched for is in the consultation's title, summary, topic or area."""
    text = f"{consultation.title} {consultation.summary} {consultation.topic} {consultation.area}".lower()
    return all(word in text for word in words.lower().split())


def consultation_page(request, slug):
    """One consultation: the plan, its documents, its dates, and what can be done now."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    context = consultation_context(consultation, now) | {"page_title": consultation.title}
    return kept_a_minute(render(request, "consult/public/consultation.html", context))


def consultation_context(consultation, now):
    """The common context of a consultation's public pages."""
    stage = stage_at(facts_about(consultation), now)
    return {
        "consultation": consultation,
        "team": consultation.team,
        "team_phone": consultation.team.phone,
        "short_name": consultation.short_name,
        "organisation": consultation.team.name,
        "stage": stage,
        "is_open": stage == Stage.OPEN,
        "is_forthcoming": stage == Stage.FORTHCOMING,
        "has_report": stage in (Stage.REPORTED, Stage.DECIDED),
        "is_decided": stage == Stage.DECIDED,
        "is_illustrative": consultation.is_illustrative,
        "opens": moment(consultation.opens_at),
        "closes": moment(consultation.closes_at),
        "closing_clock": clock(consultation.closes_at),
        "closing_day": long_date(consultation.closes_at),
        "report_by": long_date(consultation.report_by) if consultation.report_by else "",
        "decision_on": long_date(consultation.decision_on) if consultation.decision_on else "",
        "delete_until": long_date(last_deletion_on(consultation.closes_at)),
    }


def start(request, slug):
    """How to have one's say: what it is about, the closing time, how many questions, and every other way to take part."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    context = consultation_context(consultation, now)
    if not context["is_open"]:
        return state_page(request, consultation, context["stage"], now=now)
    definition = published(latest_version_id(consultation.questionnaire_id)).definition
    context |= {
        "page_title": f"Have your say: {consultation.title}",
        "questions": question_count(*count_of_questions(definition)),
    }
    return kept_a_minute(render(request, "consult/respond/start.html", context))


def privacy_of_answers(request, slug):
    """How the answers are used, and the button that begins. What this browser began or sent before is offered here."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    context = consultation_context(consultation, now) | {"page_title": "How we use your answers"}
    draft = open_draft(browser.draft_token(request, slug))
    receipt = receipt_url(request, slug, draft)
    if not may_still_send(facts_about(consultation), begun_at=draft and draft.begun_at, now=now):
        return state_page(request, consultation, context["stage"], now=now)
    if request.method == "POST":
        return begin(request, consultation, draft, now=now, afresh=context["is_open"] and "again" in request.POST)
    context |= {"draft": draft, "receipt_url": receipt, "grace_until": clock(consultation.closes_at + GRACE)}
    context["answered"] = len(draft.answers) if draft else 0
    return render(request, "consult/respond/privacy.html", context)


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


def begin(request, consultation, draft, *, now, afresh):
    """Carry on with the draft of this browser, or begin a new one (`afresh`: instead of it), and go to the first page."""
    if draft is not None and afresh:
        delete_draft(draft.token)
        draft = None
    if draft is None:
        expires_at = consultation.closes_at + KEPT_AFTER_CLOSE
        draft = begin_draft(latest_version_id(consultation.questionnaire_id), now=now, expires_at=expires_at)
    version = published(draft.version_id)
    gap = next((page.key for page in version.definition.pages if page.key not in draft.pages), "check")
    response = redirect("respond-page", slug=consultation.slug, step=gap)
    browser.remember_draft(response, consultation.slug, draft.token)
    return response


STATE_TITLES = {
    Stage.FORTHCOMING: "This consultation is not open yet",
    Stage.CLOSED: "This consultation is closed",
    Stage.REPORTED: "This consultation is closed",
    Stage.DECIDED: "This consultation is closed",
}


def state_page(request, consultation, stage, *, now):
    """What to say to somebody who cannot answer now (ux.md R13)."""
    context = consultation_context(consultation, now) | {"page_title": STATE_TITLES[stage]}
    return render(request, "consult/public/state.html", context)


def document(request, slug, document_slug):
    """Something to read beside a consultation."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    found = get_object_or_404(Document, consultation=consultation, slug=document_slug)
    context = consultation_context(consultation, now) | {"page_title": found.title, "document": found}
    return kept_a_minute(render(request, "consult/public/document.html", context))


def outcome(request, slug):
    """What was asked, said, done and not done; until it is decided, when that will be."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    context = consultation_context(consultation, now) | {"page_title": f"What happened: {consultation.title}"}
    return kept_a_minute(render(request, "consult/public/outcome.html", context))


SMALL_PRINT = {
    "privacy": "How we use information about you",
    "cookies": "Cookies",
    "accessibility": "Accessibility statement",
    "contact": "Contact us",
}


def small_print(request, page):
    """The pages linked at the foot of every page."""
    context = {"page_title": SMALL_PRINT[page], "page": page, "organisation": settings.ORGANISATION}
    return kept_a_minute(render(request, f"consult/public/{page}.html", context))


def healthz(request):
    """Whether the database answers: 200 `{"status": "ok"}`, else 503. Nothing else is told to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
