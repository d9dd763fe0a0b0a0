"""Signing in: a password and a one-time code for everybody, and what a page says of either."""

import re

import pytest
from django.test import Client

from tests.consult.people import PASSWORD, lead, signed_in
from tests.consult.signing_in import (
    ACCOUNT,
    CODE,
    RECOVERY,
    SIGN_IN,
    STAFF,
    WRONG,
    give_code,
    give_password,
    is_in,
    problem,
    problems,
    walk_in,
)

pytestmark = pytest.mark.django_db


def shown(response):
    """The text of a page without its forgery tokens and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r'value="[^"]*"', "", text)


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
