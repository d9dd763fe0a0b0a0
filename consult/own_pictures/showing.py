"""Who may see a team's own picture: everybody, once a public questionnaire shows it; until then its team and its guests."""

from functools import lru_cache

from consult.models import Consultation, Membership, PreviewLink
from consult.services import facts_about
from consult.stages import is_public, stage_at
from surveys.models import Questionnaire, Version
from surveys.publishing import published
from surveys.renderings import pictures
from surveys.revising import draft_of


def is_shown_to_all(picture, *, now):
    """Whether a questionnaire shows it that was published, of a consultation that the public may know of."""
    return any(
        picture.file in files_of_version(version_id)
        for consultation in Consultation.objects.filter(team=picture.team_id)
        if is_public(stage_at(facts_about(consultation), now), withdrawal_words=consultation.withdrawal_words)
        for version_id in Version.objects.filter(questionnaire=consultation.questionnaire_id).values_list(
            "id", flat=True
        )
    )


@lru_cache(maxsize=1_024)
def files_of_version(version_id):
    """The files of the pictures that a version shows. It never changes."""
    return frozenset(picture.file for _, picture in pictures(published(version_id).definition))


def is_in_preview(picture, *, now):
    """Whether a link that works now opens a draft that shows it."""
    opened = PreviewLink.objects.filter(consultation__team=picture.team_id, expires_at__gt=now)
    drafts = Questionnaire.objects.filter(consultation__in=opened.values("consultation"))
    return any(picture.file == shown.file for draft in drafts for _, shown in pictures(draft_of(draft)))


def is_of_own_team(picture, user):
    """Whether somebody signed in is of the team whose picture it is."""
    return user.is_authenticated and Membership.objects.filter(user=user, team=picture.team_id).exists()
