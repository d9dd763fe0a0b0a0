"""Crosstabs of a million responses: over HTTP as a signed-in engagement lead, and the engine by itself."""

import argparse
import statistics
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.browser import Browser
from tests.bench.children import in_fresh_process
from tests.bench.findings import Finding, Target
from tests.bench.large import large_folder
from tests.bench.places import PYTHON, service_environment
from tests.bench.servers import PORT, serving

PAGES = {
    "one choice by age": {"question": "p1q1", "by": "age"},
    "several choices by religion": {"question": "p2q2", "by": "religion"},
    "four statements by ethnic group": {"question": "p3q3", "by": "ethnic_broad"},
}
REPEATS = 15
A_HUNDREDTH = 100
"""Being up to date is measured with so much fewer responses too: it should cost the same."""


def findings(options: argparse.Namespace) -> list[Finding]:
    """Measure over HTTP, then without."""
    folder, small = large_folder(options.size), large_folder(options.size // A_HUNDREDTH)
    found = in_fresh_process("counting", "count", folder=folder)
    among_few = in_fresh_process("counting", "count", folder=small)["after_new"]["whole"]
    return [*over_http(folder, options.size), *by_the_engine(found, options.size, among_few=among_few)]


def over_http(folder: Path, size: int) -> list[Finding]:
    """Staff pages from `manage.py up`, as it serves by default (one process): the first of all, and later ones."""
    session = in_fresh_process("consultations", "sign_in", folder=folder)
    command = [PYTHON, "manage.py", "up", "--quiet", "--port", PORT]
    with serving(
        command, environment=service_environment(folder), log=folder / "server.log", ready="/healthz"
    ) as server:
        browser, staff = Browser(cookies=session), f"{server.url}/staff/large"
        first = page_ms(browser, f"{staff}/results/", "Results")
        note = f"reads {size:,} responses and their profiles"
        lines = [Finding("first results page of a process", first, "ms", note=note)]
        for what, query in PAGES.items():
            lines.append(
                repeated(f"page, {what}", browser, f"{staff}/results/?{urlencode(query)}", REPEATS, Target(100))
            )
        took_part = repeated("page of who took part", browser, f"{staff}/participation/", REPEATS, Target(300))
        return [*lines, took_part]


def repeated(what: str, browser: Browser, address: str, times: int, target: Target | None = None) -> Finding:
    """The median wait for a page asked for again and again."""
    waits = [page_ms(browser, address, "<table") for _ in range(times)]
    note = f"p50 of {times}, slowest {max(waits):.0f} ms, session and permissions included"
    return Finding(what, statistics.median(waits), "ms", target, note=note)


def page_ms(browser: Browser, address: str, expected: str) -> float:
    """How long a page takes to come. Raises RuntimeError unless it is the page that was meant."""
    began = time.perf_counter()
    reply = browser.get(address)
    taken = 1000 * (time.perf_counter() - began)
    if reply.status != 200 or reply.url != address or expected not in reply.page:
        raise RuntimeError(f"{address} gave {reply.status} at {reply.url}: {reply.page[:300]!r}")
    return taken


def by_the_engine(found: dict, size: int, *, among_few: float) -> list[Finding]:
    """The parts of it, in a process of their own. `among_few` is what new responses take among a hundredth as many."""
    first, new = found["first"], found["after_new"]
    tables = f"{found['tables']} tables of {found['characteristics']} characteristics"
    load = first["responses"] + first["profiles"]
    return [
        Finding(
            "engine, one crosstab counted from the codes",
            found["plain_count"],
            "ms",
            Target(12),
            note="no table kept",
        ),
        Finding("engine, one released table from the running counts", found["one_table"], "ms"),
        Finding(
            "engine, every coded column by every characteristic, first time", found["count_all"], "ms", Target(1000)
        ),
        Finding("engine, all true counts read out", found["every_table"], "ms", note=tables),
        Finding(
            f"{1000:,} new responses, read, lined up with their profiles and counted",
            new["whole"],
            "ms",
            Target(20),
            note=f"reading them {new['responses']:.1f} ms, lining up their profiles {new['profiles']:.1f} ms, "
            f"counting them {new['tables']:.1f} ms",
        ),
        Finding(
            f"the same, over what it takes among {size // A_HUNDREDTH:,}",
            new["whole"] / among_few,
            "x",
            Target(1.5),
            note=f"there {among_few:.1f} ms",
        ),
        Finding("nothing new: making sure of it", found["up_to_date"], "ms", note="the price of each results page"),
        Finding(
            "reading all responses and profiles into memory",
            load / 1000,
            "s",
            Target(5 * size / 1_000_000),
            note=f"{size:,} responses {first['responses'] / 1000:.1f} s, their profiles {first['profiles'] / 1000:.1f} s, "
            f"counting everything {first['tables'] / 1000:.2f} s",
        ),
        Finding("peak memory with all of it", found["megabytes"], "MB", Target(400)),
    ]
