"""Running one measurement or preparation in a fresh process of its own, with the service set up, and reading what it found."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.places import PYTHON, REPOSITORY, service_environment

MOST_SECONDS = 900


class ChildFailed(RuntimeError):
    """A process of ours ended badly. The message ends with what it wrote."""


def in_fresh_process(module: str, task: str, *, folder: Path, **options: object) -> dict[str, Any]:
    """Run a function named in the module's TASKS with the service whose files are in `folder`, and return what it returned.

    Options become keyword arguments; they and the result pass as JSON. Raises ChildFailed.
    """
    done = subprocess.run(
        [PYTHON, "-m", "tests.bench.child", module, task, json.dumps(options)],
        cwd=REPOSITORY,
        env=service_environment(folder),
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    if done.returncode:
        raise ChildFailed(f"{module} {task} failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
