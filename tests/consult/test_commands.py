"""The commands a person types: what they write, what they print, and how they refuse."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import timedelta

import page
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from consult.models import AuditEvent
from consult.reports import ILLUSTRATIVE, INTERIM
from surveys.models import Response
from tests.conftest import REPOSITORY
from tests.consultations import open_consultation
from tests.exports.respondents import close, demonstrated, send
from tests.pdf_words import words_of_pages

pytestmark = pytest.mark.django_db
SLUGS = ("apms", "older-you", "outpatients")
COMMANDS = (
    "report",
    "eia",
    "export_tables",
    "export_responses",
    "recode_answers",
    "verify_audit",
    "seed_demo",
    "erase_response",
)


def run(capsys, *words):
    """What a command prints."""
    call_command(*map(str, words))
    return capsys.readouterr().out


def refused(*words):
    """The line a command refuses with."""
    with pytest.raises(CommandError) as refusal:
        call_command(*map(str, words))
    assert refusal.value.returncode == 1
    return str(refusal.value)


def asked(people=60):
    """A closed consultation with so many responses."""
    consultation = open_consultation(slug="plan")
    for place in range(people):
        send(consultation, {"support": 1 + place % 2, "visits": place})
    return close(consultation)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", ["report", "eia"])
def test_pdf_of_each_demonstration_passes_pdf_ua_and_is_marked_on_every_page(slug, name, tmp_path, capsys):
    demonstrated(slug, count=70)
    out = tmp_path / "out.pdf"

    assert run(capsys, name, slug, "--format", "pdf", "--out", out) == f"Wrote {out}\n"

    written = out.read_bytes()
    found = page.validate_pdf_bytes(written, profile="ua1")
    marks = [ILLUSTRATIVE] if slug == "older-you" else [ILLUSTRATIVE, INTERIM]
    pages = words_of_pages(written)
    assert [(failure.rule_id, failure.message) for failure in found.failures] == []
    assert found.rules.total >= 104
    assert len(pages) > 10
    assert [number for number, text in enumerate(pages, 1) if not all(mark in text for mark in marks)] == []
    assert slug != "older-you" or not any(INTERIM in text for text in pages)


@pytest.mark.parametrize(
    "name, heading", [("report", "consultation report"), ("eia", "equality impact assessment summary")]
)
def test_html_is_a_page_of_its_own(name, heading, tmp_path, capsys):
    asked()
    out = tmp_path / "out.html"

    run(capsys, name, "plan", "--format", "html", "--out", out)

    html = out.read_text()
    assert f"<title>A plan for the clinic: {heading}" in html
    assert "<script" not in html
    assert html.count("<h1") == 1
    assert ILLUSTRATIVE not in html
    assert INTERIM not in html


def test_open_consultation_is_marked_as_interim_in_html_too(tmp_path, capsys):
    open_consultation(slug="plan")
    out = tmp_path / "out.html"

    run(capsys, "report", "plan", "--format", "html", "--out", out)

    assert INTERIM in out.read_text()


def test_tables_as_json_have_the_shape_other_programs_rely_on(tmp_path, capsys):
    asked()
    out = tmp_path / "tables.json"

    assert run(capsys, "export_tables", "plan", "--format", "json", "--out", out).endswith(f"tables to {out}\n")

    book = json.loads(out.read_text())
    assert {name: book[name] for name in ("consultation", "policy", "base")} == {
        "consultation": "A plan for the clinic",
        "policy": "nhs_round5",
        "base": "60",
    }
    first = book["tables"][0]
    assert first == {
        "title": "Do you support it?",
        "question": "support",
        "by": None,
        "base": "60",
        "columns": ["All responses"],
        "rows": [
            {"label": "Yes", "cells": [{"value": 30, "shown": "30"}]},
            {"label": "No", "cells": [{"value": 30, "shown": "30"}]},
            {"label": "Base: people who answered", "cells": [{"value": 60, "shown": "60"}]},
        ],
        "notes": first["notes"],
    }


def test_tables_are_the_same_in_every_format(tmp_path, capsys):
    asked()
    for name in ("csv", "xlsx", "json"):
        run(capsys, "export_tables", "plan", "--format", name, "--out", tmp_path / f"tables.{name}", "--quiet")

    tables = json.loads((tmp_path / "tables.json").read_text())["tables"]
    lines = list(csv.DictReader(io.StringIO((tmp_path / "tables.csv").read_text("utf-8-sig"))))
    workbook = load_workbook(tmp_path / "tables.xlsx")
    shown = [
        (table["title"], row["label"], column, cell["shown"])
        for table in tables
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    ]
    assert [(line["table"], line["row"], line["column"], line["shown"]) for line in lines] == shown
    assert [
        str(cell.value)
        for number, table in enumerate(tables, start=1)
        for row in workbook[f"Table {number}"].iter_rows(
            min_row=5, max_row=4 + len(table["rows"]), min_col=2, max_col=1 + len(table["columns"])
        )
        for cell in row
    ] == [text for *_, text in shown]


def test_other_policy_can_be_chosen_and_is_named(tmp_path, capsys):
    asked(61)
    out = tmp_path / "tables.json"

    run(capsys, "export_tables", "plan", "--format", "json", "--out", out, "--policy", "exact")

    book = json.loads(out.read_text())
    assert (book["policy"], book["base"]) == ("exact", "61")


def test_responses_are_exported_with_their_codebook_and_the_export_is_recorded(tmp_path, capsys):
    consultation = asked(5)
    out = tmp_path / "rows.xlsx"

    assert run(capsys, "export_responses", "plan", "--format", "xlsx", "--out", out) == f"Wrote {out}\n"

    sheets = load_workbook(out).worksheets
    assert [sheet.max_row for sheet in sheets][:1] == [6]
    assert [cell.value for cell in sheets[1][1]] == ["column", "question", "code", "label"]
    event = AuditEvent.objects.filter(team=consultation.team).latest("seq")
    assert (event.verb, event.actor) == ("responses exported", "export_responses")


def test_codes_that_are_right_pass_the_check_and_wrong_ones_are_named_and_mended(capsys):
    asked(4)
    assert run(capsys, "recode_answers", "--check") == "4 rows looked at, 0 mended\n"
    wrong = Response.objects.order_by("id")[1]
    Response.objects.filter(pk=wrong.pk).update(codes=bytes(len(bytes(wrong.codes))))

    says = refused("recode_answers", "--check")

    assert says == f"1 of 4 rows of codes do not match their answers, the first is {wrong.reference}."
    assert run(capsys, "recode_answers") == "4 rows looked at, 1 mended\n"
    assert run(capsys, "recode_answers", "--check") == "4 rows looked at, 0 mended\n"
    assert bytes(Response.objects.get(pk=wrong.pk).codes) == bytes(wrong.codes)


@pytest.mark.parametrize("command", ["report", "eia", "export_tables", "export_responses"])
def test_unknown_consultation_is_refused_in_one_plain_line_that_names_those_there_are(command, tmp_path):
    open_consultation(slug="plan")
    needed = ("--format", "csv") if command.startswith("export") else ()

    says = refused(command, "nowhere", "--out", tmp_path / "out", *needed)

    assert says == "There is no consultation called 'nowhere'. There are: plan."
    assert not (tmp_path / "out").exists()


def test_file_that_cannot_be_written_is_refused_in_one_plain_line(tmp_path):
    open_consultation(slug="plan")

    says = refused("report", "plan", "--out", tmp_path / "nowhere" / "out.pdf")

    assert says == f"Cannot write {tmp_path / 'nowhere' / 'out.pdf'}: No such file or directory."


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command(command, "--help")

    assert ended.value.code == 0
    assert "--quiet" in capsys.readouterr().out


@pytest.mark.sqlite
def test_refusal_at_a_shell_is_one_line_and_status_1(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    environment["CONSULT_DATA_DIR"] = str(tmp_path)
    manage = [sys.executable, str(REPOSITORY / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)

    ended = subprocess.run(
        [*manage, "report", "nowhere", "--out", str(tmp_path / "out.pdf")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "CommandError: There is no consultation called 'nowhere'. There are: none.\n"


def test_quiet_commands_print_nothing(tmp_path, capsys):
    asked(3)

    for words in (("report", "plan", "--out", tmp_path / "a"), ("export_responses", "plan", "--out", tmp_path / "b")):
        assert run(capsys, *words, "--quiet") == ""


def test_consultation_whose_questions_were_never_published_has_an_empty_report(tmp_path, capsys):
    consultation = open_consultation(slug="plan", now=timezone.now() - timedelta(days=1))
    consultation.questionnaire.versions.all().delete()

    run(capsys, "report", "plan", "--format", "html", "--out", tmp_path / "out.html")

    assert "not published yet" in (tmp_path / "out.html").read_text()
