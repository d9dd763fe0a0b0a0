"""The languages that the service itself speaks: its buttons, messages, dates and directions, beside what a consultation asks.

Which language a page is in is the draft's, chosen on the page: there is no LocaleMiddleware, and nothing is read from the
browser. What is not translated yet stays in English and is marked as such on the page.
"""

from dataclasses import dataclass

from django.utils import translation


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


def interface_for(language):
    """The interface for a language of a questionnaire ("pl", "en-GB"); the English one for a language that has none."""
    return INTERFACES.get(plain(language), ENGLISH)


def plain(language):
    """A language code without its region: "en" of "en-GB"."""
    return (language or "").replace("_", "-").partition("-")[0].lower()


def speaking(language):
    """A context manager within which the service speaks a language: `gettext`, dates and numbers."""
    return translation.override(interface_for(language).locale)


def spoken():
    """The interface that is speaking now."""
    return interface_for(translation.get_language())


def direction(language):
    """ "rtl" or "ltr"."""
    return interface_for(language).direction


def page_language(language):
    """What `base.html` is told of a page's language: `{language, direction}`."""
    interface = interface_for(language)
    return {"language": interface.tag, "direction": interface.direction}


def offered(definition):
    """The codes of the languages of a questionnaire that the service speaks too, in the questionnaire's order."""
    return tuple(language for language in definition.languages if plain(language) in INTERFACES)


def asked_for(request, choices=tuple(INTERFACES)):
    """The language that an address asks for (`?language=cy`), where it is among the choices; else None."""
    asked = request.GET.get("language", "")
    return asked if asked in choices else None


def address_part():
    """What makes a link go on in the language now spoken: `?language=cy`, or "" in English, which every address speaks."""
    language = next((code for code, interface in INTERFACES.items() if interface == spoken()), "en")
    return "" if language == "en" else f"?language={language}"


def switcher(languages, current, *, address=""):
    """The choices of `partials/languages.html`, for codes as `offered` gives them.

    With an `address` each is a link that asks it for a language; without, a button of the page's own form.
    """
    return [
        {
            "code": language,
            "name": interface_for(language).name,
            "direction": interface_for(language).direction,
            "current": language == current,
            "href": f"{address}?language={language}" if address else "",
        }
        for language in languages
    ]
