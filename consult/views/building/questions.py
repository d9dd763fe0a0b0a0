"""The questions page of the builder: every page and question in order, with buttons that add, move, copy and take out."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from consult.views.building.forms import area
from consult.views.building.saying import above, bound_problems, rule_in_words
from surveys import editing
from surveys.definition import Page, Question
from surveys.drafting import problems
from surveys.editing import NO_STAMP, Gone, stamp_of
from surveys.kinds import KINDS
from surveys.naming import shown
from surveys.revising import ChangedMeanwhile, draft_of, keys_ever_used

CHANGED = "Somebody else changed the questions while you were looking at them. This is how they stand now. Try again."
SAID = "builder-said"
"""What the list says to screen readers once, after something was moved."""
FURTHER = {"up": -1, "down": 1}


@staff_page(Right.BUILD)
@require_safe
def questions(request, consultation):
    """The questionnaire's draft in order, with what can be done to each page and question."""
    definition = draft_of(consultation.questionnaire)
    context = above(consultation, "tasks") | {
        "page_title": "Questions",
        "said": request.session.pop(SAID, ""),
        "pages": shown_pages(definition),
        "order": stamp_of(editing.order_of(definition)),
        "unfit": [
            {"text": problem.says, "href": where_to_mend(consultation, definition, problem.where)}
            for problem in problems(definition)
        ],
    }
    return render(request, "consult/staff/building/questions.html", context)


def shown_pages(definition):
    """What the list shows of each page, with the number of each question."""
    number, found = 0, []
    for place, page in enumerate(definition.pages):
        asked = []
        for question in page.questions:
            number += 1
            ends = {"is_first": question is page.questions[0], "is_last": question is page.questions[-1]}
            asked.append(shown_question(definition, question, number) | ends)
        heading = shown(page.heading, definition)
        found.append(
            {
                "key": page.key,
                "heading": heading,
                "name": heading or (asked[0]["text"] if asked else page.key),
                "section": shown(page.section, definition),
                "rule": rule_in_words(page.shown_if, definition, "page"),
                "rule_place": f"page:{page.key}",
                "repeat": repeat_in_words(definition, page),
                "questions": asked,
                "is_first": place == 0,
                "is_last": place == len(definition.pages) - 1,
            }
        )
    return found


def shown_question(definition, question, number):
    return {
        "key": question.key,
        "number": number,
        "text": shown(question.text, definition),
        "kind": KINDS[question.kind].label,
        "required": question.required,
        "options": [shown(option.label, definition) for option in question.options],
        "rule": rule_in_words(question.shown_if, definition, "question"),
        "rule_place": f"question:{question.key}",
    }


def repeat_in_words(definition, page):
    """That a page is asked once for each option ticked, in words; "" for a plain page."""
    if page.repeat is None:
        return ""
    source = definition.question(page.repeat.question)
    about = shown(source.text, definition) if source else "a question that was taken out"
    return f"Asked once for each option ticked at “{about}”, {page.repeat.most} at most"


def where_to_mend(consultation, definition, key):
    """The page on which a problem at a page or question can be mended."""
    if definition.question(key):
        return reverse("build-question", args=[consultation.slug, key])
    if any(page.key == key for page in definition.pages):
        return reverse("build-page", args=[consultation.slug, key])
    return reverse("build-questions", args=[consultation.slug])


# Adding -------------------------------------------------------------------------------------------------------------------


class NewQuestionForm(forms.Form):
    """What sort of question, and its words."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="What sort of question?",
        choices=[(name, kind.label) for name, kind in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what sort of question it is"},
    )
    text = area("What do you ask?", required=True, error_messages={"required": "Write the question"})


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, consultation):
    """Add a question: on a page of its own after the page named in `after`, or on the page named in `on`."""
    after, on = request.GET.get("after", ""), request.GET.get("on", "")
    form = NewQuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        taken = keys_ever_used(consultation.questionnaire)
        question = new_question(form.cleaned_data, definition=draft_of(consultation.questionnaire), taken=taken)
        edit = adding(question, after=after, on=on, page=editing.new_key("p", taken))
        if made(request, consultation, edit, what=f"added question {question.key}"):
            return redirect("build-question", slug=consultation.slug, question=question.key)
        return redirect("build-questions", slug=consultation.slug)
    context = above(consultation, "questions") | {"page_title": "Add a question", "form": form}
    status = 422 if form.errors else 200
    return render(request, "consult/staff/building/add.html", context | bound_problems(form), status=status)


def new_question(cleaned, *, definition, taken):
    """The question that the form asks for, with what its kind begins with."""
    return Question(
        key=editing.new_key("q", taken),
        kind=cleaned["kind"],
        text={definition.languages[0]: cleaned["text"]},
        options=KINDS[cleaned["kind"]].starting_options(),
    )


def adding(question, *, after, on, page):
    if on:
        return lambda definition: editing.with_question(definition, question, page=on)
    return lambda definition: editing.with_page(
        definition, Page(page, (question,), section=section_at(definition, after)), after=after
    )


def section_at(definition, after):
    """A new page begins in the section of the one it follows."""
    before = editing.page_with(definition, after) if after else next(reversed(definition.pages), None)
    return before.section if before else {}


# Moving, copying, taking out ----------------------------------------------------------------------------------------------


@staff_page(Right.BUILD)
@require_POST
def move(request, consultation, what, key):
    """Move a page or question up or down by one place. The focus goes with it."""
    way = request.POST.get("way", "")
    if way not in FURTHER:
        raise Http404
    shift = editing.with_page_moved if what == "page" else editing.with_question_moved
    seen = request.POST.get("order", "")
    done = made(
        request,
        consultation,
        lambda definition: shift(definition, key, by=FURTHER[way]),
        what=f"moved {what} {key} {way}",
        is_as_seen=lambda definition: stamp_of(editing.order_of(definition)) == seen,
    )
    if not done and "HX-Request" in request.headers:
        # Only the list would be put in its place: why nothing moved stands above it.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if done:
        request.session[SAID] = moved_words(done[1], what, key)
    return redirect(reverse("build-questions", args=[consultation.slug]) + f"#{way}-{what}-{key}")


def moved_words(definition, what, key):
    """Where something stands now, in words: "Question 5 moved to position 4" once it is moved."""
    keys = [page.key for page in definition.pages] if what == "page" else [q.key for q in definition.questions()]
    place = keys.index(key) + 1
    name = (
        shown(editing.question_with(definition, key).text, definition)
        if what == "question"
        else shown(editing.page_with(definition, key).heading, definition) or "The page"
    )
    return f"“{name[:80]}” is now {what} {place} of {len(keys)}"


@staff_page(Right.BUILD)
@require_POST
def copy(request, consultation, key):
    """Make a copy of a question, under a key of its own."""
    taken = keys_ever_used(consultation.questionnaire)
    new = {"copy": editing.new_key("q", taken), "page": editing.new_key("p", taken)}
    done = made(
        request,
        consultation,
        lambda definition: editing.with_question_copied(definition, key, **new),
        what=f"copied question {key} as {new['copy']}",
    )
    if done:
        messages.success(request, "The question was copied. This is the copy.")
        return redirect("build-question", slug=consultation.slug, question=new["copy"])
    return redirect("build-questions", slug=consultation.slug)


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, consultation, what, key):
    """Take a page or question out of the draft, once it was confirmed. Answers that were given to it stay counted."""
    definition = draft_of(consultation.questionnaire)
    try:
        part = editing.page_with(definition, key) if what == "page" else editing.question_with(definition, key)
    except Gone as gone:
        raise Http404 from gone
    if request.method == "POST":
        take_out = editing.without_page if what == "page" else editing.without_question
        seen = request.POST.get("seen", NO_STAMP)
        done = made(
            request,
            consultation,
            lambda newest: take_out(newest, key),
            what=f"took out {what} {key}",
            is_as_seen=lambda newest: whole_stamp(newest, what, key) == seen,
        )
        if done:
            messages.success(request, f"The {what} was taken out.")
        return redirect("build-questions", slug=consultation.slug)
    asked = part.questions if what == "page" else (part,)
    context = above(consultation, "questions") | {
        "page_title": f"Take out this {what}?",
        "what": what,
        "questions": [shown(question.text, definition) for question in asked],
        "asked_about_by": [shown(q.text, definition) for q in depending(definition, {q.key for q in asked})],
        "was_published": consultation.questionnaire.versions.exists(),
        "seen": whole_stamp(definition, what, key),
    }
    return render(request, "consult/staff/building/remove.html", context)


def whole_stamp(definition, what, key):
    """The stamp of a question, or of a page with everything on it."""
    if what == "question":
        return stamp_of(editing.question_with(definition, key))
    page = editing.page_with(definition, key)
    return stamp_of((stamp_of(page), *(stamp_of(question) for question in page.questions)))


def depending(definition, keys):
    """The questions whose rules, or whose page's, look at any of these keys."""
    return [
        question
        for page in definition.pages
        for question in page.questions
        for rule in (page.shown_if, question.shown_if, *(option.shown_if for option in question.options))
        if rule and keys & set(rule.questions())
    ]


# Order by numbers ---------------------------------------------------------------------------------------------------------


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def order(request, consultation):
    """Every page with a number box: type the order and save it once."""
    definition = draft_of(consultation.questionnaire)
    if request.method == "POST":
        seen, keys = request.POST.get("order", ""), in_typed_order(definition, request.POST)
        made(
            request,
            consultation,
            lambda newest: editing.with_pages_ordered(newest, keys),
            what="changed the order of pages",
            is_as_seen=lambda newest: stamp_of(editing.order_of(newest)) == seen,
        )
        return redirect("build-questions", slug=consultation.slug)
    context = above(consultation, "questions") | {
        "page_title": "Change the order of pages",
        "pages": shown_pages(definition),
        "order": stamp_of(editing.order_of(definition)),
    }
    return render(request, "consult/staff/building/order.html", context)


def in_typed_order(definition, posted):
    """The keys of pages by the numbers typed; a box without a number leaves its page where it is."""
    typed = []
    for place, page in enumerate(definition.pages, start=1):
        text = posted.get(f"place-{page.key}", "").strip()
        number = int(text) if text.isdecimal() and len(text) <= len(str(len(definition.pages))) + 1 else place
        # A page that was given another's number goes before it when it moves up and behind it when it moves down.
        typed.append((number, 0 if number < place else 1 if number == place else 2, place, page.key))
    return [key for *_, key in sorted(typed)]


def made(request, consultation, edit, *, what, is_as_seen=None):
    """Make an edit as the person who asks for it; (before, after), or None with a message where somebody was quicker."""
    try:
        return revise_draft(consultation, edit, what=what, by=request.user, now=timezone.now(), is_as_seen=is_as_seen)
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
        return None
