"""From a consultation to its results, report and files: gathers what the engines need and hands it to `exports`."""

from django.utils import timezone

from consult import keys
from consult.models import LinkKey
from consult.services import facts_about
from consult.stages import Stage, stage_at
from consult.submission import link_key
from consult.wording import long_date, moment
from equality.population import find_baseline
from exports.assessment import compose_assessment
from exports.formats import DOCUMENT_FORMATS
from exports.released import table_book
from exports.report import compose_report
from exports.results import Subject, open_results
from exports.subjects import ReportFacts
from surveys.models import Channel, RespondentType
from surveys.publishing import latest_version_id, published
from surveys.queries import responses_by_channel, responses_by_type

ILLUSTRATIVE = "Illustrative data"
INTERIM = "Interim: still open"


def subject_of(consultation, *, policy=None):
    """What `exports.results` counts for a consultation; `policy` in place of the consultation's own."""
    return Subject(
        questionnaire_id=consultation.questionnaire_id,
        title=consultation.title,
        policy=policy or consultation.policy,
        question_set=consultation.question_set,
        link_of=link_function(consultation),
    )


def link_function(consultation):
    """The function from submission keys to profile links; None once the link key was destroyed."""
    try:
        key = link_key(consultation)
    except LinkKey.DoesNotExist:
        return None
    return lambda submission_key: keys.profile_link(key, submission_key)


def results_of(consultation, *, now, policy=None):
    """The consultation's Results, brought up to date."""
    return open_results(subject_of(consultation, policy=policy), now=now)


def facts_for_report(consultation, *, now):
    """The words of a report's frame."""
    questionnaire = consultation.questionnaire_id
    return ReportFacts(
        title=consultation.title,
        organisation=consultation.team.name,
        purpose=consultation.purpose,
        still_open=consultation.still_open,
        decided_by=consultation.decided_by,
        decision_on=long_date(consultation.decision_on) if consultation.decision_on else "",
        opened=long_date(consultation.opens_at),
        closes=moment(consultation.closes_at),
        made_on=long_date(timezone.localdate(now)),
        asks=tuple(consultation.asks),
        documents=tuple(consultation.documents.values_list("title", flat=True)),
        mark=mark_of(consultation, now=now),
        version=version_words(questionnaire),
        by_channel={str(Channel(name).label): number for name, number in responses_by_channel(questionnaire).items()},
        by_type={str(RespondentType(name).label): number for name, number in responses_by_type(questionnaire).items()},
    )


def version_words(questionnaire_id):
    """Which version of the questionnaire the report is of."""
    version = published(latest_version_id(questionnaire_id))
    return f"{version.definition.title}, version {version.number}"


def mark_of(consultation, *, now):
    """What is printed on every page: that the data are invented, that the consultation is still open, or both."""
    is_open = stage_at(facts_about(consultation), now) == Stage.OPEN
    return " · ".join(part for part in (ILLUSTRATIVE * consultation.is_illustrative, INTERIM * is_open) if part)


def report_document(consultation, *, now):
    """The consultation report as a Document."""
    return compose_report(
        results_of(consultation, now=now), facts_for_report(consultation, now=now), find_baseline(consultation.baseline)
    )


def assessment_document(consultation, *, now):
    """The Equality Impact Assessment summary as a Document."""
    return compose_assessment(
        results_of(consultation, now=now), facts_for_report(consultation, now=now), find_baseline(consultation.baseline)
    )


DOCUMENTS = {"report": report_document, "eia": assessment_document}
"""The documents that can be asked for, by the name of their command and download."""


def write_document(consultation, name, format_name, stream, *, now):
    """Write the report or the assessment in a format (html, pdf) to a binary stream."""
    DOCUMENT_FORMATS[format_name].write(DOCUMENTS[name](consultation, now=now), stream)


def released_tables(consultation, *, now, policy=None):
    """Every released table of the consultation, as a TableBook for any table format."""
    return table_book(results_of(consultation, now=now, policy=policy), title=consultation.title)
