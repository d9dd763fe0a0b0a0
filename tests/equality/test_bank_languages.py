"""The equality question bank in other languages: whole in each, and saying that nobody who knows it has read it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import equality.question_bank
from consult.languages import INTERFACES
from equality.categories import QUESTION_SETS
from equality.question_bank.checks import problems_of

SET = QUESTION_SETS["2026-1"]
BANK = json.loads((Path(equality.question_bank.__file__).parent / "2026-1.json").read_text(encoding="utf-8"))


def texts_of(part):
    """Every `{"en": ...}` in the part of a file."""
    if isinstance(part, dict) and isinstance(part.get("en"), str):
        yield part
        return
    for below in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from texts_of(below)


def asked_texts():
    """Every text of the file but what only reports say."""
    asked = [found for found in BANK["characteristics"] if not found.get("given")]
    for option in (option for found in asked for option in found["options"]):
        option.pop("reads", None)
    return list(texts_of([BANK["prefer_not_to_say"], BANK["postcode"], BANK["pages"], asked]))


@pytest.mark.parametrize("language", sorted(INTERFACES.keys() - {"en"}))
def test_every_text_that_a_person_reads_is_there_in_the_language(language):
    texts = asked_texts()

    assert len(texts) > 100
    assert [text["en"] for text in texts if not text.get(language)] == []
    assert [text["en"] for text in texts if text[language] == text["en"] and text["en"] not in ("Roma", "Sikh")] == []


def test_every_language_is_marked_as_read_by_nobody_who_knows_it():
    assert (SET.languages, SET.unchecked) == (("en", "cy", "pl", "ur"), ("cy", "pl", "ur"))


def test_every_text_that_a_person_reads_is_looked_at_when_the_bank_is_loaded():
    assert sorted(text["en"] for _, text in SET.shown) == sorted(text["en"] for text in asked_texts())


def test_a_text_that_lacks_a_language_is_named():
    postcode = {**SET.postcode, "hint": {"en": "We delete it", "cy": "a", "pl": "b", "ar": "c"}}

    assert list(problems_of(replace(SET, postcode=postcode, unchecked=("pl", "fr")))) == [
        "postcode, hint is not there in ur",
        "postcode, hint is there in ar, which the set is not",
        "fr is unchecked, but nothing is in it",
    ]


def test_words_of_reports_stay_english():
    reports = [
        BANK["derived"],
        [found for found in BANK["characteristics"] if found.get("given")],
        [option.reads for found in SET.characteristics for option in found.options if option.reads],
    ]

    assert {language for text in texts_of(reports) for language in text} == {"en"}
