"""Whole responses to the reference questionnaire, four people at once: the service, the peer and the floor in turn."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.children import in_fresh_process
from tests.bench.findings import Finding, Target, ratio
from tests.bench.load import Load, Questionnaire, put_load, together
from tests.bench.peer import CLOSING_WORDS as PEER_CLOSING_WORDS
from tests.bench.peer import NAME, PeerIsMissing, make_peer_survey, peer_environment, peer_python
from tests.bench.places import PYTHON, fresh_folder, plain_environment, service_environment
from tests.bench.servers import Server, gunicorn, serving

PEOPLE = 4
SECONDS, QUICK_SECONDS = 6.0, 2.0
WARM_UP_SECONDS = 3.0
ROUNDS = 3
"""Everybody has a turn in each round: what the machine's neighbours do falls on all alike."""
SERVICE, PLAIN, FLOOR, FLOOR_LIKE_OURS, PEER = "service", "scripts off", "floor", "floor like ours", "peer"
FLOOR_CLOSING_WORDS = "Thank you for your answers"
SERVICE_CLOSING_WORDS = "We have your answers"
STRAIGHT = "straight"
"""The hidden field that the script of our pages fills in (docs/decisions/0027). With scripts off it stays empty."""

Contender = tuple[Questionnaire, Server]


def findings(options: argparse.Namespace) -> list[Finding]:
    """Measure everybody in turn, and set them side by side."""
    folder = fresh_folder("answering")
    seconds = QUICK_SECONDS if options.quick else SECONDS
    lines: list[Finding] = []
    with ExitStack() as servers:
        contenders = {
            SERVICE: (ours := servers.enter_context(service(folder))),
            PLAIN: (Questionnaire(ours[0].start, SERVICE_CLOSING_WORDS), ours[1]),
            FLOOR: servers.enter_context(floor("direct", "NORMAL")),
            FLOOR_LIKE_OURS: servers.enter_context(floor("redirect", "FULL")),
        }
        try:
            contenders[PEER] = servers.enter_context(peer())
        except PeerIsMissing as missing:
            lines.append(Finding("peer left out", 0, "", note=str(missing)))
        loads = in_turn(contenders, seconds=seconds)
    kept = in_fresh_process("consultations", "rows_kept", folder=folder)["responses"]
    lines += of_service(loads[SERVICE], loads[PLAIN], kept) + of_floor(
        loads[SERVICE], loads[FLOOR], loads[FLOOR_LIKE_OURS]
    )
    return lines + (of_peer(loads[SERVICE], loads[PEER]) if PEER in loads else [])


@contextmanager
def service(folder: Path) -> Iterator[Contender]:
    """The service under gunicorn with 2 workers: its real settings, and SQLite with the default durability (FULL)."""
    in_fresh_process("consultations", "prepare_open", folder=folder)
    command = gunicorn("consult.wsgi:application", python=PYTHON)
    with serving(
        command, environment=service_environment(folder), log=folder / "server.log", ready="/healthz"
    ) as server:
        start = f"{server.url}/consultations/reference/respond/how-we-use-your-answers/"
        yield Questionnaire(start, SERVICE_CLOSING_WORDS, scripted={STRAIGHT: "1"}), server


@contextmanager
def floor(way: str, synchronous: str) -> Iterator[Contender]:
    """The floor, answering with the next page or by redirect, with SQLite's commits NORMAL or FULL."""
    folder = fresh_folder(f"floor-{way}")
    environment = plain_environment() | {
        "FLOOR_SECRET": "only for measuring" * 3,
        "FLOOR_DATABASE": str(folder / "floor.sqlite3"),
        "FLOOR_SYNCHRONOUS": synchronous,
    }
    command = gunicorn("tests.bench.floor:application", python=PYTHON)
    with serving(command, environment=environment, log=folder / "server.log", ready=f"/{way}/1") as server:
        yield Questionnaire(f"{server.url}/{way}/1", FLOOR_CLOSING_WORDS), server


@contextmanager
def peer() -> Iterator[Contender]:
    """The peer in its own environment. Raises PeerIsMissing."""
    python, environment = peer_python(), peer_environment()
    make_peer_survey(python, environment)
    command = gunicorn("tests.bench.peer_project:application", python=str(python))
    log = Path(environment["PEER_DATABASE"]).with_name("server.log")
    with serving(command, environment=environment, log=log) as server:
        yield Questionnaire(f"{server.url}/1/", PEER_CLOSING_WORDS), server


def in_turn(contenders: dict[str, Contender], *, seconds: float) -> dict[str, Load]:
    """Learn each questionnaire, warm every worker up, and load one after the other, several times round."""
    loads: dict[str, list[Load]] = {name: [] for name in contenders}
    for questionnaire, server in contenders.values():
        questionnaire.learn()
        put_load(questionnaire, seconds=WARM_UP_SECONDS, people=PEOPLE, servers=(server.pid,))
    for _ in range(ROUNDS):
        for name, (questionnaire, server) in contenders.items():
            loads[name].append(put_load(questionnaire, seconds=seconds, people=PEOPLE, servers=(server.pid,)))
    return {name: together(rounds) for name, rounds in loads.items()}


def of_service(load: Load, plain: Load, kept: int) -> list[Finding]:
    """What a response costs us."""
    shared = "the load generator has the same two cores"
    return [
        Finding("service", load.per_second, "responses/s", note=f"{seen(load)}; {shared}"),
        Finding("service, scripts off", plain.per_second, "responses/s", note=f"{seen(plain)}; {shared}"),
        Finding(
            "service, responses lost or refused",
            len(load.failures) + len(plain.failures),
            "",
            Target(0),
            note=f"{kept:,} are kept",
        ),
        Finding("service, wait for a page, p50", load.page_ms(50), "ms", note="redirects included"),
        Finding("service, wait for a page, p95", load.page_ms(95), "ms"),
        Finding("service, server CPU per response", load.cpu_ms_per_response, "ms"),
        Finding("service, server CPU per request", load.cpu_ms_per_request, "ms"),
    ]


def of_floor(service: Load, floor: Load, like_ours: Load) -> list[Finding]:
    """Ours beside the least that could do."""
    return [
        Finding("floor, next page sent directly, commits NORMAL", floor.per_second, "responses/s", note=seen(floor)),
        Finding("floor, by redirect, commits FULL as ours", like_ours.per_second, "responses/s", note=seen(like_ours)),
        ratio("service / floor, responses/s", service.per_second, floor.per_second, at_least=0.4),
        cpu("service / floor, server CPU per response", service, floor, at_most=2.5),
        Finding(
            "service / floor like ours, responses/s",
            service.per_second / like_ours.per_second,
            "x",
            note="both redirect and commit FULL; ours has the page before, the check page and the receipt besides",
        ),
        Finding(
            "service / floor like ours, server CPU per request",
            service.cpu_ms_per_request / like_ours.cpu_ms_per_request,
            "x",
        ),
        Finding("service / floor, page p95", service.page_ms(95) / floor.page_ms(95), "x", Target(3)),
    ]


def of_peer(service: Load, peer: Load) -> list[Finding]:
    """Ours beside what a buyer could have instead."""
    return [
        Finding(f"peer, {NAME}, SQLite, commits NORMAL", peer.per_second, "responses/s", note=seen(peer)),
        ratio("service / peer, responses/s", service.per_second, peer.per_second, at_least=10),
        cpu("service / peer, server CPU per response", service, peer, at_most=0.1),
        Finding("service / peer, page p95", service.page_ms(95) / peer.page_ms(95), "x", Target(1 / 9)),
    ]


def cpu(what: str, service: Load, other: Load, *, at_most: float) -> Finding:
    """A ratio of processor time, which neighbours disturb least."""
    return Finding(what, service.cpu_ms_per_response / other.cpu_ms_per_response, "x", Target(at_most))


def seen(load: Load) -> str:
    """The circumstances of a load."""
    return (
        f"{load.people} at once, {len(load.visits)} responses of {load.requests_per_response:.0f} requests, "
        f"server CPU {load.cpu_ms_per_response:.1f} ms a response, page p50 {load.page_ms(50):.1f} p95 "
        f"{load.page_ms(95):.1f} ms, strangers had {load.used.foreign_cores:.2f} cores"
    )
