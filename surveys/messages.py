"""Words for respondents that an engine knows only in English, kept so that they can be said in another language. Pure.

A kind of question knows no Django. It says what is wrong as a Message, which is an English sentence to everybody who does not
ask for more; `surveys.saying` puts it into the language of a page.
"""

from collections.abc import Callable, Mapping
from typing import Any

from surveys.definition import words


class Message(str):
    """An English sentence that knows what it was made of: its `id`, under which translations are found, and `parameters`.

    A parameter is a number, what somebody typed, a text of the questionnaire (`{language: words}`), or another Message.
    """

    id: str
    parameters: Mapping[str, Any]

    def __new__(cls, id: str, **parameters: Any) -> "Message":
        message = super().__new__(cls, filled(id, parameters, language="en", translate=str, number="{:,}".format))
        message.id = id
        message.parameters = parameters
        return message

    def said(self, language: str, *, translate: Callable[[str], str], number: Callable[[float], str]) -> str:
        """The sentence in a language: `translate` gives the words of an id, `number` writes a number."""
        return filled(translate(self.id), self.parameters, language=language, translate=translate, number=number)


def filled(
    pattern: str,
    parameters: Mapping[str, Any],
    *,
    language: str,
    translate: Callable[[str], str],
    number: Callable[[float], str],
) -> str:
    """The pattern with its parameters in words. One without parameters is left as it is, braces and all."""

    def in_words(value: Any) -> str:
        if isinstance(value, Message):
            return value.said(language, translate=translate, number=number)
        if isinstance(value, Mapping):
            return words(value, language)
        return number(value) if isinstance(value, int | float) else str(value)

    return pattern.format(**{name: in_words(value) for name, value in parameters.items()}) if parameters else pattern
