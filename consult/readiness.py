"""What is known of a consultation that is to be published, gathered for pre-flight, and what people have said of its tasks.

Which tasks there are and when they are done is decided in `preflight_rules.py` and `preflight.py`.
"""

import re

from consult.checked import checked_draft
from consult.models import PreflightNote
from consult.own_pictures.finding import pictures_of
from consult.permissions import RIGHTS, Right
from consult.preflight import Said, tasks
from consult.preflight_rules import Plan
from consult.starting_points.prompts import prompts_in, prompts_left
from equality.categories import QUESTION_SETS
from equality.population import baseline_choices
from surveys import drafting
from surveys.models import Response
from surveys.naming import title
from surveys.publishing import no_other, pictures_lost
from surveys.renderings import VARIANTS, offered

PLACEHOLDER = re.compile(r"x{3,}|0{4,}|placeholder|\btbc\b|\bto be confirmed\b|\[[^\]]*\]|<[^>]*>", re.IGNORECASE)
"""What stands in an address until there is one, such as "FREEPOST XXXX-XXXX"."""

KNOWN_OTHERWISE = {"no_alt_text"}
"""Findings of the words check that are among the problems of drafting."""


def tasks_of(consultation, *, now, approved_by=""):
    """Every task of pre-flight as it stands now. `approved_by`: the second person, where there is one."""
    return tasks(plan_of(consultation, now=now, approved_by=approved_by), said_of(consultation))


def plan_of(consultation, *, now, approved_by=""):
    """What pre-flight looks at. The questionnaire is read from the row given: it is the caller's who locks it."""
    questionnaire, team = consultation.questionnaire, consultation.team
    checked = checked_draft(questionnaire)
    definition = checked.definition
    return Plan(
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        now=now,
        report_by=consultation.report_by,
        decision_on=consultation.decision_on,
        phone=team.phone,
        email=team.email,
        post=team.postal_address,
        can_answer_format_requests=has_somebody_with(Right.ANSWER_FORMAT_REQUESTS, team),
        # A starting point's prompt states nothing.
        still_open="" if prompts_in(consultation.still_open) else consultation.still_open,
        **with_documents(faults_of(checked, is_picture=pictures_of(consultation.team_id)), consultation),
        placeholders=tuple(placeholders(consultation)),
        pilot_responses=Response.objects.filter(version__questionnaire=questionnaire.pk).count(),
        has_easy_read="easy_read" in definition.variants,
        languages=(definition.languages[0], *(each for each in offered(definition) if each not in VARIANTS)),
        question_set=consultation.question_set if consultation.question_set in QUESTION_SETS else "",
        baseline=consultation.baseline if consultation.baseline in dict(baseline_choices()) else "",
        revision=questionnaire.revision,
        approved_by=approved_by,
    )


def faults_of(checked, *, is_picture=no_other):
    """What is wrong with a questionnaire (`checked.CheckedDraft`), by the names that a plan has. `is_picture`: as `publish`."""
    definition = checked.definition
    in_renderings = list(drafting.rendering_problems(definition)) if definition.pages else []
    in_pictures = [*drafting.picture_problems(definition), *pictures_lost(definition, is_picture=is_picture)]
    on_routes = checked.routes.problems
    others = [each for each in drafting.problems(definition) if each not in (*in_renderings, *in_pictures)]
    others = [each for each in others if not is_said_better(each, on_routes)]
    errors = [each for each in checked.findings if each.level == "error" and each.code not in KNOWN_OTHERWISE]
    return {
        "route_errors": sentences(definition, [*others, *on_routes]),
        "accessibility_errors": (*sentences(definition, in_pictures), *findings(definition, errors)),
        "rendering_errors": sentences(definition, in_renderings),
        "readability_warnings": findings(definition, [each for each in checked.findings if each.level == "warning"]),
    }


def with_documents(faults, consultation):
    """The same, with what is wrong with the documents to read: each must be a page that a screen reader can read."""
    unread = tuple(
        f"“{document.title}” has no words to read on a web page. Write them, or take the document out."
        for document in consultation.documents.all()
        if not document.body.strip()
    )
    return faults | {"accessibility_errors": (*faults["accessibility_errors"], *unread)}


def is_said_better(problem, on_routes):
    """Whether a problem is one of a rule that the route checker tells in plainer words."""
    return problem.says.startswith("A condition") and problem.where in {each.where for each in on_routes}


def sentences(definition, problems):
    """Problems as sentences that say which question they are about."""
    return tuple(sentence(definition, problem) for problem in problems)


def sentence(definition, problem):
    """One problem: its place by the words of its question, unless it says them itself."""
    called = f"“{title(definition, problem.where)}”" if problem.where else ""
    place = f"{called}: " if called and called not in problem.says else ""
    return f"{place}{problem.says}."


def findings(definition, found):
    """Findings of the words check as sentences, with the words that each is about."""
    return tuple(f"{sentence(definition, each)}{quoted(definition, each)}" for each in found)


def quoted(definition, finding):
    """The words of a finding, unless its place says them already."""
    is_said = not finding.quote or finding.quote == title(definition, finding.where) or finding.quote in finding.says
    return "" if is_said else f" The words: “{finding.quote}”."


def placeholders(consultation):
    """Where an address is still to be filled in: in the team's, and in lines of documents that name a freepost address."""
    documents = consultation.documents.all()
    lines = [("The team’s postal address", consultation.team.postal_address)]
    lines += [
        (f"“{document.title}”", line)
        for document in documents
        for line in document.body.splitlines()
        if "freepost" in line.lower()
    ]
    for place, text in lines:
        if found := PLACEHOLDER.search(text):
            yield f"{place} says “{found[0]}”."
    yield from prompts_of(consultation)


def prompts_of(consultation):
    """What a starting point left to be written: in the questions, in what the consultation says of itself, in its documents."""
    facts = {name: getattr(consultation, name) for name in FACTS}
    definition = checked_draft(consultation.questionnaire).definition
    for prompt in prompts_left(definition, facts):
        place = FACTS[prompt.where] if prompt.is_fact else f"“{title(definition, prompt.where)}”"
        yield f"Replace “{prompt.says}” in {place}."
    for document in consultation.documents.all():
        yield from (f"Replace “{says}” in “{document.title}”." for says in prompts_in((document.title, document.body)))


FACTS = {
    "title": "the title",
    "short_name": "the short name",
    "topic": "the topic",
    "area": "the area",
    "summary": "the 1 or 2 sentences about it",
    "purpose": "“What is this about?”",
    "still_open": "“What is decided already, and what is not?”",
    "asks": "“What can people tell you?”",
    "decided_by": "“Who decides?”",
}
"""What a consultation says of itself to the public, each by what the pages of the builder call it."""


def has_somebody_with(right, team):
    """Whether somebody in the team holds a right."""
    return team.memberships.filter(role__in=[role for role, rights in RIGHTS.items() if right in rights]).exists()


def said_of(consultation):
    """`{task: Said}`: the last that people said of each task."""
    return {
        note.task: Said(note.about, note.words, note.by, note.at, is_tick=note.is_tick)
        for note in PreflightNote.objects.filter(consultation=consultation)
    }
