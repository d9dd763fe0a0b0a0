"""What the columns of a file are about: told by their headings, with the keys and words of questions, and by people. Pure.

A column is of a question, of one part of it (an option, a statement, a rank), or of a fact about the row, such as the number on
the paper form. Every other column is left out, and said to be.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.answer_files.names import Place, bare_labels, names_in, names_known, names_of_places, places_of
from surveys.codebook import column_key, every_round
from surveys.definition import Definition
from surveys.kinds import KINDS
from surveys.likeness import folded

FORM_NUMBER, RECEIVED, LANGUAGE, VERSION = FACTS = ("form_number", "received", "language", "version")
"""What a column may say of its row beside answers. A form number is the row's own name: no two rows have the same."""
EXPORTED = {"reference": FORM_NUMBER, "sent on": RECEIVED, "language": LANGUAGE, "version": VERSION}
"""The headings of our own row export that say such a fact."""
SIGNS_OF_OUR_EXPORT = {"reference", "sent on", "answered as", "version"}
FACT_WORDS = {
    FORM_NUMBER: ("form number", "form no", "form id", "paper number", "paper form number", "serial number"),
    RECEIVED: ("received", "received on", "date received", "date of receipt", "sent on"),
    VERSION: ("form version", "version of the form"),
}
WHY_REFUSED, ROW_REFUSED = "Why it was refused", "Row in the file"
"""The headings that a file of refused rows has before those of the file it was made from."""
FEWEST_BARE = 2
"""Headings that are only the words of an option count where at least so many of one question's are there."""
MOST_NAMED = 12


class MatchingError(ValueError):
    """What was said of the columns cannot be; the message says what to put right."""


@dataclass(frozen=True)
class Matching:
    """What the columns of a file are: `{heading: place key}`, `{fact: heading}`, and what words of answers mean.

    `meant` is `{question key: {folded words: option code}}`. `by_code`: numbers are codes, as in our own export.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    by_code: bool = False

    def to_json(self, headings: Sequence[str] = ()) -> dict[str, Any]:
        """The matching as plain JSON values, fit for a mapping file; of all `headings`, those that are left out too."""
        meant = {key: dict(codes) for key, codes in self.meant.items()}
        left_out = dict.fromkeys(heading for heading in headings if heading not in self.facts.values())
        columns = left_out | dict(self.columns)
        return {"columns": columns, **self.facts, "answers": meant, "numbers_are_codes": self.by_code}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Matching":
        """The inverse of `to_json`."""
        facts = {fact: plain[fact] for fact in FACTS if plain.get(fact)}
        order = plain.get("order", plain["columns"])
        columns = {heading: key for heading in order if (key := plain["columns"].get(heading))}
        return cls(columns, facts, plain["answers"], plain["numbers_are_codes"])


# Matching ------------------------------------------------------------------------------------------------------------------


def headings_known(definition: Definition) -> set[str]:
    """Every heading, folded, that says what a column is about; for finding out how a file's cells are parted."""
    facts = {folded(word) for names in FACT_WORDS.values() for word in names}
    return names_known(definition) | facts | set(map(folded, EXPORTED))


def match_headings(
    headings: Sequence[str], definition: Definition, *, said: Mapping[str, Any] | None = None
) -> Matching:
    """What the columns are about, as their headings tell and as somebody `said` (a mapping file's content), which comes first.

    Raises MatchingError for what was said of no column or no question, for two columns of one place, and where no column is of a
    question.
    """
    mapping = plain_mapping(said or {})
    places, names = places_of(definition), names_of_places(definition)
    told = told_places(mapping["columns"], headings, places, definition)
    facts = facts_told(mapping, headings)
    is_ours = set(map(folded, headings)) >= SIGNS_OF_OUR_EXPORT
    columns = {heading: key for heading, key in told.items() if key}
    taken = {*told, *facts.values()}
    for heading, key in matched_places(headings, places, names, definition).items():
        if heading not in taken and key not in columns.values():
            columns[heading] = key
    for fact, heading in matched_facts(headings, is_ours).items():
        if heading not in columns and heading not in told and fact not in mapping:
            facts.setdefault(fact, heading)
    refuse_impossible(columns, facts, places)
    in_order = {heading: columns[heading] for heading in headings if heading in columns}
    meant = meanings(mapping.get("answers", {}), places)
    return Matching(in_order, facts, meant, bool(mapping.get("numbers_are_codes", is_ours)))


def plain_mapping(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, in its full form: a mapping may also be columns alone. Raises MatchingError."""
    whole = dict(said) if "columns" in said else {"columns": dict(said)}
    if not isinstance(whole["columns"], Mapping) or not all(
        key is None or isinstance(key, str) for key in whole["columns"].values()
    ):
        raise MatchingError(
            'A mapping says of each column which question it is of: {"columns": {"Heading": "question"}}'
        )
    return whole


def told_places(
    columns: Mapping[str, str | None], headings: Sequence[str], places: Mapping[str, Place], definition: Definition
) -> dict[str, str]:
    """`{heading: place key}` as somebody said, "" for a column to leave out. Raises MatchingError."""
    if unknown := [heading for heading in columns if heading not in headings]:
        raise MatchingError(f"The file has no column {listed(unknown)}. It has {listed(headings)}")
    questions = {place.question for place in places.values()}
    found = {}
    for heading, key in columns.items():
        if key and key not in places and key not in questions:
            raise MatchingError(f"The questionnaire has no question “{key}”. It has {listed(sorted(questions))}")
        found[heading] = part_meant(key, heading, places, definition) if key else ""
    return found


def part_meant(key: str, heading: str, places: Mapping[str, Place], definition: Definition) -> str:
    """The place that a key means for a column: where it names a question of several parts, the one that the heading names."""
    parts = [place for place in places.values() if place.question == key]
    if key in places and places[key].part:
        return key
    asked = next(question for question in every_round(definition) if question.key == places_question(key, places))
    named = {folded(name): place for place, name in names_in(asked, definition)} | {
        folded(text): column_key(asked.key, part)
        for part, label in KINDS[asked.kind].part_labels(asked).items()
        for text in label.values()
    }
    if (found := named.get(folded(heading))) or key in places:
        return found or key
    raise MatchingError(f"Say which part of “{key}” the column “{heading}” is of: {listed([p.key for p in parts])}")


def places_question(key: str, places: Mapping[str, Place]) -> str:
    return places[key].question if key in places else key


def matched_places(
    headings: Sequence[str], places: Mapping[str, Place], names: Mapping[str, str], definition: Definition
) -> dict[str, str]:
    """`{heading: place key}` of the columns whose heading is the key of a place, or names it; the first where two do."""
    keys = {key.casefold(): key for key in places}
    found: dict[str, str] = {}
    for heading in headings:
        # A key as it is written is sure, whatever words of another question look like it.
        key = keys.get(heading.casefold().strip()) or names.get(folded(heading))
        if key and key not in found.values():
            found[heading] = key
    of_labels = bare_labels(definition)
    bare = {heading: of_labels.get(folded(heading), []) for heading in headings if heading not in found}
    sure = {heading: named[0] for heading, named in bare.items() if len(named) == 1}
    often = Counter(key.rpartition(".")[0] for key in sure.values())
    found |= {heading: key for heading, key in sure.items() if often[key.rpartition(".")[0]] >= FEWEST_BARE}
    return found


def matched_facts(headings: Sequence[str], is_ours: bool) -> dict[str, str]:
    """`{fact: heading}` of the columns whose heading names a fact."""
    if is_ours:
        return {EXPORTED[folded(heading)]: heading for heading in headings if folded(heading) in EXPORTED}
    found: dict[str, str] = {}
    for heading in headings:
        for fact, names in FACT_WORDS.items():
            if folded(heading) in map(folded, names):
                found.setdefault(fact, heading)
    return found


def facts_told(mapping: Mapping[str, Any], headings: Sequence[str]) -> dict[str, str]:
    """`{fact: heading}` as somebody said. Raises MatchingError."""
    told = {fact: mapping[fact] for fact in FACTS if mapping.get(fact)}
    if unknown := [heading for heading in told.values() if heading not in headings]:
        raise MatchingError(f"The file has no column {listed(map(str, unknown))}. It has {listed(headings)}")
    return told


def refuse_impossible(columns: Mapping[str, str], facts: Mapping[str, str], places: Mapping[str, Place]) -> None:
    """Raise MatchingError for two columns of one place, for a column that is two things, and where none is of a question."""
    if not columns:
        raise MatchingError("No column is of a question. Head each column with the question's key or words")
    for key, number in Counter(columns.values()).items():
        if number > 1:
            both = [heading for heading in columns if columns[heading] == key]
            raise MatchingError(f"{listed(both)} are both matched with “{places[key].says}”. Choose one of them")
    if twice := [heading for heading, number in Counter([*columns, *facts.values()]).items() if number > 1]:
        raise MatchingError(f"The column {listed(twice)} can be only one thing")


def meanings(said: Any, places: Mapping[str, Place]) -> dict[str, dict[str, int]]:
    """`{question key: {folded words: option code}}` as somebody said. Raises MatchingError."""
    questions = {place.question for place in places.values()}
    if not isinstance(said, Mapping) or not all(key in questions and isinstance(said[key], Mapping) for key in said):
        raise MatchingError('What words mean is said like {"answers": {"question": {"words": 1}}}')
    if not all(is_code(code) for codes in said.values() for code in codes.values()):
        raise MatchingError("What words mean is said as the code of an option: a whole number")
    return {key: {folded(text): int(code) for text, code in codes.items()} for key, codes in said.items()}


def is_code(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, str) and value.isdecimal())


def listed(names: Iterable[str]) -> str:
    """Names as a message lists them, not endlessly."""
    given = list(names)
    shown = ", ".join(f"“{name}”" for name in given[:MOST_NAMED])
    return f"{shown} and {len(given) - MOST_NAMED} more" if len(given) > MOST_NAMED else shown
