"""Requests for a consultation in another format: what is promised, what is kept sealed, and that it was sent."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from consult import audit, keys
from consult.models import FormatRequest
from surveys.text import clean_text

Format = FormatRequest.Format

LABELS = {
    Format.PAPER: gettext_lazy("Paper form"),
    Format.LARGE_PRINT: gettext_lazy("Large print"),
    Format.EASY_READ: gettext_lazy("Easy read"),
    Format.AUDIO: gettext_lazy("Audio"),
    Format.BRAILLE: gettext_lazy("Braille"),
    Format.BSL: gettext_lazy("British Sign Language"),
    Format.LANGUAGE: gettext_lazy("Another language"),
    Format.OTHER: gettext_lazy("Another way"),
}
"""Each format in the public's words, in the order that they are offered."""

DAYS = timedelta(days=7)
MADE_TO_ORDER = {Format.AUDIO, Format.BRAILLE, Format.BSL}
DAYS_TO_MAKE = timedelta(days=14)
"""How long until a copy is sent: those that somebody must first make take longer."""
DAYS_TO_ANSWER = 5
"""How many days somebody needs between the promised date and closing, to read the copy and answer."""


@dataclass(frozen=True)
class Asked:
    """A request with its seal opened: `details` are `{name, email, phone, address, more}`, each "" where nothing was given."""

    request: FormatRequest
    label: str
    details: dict
    is_late: bool


def promised_on(wanted, today):
    """The day by which a copy in a format is sent."""
    return today + (DAYS_TO_MAKE if wanted in MADE_TO_ORDER else DAYS)


def comes_too_late(promised, closes_at):
    """Whether a copy sent on a day leaves fewer than 5 days to answer."""
    return (timezone.localdate(closes_at) - promised).days < DAYS_TO_ANSWER


def ask_for_format(consultation, *, wanted, language, details, now):
    """Keep a request, with who asks sealed. `details` as in Asked. Returns the FormatRequest."""
    sealed = json.dumps({name: clean_text(text) for name, text in details.items()})
    return FormatRequest.objects.create(
        consultation=consultation,
        format=wanted,
        language=clean_text(language),
        sealed=keys.box_for("contact").encrypt(sealed.encode()),
        asked_at=now,
        promised_on=promised_on(wanted, timezone.localdate(now)),
    )


@transaction.atomic
def open_requests(consultation, *, by, now):
    """Every request, opened: those to be sent first, the longest promised at the top. Recorded, for it shows who asked."""
    found = sorted(consultation.format_requests.all(), key=lambda each: (each.sent_on is not None, each.promised_on))
    audit.record(
        "format requests opened",
        consultation,
        team=consultation.team,
        by=by,
        at=now,
        detail={"requests": [each.pk for each in found]},
    )
    return [opened(each, today=timezone.localdate(now)) for each in found]


def opened(request, *, today):
    """A request with its seal opened. Raises InvalidToken when the master key is another one."""
    return Asked(
        request=request,
        label=LABELS[request.format],
        details=json.loads(keys.box_for("contact").decrypt(bytes(request.sealed))),
        is_late=request.sent_on is None and request.promised_on < today,
    )


@transaction.atomic
def mark_sent(request, *, by, now):
    """Note that the copy was sent today. Once only: the first day stays."""
    if request.sent_on is None:
        request.sent_on = timezone.localdate(now)
        request.save(update_fields=["sent_on"])
        consultation = request.consultation
        detail = {"request": request.pk, "format": request.format}
        audit.record("format sent", consultation, team=consultation.team, by=by, at=now, detail=detail)
