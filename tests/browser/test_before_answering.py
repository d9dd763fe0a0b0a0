"""What somebody reads before and around answering (ux.md §5, points 12 to 14 and 30 to 32)."""

import os
import re
import signal
from datetime import datetime

import pytest

from tests.browser import clinic
from tests.browser.seeing import measured
from tests.journeys.served import in_own_process, serving

pytestmark = pytest.mark.browser

WHEN = r"(\d{1,2}(?::\d\d)?[ap]m) on (\w+day) (\d{1,2} \w+ 20\d\d)"
PHONE = "01632 960 001"
JARGON = re.compile(
    r"\b(error|exception|server|database|request|HTTP|URL|timeout|null|40[34]|50[03]|maintenance|invalid|sorry for)\b"
)


def below(window, *words):
    """How far down each of the words first begin, in pixels."""
    return [window.page.get_by_text(each).first.bounding_box()["y"] for each in words]


# 12 ---------------------------------------------------------------------------------------------------------------------
def test_point_12_the_hub_lists_open_then_coming_then_closed_each_with_its_day_date_year_and_time(look_at_arranged):
    window = look_at_arranged()
    window.go("/")

    headings = window.page.locator("h2").all_inner_texts()
    cards = window.page.locator(".consult-card__when").all_inner_texts()

    assert headings == ["Open", "Coming soon", "Closed"]
    assert len(cards) > len(headings)
    assert [card for card in cards if not re.search(WHEN, card)] == []


def test_point_12_the_open_consultation_that_closes_soonest_comes_first(look_at_arranged):
    window = look_at_arranged()
    window.go("/")

    cards = window.page.locator(".consult-card__when").all_inner_texts()
    days = [datetime.strptime(re.search(WHEN, card)[3], "%d %B %Y") for card in cards if card.startswith("Open")]  # noqa: DTZ007

    assert days == sorted(days)
    assert len(set(days)) > 1


# 13 ---------------------------------------------------------------------------------------------------------------------
def test_point_13_the_start_page_says_what_is_open_until_when_how_many_questions_and_every_other_way(look):
    window = look()
    window.go("/consultations/apms/respond/")
    text = window.text

    assert "No decision has been made yet" in text
    assert re.search(rf"This consultation closes at {WHEN}", text)
    assert re.search(r"There are \d+ (to \d+ )?questions", text)
    ways = ("paper", "large print", "easy read", "Braille", "British Sign Language", f"phone on {PHONE}")
    assert below(window, "Start now", "Other ways to tell us") == sorted(
        below(window, "Start now", "Other ways to tell us")
    )
    beneath = text.partition("Other ways to tell us")[2]
    assert [way for way in ways if way not in beneath] == []


def test_point_13_nothing_that_must_be_known_stands_below_the_start_button(look):
    window = look(width=320)
    window.go("/consultations/apms/respond/")

    known = ("No decision has been made yet", "This consultation closes at", "questions.", "Start now")

    assert below(window, *known)[-1] == max(below(window, *known))


# 14 ---------------------------------------------------------------------------------------------------------------------
def test_point_14_the_page_about_answers_is_there_in_easy_read(look):
    window = look()
    window.go("/consultations/apms/respond/how-we-use-your-answers/?language=en&variant=easy_read")

    window.looks_right("about-answers-easy-read")
    assert window.page.locator(".consult-easy-read img").count() == 6


def test_point_14_the_page_about_answers_tells_and_does_not_ask_for_consent(look):
    window = look()
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    text = window.text

    said = {
        "purpose": "to help us decide what to do",
        "publishing": "We will publish a report",
        "retention": r"We keep your answers for \d years?. Then we delete them",
        "deletion": r"With your receipt code you can .* delete them yourself. You can delete them until \w+day \d+ \w+ 20\d\d\.",
        "who": "Northbridge Health and Care Partnership is in charge of this information",
    }

    assert [what for what, words in said.items() if not re.search(words, text)] == []
    assert window.page.locator("input[type=checkbox], input[type=radio]").count() == 0
    assert window.page.locator("main form button").all_inner_texts() == ["Continue"]
    assert "consent" not in text


# 30 ---------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("slug", "heading", "words"),
    [
        ("forthcoming", "This consultation is not open yet", rf"It opens at {WHEN}"),
        ("closed", "This consultation is closed", rf"It closed at {WHEN}. We are reading what people told us"),
        ("closed-early", "This consultation closed early", r"We closed it on .* because the plan has changed\."),
    ],
)
def test_point_30_a_consultation_that_is_not_open_says_so(look_at_arranged, slug, heading, words):
    window = look_at_arranged()

    for page in ("", "how-we-use-your-answers/"):
        response = window.go(f"/consultations/{slug}/respond/{page}")

        assert (response.status, window.page.locator("h1").all_inner_texts()) == (200, [heading])
        assert re.search(words, window.text)


def test_point_30_more_time_is_announced_with_the_new_date_and_why(look_at_arranged):
    window = look_at_arranged()
    window.go("/consultations/extended/respond/")

    assert re.search(
        rf"We have given people more time. The new closing date is {WHEN} because a leaflet came late.",
        window.text,
    )


@pytest.mark.parametrize("script", [True, False])
def test_point_30_where_somebody_answered_on_this_device_the_next_may_still_start(look_at_arranged, script):
    window = look_at_arranged(script=script)
    first = clinic.send(window, "answered")

    window.go("/consultations/answered/respond/how-we-use-your-answers/")
    heading = window.page.locator("h1").all_inner_texts()
    window.follow("Start now")
    told = window.page.locator("h1").all_inner_texts()
    window.press("Continue")
    clinic.answer(window)
    window.press("Send my answers")

    assert heading == ["Someone has already answered on this device"]
    assert told == ["How we use your answers"]
    assert clinic.code_on(window) != first


def test_point_30_answers_begun_on_this_device_can_be_carried_on_or_begun_again(look_at_arranged):
    window = look_at_arranged()
    clinic.begin(window, "begun")
    window.page.click("text=Yes")
    window.press("Continue")

    window.go("/consultations/begun/respond/how-we-use-your-answers/")
    heading = window.page.locator("h1").all_inner_texts()
    window.press("Carry on")
    carried_on = window.step
    window.go("/consultations/begun/respond/how-we-use-your-answers/")
    window.press("Start again")

    assert heading == ["You have answers you have not sent"]
    assert (carried_on, window.step) == ("why", "choice")
    assert measured(window, "facts")["preselected"] == []


def test_point_30_whoever_was_answering_when_it_closed_may_send_for_an_hour(look_at_arranged, arranged):
    window = look_at_arranged()
    clinic.begin(window, "meanwhile")
    clinic.answer(window)
    in_own_process("close_now", arranged[0], given="meanwhile")
    window.page.wait_for_timeout(2_100)  # A server may know a consultation's times as they were two seconds ago.

    window.go("/consultations/meanwhile/respond/how-we-use-your-answers/")
    heading, text = window.page.locator("h1").all_inner_texts(), window.text
    window.looks_right("closed-while-answering")
    stranger = look_at_arranged()
    stranger.go("/consultations/meanwhile/respond/how-we-use-your-answers/")
    window.press("Check and send my answers")
    window.press("Send my answers")

    assert heading == ["This consultation closed while you were answering"]
    assert re.search(r"You can still send the answers you have saved until \d+(:\d\d)?[ap]m", text)
    assert stranger.page.locator("h1").all_inner_texts() == ["This consultation is closed"]
    assert clinic.code_on(window)


# 31 ---------------------------------------------------------------------------------------------------------------------
def test_point_31_a_page_that_is_not_there_says_so_in_plain_words(look):
    window = look()

    response = window.go("/nowhere/")

    assert (response.status, window.page.locator("h1").all_inner_texts()) == (404, ["Page not found"])
    assert PHONE in window.page.inner_text("main")
    assert JARGON.findall(window.page.inner_text("body")) == []


def test_point_31_while_the_database_is_away_pages_say_the_service_is_unavailable(look, tmp_path):
    in_own_process("prepare", tmp_path)
    with serving(tmp_path) as server:
        window = look(at=server.url, forgiving=True)
        (tmp_path / "consult.sqlite3").rename(tmp_path / "away.sqlite3")
        (tmp_path / "consult.sqlite3").mkdir()
        # The process that holds the old file open is replaced; pages may come from it until it has gone.
        os.kill(server.process.pid, signal.SIGHUP)
        while window.go("/healthz").status == 200:
            window.page.wait_for_timeout(100)

        response = window.go("/")

        assert (response.status, window.page.locator("h1").all_inner_texts()) == (
            503,
            ["Sorry, the service is unavailable"],
        )
        assert PHONE in window.page.inner_text("main")
        assert JARGON.findall(window.page.inner_text("body")) == []
        window.looks_right("unavailable")


# 32 ---------------------------------------------------------------------------------------------------------------------
def test_point_32_the_outcome_says_what_was_asked_said_done_and_not_done(look):
    window = look()
    window.go("/consultations/older-you/outcome/")

    headings = window.page.locator("h2").all_inner_texts()

    assert headings[:5] == ["We asked", "You said", "We did", "What we did not do, and why", "What happens next"]
    for heading in headings[:5]:
        part = window.page.locator(f"h2:text-is('{heading}') + p")
        assert len(part.inner_text().split()) > 10, heading
