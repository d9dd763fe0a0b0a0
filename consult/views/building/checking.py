"""What the checks say of a draft: its routes, every path through it, its words; and a rehearsal with invented people, with the
report that would be made of their answers."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.checked import checked_draft
from consult.mock_report import MOST_QUESTIONS, is_too_long, mock_report, rehearsed
from consult.permissions import Right, staff_page
from consult.readiness import sentences
from consult.views.building.questions import where_to_mend
from consult.views.building.saying import above
from consult.views.downloads import attachment
from exports.formats import DOCUMENT_FORMATS
from exports.formats.html import document_context
from surveys.drafting import problems
from surveys.naming import shown
from surveys.paths import example_of

MOST_PATHS = 200
"""As many paths as a page lists; how many there are is said."""


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
    question = definition.question(where)
    if question:
        return shown(question.text, definition)
    page = next((page for page in definition.pages if page.key == where), None)
    return (
        (shown(page.heading, definition) or shown(page.questions[0].text, definition))
        if page and page.questions
        else ""
    )


def path_row(definition, number, way):
    """One path as the table shows it: who goes it, in answers, and how many questions they are asked."""
    return {"number": number, "answers": example_of(way, definition), "count": way.count, "pages": len(way.steps)}


@staff_page(Right.BUILD)
@require_safe
def rehearsal(request, consultation):
    """Invented people walk every route in every variant. Nothing of theirs is kept."""
    definition = checked_draft(consultation.questionnaire).definition
    found = rehearsed(definition)
    context = above(consultation, "tasks") | {
        "page_title": "Rehearsal",
        "found": found,
        "never_asked": [(key, name_of(definition, key)) for key in found.never_asked],
        "never_chosen": [(key, *option_of(definition, key, code)) for key, code in found.never_chosen],
        "unfit": sentences(definition, problems(definition)),
        "most_questions": MOST_QUESTIONS if is_too_long(definition) else None,
        "formats": DOCUMENT_FORMATS.values(),
    }
    return render(request, "consult/staff/building/rehearsal.html", context)


def option_of(definition, key, code):
    """The words of a question and of one of its options."""
    question = definition.question(key)
    return shown(question.text, definition), shown(question.option(code).label, definition)


@staff_page(Right.BUILD)
@require_safe
def mock_page(request, consultation):
    """The report as it would be of these questions, made of invented answers. Nothing of it is kept."""
    document = rehearsed_report(consultation)
    context = above(consultation, "rehearsal") | {"page_title": document.title}
    return render(request, "consult/staff/building/mock_report.html", context | document_context(document))


@staff_page(Right.BUILD)
@require_safe
def mock_file(request, consultation, extension):
    """The same as a file."""
    if extension not in DOCUMENT_FORMATS:
        raise Http404
    stream = BytesIO()
    DOCUMENT_FORMATS[extension].write(rehearsed_report(consultation), stream)
    return attachment(HttpResponse(stream.getvalue()), consultation, "mock-report", extension)


def rehearsed_report(consultation):
    """The mock report of a draft. Raises Http404 for one that is too long, or in which something must be mended first."""
    definition = checked_draft(consultation.questionnaire).definition
    if is_too_long(definition) or problems(definition):
        raise Http404
    return mock_report(consultation, now=timezone.now())
