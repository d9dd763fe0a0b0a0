"""Starting a web server for a measurement, waiting until it answers, and stopping it. On this machine's loopback only."""

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.places import HOST, REPOSITORY

SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
PORT = "{port}"
"""Stands for the port in a server's command."""


class DidNotStart(RuntimeError):
    """A server ended, or did not answer in time. The message ends with what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its process id."""

    url: str
    pid: int


@contextmanager
def serving(command: Sequence[str], *, environment: Mapping[str, str], log: Path, ready: str = "/") -> Iterator[Server]:
    """Run a server while the block runs. `ready` is a path that it answers as soon as it is up."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [part.replace(PORT, str(port)) for part in command],
            env=dict(environment),
            cwd=REPOSITORY,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(process, port, ready, log)
            yield Server(f"http://{HOST}:{port}", process.pid)
        finally:
            stop(process)


def gunicorn(application: str, *, python: str, workers: int = 2) -> list[str]:
    """gunicorn with its plain (sync) workers, the same for everybody who is compared."""
    return [
        python, "-m", "gunicorn", "--workers", str(workers), "--bind", f"{HOST}:{PORT}",
        "--log-level", "warning", application,
    ]  # fmt: skip


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
            connection.request("GET", path)
            connection.getresponse().read()
        except (ConnectionError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise DidNotStart(f"{process.args}: {log.read_text(errors='replace')[-2000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
