"""Rules that hold for every request: staff pages are closed by default, personal pages are never kept by a cache, and pages are
sent compressed where that betrays nothing, those for everybody only when they have changed."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from consult import accounts

STAFF = "/staff/"
ACCOUNTS = "/accounts/"
PICTURES = "/pictures/"
"""For everybody; those that are not published yet only for their team."""


class ForStaff:
    """Lets a middleware see requests where it may matter who is signed in, and no other."""

    def __call__(self, request):
        may_matter = request.path_info.startswith((STAFF, ACCOUNTS, PICTURES))
        return super().__call__(request) if may_matter else self.get_response(request)


class StaffSessionMiddleware(ForStaff, SessionMiddleware):
    """Django's, for those who sign in: residents have no session, and none is looked for."""


class StaffAuthenticationMiddleware(ForStaff, AuthenticationMiddleware):
    """Django's, likewise: a resident is nobody's user."""


class StaffMessageMiddleware(ForStaff, MessageMiddleware):
    """Django's, likewise."""


class StaffOnlyMiddleware:
    """Staff addresses need a signed-in person with a second factor; public addresses never look at the session.

    Looking at it would cost each resident's page a query and vary each public page by cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_for_staff(request) and (refusal := refused(request, now=timezone.now())):
            refusal.headers["Cache-Control"] = "no-store"
            return refusal
        return self.get_response(request)


class PrivacyHeadersMiddleware:
    """`no-store` on everything that did not say it may be cached, what a page may load, and what stays private to a device."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class SmallPagesMiddleware(GZipMiddleware):
    """Compresses pages that repeat nothing of the request, and no other.

    How long a compressed page is tells whether what a request put into it stands there already (BREACH). So compressed are pages
    that are the same for everybody, which hold nothing to guess, and those that say of themselves that they repeat nothing
    (`skeletons.respond_with`). Django adds a length of chance besides. See docs/decisions/0021.
    """

    def process_response(self, request, response):
        """The response, compressed where it may be and where the browser can read that."""
        is_text = response.headers.get("Content-Type", "").startswith("text/")
        may_be = is_for_everybody(response) or getattr(response, "repeats_nothing_sent", False)
        return super().process_response(request, response) if is_text and may_be else response


class UnchangedPagesMiddleware(ConditionalGetMiddleware):
    """Answers 304 where a browser or a cache has the page that is the same for everybody, and it has not changed."""

    def process_response(self, request, response):
        """The response with its ETag, or 304; any other response as it is."""
        return super().process_response(request, response) if is_for_everybody(response) else response


def is_for_everybody(response):
    """Whether any cache may keep a response: only pages without cookie, token or anything of one person's say so."""
    return "public" in response.headers.get("Cache-Control", "") and not response.cookies


def is_for_staff(request):
    """Whether an address is one of those where people sign in, or that only they may see."""
    # The path that addresses are looked up by: nothing can be reached by one spelling and guarded by another.
    return request.path_info.startswith((STAFF, ACCOUNTS))


def refused(request, *, now):
    """Where to send somebody who may not come in yet; None for somebody who may."""
    if request.user.is_authenticated and (ended := accounts.why_ended(request, now=now)):
        logout(request)
        return to_sign_in(request, ended=ended)
    if not request.path_info.startswith(STAFF):
        return None
    if not request.user.is_authenticated:
        return to_sign_in(request)
    # Both, for codes can be given in this session and taken away since.
    may_enter = accounts.gave_second_factor(request) and accounts.has_second_factor(request.user)
    return None if may_enter else redirect("mfa_activate_totp")


def to_sign_in(request, **more):
    """To the sign-in page, and from there back to where the person was going."""
    wanted = {"next": request.get_full_path()} if request.path_info.startswith(STAFF) else {}
    return redirect(f"{reverse('account_login')}?{urlencode(wanted | more)}" if wanted | more else "account_login")
