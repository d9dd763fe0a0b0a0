"""Pages for everybody in the service's languages: its own words translated, the team's marked as English (WCAG 3.1.2)."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html as lxml_html

from consult.languages import INTERFACES, speaking
from consult.models import Document
from consult.views.small_print import TITLES
from surveys.definition import Definition, Option, Page, Question
from surveys.renderings import recorded
from tests.catalogues import LANGUAGES, entries
from tests.consultations import open_consultation
from tests.journeys.pages import page_of, words
from tests.journeys.receipts import code_on, given_sent_answers
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db

ENGLISH = "[@lang='en-GB']"
OURS = {"asked": "Asked words", "said": "Said words", "did": "Did words", "not_done": "Not words", "next": "Next words"}
every_language = pytest.mark.parametrize("language", LANGUAGES)


def in_every_language():
    """A questionnaire whose one question is asked in each of the service's languages."""
    said = {language: f"{language}?" for language in INTERFACES}
    question = Question("how", "one_choice", said, options=(Option(1, said), Option(2, said | {"en": "No"})))
    definition = Definition("Plan", (Page("how", (question,)),), languages=tuple(INTERFACES))
    for language in LANGUAGES:
        definition = recorded(definition, language)
    return definition


@pytest.fixture
def consultation():
    found = open_consultation(
        in_every_language(), title="Plan words", summary="Summary words", purpose="Purpose words", still_open="Open words",
        decided_by="Board words", outcome=OURS, topic="Topic words", area="Area words",
    )  # fmt: skip
    found.team.privacy_officer = "privacy@example.org"
    found.team.save()
    Document.objects.create(consultation=found, slug="leaflet", title="Leaflet words", body="Short.")
    return found


@pytest.fixture
def decided(consultation):
    now = timezone.now()
    consultation.opens_at, consultation.closes_at = now - timedelta(days=9), now - timedelta(days=3)
    consultation.reported_at = consultation.decided_at = now - timedelta(days=1)
    consultation.save()
    return consultation


def shown(client, path, language):
    response = client.get(f"{path}?language={language}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    return page_of(response).body


def unmarked(body):
    """The words of a page that say nothing of their language: those of the page's own."""
    copy = lxml_html.fromstring(lxml_html.tostring(body))
    for part in copy.xpath(f"//*{ENGLISH} | //nav[@class='consult-languages'] | //script"):
        part.drop_tree()
    return words(copy.find(".//body"))


def english_of(language):
    """Every sentence of the service's own that reads otherwise in a language, and is long enough to be no name."""
    found = {entry.id for entry in entries(language).values() if entry.words and entry.words[0] != entry.id}
    return {text for text in found if len(text.split()) > 2 and not re.search(r"[%{<]", text)}


def then_the_page_is_in(body, language):
    interface = INTERFACES[language]
    assert (body.get("lang"), body.get("dir")) == (interface.tag, interface.direction)
    said = unmarked(body)
    assert [text for text in english_of(language) if text in said] == []
    (current,) = body.xpath("//nav[@class='consult-languages']//*[@aria-current]")
    assert current.get("lang") == language
    for link in body.xpath("//footer//a | //header//a"):
        assert link.get("href").endswith(f"?language={language}")


@every_language
@pytest.mark.parametrize("page", TITLES)
def test_the_small_print_is_in_each_language(consultation, client, page, language):
    body = shown(client, f"/{page}/", language)

    then_the_page_is_in(body, language)
    english = page_of(client.get(f"/{page}/")).heading
    assert words(body.find(".//h1")) != english
    assert words(body.find(".//title")).startswith(words(body.find(".//h1")))


@every_language
def test_a_consultation_is_in_each_language_and_the_teams_words_are_marked(consultation, client, language):
    body = shown(client, "/consultations/plan/", language)

    then_the_page_is_in(body, language)
    marked = " ".join(words(part) for part in body.xpath(f"//main//*{ENGLISH}"))
    for ours in ("Plan words", "Summary words", "Purpose words", "Open words", "Leaflet words"):
        assert ours in marked
        assert ours not in unmarked(body)
    with speaking(language):
        assert body.xpath(f"//a[@href='/consultations/plan/respond/?language={language}']")


def telling(**words):
    """The same questionnaire, with words that a consultation says of itself, in Polish: `{English: Polish}`."""
    around = tuple({"en": english, "pl": polish} for english, polish in words.values())
    return replace(in_every_language(), around=around)


TOLD = {
    "title": ("Plan words", "Słowa planu"),
    "summary": ("Summary words", "Słowa streszczenia"),
    "purpose": ("Purpose words\n\nMore", "Słowa celu\n\nI więcej <b>słów</b>"),
    "still_open": ("Open words", "Słowa otwarte"),
    "decided_by": ("Board words", "Słowa zarządu"),
    "asks": ("Ask words", "Słowa pytania"),
    "short_name": ("The plan", "Krótki plan"),
    "topic": ("GP services", "Przychodnie"),
}


@pytest.fixture
def told_in_polish(settings):
    facts = {name: english for name, (english, _) in TOLD.items()}
    return open_consultation(telling(**TOLD), **facts | {"asks": [facts["asks"]], "decision_on": date(2027, 5, 20)})


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/consultations/plan/", ("title", "summary", "still_open", "decided_by")),
        ("/consultations/plan/respond/", ("title", "summary", "still_open", "decided_by", "asks")),
        ("/consultations/plan/outcome/", ("title",)),
        ("/", ("title", "summary")),
    ],
)
def test_what_a_consultation_says_of_itself_is_in_the_language_where_the_questionnaire_has_it(
    told_in_polish, client, path, names
):
    body = shown(client, path, "pl")

    text = words(body.find(".//main"))
    assert [TOLD[name] for name in names if TOLD[name][1] not in unmarked(body) or TOLD[name][0] in text] == []
    assert "Ta część nie jest jeszcze przetłumaczona" not in text
    if path != "/":
        assert "Słowa planu" in words(body.find(".//title"))
    if path == "/consultations/plan/":
        assert "I więcej <b>słów</b>" in text
        assert body.xpath("//main//b") == []


def test_words_that_were_changed_since_they_were_translated_are_shown_in_english_and_marked(told_in_polish, client):
    told_in_polish.summary = "Summary words, mended"
    told_in_polish.save()

    body = shown(client, "/consultations/plan/respond/", "pl")

    assert "Słowa streszczenia" not in words(body)
    assert "Summary words, mended" not in unmarked(body)
    assert "Ta część nie jest jeszcze przetłumaczona" in unmarked(body)
    assert "Słowa planu" in unmarked(body)
    assert "Słowa planu" not in words(shown_in_english(client, "/consultations/plan/respond/"))


def shown_in_english(client, path):
    return page_of(client.get(path)).body


def test_the_hub_in_another_language_is_one_query_however_many_it_lists(told_in_polish, client):
    open_consultation(telling(**TOLD), slug="second", title="Plan words")
    client.get("/?language=pl")

    with CaptureQueriesContext(connection) as captured:
        body = shown(client, "/", "pl")

    assert len(captured) == 1
    assert unmarked(body).count("Słowa planu") == 2


def test_the_receipt_page_and_the_answers_say_the_consultations_words_in_the_language(told_in_polish, register):
    visit = Visit("plan")
    visit.when_i_go_to("/consultations/plan/respond/how-we-use-your-answers/?language=pl")
    visit.when_i_continue()
    visit.given_i_have_answered({"how": 1})
    visit.when_i_send()
    code = code_on(visit.page)
    visit.when_i_open("respond-done")
    assert "Słowa zarządu" in visit.page.text

    visit.when_i_go_to("/your-response/?language=pl")
    visit.when_i_answer(code=code)

    assert visit.page.heading.startswith("Państwa odpowiedzi: Słowa planu. Wysłano: ")


@every_language
def test_what_happened_is_in_each_language_before_and_after_the_decision(consultation, client, language, request):
    then_the_page_is_in(shown(client, "/consultations/plan/outcome/", language), language)
    request.getfixturevalue("decided")

    body = shown(client, "/consultations/plan/outcome/", language)

    then_the_page_is_in(body, language)
    assert [words(part) for part in body.xpath(f"//main//div{ENGLISH}")] == list(OURS.values())
    assert len(body.findall(".//h2")) == 6


@every_language
def test_a_consultation_that_closed_and_the_hub_are_in_each_language(decided, client, language):
    then_the_page_is_in(shown(client, "/consultations/plan/", language), language)
    then_the_page_is_in(shown(client, "/consultations/plan/respond/", language), language)
    body = shown(client, "/", language)
    then_the_page_is_in(body, language)
    assert [option.get("lang") for option in body.xpath("//option[text()='Area words' or text()='Topic words']")] == [
        "en-GB",
        "en-GB",
    ]
    assert body.xpath("//form//input[@name='language']/@value") == [language]


def test_a_consultation_is_read_only_in_the_languages_that_its_questions_are_asked_in(client):
    open_consultation()

    body = shown(client, "/consultations/plan/", "cy")

    assert body.get("lang") == "en-GB"
    assert body.xpath("//nav[@class='consult-languages']") == []
    assert body.xpath("//footer//a[contains(@href, 'language')]") == []


@pytest.mark.parametrize("asked", ["", "xx", "cy,pl", '"><script>'])
def test_an_address_that_asks_for_no_language_we_speak_is_answered_in_english(consultation, client, asked):
    for path in ("/", "/privacy/", "/consultations/plan/", "/consultations/plan/outcome/"):
        assert page_of(client.get(path, {"language": asked})).body.get("lang") == "en-GB"


def test_the_privacy_page_says_who_is_in_charge_why_they_may_and_where_to_complain(consultation, client):
    text = page_of(client.get("/privacy/")).text

    for said in (
        "Northbridge is in charge of the information you give us here. The law calls this the controller.",
        "Phone 01632 960 001",
        "Data protection officer: privacy@example.org",
        "UK GDPR, Article 6(1)(e)",
        "UK GDPR, Article 9(2)(g), and the Data Protection Act 2018, Schedule 1, paragraph 8",
        "Information Commissioner’s Office (ICO)",
        "0303 123 1113",
        "30 days after the consultation closes",
        "6 months after the report",
        "7 days after the consultation closes",
    ):
        assert said in text


def test_a_team_without_a_consultation_that_anybody_may_know_of_is_not_named(consultation, client):
    consultation.launched_at = None
    consultation.save()

    assert "Northbridge is in charge" not in page_of(client.get("/privacy/")).text
    assert "Health and Care Partnership is in charge" in page_of(client.get("/privacy/")).text


def test_the_cookies_page_calls_each_cookie_by_the_name_that_browsers_show(client, settings, monkeypatch):
    settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME = "__Host-csrf", "__Host-session"
    monkeypatch.setattr("consult.browser.PREFIX", "__Host-")

    rows = page_of(client.get("/cookies/")).body.xpath("//tbody/tr")

    assert [[words(cell) for cell in (row[0], row[2])] for row in rows] == [
        ["__Host-csrf", "After 1 year"],
        ["__Host-draft (with the name of the consultation)", "After 1 day, or when you send them"],
        ["__Host-sent (with the name of the consultation)", "After 1 day"],
        ["__Host-route (with the name of the consultation)", "After 1 day"],
        ["__Host-answers", "After 1 hour, or when you close your answers"],
        ["__Host-session", "After 12 hours"],
    ]


def test_the_news_is_asked_for_in_the_language_of_the_page_that_offers_it(consultation, decided, client):
    decided.reported_at = decided.decided_at = None
    decided.save()
    visit = Visit("plan", client=client)
    visit.when_i_go_to("/consultations/plan/respond/?language=pl")

    visit.when_i_go_to(visit.page.link("Napisz do mnie, gdy ukaże się raport"))

    assert visit.page.body.get("lang") == "pl"
    assert client.post("/consultations/plan/news/?language=pl", {"email": "a@example.org"}).url.endswith("?language=pl")


@pytest.mark.usefixtures("register")
def test_the_receipt_page_is_read_in_the_language_that_its_address_asks_for(clock):
    visit, _ = given_sent_answers()

    assert visit.when_i_go_to("/consultations/plan/respond/done/?language=pl").body.get("lang") == "pl"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/consultations/plan/", "title"),
        ("/consultations/plan/respond/how-we-use-your-answers/", "title caption"),
        ("/consultations/plan/another-format/", "title caption"),
        ("/consultations/plan/read/leaflet/", "title caption"),
    ],
)
def test_the_short_name_of_a_consultation_is_told_in_the_language(told_in_polish, client, path, where):
    Document.objects.create(consultation=told_in_polish, slug="leaflet", title="Leaflet words", body="Short.")
    body = page_of(client.get(f"{path}?language=pl")).body

    assert "Krótki plan" in words(body.find(".//title"))
    assert "The plan" not in words(body)
    if "caption" in where:
        assert words(body.find_class("nhsuk-caption-l")[0]) == "Krótki plan"
    assert "The plan" in words(shown_in_english(client, path).find(".//title"))


def test_a_topic_can_be_chosen_and_searched_for_in_the_words_of_the_language(told_in_polish, client):
    body = page_of(client.get("/?topic=GP services&q=streszczenia&language=pl")).body

    topics = {
        option.get("value"): (words(option), option.get("lang")) for option in body.xpath("//*[@id='topic']/option")
    }
    assert topics["GP services"] == ("Przychodnie", None)
    assert "Słowa planu" in unmarked(body)


@pytest.mark.parametrize(
    ("language", "named"), [("cy", "(yn Saesneg)"), ("pl", "(po angielsku)"), ("ur", "(انگریزی میں)"), ("en", "")]
)
def test_a_link_to_a_document_says_in_which_language_it_is_where_the_page_is_in_another(
    decided, client, language, named
):
    for path in ("/consultations/plan/", "/consultations/plan/outcome/"):
        links = shown(client, path, language).xpath(
            "//main//a[contains(@href, '/read/') or contains(@href, '/report/')]"
        )

        assert links
        assert {link.get("hreflang") for link in links} == {"en-GB" if named else None}
        assert [words(link) for link in links if not words(link).endswith(named)] == []
        assert [words(link) for link in links if not named and "(" in words(link)] == []


def test_a_document_in_the_language_of_the_page_is_not_called_anything_and_another_is_called_as_it_calls_itself(
    consultation, client
):
    for slug, language in (("polska", "pl"), ("arabic", "ar")):
        Document.objects.create(
            consultation=consultation, slug=slug, title=f"In {language}", language=language, body="x"
        )

    body = shown(client, "/consultations/plan/", "pl")

    links = {link.get("href").split("/")[4]: link for link in body.xpath("//main//a[contains(@href, '/read/')]")}
    assert (words(links["polska"]), links["polska"].get("hreflang")) == ("In pl", None)
    assert (words(links["arabic"]), links["arabic"].get("hreflang")) == ("In ar (język: العربية)", "ar")
    assert [(part.get("lang"), part.get("dir")) for part in links["arabic"].findall("span")] == [("ar", "rtl")] * 2


def test_the_button_that_leads_to_the_questions_names_an_action_in_polish(consultation, client):
    body = shown(client, "/consultations/plan/", "pl")

    assert words(body.find_class("nhsuk-button")[0]) == "Przejdź do pytań"
