"""The peer, django-survey-and-report, installed from PyPI when it is first wanted. It is optional: without it, it is left out."""

import subprocess
import venv
from pathlib import Path

from tests.bench.places import REPOSITORY, bench_folder, fresh_folder, plain_environment

NAME = "django-survey-and-report 1.5.0"
REQUIREMENTS = ("django-survey-and-report==1.5.0", "Django==5.2.19", "gunicorn==27.0.1")
SECONDS_TO_INSTALL = 180
CLOSING_WORDS = "Your answers have been saved"


class PeerIsMissing(RuntimeError):
    """The peer could not be installed."""


def peer_python() -> Path:
    """The Python of the peer's environment, made and filled the first time. Raises PeerIsMissing."""
    folder = bench_folder() / "dsr-venv"
    python, stamp = folder / "bin" / "python", folder / "installed"
    if stamp.exists() and stamp.read_text() == " ".join(REQUIREMENTS):
        return python
    try:
        venv.create(folder, with_pip=True, clear=True)
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS)
    except (OSError, subprocess.SubprocessError) as failure:
        raise PeerIsMissing(f"{NAME} could not be installed: {last_line(failure)}") from failure
    stamp.write_text(" ".join(REQUIREMENTS))
    return python


def peer_environment() -> dict[str, str]:
    """The environment of the peer's processes, with a database still to be made."""
    database = fresh_folder("peer") / "peer.sqlite3"
    return plain_environment() | {"PEER_SECRET": "only for measuring" * 3, "PEER_DATABASE": str(database)}


def make_peer_survey(python: Path, environment: dict[str, str]) -> None:
    """Make the peer's database with the reference questionnaire in it."""
    run(python, "-m", "tests.bench.peer_project", environment=environment)


def run(python: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
    subprocess.run(
        [str(python), *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=SECONDS_TO_INSTALL,
        env=environment or plain_environment(),
    )


def last_line(failure: Exception) -> str:
    """What a failed command said last."""
    said = (getattr(failure, "stderr", None) or str(failure)).strip().splitlines()
    return said[-1] if said else type(failure).__name__
