"""One-time codes: each signs in once, nobody works without them, and recovery codes are no way round them."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.consult.people import SECRET, code_now, lead, signed_in
from tests.consult.signing_in import (
    CODE,
    RECOVERY,
    SESSION,
    SET_UP,
    SLOWED,
    STAFF,
    WRONG_CODE,
    give_code,
    give_password,
    is_in,
    problem,
    walk_in,
)

pytestmark = pytest.mark.django_db


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


def test_secrets_of_codes_are_stored_sealed():
    somebody = lead()
    seed = RecoveryCodes.generate_seed

    totp, recovery = (Authenticator.objects.get(user=somebody, type=kind).data for kind in ("totp", "recovery_codes"))

    assert SECRET not in str(totp)
    assert totp["secret"].startswith("gAAAAA")
    assert recovery["seed"].startswith("gAAAAA")
    assert len(seed()) == 80
