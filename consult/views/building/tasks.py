"""The task list of a consultation: what is to do before it can be published, and how far each task is."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consult.approval import Standing, approval_of
from consult.checked import checked_draft
from consult.permissions import Right, staff_page
from consult.starting_points.prompts import prompts_in, prompts_left
from surveys.drafting import problems
from surveys.renderings import offered, state_of
from surveys.revising import draft_of

NOT_STARTED = ("Not started", "blue")
IN_PROGRESS = ("In progress", "yellow")
ANY_TIME = ("Any time", "white")
COMPLETED = ("Completed", "green")
TO_MEND = ("To mend", "orange")


@staff_page(Right.BUILD)
@require_safe
def tasks(request, consultation):
    """The tasks, in the order most people do them. Each can be done at any time."""
    definition = draft_of(consultation.questionnaire)
    context = {
        "page_title": "Build and check",
        "consultation": consultation,
        "back_to": reverse("staff-consultation", args=[consultation.slug]),
        "back_name": consultation.title,
        "groups": groups(consultation, definition),
    }
    return render(request, "consult/staff/building/tasks.html", context)


def groups(consultation, definition):
    """The groups of tasks: `[(heading, [task])]`."""
    return [
        (
            "Set up",
            [
                task(
                    consultation,
                    "Title, dates and who decides",
                    "build-facts",
                    "set-up",
                    state=set_up_state(consultation),
                ),
                task(
                    consultation,
                    "Information for people",
                    "build-facts",
                    "information",
                    state=information_state(consultation),
                ),
                task(consultation, "Documents to read", "build-documents", state=documents_state(consultation)),
                task(consultation, "Equality and area", "build-facts", "equality", state=COMPLETED),
            ],
        ),
        (
            "Questions",
            [
                task(
                    consultation,
                    "Questions and who is asked them",
                    "build-questions",
                    state=questions_state(definition),
                ),
                task(consultation, "Languages and easy read", "staff-languages", state=languages_state(definition)),
            ],
        ),
        (
            "Check",
            [
                task(consultation, "Preview and share", "build-preview", state=ANY_TIME),
                task(
                    consultation, "Check routes and words", "build-check", state=routes_state(consultation, definition)
                ),
                task(consultation, "Rehearse with invented people", "build-rehearsal", state=ANY_TIME),
            ],
        ),
        (
            "Publish",
            [
                task(
                    consultation,
                    "Last checks, approval and publishing",
                    "staff-publish",
                    state=publishing_state(consultation),
                ),
                task(consultation, "Change the questions while it is out", "build-changes", state=ANY_TIME),
            ],
        ),
    ]


def task(consultation, text, name, *more, state):
    """One line of the list."""
    word, colour = state
    return {
        "text": text,
        "href": reverse(name, args=[consultation.slug, *more]),
        "state": {"text": word, "classes": f"nhsuk-tag--{colour}"},
    }


def set_up_state(consultation):
    dates = (consultation.report_by, consultation.decision_on)
    is_written = consultation.decided_by and not prompts_in(consultation.decided_by)
    return COMPLETED if is_written and all(dates) else IN_PROGRESS


def information_state(consultation):
    told = (consultation.summary, consultation.purpose, consultation.still_open, consultation.asks)
    if any(prompts_in(text) for text in told):
        return IN_PROGRESS
    return COMPLETED if all(told) else IN_PROGRESS if any(told) else NOT_STARTED


def documents_state(consultation):
    """Whether each document has words; there need be none."""
    bodies = [document.body.strip() for document in consultation.documents.all()]
    if not bodies:
        return ANY_TIME
    return COMPLETED if all(bodies) else IN_PROGRESS


def questions_state(definition):
    if not definition.pages:
        return NOT_STARTED
    if problems(definition):
        return TO_MEND
    return IN_PROGRESS if prompts_left(definition, {}) else COMPLETED


def routes_state(consultation, definition):
    """Whether the routes are sound. Words are a matter of judgement, and told on their page."""
    if not definition.pages:
        return NOT_STARTED
    return TO_MEND if checked_draft(consultation.questionnaire).routes.problems else COMPLETED


def languages_state(definition):
    """The state of the languages and variants that people can choose."""
    renderings = offered(definition)
    if not renderings:
        return NOT_STARTED
    return COMPLETED if all(state_of(definition, each).is_whole for each in renderings) else IN_PROGRESS


def publishing_state(consultation):
    """How far it has got on the way from a draft that nobody asked about to a published consultation."""
    if consultation.launched_at:
        return COMPLETED
    return NOT_STARTED if approval_of(consultation).standing == Standing.NOT_ASKED else IN_PROGRESS
