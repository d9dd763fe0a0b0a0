"""The lead's pages of languages and variants: each with its state in words, what it lacks, and what can be said of the whole."""

import json
import re
from html import unescape

import pytest

from consult.demonstration.facts import facts_of
from consult.models import AuditEvent
from consult.services import publish_questionnaire
from surveys.definition_json import from_json, to_json
from surveys.languages import LANGUAGES
from surveys.renderings import in_preparation, offered
from surveys.translating import with_rendering, with_texts
from tests.builders import choice, comment, page, questionnaire
from tests.consult.building import Builder, beside, builder
from tests.consult.people import lead, signed_in, team
from tests.consultations import open_consultation
from tests.exports.respondents import send

pytestmark = pytest.mark.django_db

BEGIN = (
    "A plan for the clinic Languages and easy read This is the questionnaire as it would be published now. "
    "It is written in English, and everything else is made from those words."
)
HOLDS_BACK = "Information: It cannot be published until everything that people can choose is whole and up to date."
HEADINGS = "Each language and variant Language or variant Can people choose it? State"
FORM = questionnaire(page("one", choice("a"), heading={"en": "You"}), page("two", comment("why")))


def words(lead):
    """The words of the main part of the page, without the form that adds a language."""
    main = re.search(r"<main.*?</main>", lead.text, re.DOTALL)[0].partition("Add a language or easy read")[0]
    visible = re.sub(r'<span class="nhsuk-table-responsive__heading".*?</span>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", visible)).split())


def listed(document):
    """The words of the list of a consultation whose draft is this document."""
    return words(builder(from_json(document)).go("languages/"))


def contracts():
    """The document of the questionnaire about the GP contracts."""
    return json.loads(json.dumps(to_json(facts_of("apms").questionnaire())))


# The list -----------------------------------------------------------------------------------------------------------------


def test_each_language_and_variant_is_shown_with_its_state_in_words():
    assert listed(contracts()) == (
        f"{BEGIN} {HEADINGS} "
        "Polish Polski Yes Whole Needs a native check Urdu اردو Yes Whole Needs a native check Easy read Yes Whole"
    )


def test_what_is_missing_and_out_of_date_is_counted():
    document = contracts()
    asked = document["pages"][0]["questions"][0]
    asked["text"]["en"] = "How are you taking part?"
    asked["options"][2]["label"].pop("ur")
    document |= {"languages": ["en", "ur"], "unchecked": ["easy_read"]}

    assert listed(document) == (
        f"{BEGIN} {HOLDS_BACK} {HEADINGS} "
        "Urdu اردو Yes 187 of 189 texts done 1 missing 1 out of date "
        "Easy read Yes 188 of 189 texts done 1 out of date Needs a check by people who use it "
        "Polish Polski Not yet 188 of 189 texts done 1 out of date"
    )


def test_questionnaire_in_one_language_says_so():
    assert listed(to_json(FORM)) == f"{BEGIN} It is in no other language, and there is no easy read."


def test_language_that_nobody_knows_is_shown_by_its_code():
    assert "zz Yes 0 of 5 texts done 5 missing" in listed(to_json(FORM) | {"languages": ["en", "zz"]})


def test_languages_to_add_are_those_we_know_by_both_names_and_easy_read():
    lead = builder(with_rendering(FORM, "pl", is_offered=True)).go("languages/")

    offers = re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)</option>', lead.text)

    assert [code for code, _ in offers] == ["easy_read", *(code for code in LANGUAGES if code not in ("en", "pl"))]
    assert dict(offers)["ar"] == "Arabic (العربية)"
    assert dict(offers)["ur"] == "Urdu (اردو)"
    assert dict(offers)["easy_read"] == "Easy read, in English"


# Adding -------------------------------------------------------------------------------------------------------------------


def add(lead, rendering):
    return lead.go("languages/").send(f"/staff/{lead.consultation.slug}/languages/add/", rendering=rendering)


def test_language_that_is_added_to_a_draft_holds_publishing_back_until_it_is_written():
    lead = add(builder(FORM), "ar")

    assert lead.page.redirect_chain[-1][0] == "/staff/plan/languages/ar/"
    assert words(lead).startswith(
        "A plan for the clinic Arabic العربية 0 of 5 texts done. 5 missing. Needs a native check. "
        "People can choose it, so the questionnaire cannot be published until it is whole and up to date."
    )
    assert (offered(lead.definition), lead.definition.unchecked) == (("ar",), ("ar",))
    assert AuditEvent.objects.latest("seq").detail.body == {"what": "added Arabic"}
    assert "“You” is not whole in Arabic. Missing: the heading" in lead.open("questions/").text


def test_language_that_is_added_to_a_published_questionnaire_is_prepared():
    lead = add(Builder(open_consultation(FORM, team=team()), signed_in(person())), "ar")

    assert (offered(lead.definition), in_preparation(lead.definition)) == ((), ("ar",))


def person():
    return lead("somebody")


@pytest.mark.parametrize(
    ("rendering", "says"),
    [
        ("", "Choose what to add"),
        ("en", "Choose one that is on the list"),
        ("klingon", "Choose one that is on the list"),
    ],
)
def test_nothing_is_added_where_nothing_that_we_know_was_chosen(rendering, says):
    lead = add(builder(FORM), rendering)

    assert lead.page.status_code == 422
    assert lead.text.count(says) == 2
    assert lead.definition == FORM


# The whole of one ---------------------------------------------------------------------------------------------------------

ARABIC = with_rendering(FORM, "ar", is_offered=True)


def test_each_page_is_listed_with_how_far_it_is():
    lead = builder(with_texts(ARABIC, "ar", {"one.heading": "أنت", "a.option.1": "نعم", "why.text": "لماذا؟"}))

    told = words(lead.go("languages/ar/"))

    assert "Page State 1. You 2 of 4 texts done, 2 missing 2. What about why? Done" in told


def test_people_can_choose_it_or_not_yet():
    lead = builder(ARABIC).go("languages/ar/").send("/staff/plan/languages/ar/offer/")
    assert (offered(lead.definition), in_preparation(lead.definition)) == ((), ("ar",))
    assert "People cannot choose it yet, so it holds nothing back." in lead.text

    lead.send("/staff/plan/languages/ar/offer/")
    assert offered(lead.definition) == ("ar",)


def test_somebody_says_that_it_has_been_checked_and_words_changed_meanwhile_are_not():
    first = builder(ARABIC)
    second = beside(first)
    first.go("languages/ar/")
    second.go("languages/ar/page/one/").send(**{"text-one.heading": "أنت"})

    first.send("/staff/plan/languages/ar/checked/")
    assert first.definition.unchecked == ("ar",)
    assert "Somebody else changed the words while you were looking" in first.text

    first.send("/staff/plan/languages/ar/checked/")
    assert first.definition.unchecked == ()


def test_language_of_an_address_that_is_not_there_is_not_found():
    lead = builder(FORM)

    assert [lead.go(f"languages/ar/{path}").page.status_code for path in ("", "page/one/", "take-out/")] == [404] * 3
    assert builder(ARABIC, slug="other", somebody=person()).go("languages/ar/page/gone/").page.status_code == 404


# Taking it out ------------------------------------------------------------------------------------------------------------


def test_language_is_taken_out_with_its_words_once_that_was_confirmed():
    lead = builder(with_texts(ARABIC, "ar", {"one.heading": "أنت"})).go("languages/ar/take-out/")
    assert "1 text that you wrote will be gone from the draft." in lead.text

    lead.send()

    assert lead.definition == FORM
    assert AuditEvent.objects.latest("seq").detail.body == {"what": "took out Arabic"}


def test_language_that_somebody_wrote_meanwhile_is_not_taken_out():
    first = builder(ARABIC).go("languages/ar/take-out/")
    beside(first).go("languages/ar/page/one/").send(**{"text-one.heading": "أنت"})

    first.send()

    assert "Somebody else changed the words while you were looking" in first.text
    assert first.definition.pages[0].heading == {"en": "You", "ar": "أنت"}


def live_in_polish():
    """A lead at an open consultation that people can answer in Polish."""
    polish = with_rendering(FORM, "pl", is_offered=True)
    places = ["one.heading", "a.text", "a.option.1", "a.option.2", "why.text"]
    whole = with_texts(polish, "pl", {place: f"pl {place}" for place in places})
    return Builder(open_consultation(whole, team=team()), signed_in(person()))


def test_language_that_people_can_choose_now_is_not_taken_out():
    lead = live_in_polish().go("languages/pl/take-out/")

    assert "People can choose Polish now. It stays until the consultation is over." in lead.text
    lead.client.post("/staff/plan/languages/pl/take-out/", {"seen": "x"})
    assert offered(lead.definition) == ("pl",)


def test_language_that_somebody_answered_in_is_not_taken_out_even_when_that_was_confirmed():
    lead = live_in_polish()
    draft = lead.consultation.questionnaire
    draft.draft |= {"languages": ["en"]}
    draft.save()
    publish_questionnaire(lead.consultation, by="a test", now=lead.consultation.opens_at)
    lead.go("languages/pl/take-out/")
    response = send(lead.consultation, {"a": 1})
    response.language = "pl"
    response.save()

    lead.send()

    assert "1 person has answered in Polish. What they were asked stays." in lead.text
    assert in_preparation(lead.definition) == ("pl",)


# In words -----------------------------------------------------------------------------------------------------------------


def test_list_of_questions_says_repeated_answers_and_languages_in_words():
    polish = with_rendering(questionnaire(choice("a"), comment("why", text="Why {a|that}?")), "pl", is_offered=True)

    text = unescape(builder(polish).open("questions/").text)

    assert "Why [the answer to question 1]?" in text
    assert "“Why [the answer to question 1]?” is not whole in Polish. Missing: the question" in text
    assert "{a|" not in text


def test_question_leads_to_its_page_in_each_language():
    lead = builder(ARABIC).open("questions/question/why/")

    assert "/staff/plan/languages/ar/page/two/" in lead.text
    assert (
        "Add a language or easy read" in builder(FORM, slug="b", somebody=person()).open("questions/question/a/").text
    )


def test_question_says_what_its_curly_brackets_stand_for():
    lead = builder(questionnaire(choice("a"), comment("why", text="Why {a|that}?"))).open("questions/question/why/")

    assert "<code>{a|that}</code> is the answer to question 1, or “that” where there is none" in lead.text
