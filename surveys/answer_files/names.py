"""The names of questions and their parts, as the headings of a file may have them. Pure.

A heading may have a question's key, its words in any language, or both with the words of an option, statement or rank, in the
ways that other tools join them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.codebook import Column, column_key, every_round, item_of
from surveys.definition import Definition, Question, words
from surveys.kinds import KINDS
from surveys.likeness import folded, nearest

BETWEEN = (
    "{text}: {label}",
    "{text} - {label}",
    "{text} [{label}]",
    "{text} ({label})",
    "{text} / {label}",
    "{text} {label}",
)
BETWEEN_KEYS = ("{key}.{part}", "{key}_{part}", "{key}/{part}", "{key}[{part}]", "{key}-{part}")


@dataclass(frozen=True)
class Place:
    """Where the cells of a column belong: a question as asked (`c3@1`) and its part, "" for the whole answer. `says` names it."""

    question: str
    part: str
    says: str

    @property
    def key(self) -> str:
        """The key of a place, as a mapping names it: that of the codebook's column."""
        return column_key(self.question, self.part)


def places_of(definition: Definition) -> dict[str, Place]:
    """Every place that a column can have, by its key, in questionnaire order."""
    found = (place for question in every_round(definition) for place in places_in(question, definition))
    return {place.key: place for place in found}


def places_in(question: Question, definition: Definition) -> Iterator[Place]:
    """The places of one question as asked, with the words that name each."""
    kind = KINDS[question.kind]
    item = item_words(question, definition)
    about = words(question.short or question.text) + (f" ({item})" if item else "")
    labels = kind.part_labels(question)
    parts = kind.cell_parts(question)
    for part in parts:
        ending = f": {words(labels[part])}" if part in labels else ", all in one cell" if len(parts) > 1 else ""
        yield Place(question.key, part, f"{column_key(question.key, part)} – {about}{ending}")


def item_words(question: Question, definition: Definition) -> str:
    """The words of the item that a repeated question is asked about; "" for a plain one."""
    return item_of(Column("", 0, 1, question.key, ""), definition)


def names_of_places(definition: Definition) -> dict[str, str]:
    """`{folded heading: place key}` of every heading that names one place and no other."""
    named: dict[str, set[str]] = {}
    for question in every_round(definition):
        for key, name in names_in(question, definition):
            named.setdefault(folded(name), set()).add(key)
    return {name: next(iter(keys)) for name, keys in named.items() if len(keys) == 1}


def names_in(question: Question, definition: Definition) -> Iterator[tuple[str, str]]:
    """(place key, heading) of everything that a heading may call a question or a part of it."""
    kind = KINDS[question.kind]
    item = item_words(question, definition)
    texts = [text + (f" ({item})" if item else "") for text in texts_of(question)]
    labels = kind.part_labels(question)
    for part in kind.cell_parts(question):
        key = column_key(question.key, part)
        yield key, key
        if not part:
            yield from ((key, text) for text in texts)
            continue
        for written in {part, part.removeprefix("#")}:
            yield from ((key, form.format(key=question.key, part=written)) for form in BETWEEN_KEYS)
        for label in labels.get(part, {}).values():
            for text in (question.key, *texts, *(text.rstrip("?.: ") for text in texts)):
                yield from ((key, form.format(text=text, label=label)) for form in BETWEEN)


def texts_of(question: Question) -> list[str]:
    """The words of a question in each language: in full, in short, and of its variants."""
    wordings = [question.text, question.short, *(variant.get("text", {}) for variant in question.variants.values())]
    return [text for wording in wordings for text in wording.values()]


def names_known(definition: Definition) -> set[str]:
    """Every heading, folded, that names a question or a part of one."""
    return {*map(folded, places_of(definition)), *names_of_places(definition), *bare_labels(definition)}


def bare_labels(definition: Definition) -> dict[str, list[str]]:
    """`{folded words of a part: place keys}`, for files that have an option's words alone for a heading."""
    found: dict[str, list[str]] = {}
    for question in every_round(definition):
        for part, label in KINDS[question.kind].part_labels(question).items():
            for text in label.values():
                found.setdefault(folded(text), []).append(column_key(question.key, part))
    return found


def near_places(heading: str, names: Mapping[str, str]) -> list[str]:
    """The place keys whose names come near a heading that names none, the nearest first."""
    return list(dict.fromkeys(names[name] for name in nearest(folded(heading), names)))
