"""The demonstration's letters, emails, events and petitions: invented, and recorded through the service's commands."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from consult.other_responses import commands
from consult.other_responses.commands import Entry

HERE = Path(__file__).parent


def entries_of(slug: str, *, opened_on: date, until: date) -> list[Entry]:
    """What came to a consultation, spread over the days it was open; [] for one that nothing came to."""
    file = HERE / "others" / f"{slug}.json"
    told = json.loads(file.read_text()) if file.is_file() else []
    days = max(0, (until - opened_on).days)
    return [
        Entry(
            happened_on=opened_on + timedelta(days=days * place // len(told)),
            passages=tuple((question, words) for question, words in each.pop("passages", ())),
            **each,
        )
        for place, each in enumerate(told)
    ]


def load_others(consultation, *, by, now):
    """Record them, at `now` or a moment before it closed, if that was earlier."""
    at = min(now, consultation.closes_at - timedelta(minutes=1))
    opened_on, until = timezone.localdate(consultation.opens_at), timezone.localdate(at)
    for place, entry in enumerate(entries_of(consultation.slug, opened_on=opened_on, until=until)):
        key = uuid5(NAMESPACE_URL, f"{consultation.slug} {place}")
        commands.add(consultation, entry, key=key, by=by, now=at)
