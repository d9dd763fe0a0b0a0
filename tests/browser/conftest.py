"""The demonstration served by the real server, and a Chromium to look at it with."""

import fcntl
import json
import re
from contextlib import contextmanager
from functools import partial

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser import trails
from tests.browser.looking import Onlooker
from tests.browser.signing_in import sign_in
from tests.journeys.served import in_own_process, serving

TRAILS = {
    "pages": trails.pages_for_anybody,
    "pages-urdu": partial(trails.pages_in, language="ur"),
    "journey": trails.journey,
    "coming-back": trails.leaving_and_coming_back,
    "own-answers": trails.own_answers,
    "polish": partial(trails.journey, language="pl", again=True),
    "urdu": partial(trails.journey, language="ur", again=True),
    "easy-read": partial(trails.journey, variant="easy_read", again=True),
    "outpatients": partial(trails.journey, slug="outpatients", again=True),
    "states": trails.pages_of_states,
    "welsh": partial(trails.journey, slug="extended", language="cy", again=True),
}
FLAGS = ("no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic", "disable-background-networking")
ARRANGED = ("states", "welsh")
"""The trails through consultations arranged for it; the others go through the demonstration."""


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """`with once("name") as folder:` a folder that all processes of a run share, while no other process is in that block."""
    mine = tmp_path_factory.getbasetemp()
    shared = mine.parent if mine.name.startswith("popen-") else mine

    @contextmanager
    def locked(name):
        folder = shared / name
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder

    return locked


def made_once(once, name, make):
    """What `make(folder)` gives, made by the first process of a run that asks and read from a file by the others.

    Where it could not be made it is not tried again: every other test that asks fails at once, with the same words.
    """
    with once(name) as folder:
        kept, failed = folder / "found.json", folder / "failed.txt"
        if failed.is_file():
            pytest.fail(f"{name}: {failed.read_text()}", pytrace=False)
        if not kept.is_file():
            try:
                kept.write_text(json.dumps(make(folder)))
            except Exception as error:
                failed.write_text(str(error))
                raise
    return folder, json.loads(kept.read_text())


@pytest.fixture(scope="session")
def demonstration(once):
    """The folder of a service with the demonstration loaded, and its sign-ins."""
    return made_once(once, "demonstration", partial(in_own_process, "demonstrate"))


@pytest.fixture(scope="session")
def arranged(once):
    """The folder of a service with consultations in every state, and its sign-ins."""
    return made_once(once, "arranged", partial(in_own_process, "arrange"))


@pytest.fixture(scope="session")
def origin(demonstration):
    """The address of the served demonstration."""
    with serving(demonstration[0]) as server:
        yield server.url


@pytest.fixture(scope="session")
def arranged_origin(arranged):
    """The address of the other service."""
    with serving(arranged[0]) as server:
        yield server.url


@pytest.fixture(scope="session")
def people(demonstration):
    """The sign-ins: `{role: {username, password, totp_secret}}`."""
    return demonstration[1]


@pytest.fixture(scope="package")
def browser(chromium):
    """A running Chromium. Ended with this package: while it runs, Django takes its event loop for a reason to refuse queries."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[f"--{flag}" for flag in FLAGS],
        )
        yield browser
        browser.close()


def pictures(name):
    """The folder of the pictures of one part of the suite, kept after the run."""
    folder = settings.DATA_DIR / "screenshots" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def trail_pictures():
    """`trail_pictures("urdu")`: the folder of the pictures taken on a trail."""
    return pictures


@pytest.fixture
def look(browser, origin, request):
    """Open a window: `look(width=1280, script=True)` gives an Onlooker. At the end, what went wrong anywhere fails the test.

    `at` is the address of another service than the demonstration.
    """
    onlookers = []
    folder = pictures(request.module.__name__.rpartition(".test_")[2])

    def opened(*, at=origin, **more):
        onlookers.append(onlooker(browser, at, folder, **more))
        return onlookers[-1]

    yield opened
    for window in onlookers:
        window.context.close()
    assert [wrong for window in onlookers for wrong in window.wrong] == []


@pytest.fixture
def look_at_arranged(look, arranged_origin):
    """The same, at the service with consultations in every state."""
    return partial(look, at=arranged_origin)


def onlooker(browser, origin, folder, *, width=1280, height=900, script=True, forgiving=False, **more):
    """A window of its own: no cookies, no memory."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, base_url=origin, **more
    )
    context.set_default_timeout(20_000)
    return Onlooker(context, origin=origin, folder=folder, script=script, forgiving=forgiving)


@pytest.fixture
def staff(once, look, people):
    """`staff("builder")`: a window in which somebody of the demonstration is signed in; `script=False` for one without script."""
    return partial(signed_in_window, once, look, people)


@pytest.fixture
def staff_of_arranged(once, look_at_arranged, arranged):
    """The same at the service with consultations in every state."""
    return partial(signed_in_window, once, look_at_arranged, arranged[1], place="arranged-")


def signed_in_window(once, look, people, name, *, place="", **more):
    """A window in which somebody is signed in. A one-time code counts once: the first process of a run signs in for all."""

    def state(folder):
        window = look()
        sign_in(window, people[name])
        return window.context.storage_state()

    _, kept = made_once(once, f"signed-in-{place}{name}", state)
    return look(storage_state=kept, **more)


@pytest.fixture
def lead_total(staff_of_arranged):
    """`lead_total("twice")`: how many responses the lead is shown while a consultation is open."""

    def total(slug):
        window = staff_of_arranged("lead")
        window.go(f"/staff/{slug}/participation/")
        return int(
            re.search(r"([\d,]+) (?:people|person|responses?)\b.* been received", window.page.inner_text("main"))[1]
        )

    return total


@pytest.fixture(scope="package")
def trail(browser, once, request):
    """`trail("urdu")`: what was seen on one of TRAILS, walked once in a run.

    `{"seen": [page, …], "wrong": [what no page may do, …], "cookies": [cookie, …]}`
    """

    def walk(name, folder):
        origin = request.getfixturevalue("arranged_origin" if name in ARRANGED else "origin")
        window = onlooker(browser, origin, pictures(name))
        seen = TRAILS[name](window)
        cookies = window.context.cookies()
        window.context.close()
        return {"seen": seen, "wrong": window.wrong, "cookies": cookies}

    return lambda name: made_once(once, f"trail-{name}", partial(walk, name))[1]
