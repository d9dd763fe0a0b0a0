"""The task list of a consultation: what is to do before it can be published, and how far each task is."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consult.permissions import Right, staff_page
from consult.task_states import OPTIONAL, Progress


@staff_page(Right.BUILD)
@require_safe
def tasks(request, consultation):
    """The tasks, in the order most people do them. Each can be done at any time."""
    context = {
        "page_title": "Build and check",
        "consultation": consultation,
        "back_to": reverse("staff-consultation", args=[consultation.slug]),
        "back_name": consultation.title,
        "groups": groups(consultation, Progress(consultation)),
    }
    return render(request, "consult/staff/building/tasks.html", context)


def groups(consultation, progress):
    """The groups of tasks: `[(heading, [task])]`. Changes of questions that are out are for when they are out."""

    def task(text, name, *more, state):
        word, colour = state
        tag = {"text": word, "classes": f"nhsuk-tag--{colour}"}
        return {"text": text, "href": reverse(name, args=[consultation.slug, *more]), "state": tag}

    changes = task("Change the questions while it is out", "build-changes", state=OPTIONAL)
    return [
        (
            "Set up",
            [
                task("Title, dates and who decides", "build-facts", "set-up", state=progress.set_up()),
                task("Information for people", "build-facts", "information", state=progress.information()),
                task("Documents to read", "build-documents", state=progress.documents()),
                task("Equality and area", "build-facts", "equality", state=progress.equality()),
            ],
        ),
        (
            "Questions",
            [
                task("Questions and who is asked them", "build-questions", state=progress.questions()),
                task("Languages and easy read", "staff-languages", state=progress.languages()),
            ],
        ),
        (
            "Check",
            [
                task("Preview and share", "build-preview", state=progress.preview()),
                task("Check routes and words", "build-check", state=progress.check()),
                task("Rehearse with invented people", "build-rehearsal", state=progress.rehearsal()),
            ],
        ),
        (
            "Publish",
            [
                task("Last checks, approval and publishing", "staff-publish", state=progress.publishing()),
                *([changes] if progress.is_out else []),
            ],
        ),
    ]
