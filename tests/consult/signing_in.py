"""Walking through the sign-in pages, for tests: where they are, what is typed, and what a page says is wrong."""

import re
from html import unescape

from tests.consult.people import PASSWORD, code_now

SIGN_IN, CODE, SET_UP, STAFF = (
    "/accounts/login/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/totp/activate/",
    "/staff/",
)
ACCOUNT, RECOVERY, CONFIRM = "/accounts/2fa/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/reauthenticate/"
SESSION = "sessionid"
WRONG = "The username or the password is not right. Check both and try again"
SLOWED = "There were too many wrong tries. Wait 5 minutes and try again"
WRONG_CODE = "The code is not right. Wait for the next code in your app and type that one"


def give_password(client, username="lead", password=PASSWORD, **more):
    """Send the sign-in form; `more` are fields, or headers of the request in capitals."""
    headers = {name: value for name, value in more.items() if name.isupper()}
    fields = {name: value for name, value in more.items() if not name.isupper()}
    return client.post(SIGN_IN, {"login": username, "password": password} | fields, **headers)


def give_code(client, code=None):
    return client.post(CODE, {"code": code or code_now()})


def walk_in(client, **more):
    """Sign in through the pages."""
    give_password(client, **more)
    return give_code(client)


def is_in(client):
    """Whether the staff's first page lets this client in."""
    return client.get(STAFF).status_code == 200


def problems(response):
    """The error summary, as `[(href, message)]`."""
    found = re.findall(r'<a href="(#[^"]*)">\s*(.*?)\s*</a>', response.content.decode(), re.DOTALL)
    return [(href, unescape(message)) for href, message in found if href != "#maincontent"]


def problem(response):
    """The first message of the error summary; None on a page without one."""
    return next((message for _, message in problems(response)), None)
