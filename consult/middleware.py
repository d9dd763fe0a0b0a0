"""Rules that hold for every request: staff pages are closed by default, and personal pages are never kept by a cache."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils import timezone

STAFF = "/staff/"
ACCOUNTS = "/accounts/"


class StaffOnlyMiddleware:
    """Staff addresses need a signed-in person with a second factor; public addresses never look at the session.

    Looking at it would cost each resident's page a query and vary each public page by cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(STAFF) and (refusal := self.refused(request)):
            return refusal
        return self.get_response(request)

    def refused(self, request):
        """Where to send somebody who may not come in yet; None for somebody who may."""
        if not request.user.is_authenticated or not request.user.is_active:
            return redirect_to_login(request.get_full_path())
        if self.idle(request):
            request.session.flush()
            return redirect_to_login(request.get_full_path())
        if not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        return None

    def idle(self, request):
        """Whether nothing was heard of this person for too long. Notes that something was heard now, once a minute."""
        now, seen = timezone.now().timestamp(), request.session.get("seen_at")
        if seen and now - seen > settings.STAFF_IDLE_SECONDS:
            return True
        if not seen or now - seen > 60:
            request.session["seen_at"] = now
        return False


class PrivacyHeadersMiddleware:
    """`no-store` on everything that did not say it may be cached, and headers that keep addresses and devices private."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
