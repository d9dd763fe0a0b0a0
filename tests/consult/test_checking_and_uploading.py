"""The checks of a draft, and beginning with a questionnaire from a file."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consult.demonstration.facts import questionnaire_of
from consult.models import AuditEvent, Consultation
from surveys.definition_json import to_json
from tests.builders import choice, comment, page, questionnaire, when
from tests.consult.building import Fields, builder
from tests.consult.people import lead, signed_in
from tests.consultations import open_consultation

pytestmark = pytest.mark.django_db

FORM = questionnaire(
    choice("a", "Red", "Green", text="Do you use it?"), page("why", comment("why"), shown_if=when("a", 1))
)


def test_check_lists_every_path_with_its_number_of_questions():
    text = builder(FORM).open("check/").text

    assert "People are asked between 1 and 2 questions." in text
    assert "There are 2 paths." in " ".join(text.split())


def test_check_preview_and_start_page_say_the_same_number_of_questions():
    lead_ = builder(questionnaire_of("apms"))
    open_consultation(questionnaire_of("apms"), slug="open")

    assert "People are asked between 7 and 21 questions." in lead_.open("check/").text
    assert "There are 7 to 21 questions." in lead_.open("preview/state/open/").text
    assert "There are 7 to 21 questions." in Client().get("/consultations/open/respond/").content.decode()


def test_check_links_each_finding_to_where_it_can_be_mended():
    jargon = questionnaire(choice("a", text="Do you agree that we should commission the pathway?"))

    text = builder(jargon).open("check/").text

    assert "/staff/plan/build/questions/question/a/" in text


def test_rehearsal_walks_every_path_and_keeps_nothing():
    text = " ".join(builder(FORM).open("rehearsal/").text.split())

    assert "invented people walked 2 of 2 paths" in text
    assert "All of them could send their answers." in text


def upload(client, content, name="form.json"):
    return client.post("/staff/upload/", {"file": SimpleUploadedFile(name, content)})


def test_file_is_read_shown_and_then_kept_as_a_draft_with_a_record():
    somebody = lead()
    client = signed_in(somebody)
    read = upload(client, json.dumps(to_json(FORM)).encode())
    assert "The file holds 2 questions." in read.content.decode()
    assert not Consultation.objects.exists()

    typed = Fields(read.content.decode()).found[""] | {"title": "From a file", "short_name": "From a file"}
    kept = client.post("/staff/upload/", typed, follow=True)

    assert kept.redirect_chain[-1][0] == "/staff/from-a-file/build/"
    assert Consultation.objects.get().questionnaire.draft == to_json(FORM)
    event = AuditEvent.objects.get(verb="questionnaire imported")
    assert (event.actor, event.detail.body["file"]) == (somebody.username, "form.json")


def test_file_that_cannot_be_read_is_refused_in_words():
    refused = upload(signed_in(lead()), b"\x00\x01 nonsense", name="form.xlsx")

    assert refused.status_code == 422
    assert "The file is none that questionnaires can be read from." in refused.content.decode()


def test_questionnaire_that_was_not_read_here_is_not_kept():
    client = signed_in(lead())

    answer = client.post("/staff/upload/", {"imported": "forged", "title": "T", "short_name": "T"})

    assert answer.status_code == 302
    assert not Consultation.objects.exists()


def test_consultation_from_a_file_begins_with_the_facts_and_times_of_one_from_nothing():
    client = signed_in(lead())
    read = upload(client, json.dumps(to_json(FORM)).encode())
    client.post("/staff/upload/", Fields(read.content.decode()).found[""] | {"title": "One", "short_name": "One"})
    blank = Fields(client.get("/staff/new/").content.decode()).found[""]
    client.post("/staff/new/", blank | {"title": "One", "short_name": "One", "begin": "blank"})

    apart = {"id", "slug", "questionnaire_id"}
    one, other = Consultation.objects.values()
    assert {name: one[name] for name in one.keys() - apart} == {name: other[name] for name in other.keys() - apart}
    assert {one["slug"], other["slug"]} == {"one", "one-2"}
