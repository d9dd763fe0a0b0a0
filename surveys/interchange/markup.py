"""Texts that other tools keep as web pages, as plain words: paragraphs and lists stay apart, everything else that is
markup goes."""

from html.parser import HTMLParser

from surveys.interchange.base import Report
from surveys.text import clean_text

LONGEST = 20_000
PARAGRAPHS = {"p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "pre"}
SILENT = {"script", "style"}


class Plain(HTMLParser):
    """The words of a page. `lost` are what cannot be words: pictures, players, scripts, and where links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in SILENT:
            self.silent += 1
            self.lost.append(f"<{tag}>")
        elif tag in ("img", "video", "audio", "iframe", "object", "embed"):
            self.lost.append(f"{tag} {given.get('src') or given.get('data') or ''}".strip())
        elif tag == "a" and given.get("href"):
            self.lost.append(f"link to {given['href']}")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # Line ends of the file are nothing in a web page.
            self.parts.append(" ".join(data.replace("\xa0", " ").split("\n")))

    @property
    def words(self) -> str:
        lines = [" ".join(line.split()) for line in "".join(self.parts).split("\n")]
        text = "\n".join(lines)
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        return clean_text(text)


def plain_words(where: str, text: str, report: Report) -> str:
    """A text without its markup; what was no words is reported."""
    if len(text) > LONGEST:
        report.lose(where, text, f"a text here has {LONGEST:,} characters at most; the rest of it was cut off")
        text = text[:LONGEST]
    if "<" not in text and "&" not in text:
        return clean_text(text)
    reader = Plain()
    reader.feed(text)
    reader.close()
    for lost in reader.lost:
        report.lose(where, lost, "a text here is words alone")
    return reader.words
