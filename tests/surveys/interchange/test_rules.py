"""Rules of other tools as conditions: what each expression means, that it means the same here, and which are refused."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Condition
from surveys.interchange.expressions import LIMESURVEY, XPATH, Answer, Call, CannotHold, Value, parse
from surveys.interchange.rules import Target, condition_of
from surveys.journey import holds

TARGETS = {
    "one": Target("one", "one", {"yes": 1, "no": 2, "3": 3}),
    "other": Target("other", "one", {"yes": 4, "no": 5}),
    "many": Target("many", "several", {"a": 1, "b": 2, "c": 3}),
    "tick": Target("many", "tick", code=2),
    "age": Target("age", "number"),
    "name": Target("name", "words"),
    "day": Target("day", "words"),
}


def find(answer):
    if answer.name not in TARGETS:
        raise CannotHold(f"there is no {answer.name}")
    return TARGETS[answer.name]


def xpath(text):
    return condition_of(parse(text, XPATH), find)


def one(*codes):
    return Condition("is", "one", values=codes)


def many(*codes):
    return Condition("includes", "many", values=codes)


AGE_GIVEN = Condition("answered", "age")


@pytest.mark.parametrize(
    "text, condition",
    [
        ("${one} = 'yes'", one(1)),
        ("${one}=‘yes’", one(1)),
        ("'yes' = ${one}", one(1)),
        ("selected(${one}, 'no')", one(2)),
        ("${one} != 'yes'", Condition("not", parts=(one(1),))),
        ("${one} = 'yes' or ${one} = 'no'", one(1, 2)),
        ("${one} = ''", Condition("not", parts=(Condition("answered", "one"),))),
        ("${one} != ''", Condition("answered", "one")),
        (
            "${one} = 'yes' and not(selected(${many}, 'b'))",
            Condition("all", parts=(one(1), Condition("not", parts=(many(2),)))),
        ),
        ("${age} >= 18", Condition("at_least", "age", values=(18,))),
        ("18 <= ${age}", Condition("at_least", "age", values=(18,))),
        ("${age} > 9 * 2 - 0.5", Condition("more_than", "age", values=(17.5,))),
        ("${age} < -3", Condition("less_than", "age", values=(-3,))),
        ("${age} != 5", Condition("not", parts=(Condition("equals", "age", values=(5,)),))),
        ("string-length(${name}) > 0", Condition("answered", "name")),
        ("string-length(${name}) = 0", Condition("not", parts=(Condition("answered", "name"),))),
        ("count-selected(${many}) = 0", Condition("not", parts=(Condition("answered", "many"),))),
        ("count-selected(${many}) >= 3", Condition("all", parts=(many(1), many(2), many(3)))),
        ("min(${age}, 99) >= 18", Condition("all", parts=(AGE_GIVEN, Condition("at_least", "age", values=(18,))))),
        (
            "if(${one} = 'yes', ${age} > 5, false())",
            Condition("all", parts=(one(1), Condition("more_than", "age", values=(5,)))),
        ),
        ("true()", True),
        ("0", False),
        ("1 = 2", False),
        ("${one} = 'nobody'", False),
        ("${one} = 'yes' or true()", True),
    ],
)
def test_expression_becomes_its_condition(text, condition):
    assert xpath(text) == condition


@pytest.mark.parametrize(
    "text, reason",
    [
        ("regex(${name}, '^a')", "“regex” is nothing that a condition here can say"),
        (
            "${name} = 'Ann'",
            "it asks what was written or given there, and a condition here can only ask whether it was answered",
        ),
        (
            "${day} > today()",
            "a condition here compares an answer with a fixed value, and this compares something else",
        ),
        ("string-length(${name}) > 3", "a condition here can ask whether something was written, not how long it is"),
        (
            "${age} > ${age} * 2",
            "a condition here compares an answer with a fixed value, and this compares something else",
        ),
        ("${nobody} = 1", "there is no nobody"),
        ("${one} = ", "it is written in a way that cannot be read here"),
        ("${one} = 'yes' )", "it is written in a way that cannot be read here"),
        ("(" * 100 + "1" + ")" * 100, "it is nested more than 60 deep"),
        ("1 + " * 3000 + "1", "it is longer than 10,000 characters"),
        ("1 + " * 500 + "1", "it has more than 800 parts"),
    ],
)
def test_expression_that_cannot_be_held_says_why(text, reason):
    with pytest.raises(CannotHold, match=f"^{re.escape(reason)}$"):
        xpath(text)


@pytest.mark.parametrize(
    "text, condition",
    [
        ('one == "yes"', one(1)),
        ("one.NAOK eq 'yes' || one == 'no'", one(1, 2)),
        ("!is_empty(age) && age > 5", Condition("all", parts=(AGE_GIVEN, Condition("more_than", "age", values=(5,))))),
        ('tick == "Y"', many(2)),
        ("! is_empty(tick)", many(2)),
        ("age-5 > 2", None),
    ],
)
def test_limesurvey_expression_becomes_its_condition(text, condition):
    try:
        found = condition_of(parse(text, LIMESURVEY), find)
    except CannotHold:
        found = None

    assert found == condition


# Any expression means the same here as there ----------------------------------------------------------------------------------

ONE, OTHER = (None, "yes", "no", "3"), (None, "yes", "no")
MANY = ((), ("a",), ("b",), ("a", "b"), ("b", "c"), ("a", "b", "c"))
AGES, NAMES = (None, 0, 4, 18, 40), (None, "Ann")


def as_the_tool_says(tree, said):
    """The truth of an expression as the tool works it out, written apart from the code under test."""
    if isinstance(tree, Value):
        return tree.value
    if isinstance(tree, Answer):
        return said[tree.name]
    name, parts = tree.name, tree.parts
    if name in ("and", "or", "not"):
        truths = [truth(as_the_tool_says(part, said)) for part in parts]
        return {"and": all(truths), "or": any(truths), "not": not truths[0]}[name]
    if name == "selected":
        return parts[1].value in str(as_the_tool_says(parts[0], said)).split()
    if name == "count-selected":
        return float(len(str(as_the_tool_says(parts[0], said)).split()))
    if name == "string-length":
        return float(len(str(as_the_tool_says(parts[0], said))))
    left, right = (as_the_tool_says(part, said) for part in parts)
    return compare(name, left, right)


def truth(value):
    return bool(value) and value != 0


def compare(sign, left, right):
    """XPath 1.0: numbers are compared as such, a blank is no number."""
    numbers = []
    for side in (left, right):
        try:
            numbers.append(float(side))
        except ValueError:
            numbers.append(float("nan"))
    if sign in ("=", "!="):
        are_numbers = any(isinstance(side, float) for side in (left, right))
        same = numbers[0] == numbers[1] if are_numbers else str(left) == str(right)
        return same is (sign == "=")
    return {
        "<": numbers[0] < numbers[1],
        "<=": numbers[0] <= numbers[1],
        ">": numbers[0] > numbers[1],
        ">=": numbers[0] >= numbers[1],
    }[sign]


LEAVES = st.one_of(
    st.builds(
        lambda name, sign, code: Call(sign, (Answer(name), Value(code))),
        st.sampled_from(["one", "other"]), st.sampled_from(["=", "!="]), st.sampled_from(["yes", "no", ""]),
    ),
    st.builds(
        lambda sign, number: Call(sign, (Answer("age"), Value(number))),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from([0.0, 4.0, 17.5, 18.0]),
    ),
    st.builds(lambda code: Call("selected", (Answer("many"), Value(code))), st.sampled_from(["a", "b", "c"])),
    st.builds(
        lambda sign, number: Call(sign, (Call("count-selected", (Answer("many"),)), Value(float(number)))),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(0, 4),
    ),
    st.builds(lambda sign: Call(sign, (Call("string-length", (Answer("name"),)), Value(0.0))), st.sampled_from(["=", "!=", ">"])),
    st.builds(lambda sign: Call(sign, (Answer("one"), Answer("other"))), st.sampled_from(["=", "!="])),
    st.builds(lambda code: Call("=", (Answer("many"), Value(code))), st.sampled_from(["a", "b"])),
    st.builds(Value, st.booleans()),
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.builds(lambda one: Call("not", (one,)), part),
        st.builds(
            lambda sign, parts: Call(sign, tuple(parts)),
            st.sampled_from(["and", "or"]),
            st.lists(part, min_size=2, max_size=3),
        ),
    ),
    max_leaves=6,
)
PEOPLE = list(product(ONE, OTHER, MANY, AGES, NAMES))


@given(tree=TREES)
def test_condition_is_true_of_exactly_whom_the_expression_is(tree):
    held = condition_of(tree, find)

    wrong = []
    for one_said, other_said, many_said, age, name in PEOPLE:
        said = {
            "one": one_said or "", "other": other_said or "", "many": " ".join(many_said),
            "age": "" if age is None else float(age), "name": name or "",
        }  # fmt: skip
        answers = {
            "one": TARGETS["one"].codes.get(one_said), "other": TARGETS["other"].codes.get(other_said),
            "many": [TARGETS["many"].codes[code] for code in many_said] or None, "age": age, "name": name,
        }  # fmt: skip
        live = {key: value for key, value in answers.items() if value is not None}
        here = held if isinstance(held, bool) else holds(held, live)
        if here is not truth(as_the_tool_says(tree, said)):
            wrong.append((said, here))

    assert wrong == []
