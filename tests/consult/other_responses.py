"""A letter to a consultation, recorded apart, for tests."""

from datetime import UTC, date, datetime
from uuid import UUID

from consult.other_responses import commands
from consult.other_responses.commands import Entry

NOW = datetime.now(UTC)
KEY = UUID(int=7, version=4)
CANARY = "kanarienvogel"
LETTER = Entry(
    sort="letter",
    happened_on=date(2026, 11, 20),
    sender="person",
    passages=(("used", "It is too far."), ("", "Think.")),
)


def kept(ours, entry=LETTER, *, key=KEY, by="clerk"):
    """The row that an entry becomes. `key` is the page's that sent it: one key, one row."""
    return commands.add(ours, entry, key=key, by=by, now=NOW)
