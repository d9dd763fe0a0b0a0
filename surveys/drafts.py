"""Answers in progress, readable only with their token.

The token is 32 random bytes that live in the resident's browser (or link). The database keeps its digest, to find the draft,
and the answers encrypted with a key derived from it (HKDF-SHA256, AES-256-GCM): nobody can read an abandoned draft.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from surveys.models import DraftResponse

NONCE_BYTES = 12


class StaleDraft(Exception):
    """Another tab or device saved this draft first."""


@dataclass
class Draft:
    """A draft opened with its token. `pages` are the keys of the steps answered or passed, `variant` and `language` as chosen."""

    token: str
    version_id: UUID
    begun_at: datetime
    answers: dict[str, Any] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    language: str = "en"
    variant: str = ""
    revision: int = 0
    id: UUID | None = None

    @property
    def submission_key(self):
        """The key that the answers are sent under."""
        return submission_key_of(self.token)

    def contents(self):
        """What is sealed."""
        return {
            "answers": self.answers,
            "pages": self.pages,
            "language": self.language,
            "variant": self.variant,
        }


def begin_draft(version_id, *, now, expires_at, language="en", variant=""):
    """Start an empty draft and keep it. Returns the Draft; its token exists nowhere else."""
    draft = Draft(
        token=secrets.token_urlsafe(32),
        version_id=version_id,
        begun_at=now,
        language=language,
        variant=variant,
    )
    row = DraftResponse.objects.create(
        token_digest=digest_of(draft.token),
        version_id=version_id,
        sealed=seal(draft.token, draft.contents()),
        created_at=now,
        updated_at=now,
        expires_at=expires_at,
    )
    draft.id = row.id
    return draft


def open_draft(token):
    """The draft of a token, or None when there is none. One query."""
    if not token:
        return None
    row = DraftResponse.objects.filter(token_digest=digest_of(token)).first()
    contents = unseal(token, bytes(row.sealed)) if row else None
    if contents is None:
        return None
    return Draft(token, row.version_id, begun_at=row.created_at, revision=row.revision, id=row.id, **contents)


def save_draft(draft, *, now):
    """Keep a changed draft. Raises StaleDraft when another tab saved it since it was opened. One query."""
    saved = DraftResponse.objects.filter(pk=draft.id, revision=draft.revision).update(
        sealed=seal(draft.token, draft.contents()), revision=draft.revision + 1, updated_at=now
    )
    if not saved:
        raise StaleDraft
    draft.revision += 1


def delete_draft(token):
    """Destroy the draft of a token."""
    DraftResponse.objects.filter(token_digest=digest_of(token)).delete()


def submission_key_of(token):
    """The key that a draft's answers are sent under, worked out from its token: so it is still known when the draft is gone,
    and a lost reply to a send can be asked for again."""
    return UUID(bytes=hmac.digest(token.encode(), b"submission key", "sha256")[:16], version=4)


def digest_of(token):
    return hashlib.sha256(token.encode()).digest()


def cipher(token):
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"draft answers").derive(token.encode())
    return AESGCM(key)


def seal(token, contents):
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher(token).encrypt(nonce, json.dumps(contents).encode(), None)


def unseal(token, sealed):
    try:
        return json.loads(cipher(token).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None))
    except InvalidTag:
        return None
