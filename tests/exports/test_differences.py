"""The report's tables of differences: both ends of a scale, everyone for comparison, and what is left out."""

import pytest

from exports.document import Column
from tests.builders import questionnaire, scale
from tests.consultations import open_consultation
from tests.exports.composed import FEW, crowd, report_of
from tests.exports.respondents import close, send

pytestmark = pytest.mark.django_db


def by_group(report):
    """`{question: table}` of the section on differences."""
    return {
        section.heading.removeprefix("By group: "): section.blocks[0]
        for section in report.sections
        if section.heading.startswith("By group: ")
    }


def test_differences_show_groups_of_thirty_at_both_ends_beside_everyone():
    table = by_group(report_of(crowd(FEW)))["What about how?"]

    assert table.columns == (
        Column("Group"),
        Column("Base", True),
        Column("Very easy or easy", True),
        Column("Very difficult or difficult", True),
    )
    assert table.rows == (
        ("Everyone", "150", "80%", "[c]"),
        ("Age: 65 to 74", "145", "83%", "[c]"),
        ("Sex: Female", "85", "100%", "[c]"),
        ("Sex: Male", "65", "54%", "[c]"),
    )
    assert table.notes[:2] == (
        "Groups left out because a number is hidden: age (1 of 9).",
        "Groups left out because fewer than 30 of their people answered: age (7 of 9), disability (2 of 2), "
        "race: ethnic group (5 of 5), unpaid carers (2 of 2) and deprivation of the area lived in (5 of 5).",
    )


def test_group_hidden_at_the_positive_end_is_shown_at_the_other():
    consultation = open_consultation(questionnaire(scale("video")))
    for answer, sex, number in (
        (1, "female", 4),
        (4, "female", 30),
        (3, "female", 41),
        (1, "male", 20),
        (4, "male", 20),
    ):
        for _ in range(number):
            send(consultation, {"video": answer}, equality={"sex": sex})

    table = by_group(report_of(close(consultation)))["What about video?"]

    assert [row for row in table.rows if row[0].startswith("Sex")] == [
        ("Sex: Female", "75", "[c]", "40%"),
        ("Sex: Male", "40", "50% [u]", "50% [u]"),
    ]
    assert "[u] means a small number of people: treat with care." in table.notes


def test_question_of_which_nothing_can_be_shown_still_has_its_row_for_everyone():
    table = by_group(report_of(crowd((12, 9, 4, 0, 0))))["What about how?"]

    assert table.rows == (("Everyone", "25", "Not shown", "Not shown"),)
