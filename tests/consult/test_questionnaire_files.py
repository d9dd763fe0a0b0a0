"""Taking a questionnaire away as a file, from the builder."""

import pytest

from consult.demonstration.facts import questionnaire_of
from exports.formats import DOCUMENT_FORMATS
from surveys.interchange import read_questionnaire, write_questionnaire
from tests.builders import choice, comment, page, questionnaire, when
from tests.consult.building import builder
from tests.pdf_words import words_of_pages

pytestmark = pytest.mark.django_db

FORM = questionnaire(
    choice("uses", "Yes", "No", text="Do you use it?"), page("why", comment("why"), shown_if=when("uses", 2))
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def links(lead_):
    return [part.partition('"')[0] for part in lead_.text.split('href="')[1:] if "/build/files/" in part]


def test_every_file_is_offered_below_the_questions():
    lead_ = builder(FORM).open("questions/")
    assert "/staff/plan/build/files/" in lead_.text

    assert links(lead_.open("files/")) == [
        "/staff/plan/build/files/json.json",
        "/staff/plan/build/files/xlsform.xlsx",
        *(f"/staff/plan/build/files/codebook.{name}?language=en" for name in DOCUMENT_FORMATS),
    ]


@pytest.mark.parametrize(("name", "content_type"), [("json.json", "application/json"), ("xlsform.xlsx", XLSX)])
def test_file_is_whole_and_named_after_the_consultation(name, content_type):
    form = questionnaire_of("outpatients")

    response = builder(form).client.get(f"/staff/plan/build/files/{name}")

    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="plan-{name}"'
    read = read_questionnaire(response.content, name=name).definition
    assert coded(read) == coded(form)


def coded(form):
    return [(asked.key, [option.code for option in asked.options]) for asked in form.questions()]


def test_file_is_the_one_that_the_command_writes():
    response = builder(FORM).client.get("/staff/plan/build/files/json.json")

    assert response.content == write_questionnaire(FORM, "json")


def test_codebook_lists_every_question_with_its_codes_and_rules():
    client = builder(FORM).client

    page_ = client.get("/staff/plan/build/files/codebook.html").content.decode()
    pdf = "\n".join(words_of_pages(client.get("/staff/plan/build/files/codebook.pdf").content))

    for words in ("uses: Do you use it?", "People for whom uses is 2 (No)"):
        assert words in page_
        assert words in pdf


def test_codebook_is_in_the_language_asked_for():
    lead_ = builder(questionnaire_of("apms"))
    text = lead_.open("files/").text
    assert "Codebook in English" in text

    polish = lead_.client.get("/staff/plan/build/files/codebook.html?language=pl").content.decode()
    assert polish != lead_.client.get("/staff/plan/build/files/codebook.html?language=en").content.decode()


@pytest.mark.parametrize("name", ["json.xlsx", "xlsform.json", "codebook.csv", "answers.json"])
def test_any_other_file_is_not_there(name):
    assert builder(FORM).client.get(f"/staff/plan/build/files/{name}").status_code == 404
