"""XLSForm: what each thing in a form becomes, and what is reported of the rest."""

import io
import re
import warnings

import pytest

from surveys.definition import Condition, Option, Page, Question, Repeat
from surveys.interchange import read_questionnaire, write_questionnaire
from surveys.journey import journey
from tests.builders import choice, comment, number, page, questionnaire, ranking, several, statements
from tests.surveys.interchange.forms import YES_NO, lines, workbook, xlsform

YES = Condition("is", "a", values=(1,))


def pages_of(imported):
    """`{page key: [question keys]}`."""
    return {page.key: [question.key for question in page.questions] for page in imported.definition.pages}


def test_groups_become_pages_and_other_questions_pages_of_their_own():
    imported = xlsform(
        ("text", "first", "First?"),
        ("begin group", "about", "About it"),
        ("text", "b", "B?"),
        ("integer", "c", "C?"),
        ("end group",),
        ("note", "end", "Thank you"),
    )

    assert pages_of(imported) == {"page_first": ["first"], "about": ["b", "c"], "page_end": ["end"]}
    assert imported.definition.pages[1].heading == {"en": "About it"}
    assert imported.report.counts["groups"] == 1


def test_rule_within_a_group_cuts_the_page_so_that_it_works():
    imported = xlsform(
        ("begin group", "g", "Group"),
        ("select_one yn", "a", "A?"),
        ("text", "why", "Why?", {"relevant": "${a} = 'yes'"}),
        ("text", "more", "More?"),
        ("end group",),
    )
    definition = imported.definition

    assert pages_of(imported) == {"g": ["a"], "g_2": ["why", "more"]}
    assert [[q.key for q in journey(definition, {"a": code}).questions()] for code in (1, 2)] == [
        ["a", "why", "more"],
        ["a", "more"],
    ]
    assert (imported.report.counts["rules"], imported.report.counts["rules_kept"]) == (1, 1)


def test_words_that_repeat_an_answer_of_the_same_group_cut_the_page():
    imported = xlsform(
        ("begin group", "g", "Group"), ("text", "name", "Name?"), ("text", "b", "And ${name}?"), ("end group",)
    )

    assert pages_of(imported) == {"g": ["name"], "g_2": ["b"]}
    assert imported.definition.question("b").text == {"en": "And {name}?"}


def test_rules_of_groups_in_groups_hold_together():
    imported = xlsform(
        ("select_one yn", "a", "A?"),
        ("integer", "n", "N?"),
        ("begin group", "outer", "Outer", {"relevant": "${a} = 'yes'"}),
        ("begin group", "inner", "Inner", {"relevant": "${n} > 3"}),
        ("text", "x", "X?"),
        ("end group",),
        ("end group",),
    )
    inner = imported.definition.pages[-1]

    assert (inner.section, inner.heading) == ({"en": "Outer"}, {"en": "Inner"})
    assert inner.shown_if == Condition("all", parts=(YES, Condition("more_than", "n", values=(3,))))


def test_rule_that_is_never_true_leaves_its_question_out_and_says_so():
    imported = xlsform(("text", "a", "A?", {"relevant": "false()"}), ("text", "b", "B?", {"relevant": "${a} != ''"}))

    assert pages_of(imported) == {"page_b": ["b"]}
    assert lines(imported.report.not_kept) == [
        ("survey row 2", "question “a”", "its rule is never true, so nobody would be asked"),
        ("survey row 3", "rule “${a} != ''”", "it asks about “a”: that question is not in the questionnaire"),
    ]
    assert imported.report.counts["rules_kept"] == 0


def test_rule_that_asks_about_a_later_question_is_listed():
    imported = xlsform(("text", "a", "A?", {"relevant": "${b} != ''"}), ("text", "b", "B?"))

    assert lines(imported.report.not_kept) == [
        ("survey row 2", "rule “${b} != ''”", "it asks about “b”, which is not asked before it")
    ]


def test_repeat_for_ticked_answers_becomes_a_repeated_page():
    imported = xlsform(
        ("select_multiple yn", "which", "Which?"),
        ("begin repeat", "each", "Each", {"repeat_count": "count-selected(${which})"}),
        ("text", "x", "X?"),
        ("end repeat",),
    )
    definition = imported.definition

    assert definition.pages[1].repeat == Repeat("which", 2)
    assert [q.key for q in journey(definition, {"which": [1, 2]}).questions()] == ["which", "x@1", "x@2"]
    assert imported.report.not_kept == []


@pytest.mark.parametrize("count", ["3", "${n}", ""])
def test_repeat_for_anything_else_is_asked_once_and_listed(count):
    imported = xlsform(
        ("integer", "n", "N?"),
        ("begin repeat", "each", "Each", {"repeat_count": count}),
        ("text", "x", "X?"),
        ("end repeat",),
    )

    assert [page.repeat for page in imported.definition.pages] == [None, None]
    assert [(line.where, line.why) for line in imported.report.not_kept] == [
        ("survey row 3", "a page here repeats for each answer ticked at an earlier question; it is asked once")
    ]


def test_rule_about_a_repeated_question_from_outside_is_listed():
    imported = xlsform(
        ("select_multiple yn", "which", "Which?"),
        ("begin repeat", "each", "Each", {"repeat_count": "count-selected(${which})"}),
        ("text", "x", "X?"),
        ("end repeat",),
        ("text", "y", "Y?", {"relevant": "${x} != ''"}),
    )

    assert [line.why for line in imported.report.not_kept] == ["“x” is asked once for each item, and not once"]


def test_or_other_adds_an_answer_and_a_question():
    definition = xlsform(("select_one yn or_other", "a", "A?")).definition

    assert definition.question("a").options[-1] == Option(3, {"en": "Other"}, meaning="other")
    assert definition.question("a_other").shown_if == Condition("is", "a", values=(3,))


def test_choice_filter_decides_for_each_answer():
    choices = [
        ["list_name", "name", "label", "in"],
        ["area", "n", "North", ""], ["area", "s", "South", ""],
        ["town", "x", "X", "n"], ["town", "y", "Y", "s"], ["town", "z", "Z", "none"],
    ]  # fmt: skip
    imported = xlsform(
        ("select_one area", "area", "Area?"),
        ("select_one town", "town", "Town?", {"choice_filter": "in = ${area}"}),
        choices=choices,
    )
    town = imported.definition.question("town")

    assert [(option.code, option.shown_if.values) for option in town.options] == [(1, (1,)), (2, (2,))]
    assert ("survey row 3", "answer “z” of “town” left out", "its filter never offers it") in lines(
        imported.report.changed
    )


@pytest.mark.parametrize(
    "type, kind",
    [
        ("string", "short_text"), ("int", "number"), ("decimal", "number"), ("select one from yn", "one_choice"),
        ("select1 yn", "one_choice"), ("select all that apply from yn", "several_choices"),
        ("add select multiple prompt using yn", "several_choices"), ("rank yn", "ranking"), ("date", "date"),
        ("dateTime", "date"), ("note", "information"), ("range", "number"), ("barcode", "short_text"),
        ("trigger", "information"), ("select_one_from_file towns.csv", "short_text"), ("time", "short_text"),
    ],
)  # fmt: skip
def test_type_becomes_its_kind(type, kind):
    assert [question.kind for question in xlsform((type, "a", "A?")).definition.questions()] == [kind]


@pytest.mark.parametrize("type", ["image", "geopoint", "calculate", "deviceid", "uri:deviceid", "audit", "party"])
def test_type_that_is_not_kept_is_listed_with_what_it_said(type):
    imported = xlsform((type, "a", "A?", {"relevant": "${b} = 1"}), ("text", "b", "B?"))

    assert [question.key for question in imported.definition.questions()] == ["b"]
    assert [line.what for line in imported.report.not_kept] == [f"{type} “a”: A? (relevant ${{b}} = 1)"]


def test_languages_have_codes_and_the_default_one_comes_first():
    columns = ("type", "name", "label::English (en)", "label::Cymraeg", "constraint_message::Cymraeg", "constraint")
    choices = [
        ["list_name", "name", "label::English (en)", "label::Cymraeg"],
        ["yn", "yes", "Yes", "Ie"],
        ["yn", "no", "No", "Na"],
    ]
    imported = xlsform(
        (
            "integer",
            "n",
            "How many?",
            {"label::Cymraeg": "Faint?", "constraint_message::Cymraeg": "Dim mwy na 5", "constraint": ". <= 5"},
        ),
        columns=columns,
        choices=choices,
        settings=[["default_language"], ["Cymraeg"]],
    )

    assert imported.definition.question("n").text == {"cy": "Faint?", "en": "How many?"}
    assert imported.definition.question("n").hint == {"cy": "Dim mwy na 5"}
    assert imported.definition.question("n").settings["max"] == 5
    assert imported.definition.languages == ("cy",)
    assert imported.report.counts["languages"] == ["Cymraeg", "English (en)"]
    assert (
        "English lacks 1 text. What there is was kept; people can choose the language once it is whole."
        in imported.report.warnings
    )


@pytest.mark.parametrize(
    "names", [("Survey", "Choices"), ("surveys", "choice"), ("Sheet1", "Sheet2"), (" survey ", "CHOICES")]
)
def test_misnamed_sheets_are_read_with_a_warning(names):
    form = workbook(**{names[0]: [["type", "name", "label"], ["select_one yn", "a", "A?"]], names[1]: YES_NO})

    imported = read_questionnaire(form, name="form.xlsx")

    assert len(imported.definition.question("a").options) == 2
    assert any(
        "was read as “survey”" in warning or "was read as “choices”" in warning for warning in imported.report.warnings
    )


def test_odd_rows_and_columns_are_read_with_a_word_about_each():
    imported = xlsform(
        ("text", "a", "A?", {"colour": "red"}),
        ("", "", ""),
        ("text", "a", "Again?"),
        ("", "b", "No type"),
        ("end group",),
        columns=("type", "name", "label", "colour", "label"),
    )

    assert [question.key for question in imported.definition.questions()] == ["a", "a_2"]
    assert lines(imported.report.not_kept) == [
        ("survey row 5", "b; No type", "the row has no type"),
        (
            "survey column “colour”",
            "what it says in 1 rows, first in row 2: red",
            "this column is not one that can be kept",
        ),
    ]
    assert (
        "The name “a” is used more than once. Rules that ask about it ask about the first." in imported.report.warnings
    )
    assert "A group is ended at survey row 6 that was never begun." in imported.report.warnings


def test_source_names_and_codes_that_changed_are_listed():
    imported = xlsform(
        ("select_one yn", "Do-You", "Do you?"), ("text", "Why", "Why?", {"relevant": "${Do-You} = 'no'"})
    )

    assert imported.definition.question("why").shown_if == Condition("is", "do_you", values=(2,))
    assert [line.what for line in imported.report.changed] == [
        "name “Do-You” became “do_you”",
        "codes of the answers to “Do-You”: yes → 1, no → 2",
        "name “Why” became “why”",
    ]


# Out and back in --------------------------------------------------------------------------------------------------------------

TOWNS = (
    Option(3, {"en": "Leigh"}),
    Option(5, {"en": "Hindley"}, shown_if=Condition("at_least", "age", values=(18,))),
    Option(9, {"en": "None"}, exclusive=True, meaning="none"),
)
NOT_RED = Condition("not", parts=(Condition("includes", "order", values=(1,)),))
TICKED = Condition("includes", "towns", values=(3, 5))
EVERYTHING = questionnaire(
    page("age", number("age", min=0, max=120, unit={"en": "years"})),
    Page("town", (Question("towns", "several_choices", {"en": "Which of {age}?"}, options=TOWNS, settings={"most": 2}),)),
    Page(
        "each",
        (comment("liked", text="What of {item}?", settings={"limit": 300}, hint={"en": "In a few words"}),),
        section={"en": "Part 2"},
        heading={"en": "About {item}"},
        repeat=Repeat("towns", 2),
    ),
    page(
        "views",
        statements("view", shown_if=Condition("any", parts=(TICKED, Condition("answered", "age")))),
        ranking("order", settings={"places": 2}),
        choice("post", required=True, settings={"missing": {"en": "Say yes or no"}}),
    ),
    Page(
        "last",
        (
            Question("where", "postcode", {"en": "Where?"}, shown_if=Condition("is", "view", "a", (1, 2))),
            Question("when", "date", {"en": "When?"}, settings={"years": [2026]}, short={"en": "Date"}),
            Question("read", "information", {"en": "Read this"}, shown_if=NOT_RED),
            several("more", variants={"easy_read": {"text": {"en": "More?"}}}),
        ),
        heading={"en": "Last"},
        shown_if=Condition("all", parts=(Condition("is", "post", values=(1,)), Condition("less_than", "age", values=(90,)))),
    ),
)  # fmt: skip


def test_our_own_questionnaire_comes_back_whole():
    written = write_questionnaire(EVERYTHING, "xlsform")

    assert read_questionnaire(written, name="out.xlsx").definition == EVERYTHING


def test_another_reader_accepts_our_own_questionnaire():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyxform.xls2xform import convert  # noqa: PLC0415 - its import warns

        form = convert(io.BytesIO(write_questionnaire(EVERYTHING, "xlsform")))

    assert re.search(r'<repeat [^>]*nodeset="/data/each"', form.xform)


def test_same_questionnaire_gives_the_same_bytes():
    assert write_questionnaire(EVERYTHING, "xlsform") == write_questionnaire(EVERYTHING, "xlsform")
