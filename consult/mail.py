"""Every email the service writes: plain text, no answers, one link to go on with, why it came and how to stop.

Emails that a resident asks for are sent behind the page, so that a mail server that hangs holds up nobody; their addresses are
not kept. Nothing here writes an address, a code or a token to a log, nor what a mail server says of an error, which repeats them.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from consult import keys
from consult.contacts import NEWS, address_of, stop_token, was_told
from consult.languages import address_part
from consult.services import facts_about
from consult.stages import Stage, stage_at
from consult.wording import moment

log = logging.getLogger(__name__)

HOUR = 3600
TRIES = 2
MOST_WAITING = 200
"""Emails that may wait in memory for a slow mail server. Past that they are refused, and the log says so."""
GIVE_UP_AFTER = 5
"""Failures in a row after which the mail server is taken to be away, and the others are left for the next time."""

senders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
places = BoundedSemaphore(MOST_WAITING)


@dataclass
class Told:
    """How many were told in a run, and how many are to be tried again."""

    sent: int = 0
    failed: int = 0


# What residents ask for -------------------------------------------------------------------------------------------------
def send_save_link(address, consultation, code, language="en"):
    """Send the way back to answers in progress. False when this address was sent one in the last hour: make no new code then,
    for the old one would die and the new one never arrive (`was_written_to` tells before)."""
    if not may_write(address, "save"):
        return False
    with translation.override(language):
        subject = gettext("Go back to your answers: %(name)s") % {"name": consultation.short_name}
        until = {"name": consultation.short_name, "closes": moment(consultation.closes_at)}
        hand_over(
            address,
            consultation,
            subject,
            gettext("You can go back to your answers about %(name)s until %(closes)s. You have not sent them yet.")
            % until,
            link(f"/resume/{address_part()}#{code}"),
            gettext("If the link does not work, go to the page and type this code: %(code)s") % {"code": code},
            gettext("Anyone with the link or code can see your answers, so keep it safe."),
            asked_and_forgotten(),
        )
    return True


def send_receipt(address, consultation, receipt, language="en"):
    """Send somebody their receipt code. False when this address was sent one in the last hour."""
    if not may_write(address, "receipt"):
        return False
    with translation.override(language):
        subject = gettext("We have your answers: %(name)s") % {"name": consultation.short_name}
        hand_over(
            address,
            consultation,
            subject,
            gettext("We have your answers. Your code is %(code)s") % {"code": receipt},
            gettext("You need it to see your answers again or to delete them. Keep it safe."),
            link(f"/your-response/{address_part()}"),
            asked_and_forgotten(),
        )
    return True


def send_promise(contact, address, consultation, *, news):
    """Tell somebody that we will tell them, so that whoever did not ask can stop it. At most one an hour for an address."""
    if not may_write(address, "news"):
        return
    subject = gettext("You asked us to email you: %(name)s") % {"name": consultation.short_name}
    asked = gettext("You asked us to email you about %(name)s %(when)s. We will.")
    hand_over(
        address,
        consultation,
        subject,
        asked % {"name": consultation.short_name, "when": NEWS[news].when},
        link(consultation.get_absolute_url() + address_part()),
        how_to_stop(contact),
    )


def was_written_to(address, purpose):
    """Whether a public form had an email for this `purpose` (save, receipt, news) sent to the address in the last hour."""
    return cache.get(limit_key(address, purpose)) is not None


def may_write(address, purpose):
    """Whether a public form may have an email sent to an address now; if so, not again for an hour."""
    return cache.add(limit_key(address, purpose), 1, HOUR)


def limit_key(address, purpose):
    return f"mail-{purpose}-{keys.address_digest(address).hex()}"


def hand_over(address, consultation, subject, *paragraphs):
    """Send an email behind the page; nothing that goes wrong with it reaches the page."""
    message = email(address, consultation, subject, *paragraphs)
    if not settings.EMAIL_IN_BACKGROUND:
        deliver(message)
    elif places.acquire(blocking=False):
        senders.submit(deliver, message).add_done_callback(lambda done: places.release())
    else:
        log.error("An email was not sent: %d are waiting for the mail server", MOST_WAITING)


def deliver(message):
    """Send an email, trying twice. Whether it was sent."""
    for turn in range(1, TRIES + 1):
        try:
            message.send()
        except Exception as fault:  # the last one who could hear of it: said in the log, by its kind alone
            log.warning("An email could not be sent (try %d of %d): %s", turn, TRIES, type(fault).__name__)
        else:
            return True
    return False


# News -----------------------------------------------------------------------------------------------------------------------
def tell_opened(consultation, *, now):
    """Write to everybody who asked to be told that it opens, once it is open. Returns Told; nobody is told twice."""
    if stage_at(facts_about(consultation), now) != Stage.OPEN:
        return Told()
    says = gettext("You asked us to tell you. %(title)s is open. You can have your say until %(closes)s.")
    return tell(
        consultation,
        "opening",
        gettext("You can have your say now: %(name)s") % {"name": consultation.short_name},
        says % {"title": consultation.title, "closes": moment(consultation.closes_at)},
        link(reverse("respond", args=[consultation.slug])),
    )


def tell_reported(consultation, *, now):
    """Write to everybody who asked for the report, once it is out. The rest as `tell_opened`."""
    stage = stage_at(facts_about(consultation), now)
    if stage not in (Stage.REPORTED, Stage.DECIDED):
        return Told()
    is_decided = stage == Stage.DECIDED
    ready = gettext("You asked us to tell you. The report about %(name)s is ready.")
    decided = gettext("You asked us to tell you. The decision about %(name)s has been made.")
    return tell(
        consultation,
        "report",
        gettext("What people told us: %(name)s") % {"name": consultation.short_name},
        (decided if is_decided else ready) % {"name": consultation.short_name},
        link(reverse("outcome" if is_decided else "report", args=[consultation.slug])),
    )


def tell(consultation, news, subject, *paragraphs):
    """Write to each contact that wants some news. Whom it could not reach stays for the next time; nobody stops the others."""
    told, in_a_row = Told(), 0
    for contact in consultation.contacts.filter(**{NEWS[news].flag: True}).order_by("id"):
        if in_a_row == GIVE_UP_AFTER:
            break
        try:
            email(address_of(contact), consultation, subject, *paragraphs, how_to_stop(contact)).send()
        except (OSError, InvalidToken) as fault:
            log.warning("An email about %s could not be sent: %s", consultation.slug, type(fault).__name__)
            told.failed, in_a_row = told.failed + 1, in_a_row + 1
            continue
        was_told(contact, news=news)
        told.sent, in_a_row = told.sent + 1, 0
    return told


# Words ------------------------------------------------------------------------------------------------------------------------
def email(address, consultation, subject, *paragraphs):
    """An email from the consultation's team, to which a person can reply."""
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join([*paragraphs, consultation.team.name]) + "\n",
        to=[address],
        reply_to=[consultation.team.email],
        # So that no out-of-office note answers it (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
    )


def link(path):
    """A whole address of ours: always of the host that the settings name, never of one that a request claims."""
    return settings.BASE_URL.rstrip("/") + path


def how_to_stop(contact):
    """Why an email came and the way out of the next. The token stands after the #, where no server and no log sees it."""
    token = stop_token(contact)
    return "\n".join(
        (
            gettext("You got this because somebody asked for it with this email address."),
            gettext("To stop these emails: %(link)s") % {"link": link(f"{reverse('stop')}{address_part()}#{token}")},
            gettext("Your code to stop them: %(token)s") % {"token": token},
        )
    )


def asked_and_forgotten():
    return gettext(
        "You got this because somebody asked for it with this email address on our website. We do not keep the address, so "
        "there is nothing to stop. If it was not you, you do not need to do anything."
    )
