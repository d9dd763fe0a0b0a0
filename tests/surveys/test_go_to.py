"""The route on paper: a go-to leads past nothing that its reader should answer, and every rule stands above its question."""

import pytest
from hypothesis import given, settings

from surveys.definition import Option
from surveys.go_to import TO_THE_END, go_to_texts
from surveys.journey import journey
from surveys.paper_order import paper_numbers
from tests.builders import (
    choice,
    comment,
    for_each,
    options,
    page,
    question,
    questionnaire,
    several,
    statements,
    unless,
    when,
    when_any,
)
from tests.surveys.strategies import answered_questionnaires

CAR = questionnaire(
    choice("car", "Yes", "No"),
    page("parking", choice("parks", "Street", "Drive"), comment("where"), shown_if=when("car", 1)),
    comment("rest"),
)


def test_option_that_leads_past_questions_says_where_to_go():
    assert go_to_texts(CAR).go_to == {("car", 2): "Go to question 4"}


def test_numbers_follow_those_of_the_paper():
    assert go_to_texts(CAR, first_number=11).go_to == {("car", 2): "Go to question 14"}
    assert go_to_texts(CAR, first_number=11).above == {
        "parks": "Only answer questions 12 and 13 if you ticked “Yes” at question 11"
    }


def test_answer_that_nothing_more_follows_leads_to_the_end():
    form = questionnaire(choice("car", "Yes", "No"), page("more", comment("where"), shown_if=when("car", 1)))
    assert go_to_texts(form).go_to == {("car", 2): TO_THE_END}


def test_go_to_names_the_question_that_it_leads_to():
    form = questionnaire(choice("car", "Yes", "No"), page("more", comment("where"), shown_if=when("car", 1)))

    assert go_to_texts(CAR).leads_to == {("car", 2): "rest"}
    assert go_to_texts(form).leads_to == {("car", 2): ""}


def test_neighbouring_options_with_one_rule_are_told_it_once():
    sites = (
        Option(1, {"en": "North"}, shown_if=when("town", 1)),
        Option(2, {"en": "North-west"}, shown_if=when("town", 1)),
        Option(3, {"en": "South"}, shown_if=when("town", 2)),
        Option(4, {"en": "None of these"}),
    )
    form = questionnaire(choice("town", "A", "B"), question("site", options=sites))

    assert go_to_texts(form).above == {
        "site.option.1": "Only choose from these if you ticked “A” at question 1",
        "site.option.3": "Only choose this if you ticked “B” at question 1",
    }


def test_options_that_are_the_answers_ticked_before_are_told_so_once():
    def choose(*labels):
        listed = (
            Option(code, {"en": label}, shown_if=when_any("used", code)) for code, label in enumerate(labels, start=1)
        )
        return questionnaire(
            several("used", "Eyes", "Skin"),
            question("most", options=(*listed, Option(9, {"en": "I do not know"}, meaning="dont_know"))),
        )

    assert go_to_texts(choose("Eyes", "Skin")).above == {
        "most.option.1": "Only choose from answers that you ticked at question 1"
    }
    assert go_to_texts(choose("Eyes", "Bones")).above == {
        "most.option.1": "Only choose this if you ticked “Eyes” at question 1",
        "most.option.2": "Only choose this if you ticked “Skin” at question 1",
    }


def test_question_that_hangs_on_one_passed_by_is_passed_by_too():
    form = questionnaire(
        choice("car", "Yes", "No"),
        page("parking", choice("parks"), shown_if=when("car", 1)),
        page("cost", comment("cost"), shown_if=when("parks", 2)),
        comment("rest"),
    )
    assert go_to_texts(form).go_to == {("car", 2): "Go to question 4", ("parks", 1): "Go to question 4"}


def test_rule_that_one_tick_does_not_settle_is_told_above_the_question_only():
    form = questionnaire(
        several("used", "Eyes", "Skin"),
        statements("plan", "a", "b"),
        page("why", comment("why"), shown_if=when_any("used", 1)),
        page("how", comment("how"), shown_if=when("plan", 5, statement="a")),
        comment("rest"),
    )
    printed = go_to_texts(form)
    assert printed.go_to == {}
    assert printed.above == {
        "why": "Only answer question 3 if you ticked “Eyes” at question 1",
        "how": "Only answer question 4 if you ticked “Very difficult” at question 2a",
    }


def test_option_that_stands_alone_leads_past_questions_about_the_others():
    used = question("used", "several_choices", options=options("Eyes", "Skin", none="None of these"))
    form = questionnaire(used, page("wait", choice("wait"), repeat=for_each("used", most=2)), comment("rest"))
    assert go_to_texts(form).go_to == {("used", 3): "Go to question 3"}


def test_round_of_a_repeated_page_is_left_only_by_the_next_question_on_paper():
    form = questionnaire(
        several("used", "Eyes", "Skin"),
        page("wait", choice("wait", "Short", "Long"), repeat=for_each("used", most=2)),
        page("why", comment("why"), repeat=for_each("used", most=2), shown_if=when("wait", 2)),
        comment("rest"),
    )
    assert go_to_texts(form).go_to == {}
    assert go_to_texts(form).above == {"why": "Only answer question 3 if you ticked “Long” at question 2"}


def test_rule_of_a_page_and_of_its_question_are_told_together_and_lines_tell_theirs():
    asked = question(
        "site",
        options=(Option(1, {"en": "North"}), Option(2, {"en": "South"}, shown_if=when("town", 2))),
        shown_if=unless(when("town", 3)),
    )
    form = questionnaire(
        choice("car"), choice("town", "A", "B", "C"), page("site", asked, shown_if=when("car", 1)), comment("rest")
    )
    assert go_to_texts(form).above == {
        "site": "Only answer question 3 if you ticked “Yes” at question 1 and you did not tick “C” at question 2",
        "site.option.2": "Only choose this if you ticked “B” at question 2",
    }


@settings(max_examples=200, deadline=None)
@given(answered_questionnaires())
def test_go_to_leads_past_no_question_that_its_reader_is_asked(both):
    form, answers = both
    numbers = paper_numbers(form)
    order = list(numbers)
    route = journey(form, answers)
    asked = [each.key.partition("@")[0] for each in route.questions()]
    for (key, code), text in go_to_texts(form).go_to.items():
        if form.page_of(key).repeat or route.answers.get(key) not in (code, [code]):
            continue
        target = len(order) if text == TO_THE_END else [*numbers.values()].index(text.removeprefix("Go to question "))
        passed_by = order[order.index(key) + 1 : target]
        assert set(passed_by) & set(asked) == set()
        assert passed_by


@pytest.mark.parametrize("first", [1, 5])
def test_questionnaire_without_rules_prints_none(first):
    printed = go_to_texts(questionnaire(choice("a"), choice("b")), first_number=first)
    assert (printed.go_to, printed.above) == ({}, {})
