"""Teams, people and their consultations for tests of what somebody may see and do, and the short way to be signed in."""

from datetime import UTC, datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from consult.models import Consultation, Membership, Role, User
from surveys.publishing import publish, save_questionnaire
from tests.builders import choice, questionnaire
from tests.consultations import team_named

PASSWORD = "three random words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def team(name="Northbridge engagement"):
    """A team, made the first time it is asked for."""
    return team_named(name)


def person(username, *roles, of=None, codes=True):
    """Somebody with a password, roles in a team, and (with `codes`) one-time codes from SECRET."""
    somebody = User.objects.create_user(username, password=PASSWORD)
    Membership.objects.bulk_create(Membership(team=of or team(), user=somebody, role=role) for role in roles)
    if codes:
        TOTP.activate(somebody, SECRET)
        RecoveryCodes.activate(somebody)
    return somebody


def lead(username="lead", **more):
    """An engagement lead."""
    return person(username, Role.LEAD, **more)


def code_now(secret=SECRET):
    """The one-time code that an app shows now."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def signed_in(somebody, *, at=None, client=None):
    """A client in which somebody signed in with password and code, at a time (now when None), without walking the pages."""
    client, moment = client or Client(), (at or timezone.now()).timestamp()
    session = client.session
    session[SESSION_KEY] = str(somebody.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = somebody.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = moment
    has_codes = Authenticator.objects.filter(user=somebody, type=Authenticator.Type.TOTP).exists()
    methods = ["password", "mfa"] if has_codes else ["password"]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": moment} for method in methods]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(somebody.pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def consultation(slug="care", *, of=None, opens=-7, closes=7, launched=True, published=True, now=None, **fields):
    """A consultation of a team with one question, open now unless told otherwise: `opens`, `closes` are days from now."""
    now = now or datetime.now(UTC)
    held = save_questionnaire(questionnaire(choice("q1")))
    if published:
        publish(held, now=now)
    given = {
        "title": f"The future of {slug}",
        "short_name": slug,
        "summary": "What do you think?",
        "purpose": "To decide.",
        "still_open": "Everything.",
        "decided_by": "The board",
        "question_set": "2026-1",
        "baseline": "wigan-16plus",
        "opens_at": now + timedelta(days=opens),
        "closes_at": now + timedelta(days=closes),
        "launched_at": now + timedelta(days=opens) if launched else None,
    }
    return Consultation.objects.create(slug=slug, team=of or team(), questionnaire=held, **(given | fields))
