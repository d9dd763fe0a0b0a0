"""The report's model: numbering, and the refusals that keep a bad report from being made."""

import pytest

from exports.document import (
    ChartRow,
    Column,
    Document,
    DocumentError,
    Link,
    Paragraph,
    Point,
    Section,
    Strong,
    Table,
    placed_sections,
    plain_text,
)
from tests.exports.samples import bars, stacked, table


def numbers_of(*sections):
    return [
        (section.heading, [placed.number for placed in section.blocks])
        for section in placed_sections(Document("Report", sections))
    ]


def test_paragraphs_tables_and_figures_are_numbered_through_their_section():
    assert numbers_of(
        Section("Purpose", (Paragraph("a"), Paragraph("b", numbered=False), Paragraph("c"))),
        Section("Findings", (Paragraph("d"), bars(), table())),
        Section("Travel", (Paragraph("e"), table()), level=2),
    ) == [
        ("1 Purpose", ["1.1", "", "1.2"]),
        ("2 Findings", ["2.1", "Figure 1", "Table 1"]),
        ("Travel", ["2.2", "Table 2"]),
    ]


def test_a_section_may_bring_its_own_number_or_none():
    assert numbers_of(
        Section("Summary", (Paragraph("a"),), number="0"),
        Section("Foreword", (Paragraph("b"),), number=""),
        Section("Purpose", (Paragraph("c"),)),
        Section("Questionnaire", (Paragraph("d"),), number="A"),
    ) == [("0 Summary", ["0.1"]), ("Foreword", [""]), ("1 Purpose", ["1.1"]), ("A Questionnaire", ["A.1"])]


def test_anchors_are_unique():
    document = Document("Report", tuple(Section(f"s{n}", (Paragraph("a"), bars(), table())) for n in range(3)))
    anchors = [section.anchor for section in placed_sections(document)]
    anchors += [placed.anchor for section in placed_sections(document) for placed in section.blocks]
    assert len(set(anchors)) == len(anchors) == 12


def test_plain_text_is_the_words_of_all_parts():
    assert plain_text(("Of 412, ", Strong("251"), " agreed: ", Link("see", "#x"))) == "Of 412, 251 agreed: see"


def test_an_empty_cell_says_that_there_is_no_data():
    assert table(rows=(("Bus", "", " "),)).rows == (("Bus", "No data", "No data"),)


def test_an_empty_note_is_left_out():
    assert table(notes=("", "Rounded.")).notes == ("Rounded.",)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: table(rows=(("Bus", "1"),)), "2 cells under 3 headings"),
        (lambda: Table("t", (Column("a"),), ((1,),)), "bare number"),
        (lambda: bars(kind="pie"), "no chart of kind"),
        (lambda: bars(title="How would you get there?"), "must end with its base"),
        (lambda: bars(alternative=" "), "people who do not see it"),
        (lambda: bars(series=("a", "b")), "needs 2 points"),
        (lambda: bars(series=tuple("abcde")), "does not take 5 series"),
        (lambda: stacked(series=()), "does not take 1 series"),
        (lambda: bars(kind="against_population"), "does not take 1 series"),
        (lambda: ChartRow("a", (Point(-1, "-1"),)), "cannot draw"),
        (lambda: Point(float("nan"), "?"), "cannot draw"),
        (lambda: Link("x", "javascript:alert(1)"), "leads to https"),
        (lambda: Link("x", "file:///etc/passwd"), "leads to https"),
        (lambda: Section("Findings", (bars(),)), "needs its table right after it"),
        (lambda: Section(" "), "needs a heading"),
        (lambda: Document(" ", ()), "needs a title"),
        (lambda: Document("Report", (Section("a", level=2),)), "skips a level"),
        (lambda: Document("Report", (Section("a"), Section("b", level=3))), "skips a level"),
        (lambda: Document("Report", (Section("a", (Paragraph((Link("x", "#table-9"),)),)),)), "not in the report"),
    ],
)
def test_a_report_that_no_reader_should_meet_is_refused(make, message):
    with pytest.raises(DocumentError, match=message):
        make()
