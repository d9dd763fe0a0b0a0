"""Two people at one questionnaire: nothing that either writes is lost, and the second to save chooses."""

import pytest

from tests.builders import choice, comment, page, questionnaire, when
from tests.consult.building import beside, builder

pytestmark = pytest.mark.django_db


def test_second_to_save_a_question_sees_both_texts_and_chooses():
    first = builder(questionnaire(choice("a"), choice("b")))
    second = beside(first)
    first.open("questions/question/a/")
    second.open("questions/question/a/")

    first.send(text="The first one’s words")
    second.send(text="The second one’s words", hint="And a hint")

    assert second.page.status_code == 409
    assert "The first one’s words" in second.text
    assert (second.forms[""]["text"], second.forms[""]["hint"]) == ("The second one’s words", "And a hint")
    assert first.definition.question("a").text == {"en": "The first one’s words"}
    second.send()
    assert first.definition.question("a").text == {"en": "The second one’s words"}


def test_two_who_edit_different_questions_both_keep_their_words():
    first = builder(questionnaire(choice("a"), choice("b")))
    second = beside(first)
    first.open("questions/question/a/")
    second.open("questions/question/b/")

    first.send(text="Words for a")
    second.send(text="Words for b")

    assert [question.text["en"] for question in first.definition.questions()] == ["Words for a", "Words for b"]


def test_words_for_a_question_that_somebody_took_out_are_shown_to_be_copied():
    first = builder(questionnaire(choice("a"), choice("b")))
    second = beside(first)
    second.open("questions/question/a/")
    first.open("questions/question/a/take-out/").send()

    second.send(text="A long and careful sentence")

    assert "A long and careful sentence" in second.text


def test_move_is_refused_in_words_where_somebody_was_quicker():
    first = builder(questionnaire(page("one", choice("a")), page("two", choice("b")), page("three", comment("e"))))
    second = beside(first)
    second.open("questions/")
    first.open("questions/").send(first.base + "questions/page/one/move/", way="down")

    second.send(second.base + "questions/page/one/move/", way="down")

    assert "Somebody else changed the questions" in second.text
    assert [page.key for page in first.definition.pages] == ["two", "one", "three"]


def test_second_to_change_a_rule_is_told_and_changes_nothing():
    first = builder(questionnaire(choice("a"), page("next", comment("c"))))
    second = beside(first)
    first.open("questions/rule/page:next/?about=a")
    second.open("questions/rule/page:next/?about=a")

    first.send(codes=["1"])
    second.send(codes=["2"])

    assert "Somebody else changed this rule" in second.text
    assert first.definition.pages[1].shown_if == when("a", 1)
