"""The respondent's way through the reference questionnaire inside one process: its queries page by page, its CPU, its profile.

The application is called as a web server calls it, without one. Runs in processes of its own, see `children`.
"""

import cProfile
import io
import pstats
import statistics
import time
from collections.abc import Callable, Iterator
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.definition import Page, Question
from tests.bench.browser import Fields, hidden_fields
from tests.bench.places import HOST
from tests.bench.reference import reference_questionnaire

ADDRESS = "/consultations/reference/respond"
NOT_QUERIES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
LINES = 60
WARM_UP = 5

Request = Callable[[], str]


class Caller:
    """One person's browser against the application itself: cookies, and the hidden fields of the page seen last."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.hidden: Fields = []

    def get(self, path: str) -> str:
        return self.call("GET", path, b"")

    def post(self, path: str, fields: Fields) -> str:
        return self.call("POST", path, urlencode(self.hidden + fields).encode())

    def call(self, method: str, path: str, body: bytes) -> str:
        """Send one request; returns the status line. Keeps cookies and hidden fields."""
        said: list[Any] = []
        parts = application()(environment(method, path, body, self.cookies), lambda *start: said.extend(start))
        page = b"".join(parts)
        parts.close()
        status, headers = said[0], said[1]
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        if method == "GET":
            self.hidden = hidden_fields(page.decode())
        return str(status)


@cache
def application() -> WSGIHandler:
    """The service's application, made once as a worker process makes it."""
    return get_wsgi_application()


def environment(method: str, path: str, body: bytes, cookies: dict[str, str]) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) puts it."""
    parts = urlsplit(path)
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "REMOTE_ADDR": HOST,
        "HTTP_HOST": HOST,
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "HTTP_REFERER": f"http://{HOST}{path}",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def posted(page: Page) -> Fields:
    """A page filled in: the first answer of everything."""
    return [("continue", "1"), *(field for question in page.questions for field in posted_question(question))]


def posted_question(question: Question) -> Fields:
    if question.statements:
        return [(f"{question.key}.{line.key}", "1") for line in question.statements]
    return [(question.key, "1" if question.options else "It should stay open")]


def visit() -> Iterator[tuple[str, Request]]:
    """One response from the privacy page to the receipt: yields what each request is, and the request to make."""
    caller = Caller()
    begin = f"{ADDRESS}/how-we-use-your-answers/"
    yield "GET before the first page", lambda: caller.get(begin)
    yield "POST begin", lambda: caller.post(begin, [("continue", "1")])
    for page in reference_questionnaire().pages:
        path = f"{ADDRESS}/{page.key}/"
        yield "GET page", lambda path=path: caller.get(path)  # type: ignore[misc]
        yield "POST page", lambda path=path, page=page: caller.post(path, posted(page))  # type: ignore[misc]
    yield "GET check", lambda: caller.get(f"{ADDRESS}/check/")
    yield "POST send", lambda: caller.post(f"{ADDRESS}/check/", [("continue", "1")])
    yield "GET receipt", lambda: caller.get(f"{ADDRESS}/about-you/")


def go_through(times: int) -> None:
    """Make every request of so many responses. Raises RuntimeError for one that was refused."""
    for _ in range(times):
        for what, request in visit():
            status = request()
            if status[0] not in "23":
                raise RuntimeError(f"{what}: {status}")


def queries() -> dict[str, int]:
    """`{what: the most queries one took}`, in a process that has its version and skeletons already."""
    go_through(1)
    most: dict[str, int] = {}
    for what, request in visit():
        with CaptureQueriesContext(connection) as captured:
            request()
        number = sum(not query["sql"].startswith(NOT_QUERIES) for query in captured)
        most[what] = max(number, most.get(what, 0))
    return most


def cpu(*, responses: int) -> dict[str, float]:
    """`{what: the median of its processor time in ms}`, without a web server around it."""
    go_through(WARM_UP)
    taken: dict[str, list[float]] = {}
    for _ in range(responses):
        for what, request in visit():
            began = time.process_time()
            request()
            taken.setdefault(what, []).append(1000 * (time.process_time() - began))
    return {what: statistics.median(times) for what, times in taken.items()}


def profile(*, responses: int) -> dict[str, str]:
    """The profile of so many responses as text, by time with everything called and by own time (processor time)."""
    go_through(WARM_UP)
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(go_through, responses)
    text = io.StringIO()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler, stream=text).sort_stats(order).print_stats(LINES)
    return {"profile": text.getvalue()}


TASKS = {"queries": queries, "cpu": cpu, "profile": profile}
