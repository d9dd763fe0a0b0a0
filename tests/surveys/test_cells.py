"""How cells of a spreadsheet are read as answers: the contract of every kind, which is the inverse of a row export, and people's
own ways of writing."""

import pytest
from hypothesis import given

from exports.tables import cell_words, holds_text
from surveys.codebook import question_codes
from surveys.definition import Option
from surveys.kinds import KINDS, AnswerError
from surveys.kinds.cells import CellError, OptionWords
from surveys.marks import illegible, several
from tests.builders import choice, comment, number, options, question, ranking, statements
from tests.builders import several as tick_boxes
from tests.surveys.strategies import ODD_TEXTS, anything

EXAMPLES = [
    pytest.param(kind, example, id=f"{name}-{index}")
    for name, kind in KINDS.items()
    for index, example in enumerate(kind.examples())
]
every_example = pytest.mark.parametrize(("kind", "example"), EXAMPLES)
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def exported(asked, value):
    """`{part: cell}` of an answer in a row export, by the export's own rules."""
    kind, codes = KINDS[asked.kind], question_codes(asked, value)
    cells = {}
    for column in kind.columns(asked):
        if holds_text(asked) or column.four_bytes:
            cells[column.part] = "" if value is None else str(kind.text_of(value) or value)
        else:
            cells[column.part] = str(cell_words(asked, column.part)[codes[column.part]])
    return cells


def read(asked, cells, **how):
    """The answer that cells hold, cleaned as it is stored."""
    kind = KINDS[asked.kind]
    raw = kind.read_cells(asked, cells if isinstance(cells, dict) else {"": cells}, OptionWords(asked, **how))
    return raw if isinstance(raw, dict) and "mark" in raw else kind.clean(asked, raw)


def assert_read_or_refused(asked, cells):
    try:
        read(asked, cells)
    except AnswerError as refusal:
        says = str(refusal)
        assert 0 < len(says.encode()) < 600


# The contract of every kind ------------------------------------------------------------------------------------------------


@every_example
def test_what_an_export_writes_of_an_answer_is_read_as_that_answer(kind, example):
    assert read(example.question, exported(example.question, example.value)) == example.value


@every_kind
def test_cells_are_of_parts_that_a_column_may_hold(kind):
    for example in kind.examples():
        parts = kind.cell_parts(example.question)
        assert set(exported(example.question, example.value)) <= set(parts)
        assert set(kind.part_labels(example.question)) <= set(parts)


@every_kind
def test_blank_and_missing_cells_hold_no_answer(kind):
    for example in kind.examples():
        assert read(example.question, {}) is None
        assert read(example.question, dict.fromkeys(kind.cell_parts(example.question), "")) is None


@every_kind
@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_cells_are_read_or_refused_in_words(kind, text):
    for example in kind.examples():
        for part in kind.cell_parts(example.question):
            assert_read_or_refused(example.question, {part: text})


@every_kind
@given(typed=anything)
def test_anything_typed_into_cells_is_read_or_refused_in_words(kind, typed):
    for example in kind.examples():
        cells = dict.fromkeys(kind.cell_parts(example.question), str(typed).encode("utf-8", "replace").decode())
        assert_read_or_refused(example.question, cells)


# Options -------------------------------------------------------------------------------------------------------------------

TRAVEL = choice("travel", "By car", "By bus", "I’d walk – slowly", "Yes, a lot")


@pytest.mark.parametrize(
    "cell, code",
    [
        ("1", 1), ("1.0", 1), (" 2 ", 2), ("By car", 1), ("by CAR ", 1), ("By\u00a0bus", 2), ("By  bus.", 2),
        ("I'd walk - slowly", 3), ("I’d walk — slowly\u200b", 3), ("Yes, a lot", 4), ("", None), ("-2", None), ("-1", None),
        (".", None), ("[not asked]", None),
    ],
)  # fmt: skip
def test_F14_option_is_read_by_code_or_words_whatever_their_case_and_blanks(cell, code):
    assert read(TRAVEL, cell) == code


@pytest.mark.parametrize(
    "cell, near",
    [("By buss", [2]), ("by c", [1]), ("walk", []), ("Yes a lot", [4]), ("7", []), ("x" * 5_000, []), ("=1+1", [])],
)
def test_F14_words_that_are_no_option_are_refused_with_those_that_come_near(cell, near):
    with pytest.raises(CellError) as refused:
        read(TRAVEL, cell)

    assert sorted(option.code for option in refused.value.near) == near
    assert "is not one of the answers listed" in str(refused.value)


def test_words_that_somebody_said_the_meaning_of_are_read_so():
    assert read(TRAVEL, "On foot", meant={"on foot": 3}) == 3
    assert read(tick_boxes("colours"), "Rouge; blue", meant={"rouge": 1}) == [1, 3]


CHILDREN = choice("children", "0", "1", "2 or more")


def test_number_that_is_a_code_and_the_words_of_another_option_must_be_told():
    with pytest.raises(CellError, match=r"can mean several of the answers listed: “0” .1.; “1” .2."):
        read(CHILDREN, "1")

    assert [read(CHILDREN, "1", by_code=True), read(CHILDREN, "1", meant={"1": 2}), read(CHILDREN, "0")] == [1, 2, 1]


def test_options_that_differ_in_no_more_than_a_blank_are_told_apart_where_they_are_written_so():
    asked = choice("q", "About the service that\nyou used", "About the service that \nyou used")

    assert [read(asked, "About the service that\nyou used"), read(asked, "About the service that \nyou used")] == [1, 2]
    with pytest.raises(CellError, match="can mean several"):
        read(asked, "about the service that you used")


def test_labels_of_every_language_and_of_easy_read_are_known():
    asked = question(
        "q",
        options=(
            Option(1, {"en": "Yes", "pl": "Tak"}, variants={"easy_read": {"label": {"en": "Yes please"}}}),
            Option(2, {"en": "No", "pl": "Nie"}),
        ),
    )

    assert [read(asked, "tak"), read(asked, "Yes please"), read(asked, "NIE")] == [1, 1, 2]


# Several answers -----------------------------------------------------------------------------------------------------------

WHY = tick_boxes("why", "Cost", "Distance, parking", "Time; waiting", "Other")


@pytest.mark.parametrize(
    "cell, codes",
    [
        ("1;3", [1, 3]), ("1,3", [1, 3]), ("3 1", [1, 3]), ("Cost; Other", [1, 4]), ("Cost|Other", [1, 4]),
        ("cost\nOTHER", [1, 4]), ("Cost, Distance, parking", [1, 2]), ("Distance, parking", [2]),
        ("Time; waiting; Cost", [1, 3]), ("4;", [4]),
        ("Cost; Cost", [1]), ("", None),
    ],
)  # fmt: skip
def test_several_answers_are_read_from_one_cell(cell, codes):
    assert read(WHY, cell) == codes


@pytest.mark.parametrize(
    "cells, codes",
    [
        ({"1": "1", "2": "0", "3": "0", "4": "1"}, [1, 4]),
        ({"1": "x", "2": "", "3": "✓", "4": ""}, [1, 3]),
        ({"1": "TRUE", "2": "False", "3": "No", "4": "yes"}, [1, 4]),
        ({"1": "Cost", "2": "distance, parking"}, [1, 2]),
        ({"1": "1.0", "2": "0.0", "3": "-1"}, [1]),
        ({"1": "0", "2": "0"}, None),
    ],
)
def test_several_answers_are_read_from_a_column_each(cells, codes):
    assert read(WHY, cells) == codes


def test_several_answers_name_the_one_that_is_unknown():
    with pytest.raises(CellError, match=r"“Dstance” is not one of the answers listed"):
        read(WHY, "Cost; Dstance; Other")


def test_column_of_one_option_that_holds_another_code_is_refused_rather_than_taken_for_a_tick():
    with pytest.raises(CellError, match="does not say whether this is ticked"):
        read(WHY, {"2": "2"})


def test_declined_answer_is_the_option_that_says_so():
    asked = question("q", "several_choices", options=options("A", "B", prefer_not_to_say="Prefer not to say"))

    assert read(asked, {"1": "-3", "2": "-3", "3": "-3"}) == [3]
    with pytest.raises(CellError, match="does not offer"):
        read(WHY, {"1": "-3"})


@pytest.mark.parametrize(
    "cell, ranked",
    [("3;1", [3, 1]), ("1. Green\n2. Red", [2, 1]), ("Blue, White", [3, 4]), ({"#1": "Red", "#2": "-2"}, [1]), ("-2", None)],
)  # fmt: skip
def test_ranking_is_read_in_its_order(cell, ranked):
    assert read(ranking("best"), cell) == ranked


def test_statements_have_a_column_each():
    asked = statements("how")

    assert read(asked, {"a": "Very easy", "b": "-2"}) == {"a": 1}
    with pytest.raises(CellError) as refused:
        read(asked, {"a": "1", "b": "Hard"})
    assert refused.value.part == "b"


# Marks, words, numbers, dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked, cell, mark",
    [
        (TRAVEL, "-4", illegible()), (TRAVEL, "/", illegible()), (TRAVEL, "-5", several([])), (TRAVEL, "*1;2", several([1, 2])),
        (TRAVEL, "* By car; By bus", several([1, 2])), (WHY, "-4", illegible()), (WHY, {"1": "-4", "2": "-4"}, illegible()),
        (comment("c"), "[cannot be read]", illegible()), (number("n"), "/", illegible()),
        (ranking("r"), {"#1": "-4"}, illegible()),
    ],
)  # fmt: skip
def test_marks_of_paper_forms_are_read(asked, cell, mark):
    assert read(asked, cell) == mark


def test_two_answers_to_a_question_that_takes_one_are_refused_with_what_to_write():
    with pytest.raises(CellError, match=r"is more than one answer. If several boxes were ticked, write \* before them"):
        read(TRAVEL, "By car; By bus")


@pytest.mark.parametrize("asked", [TRAVEL, WHY, comment("c"), number("n")])
@pytest.mark.parametrize("fault", ["#REF!", "#N/A", "#div/0!"])
def test_fault_of_a_formula_is_no_answer(asked, fault):
    with pytest.raises(CellError, match="shows the fault"):
        read(asked, fault)


def test_words_are_read_as_they_are_written():
    words = "=1+1 is what\nI said; 1, 2"

    assert [read(comment("c"), text) for text in (words, "1", "-2", "[not asked]")] == [words, "1", "-2", None]


@pytest.mark.parametrize("cell, value", [("3", 3), ("3.0", 3), ("1,200", 1200), ("-3", -3), ("", None)])
def test_number_is_read(cell, value):
    assert read(number("n"), cell) == value


@pytest.mark.parametrize(
    "cell, value",
    [
        ("27/3/2027", "2027-03-27"), ("27.03.2027", "2027-03-27"), ("27-3-2027 00:00", "2027-03-27"), ("2027", "2027"),
        ("2027-03", "2027-03"), ("2027-03-27T00:00:00", "2027-03-27"), ("46108", "2026-03-27"), ("46108.75", "2026-03-27"),
        ("27 March 2027", "2027-03-27"), ("Saturday, 27th March 2027", "2027-03-27"), ("27-Mar-2027", "2027-03-27"),
        ("March 2027", "2027-03"), ("3/2027", "2027-03"), ("1 Mawrth 2027", "2027-03-01"), ("[not asked]", None),
    ],
)  # fmt: skip
def test_date_is_read_the_day_first_or_as_a_spreadsheet_counts(cell, value):
    assert read(question("d", "date", settings={"years": [2027]}), cell) == value


@pytest.mark.parametrize("cell", ["03/27/2027", "27/3/27", "31 June 2027", "soon", "99999"])
def test_date_that_cannot_be_told_is_refused(cell):
    with pytest.raises(AnswerError):
        read(question("d", "date", settings={"years": [2027]}), cell)
