"""Signing in through the pages, as somebody with a phone in their hand."""

from tests.consult.people import code_now


def sign_in(window, person, *, look_at_it=False):
    """With password and one-time code. A code counts once, so a person signs in once in a run."""
    window.go("/staff/")
    if look_at_it:
        window.press("Sign in")
        window.looks_right("sign-in-error")
    window.page.fill('[name="login"]', person["username"])
    window.page.fill('[name="password"]', person["password"])
    window.press("Sign in")
    if look_at_it:
        window.looks_right("code")
        window.page.fill('[name="code"]', "000000")
        window.press("Sign in")
        window.looks_right("code-error")
    window.page.fill('[name="code"]', code_now(person["totp_secret"]))
    window.press("Sign in")
    assert window.path == "/staff/"
