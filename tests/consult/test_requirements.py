"""The pins and their lock files say the same: what is asked for is what `make setup` installs, checked by hash."""

import re

import pytest
from django.conf import settings

CI = settings.BASE_DIR / ".ci"


def pins(path):
    """`{package: version}` of a requirements or lock file, names as the package index compares them."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", path.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize(
    ("asked", "lock"),
    [
        (settings.BASE_DIR / "requirements.txt", CI / "service.lock"),
        (settings.BASE_DIR / "requirements.txt", CI / "tests.lock"),
        (CI / "requirements.txt", CI / "tests.lock"),
    ],
    ids=["service", "service among tests", "tests"],
)
def test_every_pin_is_in_its_lock_file_run_make_lock_if_not(asked, lock):
    locked = pins(lock)

    assert pins(asked) == {name: locked.get(name) for name in pins(asked)}


@pytest.mark.parametrize("lock", ["service.lock", "tests.lock"])
def test_every_locked_package_is_checked_by_hash_and_no_registry_is_named(lock):
    text = (CI / lock).read_text()
    blocks = re.split(r"\n(?=\S)", text.strip())

    assert len(blocks) > 20
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert "http" not in text
    assert "--index" not in text
