"""The comments a report lists: nothing that may name somebody, and a campaign's words once."""

from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.demonstration.comments import campaign_text
from exports.comments import (
    LONGEST_LISTED,
    MOST_LISTED,
    alike,
    comments_of,
    comments_section,
    may_identify,
    ordinary_words,
    shortened,
    what_people_wrote,
)
from exports.document import Paragraph, Quote
from tests.builders import choice, comment, question, questionnaire
from tests.consultations import open_consultation
from tests.exports.respondents import results_now, send

PLAIN = (
    "the bus does not stop there any more, and it is far",
    "please keep the clinic on the high street. it is near my home",
    "it was easy to get there. the nurses were kind, and they listened",
)


def listed_section(consultation):
    results = results_now(consultation)
    return comments_section(results, what_people_wrote(results))


def common(*more):
    return ordinary_words(SimpleNamespace(definition=questionnaire(comment("why"))), [*PLAIN, *PLAIN, *more])


@pytest.mark.parametrize(
    "text",
    [
        "ring me on 01632 960123",
        "my number is +44 7700 900123",
        "write to anna@example.org",
        "I live at WN7 1AB",
        "my NHS number is 943 476 5919",
        "ask dr smith",
        "I was born in March 1950",
        "the nurse, Margaret, was kind",
        "Margaret was kind",
        "it is near Colliers Row",
        "ask O’Neill about it",
        "میں ہفتے میں بار کلینک جاتا ہوں",
    ],
)
def test_I18_comment_that_may_say_who_somebody_is_is_held_back(text):
    assert may_identify(text, common())


@pytest.mark.parametrize(
    "text",
    ["The clinic is near my home.", "I do not mind. It is easy", "THE NURSES WERE KIND", "They listened on a Friday"],
)
def test_comment_that_names_nobody_is_not_held_back(text):
    assert not may_identify(text, common())


def test_name_is_not_taken_for_a_word_because_one_person_wrote_it_small():
    assert may_identify("Margaret was kind", common("margaret was kind"))


@given(st.lists(st.sampled_from([*PLAIN, "Yes", "yes!", ""]), max_size=12))
def test_every_comment_is_in_exactly_one_group(texts):
    groups = alike(texts)

    assert sum(group.number for group in groups) == len(texts)
    assert all(group.text in texts for group in groups)


def test_campaign_text_is_one_group_however_its_supporters_changed_it():
    texts = [campaign_text("apms", Random(seed)) for seed in range(30)]

    groups = alike([*texts[:15], *PLAIN, *texts[15:]])

    assert [group.number for group in groups] == [30, 1, 1, 1]


def test_short_comments_are_together_only_when_they_are_the_same_words():
    groups = alike(["Keep it open.", "keep it OPEN", "Keep it open please"])

    assert [(group.text, group.number) for group in groups] == [("Keep it open.", 2), ("Keep it open please", 1)]


def test_long_comment_is_cut_and_says_so():
    text = "word " * 400

    assert shortened(text)[LONGEST_LISTED - 1 :] == "[the rest is left out here]".rjust(28)
    assert shortened("short") == "short"


@pytest.mark.django_db
def test_section_lists_a_part_of_what_people_wrote_and_never_what_organisations_wrote():
    answering = question(
        "who", options=choice("x", "Me", "A group").options, settings={"capacity": {"2": "organisation"}}
    )
    consultation = open_consultation(questionnaire(answering, comment("why")))
    texts = [f"because of the {first}{second}" for first in ("bus", "car", "fare", "hill") for second in "abcdefghij"]
    for text in texts:
        send(consultation, {"who": 1, "why": text})
    send(consultation, {"who": 1, "why": "ask Margaret"})
    send(consultation, {"who": 2, "why": "we are a group and think so"})

    results = results_now(consultation)
    _, listed = comments_section(results, what_people_wrote(results))

    quotes = [block.text for block in listed.blocks if isinstance(block, Quote)]
    assert comments_of(results, {"why"}) == {"why": [*texts, "ask Margaret"]}
    assert len(quotes) <= MOST_LISTED
    assert set(quotes) <= set(texts)
    assert listed.blocks[0] == Paragraph(
        "40 people wrote a comment. Some of them are listed here, chosen evenly. "
        "Some are held back until a person has read them."
    )


@pytest.mark.django_db
def test_no_comment_is_listed_where_the_number_of_people_who_wrote_is_hidden():
    consultation = open_consultation(questionnaire(choice("one"), comment("why")))
    for place in range(30):
        send(consultation, {"one": 1} | ({"why": f"because of the {'abc'[place]}us"} if place < 3 else {}))

    _, listed = listed_section(consultation)

    assert listed.blocks == (Paragraph("Too few people wrote a comment for any to be listed."),)


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(8, 13))
def test_number_of_comments_listed_tells_no_more_than_the_rounded_number_of_people_who_wrote(number):
    consultation = open_consultation(questionnaire(comment("why")))
    for letter in "abcdefghijkl"[:number]:
        send(consultation, {"why": f"because of the {letter * 3}"})

    _, listed = listed_section(consultation)

    assert listed.blocks[0].text.startswith("10 people wrote a comment.")
    assert len(listed.blocks) - 1 <= 8


@pytest.mark.django_db
def test_campaign_is_listed_once_with_about_how_many_sent_it():
    consultation = open_consultation(questionnaire(comment("why")))
    words = "We ask the Board to keep all of the sites open, in the same place and with the same hours as now, for good"
    for place in range(23):
        send(consultation, {"why": f"{words} {'please' * (place % 2)}"})

    _, listed = listed_section(consultation)

    assert listed.blocks[-2:] == (
        Paragraph("25 people sent nearly the same words, as happens when a campaign asks people to:"),
        Quote(words),
    )


@pytest.mark.django_db
def test_marks_that_turn_text_round_are_taken_out_of_what_is_listed():
    consultation = open_consultation(questionnaire(comment("why")))
    for _ in range(8):
        send(consultation, {"why": "it is \u202efar\u202c away"})

    _, listed = listed_section(consultation)

    assert [block.text for block in listed.blocks if isinstance(block, Quote)] == ["it is far away"]
