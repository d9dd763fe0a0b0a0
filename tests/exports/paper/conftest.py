"""Fixtures of the paper form's tests."""

import shutil

import pytest


@pytest.fixture
def poppler():
    """Poppler's programs, which draw pages as pictures."""
    if not shutil.which("pdftoppm"):
        pytest.skip("to run it: apt-get install poppler-utils")
