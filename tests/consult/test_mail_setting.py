"""The setting that says where emails go."""

import pytest

from consult import environment

SMTP = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example",
    "EMAIL_PORT": 587,
    "EMAIL_HOST_USER": "",
    "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_SSL": False,
    "EMAIL_USE_TLS": True,
}


def files(folder):
    return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}


@pytest.mark.parametrize(
    "url, read",
    [
        ("", files("/var/mail-here")),
        ("file:///srv/mail", files("/srv/mail")),
        ("smtp://mail.example", SMTP),
        (
            "smtp://us%40er:p%2Fw@mail.example:2525?tls=none&from=haveyoursay@example.org",
            SMTP
            | {
                "EMAIL_PORT": 2525,
                "EMAIL_HOST_USER": "us@er",
                "EMAIL_HOST_PASSWORD": "p/w",
                "EMAIL_USE_TLS": False,
                "DEFAULT_FROM_EMAIL": "haveyoursay@example.org",
            },
        ),
        ("smtps://mail.example", SMTP | {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
    ],
)
def test_the_mail_setting_is_read(monkeypatch, url, read):
    monkeypatch.setenv("CONSULT_EMAIL_URL", url)

    assert environment.read_mail("CONSULT_EMAIL_URL", "/var/mail-here") == read


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://user:secret@mail.example:port",
        "smtp://user:secret@mail.example:99999",
        "smtp://user:secret@mail.example?tls=maybe",
        "smtp://user:secret@mail.example?ssl=1",
        "smtp://user:secret@mail.example?secret",
        "smtps://user:secret@mail.example?tls=none",
        "file://relative/folder",
        "file:///folder?tls=none",
    ],
)
def test_a_mail_setting_that_cannot_be_read_stops_the_start_and_is_not_repeated(monkeypatch, url):
    monkeypatch.setenv("CONSULT_EMAIL_URL", url)

    with pytest.raises(SystemExit) as refusal:
        environment.read_mail("CONSULT_EMAIL_URL", "/var/mail")

    assert str(refusal.value).startswith("Cannot start: CONSULT_EMAIL_URL ")
    assert "secret" not in str(refusal.value)
