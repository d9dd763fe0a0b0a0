"""Pages drawn once and kept with holes in them: what tells one respondent's page from another's is put in at the end.

A page is the same for everybody but for a token against forgery and what this person has said. Drawing it costs many times
what serving it does, so its skeleton is kept in each process under everything it was drawn from.
"""

import re
import secrets
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import conditional_escape

MARK = secrets.token_hex(16)
"""Stands around the name of a hole. Nobody who writes a text can know it, so no text can make a hole."""
HOLE = re.compile(f"{MARK}:([a-z_]+):{MARK}")


def hole(name):
    """What stands in a skeleton where `name` will be put."""
    return f"{MARK}:{name}:{MARK}"


class Skeleton:
    """Markup with holes."""

    def __init__(self, html):
        self.parts = HOLE.split(html)

    def filled(self, **texts):
        """The markup with a text in each hole, escaped unless Django calls it safe."""
        parts = list(self.parts)
        parts[1::2] = [conditional_escape(texts[name]) for name in parts[1::2]]
        return "".join(parts)


def draw(template, context):
    """A template as a Skeleton. It knows no request: what depends on one has a hole, as the token always has."""
    service = {"organisation": settings.ORGANISATION, "service_name": settings.SERVICE_NAME}
    return Skeleton(get_template(template).render(service | context | {"csrf_token": hole("token")}))


def respond_with(skeleton, request, *, status=200, **texts):
    """The response for a skeleton with this request's token, and `texts` in its other holes."""
    return HttpResponse(skeleton.filled(token=get_token(request), **texts), status=status)


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
    """The page around its questions."""
    return frame_with(facts, problems=())


def frame_with(facts, *, problems):
    """The same with an error summary above them: what is wrong is one person's, so it is not kept."""
    return draw(
        "consult/respond/page.html",
        {"page": facts, "problems": list(problems), "has_errors": bool(problems), "body": hole("body")}
        | {"page_title": facts.title, "short_name": facts.short_name, "organisation": facts.organisation}
        | {"language": facts.language, "team_phone": facts.phone},
    )
