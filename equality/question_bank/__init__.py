"""The equality question bank: what each version of the questions says, read from the JSON file of its name and checked.

A published version is never edited: new wording, options or codes are a new file. A translation may be added or put right, for
it changes nothing that is asked, counted or stored: the English words, codes and route stay. `unchecked` names the languages
whose words nobody who knows the language has read yet; it holds nothing back. What reports alone say (`reads`, worked-out
columns, what is never asked) stays English. What answers are turned into lies in `equality.categories`. Pure: loads without
Django.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from equality.question_bank.checks import problems_of
from equality.question_bank.definition import (
    CategoryError,
    Characteristic,
    Column,
    Derived,
    Option,
    PageOutline,
    QuestionSet,
    Reported,
    When,
    words,
)


def load_question_sets() -> dict[str, QuestionSet]:
    """`{version: QuestionSet}` of every file of the bank. Raises CategoryError for one that contradicts itself."""
    sets = {}
    for file in sorted(Path(__file__).parent.glob("*.json")):
        question_set = question_set_from(json.loads(file.read_text(encoding="utf-8")))
        if problems := list(problems_of(question_set)):
            raise CategoryError(f"{file.name}: {'; '.join(problems)}")
        sets[question_set.version] = question_set
    return sets


def question_set_from(document: Mapping[str, Any]) -> QuestionSet:
    """A question set from its file's content."""
    characteristics = tuple(
        Characteristic(**(item | {"options": options_from(item), "valid_from": document["valid_from"]} | whens(item)))
        for item in document["characteristics"]
    )
    derived = tuple(
        Derived(**(item | {"options": options_from(item), "unknown_from": tuple(item["unknown_from"])}))
        for item in document["derived"]
    )
    columns: dict[str, Column] = {column.key: column for column in (*characteristics, *derived)}
    return QuestionSet(
        version=document["version"],
        valid_from=document["valid_from"],
        characteristics=characteristics,
        derived=derived,
        pages=tuple(PageOutline(**(item | {"fields": tuple(item["fields"])})) for item in document["pages"]),
        reported=tuple(reported_from(item, columns[item["column"]]) for item in document["reported"]),
        prefer_not_to_say=document["prefer_not_to_say"],
        postcode=document["postcode"],
        unchecked=tuple(document.get("unchecked", ())),
    )


def options_from(item: Mapping[str, Any]) -> tuple[Option, ...]:
    """The options of a characteristic or worked-out column."""
    return tuple(
        Option(
            **(
                option
                | {"when": tuple(when_from(when) for when in option.get("when", ()))}
                | ({"ages": tuple(option["ages"])} if "ages" in option else {})
            )
        )
        for option in item["options"]
    )


def whens(item: Mapping[str, Any]) -> dict[str, When]:
    """A characteristic's conditions."""
    return {name: when_from(item[name]) for name in ("asked_if", "not_asked_if") if name in item}


def when_from(when: Mapping[str, list[str]]) -> When:
    """A condition as it is held in memory."""
    return {key: tuple(values) for key, values in when.items()}


def reported_from(item: Mapping[str, Any], column: Column) -> Reported:
    """A reported characteristic, with the categories of its column."""
    categories = tuple((option.code, words(option.reads or option.label)) for option in column.options)
    return Reported(**item, categories=categories, values=tuple(option.value for option in column.options))
