"""A page that was reached from a page in another language is in that language, whatever it is (WCAG 3.1.1, ux.md point 3)."""

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html as lxml_html

from consult.languages import INTERFACES
from consult.models import Document, Edition
from surveys.definition import Condition, Definition, Option, Page, Question
from surveys.renderings import recorded
from tests.catalogues import LANGUAGES
from tests.consultations import open_consultation
from tests.journeys.pages import words
from tests.journeys.receipts import code_on
from tests.journeys.test_public_languages import english_of, unmarked
from tests.journeys.visits import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

every_language = pytest.mark.parametrize("language", LANGUAGES)
FILE = '<article class="report" lang="en-GB" dir="ltr"><h1>What people said</h1></article>'


def said(text):
    return {language: f"{language} {text}" for language in INTERFACES}


def translated():
    """A choice, words for those who say yes, and a number, asked in each of the service's languages."""
    support = Question("support", "one_choice", said("1?"), options=(Option(1, said("a")), Option(2, said("b"))))
    definition = Definition(
        "Plan",
        (
            Page("support", (support,)),
            Page("why", (Question("why", "long_text", said("2?")),), shown_if=Condition("is", "support", values=(1,))),
            Page("visits", (Question("visits", "number", said("3?"), settings={"bands": [[0, None]]}),)),
        ),
        languages=tuple(INTERFACES),
    )
    for language in LANGUAGES:
        definition = recorded(definition, language)
    return definition


@pytest.fixture
def consultation():
    found = open_consultation(translated(), title="Plan words", decided_by="Board words")
    Document.objects.create(consultation=found, slug="leaflet", title="Leaflet words", body="Short words.")
    return found


def reported(consultation, *, is_decided=True):
    """The same after it closed, with its report, and with the decision where it is made."""
    now = timezone.now()
    consultation.opens_at, consultation.closes_at = now - timedelta(days=9), now - timedelta(days=3)
    consultation.reported_at = now - timedelta(days=2)
    consultation.decided_at = now - timedelta(days=1) if is_decided else None
    consultation.outcome = dict.fromkeys(("asked", "said", "did", "not_done", "next"), "Words")
    consultation.save()
    for name in ("report", "eia"):
        for kind in ("page", "pdf"):
            Edition.objects.create(
                consultation=consultation, name=name, format=kind, body=FILE.encode(), published_at=now
            )


def addresses_on(path, body):
    """Every address of ours that a page leads to: its links, and its forms that are no more than an address."""
    links = body.xpath("//a[not(ancestor::nav[@class='consult-languages'])]/@href")
    forms = [action_of(form) for form in body.forms if form.method == "GET"]
    for address in (urljoin(path, found) for found in [*links, *forms]):
        parts = urlsplit(address)
        if not parts.scheme and not parts.path.startswith(("/static/", "/staff/")):
            yield parts._replace(fragment="").geturl()


def action_of(form):
    """The address that a form asks for, as it stands."""
    return f"{form.get('action') or ''}?{'&'.join(f'{name}={value}' for name, value in form.form_values())}"


def walked(client, first):
    """`{address: page}` of every page that can be come to from the first by links and by forms that are addresses."""
    found, waiting = {}, [first]
    while waiting:
        address = waiting.pop(0)
        if address in found:
            continue
        response = client.get(address, follow=True)
        found[address] = None
        if response["Content-Type"].startswith("text/html"):
            found[address] = body = lxml_html.document_fromstring(response.content.decode())
            last = response.redirect_chain[-1][0] if response.redirect_chain else address
            waiting += [other for other in addresses_on(last, body) if other not in found]
    return {address: body for address, body in found.items() if body is not None}


def then_every_page_is_in(language, pages):
    interface, english = INTERFACES[language], english_of(language)
    told = {path: (body.get("lang"), body.get("dir")) for path, body in pages.items()}
    assert {path: tag for path, tag in told.items() if tag != (interface.tag, interface.direction)} == {}
    left = {path: [text for text in english if text in unmarked(body)] for path, body in pages.items()}
    assert {path: texts for path, texts in left.items() if texts} == {}
    titles = {path: words(body.find(".//title")) for path, body in pages.items()}
    assert {path: title for path, title in titles.items() if any(text in title for text in english)} == {}
    for path, body in pages.items():
        sheet = body.xpath("//link[@rel='stylesheet']/@href")[0]
        assert sheet.endswith("nhsuk.rtl.css") == (interface.direction == "rtl"), path
        is_switched = body.xpath("//nav[@class='consult-languages']//*[@aria-current]/@lang")
        assert is_switched == [language], path


def names_in(pages):
    """The paths of pages, without what is asked of them."""
    return {urlsplit(address).path for address in pages}


PUBLIC = {
    "/", "/privacy/", "/cookies/", "/accessibility/", "/contact/", "/your-response/", "/resume/",
    "/consultations/plan/", "/consultations/plan/another-format/", "/consultations/plan/read/leaflet/",
    "/consultations/plan/respond/", "/consultations/plan/respond/how-we-use-your-answers/",
}  # fmt: skip
"""Every page that somebody who has not begun is led to, while a consultation is open."""


@every_language
def test_every_page_that_a_page_in_a_language_leads_to_is_in_that_language(consultation, client, language):
    pages = walked(client, f"/consultations/plan/?language={language}")

    assert names_in(pages) == PUBLIC
    then_every_page_is_in(language, pages)
    assert not client.cookies.keys() - {"csrftoken"}


@every_language
def test_so_it_is_once_the_report_and_the_decision_are_published(consultation, client, language):
    reported(consultation)

    pages = walked(client, f"/consultations/plan/?language={language}")

    assert names_in(pages) >= {f"/consultations/plan/{name}/" for name in ("report", "equality", "outcome")}
    then_every_page_is_in(language, pages)
    for name in ("report", "equality", "read/leaflet"):
        body = pages[f"/consultations/plan/{name}/?language={language}"]
        before = body.xpath("//main//p[@class='nhsuk-hint']/following::*[@lang='en-GB']")
        assert before, name


@every_language
def test_so_it_is_for_somebody_with_answers_that_are_not_sent(consultation, language):
    visit = Visit("plan")
    visit.when_i_go_to(f"/consultations/plan/respond/how-we-use-your-answers/?language={language}")
    visit.when_i_continue()
    visit.given_i_have_answered({"support": 1})
    visit.when_i_answer(button="save")
    visit.when_i_answer(how="code")
    addresses = ["respond-page/why", "respond-save", "respond-saved", "respond-emailed", "respond-privacy"]

    for name, _, step in (address.partition("/") for address in addresses):
        visit.when_i_open(name, **({"step": step} if step else {}))
        assert visit.page.body.get("lang") == language
        then_every_page_is_in(language, walked(visit.client, visit.page.path))
    visit.when_i_open("respond-page", step="why")
    visit.given_every_page_is_passed()
    then_every_page_is_in(language, walked(visit.client, visit.page.path))


@every_language
def test_so_it_is_for_somebody_who_sent_answers_and_opens_them_and_deletes_them(consultation, language):
    visit = given_sent_in(language)
    then_every_page_is_in(language, walked(visit.client, reverse("respond-done", args=["plan"])))

    visit.when_i_open("respond-done")
    code = code_on(visit.page)
    visit.when_i_go_to(f"/your-response/?language={language}")
    visit.when_i_answer(code=code)

    pages = walked(visit.client, f"/your-response/answers/?language={language}")
    # The way to the box for the code closes the answers: opened again, they can be deleted.
    assert names_in(pages) >= {"/your-response/answers/", "/your-response/"}
    then_every_page_is_in(language, pages)
    visit.when_i_go_to(f"/your-response/?language={language}")
    visit.when_i_answer(code=code)
    visit.when_i_go_to(f"/your-response/delete/?language={language}")
    then_every_page_is_in(language, {"delete": visit.page.body})
    visit.when_i_continue()
    assert visit.page.path == "/your-response/deleted/"
    then_every_page_is_in(language, {"deleted": visit.page.body})


def given_sent_in(language):
    """A visit whose answers were sent in a language, on the page with the receipt."""
    visit = Visit("plan")
    visit.when_i_go_to(f"/consultations/plan/respond/how-we-use-your-answers/?language={language}")
    visit.when_i_continue()
    visit.given_i_have_answered({"support": 1}, {"why": "x"}, {"visits": 3})
    visit.when_i_send()
    visit.then_i_am_on("about-you")
    return visit


@every_language
def test_too_late_to_delete_is_said_in_the_language(consultation, language):
    visit = given_sent_in(language)
    code = code_on(visit.page)
    consultation.closes_at = timezone.now() - timedelta(days=40)
    consultation.opens_at = timezone.now() - timedelta(days=60)
    consultation.save()
    visit.when_i_go_to(f"/your-response/?language={language}")
    visit.when_i_answer(code=code)

    visit.when_i_go_to(f"/your-response/delete/?language={language}")

    then_every_page_is_in(language, {"too late": visit.page.body})
    assert visit.page.status == 200


@every_language
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/your-response/", 422),
        ("/resume/", 422),
        ("/stop/", 422),
        ("/consultations/plan/another-format/", 422),
        ("/consultations/plan/news/", 422),
        ("/nowhere/", 404),
    ],
)
def test_what_is_wrong_is_said_in_the_language_too(consultation, language, path, status):
    visit = Visit("plan")
    visit.when_i_go_to(f"{path}?language={language}")
    if status == 422:
        visit.when_i_continue()

    assert visit.page.status == status
    then_every_page_is_in(language, {path: visit.page.body})


@every_language
def test_too_many_wrong_codes_are_refused_in_the_language(consultation, language):
    visit = Visit("plan")
    for _ in range(21):
        visit.when_i_go_to(f"/your-response/?language={language}")
        visit.when_i_answer(code="9T4W-B2MN-7XQ6")

    assert visit.page.status == 429
    assert (visit.page.body.get("lang"), visit.page.body.get("dir")) == (language, INTERFACES[language].direction)
    assert [text for text in english_of(language) if text in unmarked(visit.page.body)] == []


# Buttons and links of languages -------------------------------------------------------------------------------------------
TYPED = {
    "/your-response/": {"code": "9T4W-B2"},
    "/resume/": {"code": "9T4W-B2"},
    "/stop/": {"token": "17-9F"},
    "/consultations/plan/another-format/": {"format": "braille", "name": "Ida", "phone": "01632", "more": "Soon"},
    "/consultations/plan/news/": {"email": "ida at home"},
}


def when_i_ask_for(visit, language):
    """Press the button with the name of a language; or follow its link."""
    (choice,) = visit.page.body.xpath(f"//nav[@class='consult-languages']//*[@lang='{language}']")
    if choice.tag == "a":
        return visit.when_i_go_to(urljoin(visit.page.path, choice.get("href")))
    assert choice.get("form") == visit.page.form.get("id")
    fields = [*visit.page.filled_in({})[:-1], (choice.get("name"), choice.get("value"))]
    return visit.when_i_post(choice.get("formaction") or visit.page.posts_to, fields)


@pytest.mark.parametrize("path", TYPED)
def test_19_asking_for_a_language_keeps_what_was_typed_and_takes_nothing(consultation, path, mailoutbox):
    visit = Visit("plan")
    visit.when_i_go_to(path)
    fill(visit, TYPED[path])

    when_i_ask_for(visit, "ur")

    assert (visit.page.status, visit.page.problems, mailoutbox) == (200, {}, [])
    assert dict(visit.page.form.form_values()).items() >= TYPED[path].items()
    then_every_page_is_in("ur", {path: visit.page.body})
    visit.when_i_continue()
    assert visit.page.body.get("lang") == "ur"


def fill(visit, answers):
    """Type into the page, without sending it."""
    for name, value in answers.items():
        visit.page.form.fields[name] = value


def test_19_somebody_about_to_save_answers_may_change_the_language_and_goes_on_in_it(consultation):
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})
    visit.when_i_answer(button="save")
    fill(visit, {"how": "email", "email": "ida at home"})

    when_i_ask_for(visit, "pl")

    assert visit.page.form.fields["email"] == "ida at home"
    assert visit.page.form.fields["how"] == "email"
    then_every_page_is_in("pl", {"save": visit.page.body})
    visit.when_i_open("respond-page", step="why")
    assert visit.page.body.get("lang") == "pl"


def test_19_after_the_send_another_language_is_kept_from_page_to_page(consultation):
    visit = given_sent_in("en")

    when_i_ask_for(visit, "pl")
    visit.when_i_answer(answer="yes")
    then_every_page_is_in("pl", {"age": visit.page.body})
    fill(visit, {"age": "65_74"})
    when_i_ask_for(visit, "ur")

    assert visit.page.form.fields["age"] == "65_74"
    visit.when_i_continue()
    visit.then_i_am_on("about-you-page", page="disability")
    visit.when_i_answer(button="skip")
    visit.then_i_am_on("respond-done")
    then_every_page_is_in("ur", {"done": visit.page.body})
    when_i_ask_for(visit, "en")
    visit.when_i_open("respond-done")
    assert visit.page.body.get("lang") == "en-GB"


def test_enter_in_a_box_presses_the_button_that_goes_on_and_not_a_language(consultation):
    for path in TYPED:
        visit = Visit("plan")
        visit.when_i_go_to(path)

        first = visit.page.body.xpath("//button[@form='page'] | //form[@id='page']//button")[0]

        assert (first.get("name"), first.get("aria-hidden"), first.get("tabindex")) == ("continue", "true", "-1")


def test_links_of_languages_keep_what_else_was_asked_for(consultation, client):
    body = walked(client, "/?q=plan&state=open")["/?q=plan&state=open"]

    assert body.xpath("//nav[@class='consult-languages']//a/@href")[1] == "/?q=plan&state=open&language=pl"


@pytest.mark.parametrize("path", ["/%2Fevil.example/", "/%23x/", "/a%3Fb/"])
def test_links_of_languages_on_a_page_that_is_not_there_lead_nowhere_else(client, path, db):
    response = client.get(path)

    hrefs = lxml_html.document_fromstring(response.content.decode()).xpath("//nav[@class='consult-languages']//a/@href")
    assert response.status_code == 404
    assert hrefs
    assert [href for href in hrefs if not re.match(r"/(%2F)?[\w.%]+/\?language=\w\w$", href)] == []


def test_answers_begun_in_another_language_are_carried_on_in_the_one_asked_for_last(consultation):
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})

    visit.when_i_open("respond-privacy")
    assert visit.page.body.get("lang") == "en-GB"
    when_i_ask_for(visit, "pl")
    visit.when_i_continue()

    visit.then_i_am_asked("why")
    assert visit.page.body.get("lang") == "pl"
