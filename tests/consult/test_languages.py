"""The service in its four languages: dates and numbers in words, the frame of a page, and marks on what is not translated."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils.dates import MONTHS_ALT
from django.utils.translation import get_language, gettext
from lxml import html as lxml_html

from consult import wording
from consult.languages import offered, page_language, speaking, switcher
from consult.skeletons import PageFacts, draw, frame
from consult.templatetags.languages import marked_problems
from equality import question_bank
from equality.categories import QUESTION_SETS
from equality.forms import EqualityForm, pages
from surveys.definition import Definition, Option, Page, Question
from surveys.drawing import page_body
from surveys.forms import PageForm, fields_of
from surveys.kinds.date import MONTHS_AFTER_A_DAY
from surveys.validation import check
from tests.builders import comment, number, question, ranking

LONDON = ZoneInfo("Europe/London")
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=LONDON)
BUS = Option(1, {"en": "By bus", "pl": "Autobusem"})
FOOT = Option(2, {"en": "On foot"})
HOW = Question("how", "one_choice", {"en": "How do you travel?", "pl": "Jak podróżujesz?"}, options=(BUS, FOOT))


def definition(*languages):
    return Definition("Plan", (Page("how", (HOW,)),), languages=languages)


def facts(language, languages=("en", "pl", "ur")):
    return PageFacts(
        slug="plan",
        short_name="The clinic",
        organisation="Northbridge",
        phone="01632 960 001",
        title="How do you travel?",
        heading="",
        caption="",
        back_url="/back/",
        button="Continue",
        notice="",
        language=language,
        is_illustrative=False,
        languages=languages,
    )


def page(language, *questions, form=None):
    """A question page as it is served in a language, parsed."""
    with speaking(language):
        body = page_body(questions, form.shown() if form else {}, language=language, is_alone=False, kept_for=None)
        text = frame(facts(language), has_errors=form is not None).filled(token="t", body=body, summary="")
    return lxml_html.document_fromstring(text)


def text_of(document, path):
    return [" ".join(found.text_content().split()) for found in document.xpath(path)]


# Words ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "11:59pm on Friday 12 March 2027"),
        ("cy", "11:59yh, dydd Gwener 12 Mawrth 2027"),
        ("pl", "piątek 12 marca 2027, godz. 23:59"),
        ("ur", "جمعہ 12 مارچ 2027، رات 11:59 بجے"),
        ("so", "11:59pm on Friday 12 March 2027"),
    ],
)
def test_a_moment_is_said_as_the_language_says_it(language, words):
    with speaking(language):
        assert wording.moment(CLOSES) == words


@pytest.mark.parametrize(
    ("hour", "english", "urdu"),
    [(0, "12am", "رات 12 بجے"), (9, "9am", "صبح 9 بجے"), (13, "1pm", "دن 1 بجے"), (21, "9pm", "رات 9 بجے")],
)
def test_a_time_names_the_part_of_the_day_where_the_language_does(hour, english, urdu):
    at = CLOSES.replace(hour=hour, minute=0)
    said = []
    for language in ("en", "ur", "pl"):
        with speaking(language):
            said.append(wording.clock(at))

    assert said == [english, urdu, f"{hour}:00"]


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("en", ["1 question", "3 questions", "14 questions", "10 to 14 questions"]),
        ("cy", ["1 cwestiwn", "3 cwestiwn", "14 cwestiwn", "10 i 14 cwestiwn"]),
        ("pl", ["1 pytanie", "3 pytania", "14 pytań", "od 10 do 14 pytań"]),
        ("ur", ["1 سوال", "3 سوال", "14 سوال", "10 سے 14 سوال"]),
    ],
)
def test_questions_are_counted_in_the_forms_of_the_language(language, counts):
    with speaking(language):
        assert [wording.question_count(*pair) for pair in ((1, 1), (3, 3), (14, 14), (10, 14))] == counts


def test_the_last_day_is_said_on_question_pages():
    now = CLOSES - timedelta(hours=5)

    assert wording.closes_soon(CLOSES, now) == "This consultation closes at 11:59pm today."
    assert wording.closes_soon(CLOSES, now - timedelta(hours=19)) == "This consultation closes at 11:59pm tomorrow."
    assert wording.closed_meanwhile(CLOSES + timedelta(hours=1)) == (
        "This consultation closed while you were answering. You can still send your answers until 12:59am."
    )
    with speaking("pl"):
        assert wording.closes_soon(CLOSES, now) == "Konsultacje kończą się dzisiaj o godz. 23:59."


@pytest.mark.parametrize("language", ["en", "pl", "ur"])
def test_an_answer_that_is_a_date_names_months_as_pages_do(language):
    with speaking(language):
        assert [str(MONTHS_ALT[month]) for month in range(1, 13)] == list(MONTHS_AFTER_A_DAY[language])
        assert MONTHS_AFTER_A_DAY[language][2] in wording.long_date(date(2027, 3, 12))


# Choosing ------------------------------------------------------------------------------------------------------------------


def test_a_language_is_spoken_within_and_not_after():
    before = get_language()
    with speaking("pl"):
        assert (gettext("Continue"), get_language()) == ("Dalej", "pl")

    assert (gettext("Continue"), get_language()) == ("Continue", before)


def test_languages_that_we_know_the_name_of_are_offered():
    assert offered(definition("en", "so", "zz", "ur", "pl")) == ("en", "so", "ur", "pl")


def test_the_switcher_names_each_language_in_itself():
    assert switcher(("en", "ur"), "ur", address="/start/") == [
        {"code": "en", "name": "English", "direction": "ltr", "current": False, "href": "/start/?language=en"},
        {"code": "ur", "name": "اردو", "direction": "rtl", "current": True, "href": "/start/?language=ur"},
    ]


def test_a_language_that_the_service_does_not_speak_is_framed_in_english():
    assert page_language("ar") == {"language": "en-GB", "direction": "ltr"}
    assert page_language("ur") == {"language": "ur", "direction": "rtl"}


# Pages ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "tag", "side", "style"),
    [("en", "en-GB", "ltr", "nhsuk.css"), ("pl", "pl", "ltr", "nhsuk.css"), ("ur", "ur", "rtl", "nhsuk.rtl.css")],
)
def test_a_page_says_its_language_and_reads_from_its_side(language, tag, side, style):
    document = page(language, HOW)

    assert (document.get("lang"), document.get("dir")) == (tag, side)
    assert document.xpath("//link[@rel='stylesheet']/@href")[0].endswith(f"/nhsuk/{style}")


ARABIC = Question(
    "how",
    "several_choices",
    {"en": "How do you travel?", "ar": "كيف تسافر؟"},
    {"en": "To work", "ar": "إلى العمل"},
    options=(Option(1, {"en": "By bus", "ar": "بالحافلة"}), FOOT),
)


def test_questions_in_a_language_that_the_service_does_not_speak_are_marked_and_the_page_reads_from_their_side():
    document = page("ar", ARABIC, number("visits", unit={"en": "visits", "ar": "زيارات"}))

    assert (document.get("lang"), document.get("dir")) == ("en-GB", "rtl")
    assert document.xpath("//link[@rel='stylesheet']/@href")[0].endswith("/nhsuk/nhsuk.rtl.css")
    assert [
        (part.text_content(), part.get("lang"), part.get("dir")) for part in document.xpath("//form//span[@lang]")
    ] == [
        ("كيف تسافر؟", "ar", "rtl"),
        ("إلى العمل", "ar", "rtl"),
        ("بالحافلة", "ar", "rtl"),
        ("زيارات", "ar", "rtl"),
    ]
    assert text_of(document, "//label[@for='id_how-2']") == ["On foot"]
    assert document.xpath("//label[@for='id_how-2']//span[@lang]") == []


def test_what_is_wrong_in_the_words_of_the_questionnaire_is_marked_too():
    asked = question(
        "why", "long_text", text="Why?", required=True, settings={"missing": {"en": "Say", "ar": "قل لنا"}}
    )
    with speaking("ar"):
        form = PageForm(QueryDict(""), fields=fields_of((asked,), language="ar"))
        assert not form.is_valid()
        (problem,) = marked_problems(form.problems())

    assert problem == {"html": '<span lang="ar" dir="rtl">قل لنا</span>', "href": "#id_why"}
    assert (
        page("ar", asked, form=form).xpath("string(//span[contains(@class,'error-message')]/span[@lang='ar'])")
        == "قل لنا"
    )


def test_links_go_on_in_the_language_that_questions_are_asked_for_in():
    link = Template("{% load languages %}/respond/{% in_this_language %}")

    assert link.render(Context({"asked_language": "ar"})) == "/respond/?language=ar"
    assert link.render(Context({"asked_language": "en"})) == "/respond/"


def test_the_frame_the_hints_and_the_dividers_are_in_the_language_of_the_page():
    asked = question("hard", "several_choices", text="Trudne?", options=(BUS, Option(8, {"pl": "Nic"}, meaning="none")))
    document = page("pl", asked, comment("why"), question("seen", "date"), ranking("matters"))

    assert text_of(document, "//button[@class='nhsuk-back-link']") == ["Wstecz"]
    assert text_of(document, "//header//span") == ["Northbridge", "Państwa opinia"]
    assert "Proszę zaznaczyć wszystkie właściwe odpowiedzi" in text_of(document, "//*[contains(@class,'nhsuk-hint')]")
    assert text_of(document, "//*[@class='nhsuk-checkboxes__divider']") == ["lub"]
    assert "Można wpisać do 4\xa0000 znaków".replace("\xa0", " ") in text_of(document, "//*[contains(@id,'why-info')]")
    assert text_of(document, "//*[contains(@class,'nhsuk-date-input__label')]") == ["Dzień", "Miesiąc", "Rok"]
    assert "Państwa drugi wybór" in text_of(document, "//legend")
    assert "Bez drugiego wyboru" in text_of(document, "//label")


def test_what_the_script_counts_is_said_in_the_language_of_the_page_and_left_to_it_in_english():
    counted = "//*[@data-module='nhsuk-character-count']"

    polish = page("pl", comment("why")).xpath(counted)[0].attrib
    assert polish["data-i18n.characters-under-limit.few"] == "Pozostało znaków: %{count}"
    assert not [name for name in page("en", comment("why")).xpath(counted)[0].attrib if "i18n" in name]


def test_what_is_wrong_is_said_in_the_language_of_the_page():
    visits = number("visits", max=5)
    with speaking("pl"):
        form = PageForm(QueryDict("visits=7"), fields=fields_of((visits,), language="pl"))
        assert not form.is_valid()
        assert [problem["text"] for problem in form.problems()] == ["Państwa odpowiedź: proszę wpisać 5 lub mniej"]

    beside = text_of(page("pl", visits, form=form), "//span[contains(@class,'nhsuk-error-message')]")
    assert beside == ["Błąd: Państwa odpowiedź: proszę wpisać 5 lub mniej"]


def test_the_problems_of_a_whole_check_are_english_to_programs():
    plan = Definition("Plan", (Page("visits", (number("visits", max=5),)),))

    assert check(plan, {"visits": "7"}).problems == {"visits": ["Your answer must be 5 or less"]}


def test_a_part_that_is_not_translated_says_so_and_what_language_it_is_in():
    document = page("pl", HOW)
    (foot,) = document.xpath("//label/span[@lang]")

    assert (foot.text, foot.get("lang"), foot.get("dir")) == ("On foot", "en-GB", "ltr")
    assert page("en", HOW).xpath("//form//span[@lang]") == []


def test_a_question_that_is_not_translated_has_a_sentence_above_it():
    document = page("pl", question("why", text="Why?"))

    assert text_of(document, "//form//p[@class='nhsuk-hint']") == ["Ta część nie jest jeszcze przetłumaczona"]
    assert text_of(document, "//legend//span[@lang='en-GB']") == ["Why?"]
    assert text_of(page("en", question("why", text="Why?")), "//form//p") == []


def equality_age_in_polish(set_version):
    """The first equality page of a set, asked for in Polish, and what is drawn of it."""
    shown = pages(set_version, {}, language="pl")[0]
    with speaking("pl"):
        form = EqualityForm(page=shown, set_version=set_version, answers={}, language="pl")
        drawn = Template(
            "{% load languages questions %}{% not_translated page.language %}{% equality_field form key is_heading=True %}"
        )
        made = drawn.render(Context({"page": shown, "form": form, "key": "age"}))
    return shown, lxml_html.fromstring(f"<div>{made}</div>")


def test_equality_questions_of_a_set_without_the_language_are_in_english_and_say_so(monkeypatch):
    bank = (Path(question_bank.__file__).parent / "2026-1.json").read_text(encoding="utf-8")
    english_only = json.loads(bank, object_hook=lambda part: {"en": part["en"]} if "en" in part else part)
    monkeypatch.setitem(QUESTION_SETS, "english", question_bank.question_set_from(english_only))

    shown, document = equality_age_in_polish("english")

    assert shown.language == "en"
    assert text_of(document, "//p[@class='nhsuk-hint']") == ["Ta część nie jest jeszcze przetłumaczona"]
    assert text_of(document, "//legend//span[@lang='en-GB']") == ["What is your age?"]
    assert text_of(document, "//*[@class='nhsuk-radios__divider']") == ["lub"]
    assert len(document.xpath("//label/span[@lang='en-GB']")) == len(document.xpath("//label"))


def test_equality_questions_in_the_language_of_the_page_carry_no_mark():
    shown, document = equality_age_in_polish("2026-1")

    assert shown.language == "pl"
    assert text_of(document, "//legend") == ["Ile mają Państwo lat?"]
    assert document.xpath("//*[@lang] | //p[@class='nhsuk-hint']") == []


def test_words_from_elsewhere_are_escaped_when_they_are_marked():
    attack = "<script>alert(1)</script>"
    with speaking("ur"):
        drawn = Template('{% load languages %}{{ text|written_in:"en" }}{{ text|paragraphs_in:"en" }}').render(
            Context({"text": attack})
        )

    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 2


def test_a_text_of_paragraphs_is_marked_as_a_whole_where_the_page_is_in_another_language():
    said = {}
    for language in ("en", "ur"):
        with speaking(language):
            said[language] = Template('{% load languages %}{{ text|paragraphs_in:"en" }}').render(
                Context({"text": "One\n\nTwo"})
            )

    assert said["en"] == "<p>One</p>\n\n<p>Two</p>"
    assert said["ur"] == '<div lang="en-GB" dir="ltr"><p>One</p>\n\n<p>Two</p></div>'


def test_languages_are_buttons_of_the_page_and_the_first_button_of_all_goes_on():
    document = page("pl", comment("why"))
    buttons = document.xpath("//button[@form='page']")

    # Enter in a text box presses the first button of its form.
    assert [(button.get("name"), button.get("value")) for button in buttons] == [
        ("continue", "1"),
        ("language", "en"),
        ("language", "ur"),
        ("back", "1"),
    ]
    assert (buttons[0].get("tabindex"), buttons[0].get("aria-hidden")) == ("-1", "true")
    assert document.xpath("//nav//*[@aria-current]/@lang") == ["pl"]


def test_a_page_that_names_no_language_is_drawn_in_the_one_that_is_spoken():
    with speaking("cy"):
        drawn = draw("404.html", {}).filled(token="t")

    document = lxml_html.document_fromstring(drawn)
    assert (document.get("lang"), text_of(document, "//h1")) == ("cy", ["Heb ddod o hyd i’r dudalen"])
