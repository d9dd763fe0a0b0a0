"""One question page over HTTP: the processor time a server spends on 20 questions of mixed kinds, and on the last of 80 pages
that each hang on an answer; and queries page by page."""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from itertools import cycle

from surveys.definition import Question
from tests.bench.accounting import Account
from tests.bench.browser import Browser, Fields, hidden_fields
from tests.bench.children import in_fresh_process
from tests.bench.findings import Finding, Target
from tests.bench.places import PYTHON, fresh_folder, service_environment
from tests.bench.reference import ROUTED_PAGES, mixed_questionnaire
from tests.bench.servers import Server, gunicorn, serving

TIMES = 100
RESIDENT_PAGES = ("GET page", "POST page")
MOST_QUERIES = 3
MOST_ROUTED_MS = 8
WRONG = {"r1number": "many"}
RESPONSES = 20


def findings(options: argparse.Namespace) -> list[Finding]:
    """Queries and processor time without a server, then the page of 20 questions from one."""
    folder = fresh_folder("pages")
    in_fresh_process("consultations", "prepare_open", folder=folder)
    times = TIMES // 5 if options.quick else TIMES
    with serving(
        gunicorn("consult.wsgi:application", python=PYTHON, workers=1),
        environment=service_environment(folder),
        log=folder / "server.log",
        ready="/healthz",
    ) as server:
        found = [*of_mixed_page(server, times), *of_routed_page(server, times)]
    return [*found, *of_queries(in_fresh_process("flow", "queries", folder=folder)), *of_steps(folder)]


def of_queries(most: dict[str, int]) -> list[Finding]:
    """The most statements that any request of a kind took, transactions' own not counted."""
    worst = max(most[what] for what in RESIDENT_PAGES)
    others = ", ".join(f"{what} {number}" for what, number in most.items())
    return [Finding("queries of a resident's question page", worst, "", Target(MOST_QUERIES), note=others)]


def of_steps(folder) -> list[Finding]:
    """Processor time of each request of the reference questionnaire, the application alone."""
    taken = in_fresh_process("flow", "cpu", folder=folder, responses=RESPONSES)
    return [Finding(f"application alone, {what}", ms, "ms CPU") for what, ms in taken.items()]


def of_mixed_page(server: Server, times: int) -> list[Finding]:
    """The page of 20 questions: blank, kept, shown again with its answers, and refused."""
    address = f"{server.url}/consultations/mixed/respond/all/"
    browser = Browser()
    begin = f"{server.url}/consultations/mixed/respond/how-we-use-your-answers/"
    fields = hidden_fields(browser.get(begin).page)
    page = browser.post(begin, fields).page
    token = hidden_fields(page)
    chance = random.Random(1)

    def send(changes: dict[str, str]) -> int:
        return browser.ask("POST", address, token + sent_with(changes, chance))[0]

    shown = [cost("GET, no answers yet", lambda: browser.ask("GET", address, None)[0], 200, server, times)]
    refused = cost("POST with a mistake, shown again", lambda: send(WRONG), 422, server, times)
    kept = cost("POST, answers kept", lambda: send({}), 302, server, times)
    return [
        *shown,
        kept,
        refused,
        cost("GET with its answers", lambda: browser.ask("GET", address, None)[0], 200, server, times),
    ]


def of_routed_page(server: Server, times: int) -> list[Finding]:
    """The last of 80 conditional pages, by somebody who answered all before it: shown, and kept with another answer each time."""
    pages = f"{server.url}/consultations/routed/respond"
    browser = Browser()
    begin = f"{pages}/how-we-use-your-answers/"
    reply = browser.post(begin, hidden_fields(browser.get(begin).page))
    for number in range(ROUTED_PAGES):
        reply = browser.post(reply.url, [*hidden_fields(reply.page), (f"q{number}", "1"), ("continue", "1")])
    if not reply.url.endswith(f"/page{ROUTED_PAGES}/"):
        raise RuntimeError(f"the route ended at {reply.url}")
    address, token, answers = reply.url, hidden_fields(reply.page), cycle("12345")

    def send() -> int:
        return browser.ask("POST", address, [*token, (f"q{ROUTED_PAGES}", next(answers)), ("continue", "1")])[0]

    about = {"note": "every page before it answered", "target": Target(MOST_ROUTED_MS)}
    return [
        cost(
            "GET, last of 80 conditional pages",
            lambda: browser.ask("GET", address, None)[0],
            200,
            server,
            times,
            **about,
        ),
        cost("POST, last of 80 conditional pages", send, 302, server, times, **about),
    ]


def sent_with(changes: dict[str, str], chance: random.Random) -> Fields:
    """The page filled in anew, so that there is something to save each time."""
    questions = mixed_questionnaire().pages[0].questions
    return [(name, changes.get(name, value)) for question in questions for name, value in answered(question, chance)]


def answered(question: Question, chance: random.Random) -> Fields:
    """One question as a browser sends it."""
    key, kind = question.key, question.kind
    if kind == "statements":
        return [(f"{key}.{line.key}", str(chance.randint(1, 6))) for line in question.statements]
    if kind == "ranking":
        return [(f"{key}.{place}", str(code)) for place, code in enumerate(chance.sample(range(1, 6), 3), start=1)]
    if kind == "date":
        return [(f"{key}.day", "3"), (f"{key}.month", str(chance.randint(1, 12))), (f"{key}.year", "2026")]
    if kind == "postcode":
        return [(key, "WN1 1AA")]
    if question.options:
        return [(key, str(chance.randint(1, 5)))]
    return [(key, str(chance.randint(0, 99)))]


def cost(
    what: str,
    request: Callable[[], int],
    expected: int,
    server: Server,
    times: int,
    *,
    note: str = "20 questions of 10 kinds",
    target: Target | None = None,
) -> Finding:
    """Processor time per request and the wait for it. Raises RuntimeError for another status than expected."""
    waits = []
    request()
    account = Account(server.pid)
    for _ in range(times):
        began = time.perf_counter()
        status = request()
        waits.append(1000 * (time.perf_counter() - began))
        if status != expected:
            raise RuntimeError(f"{what}: {status}, not {expected}")
    used = account.close()
    seen = f"{note}, p50 {statistics.median(waits):.1f} ms, {times} times"
    return Finding(what, 1000 * used.servers / times, "ms CPU", target, note=seen)
