"""Links that let colleagues look at a draft: they open one walk, end when they are due or when somebody ends them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consult.approval import authors_of
from consult.models import AuditEvent, PreviewLink
from consult.preview_links import end_link, make_link, token_of
from consult.retention import apply_retention
from consult.wording import moment
from tests.builders import choice, questionnaire
from tests.consult.building import builder
from tests.consultations import draft_consultation

pytestmark = pytest.mark.django_db

FORM = questionnaire(choice("a"))


def link_to(consultation, *, days=1, made=None):
    return make_link(consultation, days=days, for_whom="", by="leah", now=made or timezone.now())


def opened(link):
    return Client().get(f"/preview/{token_of(link)}/")


def test_D16_link_opens_one_walk_without_signing_in_until_it_expires():
    now = timezone.now()
    one, other = draft_consultation(FORM), draft_consultation(questionnaire(choice("b")), slug="other")
    good, over = link_to(one), link_to(one, made=now - timedelta(days=1, minutes=1))

    page, ended, elsewhere = opened(good), opened(over), opened(link_to(other))

    assert (page.status_code, ended.status_code, elsewhere.status_code) == (200, 410, 200)
    assert "What about a?" in page.content.decode()
    assert "What about b?" in elsewhere.content.decode()
    for response in (page, ended):
        assert (response.headers["X-Robots-Tag"], response.headers["Cache-Control"]) == ("noindex", "no-store")


def test_D16_forged_and_unknown_links_open_nothing():
    link = link_to(draft_consultation(FORM))
    token = token_of(link)

    assert Client().get(f"/preview/{token[:-2]}xx/").status_code == 410
    assert Client().get(f"/preview/{link.pk}/").status_code == 410
    assert Client().get(f"/preview/{token_of(PreviewLink(pk=link.pk + 1))}/").status_code == 410


def test_D16_link_that_was_ended_opens_nothing_and_others_go_on():
    consultation = draft_consultation(FORM)
    ended, kept = link_to(consultation), link_to(consultation)

    end_link(ended, by="leah", now=timezone.now())

    # What the address of an ended link was is still known to whoever has it.
    assert Client().get(f"/preview/{token_of(PreviewLink(pk=kept.pk - 1))}/").status_code == 410
    assert opened(kept).status_code == 200


def test_link_works_for_four_weeks_at_most():
    now = timezone.now()

    assert link_to(draft_consultation(FORM), days=400, made=now).expires_at == now + timedelta(days=28)


def test_link_is_made_listed_shown_and_ended_by_plain_forms():
    lead_ = builder(FORM)
    lead_.open("preview/links/").send(for_whom="patient group", days=["14"], **{"continue": "1"})
    address = lead_.text.partition('id="link" value="')[2].partition('"')[0]
    start = "/preview/" + address.partition("/preview/")[2]
    path = start.removesuffix("start/")

    assert "Start now" in Client().get(start).content.decode()
    assert "What about a?" in Client().get(path).content.decode()
    link = PreviewLink.objects.get()
    assert "patient group" in lead_.text
    assert f"Works until {moment(link.expires_at)}" in lead_.text
    assert 'id="link"' not in lead_.open("preview/links/").text

    lead_.send(f"{lead_.base}preview/links/{link.pk}/end/")
    assert "The link was ended." in lead_.text
    assert "Links that work now" not in lead_.text
    assert {Client().get(each).status_code for each in (path, start, f"{path}privacy/")} == {410}


def test_D16_link_opens_the_start_page_and_how_answers_are_used_of_its_consultation_and_no_more():
    one = draft_consultation(FORM, summary="We ask about buses")
    other = draft_consultation(questionnaire(choice("b")), slug="other", summary="We ask about trains")
    base, client = f"/preview/{token_of(link_to(one))}/", Client()

    start, privacy = client.get(f"{base}start/"), client.get(f"{base}privacy/")

    for response, says, leads in (
        (start, "We ask about buses", f"{base}privacy/"),
        (privacy, "How we use your answers", base),
    ):
        text = response.content.decode()
        assert says in text
        assert "This is a preview." in text
        assert f'href="{leads}?language=en' in text
        assert (response.status_code, response.headers["X-Robots-Tag"]) == (200, "noindex")
        assert (response.headers["Cache-Control"], response.cookies.output()) == ("no-store", "")
        assert "trains" not in text
    assert other.summary == "We ask about trains"
    # The other states are the team's, and so is every page of a staff's preview.
    assert [client.get(f"{base}{page}/").status_code for page in ("closed", "answered", "open", "walk")] == [404] * 4
    assert client.post(f"{base}start/").status_code == 405


def test_link_without_a_time_is_refused_with_what_was_typed():
    lead_ = builder(FORM)
    lead_.open("preview/links/").send(for_whom="patient group", days=None, **{"continue": "1"})

    assert lead_.page.status_code == 422
    assert "Select for how long it should work" in lead_.text
    assert 'value="patient group"' in lead_.text
    assert not PreviewLink.objects.exists()


def test_link_of_another_consultation_is_neither_shown_nor_ended():
    lead_ = builder(FORM)
    elsewhere = link_to(draft_consultation(FORM, slug="other"))

    assert 'id="link"' not in lead_.open(f"preview/links/?link={elsewhere.pk}").text
    assert lead_.client.post(f"{lead_.base}preview/links/{elsewhere.pk}/end/").status_code == 404
    assert opened(elsewhere).status_code == 200


def test_making_and_ending_a_link_is_recorded_and_makes_nobody_an_author():
    consultation = draft_consultation(FORM)
    before = authors_of(consultation)
    end_link(link_to(consultation), by="leah", now=timezone.now())

    events = AuditEvent.objects.filter(object_id=consultation.pk, actor="leah").order_by("seq")
    assert [event.verb for event in events] == ["preview link made", "preview link ended"]
    assert authors_of(consultation) == before


def test_links_that_have_expired_are_deleted_on_schedule():
    consultation, now = draft_consultation(FORM), timezone.now()
    kept = link_to(consultation, days=2, made=now - timedelta(days=1))
    link_to(consultation, made=now - timedelta(days=1))

    assert {each.name: each.number for each in apply_retention(now=now)}["preview links"] == 1
    assert PreviewLink.objects.get() == kept
