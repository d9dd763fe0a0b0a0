"""Pages drawn once and kept with holes in them: what tells one respondent's page from another's is put in at the end.

A page is the same for everybody but for a token against forgery and what this person has said. Drawing it costs many times
what serving it does, so its skeleton is kept in each process under everything it was drawn from.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.translation import get_language, gettext

from consult.languages import page_language, speaking, switcher
from surveys.drawing import page_body
from surveys.languages import direction_of
from surveys.publishing import asked_definition
from surveys.skeleton import Skeleton, hole


def draw(template, context):
    """A template as a Skeleton. It knows no request: what depends on one has a hole, as the token always has.

    It is drawn in the language that the context names, else in the one that is spoken now.
    """
    language = context.get("language") or get_language()
    with speaking(language):
        service = {"organisation": settings.ORGANISATION, "service_name": gettext(settings.SERVICE_NAME)}
        # Questions may read from another side than the words around them, which the context then says.
        said = service | page_language(language) | context | {"language": page_language(language)["language"]}
        said |= {"csrf_token": hole("token")}
        return Skeleton(get_template(template).render(said))


def respond_with(skeleton, request, *, status=200, **texts):
    """The response for a skeleton with this request's token, and `texts` in its other holes.

    Asked for by a plain address it repeats nothing that was sent, and says so: then it may be compressed. What a form sent, or
    stood in the address, may be in it otherwise.
    """
    response = HttpResponse(skeleton.filled(token=token_for(request), **texts), status=status)
    response.repeats_nothing_sent = request.method == "GET" and not request.GET
    return response


def token_for(request):
    """The token against forgery for the form of the page that answers a request.

    The one that a form was sent with was found good before the view was called, and is good for the next form of this browser:
    making another is a tenth of the work of a page. Who has no good one, as a forger has not, is given a new one each time.
    """
    return request.POST.get("csrfmiddlewaretoken") or get_token(request)


@dataclass(frozen=True)
class PageFacts:
    """Everything a question page's frame is drawn from. `url` is its own address, "" where a form goes back to where it stood.

    `languages` are the codes of those it may be read in."""

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
    languages: tuple[str, ...] = ()
    url: str = ""


@lru_cache(maxsize=4_096)
def kept_frame(facts, *, has_errors):
    """The page around its questions, kept: with a hole for them and, where there are errors, for their summary."""
    return frame(facts, has_errors=has_errors)


def frame(facts, *, has_errors, is_preview=False):
    """The same, drawn anew: for a page whose words repeat what somebody typed."""
    return draw(
        "consult/respond/page.html",
        {"page": facts, "has_errors": has_errors, "is_preview": is_preview, "body": hole("body")}
        | {"summary": hole("summary") if has_errors else ""}
        | {"page_title": facts.title, "short_name": facts.short_name, "organisation": facts.organisation}
        | {"language": facts.language, "direction": direction_of(facts.language)}
        | {"team_phone": facts.phone, "page_form": "page", "own_url": facts.url}
        | {"languages": switcher(facts.languages, facts.language)},
    )


@lru_cache(maxsize=4_096)
def blank_body(version_id, variant, language, key):
    """The questions of a page that is the same to everybody, with nothing answered. To be drawn while its language is spoken."""
    questions = asked_definition(version_id, variant).page(key).questions
    kept_for = (version_id, variant)
    return page_body(questions, {}, language=language, variant=variant, is_alone=len(questions) == 1, kept_for=kept_for)
