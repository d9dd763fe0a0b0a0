"""Whole responses to the reference questionnaire, four people at once: the service, the peer and the floor, one after another."""

import argparse
from pathlib import Path

from tests.bench.children import in_fresh_process
from tests.bench.findings import AT_LEAST, Finding, Target, ratio
from tests.bench.load import Load, Questionnaire, put_load
from tests.bench.peer import (
    CLOSING_WORDS,
    NAME,
    PeerIsMissing,
    make_peer_survey,
    peer_environment,
    peer_python,
)
from tests.bench.places import PYTHON, fresh_folder, plain_environment, service_environment
from tests.bench.servers import gunicorn, serving

PEOPLE = 4
SECONDS_EACH = {"service": 300, "peer": 60, "floor": 600}
"""Responses of one load: some seconds of work each."""
WARM_UP = 8
ROUNDS = 2
"""The better of two loads counts, for everybody alike: the machine has neighbours."""
FLOOR_CLOSING_WORDS = "Thank you for your answers"


def findings(options: argparse.Namespace) -> list[Finding]:
    """Measure, and set side by side."""
    share = 10 if options.quick else 1
    service, kept = measure_service(SECONDS_EACH["service"] // share)
    floor = measure_floor("direct", "NORMAL", SECONDS_EACH["floor"] // share)
    like_ours = measure_floor("redirect", "FULL", SECONDS_EACH["floor"] // share)
    lines = [*of_service(service, kept), *of_floor(service, floor, like_ours)]
    try:
        peer = measure_peer(max(20, SECONDS_EACH["peer"] // share))
    except PeerIsMissing as missing:
        return [*lines, Finding("peer left out", 0, "", note=str(missing))]
    return [*lines, *of_peer(service, peer)]


def measure_service(responses: int) -> tuple[Load, int]:
    """The service under gunicorn with 2 workers, its real settings and SQLite with the default durability (FULL).

    Also returns how many responses its database holds afterwards.
    """
    folder = fresh_folder("answering")
    in_fresh_process("consultations", "prepare_open", folder=folder)
    command = gunicorn("consult.wsgi:application", python=PYTHON)
    with serving(
        command, environment=service_environment(folder), log=folder / "server.log", ready="/healthz"
    ) as server:
        start = f"{server.url}/consultations/reference/respond/how-we-use-your-answers/"
        load = best_load(Questionnaire(start, "We have your answers"), responses, server.pid)
    return load, in_fresh_process("consultations", "rows_kept", folder=folder)["responses"]


def measure_floor(way: str, synchronous: str, responses: int) -> Load:
    """The floor, answering with the next page or by redirect, with SQLite's commits NORMAL or FULL."""
    folder = fresh_folder("floor")
    environment = plain_environment() | {
        "FLOOR_SECRET": "only for measuring" * 3,
        "FLOOR_DATABASE": str(folder / "floor.sqlite3"),
        "FLOOR_SYNCHRONOUS": synchronous,
    }
    command = gunicorn("tests.bench.floor:application", python=PYTHON)
    with serving(command, environment=environment, log=folder / "server.log", ready=f"/{way}/1") as server:
        return best_load(Questionnaire(f"{server.url}/{way}/1", FLOOR_CLOSING_WORDS), responses, server.pid)


def measure_peer(responses: int) -> Load:
    """The peer in its own environment. Raises PeerIsMissing."""
    python, environment = peer_python(), peer_environment()
    make_peer_survey(python, environment)
    command = gunicorn("tests.bench.peer_project:application", python=str(python))
    log = Path(environment["PEER_DATABASE"]).with_name("server.log")
    with serving(command, environment=environment, log=log) as server:
        return best_load(Questionnaire(f"{server.url}/1/", CLOSING_WORDS), responses, server.pid)


def best_load(questionnaire: Questionnaire, responses: int, server: int) -> Load:
    """Learn the questionnaire, warm every worker up, and keep the better of two loads."""
    questionnaire.learn()
    put_load(questionnaire, responses=WARM_UP, people=PEOPLE, servers=(server,))
    loads = [put_load(questionnaire, responses=responses, people=PEOPLE, servers=(server,)) for _ in range(ROUNDS)]
    return max(loads, key=lambda load: load.per_second)


def of_service(load: Load, kept: int) -> list[Finding]:
    """What a response costs us."""
    shared = "the load generator has the same two cores"
    return [
        Finding("service", load.per_second, "responses/s", note=f"{seen(load)}; {shared}"),
        Finding("service, responses lost or refused", len(load.failures), "", Target(0), note=f"{kept:,} are kept"),
        Finding("service, wait for a page, p50", load.page_ms(50), "ms", note="redirects included"),
        Finding("service, wait for a page, p95", load.page_ms(95), "ms"),
        Finding("service, server CPU per request", load.cpu_ms_per_request, "ms"),
    ]


def of_floor(service: Load, floor: Load, like_ours: Load) -> list[Finding]:
    """Ours beside the least that could do."""
    return [
        Finding("floor, next page sent directly, commits NORMAL", floor.per_second, "responses/s", note=seen(floor)),
        Finding("floor, by redirect, commits FULL as ours", like_ours.per_second, "responses/s", note=seen(like_ours)),
        ratio("service / floor, responses/s", service.per_second, floor.per_second, at_least=0.4),
        Finding(
            "service / floor, responses/s, floor by redirect and FULL",
            service.per_second / like_ours.per_second,
            "x",
            note="the same promises of durability and of reloading",
        ),
        Finding(
            "service / floor, server CPU per response",
            service.cpu_ms_per_response / floor.cpu_ms_per_response,
            "x",
            Target(2.5),
        ),
        Finding("service / floor, page p95", service.page_ms(95) / floor.page_ms(95), "x", Target(3)),
    ]


def of_peer(service: Load, peer: Load) -> list[Finding]:
    """Ours beside what a buyer could have instead."""
    return [
        Finding(f"peer, {NAME}, SQLite, commits NORMAL", peer.per_second, "responses/s", note=seen(peer)),
        ratio("service / peer, responses/s", service.per_second, peer.per_second, at_least=10),
        Finding(
            "service / peer, server CPU per response",
            service.cpu_ms_per_response / peer.cpu_ms_per_response,
            "x",
            note="less is better",
        ),
        Finding("service / peer, page p95", service.page_ms(95) / peer.page_ms(95), "x", Target(1 / 9)),
    ]


def seen(load: Load) -> str:
    """The circumstances of a load."""
    return (
        f"{load.people} at once, {len(load.visits)} responses of {load.requests_per_response:.0f} requests, "
        f"server CPU {load.cpu_ms_per_response:.1f} ms a response, page p50 {load.page_ms(50):.1f} p95 "
        f"{load.page_ms(95):.1f} ms, strangers had {load.used.foreign_cores:.2f} cores"
    )


__all__ = ["AT_LEAST", "findings"]
