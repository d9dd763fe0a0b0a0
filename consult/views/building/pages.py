"""Editing one page of a draft: its heading, its section and what it repeats for."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from consult.views.building.editing import as_words, in_draft, taken_out
from consult.views.building.forms import PageForm, said
from consult.views.building.saying import above, bound_problems, rule_in_words
from surveys import editing, naming
from surveys.claims import subjects_before
from surveys.definition import Repeat
from surveys.editing import stamp_of
from surveys.revising import ChangedMeanwhile, draft_of
from surveys.texts import page_only_in


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, consultation, page):
    """One page: its heading, its section and what it repeats for."""
    definition = draft_of(consultation.questionnaire)
    shown = in_draft(editing.page_with, definition, page)
    language = definition.languages[0]
    form = PageForm(
        request.POST if request.method == "POST" else None,
        page=shown,
        language=language,
        sources=sources_before(definition, page),
    )
    is_contested = False
    if form.is_valid():
        try:
            return save_page(request, consultation, page, form, language)
        except ChangedMeanwhile as changed:
            definition, is_contested = changed.definition, True
            if not any(each.key == page for each in definition.pages):
                return taken_out(request, consultation, [(bound.label, as_words(bound.value())) for bound in form])
            shown = editing.page_with(definition, page)
    context = (
        above(consultation, "questions")
        | bound_problems(form)
        | {
            "page_title": naming.shown(shown.heading, definition) or "A page",
            "shown": shown,
            "form": form,
            "seen": page_stamp(definition, page),
            "rule": rule_in_words(shown.shown_if, definition, "page"),
            "rule_place": f"page:{shown.key}",
            "contested": contested_page(form, shown, language) if is_contested else [],
        }
    )
    return render(request, "consult/staff/building/page.html", context, status=409 if is_contested else 200)


def contested_page(form, newest, language):
    """Where the newest page differs from what was typed: `[(what, theirs, yours)]`."""
    initial = PageForm(page=newest, language=language, sources=[]).initial
    pairs = [(bound.label, as_words(initial.get(bound.name)), as_words(bound.value())) for bound in form]
    return [(label, theirs, yours) for label, theirs, yours in pairs if theirs != yours]


def sources_before(definition, page):
    """The questions of which several options can be ticked on pages before one, for a page that repeats: `[(key, words)]`."""
    return [
        (subject.key, naming.shown(subject.question.text, definition)[:100])
        for subject in subjects_before(definition, page)
        if "includes" in subject.claims
    ]


def page_stamp(definition, key):
    """The stamp of what the form of a page shows. Raises Gone."""
    return stamp_of(page_only_in(editing.page_with(definition, key), definition.languages[0]))


def save_page(request, consultation, key, form, language):
    """Save a page's own words, unless somebody else changed it since. Raises ChangedMeanwhile."""
    cleaned, seen = form.cleaned_data, request.POST.get("seen", "")
    repeat = Repeat(cleaned["repeat"], cleaned["most"] or 2) if cleaned["repeat"] else None

    def edit(newest):
        before = editing.page_with(newest, key)
        texts = {name: said(getattr(before, name), language, cleaned[name]) for name in ("heading", "section")}
        return editing.with_page_changed(newest, key, repeat=repeat, **texts)

    revise_draft(
        consultation,
        edit,
        what=f"changed page {key}",
        by=request.user,
        now=timezone.now(),
        is_as_seen=lambda newest: page_stamp(newest, key) == seen,
    )
    messages.success(request, "The page was saved.")
    return redirect(reverse("build-questions", args=[consultation.slug]) + f"#page-{key}")
