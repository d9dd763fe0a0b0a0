"""The least of a browser that a load generator needs: requests to this machine, cookies, redirects, and forms as they were drawn.

A page's form is read in full once (`read_form`); everybody who comes after reads only its hidden fields again, which cost the
generator next to nothing.
"""

import html
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from tests.bench.places import HOST

MOST_REDIRECTS = 5
SECONDS = 120
REDIRECTS = {301, 302, 303, 307, 308}
HIDDEN = re.compile(r"""type=["']hidden["']""")
ATTRIBUTE = re.compile(r"\b(name|value)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """What came back in the end: the status, the address after redirects, and the page."""

    status: int
    url: str
    page: str


@dataclass
class Browser:
    """One person's browser. A connection is made for each request, as gunicorn's plain workers close theirs."""

    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    bytes_in: int = 0

    def get(self, url: str) -> Reply:
        return self.follow("GET", url, None)

    def post(self, url: str, fields: Fields) -> Reply:
        return self.follow("POST", url, fields)

    def follow(self, method: str, url: str, fields: Fields | None) -> Reply:
        """Ask, and go where the answers send us. Raises RuntimeError when they send us round in circles."""
        for _ in range(MOST_REDIRECTS):
            status, headers, body = self.ask(method, url, fields)
            if status not in REDIRECTS:
                return Reply(status, url, body.decode("utf-8", "replace"))
            url, method, fields = urljoin(url, headers["Location"]), "GET", None
        raise RuntimeError(f"more than {MOST_REDIRECTS} redirects, the last to {url}")

    def ask(self, method: str, url: str, fields: Fields | None) -> tuple[int, dict[str, str], bytes]:
        """One request and its answer, without following it: status, headers and body. Refuses every host but this machine."""
        parts = urlsplit(url)
        if parts.hostname != HOST or parts.port is None:
            raise ValueError(f"only {HOST} is ever asked, not {url}")
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.0", f"Host: {HOST}:{parts.port}", f"Cookie: {cookies}", f"Referer: {url}"]
        body = b""
        if fields is not None:
            body = urlencode(fields).encode()
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        head, _, content = exchanged(parts.port, "\r\n".join(lines).encode() + b"\r\n\r\n" + body).partition(
            b"\r\n\r\n"
        )
        status, *header_lines = head.decode("latin-1").split("\r\n")
        self.requests += 1
        self.bytes_in += len(content)
        headers = {}
        for name, _, value in (line.partition(": ") for line in header_lines):
            headers[name] = value
            if name == "Set-Cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie.strip()] = kept
        if len(content) < int(headers.get("Content-Length", 0)) or not status:
            raise ConnectionError(f"{url}: the answer was cut off")
        return int(status.split()[1]), headers, content


def exchanged(port: int, request: bytes) -> bytes:
    """What a server of this machine answers to a request, up to where it closes the connection (HTTP/1.0).

    By plain sockets: the generator has the same processors as the server, and the library's client would use as much of them.
    """
    with socket.create_connection((HOST, port), timeout=SECONDS) as connection:
        connection.sendall(request)
        pieces = []
        while piece := connection.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces)


def hidden_fields(page: str) -> Fields:
    """The hidden fields of a page as (name, value)."""
    found = []
    for match in HIDDEN.finditer(page):
        # Looked for by what few tags have: to read every control of a long page would cost as much as filling it in.
        tag = page[page.rindex("<", 0, match.start()) : page.index(">", match.end())]
        parts = {name.lower(): html.unescape(double or single) for name, double, single in ATTRIBUTE.findall(tag)}
        if "name" in parts:
            found.append((parts["name"], parts.get("value", "")))
    return found


@dataclass
class Form:
    """A form with method "post". `radios` and `boxes` are {name: values}; `texts` {name: is it a large box}."""

    action: str
    hidden: list[str] = field(default_factory=list)
    radios: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, bool] = field(default_factory=dict)
    buttons: Fields = field(default_factory=list)

    @property
    def size(self) -> int:
        """How much there is to fill in."""
        return len(self.radios) + len(self.boxes) + len(self.texts)


def read_form(page: str) -> Form | None:
    """The form of a page with the most to fill in; None when there is none to send."""
    reader = FormReader()
    reader.feed(page)
    return max(reader.forms, key=lambda form: form.size, default=None)


class FormReader(HTMLParser):
    """Collects the forms of a page as they go by."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = given.get("method", "").lower() == "post"
            if self.is_inside:
                self.forms.append(Form(given.get("action", "")))
        elif self.is_inside and tag in ("input", "textarea", "button") and given.get("name"):
            self.control(self.forms[-1], tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False

    def control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        """Note one named control."""
        name, shape = given["name"], given.get("type", "text").lower() if tag == "input" else tag
        if shape == "hidden":
            form.hidden.append(name)
        elif shape in ("radio", "checkbox"):
            group = form.radios if shape == "radio" else form.boxes
            group.setdefault(name, []).append(given.get("value", "on"))
        elif shape in ("button", "submit"):
            form.buttons.append((name, given.get("value", "")))
        else:
            form.texts[name] = shape == "textarea"
