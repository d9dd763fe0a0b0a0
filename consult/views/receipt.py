"""After the answers were sent: the receipt, shown again for a day in the browser that sent them."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from consult import browser, keys
from consult.recent import recent_consultation
from consult.stages import stage_at
from consult.submission import receipt_of
from consult.views.public import consultation_context, told_by
from consult.views.spoken import go_on_to, in_own_language, own_languages
from surveys.drafts import submission_key_of
from surveys.skeleton import hole


def was_sent(token):
    """Whether the answers of the draft with this token were sent. One query when there is a token."""
    return bool(token) and receipt_of(submission_key_of(token)) is not None


def to_receipt(slug, key, *, to, language, languages):
    """To a page with the receipt of the answers sent with this submission `key`: see `remember_receipt`."""
    return remember_receipt(redirect(to, slug=slug), slug, key, language=language, languages=languages)


def remember_receipt(response, slug, key, *, language, languages):
    """Have the browser remember the receipt for a day; what an earlier person said is forgotten.

    It is in the `language` answered in, and can be read in all those that could be answered in.
    """
    browser.forget_draft(response, slug)
    browser.remember_route(response, slug, {"language": language, "languages": languages})
    browser.remember_sent(response, slug, key)
    return response


@in_own_language
def done(request, slug):
    """The receipt, what happens next, and how to have the answers deleted."""
    now = timezone.now()
    recent = recent_consultation(slug, now)
    key = browser.sent_key(request, slug)
    if key is None:
        return go_on_to("respond", slug=slug)
    response = recent.page(
        request,
        "consult/respond/done.html",
        lambda: receipt_context(recent, now) | own_languages("respond-done", slug, browser.languages(request, slug)),
        drawn_for=(stage_at(recent.facts, now), get_language(), browser.languages(request, slug)),
        receipt=keys.receipt_for(key),
    )
    forget_equality_answers(request, response, slug)
    return response


def receipt_context(recent, now):
    """What the page says, with a hole for the code. In English the newest version need not be looked for."""
    code = format_html('<span class="consult-receipt">{}</span>', hole("receipt"))
    return consultation_context(recent.consultation, now) | {
        "told": told_by(recent),
        "page_title": gettext("Thank you for having your say"),
        "panel_html": format_html(gettext("Your receipt code {code}"), code=code),
    }


def forget_equality_answers(request, response, slug):
    """Take a person's answers out of the browser once they have finished: the next to use it may be somebody else."""
    route = browser.route(request, slug)
    if "answers" in route:
        browser.remember_route(response, slug, {name: kept for name, kept in route.items() if name != "answers"})
