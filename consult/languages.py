"""The languages that the service itself speaks: its buttons, messages, dates and directions, beside what a consultation asks.

Which language a page is in is the draft's, chosen on the page: there is no LocaleMiddleware, and nothing is read from the
browser. What is not translated yet stays in English and is marked as such on the page. Questions may be in a language that the
service does not speak (`surveys.languages`): then they are marked, and the words around them are English.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import translation

from surveys.languages import direction_of, known


@dataclass(frozen=True)
class Interface:
    """One language. `name` is its own; `tag` is what pages say of themselves, `locale` its catalogue, `clock` 12 or 24 hours."""

    tag: str
    locale: str
    name: str
    direction: str = "ltr"
    clock: int = 12


ENGLISH = Interface("en-GB", "en-gb", "English")
INTERFACES = {
    "en": ENGLISH,
    "cy": Interface("cy", "cy", "Cymraeg"),
    "pl": Interface("pl", "pl", "Polski", clock=24),
    "ur": Interface("ur", "ur", "اردو", direction="rtl"),
}
"""By the code that questionnaires use. To add one: a line here, its `locale/<code>`, and a person who checks the words."""
ON_PAPER = INTERFACES | {"ar": Interface("ar", "ar", "العربية", direction="rtl")}
"""The languages that paper forms speak: their words are fewer than those of pages."""


def interface_for(language):
    """The interface for a language of a questionnaire ("pl", "en-GB"); the English one for a language that has none."""
    return INTERFACES.get(plain(language), ENGLISH)


def as_written(language):
    """How words in a language are marked on a page, as an Interface: also one that the service does not speak."""
    if plain(language) in INTERFACES:
        return INTERFACES[plain(language)]
    found = known(language)
    return Interface(language, ENGLISH.locale, found.own, found.direction) if found else ENGLISH


def plain(language):
    """A language code without its region: "en" of "en-GB"."""
    return (language or "").replace("_", "-").partition("-")[0].lower()


def speaking(language):
    """A context manager within which the service speaks a language: `gettext`, dates and numbers."""
    locale = interface_for(language).locale
    # Each page asks for its language several times over; nearly always it is being spoken already.
    return nullcontext() if translation.get_language() == locale else translation.override(locale)


def speaking_on_paper(language):
    """The same for what is printed on a paper form."""
    return translation.override(ON_PAPER.get(plain(language), ENGLISH).locale)


def spoken():
    """The interface that is speaking now."""
    return interface_for(translation.get_language())


def page_language(language):
    """What `base.html` is told of a page's language: `{language, direction}`."""
    interface = interface_for(language)
    return {"language": interface.tag, "direction": interface.direction}


def offered(definition):
    """The codes of the languages of a questionnaire that people can choose: those that we know the name of, in its order."""
    return tuple(language for language in definition.languages if known(language))


def languages_of(definition):
    """The languages that a consultation's pages are read in: those of its questionnaire (None: it has none yet)."""
    return (definition and offered(definition)) or ("en",)


def asked_for(request, choices=tuple(INTERFACES)):
    """The language that an address asks for (`?language=cy`), where it is among the choices; else None."""
    asked = request.GET.get("language", "")
    return asked if asked in choices else None


def address_part(asked=None):
    """What makes a link go on in the language now spoken: `?language=cy`, or "" in English, which every address speaks.

    `asked` is the language that questions were asked for in, where the service may not speak it.
    """
    if asked and plain(asked) not in INTERFACES:
        return f"?language={asked}"
    language = spoken_code()
    return "" if language == "en" else f"?language={language}"


def spoken_code():
    """The code of the language now spoken, as addresses and questionnaires name it: "pl"."""
    return next((code for code, interface in INTERFACES.items() if interface == spoken()), "en")


def switcher(languages, current, *, address="", also=None):
    """The choices of `partials/languages.html`, for codes as `offered` gives them.

    With an `address` each asks it for a language, `also` whatever else the address is asked for (`{name: value}`); without,
    each is a button of the question page's own form.
    """
    return [
        {
            "code": language,
            "name": as_written(language).name,
            "direction": direction_of(language),
            "current": language == current,
            "href": f"{address}?{urlencode({**(also or {}), 'language': language})}" if address else "",
        }
        for language in languages
    ]
