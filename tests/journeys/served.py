"""The real server in processes of its own, on a database and keys of its own: begun, killed, and begun again."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench.places import HOST, PYTHON, REPOSITORY, service_environment
from tests.bench.servers import free_port, wait_until_ready

MOST_SECONDS = 180
START = "import django; django.setup(); from tests.journeys.tasks import main; main()"
LATER = """
import sys, datetime, time_machine
time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=float(sys.argv.pop(1)))).start()
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""
"""`manage.py` on a machine whose clock is so many seconds ahead."""


@dataclass(frozen=True)
class Served:
    """A running server: where it answers, and the process whose group is all of it."""

    url: str
    process: subprocess.Popen

    def kill(self) -> None:
        """End every process of the server at once, with no chance to finish anything (SIGKILL)."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(folder: Path, *, port: int | None = None, ahead: timedelta = timedelta()) -> Iterator[Served]:
    """`manage.py up` over the files in `folder`, while the block runs or until it is killed.

    On a `port` where an earlier one was killed, pages that it gave go on. `ahead`: by how much the server's clock is.
    """
    port, log = port or free_port(), folder / "server.log"
    manage = ["-c", LATER, str(ahead.total_seconds())] if ahead else ["manage.py"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [PYTHON, *manage, "up", "--port", str(port), "--quiet"],
            cwd=REPOSITORY,
            env=service_environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    served = Served(f"http://{HOST}:{port}", process)
    try:
        wait_until_ready(process, port, "/healthz", log)
        yield served
    finally:
        if process.poll() is None:
            served.kill()


def in_own_process(task: str, folder: Path, *, given: str = "") -> dict:
    """Do one of the tasks of `tasks.py` over the files in `folder`, and return what it found. `given` is what it reads."""
    done = subprocess.run(
        [PYTHON, "-c", START, task],
        cwd=REPOSITORY,
        env=service_environment(folder),
        input=given,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])
