"""Questionnaires in and out from the command line: what is kept, what is only told, and what is refused."""

import json

import pytest
from django.core.management import CommandError, call_command

from consult.models import AuditEvent, Consultation
from surveys.definition_json import from_json, to_json
from surveys.interchange import read_questionnaire, write_questionnaire
from tests.builders import choice, questionnaire
from tests.consultations import open_consultation, small_questionnaire, team_named
from tests.surveys.interchange.forms import workbook

pytestmark = pytest.mark.django_db
FORM = [
    ["type", "name", "label", "relevant"],
    ["text", "why", "Why?", ""],
    ["image", "photo", "A photo", "${why} != ''"],
]  # fmt: skip


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(survey=FORM))
    return path


def export(slug, format, out, **options):
    call_command("export_questionnaire", slug, format_name=format, out=str(out), quiet=True, **options)


def keys_of(slug):
    return [question.key for question in from_json(Consultation.objects.get(slug=slug).questionnaire.draft).questions()]


def test_file_alone_is_read_and_reported_and_nothing_is_saved(form, capsys):
    call_command("import_questionnaire", form)

    said = capsys.readouterr().out
    assert "xlsform: 2 questions and 0 notes, 1 pages here. Rules kept: 0 of 1." in said
    assert "survey row 3: image “photo”: A photo (relevant ${why} != '')" in said
    assert "Nothing was saved." in said
    assert not Consultation.objects.exists()


def test_new_slug_begins_a_draft_consultation_with_everything_on_record(form, tmp_path):
    team_named()
    report = tmp_path / "report.json"

    call_command("import_questionnaire", form, consultation="new", title="A new one", report=report, quiet=True)

    consultation = Consultation.objects.get(slug="new")
    event = AuditEvent.objects.get(verb="questionnaire imported")
    assert (consultation.title, consultation.launched_at, keys_of("new")) == ("A new one", None, ["why"])
    assert event.object_id == str(consultation.pk)
    told = json.loads(report.read_text())
    assert event.detail.body == {"file": "form.xlsx"} | told
    assert [line["where"] for line in told["not_kept"]] == ["survey row 3"]


def test_dry_run_keeps_nothing(form):
    team_named()

    call_command("import_questionnaire", form, consultation="new", dry_run=True, quiet=True)

    assert not Consultation.objects.exists()


def test_draft_that_was_never_published_is_replaced(form):
    team_named()
    call_command("import_questionnaire", form, consultation="new", quiet=True)
    form.write_bytes(write_questionnaire(questionnaire(choice("other")), "json"))

    call_command("import_questionnaire", form, consultation="new", quiet=True)

    assert keys_of("new") == ["other"]
    assert Consultation.objects.get(slug="new").questionnaire.revision == 1


def test_published_questionnaire_is_never_replaced(form):
    consultation = open_consultation(slug="plan")

    with pytest.raises(CommandError, match="was published, so a file cannot take its place"):
        call_command("import_questionnaire", form, consultation="plan", quiet=True)

    consultation.questionnaire.refresh_from_db()
    assert consultation.questionnaire.draft == to_json(small_questionnaire())
    assert not AuditEvent.objects.filter(verb="questionnaire imported").exists()


def test_file_that_cannot_be_read_changes_nothing(form):
    team_named()
    form.write_bytes(b"not a form")

    with pytest.raises(CommandError, match="none that questionnaires can be read from"):
        call_command("import_questionnaire", form, consultation="new", quiet=True)

    assert not Consultation.objects.exists()


def test_team_must_be_named_where_there_are_several(form):
    team_named("Northbridge")
    team_named("Southbridge")

    with pytest.raises(CommandError, match=r"with --team\. There are: Northbridge, Southbridge\."):
        call_command("import_questionnaire", form, consultation="new", quiet=True)
    call_command("import_questionnaire", form, consultation="new", team="Southbridge", quiet=True)

    assert Consultation.objects.get(slug="new").team.name == "Southbridge"


@pytest.mark.parametrize(
    "options, words",
    [
        ({"consultation": "not a slug"}, "cannot be part of an address"),
        ({"consultation": "a" * 51}, "more than 50 characters"),
        ({"consultation": "new", "title": "T" * 201}, "more than 200 characters"),
        ({"consultation": "new", "team": "Nobody"}, "There is no team called 'Nobody'"),
    ],
)
def test_names_that_cannot_be_kept_are_refused_in_plain_words(form, options, words):
    team_named()

    with pytest.raises(CommandError, match=words):
        call_command("import_questionnaire", form, quiet=True, **options)


def test_missing_file_is_refused_in_plain_words(tmp_path):
    with pytest.raises(CommandError, match=r"Cannot read .*nothing\.json: No such file or directory\."):
        call_command("import_questionnaire", tmp_path / "nothing.json")


@pytest.mark.parametrize("format", ["json", "xlsform"])
def test_export_reads_back_as_the_same_questionnaire(format, tmp_path):
    open_consultation(slug="plan")
    out = tmp_path / "out"

    export("plan", format, out)

    assert read_questionnaire(out.read_bytes(), name="out").definition == small_questionnaire()


def test_json_goes_out_and_in_and_out_to_the_same_byte(tmp_path):
    open_consultation(slug="plan")
    first, second = tmp_path / "first.json", tmp_path / "second.json"

    export("plan", "json", first)
    call_command("import_questionnaire", first, consultation="copy", quiet=True)
    export("copy", "json", second)

    assert second.read_bytes() == first.read_bytes()


def test_codebook_holds_every_question_its_codes_and_its_rule(tmp_path):
    open_consultation(slug="plan")
    out = tmp_path / "codebook.html"

    export("plan", "codebook", out)

    page = out.read_text()
    assert "support: Do you support it?" in page
    assert "People for whom support is 1 (Yes)" in page


@pytest.mark.parametrize(
    "options, words",
    [
        ({"out": "book.txt"}, r"A codebook is written as \.csv or \.html or \.pdf or \.xlsx"),
        ({"out": "book.html", "language": "cy"}, r"not in the language 'cy'\. It is in: en\."),
    ],
)
def test_export_that_cannot_be_made_is_refused(options, words, tmp_path):
    open_consultation(slug="plan")

    with pytest.raises(CommandError, match=words):
        export("plan", "codebook", **options | {"out": tmp_path / options["out"]})

    assert list(tmp_path.iterdir()) == []
