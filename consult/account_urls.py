"""Addresses of the account pages. The names are allauth's, which it looks up; those of sign-up, email and reset are left out."""

from django.urls import path

from consult.views import account

urlpatterns = [
    path("login/", account.sign_in, name="account_login"),
    path("logout/", account.sign_out, name="account_logout"),
    path("reauthenticate/", account.confirm_by_password, name="account_reauthenticate"),
    path("password/change/", account.change_password, name="account_change_password"),
    path("2fa/", account.account, name="mfa_index"),
    path("2fa/authenticate/", account.enter_code, name="mfa_authenticate"),
    path("2fa/reauthenticate/", account.confirm_by_code, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", account.set_up_codes, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", account.remove_codes, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", account.recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", account.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", account.download_recovery_codes, name="mfa_download_recovery_codes"),
]
