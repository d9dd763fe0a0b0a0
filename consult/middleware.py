"""Rules that hold for every request: staff pages are closed by default, and personal pages are never kept by a cache."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from consult import accounts

STAFF = "/staff/"
ACCOUNTS = "/accounts/"


class StaffOnlyMiddleware:
    """Staff addresses need a signed-in person with a second factor; public addresses never look at the session.

    Looking at it would cost each resident's page a query and vary each public page by cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # The path that addresses are looked up by: nothing can be reached by one spelling and guarded by another.
        if request.path_info.startswith((STAFF, ACCOUNTS)) and (refusal := refused(request, now=timezone.now())):
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
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


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
