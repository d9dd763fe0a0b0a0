"""The code at the foot of each page of a paper form: which form, version, edition, language and page it is. Pure.

`APMS-V2-P03` is page 3 of version 2 of the form `APMS`; `APMS-V2L-UR-P03` the same in large print and in Urdu. A scanner types
it, so it is made of capital letters, digits and hyphens.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

LONGEST_NAME: Final = 12
KEPT_OF_NAME: Final = 6
DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no letter that is taken for a digit."""
SHAPE: Final = re.compile(r"([A-Z0-9-]+)-V(\d+)([A-Z]?)(?:-([A-Z]{2,3}))?(?:-P(\d{2,}))?")


@dataclass(frozen=True)
class FormCode:
    """What a form is. `version` 0 is a draft that nobody may post; `edition` is its letter (`editions.EDITIONS`), "" for the
    standard one; `language` is "" for the one the questionnaire was written in."""

    name: str
    version: int
    edition: str = ""
    language: str = ""

    def __str__(self) -> str:
        language = f"-{self.language.upper()}" if self.language else ""
        return f"{self.name}-V{self.version}{self.edition}{language}"

    def on_page(self, page: int) -> str:
        """The code of one page."""
        return f"{self}-P{page:02}"


def form_name(slug: str) -> str:
    """What a consultation's forms are called: its short name, or the beginning of a long one and a digest of the whole."""
    name = re.sub(r"[^A-Z0-9]+", "-", slug.upper()).strip("-")
    if name.lower() == slug and len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(slug.encode()).digest()
    return f"{name[:KEPT_OF_NAME].strip('-')}-{''.join(DIGITS[byte % 32] for byte in digest[:4])}"


def read_form_code(scanned: str) -> tuple[FormCode, int | None]:
    """The form and the page of a code as scanned or typed; None where it names no page. Raises ValueError with what to do."""
    found = SHAPE.fullmatch(scanned.strip().upper())
    if not found:
        raise ValueError("Scan the bars at the foot of a page, or type the code beside them, like APMS-V1-P03")
    name, version, edition, language, page = found.groups()
    return FormCode(name, int(version), edition, (language or "").lower()), int(page) if page else None
