"""Fixtures of tests that bring spreadsheets of responses in."""

import pytest

from tests.consult.spreadsheets import Brought


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
