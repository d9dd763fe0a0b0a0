"""Template tags for words in another language than the page: each says which language it is in (WCAG 3.1.2)."""

from django import template
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, gettext_lazy

from consult.languages import ENGLISH, address_part, as_written, spoken
from consult.nhs import field_params, render
from surveys.definition import Borrowed
from surveys.languages import language_name

register = template.Library()

NAMED = {
    "en-GB": gettext_lazy("in English"),
    "cy": gettext_lazy("in Welsh"),
    "pl": gettext_lazy("in Polish"),
    "ur": gettext_lazy("in Urdu"),
}
"""What is said of a thing that is in a language of the service, by its tag."""


@register.filter
def written_in(text, language):
    """The text, marked as being in `language` where the page is in another: `{{ consultation.title|written_in:"en" }}`."""
    written = as_written(language)
    if not text or written == spoken():
        return text
    return format_html('<span lang="{}" dir="{}">{}</span>', written.tag, written.direction, text)


@register.filter
def paragraphs_in(text, language):
    """A text of several paragraphs, marked in the same way: `{{ consultation.still_open|paragraphs_in:"en" }}`."""
    written, paragraphs = as_written(language), linebreaks_filter(text)
    if written == spoken():
        return paragraphs
    return format_html('<div lang="{}" dir="{}">{}</div>', written.tag, written.direction, paragraphs)


@register.filter
def asked_in(text, language):
    """A text of a questionnaire that is asked in a language, marked where the page is in another than the text."""
    return written_in(text, getattr(text, "language", language))


def marked_problems(problems):
    """The entries of an error summary (`{text, href}`), those in the questionnaire's own words marked with their language."""
    return [
        {"href": each["href"], "html": written_in(each["text"], each["text"].language)}
        if isinstance(each["text"], Borrowed)
        else each
        for each in problems
    ]


@register.filter
def as_told(text, told):
    """What a consultation says of itself: in the language of the page where `told` has it (`renderings.told_in`), else marked as
    English: `{{ consultation.title|as_told:told }}`."""
    return told.get(text) or written_in(text, ENGLISH.tag)


@register.filter
def paragraphs_as_told(text, told):
    """A text of several paragraphs, in the same way."""
    return linebreaks_filter(told[text]) if told.get(text) else paragraphs_in(text, ENGLISH.tag)


@register.filter
def answer_in_its_languages(text):
    """An answer in words, with its line breaks, in which each label that is not translated yet is marked.

    Marked whatever language the page is in: the answers may stand in a part of it that is in another.
    """
    parts = getattr(text, "parts", (text,))
    return format_html_join("", "{}", ((lines_in_its_language(part),) for part in parts))


@register.filter
def answer_asked_in(text, language):
    """The same for a question asked in a language, marked as a whole where the page is in another."""
    lines, written = answer_in_its_languages(text), as_written(language)
    if written == spoken():
        return lines
    return format_html('<span lang="{}" dir="{}">{}</span>', written.tag, written.direction, lines)


def lines_in_its_language(text):
    """A text with its line breaks, marked where it is Borrowed."""
    lines = linebreaksbr(text)
    if not isinstance(text, Borrowed):
        return lines
    written = as_written(text.language)
    return format_html('<span lang="{}" dir="{}">{}</span>', written.tag, written.direction, lines)


@register.simple_tag
def not_translated(written="en"):
    """The sentence that stands above a part in the language `written`, where the page is in another."""
    if as_written(written) == spoken():
        return ""
    return format_html('<p class="nhsuk-hint">{}</p>', gettext("We have not translated this part yet"))


@register.simple_tag
def field_in(bound, language, **params):
    """A form field for words in a language: its box says so, and writes from that language's side."""
    component, drawn = field_params(bound)
    written = as_written(language)
    attributes = {"lang": written.tag, "dir": written.direction}
    return render(component, drawn | {"attributes": attributes} | params)


@register.simple_tag(takes_context=True)
def in_this_language(context):
    """The end of a link to a page for everybody, so that it goes on in this page's language: `{% in_this_language %}`.

    Where the page says what language (`asked_language`) its questions are in, in that.
    """
    return address_part(context.get("asked_language"))


@register.simple_tag
def hreflang(language):
    """The attribute of a link to something in a language, where the page is in another."""
    written = as_written(language)
    return "" if written == spoken() else format_html(' hreflang="{}"', written.tag)


@register.simple_tag
def said_to_be_in(language):
    """The end of a link's text: which language the thing behind it is in, in the page's words, where the page is in another."""
    written = as_written(language)
    if written == spoken():
        return ""
    return format_html(" ({})", NAMED.get(written.tag) or language_named(written))


def language_named(written):
    """The same of a language that the service does not speak: in English by its English name, else as it calls itself, marked."""
    if spoken() == ENGLISH:
        return f"in {language_name(written.tag)}"
    name = format_html('<span lang="{}" dir="{}">{}</span>', written.tag, written.direction, written.name)
    return format_html(gettext("language: {language}"), language=name)


@register.simple_tag(takes_context=True)
def told_short_name(context):
    """The consultation's short name as plain words for the title of a page: as told in its language, else as it stands; or ""."""
    name = context.get("short_name", "")
    return (context.get("told") or {}).get(name, name)
