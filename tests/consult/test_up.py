"""What `manage.py up` says before it serves, and how it refuses."""

import json
import socket

import pytest
from django.core.management import CommandError, call_command

from consult.management.commands import up


def test_a_taken_port_is_refused_in_one_line_that_names_another():
    with socket.socket() as other:
        other.bind((up.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError) as refusal:
            call_command("up", port=port)

    assert str(refusal.value) == f"Port {port} is in use by another program. Choose another, like: PORT={port + 1}"


def test_the_welcome_gives_the_address_and_each_sign_in():
    people = [{"role": "lead", "username": "demo-lead", "password": "a b", "totp_secret": "JBSW"}]

    lines = up.welcome(9000, people).splitlines()

    assert lines[0] == "Serving on http://127.0.0.1:9000/ (staff: http://127.0.0.1:9000/staff/). Ctrl-C stops it."
    assert lines[-1].split("  ")[0] == "lead"
    assert lines[-1].endswith("JBSW")
    assert up.welcome(9000, []).count("\n") == 0


def test_sign_ins_are_read_from_the_data_folder_and_may_not_be_there(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    assert up.sign_ins() == []

    (tmp_path / "demo-credentials.json").write_text(json.dumps([{"role": "clerk"}]))
    assert up.sign_ins() == [{"role": "clerk"}]


def test_the_server_answers_on_this_machine_only_with_one_worker():
    options = up.server_options(9000)

    assert options["bind"] == "127.0.0.1:9000"
    assert (options["workers"], options["threads"]) == (1, 8)
