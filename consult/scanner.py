"""Having files that staff send looked at by a virus scanner, where the service has one: clamd, by its INSTREAM command.

It is asked before any page sees a file. Where it finds something, or gives no answer, nothing of the file is kept or opened:
whoever sent it is told, and the record says what was found. See docs/decisions/0041.
"""

import logging
import socket
import struct

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone

from consult import audit

log = logging.getLogger(__name__)

CHUNK = 64 * 1024
PATIENCE = 20
"""Seconds to wait for the scanner, with each part of a file and for its answer."""
UNPROCESSABLE, UNAVAILABLE = 422, 503
NOT_CHECKED = "We cannot check files now"


class NoAnswer(Exception):
    """The scanner cannot be reached, or says something else than what it found."""


def refusal(request, consultation=None):
    """The page for somebody who sent a file that must not go on; None for every other request."""
    if settings.SCANNER is None or request.method != "POST" or not request.FILES:
        return None
    try:
        found = [name for _, files in request.FILES.lists() for file in files if (name := found_in(file))]
    except NoAnswer:
        log.error("The virus scanner gave no answer: a file that somebody sent was not taken")
        return render(request, "consult/staff/file_refused.html", {"page_title": NOT_CHECKED}, status=UNAVAILABLE)
    if not found:
        return None
    log.warning("The virus scanner found %s in a file that somebody sent", ", ".join(found))
    if consultation is not None:
        now, detail = timezone.now(), {"found": found}
        audit.record("file refused", consultation, team=consultation.team, by=request.user, at=now, detail=detail)
    context = {"page_title": "This file may harm a computer", "found": found}
    return render(request, "consult/staff/file_refused.html", context, status=UNPROCESSABLE)


def found_in(file):
    """What the scanner finds in a file, by its own name for it; "" for nothing. Raises NoAnswer. Leaves the file at its start."""
    try:
        with socket.create_connection(settings.SCANNER, timeout=PATIENCE) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for chunk in file.chunks(CHUNK):
                scanner.sendall(struct.pack("!I", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!I", 0))
            said = answer_of(scanner)
    except OSError as fault:
        raise NoAnswer from fault
    finally:
        file.seek(0)
    return what_was_found(said)


def answer_of(scanner):
    """What the scanner says, up to the zero byte that ends it."""
    said = b""
    while not said.endswith(b"\0") and (more := scanner.recv(CHUNK)):
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def what_was_found(said):
    """The name in "stream: Eicar-Signature FOUND"; "" for "stream: OK". Raises NoAnswer for anything else."""
    words = said.removeprefix("stream: ")
    if words == "OK":
        return ""
    if not words.endswith(" FOUND"):
        raise NoAnswer
    return words.removesuffix(" FOUND")
