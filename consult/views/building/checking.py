"""What the checks say of a draft: its routes, every path through it, its words; and a rehearsal with invented people."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.checked import checked_draft
from consult.permissions import Right, staff_page
from consult.views.building.questions import where_to_mend
from consult.views.building.saying import above
from surveys.definition import words
from surveys.paths import example_of
from surveys.rehearsal import rehearse
from surveys.revising import draft_of

MOST_PATHS = 200
"""As many paths as a page lists; how many there are is said."""
PEOPLE = 400
"""The most invented people who rehearse while somebody waits for the page."""


@staff_page(Right.BUILD)
@require_safe
def check(request, consultation):
    """Everything that the checks find in the draft, each with a link to where it can be mended."""
    draft = checked_draft(consultation.questionnaire)
    definition, found, ways, findings = draft.definition, draft.routes, draft.paths, draft.findings

    def linked(problem):
        href = where_to_mend(consultation, definition, problem.where)
        return {
            "says": problem.says,
            "quote": getattr(problem, "quote", ""),
            "href": href,
            "about": name_of(definition, problem.where),
        }

    context = above(consultation, "tasks") | {
        "page_title": "Check routes and words",
        "routes": [linked(problem) for problem in found.problems],
        "unsure": found.unsure,
        "errors": [linked(finding) for finding in findings if finding.level == "error"],
        "warnings": [linked(finding) for finding in findings if finding.level == "warning"],
        "ways": ways,
        "number_of_paths": len(ways.paths),
        "rows": [path_row(definition, number, way) for number, way in enumerate(ways.paths[:MOST_PATHS], start=1)],
    }
    return render(request, "consult/staff/building/check.html", context)


def name_of(definition, where):
    """The words of the page or question that a problem is about; "" for the whole questionnaire."""
    language, question = definition.languages[0], definition.question(where)
    if question:
        return words(question.text, language)
    page = next((page for page in definition.pages if page.key == where), None)
    return (words(page.heading, language) or words(page.questions[0].text, language)) if page and page.questions else ""


def path_row(definition, number, way):
    """One path as the table shows it: who goes it, in answers, and how many questions they are asked."""
    return {"number": number, "answers": example_of(way, definition), "count": way.count, "pages": len(way.steps)}


@staff_page(Right.BUILD)
@require_safe
def rehearsal(request, consultation):
    """Invented people walk every route in every variant. Nothing of theirs is kept."""
    definition = draft_of(consultation.questionnaire)
    now = timezone.localdate()
    context = above(consultation, "tasks") | {
        "page_title": "Rehearsal",
        "found": rehearse(definition, seed=now.toordinal(), most=PEOPLE),
    }
    return render(request, "consult/staff/building/rehearsal.html", context)
