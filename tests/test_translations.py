"""The interface in Welsh, Polish and Urdu: complete, sound and compiled. Whether the words are good, only people can say."""

import re
from collections import Counter

import pytest

from tests.catalogues import LANGUAGES, compiled, entries, po_path, words_in_modules, words_in_templates

PLACEHOLDER = re.compile(r"%\(\w+\)s|%\{\w+\}|\{\w*\}")
TAG = re.compile(r"<[^>]*>")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


@every_language
def test_everything_marked_for_translation_is_translated(language):
    said = entries(language)
    wanted = words_in_modules() | {("", id): path for id, path in words_in_templates().items()}

    assert len(wanted) > 150
    assert {key: path for key, path in wanted.items() if key not in said or not all(said[key].words)} == {}


@every_language
def test_nothing_is_a_guess(language):
    assert [entry.id for entry in entries(language).values() if "fuzzy" in entry.flags] == []


@every_language
def test_every_translation_keeps_what_is_put_in_and_its_markup(language):
    changed = [
        (entry.id, words)
        for entry in entries(language).values()
        for words in entry.words
        # One form may say "1" where the others say how many.
        if placeholders(words) not in (placeholders(entry.id), placeholders(entry.plural))
        or TAG.findall(words) != TAG.findall(entry.id)
    ]

    assert changed == []


@every_language
def test_the_compiled_catalogue_says_what_its_source_says(language):
    said = {key: entry.words for key, entry in entries(language).items() if all(entry.words)}

    assert compiled(language) == said


@every_language
def test_every_catalogue_says_that_a_native_speaker_must_check_it(language):
    assert "needs a check by a native speaker" in po_path(language).read_text(encoding="utf-8").split("msgid")[0]


@every_language
def test_no_translation_is_the_english(language):
    same = {entry.id for entry in entries(language).values() if entry.words == (entry.id,)}

    # A menu is a menu in Polish, and Braille is Braille in Welsh.
    assert same <= {"Menu", "Braille", "{weekday} {day} {month} {year}"}
