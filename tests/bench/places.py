"""Where the benchmarks keep their files, and the environment of the processes they start: never a real database or key."""

import os
import shutil
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PYTHON = sys.executable
NOT_INHERITED = ("CONSULT_", "DATABASE_URL", "EQUALITY_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "GUNICORN_")
"""Variables that could lead a process to somebody's real service."""


def bench_folder() -> Path:
    """The folder of everything the benchmarks write."""
    folder = Path(os.environ.get("CONSULT_DATA_DIR") or REPOSITORY / "var").resolve() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_folder(name: str) -> Path:
    """A folder below it whose contents are kept from one run to the next."""
    folder = bench_folder() / name
    folder.mkdir(exist_ok=True)
    return folder


def fresh_folder(name: str) -> Path:
    """A folder below it, emptied."""
    shutil.rmtree(bench_folder() / name, ignore_errors=True)
    return kept_folder(name)


def plain_environment() -> dict[str, str]:
    """This process's environment without anything that is about a service, and with the repository to import from."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    return kept | {"PYTHONPATH": str(REPOSITORY)}


def service_environment(folder: Path) -> dict[str, str]:
    """The environment of a service whose database and keys are in `folder`; every other setting is the default."""
    return plain_environment() | {"CONSULT_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "consult.settings"}
