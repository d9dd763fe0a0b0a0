"""Keys and codes: everything that is derived from the master key, which lives outside the database.

- A consultation's **link key** joins equality profiles to responses. It is random, kept wrapped, and can be destroyed.
- A **receipt** is what a resident keeps. It is derived from the submission key, so that sending twice gives the same one, and
  only a keyed digest of it is stored: a copied database yields no receipt.
"""

import base64
import hmac
import secrets
from functools import lru_cache
from uuid import UUID

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no I, L, O or U to be misread."""
RECEIPT_SYMBOLS = 12
RESUME_SYMBOLS = 16
KEY_BYTES = 16
"""Of a submission key, and of a profile link."""
MISREAD = str.maketrans("ILO", "110")


@lru_cache(maxsize=16)
def derived_key(purpose):
    """32 bytes for one purpose, derived from the master key by HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        settings.MASTER_KEY.encode()
    )


def new_wrapped_link_key():
    """A fresh random link key, wrapped for storing."""
    return wrapper().encrypt(secrets.token_bytes(32))


def unwrap_link_key(wrapped):
    """The link key inside a stored wrapping. Raises InvalidToken when the master key is another one."""
    return wrapper().decrypt(bytes(wrapped))


def wrapper():
    return box_for("link-key")


def form_box(link_key):
    """What seals and opens what was typed of a consultation's paper forms: with the link key destroyed, nobody opens it."""
    return box_under(link_key, "paper-form")


def scan_box(link_key):
    """The same for scans of them."""
    return box_under(link_key, "paper-scan")


def box_under(link_key, purpose):
    """What seals and opens things of one purpose of one consultation."""
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(link_key)
    return Fernet(base64.urlsafe_b64encode(derived))


def seal_text(text):
    """A text a person wrote about themselves, encrypted for storing."""
    return box_for("self-described").encrypt(text.encode())


def open_text(sealed):
    """The text that was sealed. Raises InvalidToken when the master key is another one."""
    return box_for("self-described").decrypt(bytes(sealed)).decode()


def address_digest(address):
    """What an e-mail address is found by: a digest keyed outside the database, the same for any case."""
    return hmac.digest(derived_key("address-digest"), address.strip().casefold().encode(), "sha256")


def box_for(purpose):
    """What seals and opens things of one purpose (`encrypt`, `decrypt`), under a key of its own."""
    return box_with(derived_key(purpose))


@lru_cache(maxsize=16)
def box_with(key):
    """The same with a key of 32 bytes."""
    return Fernet(base64.urlsafe_b64encode(key))


def profile_link(link_key, submission_key):
    """Where the equality profile of a response lies: HMAC-SHA256(link key, submission key), cut to 128 bits."""
    return UUID(bytes=hmac.digest(link_key, submission_key.bytes, "sha256")[:16])


class ProfileLinks:
    """The profile links of one consultation: of one submission key (a call, UUID to UUID), or of very many at once."""

    def __init__(self, link_key):
        self.link_key = link_key

    def __call__(self, submission_key):
        return profile_link(self.link_key, submission_key)

    def many(self, submission_keys):
        """The links of any number of submission keys, 16 raw bytes each, joined, in and out. A microsecond each."""
        # What the key does to the digest is worked out once and copied for each message.
        keyed = hmac.new(self.link_key, digestmod="sha256")
        links = bytearray()
        for start in range(0, len(submission_keys), KEY_BYTES):
            digest = keyed.copy()
            digest.update(submission_keys[start : start + KEY_BYTES])
            links += digest.digest()[:KEY_BYTES]
        return bytes(links)


def receipt_for(submission_key):
    """The receipt code of a submission, such as `4K7M-Q2XT-9HBD`: 55 bits and a check symbol."""
    number = int.from_bytes(hmac.digest(derived_key("receipt"), submission_key.bytes, "sha256")[:8]) >> 9
    body = "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(RECEIPT_SYMBOLS - 1)))
    return grouped(body + check_symbol(body))


def reference_for(submission_key):
    """The public label of a response, for phone calls and staff screens: 50 bits, so that it is unique. It opens nothing."""
    number = int.from_bytes(hmac.digest(derived_key("reference"), submission_key.bytes, "sha256")[:8])
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(10))


def imported_row_key(name):
    """The submission key of a row that is always called the same: keyed, since whoever has a key is given its receipt."""
    return UUID(bytes=hmac.digest(derived_key("imported-row"), name.encode(), "sha256")[:KEY_BYTES], version=4)


def check_symbol(body):
    """The last symbol: a weighted sum modulo 31 (a prime), which catches any one wrong symbol and most swaps."""
    return ALPHABET[sum((place + 1) * ALPHABET.index(symbol) for place, symbol in enumerate(body)) % 31]


def grouped(symbols):
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def resume_code_for(token, number):
    """The `number`th code for coming back to a draft, such as `W8RT-3PGH-VN6C-72XD`: 75 bits and a check symbol.

    Worked out from the draft's token, so that the browser which made it can show it again and nothing of it need be kept.
    """
    digest = int.from_bytes(hmac.digest(token.encode(), f"way back {number}".encode(), "sha256")[:10]) >> 5
    body = "".join(ALPHABET[digest >> (5 * place) & 31] for place in reversed(range(RESUME_SYMBOLS - 1)))
    return grouped(body + check_symbol(body))


def resume_digest(code):
    """What a draft is found by when somebody comes back with a code: a digest keyed outside the database."""
    return hmac.digest(derived_key("resume-digest"), code.encode(), "sha256")


def read_receipt(typed):
    """A receipt code as typed, in any case and grouping, in its standard form; None when it cannot be one."""
    return read_code(typed, RECEIPT_SYMBOLS)


def read_resume_code(typed):
    """The same of a code for coming back."""
    return read_code(typed, RESUME_SYMBOLS)


def read_code(typed, length):
    symbols = "".join(typed.upper().replace("-", "").split()).translate(MISREAD)
    if len(symbols) != length or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return grouped(symbols) if check_symbol(symbols[:-1]) == symbols[-1] else None


def receipt_digest(receipt):
    """What is stored of a receipt: a digest keyed outside the database."""
    return hmac.digest(derived_key("receipt-digest"), receipt.encode(), "sha256")
