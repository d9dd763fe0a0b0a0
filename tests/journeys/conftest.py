"""Fixtures that journeys with a receipt share: a moved clock, and a register of erasures of the test's own."""

import pytest

from tests.consultations import open_consultation
from tests.journeys.receipts import CLOSES, OPENED, SENT


@pytest.fixture
def register(settings, tmp_path):
    """The file of erasures, in a folder of this test's own."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "erasures.log"


@pytest.fixture
def clock(time_machine):
    """Moves the clock. It starts when the answers are sent."""
    time_machine.move_to(SENT, tick=False)
    open_consultation(now=OPENED, closes_at=CLOSES, title="A plan for the clinic")
    return lambda at: time_machine.move_to(at, tick=False)
