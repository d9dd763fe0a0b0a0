"""Fixtures that several files share: the time of day, a clerk and their consultation, and what brings spreadsheets in."""

from datetime import UTC, datetime

import pytest
import time_machine

from consult.models import Role
from tests.consult import people
from tests.consult.keying_pages import consultation
from tests.consult.spreadsheets import Brought

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def clock():
    """The time of day, which tests move on. It starts at 9am on the first of March 2027."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clerk(db):
    """The browser of a clerk who is signed in."""
    return people.signed_in(people.person("clerk", Role.CLERK))


@pytest.fixture
def ours(db):
    """An open consultation of the clerk's team, with questions of every sort that paper asks."""
    return consultation()


@pytest.fixture
def own_files(settings, tmp_path):
    """The service's files in a folder of the test's own."""
    settings.DATA_DIR = tmp_path / "service"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture
def bring(own_files, tmp_path):
    """Bring a file's content in by the command: `bring(content, mapping=…, good_rows_only=True)` gives what came of it."""
    return lambda content, **options: Brought(tmp_path, content, **options)
