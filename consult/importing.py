"""Questionnaires brought in from files: as a new consultation's draft, or in place of one that was never published.

Reading the file is in `surveys.interchange`; here it is kept, in one transaction with the record of what became of it.
"""

from django.db import transaction

from consult import audit
from consult.beginning import begin_consultation
from consult.models import Consultation
from consult.starting_points import StartingPoint
from surveys.definition_json import to_json
from surveys.models import Questionnaire

LONGEST_SHORT_NAME = 60


class AlreadyPublished(Exception):
    """The questionnaire was published once, so a file may not take its place."""


@transaction.atomic
def begin_from(imported, *, slug, title, team, by, now, file, short_name=""):
    """A new consultation, as a draft, around a questionnaire that was read from a file."""
    title = title or imported.definition.title
    start, short_name = StartingPoint(imported.definition, {}), short_name or title[:LONGEST_SHORT_NAME]
    consultation = begin_consultation(start, slug=slug, title=title, short_name=short_name, team=team, by=by, now=now)
    record(consultation, imported, by=by, now=now, file=file)
    return consultation


@transaction.atomic
def replace_questionnaire(consultation, imported, *, by, now, file):
    """Put a questionnaire that was read from a file in place of a draft. Raises AlreadyPublished."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=consultation.questionnaire_id)
    if questionnaire.versions.exists():
        raise AlreadyPublished
    questionnaire.title = imported.definition.title
    questionnaire.draft = to_json(imported.definition)
    questionnaire.revision += 1
    questionnaire.save(update_fields=["title", "draft", "revision"])
    record(consultation, imported, by=by, now=now, file=file)
    return consultation


def record(consultation, imported, *, by, now, file):
    """Note where the questionnaire came from, and everything that was changed or not kept."""
    audit.record(
        "questionnaire imported",
        consultation,
        team=consultation.team,
        by=by,
        at=now,
        detail={"file": file, **imported.report.to_json()},
    )


def consultation_with(slug):
    """The consultation with this slug, or None."""
    return Consultation.objects.filter(slug=slug).first()
