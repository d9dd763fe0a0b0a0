"""Emails about one consultation, for tests: when it is, somebody who leaves an address, and the links of a message."""

import re
from datetime import UTC, datetime

from tests.journeys.visits import Visit

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)
ADDRESS = "Kanarienvogel@example.org"


def asked(address=ADDRESS):
    """Somebody leaves their address at what can be asked for now."""
    visit = Visit("plan")
    visit.when_i_open("news")
    visit.when_i_answer(email=address)
    return visit.page


def links(message):
    return re.findall(r"https?://\S+", message.body)
