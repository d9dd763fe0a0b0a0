"""One language or variant as a whole: how far each page is, whether people can choose it, who has checked it, taking it out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from consult.translating import StillNeeded, take_out_rendering, why_needed
from consult.views.building.saying import above
from consult.views.languages.around import how_far
from consult.views.languages.listing import check_needed, own_name, states_in_words, texts
from surveys.editing import stamp_of
from surveys.naming import rendering_in_a_sentence, rendering_name, title
from surveys.renderings import VARIANTS, offered, recorded, rendered, renderings_of, state_of
from surveys.revising import ChangedMeanwhile, draft_of
from surveys.translating import State, beside, beside_on, with_check_done, with_offer

CHANGED = "Somebody else changed the words while you were looking. Look at what has changed."


@staff_page(Right.BUILD)
@require_safe
def rendering(request, consultation, rendering):
    """One language or variant: each page of the questionnaire with how far it is, and what can be said of the whole."""
    definition = with_this(consultation, rendering)
    state = state_of(definition, rendering)
    context = above(consultation, "languages") | {
        "page_title": rendering_name(rendering),
        "rendering": rendering,
        "name": rendering_in_a_sentence(rendering),
        "own": own_name(rendering),
        "is_variant": rendering in VARIANTS,
        "is_offered": rendering in offered(definition),
        "is_published": consultation.questionnaire.versions.exists(),
        "is_whole": state.is_whole,
        "states": states_in_words(definition, rendering, state),
        "pages": [page_row(definition, rendering, number, page) for number, page in enumerate(definition.pages, 1)],
        "around": "" if rendering in VARIANTS else how_far(consultation, definition, rendering),
        "is_only_out_of_date": bool(state.out_of_date) and not state.missing,
        "check_needed": check_needed(rendering) if state.needs_check else "",
        "old_seen": stamp_of(out_of_date_in(definition, rendering)),
        "seen": words_stamp(definition, rendering),
    }
    return render(request, "consult/staff/languages/rendering.html", context)


def page_row(definition, rendering, number, page):
    """One page of the questionnaire in the table: its name, and how far it is."""
    states = [text.state for text in beside_on(definition, rendering, page)]
    counts = [(state, states.count(state)) for state in (State.MISSING, State.OUT_OF_DATE)]
    lacks = [f"{count} {state.lower()}" for state, count in counts if count]
    done = len(states) - sum(count for _, count in counts)
    return {
        "key": page.key,
        "number": number,
        "name": title(definition, page.key),
        "state": ", ".join([f"{done} of {texts(len(states))} done", *lacks]) if lacks else "Done",
        "is_done": not lacks,
    }


@staff_page(Right.BUILD)
@require_POST
def offer(request, consultation, rendering):
    """Let people choose a language or variant, or prepare it without letting them."""
    with_this(consultation, rendering)
    is_offered, name = request.POST.get("offer") == "yes", rendering_in_a_sentence(rendering)
    revise_draft(
        consultation,
        lambda newest: with_offer(newest, rendering, is_offered=is_offered),
        what=f"let people choose {name}" if is_offered else f"did not let people choose {name} yet",
        by=request.user,
        now=timezone.now(),
    )
    said = "People can choose it once this is published." if is_offered else "People cannot choose it yet."
    messages.success(request, f"{rendering_name(rendering)}: {said}")
    return redirect("staff-rendering", slug=consultation.slug, rendering=rendering)


@staff_page(Right.BUILD)
@require_POST
def still_right(request, consultation, rendering):
    """Record that what a language or variant says is still right, although the words that it was made of have changed."""
    return said_of_all(
        request,
        consultation,
        rendering,
        lambda newest: recorded(newest, rendering),
        "still right",
        lambda newest: stamp_of(out_of_date_in(newest, rendering)),
    )


@staff_page(Right.BUILD)
@require_POST
def checked(request, consultation, rendering):
    """Record that somebody who knows the language, or uses the variant, has read it."""
    return said_of_all(
        request,
        consultation,
        rendering,
        lambda newest: with_check_done(newest, rendering),
        "checked",
        lambda newest: words_stamp(newest, rendering),
    )


def said_of_all(request, consultation, rendering, edit, said, stamp):
    """Make an edit that says something of a whole language or variant, if its words are still those that were looked at."""
    with_this(consultation, rendering)
    name, seen = rendering_name(rendering), request.POST.get("seen", "")
    try:
        revise_draft(
            consultation,
            edit,
            what=f"said that {name} is {said}",
            by=request.user,
            now=timezone.now(),
            is_as_seen=lambda newest: stamp(newest) == seen,
        )
        messages.success(request, f"{name}: recorded as {said}.")
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
    return redirect("staff-rendering", slug=consultation.slug, rendering=rendering)


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request, consultation, rendering):
    """Take a language or variant out of the draft, once that was confirmed."""
    definition, name = with_this(consultation, rendering), rendering_name(rendering)
    if request.method == "POST":
        return taken_out(request, consultation, rendering)
    written = [text for text in rendered(definition, rendering) if text.own]
    context = above(consultation, "languages") | {
        "page_title": f"Take out {rendering_in_a_sentence(rendering)}?",
        "rendering": rendering,
        "name": name,
        "why_not": why_needed(consultation, rendering),
        "lost": texts(len(written)) if written else "",
        "seen": words_stamp(definition, rendering),
    }
    return render(request, "consult/staff/languages/take_out.html", context)


def taken_out(request, consultation, rendering):
    """What comes of the confirmed removal."""
    seen = request.POST.get("seen", "")
    try:
        take_out_rendering(
            consultation,
            rendering,
            by=request.user,
            now=timezone.now(),
            is_as_seen=lambda newest: words_stamp(newest, rendering) == seen,
        )
    except StillNeeded as why:
        messages.warning(request, str(why))
        return redirect("staff-rendering", slug=consultation.slug, rendering=rendering)
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
        return redirect("staff-rendering", slug=consultation.slug, rendering=rendering)
    messages.success(request, f"{rendering_name(rendering)} was taken out.")
    return redirect("staff-languages", slug=consultation.slug)


def with_this(consultation, rendering):
    """The draft, where it has the language or variant of an address. Raises Http404."""
    definition = draft_of(consultation.questionnaire)
    if rendering not in renderings_of(definition):
        raise Http404
    return definition


def words_stamp(definition, rendering):
    """A stamp of everything that a language or variant says."""
    return stamp_of(tuple(f"{text.place} {text.state} {text.own}" for text in beside(definition, rendering)))


def out_of_date_in(definition, rendering):
    """The texts of a rendering that were made of other words than today's, with those words: what somebody has looked at."""
    places = set(state_of(definition, rendering).out_of_date)
    return tuple(f"{text.place} {text.of}" for text in rendered(definition, rendering) if text.place in places)
