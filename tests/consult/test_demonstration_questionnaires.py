"""The demonstration's questionnaires: fit to publish, and in plain words."""

import json
import re

import pytest

from consult.demonstration.facts import SLUGS, facts_of, questionnaire_file
from surveys.codebook import build_codebook
from surveys.definition import words
from surveys.definition_json import from_json, to_json
from surveys.drafting import problems
from surveys.kinds import KINDS
from tests.builders import written
from tests.consult.demonstrated import APMS, EVERY, OLDER_YOU, OUTPATIENTS

STARRED = {"apms": "a1 a1a a1b a2", "older-you": "b1 b1a b1b", "outpatients": "c1 c1a c1b c2"}
REAL_NAMES = re.compile(
    r"Wigan|Leigh|Atherton|Tyldesley|Ince|Platt|Intrahealth|Ashton|Bridgewater|Marsh Green|Claire House", re.I
)


def public_texts(slug):
    """Every text that a resident reads in a questionnaire and beside it."""
    facts = facts_of(slug)
    definition = facts.questionnaire()
    yield from (definition.title, facts.summary, facts.purpose, facts.still_open, *facts.asks, *facts.outcome.values())
    yield from (part.body for part in facts.documents)
    for question in definition.questions():
        labels = [part.label for part in (*question.options, *question.statements)]
        yield from (words(text) for text in (question.text, question.hint, question.short, *labels))


@EVERY
def test_questionnaire_is_fit_to_publish(slug):
    assert problems(facts_of(slug).questionnaire()) == ()


@EVERY
def test_questionnaire_file_is_exactly_what_an_export_of_it_would_be(slug):
    file = questionnaire_file(slug).read_text(encoding="utf-8")
    assert written(to_json(from_json(json.loads(file)))) == file


@EVERY
def test_only_what_steers_the_route_must_be_answered_and_says_what_to_do(slug):
    required = [question for question in facts_of(slug).questionnaire().questions() if question.required]
    assert " ".join(question.key for question in required) == STARRED[slug]
    assert all(question.settings["missing"]["en"].startswith(("Select", "Enter")) for question in required)


@EVERY
def test_every_question_has_a_short_label_for_reports(slug):
    for question in facts_of(slug).questionnaire().questions():
        if KINDS[question.kind].controls(question):
            assert 0 < len(words(question.short)) <= 50, question.key


@pytest.mark.parametrize(
    ("definition", "pairs"),
    [(APMS, "a1a+a1b a18+a18a"), (OLDER_YOU, "b1a+b1b"), (OUTPATIENTS, "c1a+c1b c7+c7a")],
    ids=SLUGS,
)
def test_one_question_is_asked_on_a_page_but_for_pairs_that_belong_together(definition, pairs):
    together = [
        "+".join(question.key for question in page.questions) for page in definition.pages if len(page.questions) > 1
    ]
    assert " ".join(together) == pairs


@EVERY
def test_do_not_know_and_other_come_after_every_plain_option(slug):
    for question in facts_of(slug).questionnaire().questions():
        meanings = [bool(option.meaning) for option in question.options]
        assert meanings == sorted(meanings), question.key


@EVERY
def test_no_sentence_is_longer_than_25_words(slug):
    for text in public_texts(slug):
        for sentence in re.split(r"[.?!:]\s|\n", text):
            assert len(sentence.split()) <= 25, sentence


@EVERY
def test_words_of_the_trade_and_real_names_stay_out(slug):
    jargon = re.compile(
        r"commission|pathway|stakeholder|procure|APMS|elderly|BAME|hard to reach|and/or|respondent", re.I
    )
    for text in public_texts(slug):
        assert not jargon.search(text), text
        if "census" not in text and "Wigan" not in text:
            assert not re.search(rf"\b({REAL_NAMES})\b", text, re.I), text


@EVERY
def test_equality_questions_are_asked_elsewhere(slug):
    asked_here = " ".join(words(question.text) for question in facts_of(slug).questionnaire().questions())
    assert not re.search(r"ethnic|religion|orientation|your sex\b|pregnan", asked_here)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (APMS, "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20"),
        (OLDER_YOU, "b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18"),
        (OUTPATIENTS, "c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19"),
    ],
    ids=SLUGS,
)
def test_every_numbered_question_is_there_in_order(definition, expected):
    assert (
        " ".join(question.key for question in definition.questions() if re.fullmatch(r"[abc]\d+", question.key))
        == expected
    )


@EVERY
def test_row_of_codes_stays_small(slug):
    assert build_codebook(facts_of(slug).questionnaire()).width < 200
