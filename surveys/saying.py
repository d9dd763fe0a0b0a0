"""What an engine says only in English, put into the language now spoken (`django.utils.translation`)."""

from django.utils.formats import number_format
from django.utils.translation import gettext

from surveys.definition import Borrowed, language_of
from surveys.kinds.base import OWN_WORDS
from surveys.messages import Message


def said(text: str, language: str) -> str:
    """A Message in the language now spoken, with texts of the questionnaire in `language`; any other text as it is.

    One that is a text of the questionnaire and nothing else knows what language it is in.
    """
    if not isinstance(text, Message):
        return text
    found = text.said(language, translate=gettext, number=written)
    return Borrowed(found, language_of(text.parameters["own"], language)) if text.id == OWN_WORDS else found


def written(number: float) -> str:
    """A number as the language now spoken writes it, its thousands apart: "4,000"."""
    return number_format(number, force_grouping=True)
