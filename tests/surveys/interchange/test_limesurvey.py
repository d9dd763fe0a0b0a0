"""LimeSurvey: what each type and each piece of logic becomes, and what is reported of the rest."""

import pytest

from surveys.definition import Condition, words
from surveys.interchange import read_questionnaire
from surveys.interchange.limesurvey_questions import LOST, TYPES
from surveys.journey import journey
from tests.surveys.interchange.forms import limesurvey, lines, ls_question, lss


def answer(qid, code, label, scale="0"):
    return {"qid": qid, "code": code, "answer": label, "sortorder": "1", "language": "en", "scale_id": scale}


def part(qid, code, label, scale="0"):
    plain = {"qid": f"{qid}{code}{scale}", "parent_qid": qid, "title": code, "question": label, "language": "en"}
    return plain | {"question_order": "1", "scale_id": scale, "relevance": "1"}


def attribute(qid, name, value):
    return {"qid": qid, "attribute": name, "value": value}


ANSWERS = [answer("1", "a", "A"), answer("1", "b", "B"), answer("1", "a", "A2", "1"), answer("1", "b", "B2", "1")]
PARTS = [part("1", "x", "X"), part("1", "y", "Y"), part("1", "c", "C", "1"), part("1", "d", "D", "1")]


def shape(imported):
    """`[(key, kind, [option labels])]` of every question."""
    return [
        (question.key, question.kind, [words(option.label) for option in question.options])
        for question in imported.definition.questions()
    ]


FIVE, TEN = list("12345"), [str(point) for point in range(1, 11)]
INTRODUCTION = ("q", "information", [])
BECOMES = {
    "L": [("q", "one_choice", ["A", "B"])],
    "!": [("q", "one_choice", ["A", "B"])],
    "O": [("q", "one_choice", ["A", "B"]), ("qcomment", "short_text", [])],
    "5": [("q", "one_choice", FIVE)],
    "Y": [("q", "one_choice", ["Yes", "No"])],
    "G": [("q", "one_choice", ["Female", "Male"])],
    "X": [INTRODUCTION],
    "S": [("q", "short_text", [])],
    "T": [("q", "long_text", [])],
    "U": [("q", "long_text", [])],
    "N": [("q", "number", [])],
    "D": [("q", "date", [])],
    "M": [("q", "several_choices", ["X", "Y"])],
    "P": [("q", "several_choices", ["X", "Y"]), ("q_xcomment", "short_text", []), ("q_ycomment", "short_text", [])],
    "R": [("q", "ranking", ["A", "B"])],
    "K": [INTRODUCTION, ("q_x", "number", []), ("q_y", "number", [])],
    "Q": [INTRODUCTION, ("q_x", "short_text", []), ("q_y", "short_text", [])],
    "A": [INTRODUCTION, ("q_x", "one_choice", FIVE), ("q_y", "one_choice", FIVE)],
    "B": [INTRODUCTION, ("q_x", "one_choice", TEN), ("q_y", "one_choice", TEN)],
    "C": [INTRODUCTION, *((key, "one_choice", ["Yes", "Uncertain", "No"]) for key in ("q_x", "q_y"))],
    "E": [INTRODUCTION, *((key, "one_choice", ["Increase", "Same", "Decrease"]) for key in ("q_x", "q_y"))],
    "F": [INTRODUCTION, ("q_x", "one_choice", ["A", "B"]), ("q_y", "one_choice", ["A", "B"])],
    "H": [INTRODUCTION, ("q_x", "one_choice", ["A", "B"]), ("q_y", "one_choice", ["A", "B"])],
    "1": [
        INTRODUCTION,
        ("q_x_0", "one_choice", ["A", "B"]), ("q_x_1", "one_choice", ["A2", "B2"]),
        ("q_y_0", "one_choice", ["A", "B"]), ("q_y_1", "one_choice", ["A2", "B2"]),
    ],
    ":": [INTRODUCTION, *((f"q_{row}_{column}", "number", []) for row in "xy" for column in "cd")],
    ";": [INTRODUCTION, *((f"q_{row}_{column}", "short_text", []) for row in "xy" for column in "cd")],
}  # fmt: skip


def test_all_29_types_are_tested():
    assert set(BECOMES) == set(TYPES)
    assert len(BECOMES) + len(LOST) == 29


@pytest.mark.parametrize("letter", BECOMES)
def test_type_becomes_its_questions(letter):
    imported = limesurvey(ls_question("1", letter, "q"), answers=ANSWERS, subquestions=PARTS)

    assert shape(imported) == BECOMES[letter]


@pytest.mark.parametrize("letter", [*LOST, "?"])
def test_type_that_is_not_kept_is_listed_with_its_rule_and_its_parts(letter):
    imported = limesurvey(ls_question("1", letter, "q", relevance="a == 1"), subquestions=[part("1", "x", "X")])

    assert imported.definition.pages == ()
    assert [line.what for line in imported.report.not_kept] == [
        f"question “q” of type {letter}: About q? (rule a == 1; x X)"
    ]


def test_other_adds_an_answer_and_a_question_required_where_it_was():
    imported = limesurvey(
        ls_question("1", "L", "q", other="Y"),
        answers=ANSWERS,
        question_attributes=[
            attribute("1", "other_replace_text", "Elsewhere"),
            attribute("1", "other_comment_mandatory", "1"),
        ],
    )
    other = imported.definition.question("q_other")

    assert shape(imported)[0] == ("q", "one_choice", ["A", "B", "Elsewhere"])
    assert (other.required, other.shown_if) == (True, Condition("is", "q", values=(3,)))


def test_rule_on_the_same_page_cuts_it_and_hides_and_shows():
    imported = limesurvey(ls_question("1", "Y", "a"), ls_question("2", "S", "why", relevance='a == "Y"'))

    shown = [[q.key for q in journey(imported.definition, {"a": code}).questions()] for code in (1, 2)]

    assert [page.key for page in imported.definition.pages] == ["page", "page_2"]
    assert shown == [["a", "why"], ["a"]]


def test_rule_about_a_question_that_was_not_asked_is_false_unless_it_says_otherwise():
    imported = limesurvey(
        ls_question("1", "Y", "a"),
        ls_question("2", "N", "b", relevance='a == "Y"'),
        ls_question("3", "S", "c", relevance="is_empty(b)"),
        ls_question("4", "S", "d", relevance="is_empty(b.NAOK)"),
    )
    cases = {"no b": {"a": 2}, "b left blank": {"a": 1}, "b given": {"a": 1, "b": 3}}

    shown = {case: [q.key for q in journey(imported.definition, said).questions()] for case, said in cases.items()}

    assert shown == {"no b": ["a", "d"], "b left blank": ["a", "b", "c", "d"], "b given": ["a", "b"]}


def test_group_relevance_decides_for_its_page():
    imported = limesurvey(
        ls_question("1", "N", "n"),
        ls_question("2", "S", "b", gid="2"),
        groups=[
            {"gid": "1", "group_name": "One", "language": "en", "group_order": "1"},
            {"gid": "2", "group_name": "Two", "language": "en", "group_order": "2", "grelevance": "n > 2"},
        ],
    )

    assert imported.definition.pages[1].shown_if == Condition("more_than", "n", values=(2,))
    assert (imported.report.counts["rules"], imported.report.counts["rules_kept"]) == (1, 1)


def test_old_condition_rows_are_read_where_there_is_no_relevance():
    row = {"qid": "2", "cqid": "1", "cfieldname": "9X1X1", "method": "==", "scenario": "1"}
    imported = limesurvey(
        ls_question("1", "M", "m"),
        ls_question("2", "S", "b"),
        subquestions=PARTS[:2],
        conditions=[row | {"value": "x"}, row | {"value": "y"}],
    )

    assert imported.definition.question("b").shown_if == Condition("includes", "m", values=(1, 2))
    assert imported.report.counts["old_conditions"] == 2


def test_array_filter_offers_what_was_ticked_before():
    imported = limesurvey(
        ls_question("1", "M", "m"),
        ls_question("2", "M", "n"),
        subquestions=[part(qid, code, code.upper()) for qid in ("1", "2") for code in "xy"],
        question_attributes=[attribute("2", "array_filter", "m")],
    )

    offered = [option.shown_if for option in imported.definition.question("n").options]

    assert offered == [Condition("includes", "m", values=(1,)), Condition("includes", "m", values=(2,))]


def with_attribute(letter, name, value):
    return limesurvey(
        ls_question("1", letter, "q"),
        answers=ANSWERS[:2],
        subquestions=PARTS[:2],
        question_attributes=[attribute("1", name, value)],
    )


@pytest.mark.parametrize(
    "letter, name, value, settings",
    [
        ("N", "max_num_value_n", "115", {"max": 115}),
        ("N", "min_num_value_n", "0.5", {"min": 0.5}),
        ("N", "num_value_int_only", "1", {"decimals": None}),
        ("M", "max_answers", "1", {"most": 1}),
        ("R", "max_answers", "1", {"places": 1}),
        ("S", "maximum_chars", "80", {"limit": 80}),
        ("N", "em_validation_q", "this >= 3 and this < 9", {"min": 3, "max": 8.99}),
    ],
)
def test_limit_of_an_attribute_becomes_a_setting(letter, name, value, settings):
    imported = with_attribute(letter, name, value)
    held = imported.definition.question("q").settings

    assert {each: held.get(each) for each in settings} == settings
    assert imported.report.counts["constraints_kept"] == imported.report.counts["constraints"] == 1


@pytest.mark.parametrize(
    "letter, name, value",
    [
        ("N", "max_num_value_n", "age"),
        ("M", "min_answers", "2"),
        ("K", "max_num_value", "20"),
        ("R", "min_answers", "2"),
        ("S", "em_validation_q", "strlen(this) > 5"),
        ("M", "random_order", "1"),
        ("S", "prefix", "£"),
    ],
)
def test_attribute_with_logic_that_is_not_kept_is_listed(letter, name, value):
    imported = with_attribute(letter, name, value)

    assert {line.where for line in imported.report.not_kept if name in line.what} == {"group “Page”, question q"}


def test_pattern_hidden_question_and_default_answer_are_listed():
    imported = limesurvey(
        ls_question("1", "S", "a", preg="/^[A-Z]$/"),
        ls_question("2", "S", "b"),
        question_attributes=[attribute("2", "hidden", "1")],
        defaultvalues=[{"qid": "1", "defaultvalue": "Leigh"}],
    )

    assert lines(imported.report.not_kept) == [
        ("group “Page”, question a", "default answer: Leigh", "an answer is never filled in beforehand here"),
        ("group “Page”, question b", "question “b” of type S: About b?", "it is hidden, so nobody would be asked"),
        (
            "group “Page”, question a",
            "limit “pattern /^[A-Z]$/” of “a”",
            "an answer cannot be made to match a pattern here",
        ),
    ]


def test_markup_becomes_words_and_what_was_no_words_is_listed():
    text = "<p>Hello <b>you</b></p><ul><li>One</li><li>Two &amp; three</li></ul><img src='a.png'><script>x()</script>"
    imported = limesurvey(ls_question("1", "S", "a", question=text))

    assert imported.definition.question("a").text == {"en": "Hello you\n\n- One\n- Two & three"}
    assert [line.what for line in imported.report.not_kept] == ["img a.png", "<script>"]


def test_answers_are_repeated_in_texts_and_expressions_are_listed():
    imported = limesurvey(
        ls_question("1", "S", "a"), ls_question("2", "S", "b", question="{a.shown} and {if(a, 1, 2)}")
    )

    assert imported.definition.question("b").text == {"en": "{a} and [if(a, 1, 2)]"}
    assert [line.what for line in imported.report.not_kept] == ["“{if(a, 1, 2)}” in a text"]


def test_words_of_newer_files_lie_in_tables_of_their_own():
    content = lss(
        groups=[{"gid": "1", "group_order": "1"}],
        group_l10ns=[
            {"gid": "1", "group_name": "Page", "language": "en"},
            {"gid": "1", "group_name": "Tudalen", "language": "cy"},
        ],
        questions=[{"qid": "1", "gid": "1", "sid": "9", "type": "L", "title": "q", "relevance": "1"}],
        question_l10ns=[
            {"qid": "1", "question": "Which?", "language": "en"},
            {"qid": "1", "question": "Pa un?", "language": "cy"},
        ],
        answers=[{"aid": "7", "qid": "1", "code": "a"}, {"aid": "8", "qid": "1", "code": "b"}],
        answer_l10ns=[
            {"aid": aid, "answer": f"{aid} {language}", "language": language}
            for aid in "78"
            for language in ("en", "cy")
        ],
        surveys=[{"sid": "9", "language": "en", "additional_languages": "cy"}],
    )

    definition = read_questionnaire(content, name="new.lss").definition

    assert definition.languages == ("en", "cy")
    assert definition.question("q").text == {"en": "Which?", "cy": "Pa un?"}
    assert [dict(option.label) for option in definition.question("q").options] == [
        {"en": "7 en", "cy": "7 cy"},
        {"en": "8 en", "cy": "8 cy"},
    ]


HEADINGS = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\tother\tdefault\tmax_num_value_n\n"
TSV = """S\t\tlanguage\t1\ten
SL\t\tsurveyls_title\t1\tAbout us\t\ten
SL\t\tsurveyls_title\t1\tAmdanom ni\t\tcy
G\t1\tPage\t1\t\t\ten
Q\tN\tage\t1\tHow old?\tIn years\ten\tY\t\t\t99
Q\tL\ttown\tage >= 18\tWhich town?\t\ten\t\tY
A\t0\tl\t\tLeigh\t\ten
A\t0\th\t\tHindley\t\ten
G\t1\tTudalen\t1\t\t\tcy
Q\tN\tage\t1\tFaint yw eich oed?\tMewn blynyddoedd\tcy\tY
Q\tL\ttown\tage >= 18\tPa dref?\t\tcy\t\tY
A\t0\tl\t\tLeigh\t\tcy
A\t0\th\t\tHindley\t\tcy
QTA\t\tquota\t1
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tab_separated_survey_is_read_in_every_language(encoding):
    imported = read_questionnaire((HEADINGS + TSV).encode(encoding), name="survey.tsv")
    definition = imported.definition

    assert (imported.report.format, definition.title, definition.languages) == (
        "limesurvey_tsv",
        "About us",
        ("en", "cy"),
    )
    assert definition.question("age").hint == {"en": "In years", "cy": "Mewn blynyddoedd"}
    assert (definition.question("age").settings["max"], definition.question("age").required) == (99, True)
    assert definition.question("town").shown_if == Condition("at_least", "age", values=(18,))
    assert [option.label["cy"] for option in definition.question("town").options] == ["Leigh", "Hindley", "Arall"]
    assert lines(imported.report.not_kept) == [("line 15", "QTA quota 1", "this class of row is not known here")]
