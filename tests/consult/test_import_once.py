"""Nothing comes in twice: by the file and its rows, or by the number on the form."""

import pytest

from consult import keys
from consult.models import ImportJob
from surveys.models import Response
from tests.consult.spreadsheets import ANSWERS, HEADINGS, ROWS, answers_kept, clinic, csv_of

pytestmark = pytest.mark.django_db


def test_F15_same_file_twice_brings_each_row_in_once(bring):
    clinic()
    content = csv_of(HEADINGS, *ROWS)

    counts = [bring(content).counts, bring(content).counts, bring(content, good_rows_only=True).counts]

    assert counts == [(3, 3, 0, 0), (3, 0, 0, 3), (3, 0, 0, 3)]
    assert answers_kept() == ANSWERS


def test_F15_rows_that_are_alike_are_different_people(bring):
    clinic()

    assert bring(csv_of(("used",), ("1",), ("1",), ("1",))).counts == (3, 3, 0, 0)


def test_F15_spreadsheet_that_grows_brings_in_only_new_form_numbers(bring):
    clinic()
    headings, first = ("Form number", "used"), [("A1", "1"), ("A2", "2")]

    bring(csv_of(headings, *first))
    grown = bring(csv_of(headings, ("A3", "1"), *first))

    assert (grown.counts, answers_kept()) == ((3, 1, 0, 2), [{"used": 1}, {"used": 2}, {"used": 1}])
    assert grown.report["facts"] == {"Form number": "form_number"}


def test_form_number_that_stands_for_other_answers_is_refused(bring):
    clinic()
    bring(csv_of(("Form number", "used"), ("A1", "1")))

    brought = bring(csv_of(("Form number", "used"), ("A1", "2"), ("A2", "2")), good_rows_only=True)

    assert brought.counts == (2, 1, 1, 0)
    assert "A form with this number was brought in before, with other answers." in brought.reasons[2]


def test_F21_same_form_number_twice_in_a_file_is_refused(bring):
    clinic()

    brought = bring(csv_of(("Form number", "used"), ("A1", "1"), ("A1", "2"), ("", "1"), ("x" * 61, "1")))

    assert brought.reasons == {
        3: "Form number: Form number A1 is on row 2 too",
        4: "Form number: The row has no form number",
        5: "Form number: A form number has 60 characters at most",
    }


def test_F15_file_is_not_brought_in_again_by_choosing_another_column_for_its_rows_names(bring):
    clinic()
    content = csv_of(("Form number", "No", "used"), ("A1", "1", "1"))
    bring(content)

    other = bring(content, mapping={"columns": {"Form number": None}, "form_number": "No"})
    none = bring(content, mapping={"columns": {"Form number": None}})

    for brought in (other, none):
        assert (
            "Rows of this file were brought in before, told apart by the form numbers in “Form number”"
            in brought.refusal
        )
    assert len(answers_kept()) == 1


def test_other_file_with_the_same_columns_and_no_form_numbers_brings_a_warning(bring):
    clinic()
    bring(csv_of(HEADINGS, *ROWS))

    brought = bring(csv_of(HEADINGS, *ROWS[:2]))

    assert [words.split(".")[0] for words in brought.report["warnings"]] == [
        "A file with the same columns was brought in before"
    ]


def test_key_of_a_row_cannot_be_worked_out_by_an_outsider(bring, settings):
    """Whoever has a submission key is given its receipt."""
    clinic()
    content = csv_of(("Form number", "used"), ("A1", "1"))
    bring(content)
    first = Response.objects.get().submission_key
    Response.objects.all().delete()
    ImportJob.objects.all().delete()

    settings.MASTER_KEY = "another master key, of another service, quite long"
    keys.derived_key.cache_clear()
    bring(content)
    keys.derived_key.cache_clear()

    assert Response.objects.get().submission_key != first
