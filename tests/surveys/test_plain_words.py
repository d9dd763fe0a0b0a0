"""The words check: each fault is found where it stands and quoted, and sound words are left alone."""

import re

import pytest

from consult.demonstration.facts import questionnaire_of
from surveys.definition import Definition, Option, Page
from surveys.jargon import PLAIN_WORDS, jargon_in
from surveys.plain_words import Finding, check_words
from surveys.readability import PLAIN, reading_of
from tests.builders import (
    choice,
    comment,
    options,
    page,
    question,
    questionnaire,
    ranking,
    scale,
    several,
    statements,
    when,
)

LONG = "We want to know " + "and to know " * 8 + "what you think."


def found(*parts, **about):
    """The findings of a questionnaire, as (where, part, level, code, quote)."""
    return [(f.where, f.part, f.level, f.code, f.quote) for f in check_words(questionnaire(*parts), **about)]


def codes(text, *, kind="long_text", **parts):
    """The sorts of finding in the text of a question."""
    return [finding.code for finding in check_words(questionnaire(question("q", kind, text=text, **parts)))]


# Acceptance point 46 -------------------------------------------------------------------------------------------------------


def test_point_46_picture_without_words_is_an_error_at_its_own_part():
    drawn = {"easy_read": {"label": {"en": "By bus"}, "picture": "bus.png"}}
    asked = question("go", options=(Option(1, {"en": "Bus"}, variants=drawn), Option(2, {"en": "Train"})))
    assert found(asked) == [("go", "option.1.alt.easy_read", "error", "no_alt_text", "bus.png")]
    drawn["easy_read"]["alt"] = {"en": "A bus at a stop"}
    assert found(asked) == []


def test_point_46_long_sentence_is_a_warning_that_quotes_it():
    assert found(comment("why", text="Why?", hint={"en": f"Short. {LONG}"})) == [
        ("why", "hint", "warning", "long_sentence", LONG)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Click here for our plan.",
        "To see the plan, tap here.",
        "Our plan has 3 options. Read more",
        "Our plan is [here](https://example.org).",
        'Our plan is <a href="/plan">here</a>.',
    ],
)
def test_point_46_link_that_says_nothing_is_an_error(text):
    findings = check_words(questionnaire(question("plan", "information", text=text)))
    assert [(finding.level, finding.code) for finding in findings] == [("error", "empty_link")]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Are you a patient and/or a carer?", "and/or"),
        ("Did you travel by bus? How long did it take?", "Did you travel by bus? How long did it take?"),
        ("How far did you travel and how did you get there?", "and how did you get there?"),
        ("Do you use the service, and if so, how often?", "and if so, how often?"),
        ("Were the staff friendly and helpful?", "friendly and helpful"),
        ("How would you rate the speed and quality of the service?", "the speed and quality of"),
    ],
)
def test_point_46_double_question_is_a_warning(text, quote):
    findings = [
        finding for finding in check_words(questionnaire(comment("q", text=text))) if finding.code == "two_questions"
    ]
    assert {finding.level for finding in findings} == {"warning"}
    assert [finding.quote for finding in findings] == [quote]


# The others ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Which health and care services have you used?",
        "What would help people who live alone and have no car?",
        "What does the practice do well that should be kept?",
        "What if your practice closed? How easy would it be to use another?",
        "What effect would a change have on you? Or on the person you care for?",
        "Would you go to Northbridge and Westfield Hospital?",
        "Do you have tests and results in 1 visit?",
    ],
)
def test_one_question_is_not_called_two(text):
    assert "two_questions" not in codes(text)


@pytest.mark.parametrize(
    ("text", "says", "quote"),
    [
        ("Do you agree that we should close the centre?", "Ask “agree or disagree”", "Do you agree"),
        ("How far do you support this plan?", "Ask “support or oppose”", "How far do you support"),
        ("How satisfied were you with your visit?", "Ask “satisfied or dissatisfied”", "How satisfied"),
        ("How much do you like our plan?", "Leave out words that say what to answer", "How much do you like"),
        ("Don’t you think we should act?", "Leave out words that say what to answer", "Don’t you"),
        ("What do you think of our exciting plan?", "Leave out words that say what to answer", "our exciting"),
    ],
)
def test_leading_words_are_quoted_with_what_to_ask_instead(text, says, quote):
    findings = check_words(questionnaire(comment("q", text=text)))
    assert [(finding.code, finding.level, finding.quote) for finding in findings] == [("leading", "warning", quote)]
    assert findings[0].says.endswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "How far do you agree or disagree that you had enough time?",
        "How far do you support or oppose each option?",
        "How satisfied or dissatisfied were you with your visit?",
        "Did you have support at home?",
        "Do you use a support group?",
        "What do you think of our plan?",
    ],
)
def test_balanced_words_are_left_alone(text):
    assert "leading" not in codes(text)


def test_closed_question_about_an_opinion_offers_i_do_not_know():
    asked = choice("move", "Yes", "No", text="Should we move the clinic?")
    assert found(asked) == [("move", "text", "warning", "no_dont_know", "Should we move the clinic?")]
    assert found(choice("move", "Yes", "No", "Not sure", text="Should we move the clinic?")) == []
    known = question("move", options=options("Yes", "No", dont_know="I do not know"), text="Should we move the clinic?")
    assert found(known) == []
    points = choice("far", "Very easy", "Easy", "Difficult", text="Getting there was")
    assert [finding[3] for finding in found(points)] == ["no_dont_know"]


def test_question_about_what_somebody_did_needs_no_i_do_not_know():
    assert found(choice("used", text="Have you used the clinic?"), choice("lonely", "Often", "Never")) == []
    assert (
        found(several("should", text="What should we keep?"), ranking("think", text="What do you think matters?")) == []
    )
    assert found(scale("easy"), statements("plan")) == []


def test_jargon_is_quoted_with_plain_words():
    findings = check_words(questionnaire(comment("q", text="What do Stakeholders need from a care pathway?")))
    assert [(finding.code, finding.quote) for finding in findings] == [
        ("jargon", "Stakeholders"),
        ("jargon", "pathway"),
    ]
    assert findings[0].says == (
        "People outside the service may not know “Stakeholders”. Say “people and groups with an interest”, or explain it"
    )


def test_jargon_list_is_whole_and_suggests_words_that_are_no_jargon_themselves():
    assert len(PLAIN_WORDS) >= 63
    assert {"commissioning", "pathway", "stakeholder"} <= PLAIN_WORDS.keys()
    assert all(word == word.lower() and plain for word, plain in PLAIN_WORDS.items())
    assert {word: jargon_in(plain) for word, plain in PLAIN_WORDS.items() if jargon_in(plain)} == {}
    assert all(jargon_in(f"The {word} here") == [(word, plain)] for word, plain in PLAIN_WORDS.items())


def test_jargon_inside_another_word_is_none():
    assert jargon_in("The eye-hub-cap github providership") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Select the red box if you agree or disagree.", "the red box"),
        ("Fill in the table below.", "Fill in the table"),
        ("Look at the table below.", "the table below"),
        ("Answer in the grid.", "in the grid"),
        ("The new sites are shown in green.", "shown in green"),
        ("Use the button on the right-hand side.", "on the right-hand side"),
    ],
)
def test_instruction_that_only_eyes_can_follow_is_an_error(text, quote):
    findings = [
        finding for finding in check_words(questionnaire(comment("q", hint={"en": text}))) if finding.level == "error"
    ]
    assert [(finding.part, finding.code) for finding in findings] == [("hint", "eyes_only")]
    assert findings[0].quote == quote


def test_colours_of_answers_are_no_instruction():
    assert found(choice("door", "The green button", "The red box", text="What did you press?")) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("PLEASE ANSWER EVERY QUESTION", ["PLEASE ANSWER EVERY QUESTION"]),
        ("Do NOT write your name", ["NOT"]),
        ("IMPORTANT: read our plan", ["IMPORTANT"]),
        ("NHS GP practices, A&E, BSL and the UK GDPR", []),
    ],
)
def test_words_in_capitals_are_quoted_and_short_names_are_not(text, quotes):
    findings = check_words(questionnaire(question("plan", "information", text=text)))
    assert [finding.quote for finding in findings if finding.code == "capitals"] == quotes


def test_start_that_hides_who_acts_is_a_warning():
    assert codes("It is proposed that the centre moves.", kind="information") == ["passive_start"]
    assert codes("We plan to move the centre.", kind="information") == []


HARD = (
    "Implementing organisational rationalisation necessitates comprehensive consideration of alternative accommodation "
    "possibilities. Geographical accessibility considerations undoubtedly necessitate additional investigation. "
) * 3


def test_hard_text_is_a_warning_by_itself_and_in_the_whole():
    assert reading_of(HARD).ease < PLAIN
    findings = found(question("plan", "information", text=HARD))
    assert [(where, part, code) for where, part, _, code, _ in findings if code == "hard_to_read"] == [
        ("", "", "hard_to_read"),
        ("plan", "text", "hard_to_read"),
    ]


def test_easy_read_has_shorter_sentences_and_is_found_in_its_own_part():
    text = "We want to know what you think about our plan to move the centre to Northbridge soon."
    plain = comment("q", text=text)
    easy = comment("q", text="Why?", variants={"easy_read": {"text": {"en": text}}})
    assert found(plain) == []
    assert found(easy) == [("q", "text.easy_read", "warning", "long_sentence", text)]


def test_headings_messages_and_options_are_read_too():
    asked = question(
        "q",
        options=options("Use the pathway", "No"),
        hint={"en": "Ask a stakeholder"},
        settings={"missing": {"en": "Utilise an answer"}},
    )
    form = Definition("Form", (Page("p", (asked,), heading={"en": "Commissioning"}, section={"en": "Providers"}),))
    assert [(finding.where, finding.part) for finding in check_words(form)] == [
        ("p", "section"),
        ("p", "heading"),
        ("q", "hint"),
        ("q", "missing"),
        ("q", "option.1"),
    ]


def test_only_english_is_read_and_what_is_repeated_counts_as_words():
    polish = question("q", "long_text", hint={"pl": "stakeholder"})
    piped = comment("r", text="What does {used|your practice} do, " + "and more " * 8 + "for you?")
    assert found(polish, choice("used"), piped) == []


def test_more_questions_than_people_answer_is_a_warning_of_the_longest_path():
    many = [comment(f"q{index}") for index in range(26)]
    assert found(*many) == [("", "", "warning", "too_many_questions", "")]
    assert found(*many[:25]) == []
    branch = page("more", *many[13:], shown_if=when("car", 1))
    other = page("other", *many[:13], shown_if=when("car", 2))
    assert found(choice("car"), branch, other) == []
    assert [finding[3] for finding in found(comment("q"), longest_path=40)] == ["too_many_questions"]


def test_quote_of_a_long_text_is_cut_at_a_word():
    finding = next(
        f for f in check_words(questionnaire(comment("q", text=HARD))) if f.code == "hard_to_read" and f.where
    )
    assert len(finding.quote) <= 161
    assert re.search(r"\w…$", finding.quote)
    assert isinstance(finding, Finding)


def test_question_of_an_unknown_kind_does_not_stop_the_check():
    assert found(question("q", "smileys"), comment("why", text="Are you a patient and/or a carer?"))[0][0] == "why"


@pytest.mark.parametrize("slug", ["apms", "older-you", "outpatients"])
def test_demonstration_questionnaire_has_no_errors_of_words(slug):
    assert [finding for finding in check_words(questionnaire_of(slug)) if finding.level == "error"] == []
