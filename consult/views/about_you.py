"""The equality questions, after a response was sent: an introduction with the receipt, then one page at a time, all optional.

Each page is kept as soon as it is answered. The answers go where only the consultation's key can find them again.
"""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from consult import areas, browser, keys, submission
from consult.languages import spoken_code
from consult.models import Consultation, LinkKey
from consult.recent import recent_consultation
from consult.views.public import consultation_context, public_consultation, told_by, told_by_newest
from consult.views.spoken import SWITCH, go_on_to, in_languages, in_own_language, own_languages
from consult.wording import YES_OR_NO
from equality.categories import LEFT_BLANK
from equality.forms import POSTCODE, EqualityForm, pages
from surveys.kinds.base import AnswerError
from surveys.kinds.postcode import parse_postcode
from surveys.models import RespondentType
from surveys.queries import respondent_type_of, there_is_response
from surveys.skeleton import hole

ROUTING = ("age", "disability", "ethnic_broad")
"""The answers that decide which page comes next. They go along in the browser: what was kept cannot be read back here."""


@in_own_language
def intro(request, slug):
    """The receipt, why these questions are asked, and the choice to answer or skip them all. Organisations are not asked."""
    recent, key = recent_consultation(slug, timezone.now()), browser.sent_key(request, slug)
    if key is None:
        return go_on_to("respond", slug=slug)
    capacity = respondent_type_of(key)
    if capacity is None:
        # The answers were deleted, perhaps from another device.
        return go_on_to("respond", slug=slug)
    if capacity == RespondentType.ORGANISATION:
        return redirect("respond-done", slug=slug)
    if request.method != "POST":
        return introduction(request, recent, key, languages=browser.languages(request, slug))
    if request.POST.get("answer") == "yes":
        return begin(request, recent.consultation)
    if request.POST.get("answer") == "no":
        return redirect("respond-done", slug=slug)
    problem = {"text": YES_OR_NO, "href": "#answer"}
    return introduction(request, recent, key, languages=browser.languages(request, slug), problems=[problem])


def introduction(request, recent, key, *, languages, problems=()):
    """The page before the questions, with the receipt of the answers sent with this submission `key`."""
    slug = recent.consultation.slug

    def context():
        said = {"page_title": gettext("We have your answers"), "receipt": hole("receipt")}
        said |= {"problems": problems, "has_errors": bool(problems), "told": told_by(recent)}
        return (
            consultation_context(recent.consultation, timezone.now())
            | own_languages("about-you", slug, languages)
            | said
        )

    return recent.page(
        request,
        "consult/respond/about_you_intro.html",
        context,
        drawn_for=(bool(problems), get_language(), languages),
        receipt=keys.receipt_for(key),
        status=422 if problems else 200,
    )


def begin(request, consultation):
    """To the first question. Only somebody who comes this way is asked."""
    slug = consultation.slug
    response = redirect("about-you-page", slug=slug, page=pages(consultation.question_set, {})[0].key)
    browser.remember_route(response, slug, {"passed": []} | browser.route(request, slug) | {"answers": {}})
    return response


@in_own_language
def question(request, slug, page):
    """One page of equality questions. Blank is accepted; "skip the rest" goes to the receipt."""
    key = browser.sent_key(request, slug)
    if key is None:
        return go_on_to("respond", slug=slug)
    consultation = consultation_for(request, slug, key)
    if request.method == "POST" and not consultation.has_response:
        # The answers were deleted: nothing may be kept that nobody could find again to delete.
        return go_on_to("respond", slug=slug)
    route = browser.route(request, slug)
    known = route.get("answers", {})
    found = next((p for p in pages(consultation.question_set, known, language=get_language()) if p.key == page), None)
    if found is None or "answers" not in route:
        return redirect("about-you", slug=slug)
    asked = {"page": found, "set_version": consultation.question_set, "answers": known, "language": get_language()}
    if request.method != "POST" or SWITCH in request.POST:
        form = EqualityForm(**asked)
        form.initial |= typed_in(request)
        return drawn(request, consultation, found, form, route)
    if "skip" in request.POST:
        return redirect("respond-done", slug=slug)
    form = EqualityForm(request.POST, **asked)
    return kept(request, consultation, key, found, form, route)


def typed_in(request):
    """What was filled in when only another language was asked for, `{name: value or [values]}`."""
    return {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if values}


def consultation_for(request, slug, key):
    """The consultation; where there are answers to keep, as it is now, with its link key and the area of a postcode sent.

    On it then: `has_response`, whether the answers sent with this submission key are still there.
    """
    now = timezone.now()
    if request.method != "POST":
        return recent_consultation(slug, now).consultation
    try:
        postcode = full_postcode(request.POST.get(POSTCODE))
    except AnswerError:
        # It will be said beside the box.
        postcode = None
    rows = Consultation.objects.select_related("team", "link_key").annotate(has_response=there_is_response(key))
    rows = areas.with_area(rows, postcode or "")
    return public_consultation(slug, now, rows=rows)


def kept(request, consultation, key, page, form, route):
    """Keep a valid page and go on; show an invalid one again."""
    if not form.is_valid():
        return drawn(request, consultation, page, form, route, status=422)
    answers = form.cleaned_answers()
    try:
        postcode = full_postcode(form.cleaned_data.get(POSTCODE))
    except AnswerError as error:
        form.add_error(POSTCODE, str(error))
        return drawn(request, consultation, page, form, route, status=422)
    # A postcode is turned into its area and dropped.
    area = {} if postcode is None else area_of(consultation)
    keep(consultation, key, given(answers, page, route) | area, own_words=form.self_described())
    known = route["answers"] | {name: value for name, value in answers.items() if name in ROUTING}
    passed = [*route["passed"], *({page.key} - set(route["passed"]))]
    response = redirect(address_after(consultation, page, known))
    browser.remember_route(response, consultation.slug, route | {"answers": known, "passed": passed})
    return response


def given(answers, page, route):
    """The answers to keep: what is left blank on a page that was answered before stays as it was, for it was shown blank."""
    if page.key not in route["passed"]:
        return answers
    return {name: value for name, value in answers.items() if value != LEFT_BLANK}


def keep(consultation, key, answers, *, own_words):
    """Keep one page's answers, unless the consultation's key was destroyed: then nothing may be linked any more."""
    if not answers and not own_words:
        return
    try:
        submission.save_equality(consultation, submission_key=key, answers=answers, own_words=own_words)
    except LinkKey.DoesNotExist:
        return


def full_postcode(typed):
    """The whole postcode that was typed, "" where only its first part was; None when nothing was. Raises AnswerError."""
    return parse_postcode(typed).get("full", "") if typed else None


def area_of(row):
    """The answers that the area beside a row (`areas.with_area`) gives; blank ones when nothing is known of it."""
    if row.inside is None:
        return {"deprivation": "", "inside": ""}
    return {"deprivation": row.deprivation or "", "inside": 1 if row.inside else 2}


def address_after(consultation, page, known):
    """Where somebody goes after a page: to the next one that is theirs, after the last to the receipt."""
    following = beside(consultation, page, known, step=1)
    if following is None:
        return reverse("respond-done", args=[consultation.slug])
    return reverse("about-you-page", args=[consultation.slug, following])


def beside(consultation, page, known, *, step):
    """The key of the page after (`step` 1) or before (-1) this one, or None."""
    order = [found.key for found in pages(consultation.question_set, known)]
    place = order.index(page.key) + step
    return order[place] if 0 <= place < len(order) else None


def drawn(request, consultation, page, form, route, *, status=200):
    """The page of one or two equality questions."""
    context = (
        consultation_context(consultation, timezone.now())
        | in_languages(request, browser.languages(request, consultation.slug), spoken_code(), page_form="page")
        | {
            "page_title": page.heading,
            "told": told_by_newest(consultation),
            "page": page,
            "form": form,
            "back_page": beside(consultation, page, route["answers"], step=-1),
            "was_answered": page.key in route["passed"] and not set(page.fields) & set(route["answers"]),
            "has_errors": bool(form.errors),
        }
    )
    return render(request, "consult/respond/about_you_page.html", context, status=status)
