"""Edits of a questionnaire: what they touch changes, and nothing else does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys import editing
from surveys.definition import Page
from surveys.editing import Gone, stamp_of
from tests.builders import choice, comment, page, questionnaire, when

FORM = questionnaire(
    page("one", choice("a")), page("two", choice("b"), comment("c"), choice("d")), page("three", comment("e"))
)

NEW = page("new", choice("n"))


def keys(definition):
    """The pages and their questions, for whole comparisons."""
    return {page.key: [question.key for question in page.questions] for page in definition.pages}


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (lambda d: editing.with_page(d, NEW, after="one"), {"one": "a", "new": "n", "two": "bcd", "three": "e"}),
        (lambda d: editing.with_page(d, NEW), {"one": "a", "two": "bcd", "three": "e", "new": "n"}),
        (lambda d: editing.without_page(d, "two"), {"one": "a", "three": "e"}),
        (lambda d: editing.with_page_moved(d, "three", by=-1), {"one": "a", "three": "e", "two": "bcd"}),
        (lambda d: editing.with_page_moved(d, "one", by=-1), {"one": "a", "two": "bcd", "three": "e"}),
        (lambda d: editing.with_page_moved(d, "one", by=9), {"two": "bcd", "three": "e", "one": "a"}),
        (lambda d: editing.with_pages_ordered(d, ["three", "one"]), {"three": "e", "one": "a", "two": "bcd"}),
        (lambda d: editing.with_question(d, choice("n"), page="one"), {"one": "an", "two": "bcd", "three": "e"}),
        (lambda d: editing.without_question(d, "c"), {"one": "a", "two": "bd", "three": "e"}),
        (lambda d: editing.without_question(d, "e"), {"one": "a", "two": "bcd"}),
        (lambda d: editing.with_question_moved(d, "d", by=-1), {"one": "a", "two": "bdc", "three": "e"}),
        (lambda d: editing.with_question_moved(d, "e", by=-1), {"one": "a", "three": "e", "two": "bcd"}),
        (lambda d: editing.with_question_copied(d, "b", copy="x", page="y"), {"one": "a", "two": "bxcd", "three": "e"}),
        (lambda d: editing.with_question_copied(d, "a", copy="x", page="y"), {"one": "a", "y": "x", "two": "bcd", "three": "e"}),
    ],
)  # fmt: skip
def test_edit_changes_what_it_names_and_leaves_the_rest_in_order(edit, after):
    edited = edit(FORM)

    assert keys(edited) == {page: list(questions) for page, questions in after.items()}
    assert list(keys(edited)) == list(after)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: editing.with_page(d, page("new", choice("n")), after="lost"),
        lambda d: editing.without_page(d, "lost"),
        lambda d: editing.without_question(d, "lost"),
        lambda d: editing.with_question(d, choice("n"), page="lost"),
        lambda d: editing.with_question_changed(d, "lost", required=True),
        lambda d: editing.with_question_moved(d, "lost", by=1),
        lambda d: editing.with_question_copied(d, "lost", copy="x", page="y"),
        lambda d: editing.with_rule(d, "question:lost", None),
        lambda d: editing.with_rule(d, "question:a:9", None),
        lambda d: editing.with_rule(d, "page:lost", None),
    ],
)
def test_edit_of_what_is_gone_says_so(edit):
    with pytest.raises(Gone):
        edit(FORM)


def test_copy_of_a_question_says_the_same_under_its_own_key():
    copied = editing.with_question_copied(FORM, "a", copy="x", page="y")

    assert copied.question("x") == replace(FORM.question("a"), key="x")


@pytest.mark.parametrize("place", ["page:three", "question:c", "question:d:2"])
def test_rule_is_set_found_and_taken_out_again(place):
    rule = when("a", 1)

    ruled = editing.with_rule(FORM, place, rule)

    assert editing.rule_at(ruled, place) == rule
    assert editing.with_rule(ruled, place, None) == FORM


def test_stamp_changes_with_what_it_is_of_and_with_nothing_else():
    page_two, question = editing.page_with(FORM, "two"), FORM.question("b")
    other_words = editing.with_question_changed(FORM, "b", text={"en": "Other words"})

    assert stamp_of(question) != stamp_of(other_words.question("b"))
    assert stamp_of(FORM.question("c")) == stamp_of(other_words.question("c"))
    # A page's own form shows its heading and not its questions.
    assert stamp_of(page_two) == stamp_of(editing.page_with(other_words, "two"))
    assert stamp_of(page_two) != stamp_of(replace(page_two, heading={"en": "Another"}))
    assert stamp_of(when("a", 1)) != stamp_of(when("a", 2))
    assert stamp_of(None) == ""
    assert stamp_of(editing.order_of(FORM)) != stamp_of(editing.order_of(editing.with_page_moved(FORM, "one", by=1)))


def test_new_keys_and_codes_are_none_that_ever_were():
    assert editing.new_key("q", {"q1", "q2", "q4"}) == "q3"
    assert editing.new_code([1, 2, 7]) == 8
    assert editing.new_code([]) == 1


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from("abcde"), st.integers(-4, 4)), max_size=8))
def test_moving_loses_no_page_and_no_question(steps):
    moved = FORM
    for key, by in steps:
        moved = editing.with_question_moved(moved, key, by=by)

    assert sorted(question.key for question in moved.questions()) == list("abcde")
    assert {page.key for page in moved.pages} == {"one", "two", "three"}
    assert all(isinstance(page, Page) for page in moved.pages)
