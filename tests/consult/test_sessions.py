"""Sessions: new at each sign-in, ended in time and on the server, and asked again before sensitive pages."""

from datetime import timedelta

import pytest
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory

from consult.permissions import recently_signed_in
from tests.consult.people import PASSWORD, code_now, lead, signed_in
from tests.consult.signing_in import (
    ACCOUNT,
    CODE,
    CONFIRM,
    RECOVERY,
    SESSION,
    SET_UP,
    SIGN_IN,
    STAFF,
    give_code,
    give_password,
    is_in,
    walk_in,
)

pytestmark = pytest.mark.django_db


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
