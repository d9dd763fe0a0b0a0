"""A consultation's paper forms: what they say, where they are offered, and that none is drawn twice or given out too late."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consult.languages import speaking_on_paper
from consult.models import Role
from consult.paper import printed_forms
from consult.paper.facts import OTHER_LANGUAGES, paper_facts, post_by
from consult.paper.printed_forms import KeptForm, Order
from consult.services import extend
from consult.wording import long_date, moment
from surveys.definition import Borrowed
from surveys.definition_json import to_json
from tests.builders import choice, questionnaire
from tests.consult.building import builder
from tests.consult.paper_questionnaires import EASY, POLISH
from tests.consult.people import consultation, lead, person, signed_in
from tests.consultations import draft_consultation, open_consultation, team_named
from tests.exports.paper.reading import drawn, read

pytestmark = pytest.mark.django_db
UNDRAWABLE = questionnaire(choice("car", text="আপনার কি গাড়ি আছে?"))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PAPER_DIR = tmp_path / "paper"
    return settings.PAPER_DIR


def forms_kept(folder):
    return sorted(path.name.partition(".")[0] for path in folder.rglob("*.pdf"))


def words(written):
    return [element.words.replace("\u00a0", " ").strip() for element in read(written).walk() if element.words]


# What there is ------------------------------------------------------------------------------------------------------------


def test_every_language_has_standard_and_large_print_and_easy_read_is_in_the_first():
    assert [order.name for order in printed_forms.orders(EASY)] == [
        "standard-en",
        "standard-pl",
        "large-print-en",
        "large-print-pl",
        "easy-read-en",
    ]


def test_language_whose_words_no_form_speaks_has_no_form():
    assert [order.language for order in printed_forms.orders(replace(POLISH, languages=("en", "bn", "ar")))] == [
        "en",
        "ar",
    ] * 2


# What it says -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "closes, day",
    [
        (datetime(2027, 3, 12, 23, 59, tzinfo=UTC), date(2027, 3, 8)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 23)),
        (datetime(2027, 3, 7, 23, 59, tzinfo=UTC), date(2027, 3, 2)),
    ],
)
def test_form_is_to_be_posted_four_working_days_before_it_closes(closes, day):
    assert post_by(closes) == day


def facts(language="en", version=1, **fields):
    made = open_consultation(POLISH, report_by=date(2027, 4, 30), decision_on=date(2027, 5, 20), **fields)
    with speaking_on_paper(language):
        return paper_facts(made, version=version, language=language)


def test_facts_are_those_of_the_consultation():
    found = facts(closes_at=datetime(2099, 3, 13, 23, 59, tzinfo=UTC), kept_years=3)

    assert (found.title, found.organisation, found.phone) == ("A plan for the clinic", "Northbridge", "01632 960 001")
    assert found.closes == "11:59pm on Friday 13 March 2099"
    assert found.start_address.endswith("/consultations/plan/respond/")
    assert found.short_address.endswith("/consultations/plan/")
    assert found.return_address == ("1 Market Place",)
    assert "We keep your answers for 3 years. Then we delete them." in found.privacy
    assert found.next_steps[1] == "We will publish a report by Friday 30 April 2027."
    assert not any("receipt" in part for part in found.privacy)
    assert (found.mark, found.is_draft, found.is_freepost) == ("", False, False)


def test_facts_in_another_language_mark_what_is_english_and_lead_to_pages_in_it():
    found = facts("pl")

    assert isinstance(found.title, Borrowed)
    assert found.start_address.endswith("/respond/?language=pl")
    assert found.next_steps[0] == "Przeczytamy każdą odpowiedź."
    assert [code for code, _ in found.languages] == [code for code, _ in OTHER_LANGUAGES if code != "pl"]


def test_what_happens_next_names_who_decides_in_the_words_of_the_language():
    made = open_consultation(POLISH, decided_by="the board", decision_on=date(2027, 5, 12))
    with speaking_on_paper("pl"):
        found = paper_facts(made, version=1, language="pl", told={"the board": "zarząd"})

    assert "zarząd" in " ".join(found.next_steps)
    assert "the board" not in " ".join(found.next_steps)


def test_cover_is_in_the_words_that_the_questionnaire_has_for_the_consultation():
    made = open_consultation(POLISH)
    told = {made.title: "Plan dla przychodni"}
    with speaking_on_paper("pl"):
        found = paper_facts(made, version=1, language="pl", told=told)

    assert (found.title, isinstance(found.title, Borrowed)) == ("Plan dla przychodni", False)
    assert isinstance(found.summary, Borrowed)


def test_form_is_drawn_with_the_consultations_own_words_in_its_language(tmp_path):
    around = ({"en": "A plan for the clinic", "pl": "Plan dla przychodni"},)
    made, definition = open_consultation(POLISH), replace(POLISH, around=around)

    drawn = printed_forms.draw(made, definition, printed_forms.find_order(definition, "standard-pl"), version=1)

    assert "Plan dla przychodni" in " ".join(element.words for element in read(drawn.written).walk())


def test_cover_has_ten_other_languages_each_with_the_phone_number():
    assert len(OTHER_LANGUAGES) == 10
    assert all("{phone}" in line for _, line in OTHER_LANGUAGES)


@pytest.mark.parametrize(
    "version, fields, mark",
    [(0, {}, "Draft: do not post"), (1, {"is_illustrative": True}, "Demonstration: do not post"), (1, {}, "")],
)
def test_draft_and_demonstration_are_marked(version, fields, mark):
    assert facts(version=version, **fields).mark == mark


def test_dates_on_an_arabic_form_are_in_arabic():
    with speaking_on_paper("ar"):
        said = long_date(date(2027, 3, 12)) + moment(datetime(2027, 3, 12, 23, 59, tzinfo=UTC))

    assert not any(letter.isascii() and letter.isalpha() for letter in said)


# Kept ---------------------------------------------------------------------------------------------------------------------


def test_form_is_drawn_once_and_kept(folder, monkeypatch):
    made = open_consultation(POLISH)
    newest, (order, *_) = printed_forms.published_orders(made)
    first = printed_forms.form_to_give_out(made, newest, order)
    monkeypatch.setattr(printed_forms, "draw", None)

    again = printed_forms.form_to_give_out(made, newest, order)

    assert again == first
    assert (first.pages % 4, first.size) == (0, first.path.stat().st_size)
    assert forms_kept(folder) == ["standard-en"]


def test_form_of_other_facts_takes_the_place_of_the_one_before(folder):
    made = open_consultation(POLISH)
    newest, (order, *_) = printed_forms.published_orders(made)
    before = printed_forms.form_to_give_out(made, newest, order)
    later = made.closes_at + timedelta(days=30)
    extend(made, closes_at=later, by="a test", now=timezone.now(), reason="Snow", words="it snowed")

    assert printed_forms.kept_form(made, newest, order) is None
    after = printed_forms.form_to_give_out(made, newest, order)

    assert after.path != before.path
    assert not before.path.exists()
    with speaking_on_paper("en"):
        assert f"The consultation closes at {moment(later)}." in words(after.path.read_bytes())


def test_form_that_cannot_be_drawn_is_named_with_the_reason_and_the_others_are_kept(folder):
    made = open_consultation(UNDRAWABLE)

    (first, refused), (second, _) = printed_forms.keep_all(made)

    assert (first, second) == (Order("standard", "en"), Order("large-print", "en"))
    assert "its fonts have no sign for" in str(refused)
    assert forms_kept(folder) == []


# For everybody ------------------------------------------------------------------------------------------------------------


def test_page_draws_no_form(folder):
    Client().get(open_consultation(POLISH).get_absolute_url())

    assert forms_kept(folder) == []


def test_form_is_a_file_for_everybody_and_kept_by_caches_for_a_minute():
    made = open_consultation(POLISH)

    response = Client().get(reverse("paper-form", args=[made.slug, "large-print-pl"]))

    assert response.content.startswith(b"%PDF")
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="plan-large-print-pl.pdf"' in response.headers["Content-Disposition"]
    assert "max-age=60" in response.headers["Cache-Control"]
    assert read(response.content).language == "pl"


@pytest.mark.parametrize("name", ["standard-ur", "easy-read-en", "tiny-en", "standard"])
def test_form_that_there_is_not_is_not_found(name):
    assert Client().get(reverse("paper-form", args=[open_consultation(POLISH).slug, name])).status_code == 404


def test_form_that_would_come_too_late_is_neither_offered_nor_given_out():
    made = consultation("past", opens=-30, closes=-1)

    assert b"/paper/" not in Client().get(made.get_absolute_url()).content
    assert Client().get(reverse("paper-form", args=["past", "standard-en"])).status_code == 404


def test_form_that_cannot_be_drawn_is_not_found_and_staff_are_told_why():
    made = open_consultation(UNDRAWABLE)
    page = signed_in(lead(of=team_named())).get(reverse("staff-paper", args=[made.slug])).content.decode()

    assert Client().get(reverse("paper-form", args=[made.slug, "standard-en"])).status_code == 404
    assert "Paper form: English: not drawn." in page
    assert "bengali letter a" in page


# For staff ----------------------------------------------------------------------------------------------------------------


def test_staff_find_every_form_and_the_codebook():
    made = open_consultation(EASY)
    client = signed_in(person("clerk", Role.CLERK, of=team_named()))

    page = client.get(reverse("staff-paper", args=[made.slug])).content.decode()

    assert "These are the forms of version 1" in page
    assert "Easy read paper form: English (PDF, " in page
    assert client.get(reverse("staff-paper-form", args=[made.slug, "standard-pl"])).content.startswith(b"%PDF")
    book = client.get(reverse("staff-paper-codebook", args=[made.slug, "csv"]))
    assert "1,car,Do you have a car?,2,No,2" in book.content.decode()
    assert client.get(reverse("staff-paper-codebook", args=[made.slug, "docx"])).status_code == 404


def test_staff_are_told_that_there_is_no_form_before_publishing():
    made = draft_consultation(POLISH)
    client = signed_in(lead(of=made.team))

    assert (
        "no paper forms until the questions are published" in client.get(f"/staff/{made.slug}/paper/").content.decode()
    )


def test_point_45_preview_offers_paper_and_large_print_of_the_draft_marked_on_every_page():
    walk = builder(EASY)
    page = walk.open("preview/")
    for name, words_ in (("standard-en", "Paper form: English"), ("large-print-pl", "Large print paper form: Polish")):
        assert f"preview/paper/{name}.pdf" in page.text
        assert words_ in page.text

    response = walk.client.get(f"/staff/{walk.consultation.slug}/build/preview/paper/large-print-pl.pdf")

    assert response.headers["Content-Disposition"].startswith("inline")
    marked = [each.page for each in drawn(response.content) if each.words == "Projekt: nie wysyłać"]
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert sorted(set(marked)) == list(range(1, len(pdf.pages) + 1))


def test_draft_that_cannot_be_drawn_says_what_to_do():
    walk = builder(UNDRAWABLE)

    response = walk.client.get(f"/staff/{walk.consultation.slug}/build/preview/paper/standard-en.pdf")

    assert response.status_code == 409
    assert "Take these characters out of the words of the form" in response.content.decode()


# From the command line ----------------------------------------------------------------------------------------------------


def export(slug, format_name, out, **more):
    call_command("export_questionnaire", slug, format_name=format_name, out=str(out), quiet=True, **more)
    return out.read_bytes()


def test_command_writes_the_form_of_the_newest_version(tmp_path):
    made = open_consultation(EASY)
    made.questionnaire.draft = to_json(questionnaire(choice("new", text="A new question?")))
    made.questionnaire.save()

    written = export("plan", "paper", tmp_path / "form.pdf")

    assert "1 Do you have a car?" in words(written)
    assert read(export("plan", "paper-large", tmp_path / "large.pdf")).language == "en-GB"


def test_command_writes_a_marked_draft_before_there_is_a_version(tmp_path):
    draft_consultation(POLISH)

    written = export("plan", "paper", tmp_path / "form.pdf", language="pl")

    assert "1 Czy masz samochód?" in words(written)
    assert "Projekt: nie wysyłać" in {each.words for each in drawn(written)}


@pytest.mark.parametrize(
    "definition, options, says",
    [
        (POLISH, {"language": "ur"}, "not in the language 'ur'"),
        (POLISH, {"format_name": "paper-easy-read"}, r"There is no paper form easy-read-en\. There are: standard-en, "),
        (UNDRAWABLE, {}, "its fonts have no sign for"),
    ],
)
def test_command_refuses_what_cannot_be_drawn_and_writes_nothing(definition, options, says, tmp_path):
    open_consultation(definition)

    with pytest.raises(CommandError, match=says):
        export("plan", **{"format_name": "paper"} | options, out=tmp_path / "form.pdf")

    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf", "html"])
def test_codebook_is_written_as_the_name_of_its_file_says(ending, tmp_path):
    open_consultation(POLISH)

    assert len(export("plan", "codebook", tmp_path / f"book.{ending}")) > 500


def test_command_keeps_the_forms_of_consultations_that_take_them(folder, capsys):
    open_consultation(POLISH)
    consultation("past", opens=-30, closes=-1)

    call_command("keep_paper_forms")

    assert forms_kept(folder / "plan") == ["large-print-en", "large-print-pl", "standard-en", "standard-pl"]
    assert not (folder / "past").exists()
    assert "plan standard-en: " in capsys.readouterr().out


def test_every_kept_form_reads_back_as_what_it_is():
    made = open_consultation(EASY)

    for kept in printed_forms.keep_all(made):
        assert isinstance(kept, KeptForm)
        assert printed_forms.kept_form(made, printed_forms.published_orders(made)[0], kept.order) == kept
