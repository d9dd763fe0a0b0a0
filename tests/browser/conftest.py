"""The demonstration served by the real server, and a Chromium to look at it with."""

import fcntl
import json

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser.looking import Onlooker
from tests.journeys.served import in_own_process, serving


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """The folder of a service with the demonstration loaded, and its sign-ins. Made once for all processes of a run."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine.parent if mine.name.startswith("popen-") else mine) / "demonstration"
    folder.mkdir(exist_ok=True)
    people = folder / "people.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not people.is_file():
            people.write_text(json.dumps(in_own_process("demonstrate", folder)))
    return folder, json.loads(people.read_text())


@pytest.fixture(scope="session")
def origin(demonstration):
    """The address of the served demonstration."""
    with serving(demonstration[0]) as server:
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
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def look(browser, origin, request):
    """Open a window: `look(width=1280, script=True)` gives an Onlooker. At the end, what went wrong anywhere fails the test."""
    onlookers = []
    folder = settings.DATA_DIR / "screenshots" / request.module.__name__.rpartition(".test_")[2]
    folder.mkdir(parents=True, exist_ok=True)

    def opened(*, width=1280, script=True, **more):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=origin, **more
        )
        context.set_default_timeout(20_000)
        onlookers.append(Onlooker(context, origin=origin, folder=folder, script=script))
        return onlookers[-1]

    yield opened
    for onlooker in onlookers:
        onlooker.context.close()
    assert [wrong for onlooker in onlookers for wrong in onlooker.wrong] == []
