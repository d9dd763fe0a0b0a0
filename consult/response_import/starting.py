"""Starting the process that works on an import, so that no page waits for it."""

import subprocess
import sys
import threading

from django.conf import settings

from consult.response_import.work import carry_on

PATIENCE = 2.5
"""Seconds that a page waits for a small file, so that nobody has to ask how far it is."""


def start(job):
    """Have the job's present stage worked on, in a process of its own that ends with it. Waits a moment for small files."""
    if not settings.IMPORTS_APART:
        carry_on(job)
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "carry_on_import", str(job.pk)]
    process = subprocess.Popen(  # noqa: S603 -- our own command, with a key that we made
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        # Somebody must take note of its end, or it would stay in the system's table of processes.
        threading.Thread(target=process.wait, daemon=True).start()
