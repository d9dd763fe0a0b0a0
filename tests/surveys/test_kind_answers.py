"""What each kind of question takes for an answer, and what it tells the person when it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.codes import BLANK, ILLEGIBLE, NOT_TICKED, PREFER_NOT_TO_SAY, SEVERAL_TICKED, TICKED
from surveys.kinds import KINDS, AnswerError
from tests.builders import choice, comment, number, options, question, ranking, scale, several, statements


@pytest.mark.parametrize("raw", ["3", 3, 0, "0", True, "yes", "1;2", [1], {"code": 1}, 1.5, "１"])
def test_choice_refuses_what_is_not_one_of_its_options(raw):
    with pytest.raises(AnswerError, match="Select one of the answers listed"):
        KINDS["one_choice"].clean(choice("used"), raw)


@pytest.mark.parametrize("raw", ["2", " 2 ", 2, 2.0])
def test_choice_reads_a_code_however_a_form_or_a_spreadsheet_writes_it(raw):
    value = KINDS["one_choice"].clean(choice("used"), raw)
    assert (value, type(value)) == (2, int)


def test_several_keeps_each_tick_once_in_the_order_of_the_options():
    assert KINDS["several_choices"].clean(several("colours"), ["3", "1", "3", ""]) == [1, 3]


def test_several_refuses_none_of_these_with_another_answer():
    asked = question("hard", "several_choices", options=options("Cost", "Distance", none="None of these"))
    with pytest.raises(AnswerError) as refusal:
        KINDS["several_choices"].clean(asked, [1, 3])
    assert str(refusal.value) == "Select the answers that apply, or select “None of these”. You cannot select both"


def test_several_refuses_more_answers_than_the_question_allows():
    asked = several("colours", settings={"most": 2})
    with pytest.raises(AnswerError) as refusal:
        KINDS["several_choices"].clean(asked, [1, 2, 3])
    assert str(refusal.value) == "Select 2 answers at most. You have selected 3"


def test_several_codes_every_option_as_ticked_or_not_ticked():
    assert KINDS["several_choices"].codes(several("colours"), [2]) == {"1": NOT_TICKED, "2": TICKED, "3": NOT_TICKED}


def test_prefer_not_to_say_is_a_missing_state_in_every_column_of_the_question():
    one = question("one", options=options("Yes", prefer_not_to_say="Prefer not to say"))
    many = question("many", "several_choices", options=one.options)
    assert KINDS["one_choice"].codes(one, 2) == {"": PREFER_NOT_TO_SAY}
    assert KINDS["several_choices"].codes(many, [2]) == {"1": PREFER_NOT_TO_SAY, "2": PREFER_NOT_TO_SAY}


@pytest.mark.parametrize(
    ("raw", "message", "part"),
    [
        (["1", "1", ""], "You have chosen “Red” more than once. Choose it once", "2"),
        (["", "1", ""], "Select your first choice before your second choice", "1"),
        (["1", "", "2"], "Select your second choice before your third choice", "2"),
        (["1", "2", "3", "4"], "Choose 3 answers at most", ""),
        ([None] * 9 + ["1"], "Choose 3 answers at most", ""),
        (["7"], "Select one of the answers listed", ""),
        ([False], "Select one of the answers listed", ""),
        ("1, 2", "List your choices in order, best first", ""),
    ],
)
def test_ranking_says_what_to_put_right_and_where(raw, message, part):
    with pytest.raises(AnswerError) as refusal:
        KINDS["ranking"].clean(ranking("matters"), raw)
    assert (str(refusal.value), refusal.value.part) == (message, part)


@pytest.mark.parametrize(("raw", "value"), [(["2", "0", "0"], [2]), ([2, 0], [2]), (["0", "0", "0"], None)])
def test_ranking_reads_no_second_choice_as_no_second_choice(raw, value):
    assert KINDS["ranking"].clean(ranking("matters"), raw) == value


def test_ranking_codes_the_places_left_open_as_blank():
    assert KINDS["ranking"].codes(ranking("matters"), [4, 1]) == {"#1": 4, "#2": 1, "#3": BLANK}


def test_statements_refuse_a_statement_that_is_not_asked():
    with pytest.raises(AnswerError, match="“z” is not a statement in this question"):
        KINDS["statements"].clean(statements("plan"), {"a": 1, "z": 1})


def test_statements_name_the_statement_with_the_wrong_answer():
    with pytest.raises(AnswerError) as refusal:
        KINDS["statements"].clean(statements("plan"), {"a": 1, "b": 77})
    assert (str(refusal.value), refusal.value.part) == ("Select one of the answers listed", "b")


def test_statements_code_each_line_answered_blank_or_marked():
    asked = statements("plan", "a", "b", "c", "d")
    value = {"a": 2, "b": {"mark": "illegible"}, "c": {"mark": "several", "seen": [1, 2]}}
    expected = {"a": 2, "b": ILLEGIBLE, "c": SEVERAL_TICKED, "d": BLANK}
    assert KINDS["statements"].codes(asked, value) == expected


def test_do_not_know_stands_beside_the_scale_and_not_on_it():
    (summary,) = KINDS["scale"].summaries(scale("easy"))
    assert [(line.label["en"], line.aside) for line in summary.lines][-2:] == [
        ("Very difficult", False),
        ("I do not know", True),
    ]


def test_text_too_long_is_told_how_long_it_is():
    asked = comment("why", short={"en": "Reasons"}, settings={"limit": 10})
    with pytest.raises(AnswerError) as refusal:
        KINDS["long_text"].clean(asked, "eleven char")
    assert str(refusal.value) == "Reasons must be 10 characters or less. You have used 11"


def test_text_counts_a_line_break_as_one_character():
    asked = comment("why", settings={"limit": 3})
    assert KINDS["long_text"].clean(asked, "a\r\nb") == "a\nb"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x00b\x0bc", "abc"),
        ("caf\u00e9 \U0001f642 \u0627\u0631\u062f\u0648", "caf\u00e9 \U0001f642 \u0627\u0631\u062f\u0648"),
        ("lone \ud83d", "lone"),
        ("a\tb\rc", "a\tb\nc"),
        ("\u200b \u00a0\u2060", None),
    ],
)
def test_text_keeps_every_language_and_loses_what_cannot_be_written_anywhere(raw, kept):
    assert KINDS["short_text"].clean(comment("why"), raw) == kept


@given(st.text(st.characters(), max_size=200))
def test_cleaned_text_can_always_be_written_as_utf_8_and_holds_no_control_character(raw):
    value = KINDS["long_text"].clean(comment("why"), raw) or ""
    assert value.encode("utf-8").decode("utf-8") == value
    assert not any(ord(character) < 32 and character not in "\t\n" for character in value)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1,200", 1200), ("+3", 3), ("3.0", 3), (3.0, 3), ("-0", 0), ("１２", 12), (" 7 ", 7)],
)
def test_whole_number_is_read_as_people_write_it(raw, value):
    cleaned = KINDS["number"].clean(number("visits"), raw)
    assert (cleaned, type(cleaned)) == (value, int)


@pytest.mark.parametrize("raw", ["2,5", "3.5", "three", "NaN", "Infinity", True, [3], {"3": 3}, float("inf")])
def test_whole_number_refuses_what_is_not_one(raw):
    with pytest.raises(AnswerError, match="must be a whole number, like 3"):
        KINDS["number"].clean(number("visits"), raw)


@pytest.mark.parametrize("raw", [10**10, 10**400, "1E+30", "1e999", 1e300, "-" + "9" * 35])
def test_number_too_large_for_its_column_is_refused(raw):
    with pytest.raises(AnswerError, match="is too large"):
        KINDS["number"].clean(number("visits"), raw)


@pytest.mark.parametrize(("low_or_high", "message"), [(0, "must be 1 or more"), (6, "must be 5 or less")])
def test_number_outside_its_range_is_told_the_range(low_or_high, message):
    with pytest.raises(AnswerError, match=message):
        KINDS["number"].clean(number("visits", min=1, max=5), low_or_high)


@pytest.mark.parametrize(
    ("value", "reads"), [(0.5, "0.5"), (1234567.5, "1234567.5"), (100000000.0, "100000000"), (-3.0, "-3"), (0.0, "0")]
)
def test_number_with_decimals_reads_in_full(value, reads):
    assert KINDS["number"].describe(number("miles", decimals=1), value) == reads


@given(st.decimals(-99_999, 99_999, places=2))
def test_number_with_decimals_fits_its_column_and_reads_back(amount):
    asked = number("cost", decimals=2)
    value = KINDS["number"].clean(asked, str(amount))
    assert KINDS["number"].codes(asked, value) == {"": int(amount * 100)}
    assert KINDS["number"].clean(asked, KINDS["number"].describe(asked, value)) == value


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"day": "27", "month": "March", "year": "2027"}, "Enter the date in numbers, like 27 3 2027"),
        ({"day": "27", "month": "3", "year": "27"}, "Enter the year in full, like 2027"),
        ({"day": "27", "month": "", "year": "2027"}, "Enter the month as a number, like 3"),
        ({"day": "30", "month": "2", "year": "2027"}, "Check the date. There is no such day"),
        ({"day": "0", "month": "2", "year": "2027"}, "Check the date. There is no such day"),
        ({"mark": "illegible"}, "Enter the date in numbers, like 27 3 2027"),
        ("2027-03-27-01", "Enter the date in numbers, like 27 3 2027"),
        ("2027-00", "Check the date. There is no such day"),
        ([2027], "Enter the date in numbers, like 27 3 2027"),
    ],
)
def test_date_says_what_to_put_right(raw, message):
    with pytest.raises(AnswerError) as refusal:
        KINDS["date"].clean(question("seen", "date"), raw)
    assert str(refusal.value) == message


@given(st.dates())
def test_every_date_from_1900_is_read_and_counted_by_its_year(day):
    kind, asked = KINDS["date"], question("seen", "date")
    raw = {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"}
    if day.year < 1900:
        with pytest.raises(AnswerError, match="Enter the year in full"):
            kind.clean(asked, raw)
        return
    assert kind.clean(asked, raw) == day.isoformat()
    assert kind.codes(asked, day.isoformat())[""] // 10_000 == day.year


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("WN7 1AB", {"outward": "WN7", "sector": "WN7 1", "full": "WN7 1AB"}),
        ("wn71ab", {"outward": "WN7", "sector": "WN7 1", "full": "WN7 1AB"}),
        ("wn7.1ab", {"outward": "WN7", "sector": "WN7 1", "full": "WN7 1AB"}),
        ("NE35", {"outward": "NE35"}),
        ("NE3 5", {"outward": "NE3", "sector": "NE3 5"}),
        ("M1 1AE", {"outward": "M1", "sector": "M1 1", "full": "M1 1AE"}),
        ("EC1A1BB", {"outward": "EC1A", "sector": "EC1A 1", "full": "EC1A 1BB"}),
        ("W1A", {"outward": "W1A"}),
    ],
)
def test_postcode_is_read_in_parts_and_never_cut_at_a_number_of_characters(raw, parts):
    assert KINDS["postcode"].clean(question("where", "postcode"), raw) == parts


@pytest.mark.parametrize("raw", ["Wigan", "12345", "WN7 1ABC", "\x00", {"outward": "12 High Street"}, {"area": {}}, {}])
def test_postcode_refuses_what_is_not_one(raw):
    with pytest.raises(AnswerError, match="Enter a postcode, like NB4 1AA, or just the first part, like NB4"):
        KINDS["postcode"].clean(question("where", "postcode"), raw)


def test_postcode_in_its_stored_form_is_read_again_part_by_part():
    forged = {"outward": "WN7", "sector": "WN7 1AB", "note": "x" * 1_000_000, "area": {"ward": "Leigh\x00"}}
    with pytest.raises(AnswerError):
        KINDS["postcode"].clean(question("where", "postcode"), forged)


def test_full_postcode_is_turned_into_its_area_and_dropped():
    kind = KINDS["postcode"]
    value = kind.clean(question("where", "postcode"), "WN7 1AB")
    known = kind.settle(value, {"WN7 1AB": {"deprivation": 2, "ward": "Leigh South", "inside": True}}.get)
    unknown = kind.settle(value, lambda postcode: None)
    assert known == {
        "outward": "WN7",
        "sector": "WN7 1",
        "area": {"deprivation": 2, "ward": "Leigh South", "inside": True},
    }
    assert unknown == {"outward": "WN7", "sector": "WN7 1"}
    assert kind.clean(question("where", "postcode"), known) == known
