"""After the answers were sent: the receipt, shown again for a day in the browser that sent them."""

from functools import wraps

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from consult import browser, keys
from consult.languages import asked_for, speaking
from consult.recent import recent_consultation
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.public import consultation_context
from surveys.drafts import submission_key_of
from surveys.skeleton import hole


def in_own_language(view):
    """A page after the send, in the language that the address asks for, else in the one that this browser answered in."""

    @wraps(view)
    def spoken_view(request, slug, **parts):
        with speaking(asked_for(request) or browser.language(request, slug)):
            return view(request, slug, **parts)

    return spoken_view


def to_receipt(slug, token, *, to, language):
    """To a page with the receipt, which the browser remembers for a day; what an earlier person said is forgotten."""
    response = redirect(to, slug=slug)
    browser.forget_draft(response, slug)
    browser.remember_route(response, slug, {"language": language})
    browser.remember_sent(response, slug, submission_key_of(token))
    return response


@in_own_language
def done(request, slug):
    """The receipt, what happens next, and how to have the answers deleted."""
    now = timezone.now()
    recent = recent_consultation(slug, now)
    key = browser.sent_key(request, slug)
    if key is None:
        return redirect("respond", slug=slug)
    response = recent.page(
        request,
        "consult/respond/done.html",
        lambda: receipt_context(recent.consultation, now),
        drawn_for=(stage_at(facts_about(recent.consultation), now), get_language()),
        receipt=keys.receipt_for(key),
    )
    forget_equality_answers(request, response, slug)
    return response


def receipt_context(consultation, now):
    """What the page says, with a hole for the code."""
    code = format_html('<span class="consult-receipt">{}</span>', hole("receipt"))
    return consultation_context(consultation, now) | {
        "page_title": gettext("Thank you for having your say"),
        "panel_html": format_html(gettext("Your receipt code {code}"), code=code),
    }


def forget_equality_answers(request, response, slug):
    """Take a person's answers out of the browser once they have finished: the next to use it may be somebody else."""
    route = browser.route(request, slug)
    if "answers" in route:
        browser.remember_route(response, slug, {name: kept for name, kept in route.items() if name != "answers"})
