"""A piece of a questionnaire's JSON document, read with complaints that name the place. Pure.

What the pieces mean is in `definition.py`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VARIANT_NAME = re.compile(r"^[a-z][a-z_]{0,19}$")


class DefinitionError(ValueError):
    """The document is not a questionnaire. `where` names the place, such as `pages[2].questions[0]`."""

    def __init__(self, where: str, problem: str):
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


@dataclass(frozen=True)
class Source:
    """A piece of a JSON document and where it was found, read with complaints that name the place."""

    value: Any
    where: str

    def mapping(self) -> "Source":
        if not isinstance(self.value, Mapping):
            raise DefinitionError(self.where, "must be an object")
        return self

    def get(self, name: str) -> Any:
        return self.mapping().value.get(name)

    def text(self, name: str) -> str:
        value = self.get(name)
        if not isinstance(value, str) or not value:
            raise DefinitionError(self.where, f'"{name}" must be text')
        return value

    def text_or_nothing(self, name: str) -> str:
        return "" if self.get(name) in (None, "") else self.text(name)

    def named(self, name: str) -> Mapping[str, Any]:
        child = self.child(name)
        return dict(child.value) if child else {}

    def languages(self) -> tuple[str, ...]:
        if self.get("languages") is None:
            return ("en",)
        if self.get("languages") == []:
            raise DefinitionError(self.where, '"languages" must be a list of language codes, such as ["en"]')
        return self.names("languages", 'language codes, such as ["en"]')

    def names(self, name: str, wanted: str) -> tuple[str, ...]:
        value = self.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise DefinitionError(self.where, f'"{name}" must be a list of {wanted}')
        return tuple(value)

    def variants(self, *texts: str, has_picture: bool = True) -> Mapping[str, Mapping[str, Any]]:
        """What each variant says here in place of the standard words: these texts, and a picture with words for it."""
        held = self.child("variants")
        if held is None:
            return {}
        if not all(isinstance(name, str) and VARIANT_NAME.match(name) for name in held.value):
            raise DefinitionError(held.where, "must be named in lower-case letters and _, such as easy_read")
        pictured = ("picture", "alt") if has_picture else ()
        return {
            name: Source(wording, f"{held.where}.{name}").wording((*texts, *pictured))
            for name, wording in held.value.items()
        }

    def wording(self, names: Sequence[str]) -> Mapping[str, Any]:
        """What one variant says: every one of `names` is texts by language, but `picture`, which names a file."""
        if not set(self.mapping().value) <= set(names):
            raise DefinitionError(self.where, f"may hold only {', '.join(names)}")
        return {name: self.text(name) if name == "picture" else self.words(name) for name in self.value}

    def records(self, name: str) -> Mapping[str, Mapping[str, str]]:
        """`{name: {place: text}}`."""
        child = self.child(name)
        if child is None:
            return {}
        for record in child.value.values():
            if not isinstance(record, Mapping) or not all(isinstance(text, str) for text in record.values()):
                raise DefinitionError(child.where, "must hold a text for each place, by language or variant")
        return {rendering: dict(record) for rendering, record in child.value.items()}

    def whole(self, name: str) -> int:
        value = self.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise DefinitionError(self.where, f'"{name}" must be a whole number')
        return value

    def words(self, name: str) -> Mapping[str, str]:
        value = self.get(name) or {}
        if not isinstance(value, Mapping) or not all(isinstance(word, str) for word in value.values()):
            raise DefinitionError(self.where, f'"{name}" must be texts by language, such as {{"en": "…"}}')
        return dict(value)

    def texts(self, name: str) -> tuple[Mapping[str, str], ...]:
        """A list of texts by language."""
        value = self.get(name) or []
        if not isinstance(value, list):
            raise DefinitionError(self.where, f'"{name}" must be a list')
        return tuple(
            Source({"text": text}, f"{self.where}.{name}[{index}]").words("text") for index, text in enumerate(value)
        )

    def child(self, name: str) -> "Source | None":
        value = self.get(name)
        return None if value is None else Source(value, f"{self.where}.{name}").mapping()

    def parts(self, name: str) -> "Sequence[Source]":
        value = self.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise DefinitionError(self.where, f'"{name}" must be a list')
        return [
            Source(part, f"{self.where}.{name}[{index}]".removeprefix("the questionnaire.")).mapping()
            for index, part in enumerate(value)
        ]
