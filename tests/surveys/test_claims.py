"""Rules built claim by claim, and the answers that they can be about."""

import pytest

from surveys.claims import claim, parts_of, subjects_before, together
from surveys.definition import Condition
from surveys.drafting import problems
from surveys.editing import with_rule
from surveys.kinds import KINDS
from tests.builders import choice, comment, number, page, questionnaire, several, statements, unless, when, when_any

A, B = when("a", 1), when("b", 2)


@pytest.mark.parametrize(
    ("join", "claims", "rule"),
    [
        ("all", (), None),
        ("all", (A,), A),
        ("any", (A, B), Condition("any", parts=(A, B))),
        ("all", (A, B), Condition("all", parts=(A, B))),
        ("none", (A,), unless(A)),
        ("none", (A, B), unless(Condition("any", parts=(A, B)))),
    ],
)
def test_claims_make_a_rule_and_come_back_from_it(join, claims, rule):
    assert together(join, claims) == rule
    assert parts_of(rule) == (join, claims)


def test_rule_within_a_rule_is_one_claim_and_is_kept():
    rule = Condition("all", parts=(A, unless(B)))

    assert parts_of(rule) == ("all", (A, unless(B)))
    assert together(*parts_of(rule)) == rule


def test_rule_can_be_about_what_is_asked_on_earlier_pages_and_each_statement_of_it():
    form = questionnaire(
        choice("a"), statements("s", "x", "y"), page("here", choice("b"), comment("c")), choice("later")
    )

    assert [subject.key for subject in subjects_before(form, "here")] == ["a", "s", "s.x", "s.y"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_claim_that_is_offered_of_an_answer_can_be_published(kind):
    example = KINDS[kind].examples()[0].question
    form = questionnaire(page("first", example), comment("next"))

    for subject in subjects_before(form, "page_next"):
        for says in subject.claims:
            made = claim(subject, says, codes=[option.code for option in subject.options][:1], number=3)
            assert problems(with_rule(form, "page:page_next", made)) == problems(form), says


@pytest.mark.parametrize(
    ("key", "says", "told"),
    [("a", "is", "Tick at least 1 answer"), ("n", "at_least", "Enter the number to compare with")],
)
def test_claim_that_says_nothing_is_refused(key, says, told):
    form = questionnaire(choice("a"), number("n"), comment("next"))
    subject = next(subject for subject in subjects_before(form, "page_next") if subject.key == key)

    with pytest.raises(ValueError, match=told):
        claim(subject, says)


def test_claims_are_what_conditions_say():
    form = questionnaire(choice("a"), several("m"), statements("s", "x"), number("n"), comment("next"))
    by_key = {subject.key: subject for subject in subjects_before(form, "page_next")}

    assert claim(by_key["a"], "is", codes=[1, 2]) == when("a", 1, 2)
    assert claim(by_key["m"], "includes", codes=[3]) == when_any("m", 3)
    assert claim(by_key["s.x"], "is", codes=[4]) == when("s", 4, statement="x")
    assert claim(by_key["n"], "more_than", number=2.5) == Condition("more_than", "n", values=(2.5,))
    assert claim(by_key["a"], "answered") == Condition("answered", "a")
