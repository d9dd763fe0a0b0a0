"""The mock report: what the report of a draft would look like, made of what invented people answer. Nothing is stored.

The lead sees it before anybody is asked: whether every answer comes out in a table that can be used, and what the small-number
rule will hide.
"""

from dataclasses import replace
from functools import lru_cache

from consult.checked import drafted, kept
from consult.reports import facts_for_report
from equality.population import find_baseline
from exports.rehearsed import rehearsed_results
from exports.report import compose_report
from surveys.rehearsal import rehearse

PEOPLE = 400
"""How many invented people rehearse: enough for most tables of a report to show numbers."""
MOST_QUESTIONS = 150
"""A longer questionnaire has none: under a rule that publishes true counts each question takes a tenth of a second."""
MARK = "Rehearsal: invented answers"
SUBTITLE = "What a report of these questions will look like. Nobody said any of this"


def is_too_long(definition):
    """Whether a questionnaire has more questions than somebody can wait for."""
    return sum(1 for _ in definition.questions()) > MOST_QUESTIONS


def mock_report(consultation, *, now):
    """The mock report of a consultation's draft, as an `exports.document.Document` with MARK on every page and section.

    The draft must be publishable: see `surveys.drafting.problems`. 1 to 3 seconds the first time for a draft.
    """
    questionnaire = consultation.questionnaire
    results = kept_results(drafted(questionnaire), consultation.policy, consultation.question_set)
    facts = replace(
        facts_for_report(consultation, now=now),
        is_open=False,
        is_decided=False,
        mark=MARK,
        apart=None,
        version=f"{consultation.title}, the draft as it is now (revision {questionnaire.revision})",
    )
    document = compose_report(results, facts, find_baseline(consultation.baseline))
    return replace(document, title=f"Mock report: {consultation.title}", subtitle=SUBTITLE, repeats_mark=True)


@lru_cache(maxsize=8)
def kept_results(draft, policy, question_set):
    """The Results of the rehearsal of a draft (`checked.Drafted`), kept in this process."""
    definition = kept(draft).definition
    return rehearsed_results(definition, rehearsed(definition), policy=policy, question_set=question_set)


def rehearsed(definition):
    """What PEOPLE invented people met and answered (`surveys.rehearsal.Rehearsal`), the same each time."""
    return rehearse(definition, most=PEOPLE, fewest=PEOPLE)
