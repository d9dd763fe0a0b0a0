"""Answers in progress, readable only with their token.

The token is 32 random bytes that live in the resident's browser (or link). The database keeps its digest, to find the draft,
and the answers encrypted with a key derived from it (HKDF-SHA256, AES-256-GCM): nobody can read an abandoned draft.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection

from surveys.commits import no_wait_for_disk
from surveys.inserting import insert
from surveys.models import DraftResponse

NONCE_BYTES = 12

# Written out, because every page a resident sees runs the first and every page they send the second: building such a
# statement anew takes the ORM four times as long as running it.
OPEN = "SELECT sealed, revision FROM surveys_draftresponse WHERE token_digest = %s"
SAVE = """UPDATE surveys_draftresponse SET sealed = %s, revision = %s, updated_at = %s
    WHERE token_digest = %s AND revision = %s"""
DELETE = "DELETE FROM surveys_draftresponse WHERE token_digest = %s"


class StaleDraft(Exception):
    """Another tab or device saved this draft first."""


@dataclass
class Draft:
    """A draft opened with its token.

    `pages` are the keys of the steps answered or passed, `variant` and `language` as chosen. `typed` holds pages that were left
    before they fitted, as they were posted (`{step_key: urlencoded}`); `ways_back` counts the codes made for coming back.
    """

    token: str
    version_id: UUID
    begun_at: datetime
    answers: dict[str, Any] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    language: str = "en"
    variant: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    ways_back: int = 0
    revision: int = 0

    @property
    def submission_key(self):
        """The key that the answers are sent under."""
        return submission_key_of(self.token)

    @cached_property
    def box(self):
        """What the contents are encrypted with. Made from the token, which costs more than encrypting does."""
        return box_of(self.token)

    def kept(self):
        """What respondents change, to be compared with later: copied so far that a change of the draft does not change it."""
        return dict(self.answers), list(self.pages), self.language, self.variant, dict(self.typed), self.ways_back

    def contents(self):
        """Everything but the token and the revision, as JSON."""
        kept = {name: getattr(self, name) for name in KEPT_AS_IT_IS}
        return msgspec.json.encode(kept | {"begun_at": self.begun_at.isoformat(), "version_id": str(self.version_id)})

    def sealed(self):
        """The contents, encrypted for storing."""
        return seal(self.box, self.contents())


KEPT_AS_IT_IS = ("answers", "pages", "language", "variant", "typed", "ways_back")


def begin_draft(version_id, *, now, expires_at, language="en", variant=""):
    """Start an empty draft and keep it. Returns the Draft; its token exists nowhere else."""
    draft = Draft(secrets.token_urlsafe(32), version_id, begun_at=now, language=language, variant=variant)
    with no_wait_for_disk():
        insert(
            DraftResponse(
                token_digest=digest_of(draft.token),
                version_id=version_id,
                sealed=draft.sealed(),
                created_at=now,
                updated_at=now,
                expires_at=expires_at,
            )
        )
    return draft


def open_draft(token):
    """The draft of a token, or None when there is none. One query."""
    if not token:
        return None
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [digest_of(token)])
        row = cursor.fetchone()
    box = box_of(token)
    found = unseal(box, bytes(row[0])) if row else None
    if found is None:
        return None
    contents = msgspec.json.decode(found)
    begun_at, version_id = datetime.fromisoformat(contents.pop("begun_at")), UUID(contents.pop("version_id"))
    draft = Draft(token, version_id, begun_at, revision=row[1], **contents)
    draft.box = box
    return draft


def save_page(draft, *, now):
    """Keep a draft as somebody goes on to the next page. Raises StaleDraft, as `save_draft` does.

    Nobody has been told yet that it is kept: a power cut may cost the last pages, which are then asked again
    (docs/decisions/0042).
    """
    with no_wait_for_disk():
        save_draft(draft, now=now)


def save_draft(draft, *, now):
    """Keep a changed draft. Raises StaleDraft when another tab saved it since it was opened. One query."""
    saved_at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [draft.sealed(), draft.revision + 1, saved_at, digest_of(draft.token), draft.revision])
        if not cursor.rowcount:
            raise StaleDraft
    draft.revision += 1


def go_on_in(draft, language, *, now):
    """Let somebody go on with a draft in another language. Returns the draft as it is kept; None where it is not any more."""
    if language == draft.language:
        return draft
    draft.language = language
    try:
        save_draft(draft, now=now)
    except StaleDraft:
        # What another tab saved at this moment counts. The language can be asked for again.
        return open_draft(draft.token)
    return draft


def keep_way_back(draft, code, digest, *, now):
    """Let the draft be opened with a code as well (see `open_by_code`); the code before it opens nothing any more.

    `digest` is what the code is found by; of the code itself nothing is kept. Raises StaleDraft.
    """
    save_draft(draft, now=now)
    DraftResponse.objects.filter(token_digest=digest_of(draft.token)).update(
        resume_digest=digest, resume_sealed=seal(box_of(code), draft.token.encode())
    )


def open_by_code(code, digest):
    """The draft that a code opens, or None. Two queries."""
    sealed = DraftResponse.objects.filter(resume_digest=digest).values_list("resume_sealed", flat=True).first()
    token = unseal(box_of(code), bytes(sealed)) if sealed else None
    return open_draft(token.decode()) if token else None


def delete_draft(token):
    """Destroy the draft of a token."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE, [digest_of(token)])


def submission_key_of(token):
    """The key that a draft's answers are sent under, worked out from its token: so it is still known when the draft is gone,
    and a lost reply to a send can be asked for again."""
    return UUID(bytes=hmac.digest(token.encode(), b"submission key", "sha256")[:16], version=4)


def digest_of(token):
    return hashlib.sha256(token.encode()).digest()


def box_of(secret):
    """What is sealed with a token or a code, and opened with it."""
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"draft answers").derive(secret.encode())
    return AESGCM(key)


def seal(box, contents):
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + box.encrypt(nonce, contents, None)


def unseal(box, sealed):
    try:
        return box.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except InvalidTag:
        return None
