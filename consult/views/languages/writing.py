"""Writing one page of a language or variant, beside the words that it is made of."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.building import revise_draft
from consult.own_pictures.finding import own_choices
from consult.permissions import Right, staff_page
from consult.views.building.editing import taken_out
from consult.views.building.saying import bound_problems
from consult.views.languages.boxes import PageOfRendering
from consult.views.languages.listing import own_name
from consult.views.languages.merging import TEXT, merged, what
from surveys.editing import Gone, page_with
from surveys.naming import rendering_in_a_sentence, rendering_name, title
from surveys.renderings import renderings_of
from surveys.revising import ChangedMeanwhile, draft_of


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, consultation, rendering, page):
    """The texts of one page, each with its box. What is left blank is written another time."""
    definition = draft_of(consultation.questionnaire)
    is_there = rendering in renderings_of(definition) and any(each.key == page for each in definition.pages)
    if not is_there and request.method == "POST":
        return taken_out(request, consultation, typed_words(request.POST))
    if not is_there:
        raise Http404
    data = request.POST if request.method == "POST" else None
    own = own_choices(consultation.team_id)
    page = page_with(definition, page)
    form = PageOfRendering(data, definition=definition, rendering=rendering, page=page, own_pictures=own)
    if not form.is_valid():
        return shown(request, consultation, form)
    try:
        return saved(request, consultation, form)
    except ChangedMeanwhile as changed:
        return contested(request, consultation, form, changed.definition)


def saved(request, consultation, form):
    """Save what was typed, unless somebody else changed the same text since. Raises ChangedMeanwhile."""
    rendering, key = form.rendering, form.page.key

    def edit(newest):
        if rendering not in renderings_of(newest):
            raise Gone(rendering)
        both = merged(form, newest)
        if both.contested:
            raise ChangedMeanwhile(newest)
        return both.made(newest, rendering)

    name = rendering_in_a_sentence(rendering)
    _, after = revise_draft(consultation, edit, what=f"wrote page {key} in {name}", by=request.user, now=timezone.now())
    messages.success(request, f"Page {number_of(after, key)} was saved in {name}.")
    following = neighbours(after, key)[1]
    if "next" in request.POST and following:
        return redirect("staff-rendering-page", slug=consultation.slug, rendering=rendering, page=following.key)
    return redirect(reverse("staff-rendering", args=[consultation.slug, rendering]) + f"#page-{key}")


def contested(request, consultation, form, newest):
    """The page with what was typed, beside what somebody else saved; or what was typed, where there is no page any more."""
    try:
        page = page_with(newest, form.page.key)
    except Gone:
        return taken_out(request, consultation, typed_words(request.POST))
    if form.rendering not in renderings_of(newest):
        return taken_out(request, consultation, typed_words(request.POST))
    both = merged(form, newest)
    own = own_choices(consultation.team_id)
    again = PageOfRendering(definition=newest, rendering=form.rendering, page=page, typed=both.typed, own_pictures=own)
    return shown(request, consultation, again, contested=both.contested)


def shown(request, consultation, form, *, contested=()):
    """The page."""
    rendering, definition, key = form.rendering, form.definition, form.page.key
    before, after = neighbours(definition, key)
    first = rendering_name(definition.languages[0])
    context = bound_problems(form) | {
        "consultation": consultation,
        "back_to": reverse("staff-rendering", args=[consultation.slug, rendering]),
        "back_name": rendering_name(rendering),
        "page_title": f"Page {number_of(definition, key)} in {rendering_in_a_sentence(rendering)}",
        "name": rendering_in_a_sentence(rendering),
        "page_name": title(definition, key),
        "of_name": "in the standard words" if form.is_variant else f"in {first}",
        "own": own_name(rendering),
        "form": form,
        "groups": form.groups(),
        "rendering": rendering,
        "before": before,
        "after": after,
        "contested": contested,
        "has_no_pictures": form.is_variant and not form.offers,
    }
    status = 409 if contested else 422 if form.errors else 200
    return render(request, "consult/staff/languages/page.html", context, status=status)


def neighbours(definition, key):
    """The pages before and after one; None at the ends."""
    pages = definition.pages
    place = next(place for place, page in enumerate(pages) if page.key == key)
    return (pages[place - 1] if place else None), (pages[place + 1] if place + 1 < len(pages) else None)


def number_of(definition, key):
    return next(number for number, page in enumerate(definition.pages, start=1) if page.key == key)


def typed_words(posted):
    """What somebody typed for a page that is not there any more: `[(what, words)]`."""
    return [(what(name.removeprefix(TEXT)), said) for name, said in posted.items() if name.startswith(TEXT)]
