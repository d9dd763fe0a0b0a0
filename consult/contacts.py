"""Who asked to be told: addresses kept sealed and away from answers, found by a keyed digest, and taken out by a token.

The token in each email names the row and proves, by a keyed digest, that we wrote it. It says nothing of the address.
"""

import hmac
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy

from consult import keys
from consult.models import Contact
from consult.stages import Stage

TOKEN_SYMBOLS = 16
"""80 bits: nobody guesses a token, and it can still be typed."""


@dataclass(frozen=True)
class News:
    """Something to be told of: the flag of Contact that asks for it, and what the link, the page and the email call it."""

    flag: str
    title: str
    when: str


NEWS = {
    "opening": News("wants_opening", gettext_lazy("Email me when it opens"), gettext_lazy("when it opens")),
    "report": News(
        "wants_report", gettext_lazy("Email me when the report is out"), gettext_lazy("when the report is out")
    ),
}
OFFERED = {Stage.FORTHCOMING: "opening", Stage.OPEN: "report", Stage.CLOSED: "report"}
"""Which news can be asked for at each stage."""


def subscribe(consultation, address, *, news):
    """Keep an address that wants to be told, once however often it asks. Returns the Contact."""
    address = address.strip()
    flag = NEWS[news].flag
    contact, _ = Contact.objects.update_or_create(
        consultation=consultation,
        digest=keys.address_digest(address),
        defaults={flag: True},
        create_defaults={flag: True, "sealed": keys.box_for("contact").encrypt(address.encode())},
    )
    return contact


def address_of(contact):
    """The address behind the seal. Raises InvalidToken when the master key is another one."""
    return keys.box_for("contact").decrypt(bytes(contact.sealed)).decode()


@transaction.atomic
def was_told(contact, *, news):
    """Note that a contact was told. An address that waits for nothing more is not kept."""
    setattr(contact, NEWS[news].flag, False)
    if any(getattr(contact, each.flag) for each in NEWS.values()):
        contact.save(update_fields=[NEWS[news].flag])
    else:
        contact.delete()


def stop_token(contact):
    """What takes a contact out of our emails, such as `17-9F3KQ7XW2M8B4C6D`."""
    return f"{contact.pk}-{proof(contact.pk)}"


def stop(token):
    """Take out the contact that a token names. False when we never wrote such a token; True too when it was taken out before."""
    number, _, typed = "".join(token.split()).upper().partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < TOKEN_SYMBOLS):
        return False
    given = typed.replace("-", "").translate(keys.MISREAD)
    if not hmac.compare_digest(proof(int(number)).encode(), given.encode()):
        return False
    Contact.objects.filter(pk=int(number)).delete()
    return True


def proof(number):
    """The second half of a token: a keyed digest of the first."""
    digest = int.from_bytes(hmac.digest(keys.derived_key("stop"), str(number).encode(), "sha256"))
    return "".join(keys.ALPHABET[digest >> (5 * place) & 31] for place in range(TOKEN_SYMBOLS))
