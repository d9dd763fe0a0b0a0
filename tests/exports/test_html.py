"""HTML: the report as a page and as a file; everything escaped, nothing inline, sound to axe."""

import io
import re
from html.parser import HTMLParser

import pytest

from exports.document import Bullets, Document, Paragraph, Quote, Section
from exports.formats import FORMATS
from exports.formats.html import document_context, render_document
from tests.conftest import REPOSITORY
from tests.exports.samples import HOSTILE, bars, report, table

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"


class Outline(HTMLParser):
    """Headings, ids and tags of a page, and attributes that the service's policy would block."""

    def __init__(self, page):
        super().__init__()
        self.headings, self.ids, self.blocked, self.tags = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [value for name, value in attributes if name == "id"]
        self.blocked += [(tag, name) for name, _ in attributes if name == "style" or name.startswith("on")]


def written(document):
    stream = io.BytesIO()
    FORMATS["html"].write(document, stream)
    return stream.getvalue().decode()


def test_a_file_of_its_own_needs_nothing_from_elsewhere():
    page = written(report())
    assert not re.search(r"<(link|script|img|iframe|object)\b", page)
    assert not re.search(r"url\(|@import", page)
    assert '<html lang="en-GB" dir="ltr">' in page
    assert (
        "<title>Have your say on urgent care: what people told us – Northbridge Health and Care Partnership</title>"
        in page
    )


def test_headings_run_from_one_h1_down_without_a_gap():
    assert Outline(written(report())).headings == [1, 2, 2, 2, 3, 4, 2, 2]


def test_ids_are_unique():
    ids = Outline(written(report())).ids
    assert len(set(ids)) == len(ids)


def test_contents_lead_to_headings_that_are_there():
    page = written(report())
    ids = Outline(page).ids
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_no_inline_style_or_script_is_used():
    assert Outline(written(report())).blocked == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(words):
    document = Document(
        title=words,
        organisation=words,
        mark=words,
        sections=(
            Section(
                words,
                (
                    Paragraph(words),
                    Quote(words, words),
                    Bullets((words,)),
                    bars(alternative=words),
                    table(caption=words),
                ),
            ),
        ),
    )
    outline = Outline(written(document))
    assert not {"script", "img", "b"} & set(outline.tags)
    assert outline.blocked == []
    assert not re.search("[\x00\x0b\x1b\ufffe\u202a-\u202e\u2066-\u2069\ud800]", written(document))


def test_line_breaks_are_kept_and_blank_stretches_become_one():
    page = written(Document("Report", (Section("Words", (Quote("one\ntwo" + "\n" * 20_000 + "three"),)),)))
    assert "“one<br>two<br><br>three”" in page


def test_tables_have_caption_scopes_and_a_region_that_can_be_scrolled_by_keyboard():
    page = written(Document("Report", (Section("Findings", (table(),)),)))
    assert 'role="region" aria-labelledby="table-1-caption" tabindex="0"' in page
    assert (
        '<caption id="table-1-caption">Table 1. How people would travel (base: 412 people who answered)</caption>'
        in page
    )
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 2


def test_charts_have_a_name_and_hidden_numbers_have_no_bar():
    page = written(Document("Report", (Section("Findings", (bars(), table())),)))
    assert f'role="img" aria-label="{bars().alternative}"' in page
    assert page.count("<rect ") == 2
    assert ">[c]</text>" in page


def test_numbered_paragraphs_can_be_linked_to():
    assert (
        '<p class="report-paragraph" id="paragraph-1-1" dir="auto"><span class="report-number">1.1</span> Words</p>'
        in written(Document("Report", (Section("Findings", (Paragraph("Words"),)),)))
    )


def test_a_report_in_a_right_to_left_language_says_so():
    assert '<html lang="ur" dir="rtl">' in written(report(language="ur"))


def test_a_page_of_the_service_may_take_the_report_in():
    context = document_context(report())
    assert [section.heading for section in context["report_contents"]][:2] == ["0 One-page summary", "1 Findings"]
    page = render_document(report(), base_template="base.html", page_title="x")
    assert page.count("<h1") == 1
    assert 'href="/static/consult/report' in page
    assert "<style" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(chromium, tmp_path, width):
    sync_api = pytest.importorskip("playwright.sync_api")
    if not AXE.is_file():
        pytest.skip("to run it: make setup")
    path = tmp_path / "report.html"
    path.write_text(written(report()))
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(path.as_uri())
        page.add_script_tag(path=AXE)
        everything = page.evaluate("axe.run()")
        by_rule = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        scroll_width = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert [rule["id"] for rule in everything["violations"] + by_rule["violations"]] == []
    assert scroll_width == width
