"""The ways through the service that are looked at page by page: what anybody may read, and the whole journey of a resident.

Each trail opens its pages in their normal and in their error state, in one window, and returns what was seen of each
(`seeing.see`). What must be true of them is in the tests, one point of acceptance at a time.
"""

import re

from tests.browser.filling import answers_of, fill_in, make_mistakes
from tests.browser.seeing import see
from tests.journeys.visits import CODE

MOST_PAGES = 45
HELD_CODE = r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}"
"""A code for coming back to answers not sent."""

READ_BY_ANYBODY = {
    "hub": ("R00", "/"),
    "hub-search": ("R00", "/?q=outpatients"),
    "hub-filtered": ("R00", "/?state=open&topic=GP%20practices"),
    "hub-nothing-found": ("R00", "/?q=nothing%20like%20this"),
    "consultation-open": ("R01", "/consultations/apms/"),
    "consultation-decided": ("R14", "/consultations/older-you/"),
    "document": ("R01", "/consultations/apms/read/the-plan-and-the-options/"),
    "closed": ("R13", "/consultations/older-you/respond/"),
    "outcome": ("R14", "/consultations/older-you/outcome/"),
    "outcome-not-yet": ("R14", "/consultations/apms/outcome/"),
    "report": ("R14", "/consultations/older-you/report/"),
    "equality": ("R14", "/consultations/older-you/equality/"),
    "news-asked": ("R14", "/consultations/apms/news/asked/"),
    "stop-done": ("R14", "/stop/done/"),
    "privacy": ("R02", "/privacy/"),
    "cookies": ("R02", "/cookies/"),
    "accessibility": ("R02", "/accessibility/"),
    "contact": ("R02", "/contact/"),
    "not-found": ("R13", "/nowhere/"),
    "cleared": ("R06", "/consultations/apms/respond/save/cleared/"),
}
"""Pages without a form to go wrong: their screen in ux.md §1.1 and their address."""
FILLED_BY_ANYBODY = {
    "another-format": ("R01", "/consultations/apms/another-format/"),
    "news": ("R14", "/consultations/apms/news/"),
    "stop": ("R14", "/stop/"),
    "your-response": ("R11", "/your-response/"),
    "resume": ("R06", "/resume/"),
}
"""Pages whose form, sent empty, shows what is wrong."""
STATES = {
    "hub-every-state": ("R00", "/"),
    "forthcoming": ("R13", "/consultations/forthcoming/respond/"),
    "forthcoming-consultation": ("R13", "/consultations/forthcoming/"),
    "closed-and-waiting": ("R13", "/consultations/closed/respond/"),
    "closed-early": ("R13", "/consultations/closed-early/respond/"),
    "closed-early-why": ("R13", "/consultations/closed-early/"),
    "extended": ("R13", "/consultations/extended/respond/"),
}
SCREENS = {
    "how-we-use-your-answers": "R02",
    "answering_as": "R03",
    "check": "R07",
    "about-you": "R08",
    "done": "R10",
}
"""The screen of each page of the journey that is not a question: the others are R04, or R09 after the send."""


def pages_for_anybody(window) -> list[dict]:
    """Every address that needs nothing to have been answered."""
    return [*read(window, READ_BY_ANYBODY), *filled(window, FILLED_BY_ANYBODY)]


def pages_in(window, language) -> list[dict]:
    """The same in another language, without the consultation that is not asked in it."""
    kept = [
        {name: found for name, found in all_.items() if "older-you" not in found[1]}
        for all_ in (READ_BY_ANYBODY, FILLED_BY_ANYBODY)
    ]
    return [*read(window, kept[0], language=language), *filled(window, kept[1], language=language)]


def pages_of_states(window) -> list[dict]:
    """What is shown before, after and around the time in which a consultation is open."""
    return read(window, STATES)


def read(window, pages, *, language="") -> list[dict]:
    return [
        see(window, screen, name, status=window.go(asking_for(language, path)).status, again=bool(language))
        for name, (screen, path) in pages.items()
    ]


def filled(window, pages, *, language="") -> list[dict]:
    """Each form as it comes, and as it is answered when it was sent empty."""
    seen = []
    for name, (screen, path) in pages.items():
        address, again = asking_for(language, path), bool(language)
        seen.append(see(window, screen, name, status=window.go(address).status, again=again))
        window.go(address)
        answer = send(window)
        seen.append(see(window, screen, name, status=answer.status, is_error=True, again=again))
    return seen


def asking_for(language, path) -> str:
    """The address of a page in a language; "" for as it stands."""
    return f"{path}{'&' if '?' in path else '?'}language={language}" if language else path


def send(window):
    """Press the button that goes on, whatever it says in this language, and return the response."""
    with window.page.expect_navigation() as navigation:
        window.page.locator("main form[method=post] button[name=continue]").first.click()
    return navigation.value


def journey(window, *, slug="apms", language="en", variant="", again=False) -> list[dict]:
    """From the start page to the receipt, in a language or in easy read words."""
    seen = []

    def at(screen, name, **more):
        seen.append(see(window, screen, name, again=again, **more))

    window.go(f"/consultations/{slug}/respond/?language={language}")
    at("R01", "start")
    window.go(f"/consultations/{slug}/respond/how-we-use-your-answers/?language={language}&variant={variant}")
    for _ in range(MOST_PAGES):
        step = window.step
        screen = SCREENS.get(step, "R09" if "/about-you/" in window.path else "R04")
        at(screen, step)
        if step == "done":
            return seen
        if answers_of(slug, step)[1] is not None:
            address = window.path
            make_mistakes(window.page, step, slug)
            at("R05" if screen in ("R03", "R04") else screen, step, status=send(window).status, is_error=True)
            window.go(address)
        fill_in(window.page, step, slug)
        send(window)
    raise AssertionError(f"The walk does not end: {[one['name'] for one in seen]}")


def leaving_and_coming_back(window) -> list[dict]:
    """Saving answers for later, the ways back, and what this device says of answers that were not sent."""
    seen = []

    def at(screen, name, **more):
        seen.append(see(window, screen, name, **more))

    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    send(window)
    fill_in(window.page, "answering_as")
    window.press("Save and come back later")
    at("R06", "save")
    at("R06", "save", status=send(window).status, is_error=True)
    window.page.click("text=Email me a link")
    window.page.fill("[name=email]", "ida@example.org")
    send(window)
    at("R06", "emailed")
    window.go("/consultations/apms/respond/save/")
    window.page.click("text=Show me a code I can write down")
    send(window)
    at("R06", "saved")
    code = re.search(HELD_CODE, window.page.inner_text("main"))[0]
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    at("R13", "draft-found")
    window.go("/resume/")
    window.page.fill("[name=code]", "4K7M-Q2XT-9HBD-0000")
    at("R06", "resume-wrong", status=send(window).status, is_error=True)
    window.page.fill("[name=code]", code)
    send(window)
    at("R06", "welcome-back")
    return seen


def own_answers(window) -> list[dict]:
    """Answers sent a moment ago: the other person on this device, the code, the answers, and deleting them."""
    seen = []

    def at(screen, name, **more):
        seen.append(see(window, screen, name, **more))

    window.go("/consultations/outpatients/respond/how-we-use-your-answers/")
    send(window)
    window.page.click("text=As a local resident")
    send(window)
    window.page.click("text=Skin clinic")
    while window.step != "about-you":
        send(window)
    code = re.search(CODE, window.page.inner_text("main"))[0]
    window.go("/consultations/outpatients/respond/how-we-use-your-answers/")
    at("R13", "already-answered")
    window.go("/your-response/")
    window.page.fill("[name=code]", "4K7M-Q2XT-9HBD")
    at("R11", "wrong-code", status=send(window).status, is_error=True)
    window.page.fill("[name=code]", code)
    send(window)
    at("R11", "answers")
    window.go("/your-response/answers/?about_me=1")
    at("R11", "answers-about-me")
    window.page.click("text=Delete my answers")
    at("R12", "delete")
    send(window)
    at("R12", "deleted")
    return seen
