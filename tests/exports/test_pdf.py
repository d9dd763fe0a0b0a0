"""PDF: the machine checks of PDF/UA-1, the structure a screen reader walks, and words that have broken other writers."""

import io
import time

import page
import pikepdf
import pytest

from exports.document import (
    Bullets,
    Chart,
    ChartRow,
    Column,
    Document,
    Paragraph,
    Point,
    Quote,
    Section,
    Table,
)
from exports.formats import FORMATS
from exports.formats.pdf import typeface
from exports.formats.pdf.pages import pdf_bytes
from exports.formats.pdf.text import BODY
from exports.formats.pdf.typeface import text_width
from tests.exports.samples import HOSTILE, bars, report, table
from tests.pdf_words import words_of_page


def failures(written):
    found = page.validate_pdf_bytes(written, profile="ua1")
    assert found.rules.total >= 104
    return [(failure.rule_id, failure.message) for failure in found.failures]


def opened(document):
    return pikepdf.open(io.BytesIO(pdf_bytes(document)))


def elements(node, tag=None):
    """Every structure element below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            if tag is None or f"/{tag}" == kid.S:
                yield kid
            yield from elements(kid, tag)


def words_of(pdf):
    """The words of each page, through the fonts' own Unicode tables."""
    return [words_of_page(page) for page in pdf.pages]


def one_section(*blocks):
    return Document("Report", (Section("Findings", blocks),))


def test_a_report_with_every_kind_of_block_passes_every_machine_check_of_pdf_ua_1():
    stream = io.BytesIO()
    FORMATS["pdf"].write(report(), stream)
    assert failures(stream.getvalue()) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_anywhere_still_make_an_accessible_file(words):
    document = Document(
        title=words,
        subtitle=words,
        organisation=words,
        date=words,
        mark=words,
        sections=(
            Section(words, (Paragraph(words), Bullets((words,)), Quote(words, words))),
            Section(words, (bars(rows=(ChartRow(words, (Point(1, "1"),)),), alternative=words), table(caption=words))),
            Section(
                words, (table(columns=(Column(words), Column(words), Column(words)), rows=((words, words, words),)),)
            ),
        ),
    )
    assert failures(pdf_bytes(document)) == []


def test_markup_in_text_is_drawn_as_it_was_typed():
    words = 'a < b & c, <b, </para>, <img src="file:///etc/passwd">, {{ 7*7 }}'
    pdf = opened(one_section(Quote(words)))
    assert words in words_of(pdf)[0].replace("\n", "")
    assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_words_at_line_ends_do_not_run_together():
    pdf = opened(one_section(Paragraph("walk-in centre " * 40)))
    assert "centrewalk" not in words_of(pdf)[0].replace("\n", "")


def test_characters_without_a_glyph_are_said_in_words_and_counted():
    pdf = opened(one_section(Quote("Fine 🦠 thanks, আমি বাংলায় লিখি indeed")))
    words = " ".join(words_of(pdf)).replace("\n", "")
    assert "“Fine [symbol: microbe] thanks, [words in Bengali script] indeed”" in words
    assert "In this file 15 characters are given in words" in words


def test_a_report_that_needs_no_replacement_has_no_note():
    assert "given in words" not in " ".join(
        words_of(opened(one_section(Paragraph("Plain words: café, Łódź, Ŵ."))))
    ).replace("\n", "")


def test_catalogue_names_language_title_and_tags():
    pdf = opened(report())
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == report().title
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == report().title


def test_file_names_no_person_no_program_user_and_no_time_of_writing():
    pdf = opened(report())
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Author": "Northbridge Health and Care Partnership",
        "/Producer": "ReportLab PDF Library - (opensource)",
        "/Subject": "Report of the consultation",
        "/Title": report().title,
    }


def test_the_same_report_gives_the_same_bytes():
    assert pdf_bytes(report()) == pdf_bytes(report())


def test_headings_run_from_the_title_down_without_a_gap():
    pdf = opened(report())
    headings = [
        str(node.S)
        for node in elements(pdf.Root.StructTreeRoot)
        if str(node.S)[:2] == "/H" and str(node.S) != "/Header"
    ]
    assert headings == ["/H1", "/H2", "/H2", "/H2", "/H3", "/H4", "/H2", "/H2"]


def test_bookmarks_follow_the_sections():
    with opened(report()).open_outline() as outline:
        shape = [
            (item.title, [(child.title, [leaf.title for leaf in child.children]) for child in item.children])
            for item in outline.root
        ]
    assert shape == [
        ("0 One-page summary", []),
        ("1 Findings", [("Travel", ["Words"])]),
        ("2 Groups", []),
        ("A Method", []),
    ]


def test_contents_list_leads_to_every_section_and_names_its_page():
    pdf = opened(report())
    entries = list(elements(pdf.Root.StructTreeRoot, "TOCI"))
    links = [next(elements(entry, "Link")) for entry in entries]
    annotations = [next(kid.Obj for kid in link.K if isinstance(kid, pikepdf.Dictionary)) for link in links]
    assert len(entries) == 5
    assert str(annotations[0].Contents) == "0 One-page summary, page 1"
    pages = [page.obj.objgen for page in pdf.pages]
    for annotation in annotations:
        assert str(annotation.Contents).endswith(f", page {pages.index(annotation.Dest[0].objgen) + 1}")


def test_table_header_cells_have_a_scope_and_repeated_headers_are_artefacts():
    pdf = opened(one_section(table(rows=tuple((f"Road {number}", str(number), "1%") for number in range(120)))))
    assert len(pdf.pages) > 2
    (element,) = elements(pdf.Root.StructTreeRoot, "Table")
    scopes = [str(cell.A[0].Scope) for cell in elements(element, "TH")]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 120
    assert len(list(elements(element, "TD"))) == 240
    assert all("Answer" in words for words in words_of(pdf)[:-1])


@pytest.mark.parametrize("number", range(24, 34))
def test_notes_of_a_table_stay_on_one_page(number):
    rows = tuple((f"Road {place}", str(place), "1%") for place in range(number))
    pdf = opened(one_section(table(rows=rows, notes=("First note.", "Second note.", "Third note."))))

    pages = [[place for place, words in enumerate(words_of(pdf)) if note in words] for note in ("First", "Third")]

    assert pages[0] == pages[1]


def test_lists_have_labels_and_bodies():
    pdf = opened(one_section(Bullets(("a", "b"))))
    (element,) = elements(pdf.Root.StructTreeRoot, "L")
    assert [str(node.S) for node in elements(element)] == ["/LI", "/Lbl", "/LBody", "/LI", "/Lbl", "/LBody"]


def test_numbers_of_a_long_list_stand_clear_of_its_words():
    pdf = opened(one_section(Bullets(tuple("abcdefghijkl"), ordered=True)))
    (label,), (body,) = (places_of(pdf, tag) for tag in ("/Lbl", "/LBody"))

    assert body - label == pytest.approx(text_width("12. ", BODY.size), abs=0.01)


def places_of(pdf, tag):
    """How far from the left the words of one tag begin, wherever they stand."""
    found, open_tag = set(), None
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(operator) == "BDC":
            open_tag = str(operands[0])
        elif str(operator) == "Tm" and open_tag == tag:
            found.add(float(operands[4]))
    return found


def test_figures_have_words_and_a_place():
    pdf = opened(one_section(bars(), table()))
    (figure,) = elements(pdf.Root.StructTreeRoot, "Figure")
    assert str(figure.Alt) == bars().alternative
    left, bottom, right, top = map(float, figure.A[0].BBox)
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_links_lead_where_they_say():
    pdf = opened(report())
    targets = [
        str(annotation.A.URI) for page in pdf.pages for annotation in page.get("/Annots", []) if "/A" in annotation
    ]
    assert targets == ["https://example.org/plan"]


def test_every_page_has_the_mark_and_its_number_as_artefacts():
    pdf = opened(report())
    for number, words in enumerate(words_of(pdf), start=1):
        assert "Illustrative data" in words
        assert f"Page {number} of {len(pdf.pages)}" in words


def test_a_chart_of_many_answers_goes_on_on_the_next_page():
    rows = tuple(ChartRow(f"Practice number {number}", (Point(number, str(number)),)) for number in range(100))
    pdf = opened(one_section(bars(rows=rows), table()))
    figures = list(elements(pdf.Root.StructTreeRoot, "Figure"))
    assert len(figures) == 4
    assert str(figures[1].Alt).endswith("(part 2 of 4)")
    assert "Practice number 99" in " ".join(words_of(pdf)).replace("\n", "")


def test_a_table_too_wide_for_the_page_goes_on_below_with_its_first_column():
    columns = (Column("Ward"), *(Column(f"Option {number}", numeric=True) for number in range(30)))
    pdf = opened(one_section(Table("Wards", columns, (("Abram", *["1,234 (12%)"] * 30),))))
    tables = list(elements(pdf.Root.StructTreeRoot, "Table"))
    assert len(tables) > 2
    assert sum(len(list(elements(element, "TD"))) for element in tables) == 30


def test_nothing_is_drawn_outside_the_page():
    long = "supercalifragilistic" * 40
    document = report(title=f"{long} {long}", organisation=long * 3, mark="Interim")
    assert failures(pdf_bytes(document)) == []


@pytest.mark.parametrize(
    "blocks",
    [
        (Paragraph("\n" * 20_000 + "end"), Paragraph("line\n" * 20_000)),
        (Quote("<b>" * 2_000 + "</b>" * 1_000), Paragraph("x" * 300_000)),
        (Paragraph("word " * 200_000),),
        (table(rows=(("a" * 50_000, "1", "words " * 30_000),)),),
    ],
    ids=["line breaks", "nested tags and one word", "a megabyte", "a cell of many pages"],
)
def test_text_that_stops_other_writers_is_written_in_seconds(blocks):
    started = time.perf_counter()
    written = pdf_bytes(one_section(*blocks))
    assert time.perf_counter() - started < 20
    assert failures(written) == []


def test_blank_stretches_become_one_blank_line():
    assert len(opened(one_section(Paragraph("start" + "\n" * 20_000 + "end"))).pages) == 1


def test_forty_pages_with_thirty_charts_and_sixty_tables_take_little_more_than_a_second():
    rows = tuple((f"Option {number}", *(f"{number * 11} (12%)",) * 7) for number in range(5))
    columns = (
        Column("Answer"),
        *(Column(group, numeric=True) for group in ("White", "Mixed", "Asian", "Black", "Other", "Not said", "Blank")),
    )
    one = Table("Answers (base: 100,000 people who answered)", columns, rows)
    sections = tuple(
        Section(f"Question {number}", (Paragraph("Words. " * 80), bars(), one, one)) for number in range(30)
    )
    pdf_bytes(report())
    started = time.perf_counter()
    pdf_bytes(Document("Report", sections))
    assert time.perf_counter() - started < 3


def test_missing_typeface_names_the_command_that_brings_it(monkeypatch, tmp_path):
    monkeypatch.setattr(typeface, "FONT_FOLDER", tmp_path)
    typeface.load_typeface.cache_clear()
    with pytest.raises(typeface.FontsMissing, match="make setup"):
        pdf_bytes(report())
    typeface.load_typeface.cache_clear()


@pytest.mark.parametrize("rows", [(), (ChartRow("a", (Point(None, "[c]"),)),)])
def test_a_chart_without_anything_to_draw_is_still_accessible(rows):
    chart = Chart("bars", "Nothing (base: 0 people)", rows, "No bars.")
    assert failures(pdf_bytes(one_section(chart, table(rows=())))) == []
