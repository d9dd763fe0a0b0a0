"""Writing what a consultation says of itself in another language: found by its words, by two people, published with a version."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from consult.models import AuditEvent
from surveys.changes import changes_between
from surveys.renderings import digest, told_in
from surveys.translating import with_rendering, with_told, without_rendering
from tests.builders import choice, page, questionnaire
from tests.consult import paper_questionnaires
from tests.consult.building import beside as somebody_else
from tests.consult.building import builder
from tests.consultations import open_consultation

pytestmark = pytest.mark.django_db

FORM = questionnaire(page("one", choice("a")))
POLISH = with_rendering(FORM, "pl", is_offered=True)
TITLE, SUMMARY = "A plan for the clinic", "Tell us what you think."
ASKS = ["what you need", "what worries you"]


def writing(definition=POLISH, **more):
    return builder(definition, asks=ASKS, **more).go("languages/pl/around/")


def box(words):
    return f"text-{digest(words)}"


def test_each_text_of_the_public_pages_stands_beside_a_box_in_the_language():
    lead = writing()

    assert re.findall(r'<p class="consult-as-written"[^>]*>(.*?)</p>', lead.text) == [
        TITLE,
        "The clinic",
        SUMMARY,
        "We have a plan.",
        "No decision has been made yet.",
        *ASKS,
        "The board",
    ]
    assert len(re.findall(r'name="text-[^"]*"[^>]*lang="pl" dir="ltr"', lead.text)) == 8


def test_what_is_written_is_found_by_its_words_and_the_rest_waits():
    lead = writing().send(**{box(TITLE): " Plan dla przychodni ", box("what you need"): "czego Państwo potrzebują"})

    assert lead.here.endswith("/around/")
    assert "What the consultation says of itself was saved in Polish." in lead.text
    assert "in Polish</a>: 2 of 8 texts done." in lead.text
    assert told_in(lead.definition, "pl") == {TITLE: "Plan dla przychodni", "what you need": "czego Państwo potrzebują"}
    assert "pl" in lead.definition.unchecked
    assert AuditEvent.objects.latest("seq").detail.body == {
        "what": "wrote what the consultation says of itself in Polish"
    }


def test_saving_it_as_it_is_shown_changes_nothing_and_a_blank_box_takes_a_text_away():
    written = with_told(POLISH, "pl", {TITLE: "Plan", SUMMARY: "Co Państwo myślą?"})
    lead = writing(written).send()
    assert lead.definition == written

    lead.go("languages/pl/around/").send(**{box(SUMMARY): ""})

    assert lead.definition.around == ({"en": TITLE, "pl": "Plan"},)


def test_words_of_the_consultation_that_change_lose_their_translation_and_it_is_asked_for_anew():
    lead = writing(with_told(POLISH, "pl", {TITLE: "Plan"}))
    assert "Plan</textarea>" in lead.text

    lead.consultation.title = "A new plan"
    lead.consultation.save()
    lead.go("languages/pl/around/")

    assert box("A new plan") in lead.forms[""]
    assert lead.forms[""][box("A new plan")] == ""


def test_two_who_write_different_texts_both_keep_their_words():
    first = writing()
    second = somebody_else(first).go("languages/pl/around/")

    first.send(**{box(TITLE): "Plan"})
    second.send(**{box(SUMMARY): "Co Państwo myślą?"})

    assert told_in(first.definition, "pl") == {TITLE: "Plan", SUMMARY: "Co Państwo myślą?"}


def test_second_to_write_the_same_text_sees_both_and_chooses():
    first = writing()
    second = somebody_else(first).go("languages/pl/around/")
    first.send(**{box(TITLE): "Plan"})

    second.send(**{box(TITLE): "Projekt", box(SUMMARY): "Co Państwo myślą?"})
    assert second.page.status_code == 409
    assert ">Plan<" in second.text
    assert second.forms[""][box(TITLE)] == "Projekt"
    assert second.forms[""][box(SUMMARY)] == "Co Państwo myślą?"
    assert told_in(first.definition, "pl") == {TITLE: "Plan"}

    second.send()
    assert told_in(first.definition, "pl") == {TITLE: "Projekt", SUMMARY: "Co Państwo myślą?"}


def test_text_that_is_far_too_long_is_refused_and_kept_in_its_box():
    lead = writing().send(**{box(TITLE): "a" * 4_001})

    assert lead.page.status_code == 422
    assert "Use 4,000 characters at most" in lead.text
    assert lead.forms[""][box(TITLE)] == "a" * 4_001


@pytest.mark.parametrize("rendering", ["easy_read", "ur"])
def test_there_is_no_such_page_for_easy_read_or_for_a_language_that_there_is_not(rendering):
    lead = builder(with_rendering(POLISH, "easy_read", is_offered=True))

    assert lead.go(f"languages/{rendering}/around/").page.status_code == 404


def test_what_was_written_is_what_the_public_page_says():
    definition = with_told(paper_questionnaires.POLISH, "pl", {TITLE: "Plan dla przychodni"})
    made = open_consultation(definition, title=TITLE, now=timezone.now())

    shown = Client().get(f"{made.get_absolute_url()}?language=pl").content.decode()

    assert '<h1 class="nhsuk-heading-xl">Plan dla przychodni</h1>' in shown


def test_translation_that_is_new_or_in_other_words_is_a_change_to_what_people_answer_now():
    old = with_told(POLISH, "pl", {TITLE: "Plan"})
    new = with_told(old, "pl", {TITLE: "Plany", SUMMARY: "Co Państwo myślą?"})

    found = [(each.says, each.before, each.after, each.is_wording) for each in changes_between(old, new)]

    says = "The translation of what the consultation says of itself has changed, in Polish"
    assert found == [(says, "Plan", "Plany", True), (says, "", "Co Państwo myślą?", False)]


def test_language_that_is_taken_out_takes_what_it_said_around_the_questions_with_it():
    assert told_in(without_rendering(with_told(POLISH, "pl", {TITLE: "Plan"}), "pl"), "pl") == {}
