"""H4: another writer holds the database for a while, for real. A short lock is waited out; a longer one loses nothing."""

import sqlite3
import subprocess
import threading
from contextlib import contextmanager

import pytest

from tests.bench.places import PYTHON, REPOSITORY, service_environment
from tests.journeys.served import in_own_process, serving
from tests.journeys.transfers import Browser

pytestmark = pytest.mark.sqlite

WROTE = "It is near my home, and the bus stops there."
SHORT, LONG = 4, 6
"""Seconds. People wait 5."""


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The folder of a service with one open consultation, and the address where it is served."""
    folder = tmp_path_factory.mktemp("service")
    in_own_process("prepare", folder)
    with serving(folder) as server:
        yield folder, server.url


@contextmanager
def locked(folder, *, seconds):
    """Nobody else can write for so long; at the end of the block the lock is gone in any case."""
    writer = sqlite3.connect(folder / "consult.sqlite3", isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    end = threading.Timer(seconds, writer.execute, ["ROLLBACK"])
    end.start()
    try:
        yield
    finally:
        end.join()
        writer.close()


def count(folder):
    """How many responses there are."""
    with sqlite3.connect(folder / "consult.sqlite3") as reader:
        return reader.execute("SELECT count(*) FROM surveys_response").fetchone()[0]


class Person:
    """Somebody who answers: `page` is what they see, as `pages.Page`."""

    def __init__(self, url):
        self.browser = Browser(url)
        self.page = None

    def goes_to(self, path, fields=None):
        self.page = self.browser.visits(path, fields)[-1].page
        return self

    def answers(self, **answers):
        return self.goes_to(self.page.posts_to, self.page.filled_in(answers))

    def tries_again(self):
        return self.goes_to(self.page.posts_to, list(self.page.form.form_values()))


def on_page_of_words(url):
    person = Person(url).goes_to("/consultations/plan/respond/how-we-use-your-answers/").answers()
    return person.answers(support="1")


def ready_to_send(url):
    person = on_page_of_words(url).answers(why=WROTE).answers(visits="3")
    assert person.page.path.endswith("/respond/check/")
    return person


def test_H4_a_lock_of_four_seconds_keeps_the_page_that_was_sent(service):
    folder, url = service
    person = on_page_of_words(url)

    with locked(folder, seconds=SHORT):
        person.answers(why=WROTE)

    assert (person.page.status, person.page.path) == (200, "/consultations/plan/respond/visits/")


def test_H4_a_lock_of_four_seconds_during_the_send_keeps_the_answers(service):
    folder, url = service
    person, before = ready_to_send(url), count(folder)

    with locked(folder, seconds=SHORT):
        person.answers()

    assert (person.page.status, person.page.path) == (200, "/consultations/plan/respond/about-you/")
    assert count(folder) == before + 1


def test_H4_a_lock_of_six_seconds_says_so_with_what_was_typed_and_trying_again_keeps_it(service):
    folder, url = service
    person = on_page_of_words(url)

    with locked(folder, seconds=LONG):
        person.answers(why=WROTE)
        assert (person.page.status, person.page.heading) == (503, "We could not save this page yet")
        assert ("why", WROTE) in person.page.form.form_values()

    person.tries_again()
    assert (person.page.status, person.page.path) == (200, "/consultations/plan/respond/visits/")


def test_H4_a_lock_of_six_seconds_during_the_send_and_trying_again_is_one_response(service):
    folder, url = service
    person, before = ready_to_send(url), count(folder)

    with locked(folder, seconds=LONG):
        person.answers()
        assert (person.page.status, person.page.heading) == (503, "We could not save this page yet")
        assert count(folder) == before

    person.tries_again()
    assert (person.page.status, person.page.path) == (200, "/consultations/plan/respond/about-you/")
    assert count(folder) == before + 1


@pytest.mark.parametrize(
    ("code", "seconds"),
    [("import django; django.setup()", "20"), ("import consult.wsgi", "5")],
    ids=["command", "people"],
)
def test_a_command_waits_longer_than_people_do(tmp_path, code, seconds):
    asks = (
        "from django.db import connection as c; print(c.cursor().execute('PRAGMA busy_timeout').fetchone()[0] // 1000)"
    )

    done = subprocess.run(
        [PYTHON, "-c", f"{code}; {asks}"],
        cwd=REPOSITORY,
        env=service_environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.strip() == seconds
