"""Answering in a language that a team wrote itself and the service does not speak: from choosing it to the receipt."""

import pytest
from lxml import html as lxml_html

from surveys.models import Version
from surveys.translating import with_rendering, with_texts
from tests.builders import choice, comment, page, questionnaire
from tests.consult.building import Builder
from tests.consult.people import lead, signed_in, team
from tests.consult.test_changing import send_and_approve
from tests.consultations import open_consultation
from tests.journeys.visits import Visit, responses

pytestmark = pytest.mark.django_db

FORM = questionnaire(
    page("one", choice("a", "Yes", "No", required=True), section={"en": "You"}),
    page("two", comment("why", text="Why {a|that}?")),
)
SAID = {
    "one.section": "أنت",
    "a.text": "ما رأيك؟",
    "a.option.1": "نعم",
    "a.option.2": "لا",
    "why.text": "لماذا {a|ذلك}؟",
}
ARABIC = with_texts(with_rendering(FORM, "ar", is_offered=True), "ar", SAID)


@pytest.fixture
def visit():
    open_consultation(ARABIC)
    return Visit("plan")


def versions():
    """The numbers of the versions that were published."""
    return list(Version.objects.order_by("number").values_list("number", flat=True))


def marked(visit):
    """What the page marks as Arabic."""
    return [part.text_content() for part in visit.page.body.xpath("//main//*[@lang='ar'][@dir='rtl']")]


def test_whole_visit_in_arabic(visit):
    visit.when_i_go_to("/consultations/plan/?language=ar")
    assert visit.page.body.xpath("//nav//*[@aria-current]/@lang") == ["ar"]
    visit.when_i_follow("Have your say")
    visit.when_i_follow("Start now")
    visit.when_i_continue()

    html = lxml_html.document_fromstring(visit.client.get(visit.page.path).content.decode())
    assert (html.get("lang"), html.get("dir")) == ("en-GB", "rtl")
    assert marked(visit) == ["أنت", "ما رأيك؟", "نعم", "لا"]
    visit.when_i_answer({"a": 1})
    assert marked(visit) == ["لماذا نعم؟"]
    visit.when_i_answer({"why": "لأنه قريب"})

    assert marked(visit) == ["أنت", "ما رأيك؟", "نعم", "ما رأيك؟", "لماذا نعم؟", "لأنه قريب", "لماذا نعم؟"]
    visit.when_i_send()
    visit.then_i_am_on("about-you")
    assert [(each.answers, each.language) for each in responses("plan")] == [({"a": 1, "why": "لأنه قريب"}, "ar")]


def test_language_is_added_while_people_answer_and_whoever_begins_then_can_choose_it():
    consultation = open_consultation(FORM, team=team())
    live = Builder(consultation, signed_in(lead()))
    live.go("languages/").send("/staff/plan/languages/add/", rendering="ar")
    assert "The draft is what people see now." in live.open("changes/").text
    live.go("languages/ar/").send("/staff/plan/languages/ar/offer/")
    assert "is not whole in Arabic" in live.open("changes/").text

    for key in ("one", "two"):
        texts = {f"text-{place}": said for place, said in SAID.items() if (place == "why.text") == (key == "two")}
        live.go(f"languages/ar/page/{key}/").send(**texts)
    live.open("changes/")
    assert "People can choose Arabic" in live.text
    send_and_approve(live, reason="Asked for at the mosque", public_note="You can now answer in Arabic.")

    assert versions() == [1, 2]
    visit = Visit("plan")
    visit.when_i_go_to("/consultations/plan/respond/?language=ar")
    visit.when_i_follow("Start now")
    visit.when_i_continue()
    assert marked(visit) == ["أنت", "ما رأيك؟", "نعم", "لا"]


def test_translation_is_mended_while_people_answer_but_an_answer_keeps_what_it_was_chosen_by():
    live = Builder(open_consultation(ARABIC, team=team()), signed_in(lead()))
    live.go("languages/ar/page/one/").send(**{"text-a.text": "ما رأيك في الخطة؟", "text-a.option.1": "ربما"})
    assert (
        "People who chose it in Arabic meant what it said there. Put the old words back." in live.open("changes/").text
    )

    live.go("languages/ar/page/one/").send(**{"text-a.option.1": "نعم"})
    said = {"reason": "Clearer", "public_note": "We made the Arabic clearer."}
    send_and_approve(live, sort_0=["clarification"], **said)

    assert versions() == [1, 2]
