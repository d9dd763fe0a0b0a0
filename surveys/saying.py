"""What an engine says only in English, put into the language now spoken (`django.utils.translation`)."""

from django.utils.formats import number_format
from django.utils.translation import gettext

from surveys.messages import Message


def said(text, language):
    """A Message in the language now spoken, with texts of the questionnaire in `language`; any other text as it is."""
    if not isinstance(text, Message):
        return text
    return text.said(language, translate=gettext, number=written)


def written(number):
    """A number as the language now spoken writes it, its thousands apart: "4,000"."""
    return number_format(number, force_grouping=True)
