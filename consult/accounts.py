"""Who is signed in, and how surely: the rules of staff accounts on top of django-allauth, and of how long a sign-in lasts.

Accounts are made by an administrator: nobody signs up, and no password is reset by email. Everybody gives a password and a
one-time code. Pages are in `views/account.py`, their forms in `account_forms.py`; a few of allauth's internals are used here and
there, which is why its version is pinned and each use has a test.
"""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from consult.keys import box_for

ABSOLUTE = timedelta(hours=12)
"""How long a sign-in lasts at most, whatever is done with it (OWASP ASVS 4.0, 3.3.2 asks for 12 hours at this level)."""
NOTED_EVERY = timedelta(minutes=1)
"""How often a session is written to say that its person is still there: writing at every page would cost each page a write."""


class Ended(StrEnum):
    """Why somebody who was signed in no longer is."""

    IDLE = "idle"
    TOO_LONG = "too-long"
    NO_SECOND_FACTOR = "no-second-factor"


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-in for staff alone: no sign-up, limits that cannot be dodged, and no way out to other sites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The username or the password is not right. Check both and try again",
        "too_many_login_attempts": "There were too many wrong tries. Wait 5 minutes and try again",
        "rate_limited": "There were too many wrong tries. Wait 5 minutes and try again",
        "incorrect_password": "The password is not right. Try again",
        "enter_current_password": "The current password is not right. Try again",
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """The person, if username and password are right and the account is open.

        A closed account is answered like a wrong password: that the password was right is nobody's business.
        """
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def login(self, request, user):
        """Sign somebody in who has given everything that was asked, under a new session id, and note when."""
        super().login(request, user)
        request.session["signed_in_at"] = timezone.now().timestamp()

    def is_safe_url(self, url):
        """Whether to go to `url` after signing in: only to an address of our own that names no host at all."""
        return url.startswith("/") and url.isprintable() and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app, **kwargs):
        return not recently_confirmed(self.request, now=timezone.now())

    def get_reauthentication_methods(self, user):
        """By one-time code where there is one: a password alone must not be enough to take the second factor away."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def _get_login_attempts_cache_key(self, request, **credentials):
        # allauth puts the Host header into the key, port and all: changing it would start a new count.
        return unicodedata.normalize("NFKC", credentials.get("username", "")).casefold()


class EncryptedMFAAdapter(DefaultMFAAdapter):
    """One-time-code secrets and the seeds of recovery codes are stored sealed: a copied database signs nobody in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right. Wait for the next code in your app and type that one",
    }

    def encrypt(self, text):
        return box_for("second-factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Raises cryptography.fernet.InvalidToken when the master key is not the one it was sealed with."""
        return box_for("second-factor").decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user):
        return user.username


def has_second_factor(user):
    """Whether the person has set up one-time codes. Recovery codes alone do not count."""
    return is_mfa_enabled(user, types=[Authenticator.Type.TOTP])


def gave_second_factor(request):
    """Whether a one-time code was given in this very session, at sign-in or when codes were set up."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def recently_confirmed(request, *, now: datetime):
    """Whether the person has shown who they are, with all they have, in the last 10 minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and now.timestamp() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def why_ended(request, *, now: datetime):
    """Why this signed-in session is at its end (an Ended), or None when it goes on; then notes that its person is here.

    A session that was begun with a password alone ends when one-time codes are set up in another: else whoever stole the
    password first would stay in.
    """
    session, moment = request.session, now.timestamp()
    seen_at = session.get("seen_at", session.get("signed_in_at", 0))
    if moment - session.get("signed_in_at", 0) > ABSOLUTE.total_seconds():
        return Ended.TOO_LONG
    if moment - seen_at > settings.STAFF_IDLE_SECONDS:
        return Ended.IDLE
    if not gave_second_factor(request) and has_second_factor(request.user):
        return Ended.NO_SECOND_FACTOR
    if moment - session.get("seen_at", 0) > NOTED_EVERY.total_seconds():
        session["seen_at"] = moment
    return None
