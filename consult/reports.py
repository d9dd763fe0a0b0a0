"""From a consultation to its results, report and files: gathers what the engines need and hands it to `exports`."""

from django.utils import timezone

from consult import keys
from consult.judgements.queries import judgements_of
from consult.models import LinkKey
from consult.other_responses.queries import counted_apart
from consult.paper.quality import paper_quality
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
from exports.subjects import PaperFacts, ReportFacts
from surveys.models import Version
from surveys.publishing import latest_version_id

ILLUSTRATIVE = "Illustrative data"
INTERIM = "Interim: still open"
NOT_THE_EDITION = "As it would be today, not as published"


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
    """From submission keys to profile links, as `keys.ProfileLinks`; None once the link key was destroyed."""
    try:
        return keys.ProfileLinks(link_key(consultation))
    except LinkKey.DoesNotExist:
        return None


def results_of(consultation, *, now, policy=None, fresh=False):
    """The consultation's Results, brought up to date; `fresh` for whatever is kept, as `open_results` says."""
    return open_results(subject_of(consultation, policy=policy), now=now, fresh=fresh)


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
        is_open=is_open(consultation, now=now),
        is_decided=stage_at(facts_about(consultation), now) == Stage.DECIDED,
        asks=tuple(consultation.asks),
        documents=tuple(consultation.documents.values_list("title", flat=True)),
        mark=mark_of(consultation, now=now),
        version=version_words(questionnaire),
        paper=paper_facts(consultation),
        apart=counted_apart(consultation),
        judgements=judgements_of(consultation),
    )


def paper_facts(consultation):
    """How well paper forms were keyed; None where none was keyed in a batch."""
    found = paper_quality(consultation)
    return found and PaperFacts(fields_twice=found.fields_twice, differed=found.differed)


def version_words(questionnaire_id):
    """Which version of the questionnaire the report is of, with the beginning of its fingerprint."""
    version = Version.objects.filter(pk=latest_version_id(questionnaire_id)).first()
    if version is None:
        return "not published yet"
    return f"{version.document['title']}, version {version.number} ({version.sha256[:8]})"


def mark_of(consultation, *, now):
    """What is printed on every page: that the data are invented, that the consultation is still open, or that its report was
    published before, in an edition that this is not.
    """
    marks = (
        ILLUSTRATIVE * consultation.is_illustrative,
        INTERIM * is_open(consultation, now=now),
        NOT_THE_EDITION * was_published_before(consultation, now=now),
    )
    return " · ".join(mark for mark in marks if mark)


def was_published_before(consultation, *, now):
    """Whether the report was published earlier than now. An edition is made at the moment of its publication."""
    return consultation.reported_at is not None and consultation.reported_at < now


def is_open(consultation, *, now):
    return stage_at(facts_about(consultation), now) == Stage.OPEN


DOCUMENTS = {"report": compose_report, "eia": compose_assessment}
"""The documents that can be asked for, by the name of their command and download."""


def composed(name, consultation, *, now, results=None):
    """One of DOCUMENTS, of fresh results unless some are given."""
    results = results or results_of(consultation, now=now, fresh=True)
    return DOCUMENTS[name](results, facts_for_report(consultation, now=now), find_baseline(consultation.baseline))


def write_document(consultation, name, format_name, stream, *, now):
    """Write the report or the assessment in a format (html, pdf) to a binary stream."""
    DOCUMENT_FORMATS[format_name].write(composed(name, consultation, now=now), stream)


def released_tables(consultation, *, now, policy=None, results=None):
    """Every released table of the consultation, as a TableBook for any table format."""
    results = results or results_of(consultation, now=now, policy=policy, fresh=True)
    return table_book(results, title=consultation.title, mark=mark_of(consultation, now=now))
