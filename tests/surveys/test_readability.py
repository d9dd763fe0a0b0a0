"""The counter of plain English."""

import pytest

from surveys.readability import LONGEST_SENTENCE, long_sentences, reading_of, sentences_of, syllables, words_of

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
