"""H1: the server is killed while people send. Every receipt somebody was shown is in the database, and nobody counts twice."""

import re
import shutil
import threading
import time

import pytest

from tests.bench.browser import Browser, hidden_fields, read_form
from tests.journeys.served import in_own_process, serving
from tests.journeys.visits import CODE

pytestmark = pytest.mark.sqlite

PEOPLE = 4
MOST_SECONDS = 40
"""Until then the wanted number of receipts must have been shown, or the machine is too slow for the test to mean anything."""


class Person:
    """Somebody who answers from the first page to the receipt, and presses the same button again after the line was cut."""

    def __init__(self):
        self.browser = Browser()
        self.next = ("/consultations/plan/respond/how-we-use-your-answers/", None)
        self.receipt = None

    def goes_on(self, server):
        """From where they are to the receipt. Raises OSError where the server does not answer."""
        while self.receipt is None:
            path, fields = self.next
            reply = self.browser.follow("GET" if fields is None else "POST", server + path, fields)
            if found := re.search(rf"Your receipt code(?: is)?\D+?({CODE})", reply.page):
                self.receipt = found[1]
                return
            form = read_form(reply.page)
            assert form is not None, f"{reply.url} has nothing to press"
            chosen = [(name, values[0]) for name, values in form.radios.items()]
            typed = [(name, "3") for name in form.texts]
            self.next = (
                reply.url.removeprefix(server),
                [*hidden_fields(reply.page), *chosen, *typed, *form.buttons[:1]],
            )


class Crowd:
    """People at once, each beginning anew after a receipt, until the server is gone. `all` is everybody who ever began."""

    def __init__(self, server):
        self.server, self.all, self.has_ended = server, [], False
        self.threads = [threading.Thread(target=self.one_after_another) for _ in range(PEOPLE)]

    def one_after_another(self):
        while not self.has_ended:
            person = Person()
            self.all.append(person)
            try:
                person.goes_on(self.server)
            except OSError:
                return

    def receipts(self):
        return [person.receipt for person in self.all if person.receipt]

    def waits_for(self, number):
        """Until `number` receipts were shown."""
        until = time.monotonic() + MOST_SECONDS
        while len(self.receipts()) < number and time.monotonic() < until:
            time.sleep(0.002)
        assert len(self.receipts()) >= number

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.has_ended = True
        for thread in self.threads:
            thread.join()


@pytest.fixture(scope="module")
def new_service(tmp_path_factory):
    """The files of a service with one open consultation and no response yet."""
    folder = tmp_path_factory.mktemp("service")
    in_own_process("prepare", folder)
    return folder


@pytest.mark.parametrize(("receipts", "milliseconds_later"), [(8, 0), (20, 17)])
def test_H1_every_receipt_shown_before_a_kill_is_kept_and_whoever_was_cut_off_can_go_on(
    new_service, tmp_path, receipts, milliseconds_later
):
    folder = shutil.copytree(new_service, tmp_path / "service")
    with serving(folder) as server, Crowd(server.url) as crowd:
        crowd.waits_for(receipts)
        time.sleep(milliseconds_later / 1000)
        server.kill()

    with serving(folder) as server:
        shown = crowd.receipts()
        # Whoever was shown a receipt is done; going on could bring back nothing that was lost of theirs.
        for person in crowd.all:
            person.goes_on(server.url)

    found = in_own_process("account", folder, given="\n".join(crowd.receipts()))
    assert receipts <= len(shown) < len(crowd.all)
    assert len(set(crowd.receipts())) == len(crowd.all)
    assert found == {"responses": len(crowd.all), "missing": [], "integrity": "ok"}
