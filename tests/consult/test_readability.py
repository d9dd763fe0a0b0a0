"""The counter of plain English, and the words of the service's own public pages measured with it."""

import re

import pytest
from django.template.base import Lexer, TokenType
from django.utils.text import smart_split

from consult.readability import LONGEST_SENTENCE, PLAIN, long_sentences, reading_of, sentences_of, syllables, words_of
from tests.catalogues import PUBLIC_TEMPLATES, words_in_modules
from tests.conftest import REPOSITORY

SAMPLE = """
Have your say on urgent care in Northbridge
We want to know what you think about our plan to move the walk-in centre to Northbridge Hospital. No decision has been made yet.
The partnership board will decide in public on Thursday 20 May 2027.
There are 14 questions. You do not have to answer them all. You can stop and come back later. You do not need to give your name.
This consultation closes at 11:59pm on Friday 12 March 2027.
How we use your answers
We use your answers to help us decide what to do about urgent care. We do not ask for your name.
Please do not write anything that says who you are, or who anyone else is.
We will publish a report. It will show how many people gave each answer and some of the words people used.
We will not publish anything that could identify you.
We keep your answers for 2 years. Then we delete them. You can delete your answers until Friday 26 March 2027.
You will need your receipt code. After that your answers are part of the report and we cannot take them out.
"""
"""Of the sample text of the interface's design, which another counter gave about 88 and grade 3."""

BREAKS = ("else", "elif", "plural", "endif", "endfor", "endblock")
BLOCK_TAG = re.compile(
    r"</?(?:p|h\d|li|ul|dl|dt|dd|div|td|th|tr|table|caption|legend|title|summary|button|label|nav|option)\b[^>]*>"
)
"""Elements that end a sentence as a full stop does."""
FEWEST_WORDS = 40
"""A score of fewer words than these says little."""


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1), ("makes", 1), ("asked", 1), ("wanted", 2), ("places", 2), ("tables", 2), ("people", 2), ("centre", 2),
        ("someone", 2), ("statement", 2), ("audio", 3), ("various", 3), ("ideas", 3), ("saying", 2), ("equality", 4),
        ("consultation", 4), ("the", 1), ("2027", 1), ("hmm", 1), ("We’ll", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_rule(word, count):
    assert syllables(word) == count


def test_sentences_end_at_a_stop_a_question_and_a_line_and_not_inside_a_number_or_an_address():
    text = "Pay £1.50 at www.example.org/a.b. Is it open?\nAsk us\n“No.” It is not!"

    assert sentences_of(text) == ["Pay £1.50 at www.example.org/a.b.", "Is it open?", "Ask us", "“No.", "It is not!"]


def test_a_number_and_a_word_with_a_hyphen_are_one_word():
    assert words_of("The walk-in centre’s 1,200 visits, at 11:59pm") == [
        "The", "walk-in", "centre’s", "1,200", "visits", "at", "11:59pm",
    ]  # fmt: skip


def test_the_sample_text_scores_as_it_was_measured():
    reading = reading_of(SAMPLE)

    assert reading.ease == pytest.approx(88, abs=2)
    assert round(reading.grade) == 3
    assert reading.longest == 18


def test_nothing_to_read_is_easy_to_read():
    assert (reading_of(" … ").ease, reading_of("").grade) == (100.0, 0.0)


def test_a_long_sentence_is_found_where_it_stands():
    long = " ".join(["word"] * (LONGEST_SENTENCE + 1)) + "."

    assert long_sentences(f"Short. {long} Short.") == [long]


def public_words():
    """`{template: its words}` of every page that the public may see."""
    folder = REPOSITORY / "templates"
    paths = sorted({path for pattern in PUBLIC_TEMPLATES for path in folder.glob(pattern)})
    return {str(path.relative_to(folder)): words_of_template(path.read_text(encoding="utf-8")) for path in paths}


def words_of_template(source):
    """What a template says: a variable counts as one word, and what stands in different branches as different sentences."""
    parts = []
    for token in Lexer(re.sub(r"\{#.*?#\}", "", source)).tokenize():
        if token.token_type == TokenType.TEXT:
            parts.append(token.contents)
        elif token.token_type == TokenType.VAR:
            parts.append("it")
        elif token.token_type == TokenType.BLOCK:
            parts.append(words_of_tag(token.contents))
    text = re.sub(r"<[^>]*>", "", BLOCK_TAG.sub("\0", "".join(parts)))
    # Line ends of the file are not line ends of the page.
    return " ".join(text.split()).replace("\0", "\n")


def words_of_tag(contents):
    name, *rest = smart_split(contents)
    if name in BREAKS:
        return "\0"
    if name == "translate":
        return rest[0].strip("\"'")
    texts = re.findall(r"_\(\"([^\"]*)\"\)|[tT]ext=\"([^\"]*)\"", contents)
    return "".join(f"\0{first or second}\0" for first, second in texts)


def ids_in_words():
    """Every sentence that modules say to the public, with a word where something is put in."""
    return [re.sub(r"%?\{\w*\}", "it", id) for _, id in words_in_modules()]


def test_words_are_found_in_markup_tags_and_branches():
    source = '<p>{% translate "Keep it." %} {% if a %}Phone <b>{{ n }}</b> now.{% else %}Wait{% endif %}</p>'
    source += '{% nhs "button" text=_("Go") %}'

    assert [part for part in words_of_template(source).split("\n") if part.strip()] == [
        "Keep it. Phone it now.", "Wait", "Go",
    ]  # fmt: skip


def test_no_public_sentence_is_longer_than_twenty_five_words():
    too_long = {name: found for name, text in public_words().items() if (found := long_sentences(text))}

    assert too_long == {}
    assert [found for id in ids_in_words() for found in long_sentences(id)] == []


def test_public_words_are_plain_english():
    hard = {
        name: round(reading.ease)
        for name, text in public_words().items()
        if (reading := reading_of(text)).words >= FEWEST_WORDS and reading.ease < PLAIN
    }

    assert hard == {}
    assert reading_of("\n".join([*public_words().values(), *ids_in_words()])).ease >= PLAIN
