"""Spreadsheets that come in while other things happen: the process is killed, another file comes, residents send."""

import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.bench.places import PYTHON, REPOSITORY, service_environment
from tests.journeys.served import in_own_process, serving
from tests.journeys.test_killed_server import Crowd

pytestmark = pytest.mark.sqlite

ROWS = 1_500
MOST_SECONDS = 120


@pytest.fixture
def folder(tmp_path):
    """The files of a service with one open consultation and no response yet."""
    in_own_process("prepare", tmp_path)
    return tmp_path


def spreadsheet(folder, name, *, first, rows=ROWS):
    """A file of so many rows, each with words that no other row has."""
    path = folder / name
    # A number of visits is 400 at most: what tells rows apart is written in words.
    lines = [f"1,{number // 1000},{number}" for number in range(first, first + rows)]
    path.write_text("\n".join(["support,visits,why", *lines]) + "\n")
    return path


def begin(folder, path):
    """A process that brings a file in."""
    return subprocess.Popen(
        [PYTHON, "manage.py", "import_responses", str(path), "--consultation", "plan"],
        cwd=REPOSITORY, env=service_environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def end(process):
    """What a process printed. It must have ended well."""
    said = process.communicate(timeout=MOST_SECONDS)[0]
    assert process.returncode == 0, said
    return said


def responses(folder):
    """How many responses are in the database now."""
    with closing(sqlite3.connect(f"file:{folder / 'consult.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM surveys_response").fetchone()[0]


def wait_for(condition):
    until = time.monotonic() + MOST_SECONDS
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    assert condition()


def test_F15_import_killed_midway_is_carried_on_with_each_row_once(folder):
    path = spreadsheet(folder, "rows.csv", first=0)
    process = begin(folder, path)
    wait_for(lambda: responses(folder) >= 700 or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    before = responses(folder)

    said = end(begin(folder, path))

    found = in_own_process("imported", folder)
    assert 700 <= before < ROWS
    assert said.splitlines()[-1] == f"{ROWS:,} rows: {ROWS - before:,} brought in, 0 refused, {before:,} already there."
    assert (responses(folder), found["twice"], found["chain"], found["folders"]) == (ROWS, [], [None], 0)


def test_F16_of_two_imports_at_once_one_waits(folder):
    files = [spreadsheet(folder, f"{place}.csv", first=place * ROWS) for place in range(2)]

    for process in [begin(folder, path) for path in files]:
        end(process)

    found = in_own_process("imported", folder)
    order = [file for verb, file in found["events"] if verb == "responses imported"]
    assert (responses(folder), found["twice"], found["chain"]) == (2 * ROWS, [], [None])
    assert len(set(order)) == 2
    assert order == sorted(order, key=order.index)


def test_L7_residents_send_while_a_spreadsheet_comes_in(folder):
    path = spreadsheet(folder, "rows.csv", first=0)
    with serving(folder) as server, Crowd(server.url) as crowd:
        crowd.waits_for(2)
        process = begin(folder, path)
        wait_for(lambda: responses(folder) >= 500)
        sent = len(crowd.receipts())
        end(process)
        meanwhile = len(crowd.receipts()) - sent
        crowd.waits_for(sent + meanwhile + 2)
        crowd.has_ended = True
        for thread in crowd.threads:
            thread.join()

    found = in_own_process("account", folder, given="\n".join(crowd.receipts()))
    assert meanwhile > 0
    assert found == {"responses": ROWS + len(crowd.receipts()), "missing": [], "integrity": "ok"}
