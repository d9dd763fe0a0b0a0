"""Signing in: password and one-time code for everybody, limits on guessing, and sessions that end."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory

from consult.permissions import recently_signed_in
from tests.consult.people import PASSWORD, SECRET, code_now, lead, signed_in

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SIGN_IN, CODE, SET_UP, STAFF = (
    "/accounts/login/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/totp/activate/",
    "/staff/",
)
ACCOUNT, RECOVERY, CONFIRM = "/accounts/2fa/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/reauthenticate/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    """The time of day, which tests move on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


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


def shown(response):
    """The text of a page without its forgery tokens and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r'value="[^"]*"', "", text)


def problems(response):
    """The error summary, as `[(href, message)]`."""
    found = re.findall(r'<a href="(#[^"]*)">\s*(.*?)\s*</a>', response.content.decode(), re.DOTALL)
    return [(href, unescape(message)) for href, message in found if href != "#maincontent"]


def problem(response):
    """The first message of the error summary; None on a page without one."""
    return next((message for _, message in problems(response)), None)


def guess(client, times, username="lead", **more):
    """Wrong passwords; the problem shown after the last."""
    for turn in range(times):
        response = give_password(client, username, f"wrong password {turn}", **more)
    return problem(response)


SESSION = "sessionid"
WRONG = "The username or the password is not right. Check both and try again"
SLOWED = "There were too many wrong tries. Wait 5 minutes and try again"
WRONG_CODE = "The code is not right. Wait for the next code in your app and type that one"


def test_signing_in_takes_a_password_and_then_a_code(client, clock):
    lead()

    after_password, after_code = give_password(client), give_code(client)

    assert (after_password.status_code, after_password.url) == (302, CODE)
    assert (after_code.status_code, after_code.url) == (302, STAFF)
    assert is_in(client)


def test_somebody_half_way_is_not_signed_in(client, clock):
    lead()
    give_password(client)

    responses = [client.get(address) for address in (STAFF, ACCOUNT, RECOVERY, "/accounts/password/change/")]

    assert [response.status_code for response in responses] == [302, 302, 302, 302]
    assert all(response.url.startswith(SIGN_IN) or response.url == CODE for response in responses)


def test_the_username_is_taken_in_any_case(client, clock):
    lead("Amira.Khan")

    assert walk_in(client, username=" amira.khan ").url == STAFF


@pytest.mark.parametrize("username", ["lead", "nobody", "closed"])
def test_a_wrong_password_an_unknown_name_and_a_closed_account_get_the_same_page(client, clock, username):
    lead()
    closed = lead("closed")
    closed.is_active = False
    closed.save()

    response = give_password(client, username, "wrong password" if username == "lead" else PASSWORD)

    assert problem(response) == WRONG
    assert shown(response) == shown(give_password(client, "lead", "wrong password"))


def test_an_empty_form_says_what_is_missing(client):
    response = client.post(SIGN_IN, {})

    assert "<title>Error: Sign in – " in response.content.decode()
    assert "There is a problem" in response.content.decode()
    assert problems(response) == [("#id_login", "Enter your username"), ("#id_password", "Enter your password")]


def test_sign_in_boxes_are_named_for_password_managers_and_take_a_paste(client, clock):
    lead()
    first = client.get(SIGN_IN).content.decode()
    give_password(client)
    second = client.get(CODE).content.decode()

    assert re.findall(r'autocomplete="([^"]*)"', first) == ["username", "current-password"]
    assert re.findall(r'autocomplete="([^"]*)"', second) == ["one-time-code"]
    assert 'inputmode="numeric"' in second
    assert not re.search(r"onpaste|maxlength|\brequired\b", first + second)


def test_a_password_is_never_written_back_into_a_page(client, clock):
    lead()

    assert "a secret typed wrong" not in give_password(client, password="a secret typed wrong").content.decode()


def test_a_wrong_code_is_refused(client, clock):
    lead()
    give_password(client)

    assert problem(give_code(client, "000000")) == WRONG_CODE
    assert not is_in(client)


def test_a_code_may_be_typed_with_a_space(client, clock):
    lead()
    give_password(client)
    code = code_now()

    assert give_code(client, f"{code[:3]} {code[3:]}").url == STAFF


def test_a_code_signs_in_once(client, clock, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    lead()
    code = code_now()
    walk_in(client)
    clock.shift(40)
    second = Client()
    give_password(second)

    assert problem(give_code(second, code)) == WRONG_CODE
    assert give_code(second).url == STAFF


def test_a_recovery_code_signs_in_once(client, clock):
    lead()
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    second = Client()
    give_password(client)
    give_password(second)

    assert give_code(client, codes[0]).url == STAFF
    assert problem(give_code(second, codes[0])) == WRONG_CODE


def test_code_guesses_are_limited_even_for_whoever_knows_the_password(client, clock):
    lead()
    give_password(client)

    said = [problem(client.post(CODE, {"code": f"{turn:06}"}, REMOTE_ADDR=f"10.0.0.{turn}")) for turn in range(7)]

    assert said == [WRONG_CODE] * 5 + [SLOWED] * 2
    assert problem(give_code(client)) == SLOWED


def test_without_codes_every_staff_page_leads_to_setting_them_up(client, clock):
    """E6."""
    lead(codes=False)

    assert give_password(client).url == STAFF
    for address in (STAFF, "/staff/anything/", "/staff/no/such/page/"):
        assert client.get(address).url == SET_UP
        assert client.post(address).url == SET_UP


def test_setting_up_codes_opens_the_staff_pages_and_gives_recovery_codes(client, clock):
    lead(codes=False)
    give_password(client)

    page = client.get(SET_UP)
    secret = page.context["form"].secret
    response = client.post(SET_UP, {"code": code_now(secret)})

    assert secret in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert response.url == RECOVERY
    assert len(re.findall(r">\d{8}<", client.get(RECOVERY).content.decode())) == 10
    assert is_in(client)


def test_a_session_begun_with_the_password_alone_ends_when_codes_are_set_up_elsewhere(client, clock):
    """Whoever stole the first password must not stay in."""
    somebody = lead(codes=False)
    thief = Client()
    give_password(thief)
    TOTP.activate(somebody, SECRET)

    response = thief.get(STAFF)

    assert response.url == "/accounts/login/?next=%2Fstaff%2F&ended=no-second-factor"
    assert SESSION not in thief.cookies or not thief.cookies[SESSION].value


def test_a_password_alone_cannot_turn_codes_off(client, clock):
    somebody = lead(codes=False)
    give_password(client)
    TOTP.activate(somebody, SECRET)

    assert client.post("/accounts/2fa/totp/deactivate/").url == "/accounts/login/?ended=no-second-factor"
    assert Authenticator.objects.filter(type="totp").exists()


def test_turning_codes_off_leads_back_to_setting_them_up(client, clock):
    signed_in(lead(), client=client)

    client.post("/accounts/2fa/totp/deactivate/")

    assert client.get(STAFF).url == SET_UP


def test_recovery_codes_alone_are_no_second_factor(client, clock):
    somebody = lead(codes=False)
    RecoveryCodes.activate(somebody)
    give_password(client)

    assert client.get(STAFF).url == SET_UP


def test_the_session_id_changes_at_sign_in_and_the_old_one_opens_nothing(client, clock):
    """E1: somebody who planted a session id before gets nothing by it."""
    lead()
    give_password(client)
    before = client.cookies[SESSION].value
    give_code(client)
    planted = Client()
    planted.cookies[SESSION] = before

    assert client.cookies[SESSION].value != before
    assert not Session.objects.filter(session_key=before).exists()
    assert not is_in(planted)


def test_an_invented_session_id_is_never_taken_over(client, clock):
    """E1."""
    lead()
    client.cookies[SESSION] = "x" * 32

    walk_in(client)

    assert client.cookies[SESSION].value != "x" * 32


def test_signing_out_ends_the_session_on_the_server(client, clock):
    """E3: a copied cookie is worth nothing afterwards."""
    signed_in(lead(), client=client)
    copied = Client()
    copied.cookies[SESSION] = client.cookies[SESSION].value

    assert is_in(copied)
    assert client.post("/accounts/logout/").url == "/"
    assert not is_in(copied)
    assert Session.objects.count() == 0


def test_a_link_cannot_sign_anybody_out(client, clock):
    signed_in(lead(), client=client)

    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)


@pytest.mark.parametrize("username", ["lead", "nobody"])
def test_guesses_at_one_account_are_slowed_whether_it_exists_or_not(client, clock, username):
    """E4: five tries in five minutes, from wherever they come."""
    lead()

    for turn in range(5):
        assert guess(client, 1, username, REMOTE_ADDR=f"10.0.0.{turn}") == WRONG
    assert guess(client, 6, username, REMOTE_ADDR="10.0.1.1") == SLOWED
    clock.shift(301)
    assert guess(client, 1, username) == WRONG


def test_guesses_at_many_accounts_from_one_address_are_slowed(client, clock):
    """E4."""
    said = [guess(client, 1, f"person{turn}") for turn in range(12)]

    assert said == [WRONG] * 10 + [SLOWED] * 2


@pytest.mark.parametrize("more", [{"HTTP_HOST": "localhost:81"}, {"username": "LEAD"}, {"username": "ｌead"}])
def test_guesses_are_counted_together_however_the_request_is_spelt(client, clock, more):
    lead()
    guess(client, 5)

    assert guess(client, 1, **more) == SLOWED


def test_the_right_password_is_refused_too_while_guesses_are_slowed(client, clock):
    """Else the slowing would tell when a guess was right."""
    lead()
    guess(client, 5)

    assert problem(give_password(client)) == SLOWED
    assert not is_in(client)


def test_whose_account_is_attacked_still_gets_in_with_password_and_code(client, clock):
    """E4: an attacker cannot shut anybody out."""
    lead()
    guess(Client(), 11, REMOTE_ADDR="10.6.6.6")

    refused = give_password(client)
    response = give_password(client, code=code_now())

    assert re.findall(r'autocomplete="([^"]*)"', refused.content.decode()) == [
        "username",
        "current-password",
        "one-time-code",
    ]
    assert (response.status_code, response.url) == (302, STAFF)
    assert is_in(client)


@pytest.mark.parametrize(
    "tried",
    [
        {"code": "000000"},
        {"code": ""},
        {"password": "wrong password", "code": "right"},
        {"username": "nobody", "code": "right"},
    ],
)
def test_while_guesses_are_slowed_a_wrong_code_and_a_wrong_password_look_the_same(client, clock, tried):
    lead()
    for username in ("lead", "nobody"):
        guess(Client(), 5, username, REMOTE_ADDR="10.6.6.6")
    if tried["code"] == "right":
        tried = tried | {"code": code_now()}

    assert problem(give_password(client, **tried)) == SLOWED
    assert not is_in(client)


def test_code_guesses_are_limited_by_address_while_slowed(client, clock):
    lead()
    guess(Client(), 5, REMOTE_ADDR="10.6.6.6")
    for turn in range(10):
        give_password(client, code=f"{turn:06}")

    assert problem(give_password(client, code=code_now())) == SLOWED


def test_more_posts_than_people_make_are_turned_away_with_a_page(client, clock):
    responses = [client.post(SIGN_IN, {}) for _ in range(31)]

    assert [response.status_code for response in responses] == [200] * 30 + [429]
    assert responses[-1].headers["Retry-After"] == "300"
    assert "<h1" in responses[-1].content.decode()


def test_half_an_hour_without_anything_ends_the_session(client, clock):
    """E9."""
    signed_in(lead(), client=client)
    clock.shift(timedelta(minutes=30, seconds=1))

    response = client.get("/staff/?page=2")
    page = client.get(response.url).content.decode()

    assert response.url == "/accounts/login/?next=%2Fstaff%2F%3Fpage%3D2&ended=idle"
    assert "we signed you out because nothing happened for 30 minutes" in page
    assert Session.objects.count() == 0


def test_somebody_at_work_stays_signed_in(client, clock):
    signed_in(lead(), client=client)
    for _ in range(4):
        clock.shift(timedelta(minutes=29))
        assert is_in(client)


def test_twelve_hours_end_the_session_whatever_was_done(client, clock):
    """E9."""
    signed_in(lead(), client=client)
    for _ in range(24):
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
    clock.shift(timedelta(minutes=25))

    assert client.get(STAFF).url == "/accounts/login/?next=%2Fstaff%2F&ended=too-long"


@pytest.mark.parametrize("address", [ACCOUNT, RECOVERY, SET_UP, "/accounts/password/change/"])
def test_account_pages_end_an_idle_session_too(client, clock, address):
    signed_in(lead(), client=client)
    clock.shift(timedelta(minutes=31))

    assert client.get(address).url == "/accounts/login/?ended=idle"


def test_a_session_made_by_anything_but_signing_in_is_ended(client, clock):
    client.force_login(lead(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(STAFF).url.startswith(SIGN_IN)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "///evil.example",
        "\\\\evil.example",
        "/\r\nLocation: https://evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http://testserver/staff/",
        "//[",
    ],
)
def test_signing_in_leads_nowhere_else(client, clock, elsewhere):
    """E11."""
    lead()
    give_password(client, next=elsewhere)

    assert give_code(client).url == STAFF


def test_signing_in_leads_back_to_where_somebody_was_going(client, clock):
    lead()

    wanted = client.get("/staff/care/?page=2").url
    client.post(wanted, {"login": "lead", "password": PASSWORD, "next": "/staff/care/?page=2"})

    assert wanted == "/accounts/login/?next=%2Fstaff%2Fcare%2F%3Fpage%3D2"
    assert give_code(client).url == "/staff/care/?page=2"


def test_no_personal_page_is_kept_by_a_cache(clock):
    """E14."""
    inside, outside = signed_in(lead()), Client()
    addresses = [SIGN_IN, CODE, SET_UP, ACCOUNT, RECOVERY, "/accounts/logout/", "/accounts/password/change/", STAFF]

    responses = [each.get(address) for each in (inside, outside) for address in addresses]

    assert [response for response in responses if "no-store" not in response.headers["Cache-Control"]] == []


@pytest.mark.django_db(transaction=True)
def test_no_cookie_is_set_but_the_session_and_the_forgery_token(client, clock):
    """E2, and acceptance point 9."""
    lead(codes=False)
    give_password(client)
    page = client.get(SET_UP)
    client.post(SET_UP, {"code": code_now(page.context["form"].secret)})
    assert "One-time codes are set up." in client.get(RECOVERY).content.decode()
    client.post("/accounts/logout/")

    assert set(client.cookies) <= {"sessionid", "csrftoken"}


def test_sensitive_pages_ask_again_after_ten_minutes_and_take_a_code(client, clock):
    """E8: for somebody with codes the password is not asked, and does not do."""
    signed_in(lead(), client=client)
    assert client.get(RECOVERY).status_code == 200
    clock.shift(timedelta(minutes=10))

    asked = client.get(RECOVERY)
    by_password = client.get("/accounts/reauthenticate/")
    confirmed = client.post(asked.url, {"code": code_now(), "next": RECOVERY})

    assert asked.url == f"{CONFIRM}?next=%2Faccounts%2F2fa%2Frecovery-codes%2F"
    assert by_password.url == CONFIRM
    assert confirmed.url == RECOVERY
    assert client.get(RECOVERY).status_code == 200


def test_what_was_posted_is_done_after_confirming(client, clock):
    signed_in(lead(), client=client)
    clock.shift(timedelta(minutes=10))
    before = Authenticator.objects.get(type="recovery_codes").pk

    asked = client.post("/accounts/2fa/recovery-codes/generate/")
    client.post(asked.url, {"code": code_now(), "next": "/accounts/2fa/recovery-codes/generate/"})

    assert Authenticator.objects.get(type="recovery_codes").pk != before


def test_a_view_that_must_not_be_reached_from_a_screen_left_open(clock):
    somebody = lead()
    view = recently_signed_in(lambda request: HttpResponse("done"))
    request = RequestFactory().get("/")
    request.user, request.session = somebody, signed_in(somebody).session

    assert view(request).content == b"done"
    clock.shift(timedelta(minutes=10))
    with pytest.raises(ReauthenticationRequired):
        view(request)


def test_secrets_of_codes_are_stored_sealed():
    somebody = lead()
    seed = RecoveryCodes.generate_seed

    totp, recovery = (Authenticator.objects.get(user=somebody, type=kind).data for kind in ("totp", "recovery_codes"))

    assert SECRET not in str(totp)
    assert totp["secret"].startswith("gAAAAA")
    assert recovery["seed"].startswith("gAAAAA")
    assert len(seed()) == 80


def test_changing_the_password_ends_other_sessions(client, clock):
    somebody = lead()
    signed_in(somebody, client=client)
    other = signed_in(somebody)

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "four other random words", "password2": "four other random words"},
    )

    assert response.url == ACCOUNT
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_new_password_must_be_long_and_typed_the_same_twice(client, clock):
    signed_in(lead(), client=client)
    fields = {"oldpassword": "wrong", "password1": "short", "password2": "other"}

    assert problems(client.post("/accounts/password/change/", fields)) == [
        ("#id_oldpassword", "The current password is not right. Try again"),
        ("#id_password1", "This password is too short. It must contain at least 12 characters."),
    ]
    assert problems(client.post("/accounts/password/change/", fields | {"password1": "four other random words"})) == [
        ("#id_oldpassword", "The current password is not right. Try again"),
        ("#id_password2", "You must type the same password each time."),
    ]


def test_a_form_without_its_token_gets_a_page_that_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "lead", "password": PASSWORD})

    assert response.status_code == 403
    assert "Go back to the page you were on, load it again, and try once more." in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "login/code/", "inactive/", "social/"],
)
def test_nobody_signs_up_or_resets_a_password_by_mail(client, address):
    assert client.get(f"/accounts/{address}").status_code == 404
