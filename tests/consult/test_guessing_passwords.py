"""Guessing at passwords and codes: slowed by account and by address, and nobody is shut out by somebody else's guesses."""

import re

import pytest
from django.test import Client

from tests.consult.people import code_now, lead
from tests.consult.signing_in import SIGN_IN, SLOWED, STAFF, WRONG, give_password, is_in, problem

pytestmark = pytest.mark.django_db


def guess(client, times, username="lead", **more):
    """Wrong passwords; the problem shown after the last."""
    for turn in range(times):
        response = give_password(client, username, f"wrong password {turn}", **more)
    return problem(response)


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
