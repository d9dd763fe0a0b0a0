"""The interface in Welsh, Polish and Urdu: complete, sound and compiled. Whether the words are good, only people can say."""

import json
import re
from collections import Counter

import pytest

from consult.demonstration.facts import questionnaire_file
from consult.languages import speaking_on_paper
from equality.categories import QUESTION_SETS
from surveys.definition import Condition, Option, Question
from surveys.go_to import go_to_texts
from surveys.saying import said
from tests.builders import comment, number, page, questionnaire, when
from tests.catalogues import (
    LANGUAGES,
    compiled,
    entries,
    keys_in_module,
    po_path,
    words_in_modules,
    words_in_templates,
)
from tests.conftest import REPOSITORY

PLACEHOLDER = re.compile(r"%\(\w+\)s|%\{\w+\}|\{\w*\}")
TAG = re.compile(r"<[^>]*>")
every_language = pytest.mark.parametrize("language", LANGUAGES)


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


@every_language
def test_everything_marked_for_translation_is_translated(language):
    said = entries(language)
    wanted = words_in_modules() | words_in_templates()

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


INFORMAL = re.compile(
    r"\b(tw(ój|oja|oje|oi|oich|oim|oją|ojej|ojego|ojemu|oimi)|ciebie|cię|ci|tobą|tobie|jesteś|masz|możesz|musisz|chcesz"
    r"|wpisz|zaznacz|wpisałeś|wybrałeś|prosisz|otrzymujesz|zadzwoń|spróbuj)\b",
    re.IGNORECASE,
)
ORDERS = {"Try again"}
"""Buttons: there the reader gives an order to the service, and an imperative is no way to speak to the reader."""


def test_polish_speaks_to_the_reader_formally_in_the_interface_and_in_the_questionnaire():
    interface = {entry.id: text for entry in entries("pl").values() for text in entry.words}
    asked = {
        text["en"]: text["pl"] for text in texts_of(json.loads(questionnaire_file("apms").read_text())) if "pl" in text
    }
    equality = {text["en"]: text["pl"] for _, text in QUESTION_SETS["2026-1"].shown}
    said = {english: re.sub("„[^”]*”", "", polish) for english, polish in (interface | asked | equality).items()}

    assert {english: text for english, text in said.items() if english not in ORDERS and INFORMAL.search(text)} == {}
    orders = ("Enter ", "Select ", "Check the ", "Write ", "List ")
    told = {english: text for english, text in said.items() if english.startswith(orders)}
    assert len(told) > 30
    assert {english: text for english, text in told.items() if not re.search("[Pp]roszę|^Najwięcej", text)} == {}


def texts_of(document):
    """Every text of a questionnaire's document: `{language: words}`."""
    parts = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    if isinstance(document, dict) and isinstance(document.get("en"), str):
        yield document
    for part in parts:
        yield from texts_of(part)


@every_language
def test_no_translation_is_the_english(language):
    same = {entry.id for entry in entries(language).values() if entry.words == (entry.id,)}

    # A menu is a menu in Polish, and Braille is Braille in Welsh.
    # And so are commas and brackets.
    punctuation = {"({claims})", "{some}, {more}", "{some}; {more}"}
    assert same <= {"Menu", "Braille", "{weekday} {day} {month} {year}"} | punctuation


PAPER = ("exports/paper/*.py", "surveys/go_to.py", "surveys/sentences.py", "consult/paper/facts.py")
"""The modules whose words stand on a paper form."""


def test_arabic_which_only_paper_forms_speak_has_every_word_of_theirs():
    translated = entries("ar")
    wanted = {key for pattern in PAPER for path in REPOSITORY.glob(pattern) for key in keys_in_module(path)}

    assert len(wanted) > 100
    assert {key for key in wanted if key not in translated or not all(translated[key].words)} == set()
    assert compiled("ar") == {key: entry.words for key, entry in translated.items()}
    # The two forms for one may leave the number out.
    kept = [(entry.id, placeholders(entry.id) - placeholders(entry.words[-1])) for entry in translated.values()]
    assert [(id, lost) for id, lost in kept if lost] == []
    assert "needs a check by a native speaker" in po_path("ar").read_text(encoding="utf-8").split("msgid")[0]


@pytest.mark.parametrize(
    "language, says",
    [
        ("en", "Only answer question 3 if you ticked “Yes” at question 1 and your answer to question 2 is 2 or less"),
        (
            "pl",
            "Proszę odpowiedzieć na pytanie 3 tylko wtedy, gdy w pytaniu 1 zaznaczono „Tak” i odpowiedź na pytanie 2 jest "
            "równa 2 lub mniejsza",
        ),
        (
            "cy",
            "Atebwch gwestiwn 3 dim ond os gwnaethoch dicio ‘Yes’ yng nghwestiwn 1 ac eich ateb i gwestiwn 2 yw 2 neu lai",
        ),
    ],
)
def test_route_on_paper_is_one_sentence_of_the_language_of_the_form(language, says):
    yes = Option(1, {"en": "Yes", "pl": "Tak"})
    car = Question("car", "one_choice", {"en": "Car?"}, options=(yes, Option(2, {"en": "No"})))
    rule = Condition("all", parts=(when("car", 1), Condition("at_most", "visits", values=(2,))))
    form = questionnaire(car, number("visits"), page("why", comment("why"), shown_if=rule))

    with speaking_on_paper(language):
        assert said(go_to_texts(form).above["why"], language) == says
