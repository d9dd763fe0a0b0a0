"""A team's own pictures by the names that documents have for them."""

import re

from consult.own_pictures.models import OwnPicture

OWN = re.compile(r"^own-[0-9a-f]{16}\.(png|jpg)$")
"""What a document calls a team's own picture. Nobody can guess one."""


def own_choices(team_id):
    """A team's pictures as choices by the name of their files: `[("own-….png", "A bus")]`. One query."""
    return list(OwnPicture.objects.filter(team=team_id).values_list("file", "shows"))


def pictures_of(team_id):
    """Whether there is a picture of a name that a team's questionnaires can show, as a function of the name."""

    def is_there(file):
        return bool(OWN.match(file)) and OwnPicture.objects.filter(team=team_id, file=file).exists()

    return is_there


def body_of(team_id, file):
    """The bytes of a team's picture; None where it has none of that name."""
    found = (
        OWN.match(file) and OwnPicture.objects.filter(team=team_id, file=file).values_list("body", flat=True).first()
    )
    return bytes(found) if found else None
