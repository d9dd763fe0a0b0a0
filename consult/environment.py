"""Reading the environment, strictly: an unknown or malformed value stops the process with one line that names it.

A service that starts with a mistyped setting and quietly uses a default is worse than one that does not start.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

CLAMD_PORT = 3310
KNOWN = {
    "CONSULT_DATA_DIR",
    "CONSULT_SECRET_KEY",
    "CONSULT_MASTER_KEY",
    "CONSULT_ENV",
    "CONSULT_ALLOWED_HOSTS",
    "CONSULT_BASE_URL",
    "CONSULT_EMAIL_URL",
    "CONSULT_SCANNER",
    "CONSULT_TASKS",
    "CONSULT_FORBID_SKIPS",
}
"""Every variable with our prefix. A name that is not here is a typing mistake."""


def refuse(message):
    """Stop the process with one plain line."""
    raise SystemExit(f"Cannot start: {message}")


def refuse_unknown_names():
    """Stop if a CONSULT_ variable is set that nothing reads."""
    for name in sorted(os.environ):
        if name.startswith("CONSULT_") and name not in KNOWN:
            refuse(f"{name} is not a setting. The settings are {', '.join(sorted(KNOWN))}.")


def read_text(name, default=None):
    """The variable's text; `default` when it is unset or empty."""
    return os.environ.get(name) or default


def read_choice(name, choices, default):
    """The variable's text, which must be one of `choices`."""
    value = read_text(name, default)
    if value not in choices:
        refuse(f"{name} is {value!r}. It must be one of: {', '.join(choices)}.")
    return value


def read_list(name, default):
    """A comma-separated variable as a list of trimmed parts."""
    value = read_text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def read_port(name, default):
    """A TCP port number."""
    value = read_text(name, str(default))
    if not value.isdigit() or not 0 < int(value) < 65536:
        refuse(f"{name} is {value!r}. It must be a port number from 1 to 65535.")
    return int(value)


def read_secret(name, *, kept_in, production):
    """A secret from the environment; outside production one made once and kept in file `kept_in` with mode 600."""
    if value := os.environ.get(name):
        if len(value) < 32:
            refuse(f"{name} is too short. Use at least 32 characters.")
        return value
    if production:
        refuse(f"{name} is not set. In production it must be, and it is never made for you.")
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        write_once(kept_in, secrets.token_urlsafe(48))
    return kept_in.read_text().strip()


def write_once(path, text):
    """Create `path` readable by its owner alone. Two processes starting together agree on whichever came first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def read_database(name, default_path):
    """A Django DATABASES entry from a URL: `sqlite:///path` or `postgres://user:password@host:port/name`."""
    url = read_text(name)
    if url is None:
        return sqlite(default_path)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return postgresql(parts, name)
    refuse(f"{name} starts with {parts.scheme!r}. It must start with postgres:// or sqlite:///.")


COMMANDS_WAIT, PEOPLE_WAIT = 20, 5
"""Seconds to wait while another process or thread writes to SQLite. An import may wait for its turn; somebody who sends a page is
told soon that it could not be saved yet, while what they wrote is still in the form (threats.md H4)."""


def wait_as_people_do(databases):
    """Let this process, which answers people, give up a lock sooner than commands do: on connections opened from now on."""
    for database in databases.values():
        if "timeout" in database["OPTIONS"]:
            database["OPTIONS"]["timeout"] = PEOPLE_WAIT


def sqlite(path):
    """SQLite made safe for several writers: a deferred transaction that reads, then writes, fails at once under load."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": COMMANDS_WAIT,
            # FULL, because a receipt promises that the answer is on the disk: NORMAL may lose the last commits in a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
        # Tests on a file, as in life: a shared database in memory has locks of its own that no waiting helps.
        "TEST": {"NAME": str(Path(path).with_name(f"test-{Path(path).name}"))},
        # Connections stay open: opening one and setting its pragmas costs more than a page's queries.
        "CONN_MAX_AGE": None,
    }


def postgresql(parts, name):
    """PostgreSQL through a small pool that gives up soon and checks connections before use."""
    database = parts.path.lstrip("/")
    if not database:
        refuse(f"{name} names no database. It must end with /name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
            # As FULL above, whatever the server is set to.
            "options": "-c synchronous_commit=on",
        },
    }


MAIL_PORTS = {"smtp": 587, "smtps": 465}


def read_scanner(name):
    """The (host, port) of a virus scanner from `clamd://host:port`, 3310 where no port is said; None when unset or empty."""
    value = read_text(name)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port or CLAMD_PORT
    except ValueError:
        host = None
    if not host or value not in (f"clamd://{parts.netloc}", f"clamd://{parts.netloc}/") or "@" in parts.netloc:
        refuse(f"{name} is {value!r}. It must be like clamd://127.0.0.1:3310.")
    return host, port


def read_mail(name, default_folder):
    """Django's mail settings from a URL; emails become files in `default_folder` when it is unset or empty.

    `smtp://user:password@host:port?tls=starttls` (or `tls=none`), `smtps://…`, `file:///folder`; `from=` names the sender.
    A refusal never repeats the value: it may hold a password.
    """
    url = read_text(name) or f"file://{default_folder}"
    try:
        parts = urlsplit(url)
        port, query = parts.port, parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        refuse(f"{name} cannot be read. It must be like smtp://user:password@host:587?tls=starttls.")
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc and not query:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        refuse(f"{name} must start with smtp://host, smtps://host or file:///folder.")
    if query.keys() - {"tls", "from"}:
        refuse(f"{name} may have tls= and from= after the question mark, and nothing else.")
    tls = query.get("tls", ["starttls"])[-1]
    if tls not in ("starttls", "none") or (parts.scheme == "smtps" and "tls" in query):
        refuse(f"{name} may say tls=starttls or tls=none, and with smtps:// neither.")
    sender = {"DEFAULT_FROM_EMAIL": query["from"][-1]} if "from" in query else {}
    return smtp(parts, port or MAIL_PORTS[parts.scheme], starttls=tls == "starttls") | sender


def smtp(parts, port, *, starttls):
    """Django's settings for a mail server."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and starttls,
    }
