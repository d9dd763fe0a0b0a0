"""Writing an equality impact assessment: who writes, what is kept and recorded, and where staff are told what is missing."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from consult.editions import publish_report, published_edition
from consult.judgements.commands import as_written, stamp_of, write_chapter
from consult.judgements.models import AssessmentPart
from consult.judgements.queries import judgements_of
from consult.models import AuditDetail, AuditEvent, Role
from consult.reports import composed
from consult.stages import NotReady
from exports.document import Unwritten
from exports.judgements import CHAPTER_OF, CHAPTERS
from tests.consult.people import consultation, lead, person, signed_in
from tests.consultations import team_named
from tests.exports.composed import FEW, blocks_of, crowd

pytestmark = pytest.mark.django_db

AGE, DECISION = CHAPTER_OF["age"], CHAPTER_OF["decision"]
PAGE = "/staff/care/assessment/age/"
SENT = {"effect": "worse", "words-effect": "The bus is gone.", "words-actions": "", "words-unknown": ""}
NONE = {part.key: ("", "") for part in AGE.parts}
WRITTEN = NONE | {"age.effect": ("worse", "The bus is gone.")}


@pytest.fixture
def care():
    """A consultation that closed yesterday."""
    return consultation("care", opens=-30, closes=-1)


@pytest.fixture
def efua():
    """The equality lead, who is called so."""
    somebody = person("efua", Role.EQUALITY)
    somebody.first_name, somebody.last_name = "Efua", "Equality"
    somebody.save()
    return somebody


@pytest.fixture
def client(efua):
    return signed_in(efua)


def words(response):
    """The text of a page's main part, with spaces run together."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def seen_on(response):
    """What a page says that it showed."""
    return re.search(r'name="seen" value="([0-9a-f]*)"', response.content.decode())[1]


def send(client, page=PAGE, **fields):
    """Open a page and save it with these fields."""
    return client.post(page, {"seen": seen_on(client.get(page))} | fields, follow=True)


def write(care, by, chapter=AGE, words=WRITTEN):
    """Write a chapter, having seen it as it is."""
    seen = stamp_of(as_written(care, chapter))
    return write_chapter(care, chapter, words, seen=seen, by=by, now=timezone.now())


# Writing ----------------------------------------------------------------------------------------------------------------


def test_effect_starts_empty_and_is_kept_with_its_reason_its_author_and_a_row_of_the_record(care, client):
    page = client.get(PAGE).content.decode()
    assert (page.count('type="radio"'), " checked" in page) == (4, False)

    response = send(client, **SENT)

    assert "Saved: Age." in response.content.decode()
    kept = AssessmentPart.objects.get()
    assert (kept.part, kept.effect, kept.words, kept.by, kept.name) == (
        "age.effect", "worse", "The bus is gone.", "efua", "Efua Equality",
    )  # fmt: skip
    event = AuditEvent.objects.get(verb="assessment written")
    assert (event.actor, event.object_label) == ("efua", "The future of care")
    assert AuditDetail.objects.get(event=event).body == {
        "age.effect": {"before": ["", ""], "after": ["worse", "The bus is gone."]}
    }


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"effect": "worse", "words-effect": ""}, "Say why the effect is “worse”"),
        ({"effect": "", "words-effect": "The bus is gone."}, "Select the effect"),
        ({"effect": "not_known"}, "Say what will be done, as the effect is not known"),
        ({"effect": "dreadful"}, "Select a valid choice. dreadful is not one of the available choices."),
    ],
)
def test_half_a_judgement_is_refused_and_nothing_is_kept(care, client, fields, said):
    response = send(client, **(SENT | fields))

    assert (response.status_code, said in words(response)) == (422, True)
    assert re.search("<title>\\s*Error: Age: equality impact assessment", response.content.decode())
    assert not AssessmentPart.objects.exists()
    assert not AuditEvent.objects.filter(verb="assessment written").exists()


def test_judgement_can_be_taken_out_again_and_the_record_keeps_it(care, client, efua):
    write(care, efua)

    send(client, **(SENT | {"effect": "take_out"}))

    assert not AssessmentPart.objects.exists()
    assert AuditDetail.objects.order_by("event__seq").last().body == {
        "age.effect": {"before": ["worse", "The bus is gone."], "after": ["", ""]}
    }


def test_saving_what_is_there_already_changes_and_records_nothing(care, client, efua):
    write(care, efua)
    at = AssessmentPart.objects.get().at

    response = send(client, **SENT)

    assert "Nothing was changed." in response.content.decode()
    assert AssessmentPart.objects.get().at == at
    assert AuditEvent.objects.filter(verb="assessment written").count() == 1


def test_second_of_two_who_write_at_once_is_shown_the_first_ones_words_and_loses_none(care, client, efua):
    leah = signed_in(lead("leah"))
    seen = seen_on(leah.get(PAGE))
    send(client, **SENT)

    response = leah.post(PAGE, SENT | {"seen": seen, "words-effect": "Far to walk."})

    assert response.status_code == 422
    assert "Efua Equality changed this while you were writing. Nothing of yours is saved yet." in words(response)
    assert "The bus is gone." in words(response)
    assert "Far to walk." in response.content.decode()
    assert AssessmentPart.objects.get().words == "The bus is gone."

    leah.post(PAGE, SENT | {"seen": seen_on(response), "words-effect": "Far to walk."})
    assert AssessmentPart.objects.get().words == "Far to walk."


def test_mistake_in_the_form_does_not_hide_what_somebody_wrote_meanwhile(care, client, efua):
    leah = signed_in(lead("leah"))
    seen = seen_on(leah.get(PAGE))
    send(client, **SENT)

    mistaken = leah.post(PAGE, SENT | {"seen": seen, "words-effect": ""})
    again = leah.post(PAGE, SENT | {"seen": seen_on(mistaken), "words-effect": "Far to walk."})

    assert (again.status_code, AssessmentPart.objects.get().words) == (422, "The bus is gone.")


def test_record_that_cannot_be_kept_keeps_no_words_either(care, efua, monkeypatch):
    monkeypatch.setattr("consult.judgements.commands.audit.record", lambda *args, **more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write(care, efua)

    assert not AssessmentPart.objects.exists()


def test_assessment_of_a_withdrawn_consultation_is_not_written(care, efua):
    care.withdrawn_at = timezone.now()
    care.save()

    with pytest.raises(NotReady):
        write(care, efua)


def test_chapter_that_is_not_there_is_not_found(care, client):
    assert client.get("/staff/care/assessment/nothing/").status_code == 404


# Telling what is missing ------------------------------------------------------------------------------------------------

MISSING = "The equality impact assessment is not finished. 11 of 12 groups have no judgement yet. 46 of 47 parts are not written."


@pytest.mark.parametrize("page", ["staff-consultation", "staff-results", "staff-download"])
def test_staff_pages_tell_what_nobody_has_written_and_link_to_where_it_is_written(care, client, efua, page):
    write(care, efua)

    response = client.get(reverse(page, args=["care"]))

    assert MISSING in words(response)
    assert 'href="/staff/care/assessment/">Write what is missing</a>' in response.content.decode()


def test_approver_is_told_who_can_write_it(care, efua):
    write(care, efua)

    response = signed_in(person("amir", Role.APPROVER)).get("/staff/care/downloads/")

    assert f"{MISSING} The equality lead or the engagement lead can write what is missing." in words(response)


def test_clerk_is_told_nothing_of_it(care):
    assert "equality impact assessment" not in words(signed_in(person("keyer", Role.CLERK)).get("/staff/care/"))


def test_nothing_is_called_missing_before_it_has_closed_or_once_all_is_written(care, client, efua):
    consultation("open")
    for chapter in CHAPTERS:
        write(care, efua, chapter, {part.key: ("better" if part.is_effect else "", "Words.") for part in chapter.parts})

    assert "is not finished" not in words(client.get("/staff/open/"))
    assert "is not finished" not in words(client.get("/staff/care/"))
    assert "All 12 groups have a judgement. All 47 parts are written." in words(client.get("/staff/care/assessment/"))


def test_list_says_of_each_part_what_is_written(care, client, efua):
    write(care, efua)

    found = words(client.get("/staff/care/assessment/"))

    assert "11 of 12 groups have no judgement yet. 46 of 47 parts are not written." in found
    assert "Part Age Effect Worse How much is written 1 of 3 parts written" in found
    assert "Part Disability Effect Not written How much is written 0 of 3 parts written" in found
    assert "Part Decision and sign-off Effect None to choose How much is written 0 of 4 parts written" in found


# In what is published ---------------------------------------------------------------------------------------------------


def test_published_assessment_holds_what_was_written_by_then_and_says_what_was_not(efua):
    plan, elin = crowd(FEW), person("elin", Role.EQUALITY, of=team_named())
    write(plan, efua)
    publish_report(plan, by="a test", now=timezone.now() - timedelta(minutes=5))
    write(plan, efua, DECISION, {part.key: ("", "After it.") for part in DECISION.parts})

    page = unescape(published_edition(plan, "eia", "page").decode())

    assert "The bus is gone." in page
    assert '<dt>Written by</dt><dd dir="auto">Efua Equality on' in page
    assert "Nobody has written this part." in page
    assert "After it." not in page
    assert "does not change" in words(signed_in(elin).get("/staff/plan/assessment/"))


def test_assessment_made_today_holds_what_is_written_today(efua):
    plan = crowd(FEW)
    write(plan, efua)

    document = composed("eia", plan, now=timezone.now())

    assert len(blocks_of(document, Unwritten)) == 46
    assert judgements_of(plan)["age.effect"].by == "Efua Equality"


def test_hostile_words_are_text_in_the_published_page(efua):
    plan = crowd(FEW)
    hostile = "<script>alert(1)</script> & \u202ehome\x00"
    write(plan, efua, words=NONE | {"age.effect": ("worse", hostile)})
    publish_report(plan, by="a test", now=timezone.now())

    page = published_edition(plan, "eia", "page").decode()

    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page) == (False, True)
