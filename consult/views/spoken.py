"""Which language a public page is in, how its links go on in it, and how its language links and buttons work.

The address says it (`?language=pl`): pages for everybody know nothing else, so that caches may keep them. What a resident has
begun says it in the draft, and what was sent from a browser in its cookie. See docs/decisions/0032.
"""

from contextlib import contextmanager
from functools import wraps

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import escape_leading_slashes
from django.utils.translation.trans_real import parse_accept_lang_header

from consult import browser
from consult.languages import (
    INTERFACES,
    address_part,
    asked_for,
    page_language,
    plain,
    speaking,
    spoken_code,
    switcher,
)
from consult.middleware import ACCOUNTS, STAFF

EVERY = tuple(INTERFACES)
SWITCH = "speak"
"""The language buttons of a page with a form: what was typed is sent along, is taken by nobody, and is shown again."""
PAGE_LANGUAGE = "page_language"
"""In a form's hidden field: the language of the page that was sent, for when no database can tell it."""
CONSULTATIONS = "/consultations/"
"""Below it lie the pages on which residents fill something in. No password or code that opens answers is asked for there."""


@contextmanager
def in_asked_language(request, choices=EVERY, **more):
    """Speak the language that the address asks for, else the first of the choices; yields what the page is told of it."""
    chosen = asked_for(request, choices) or choices[0]
    with speaking(chosen):
        yield in_languages(request, choices, chosen, **more)


def as_asked(view):
    """A page that is in whatever language of the service its address asks for; `languages` is what it is told of that."""

    @wraps(view)
    def spoken_view(request, **parts):
        with in_asked_language(request) as languages:
            return view(request, languages=languages, **parts)

    return spoken_view


def in_languages(request, choices, chosen, *, page_form=""):
    """What a page is told of its own language, and of the others that it can be read in: addresses that differ in nothing else.

    With `page_form`, the id of its form, they are buttons of that form: see `sent_form`.
    """
    also = {name: value for name, value in request.GET.items() if name != "language"}
    return page_language(chosen) | {
        "languages": switcher(choices, chosen, address=address_of(request), also=also),
        "page_form": page_form,
        "asked_language": chosen,
    }


def address_of(request):
    """The address of a page without what is asked of it, safe in a link: "//elsewhere" stays a page of ours."""
    return escape_leading_slashes(request.get_full_path().partition("?")[0])


def sent_form(form_class, request, *, typed=None, **parts):
    """A page's form: as it was sent, or blank; as it was typed, and not looked at, where only a language was asked for.

    `typed` is what was sent (`{name: value}`), where not all of it is to be read.
    """
    if request.method != "POST":
        return form_class(**parts)
    if SWITCH in request.POST:
        return form_class(initial=typed or request.POST.dict(), **parts)
    return form_class(typed or request.POST, **parts)


def own_languages(name, slug, languages):
    """What the page of this `name` after the send is told of its `languages`: it is drawn once for everybody, wherever it is
    shown, and nothing else that was asked of it is repeated."""
    choices = switcher(languages, spoken_code(), address=reverse(name, args=[slug]))
    return page_language(spoken_code()) | {"languages": choices}


def go_on_to(name, **parts):
    """A redirect to a page, in the language now spoken."""
    return HttpResponseRedirect(reverse(name, kwargs=parts) + address_part())


def in_own_language(view):
    """A page after the send: in the language that this browser answered in, until its address asks for another.

    What is asked for is remembered, where something was sent from this browser.
    """

    @wraps(view)
    def spoken_view(request, slug, **parts):
        remembered = browser.language(request, slug)
        chosen = asked_for(request) or remembered
        with speaking(chosen):
            response = view(request, slug, **parts)
        if chosen != remembered and browser.route(request, slug):
            browser.remember_language(request, response, slug, chosen)
        return response

    return spoken_view


def without_database(request, *, was_read=True):
    """The language of a page that says something went wrong, as far as it can be told when nothing else works.

    That of the address; of the page that was sent, unless that could not be read; that this browser answered in; that it asks
    for; English. Staff pages are English.
    """
    if is_for_staff(request):
        return "en"
    slug = request.path_info.removeprefix(CONSULTATIONS).partition("/")[0]
    said = said_by_page(request) if was_read else None
    told = (asked_for(request), said, browser.route(request, slug).get("language"), *accepted(request))
    return next((language for language in told if language in INTERFACES), "en")


def is_for_staff(request):
    """Whether an address is of staff's pages, which are in English."""
    return request.path_info.startswith((STAFF, ACCOUNTS))


def said_by_page(request):
    """The language that a form's pressed button asks for, or that it says its page was in; None where it says neither."""
    said = (plain(request.POST.get(name)) for name in ("language", PAGE_LANGUAGE))
    return next((language for language in said if language in INTERFACES), None)


def accepted(request):
    """The languages that a browser asks for, first to last, without their regions."""
    return [plain(language) for language, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
