"""Released tables in one book, and the gate itself: nothing but a released number has a way to a page or a file."""

import ast
import io
import json

import pytest

from consult.models import LinkKey
from equality.disclosure import POLICIES, CountTable, NotReleased, ReleasedTable, release
from exports.formats import TABLE_FORMATS
from exports.formats.base import ShownCell
from exports.released import ALL_COLUMN, BASE_ROW, shown_table, table_book
from exports.wording import OVERLAPPING
from tests.conftest import REPOSITORY
from tests.exports.composed import FEW, crowd
from tests.exports.respondents import demonstrated, results_now

COMPOSERS = (
    "report", "summary", "findings", "population", "assessment", "participation", "comments", "released", "comparing",
    "differences", "contrasts", "contrast_tests", "organisations", "not_heard", "told",
)  # fmt: skip


def attributes_of(module):
    """Every attribute a module asks of anything."""
    tree = ast.parse((REPOSITORY / "exports" / f"{module}.py").read_text())
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def imports_of(module):
    """Every module that a module imports from."""
    tree = ast.parse((REPOSITORY / "exports" / f"{module}.py").read_text())
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", COMPOSERS)
def test_what_is_composed_reaches_for_no_true_number(module):
    assert attributes_of(module) & {"count_table", "base_counts", "counts", "counted", "profiles"} == set()
    assert (
        imports_of(module) & {"exports.counting", "exports.lining_up", "surveys.counted", "surveys.analysis.counts"}
        == set()
    )


def test_only_the_gate_counts_and_only_it_releases():
    modules = [path.stem for path in (REPOSITORY / "exports").glob("*.py")]
    releasing = [module for module in modules if "release" in names_imported(module)]
    counting = [module for module in modules if "exports.counting" in imports_of(module)]

    assert releasing == ["results"]
    # What invented people answered is counted for a rehearsal, and leaves as `Results` do: through the same gate.
    assert counting == ["results", "rehearsed"]


def names_imported(module):
    tree = ast.parse((REPOSITORY / "exports" / f"{module}.py").read_text())
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_table_that_was_not_released_cannot_be_made():
    parts = dict.fromkeys(("title", "question", "by", "policy", "note"), "")
    with pytest.raises(NotReleased):
        ReleasedTable(
            **parts, rows=(), columns=(), cells=(), row_totals=(), column_totals=(), grand_total=None,
            additive_rows=True, token=object(),
        )  # fmt: skip


@pytest.mark.django_db
def test_book_has_each_question_for_everybody_and_by_every_characteristic_and_who_answered():
    results = results_now(crowd(FEW))

    book = table_book(results, title="The clinic")

    by = [None, *(characteristic.heading for characteristic in results.characteristics)]
    assert [(table.question, table.by) for table in book.tables] == [
        *((question, each) for question in ("how", "where", "what") for each in by),
        *((characteristic.key, None) for characteristic in results.characteristics),
    ]
    assert (book.consultation, book.policy, book.base) == ("The clinic", "nhs_round5", "150")


@pytest.mark.django_db
def test_table_by_group_has_a_total_for_each_answer_and_its_bases_last():
    results = results_now(crowd(FEW))

    table = next(t for t in table_book(results, title="").tables if (t.question, t.by) == ("where", "Sex"))

    assert table.columns == ("Female", "Male", ALL_COLUMN)
    assert table.rows == (
        ("Here", cells("45", "35", "80")),
        ("There", cells("40", "0", "40")),
        ("Elsewhere", cells("0", "25", "25")),
        ("Nowhere", cells("[c]", "[c]", "[c]")),
        (BASE_ROW, cells("85", "65", "150")),
    )
    assert table.percentages == (
        percentages("53%", "54%", "53%"),
        percentages("47%", "0%", "27%"),
        percentages("0%", "38%", "17%"),
        percentages("[c]", "[c]", "[c]"),
        percentages("[z]", "[z]", "[z]"),
    )
    assert table.notes[0].startswith("Numbers from 1 to 7 are shown as [c]")


def cells(*shown):
    return tuple(ShownCell(int(text) if text.isdigit() else None, text) for text in shown)


def percentages(*shown):
    return tuple(ShownCell(int(text[:-1]) if text.endswith("%") else None, text) for text in shown)


def test_percentage_of_under_thirty_people_is_not_available_and_of_under_fifty_is_marked():
    columns = ("Under 30", "Under 50", "50 and over")
    counts = CountTable(title="Care", question="care", by="Size", rows=("Yes", "No"), columns=columns,
                        counts=[[15, 20, 25], [10, 20, 35]])  # fmt: skip

    table = shown_table(release(counts, POLICIES["exact"]))

    assert table.percentages[0] == (
        ShownCell(None, "[x]"), ShownCell(50, "50% [u]"), ShownCell(42, "42%"), ShownCell(48, "48%"),
    )  # fmt: skip


def test_table_of_answers_that_overlap_says_why_percentages_pass_a_hundred():
    counts = CountTable.one_way([40, 50], title="Travel", question="q1", rows=("Bus", "Car"), base=60)

    assert shown_table(release(counts, POLICIES["exact"])).notes[-1] == OVERLAPPING


@pytest.mark.django_db
def test_value_is_null_wherever_what_is_shown_is_not_that_number():
    stream = io.BytesIO()
    TABLE_FORMATS["json"].write(table_book(results_now(demonstrated("apms", count=60)), title="T"), stream)

    book = json.loads(stream.getvalue())

    assert set(book) == {"consultation", "policy", "base", "tables"}
    assert {key for table in book["tables"] for key in table} == {
        "title", "question", "by", "base", "columns", "rows", "notes",
    }  # fmt: skip
    assert {key for table in book["tables"] for row in table["rows"] for key in row} == {"label", "cells"}
    found = [cell for table in book["tables"] for row in table["rows"] for cell in row["cells"]]
    assert {cell["shown"] for cell in found if cell["value"] is None} == {"[c]"}
    assert all(str(cell["value"]) == cell["shown"] for cell in found if cell["value"] is not None)
    assert all(cell["value"] == 0 or cell["value"] >= 10 for cell in found if cell["value"] is not None)
    assert all(len(row["cells"]) == len(table["columns"]) for table in book["tables"] for row in table["rows"])


@pytest.mark.django_db
def test_without_the_link_key_the_book_has_each_question_for_everybody_alone():
    consultation = crowd(FEW)
    LinkKey.objects.filter(consultation=consultation).delete()
    consultation.refresh_from_db()

    book = table_book(results_now(consultation), title="")

    assert [(table.question, table.by) for table in book.tables] == [("how", None), ("where", None), ("what", None)]
