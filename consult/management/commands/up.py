"""`manage.py up`: bring the database up to date, then serve in this process until Ctrl-C."""

import json
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from consult.environment import wait_as_people_do

HOST = "127.0.0.1"
THREADS = 8
"""Requests answered at once. One worker process: it holds one copy of the counted answers, and SQLite has one writer."""


class Server(BaseApplication):
    """gunicorn, started from Python with settings of ours in place of its command line."""

    def __init__(self, application, options):
        self.application = application
        self.chosen = options
        super().__init__()

    def load_config(self):
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application


class Command(BaseCommand):
    help = "Migrate the database, then serve the site on this machine until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (default: %(default)s)")
        parser.add_argument("--demo", action="store_true", help="print the sign-ins of the demonstration first")
        parser.add_argument("--quiet", action="store_true", help="print nothing on the way up")

    def handle(self, *, port, demo, quiet, **options):
        refuse_taken_port(port)
        for database in connections:
            call_command("migrate", database=database, verbosity=0)
        # After the migrations, which may wait like any other command.
        wait_as_people_do(settings.DATABASES)
        application = get_wsgi_application()
        if not quiet:
            self.stdout.write(welcome(port, sign_ins() if demo else []))
            self.stdout.flush()
        # A connection opened before the fork would be shared by two processes, and SQLite's locks would be lost.
        connections.close_all()
        Server(application, server_options(port)).run()


def server_options(port):
    """gunicorn settings: see THREADS. Workers keep their files in memory where there is such a folder."""
    return {
        "bind": f"{HOST}:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "loglevel": "warning",
        "proc_name": "consult",
    }


def refuse_taken_port(port):
    """Say at once, in one line, that another program has the port; gunicorn would try five times and print a trace."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as refused:
            raise CommandError(
                f"Port {port} is in use by another program. Choose another, like: PORT={port + 1}"
            ) from refused


def sign_ins():
    """The demonstration's people, `[{role, username, password, totp_secret}]`; empty before it is loaded."""
    path = settings.DATA_DIR / "demo-credentials.json"
    return json.loads(path.read_text()) if path.is_file() else []


def welcome(port, people):
    """What is printed when the site is about to open: the address, and the demonstration's sign-ins as a table."""
    lines = [f"Serving on http://{HOST}:{port}/ (staff: http://{HOST}:{port}/staff/). Ctrl-C stops it."]
    if people:
        lines += ["", f"{'role':<12}{'username':<16}{'password':<28}one-time code secret"]
        lines += [
            f"{person['role']:<12}{person['username']:<16}{person['password']:<28}{person.get('totp_secret') or ''}"
            for person in people
        ]
    return "\n".join(lines)
