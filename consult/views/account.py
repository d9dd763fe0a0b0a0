"""The account pages: allauth's views with our forms and templates, and nothing of its sign-up, email or password reset."""

from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.urls import reverse

from consult.account_forms import (
    CodeForm,
    ConfirmByCodeForm,
    ConfirmByPasswordForm,
    NewPasswordForm,
    SetUpCodesForm,
    SignInForm,
)

ENDED = {
    "idle": "For your security, we signed you out because nothing happened for 30 minutes. What you saved is kept.",
    "too-long": "For your security, we sign you out after 12 hours. What you saved is kept.",
}
"""What somebody is told at the sign-in page whose session came to its end (`accounts.Ended`)."""


class SignIn(LoginView):
    """Username and password."""

    form_class = SignInForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"ended": ENDED.get(self.request.GET.get("ended", ""))}


class EnterCode(AuthenticateView):
    """The one-time code after the password. Until it is given nobody is signed in."""

    form_class = CodeForm


class ConfirmByPassword(ReauthenticateView):
    """The password again, for somebody who has no one-time codes yet."""

    form_class = ConfirmByPasswordForm


class ConfirmByCode(ReauthenticateByCodeView):
    """The one-time code again."""

    form_class = ConfirmByCodeForm


class ChangePassword(PasswordChangeView):
    """A new password. Other sessions of the person end with the old one."""

    form_class = NewPasswordForm

    def get_default_success_url(self):
        return reverse("mfa_index")


class SetUpCodes(ActivateTOTPView):
    """Setting up one-time codes: everybody's first page after their first password."""

    form_class = SetUpCodesForm

    def form_valid(self, form):
        response = super().form_valid(form)
        # The code just given opens this session; those begun with the password alone are ended by `accounts.why_ended`.
        added = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        post_authentication(self.request, added)
        return response


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
enter_code = EnterCode.as_view()
confirm_by_password = ConfirmByPassword.as_view()
confirm_by_code = ConfirmByCode.as_view()
change_password = ChangePassword.as_view()
account = IndexView.as_view()
set_up_codes = SetUpCodes.as_view()
remove_codes = DeactivateTOTPView.as_view()
recovery_codes = ViewRecoveryCodesView.as_view()
new_recovery_codes = GenerateRecoveryCodesView.as_view()
download_recovery_codes = DownloadRecoveryCodesView.as_view()
