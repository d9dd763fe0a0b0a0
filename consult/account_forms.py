"""The forms of the account pages: allauth's own, with plain words, and with boxes that never write a secret back into a page."""

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.core.exceptions import ValidationError

from consult.nhs import field_params

CODE_HINT = "The 6 digits that your app shows now, or one of your recovery codes"
SLOWED_CODE_TRIES = {"slowed_code": "10/m/ip"}


class Unshown:
    """A field whose value is never written into a page, not even after a mistake."""

    def prepare_value(self, value):
        return None


class SecretField(Unshown, PasswordField):
    """A password that the person already has."""


class NewSecretField(Unshown, SetPasswordField):
    """A password that the person is choosing."""


class CodeField(Unshown, forms.CharField):
    """A one-time code, in a box as wide as it needs. It may be pasted, with spaces too."""

    def __init__(self, **more):
        super().__init__(
            label="One-time code",
            error_messages={"required": "Enter the one-time code"},
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
            **more,
        )


class CodeBox:
    """For forms with a `code`: how the page draws it."""

    def code_box(self):
        """Parameters of the NHS text input."""
        return field_params(self["code"])[1] | {"width": 10, "spellcheck": False}


class SignInForm(CodeBox, LoginForm):
    """Username and password.

    Too many wrong tries slow down guessing for that username, whoever tries. So that nobody can shut a colleague out that way,
    the page then asks for the one-time code as well: a right code lets the password be tried at once, and without one no
    password is looked at. Until it is needed the code is neither shown nor read.
    """

    password = SecretField(
        label="Password", autocomplete="current-password", error_messages={"required": "Enter your password"}
    )
    code = CodeField(required=False, help_text="The 6 digits that your app shows now")
    is_slowed = False
    second_factor = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Username"
        self.fields["login"].error_messages["required"] = "Enter your username"

    def clean(self):
        try:
            return super().clean()
        except ValidationError as refusal:
            # Said at a box, so that the error summary has somewhere to link to.
            self.add_error("login", refusal)
            return self.cleaned_data

    def _clean_with_password(self, credentials):
        try:
            return super()._clean_with_password(credentials)
        except ValidationError as refusal:
            if refusal.code != "too_many_login_attempts":
                raise
            self.is_slowed = True
            if not self.proves_second_factor_first(credentials):
                raise
        return self.cleaned_data

    def proves_second_factor_first(self, credentials):
        """Whether the code is right and then the password too. A wrong code and a wrong password are told apart by nobody.

        Code tries are limited by address alone: a limit by username would again shut its owner out, and a guessed code
        (one in a million) gains an attacker one password try.
        """
        if not ratelimit.consume(self.request, app="consult", action="slowed_code", config=SLOWED_CODE_TRIES):
            return False
        found = Authenticator.objects.filter(
            type=Authenticator.Type.TOTP, user__username__iexact=credentials["username"], user__is_active=True
        ).first()
        if found is None or not found.wrap().validate_code(self.cleaned_data["code"]):
            return False
        self.user = authenticate(self.request, **credentials)
        if self.user is None or self.user.pk != found.user_id:
            return False
        self.second_factor = found
        self._login = Login(user=self.user, state={"stages": {AuthenticateStage.key: {"handled": True}}})
        return True

    def login(self, request, redirect_url=None):
        if self.second_factor:
            post_authentication(request, self.second_factor)
        return super().login(request, redirect_url)


class CodeForm(CodeBox, AuthenticateForm):
    """The one-time code that follows the password."""

    code = CodeField(help_text=CODE_HINT)

    def clean_code(self):
        return used_once(self.user, super().clean_code())


class ConfirmByCodeForm(CodeBox, ReauthenticateByCodeForm):
    """The one-time code of somebody signed in, before something that must not be done from a screen left open."""

    code = CodeField(help_text=CODE_HINT)

    def clean_code(self):
        return used_once(self.user, super().clean_code())


class ConfirmByPasswordForm(ReauthenticateForm):
    """The password of somebody signed in who has no one-time codes yet."""

    password = SecretField(
        label="Password", autocomplete="current-password", error_messages={"required": "Enter your password"}
    )


class SetUpCodesForm(CodeBox, ActivateTOTPForm):
    """The first one-time code, which shows that the app has the secret."""

    code = CodeField(help_text="The 6 digits that your app shows now")

    def clean_code(self):
        return used_once(self.user, super().clean_code())


class NewPasswordForm(ChangePasswordForm):
    """A new password, typed twice, after the old one."""

    oldpassword = SecretField(
        label="Current password",
        autocomplete="current-password",
        error_messages={"required": "Enter your current password"},
    )
    password1 = NewSecretField(
        label="New password",
        error_messages={"required": "Enter a new password"},
        help_text=" ".join(password_validators_help_texts()),
    )
    password2 = SecretField(
        label="New password again",
        autocomplete="new-password",
        error_messages={"required": "Enter the new password again"},
    )


def used_once(user, code):
    """The code, the first time. Raises ValidationError the second, for as long as the clock would still let it pass.

    allauth keeps a used code for 30 seconds, but with a tolerance for slow clocks a code is good for longer.
    """
    good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    typed = "".join(symbol for symbol in code if symbol.isalnum())
    if not cache.add(f"one-time-code:{user.pk}:{typed[:20]}", True, timeout=good_for):
        raise get_adapter().validation_error("incorrect_code")
    return code
