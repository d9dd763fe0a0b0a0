"""Keeping a picture of a team's own: a command."""

import secrets

from django.db import transaction

from consult import audit
from consult.own_pictures.models import OwnPicture
from consult.own_pictures.redrawing import redrawn
from surveys.text import clean_text

MOST_PICTURES = 300
"""As many may a team keep."""


class EnoughPictures(Exception):
    """The team has MOST_PICTURES."""


@transaction.atomic
def add_picture(team, raw, *, shows, by, now):
    """Keep a picture of a team. Raises PictureRefused and EnoughPictures; returns the OwnPicture."""
    body, extension = redrawn(raw)
    if team.own_pictures.count() >= MOST_PICTURES:
        raise EnoughPictures
    file = f"own-{secrets.token_hex(8)}.{extension}"
    kept = OwnPicture.objects.create(
        team=team, file=file, shows=clean_text(shows), body=body, added_by=audit.actor_of(by), added_at=now
    )
    audit.record("picture added", kept, team=team, by=by, at=now, detail={"file": file, "shows": kept.shows})
    return kept
