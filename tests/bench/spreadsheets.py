"""A spreadsheet of 20,000 rows and 60 columns on its way in while residents send: how long, how much memory, and after a kill."""

import argparse
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.answering import SERVICE_CLOSING_WORDS, STRAIGHT
from tests.bench.children import ChildFailed, in_fresh_process
from tests.bench.findings import Finding, Target
from tests.bench.load import Load, Questionnaire, put_load, together
from tests.bench.places import PYTHON, REPOSITORY, fresh_folder, service_environment
from tests.bench.servers import gunicorn, serving

ROWS, QUICK_ROWS = 20_000, 2_000
MOST_SECONDS, MOST_MEGABYTES = 120, 400
RESIDENTS = 1
"""At once, sending as fast as their pages come: about as many as a busy evening brings."""
SPELL = 4.0
"""Seconds for which residents begin, again and again until the file is in."""


@dataclass(frozen=True)
class Brought:
    """What bringing a file in took: seconds of clock and processor, the most memory of any one process, and its last line."""

    seconds: float
    cpu: float
    megabytes: float
    said: str


def findings(options: argparse.Namespace) -> list[Finding]:
    """Each sort of file alone, one of them with residents at work, and one killed half-way and begun again."""
    rows = QUICK_ROWS if options.quick else ROWS
    lines = []
    for name, meanwhile in (("CSV", False), ("XLSX", False), ("CSV", True)):
        lines += of_file(name, rows, meanwhile=meanwhile, budget=MOST_SECONDS * rows / ROWS)
    return lines + of_killed(rows)


def prepared(name: str, rows: int) -> tuple[Path, Path]:
    """A new service, and a file for it."""
    folder = fresh_folder("spreadsheets")
    in_fresh_process("bringing_in", "prepare", folder=folder)
    file = folder / f"answers.{name.lower()}"
    in_fresh_process("bringing_in", "write_file", folder=folder, path=str(file), rows=rows)
    return folder, file


def of_file(name: str, rows: int, *, meanwhile: bool, budget: float) -> list[Finding]:
    """How long one file takes, with residents sending meanwhile or without."""
    folder, file = prepared(name, rows)
    if not meanwhile:
        brought, load = finished(begin(folder, file)), None
    else:
        brought, load = while_residents_send(folder, file)
    kept = in_fresh_process("bringing_in", "kept", folder=folder)
    what = f"{name} of {rows:,} rows x 60 columns" + (", residents sending" if meanwhile else "")
    note = f"CPU {brought.cpu:.1f} s, {file.stat().st_size / 1e6:.0f} MB, load of the machine {os.getloadavg()[0]:.1f}"
    lines = [
        Finding(what, brought.seconds, "s", Target(budget), note=note),
        Finding(f"{what}: peak memory", brought.megabytes, "MB", Target(MOST_MEGABYTES)),
        Finding(f"{what}: rows missing or twice", abs(rows - kept["responses"]) + kept["twice"], "", Target(0)),
    ]
    return lines + (of_residents(what, load) if load else [])


def of_residents(what: str, load: Load) -> list[Finding]:
    """How residents fared meanwhile."""
    note = f"{len(load.visits)} responses, {load.per_second:.1f} a second"
    return [
        Finding(f"{what}: a resident's page, 95 of 100", load.page_ms(95), "ms", Target(1000), note=note),
        Finding(f"{what}: a resident's page, the longest", load.page_ms(100), "ms", Target(5000)),
        Finding(f"{what}: residents refused", len(load.failures), "", Target(0), note="; ".join(load.failures[:1])),
    ]


def of_killed(rows: int) -> list[Finding]:
    """A file whose process is killed when half its rows are in, and that is sent again."""
    folder, file = prepared("CSV", rows)
    process = begin(folder, file)
    while responses(folder) < rows // 2 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = responses(folder)
    again = finished(begin(folder, file))
    kept = in_fresh_process("bringing_in", "kept", folder=folder)
    what = f"killed after {before:,} of {rows:,} rows, sent again"
    return [
        Finding(what, again.seconds, "s", Target(MOST_SECONDS * rows / ROWS), note=again.said),
        Finding(f"{what}: rows missing or twice", abs(rows - kept["responses"]) + kept["twice"], "", Target(0)),
    ]


def while_residents_send(folder: Path, file: Path) -> tuple[Brought, Load]:
    """Bring a file in with residents at work from before it begins until it is in."""
    command = gunicorn("consult.wsgi:application", python=PYTHON)
    environment = service_environment(folder)
    with serving(command, environment=environment, log=folder / "server.log", ready="/healthz") as server:
        start = f"{server.url}/consultations/reference/respond/how-we-use-your-answers/"
        residents = Questionnaire(start, SERVICE_CLOSING_WORDS, scripted={STRAIGHT: "1"})
        residents.learn()
        process, loads = begin(folder, file), []
        while process.poll() is None:
            loads.append(put_load(residents, seconds=SPELL, people=RESIDENTS, servers=(server.pid,)))
        return finished(process), together(loads)


def begin(folder: Path, file: Path) -> subprocess.Popen[str]:
    """A process that brings a file in, and says at its end what it took."""
    return subprocess.Popen(
        [PYTHON, "-m", "tests.bench.bring", str(file)],
        cwd=REPOSITORY, env=service_environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def finished(process: subprocess.Popen[str]) -> Brought:
    """What a process took. Raises ChildFailed where it did not end well."""
    said = process.communicate(timeout=10 * MOST_SECONDS)[0]
    if process.returncode:
        raise ChildFailed(said[-3000:])
    *_, line, measured = said.splitlines()
    seconds, cpu, megabytes = map(float, measured.split())
    return Brought(seconds, cpu, megabytes, line)


def responses(folder: Path) -> int:
    """How many responses are in the database now."""
    with closing(sqlite3.connect(f"file:{folder / 'consult.sqlite3'}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM surveys_response").fetchone()[0])
