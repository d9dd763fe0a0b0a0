"""What a browser transfers, counted over the real server: every byte of each reply, in the encodings a browser asks for."""

import gzip
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

from tests.bench.browser import MOST_REDIRECTS, REDIRECTS, exchanged
from tests.bench.places import HOST
from tests.journeys.pages import Fields, Page

ENCODINGS = "gzip, deflate, br, zstd"
"""What Chromium asks for."""
FETCHED = (
    "//link[@rel='stylesheet']/@href",
    "//script/@src",
    "//img/@src",
    # The components, which the page's one script fetches where the page holds any.
    "/html[//*[@data-module]]/@data-components",
)
"""What a page names that a browser fetches at once. Pictures at data: addresses are no requests."""


@dataclass(frozen=True)
class Reply:
    """One reply as it came: its address, status, headers (names in small letters), and all its bytes, head and body."""

    path: str
    status: int
    headers: dict[str, str]
    head: bytes
    body: bytes

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(self.head) + len(self.body)

    @property
    def page(self) -> Page:
        body = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        parts = urlsplit(self.path)
        return Page(parts.path, self.status, html.document_fromstring(body.decode()), parts.query)


@dataclass
class Browser:
    """One person's browser at a running server. `kept` are the static files it has; `cookies` what it was given."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def visits(self, path: str, fields: Fields | None = None) -> list[Reply]:
        """Every reply of coming to a page: each file that it names and this browser has not, redirects, and last the page."""
        replies = [self.asks(path, fields)]
        while replies[-1].status in REDIRECTS and len(replies) < MOST_REDIRECTS:
            replies.append(self.asks(urljoin(path, replies[-1].headers["location"])))
        page = replies[-1].page.body
        files = dict.fromkeys(file for named in FETCHED for file in page.xpath(named) if not file.startswith("data:"))
        found = [self.asks(file) for file in files if file not in self.kept]
        self.kept |= {reply.path for reply in found if "immutable" in reply.headers["cache-control"]}
        return found + replies

    def asks(self, path: str, fields: Fields | None = None, **headers: str) -> Reply:
        """One request and its reply. `headers` by their names with _ for -."""
        body = b"" if fields is None else urlencode(fields).encode()
        sent = {
            "Host": urlsplit(self.url).netloc,
            "Accept-Encoding": ENCODINGS,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": self.url + path,
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        if fields is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.0", *(f"{n}: {v}" for n, v in sent.items())]
        return self.keeps(path, exchanged(port_of(self.url), "\r\n".join(lines).encode() + b"\r\n\r\n" + body))

    def keeps(self, path: str, raw: bytes) -> Reply:
        """A reply as it came over the line; its cookies are kept."""
        head, _, body = raw.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for name, _, value in (line.partition(": ") for line in lines):
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, given = value.partition(";")[0].partition("=")
                self.cookies[cookie] = given
        return Reply(path, int(status.split()[1]), headers, head, body)


def port_of(url: str) -> int:
    """The port of a server of this machine."""
    parts = urlsplit(url)
    assert parts.hostname == HOST
    assert parts.port is not None
    return parts.port
