"""HTML: the report as a web page, and as one file that needs nothing else.

The same templates serve both: `exports/document.html` extends whatever page it is told to. Charts are SVG with
presentation attributes only, since the service's content security policy allows no inline style.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from exports.cells import clean_text
from exports.charts import Picture, arial_width, picture
from exports.document import (
    Block,
    Bullets,
    Chart,
    Definitions,
    Document,
    Inline,
    Inset,
    Link,
    Paragraph,
    Placed,
    PlacedSection,
    Quote,
    Strong,
    Table,
    Text,
    Unwritten,
    inline_parts,
    placed_sections,
)
from exports.formats.base import DocumentFormat

CHART_WIDTH: Final = 640
CHART_TEXT_SIZE: Final = 14
# An override in one person's words would turn round what stands after them; each block finds its own direction
# instead.
_DIRECTION_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT_LANGUAGES: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

TEMPLATES: Final[dict[type, str]] = {
    Paragraph: "exports/blocks/paragraph.html",
    Bullets: "exports/blocks/bullets.html",
    Inset: "exports/blocks/inset.html",
    Quote: "exports/blocks/quote.html",
    Table: "exports/blocks/table.html",
    Chart: "exports/blocks/chart.html",
    Unwritten: "exports/blocks/unwritten.html",
    Definitions: "exports/blocks/definitions.html",
}


class Html(DocumentFormat):
    name = "html"
    label = "Web page"
    extension = "html"
    content_type = "text/html; charset=utf-8"

    def write(self, document: Document, stream: BinaryIO) -> None:
        """Write one file that shows the report without a network: its style is inside."""
        stream.write(render_document(document).encode())


@dataclass(frozen=True)
class ShownBlock:
    """A block with what its template needs: its number, its anchor, texts as HTML, and the picture of a chart."""

    template: str
    block: Any
    number: str
    anchor: str
    texts: tuple[SafeString, ...] = ()
    picture: Picture | None = None

    @property
    def rows(self) -> list[list[tuple[str, bool]]]:
        """A table's cells, each with whether its column holds numbers."""
        numeric = [column.numeric for column in self.block.columns]
        return [list(zip(row, numeric, strict=True)) for row in self.block.rows]

    @property
    def definitions(self) -> list[tuple[str, SafeString]]:
        """Terms with what they mean."""
        return [(term, meaning) for (term, _), meaning in zip(self.block.items, self.texts, strict=True)]


@dataclass(frozen=True)
class ShownSection:
    heading: str
    heading_level: int
    anchor: str
    blocks: tuple[ShownBlock, ...]
    subsections: list["ShownSection"] = field(default_factory=list)
    """For the contents list: the sections of the next level, where this one is of the first."""


def render_document(
    document: Document,
    *,
    base_template: str = "exports/standalone.html",
    request: HttpRequest | None = None,
    **context: Any,
) -> str:
    """Return the report as a page that extends `base_template`, whose blocks `pageTitle`, `head` and `content` it
    fills.

    Without a `base_template` it is a page of its own with its style inside. Text is cleaned of what HTML cannot carry.
    """
    is_standalone = base_template == "exports/standalone.html"
    values = document_context(document) | {
        "base_template": base_template,
        "is_standalone": is_standalone,
        "style": _style() if is_standalone else "",
    }
    page = render_to_string("exports/document.html", values | context, request=request)
    return _DIRECTION_CONTROLS.sub("", clean_text(page))


def document_context(document: Document) -> dict[str, Any]:
    """Return what `exports/document_body.html` needs, for a page that includes the report among other things."""
    sections = [_shown_section(section) for section in placed_sections(document)]
    return {
        "report": document,
        "report_direction": "rtl" if document.language.split("-")[0] in RIGHT_TO_LEFT_LANGUAGES else "ltr",
        "report_sections": sections,
        "report_contents": _contents(sections),
    }


def inline_html(text: Text) -> SafeString:
    """Return a text as HTML, everything in it escaped; a line break stays one."""
    return mark_safe("".join(_inline(part) for part in inline_parts(text)))  # noqa: S308 -- every part is escaped below


def _inline(part: Inline) -> str:
    if isinstance(part, Strong):
        return format_html("<strong>{}</strong>", _with_breaks(part.text))
    if isinstance(part, Link):
        return format_html('<a href="{}">{}</a>', part.url, _with_breaks(part.text))
    return _with_breaks(part)


def _with_breaks(text: str) -> SafeString:
    """Return escaped text with its line breaks; a stretch of blank lines becomes one."""
    lines: list[str] = []
    for line in clean_text(text).split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line if line.strip() else "")
    return mark_safe("<br>".join(conditional_escape(line) for line in lines))  # noqa: S308 -- every line is escaped


def _shown_section(section: PlacedSection) -> ShownSection:
    blocks = tuple(_shown_block(placed) for placed in section.blocks)
    return ShownSection(section.heading, section.level + 1, section.anchor, blocks)


def _shown_block(placed: Placed) -> ShownBlock:
    return ShownBlock(
        template=TEMPLATES[type(placed.block)],
        block=placed.block,
        number=placed.number,
        anchor=placed.anchor,
        texts=tuple(map(inline_html, _texts(placed.block))),
        picture=_picture(placed.block) if isinstance(placed.block, Chart) else None,
    )


def _texts(block: Block) -> Iterator[Text]:
    """Yield the running texts of a block, in the order in which its template takes them."""
    if isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Definitions):
        yield from (meaning for _, meaning in block.items)
    elif isinstance(block, Paragraph | Inset):
        yield block.text
    elif isinstance(block, Quote):
        yield f"“{block.text.strip()}”"


def _picture(chart: Chart) -> Picture:
    return picture(chart, width=CHART_WIDTH, size=CHART_TEXT_SIZE, measure=arial_width)


def _contents(sections: list[ShownSection]) -> list[ShownSection]:
    """Return the sections of the first level, each with those of the second; nothing for a report too short to need a
    list."""
    if sum(section.heading_level <= 3 for section in sections) < 3:
        return []
    contents: list[ShownSection] = []
    for section in sections:
        if section.heading_level == 2:
            contents.append(section)
        elif section.heading_level == 3:
            contents[-1].subsections.append(section)
    return contents


@lru_cache(maxsize=1)
def _style() -> SafeString:
    """The style sheet, to go inside a file of its own. It is ours and holds no markup."""
    path = finders.find("consult/report.css")
    if not path:
        raise FileNotFoundError("The style sheet consult/report.css is not among the static files")
    return mark_safe(Path(path).read_text())  # noqa: S308 -- a file of this repository
