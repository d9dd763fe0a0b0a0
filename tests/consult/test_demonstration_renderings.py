"""The demonstration's questionnaires in other languages and in easy read, with its pictures."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageChops

from consult.demonstration.drawings import DRAWINGS, draw
from consult.demonstration.facts import facts_of
from surveys.definition import words
from surveys.publishing import PICTURES
from surveys.renderings import (
    RenderingState,
    as_asked,
    in_preparation,
    offered,
    pictures,
    questionnaire_as_asked,
    state_of,
    told_in,
)
from tests.consult.demonstrated import APMS


def test_gp_contracts_are_whole_in_polish_urdu_and_easy_read_and_the_translations_need_a_native_check():
    assert offered(APMS) == ("pl", "ur", "easy_read")
    assert [state_of(APMS, rendering) for rendering in offered(APMS)] == [
        RenderingState(needs_check=True),
        RenderingState(needs_check=True),
        RenderingState(),
    ]
    assert in_preparation(APMS) == ()


def test_what_the_gp_pages_say_of_the_consultation_is_in_polish_and_urdu_too():
    facts = facts_of("apms")
    said = {
        facts.title,
        facts.short_name,
        facts.topic,
        facts.summary,
        facts.purpose,
        facts.still_open,
        facts.decided_by,
        *facts.asks,
    }

    for language in ("pl", "ur"):
        told = told_in(APMS, language)
        assert told.keys() == said
        # A translation has as many paragraphs, and is another text.
        assert {words for words in said if told[words].count("\n\n") != words.count("\n\n")} == set()
        assert said & set(told.values()) == set()


def test_easy_read_has_short_sentences():
    easy = questionnaire_as_asked(APMS, "easy_read")
    for question in easy.questions():
        for text in (question.text, question.hint, *(part.label for part in (*question.options, *question.statements))):
            for sentence in re.split(r"[.?!:]\s|\n", re.sub(r"\{a2\|([^}]*)\}", r"\1", words(text))):
                assert len(sentence.split()) <= 15, sentence


def test_easy_read_has_a_small_picture_for_each_main_question_and_every_picture_is_there():
    pictured = {key for key, _ in pictures(APMS)}

    # The name of one's organisation, one's role there, and what makes it difficult to move: words alone.
    assert {question.key for question in APMS.questions()} - pictured == {"a1a", "a1b", "a14"}
    assert [picture.file for _, picture in pictures(APMS) if not picture.alt.get("en")] == []
    sizes = {picture.file: Path(finders.find(PICTURES + picture.file)).stat().st_size for _, picture in pictures(APMS)}
    assert len(sizes) > 20
    assert {file: size for file, size in sizes.items() if size > 4_000} == {}
    assert set(sizes) <= {f"{name}.png" for name in DRAWINGS}


def test_every_drawing_is_as_its_module_draws_it():
    for name, drawing in DRAWINGS.items():
        kept = Image.open(finders.find(f"{PICTURES}{name}.png")).convert("L")
        assert ImageChops.difference(kept, draw(drawing).convert("L")).getbbox() is None, name


def test_points_of_a_scale_have_the_same_words_in_easy_read():
    """Another word for a point is another point: what both sorts of people chose is counted together."""
    for kind in ("scale", "statements"):
        for question in (question for question in APMS.questions() if question.kind == kind):
            assert as_asked(question, "easy_read").options == question.options, question.key


def test_labels_of_reports_are_in_english_alone():
    assert {language for question in APMS.questions() for language in question.short} == {"en"}
