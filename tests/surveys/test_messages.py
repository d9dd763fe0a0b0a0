"""What a kind says in English, and what it is made of, so that it can be said in another language."""

import copy

import pytest

from surveys.definition import Borrowed, words
from surveys.kinds import KINDS, AnswerError
from surveys.kinds.date import MONTHS, MONTHS_AFTER_A_DAY
from surveys.messages import Message
from surveys.validation import AnswersRejected, check
from tests.builders import comment, number, question, questionnaire, ranking, several

WELSH = {"{subject} must be {most} or less": "{subject}: {most} neu lai", "Your answer": "Eich ateb", "second": "2"}


def in_welsh(message):
    return message.said("cy", translate=lambda id: WELSH.get(id, id), number=str)


def refusal_of(asked, raw):
    with pytest.raises(AnswerError) as refusal:
        KINDS[asked.kind].clean(asked, raw)
    return refusal.value


def test_a_message_is_its_english_sentence_and_keeps_its_id_and_parameters():
    message = Message("Select {most} answers at most", most=4_000)

    assert message == "Select 4,000 answers at most"
    assert (message.id, message.parameters) == ("Select {most} answers at most", {"most": 4_000})


def test_a_message_is_said_with_the_words_of_its_id_and_of_the_messages_in_it():
    assert in_welsh(refusal_of(number("visits", max=5), "7").message) == "Eich ateb: 5 neu lai"


def test_a_text_of_the_questionnaire_is_put_in_as_it_is_asked():
    asked = question("visits", "number", short={"en": "Visits", "cy": "Ymweliadau"}, settings={"max": 5, "bands": []})
    error = refusal_of(asked, "7")

    assert str(error) == "Visits must be 5 or less"
    assert in_welsh(error.message) == "Ymweliadau: 5 neu lai"


def test_what_somebody_typed_is_never_read_as_a_pattern():
    error = refusal_of(comment("why", short={"en": "{x} {0}"}, settings={"limit": 2}), "abc")

    assert str(error) == "{x} {0} must be 2 characters or less. You have used 3"
    assert Message("Braces {} stay") == "Braces {} stay"


def test_a_copied_message_is_the_same_message():
    message = copy.deepcopy(Message("Select {most}", most=3))

    assert (message, message.id, message.parameters) == ("Select 3", "Select {most}", {"most": 3})
    assert copy.deepcopy(Borrowed("Why?", "en")).language == "en"


def test_every_refusal_of_the_whole_check_can_be_said_again():
    definition = questionnaire(several("hard", required=True), ranking("matters"))
    rejected = AnswersRejected(check(definition, {"matters": ["", "1"], "made_up": 1}).problems)

    assert {key: [message.id for message in messages] for key, messages in rejected.problems.items()} == {
        "hard": ["Select an answer"],
        "matters": ["Select your {gap} choice before your {place} choice"],
        "made_up": ["This question is not part of the questionnaire"],
    }


def test_the_questionnaires_own_words_for_a_blank_come_in_the_language_asked_for():
    asked = question("used", settings={"missing": {"en": "Select yes or no", "cy": "Dewiswch ie neu na"}})
    message = KINDS["one_choice"].missing_message(asked)

    assert (message, in_welsh(message)) == ("Select yes or no", "Dewiswch ie neu na")


def test_words_that_are_not_translated_say_what_language_they_are_in():
    borrowed = words({"en": "Why?", "cy": "Pam?"}, "pl")

    assert (borrowed, borrowed.language) == ("Why?", "en")
    assert not isinstance(words({"en": "Why?", "pl": "Dlaczego?"}, "pl"), Borrowed)


@pytest.mark.parametrize("names", [*MONTHS.values(), *MONTHS_AFTER_A_DAY.values()])
def test_every_language_has_twelve_months(names):
    assert len(set(names)) == 12


@pytest.mark.parametrize(
    ("language", "value", "reads"),
    [("cy", "2027-03-27", "27 Mawrth 2027"), ("pl", "2027-03-27", "27 marca 2027"), ("pl", "2027-03", "marzec 2027"),
     ("ur", "2027-03-27", "27 مارچ 2027"), ("so", "2027-03-27", "27 March 2027")],
)  # fmt: skip
def test_a_date_reads_in_the_language_of_the_page(language, value, reads):
    assert KINDS["date"].describe(question("seen", "date"), value, language) == reads
