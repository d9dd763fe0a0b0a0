"""The contract that every kind of question keeps, over each kind's own examples and over anything a person may send."""

import json

import pytest
from hypothesis import given, settings

from surveys.codebook import column_key, question_codes
from surveys.codes import (
    BLANK,
    MISSING,
    in_four_bytes,
)
from surveys.controls import READERS, read
from surveys.kinds import KINDS, AnswerError
from tests.builders import question
from tests.surveys.strategies import ODD_TEXTS, anything

EVERY_EXAMPLE = [
    pytest.param(kind, example, id=f"{name}-{index}")
    for name, kind in KINDS.items()
    for index, example in enumerate(kind.examples())
]
ANSWERED = [case for case in EVERY_EXAMPLE if case.values[1].value is not None]
ODD_ANSWERS = [*ODD_TEXTS, True, False, [], {}, [[]], {"": []}, float("nan"), float("inf"), 10**5000, -(10**400)]
every_example = pytest.mark.parametrize(("kind", "example"), EVERY_EXAMPLE)
every_answer = pytest.mark.parametrize(("kind", "example"), ANSWERED)
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


# The contract ------------------------------------------------------------------------------------------------------------


@every_kind
def test_kind_is_listed_under_its_own_name_with_a_label_and_examples(kind):
    assert KINDS[kind.name] is kind
    assert kind.label
    assert kind.examples()


@every_example
def test_what_a_person_sends_is_cleaned_to_what_is_stored(kind, example):
    assert kind.clean(example.question, example.raw) == example.value


@every_example
def test_stored_value_survives_json_and_cleans_to_itself(kind, example):
    stored = json.loads(json.dumps(example.value))
    assert kind.clean(example.question, stored) == example.value


@every_example
def test_stored_value_reads_in_words(kind, example):
    assert kind.describe(example.question, example.value) == example.reads


@every_answer
def test_value_spread_over_its_controls_is_gathered_to_the_same_value(kind, example):
    spread = kind.spread(example.question, example.value)
    assert set(spread) <= {control.part for control in kind.controls(example.question)}
    assert kind.clean(example.question, kind.gather(spread)) == example.value


@every_answer
def test_value_posted_by_a_browser_comes_back_as_the_same_value(kind, example):
    posted = posted_form(example.question, kind.spread(example.question, example.value))
    raw = kind.gather(read("key", kind.controls(example.question), lambda name: posted.get(name, [])))
    assert kind.clean(example.question, raw) == example.value


@every_kind
def test_empty_form_is_no_answer(kind):
    for example in kind.examples():
        raw = kind.gather(read("key", kind.controls(example.question), lambda name: []))
        assert kind.clean(example.question, raw) is None


@every_kind
def test_controls_are_known_and_told_apart_by_their_part(kind):
    for example in kind.examples():
        controls = kind.controls(example.question)
        assert all(control.shape in READERS for control in controls)
        assert len({control.part for control in controls}) == len(controls)


@every_answer
def test_codes_lie_within_the_columns_and_are_no_missing_code_by_accident(kind, example):
    columns = {column.part: column for column in kind.columns(example.question)}
    codes = kind.codes(example.question, example.value)
    assert set(codes) <= set(columns)
    for part, code in codes.items():
        assert fits(code, columns[part])


@every_kind
def test_blank_question_has_the_blank_code_in_every_column(kind):
    for example in kind.examples():
        expected = {
            column.part: in_four_bytes(BLANK) if column.four_bytes else BLANK
            for column in kind.columns(example.question)
        }
        assert kind.blank_codes(example.question) == expected


@every_answer
def test_every_code_written_has_words_in_the_codebook_or_is_the_number_itself(kind, example):
    for column in kind.columns(example.question):
        labels = kind.code_labels(example.question, column.part)
        code = kind.codes(example.question, example.value).get(column.part)
        assert column.four_bytes or code in labels or code in MISSING
        assert kind.column_heading(example.question, column.part)


@every_answer
def test_value_is_untouched_when_every_option_is_offered(kind, example):
    assert kind.limit(example.question, example.value) == example.value


@every_kind
def test_summaries_count_only_columns_that_the_kind_fills(kind):
    for example in kind.examples():
        own = {column_key(example.question.key, column.part) for column in kind.columns(example.question)}
        for summary in kind.summaries(example.question):
            assert {summary.base_column, *(name for line in summary.lines for name in line.columns)} <= own


@every_kind
def test_examples_are_fit_to_publish(kind):
    for example in kind.examples():
        assert list(kind.unfit_settings(example.question)) == []
        assert list(kind.problems(example.question)) == []


@every_kind
def test_message_for_a_blank_required_question_tells_the_person_what_to_do(kind):
    assert kind.missing_message(kind.examples()[0].question).split()[0] in {"Select", "Enter", "Write"}


@every_kind
@settings(max_examples=150, deadline=None)
@given(raw=anything)
def test_anything_at_all_is_cleaned_to_a_lasting_value_or_refused_in_words(kind, raw):
    for example in kind.examples():
        assert_lasting_or_refused(kind, example.question, raw)


@every_kind
@pytest.mark.parametrize("raw", ODD_ANSWERS, ids=range(len(ODD_ANSWERS)))
def test_odd_answers_are_cleaned_to_a_lasting_value_or_refused_in_words(kind, raw):
    for example in kind.examples():
        assert_lasting_or_refused(kind, example.question, raw)


@every_kind
def test_a_million_characters_are_cleaned_or_refused_in_words(kind):
    for raw in ("x" * 1_000_000, "1" * 1_000_000, " " * 1_000_000, "\u200b" * 1_000_000, ["1"] * 1_000_000):
        assert_lasting_or_refused(kind, kind.examples()[0].question, raw)


@every_kind
def test_settings_of_the_wrong_sort_are_named(kind):
    for name in ("missing", *kind.takes):
        wrong = question("odd", kind.name, settings={name: {"en": ["not", "this"]}})
        assert [says.split(" that ")[0] for says in kind.unfit_settings(wrong)] == [f"has a setting “{name}”"]


# Words that the tests above share ----------------------------------------------------------------------------------------


def assert_lasting_or_refused(kind, asked, raw):
    """Either a refusal in words, or a value that can be stored, cleaned to itself, counted, limited and read."""
    try:
        value = kind.clean(asked, raw)
    except AnswerError as refusal:
        assert_fit_to_show(str(refusal))
        return
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    assert kind.clean(asked, value) == value
    assert isinstance(kind.describe(asked, value), str)
    columns = {column.part: column for column in kind.columns(asked)}
    for part, code in question_codes(asked, value).items():
        assert fits(code, columns[part]) or code in MISSING or code == in_four_bytes(BLANK)


def assert_fit_to_show(message):
    """A message is short, and can be written on a page whatever was sent."""
    assert 0 < len(message.encode("utf-8")) < 400


def fits(code, column):
    """Whether a code can be written in its column, and is not read back as "not asked"."""
    if column.four_bytes:
        return -(2**31) + 256 <= code < 2**31
    return 1 <= code <= 255


def posted_form(asked, spread):
    """What a browser posts for the controls filled in: every value as text, dates as three boxes."""
    posted = {}
    for control in KINDS[asked.kind].controls(asked):
        shown = spread.get(control.part)
        if isinstance(shown, dict):
            posted |= {f"{control.name('key')}.{box}": [text] for box, text in shown.items()}
        elif shown is not None:
            posted[control.name("key")] = [str(each) for each in (shown if isinstance(shown, list) else [shown])]
    return posted
