"""The HTML of question pages, rendered once and kept: what tells one respondent's page from another's is put in at the end.

A page is the same for everybody but for a token against forgery and, on the way back, the answers already given. Drawing it
costs many times what serving it does, so its skeleton is kept in each process under everything it was drawn from.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template

from surveys.definition import words

TOKEN = "@@token@@"  # noqa: S105 -- the place of a token, not one
BODY = "@@body@@"


@dataclass(frozen=True)
class PageFacts:
    """Everything a question page's frame is drawn from."""

    slug: str
    short_name: str
    organisation: str
    phone: str
    title: str
    heading: str
    caption: str
    back_url: str
    button: str
    notice: str
    language: str
    is_illustrative: bool


@lru_cache(maxsize=4_096)
def frame(facts):
    """The page around its form's token and body, as three strings."""
    return split(render(facts, problems=()))


def render(facts, *, problems):
    return get_template("consult/respond/page.html").render(
        {"page": facts, "problems": list(problems), "has_errors": bool(problems), "token": TOKEN, "body": BODY}
        | {"page_title": facts.title, "short_name": facts.short_name, "organisation": facts.organisation}
        | {"language": facts.language, "team_phone": facts.phone}
    )


def split(html):
    before, rest = html.split(TOKEN)
    between, after = rest.split(BODY)
    return before, between, after


KEPT_BODIES = {}
"""Bodies of pages that show no words of anybody's, by (version, step, language, variant, what is drawn, what is chosen)."""
MOST_BODIES = 4_096


def kept_body(form, step, *, version_id, variant):
    """The drawn controls of a page with no answers or with options alone, kept under what they were drawn from."""
    # From the form, whose texts repeat earlier answers: kept under less, one person's would be shown to another.
    drawn_from = tuple(
        (
            question.key,
            words(question.text, form.language),
            words(question.hint, form.language),
            tuple(option.code for option in question.options),
            tuple((line.key, words(line.label, form.language)) for line in question.statements),
        )
        for question in form.questions
    )
    key = (version_id, step.key, form.language, variant, drawn_from, form.chosen)
    if key not in KEPT_BODIES:
        if len(KEPT_BODIES) >= MOST_BODIES:
            KEPT_BODIES.clear()
        KEPT_BODIES[key] = form.body(page_heading=len(step.questions) == 1)
    return KEPT_BODIES[key]


def question_page(request, form, step, facts, *, version_id, variant):
    """The response for one question page: from the kept frame where nothing is wrong, drawn afresh where something is."""
    problems = form.problems() if form.is_bound else ()
    before, between, after = split(render(facts, problems=problems)) if problems else frame(facts)
    if form.chosen is not None:
        body = kept_body(form, step, version_id=version_id, variant=variant)
    else:
        body = form.body(page_heading=len(step.questions) == 1)
    return HttpResponse("".join((before, get_token(request), between, body, after)), status=422 if problems else 200)
