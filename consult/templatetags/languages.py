"""Template tags for words in another language than the page: each says which language it is in (WCAG 3.1.2)."""

from django import template
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from consult.languages import address_part, interface_for, spoken
from surveys.definition import Borrowed

register = template.Library()


@register.filter
def written_in(text, language):
    """The text, marked as being in `language` where the page is in another: `{{ consultation.title|written_in:"en" }}`."""
    written = interface_for(language)
    if not text or written == spoken():
        return text
    return format_html('<span lang="{}" dir="{}">{}</span>', written.tag, written.direction, text)


@register.filter
def paragraphs_in(text, language):
    """A text of several paragraphs, marked in the same way: `{{ consultation.still_open|paragraphs_in:"en" }}`."""
    written, paragraphs = interface_for(language), linebreaks_filter(text)
    if written == spoken():
        return paragraphs
    return format_html('<div lang="{}" dir="{}">{}</div>', written.tag, written.direction, paragraphs)


@register.filter
def in_its_language(text):
    """A text of a questionnaire, marked as being in another language where it is not translated yet."""
    return written_in(text, text.language) if isinstance(text, Borrowed) else text


@register.filter
def answer_in_its_languages(text):
    """An answer in words, with its line breaks, in which each label that is not translated yet is marked.

    Marked whatever language the page is in: the answers may stand in a part of it that is in another.
    """
    parts = getattr(text, "parts", (text,))
    return format_html_join("", "{}", ((lines_in_its_language(part),) for part in parts))


def lines_in_its_language(text):
    """A text with its line breaks, marked where it is Borrowed."""
    lines = linebreaksbr(text)
    if not isinstance(text, Borrowed):
        return lines
    written = interface_for(text.language)
    return format_html('<span lang="{}" dir="{}">{}</span>', written.tag, written.direction, lines)


@register.simple_tag
def not_translated(written="en"):
    """The sentence that stands above a part in the language `written`, where the page is in another."""
    if interface_for(written) == spoken():
        return ""
    return format_html('<p class="nhsuk-hint">{}</p>', gettext("We have not translated this part yet"))


@register.simple_tag
def in_this_language():
    """The end of a link to a page for everybody, so that it goes on in this page's language: `{% in_this_language %}`."""
    return address_part()
