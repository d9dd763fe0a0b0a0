"""The equality questions, after a response was sent: an introduction with the receipt, then one page at a time, all optional.

Each page is kept as soon as it is answered. The answers go where only the consultation's key can find them again.
"""

from django.shortcuts import redirect, render
from django.utils import timezone

from consult import areas, browser, keys, submission
from consult.models import LinkKey
from consult.views.public import public_consultation
from consult.views.respond import respond_context
from equality.forms import POSTCODE, EqualityForm, pages
from surveys.kinds.base import AnswerError
from surveys.kinds.postcode import parse_postcode


def intro(request, slug):
    """The receipt, why these questions are asked, and the choice to answer or skip them all."""
    consultation, key = sent(request, slug)
    if key is None:
        return redirect("respond", slug=slug)
    context = respond_context(consultation, "We have your answers") | {"receipt": keys.receipt_for(key)}
    if request.method != "POST":
        return render(request, "consult/respond/about_you_intro.html", context)
    if request.POST.get("answer") == "yes":
        return redirect("about-you-page", slug=slug, page=pages(consultation.question_set, {})[0].key)
    if request.POST.get("answer") == "no":
        return redirect("respond-done", slug=slug)
    problem = {"text": "Select yes if you want to answer these questions", "href": "#answer"}
    return render(
        request,
        "consult/respond/about_you_intro.html",
        context | {"problems": [problem], "has_errors": True},
        status=422,
    )


def question(request, slug, page):
    """One page of equality questions. Blank is accepted; "skip the rest" goes to the receipt."""
    consultation, key = sent(request, slug)
    if key is None:
        return redirect("respond", slug=slug)
    known = answered(request, consultation)
    found = next((p for p in pages(consultation.question_set, known) if p.key == page), None)
    if found is None:
        return redirect("about-you", slug=slug)
    if request.method != "POST":
        return drawn(
            request, consultation, found, EqualityForm(page=found, set_version=consultation.question_set, answers=known)
        )
    if "skip" in request.POST:
        return redirect("respond-done", slug=slug)
    form = EqualityForm(request.POST, page=found, set_version=consultation.question_set, answers=known)
    return kept(request, consultation, key, found, form, known)


def kept(request, consultation, key, page, form, known):
    """Keep a valid page and go on; show an invalid one again."""
    if not form.is_valid():
        return drawn(request, consultation, page, form, status=422)
    answers = form.cleaned_answers()
    try:
        area = area_of(form.cleaned_data.get(POSTCODE))
    except AnswerError as error:
        form.add_error(POSTCODE, str(error))
        return drawn(request, consultation, page, form, status=422)
    keep(consultation, key, answers | area, own_words=form.self_described())
    known |= {name: value for name, value in answers.items() if name in ROUTING}
    following = after(pages(consultation.question_set, known), page)
    response = (
        redirect("about-you-page", slug=consultation.slug, page=following)
        if following
        else redirect("respond-done", slug=consultation.slug)
    )
    browser.remember_route(response, consultation.slug, known)
    return response


ROUTING = ("disability", "ethnic_broad")
"""The answers that decide which page comes next. They go along in the browser: what was kept cannot be read back here."""


def answered(request, consultation):
    """The routing answers given so far."""
    return browser.route(request, consultation.slug)


def keep(consultation, key, answers, *, own_words):
    """Keep one page's answers, unless the consultation's key was destroyed: then nothing may be linked any more."""
    try:
        submission.save_equality(consultation, submission_key=key, answers=answers, own_words=own_words)
    except LinkKey.DoesNotExist:
        return


def area_of(typed):
    """The codes of a postcode's area, after which the postcode is dropped; {} when nothing is known of it. Raises AnswerError."""
    if not typed:
        return {}
    parts = parse_postcode(typed)
    area = areas.find_area(parts["full"]) if "full" in parts else None
    if area is None:
        return {"deprivation": "", "inside": ""}
    return {"deprivation": area["deprivation"] or "", "inside": 1 if area["inside"] else 2}


def after(all_pages, page):
    """The key of the page after this one, or None."""
    order = [found.key for found in all_pages]
    place = order.index(page.key) + 1
    return order[place] if place < len(order) else None


def before(consultation, page, known):
    """The key of the page before this one, or None."""
    order = [found.key for found in pages(consultation.question_set, known)]
    place = order.index(page.key)
    return order[place - 1] if place else None


def drawn(request, consultation, page, form, *, status=200):
    """The page of one or two equality questions."""
    context = respond_context(consultation, page.heading) | {
        "page": page,
        "form": form,
        "back_page": before(consultation, page, answered(request, consultation)),
        "has_errors": bool(form.errors),
    }
    return render(request, "consult/respond/about_you_page.html", context, status=status)


def sent(request, slug):
    """The consultation, and the key of the answers this browser sent in the last day, or None."""
    return public_consultation(slug, timezone.now()), browser.sent_key(request, slug)
