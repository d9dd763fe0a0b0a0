"""Questionnaires brought in from files: as a new consultation's draft, or in place of one that was never published.

Reading the file is in `surveys.interchange`; here it is kept, in one transaction with the record of what became of it.
"""

from datetime import timedelta

from django.db import transaction

from consult import audit
from consult.models import Consultation
from consult.services import create_consultation
from equality.categories import QUESTION_SETS
from equality.population import baseline_choices
from surveys.definition import to_json
from surveys.models import Questionnaire

BEFORE_OPENING = timedelta(weeks=4)
OPEN_FOR = timedelta(weeks=6)
"""The times that a new consultation starts with, for its lead to change."""
LONGEST_SHORT_NAME = 60


class AlreadyPublished(Exception):
    """The questionnaire was published once, so a file may not take its place."""


@transaction.atomic
def begin_from(imported, *, slug, title, team, by, now, file, short_name=""):
    """A new consultation, as a draft, around a questionnaire that was read from a file."""
    title = title or imported.definition.title
    opens_at = (now + BEFORE_OPENING).replace(minute=0, second=0, microsecond=0)
    consultation = create_consultation(
        imported.definition,
        team=team,
        by=by,
        now=now,
        slug=slug,
        title=title,
        short_name=short_name or title[:LONGEST_SHORT_NAME],
        question_set=max(QUESTION_SETS),
        baseline=baseline_choices()[0][0],
        opens_at=opens_at,
        closes_at=opens_at + OPEN_FOR,
    )
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
