"""Seeing a page once in every way that can be measured, so that each point of acceptance may be judged by itself afterwards.

What is seen of a page is a plain dictionary, kept as JSON: a walk is made once in a run, however many tests and processes ask.
"""

from functools import cache
from pathlib import Path

from tests.browser.looking import NARROW, WIDE

ZOOMED = {"width": 320, "height": 256}
"""1280 × 1024 at 400 %."""
MEASURES = Path(__file__).with_name("seeing.js")
MOST_STOPS = 400


@cache
def measures() -> str:
    return MEASURES.read_text()


def measured(window, name: str):
    """What one of the functions of seeing.js gives, `facts` for example."""
    if not window.page.evaluate("() => 'seeing' in window"):
        window.page.evaluate(f"window.seeing = {measures()}; undefined")
    return window.page.evaluate(f"() => seeing.{name}()")


def see(window, screen: str, name: str, *, status: int = 200, is_error: bool = False, again: bool = False) -> dict:
    """All that can be measured of the page now shown, wide, narrow and at 400 %; pictures of it wide and narrow.

    `screen` is the one of ux.md §1.1, R4 say; `name` says which page of it, and with `is_error` that it shows what is wrong.
    A page seen `again`, in other words, is not gone through by keyboard, and its one picture is narrow.
    """
    # Wherever the last page was clicked, nothing of this one is pointed at.
    window.page.mouse.move(0, 0)
    picture = f"{screen}-{name}{'-error' * is_error}"
    found = {"screen": screen, "name": picture, "path": window.path, "status": status, "is_error": is_error}
    window.page.set_viewport_size({"width": WIDE, "height": 900})
    found |= measured(window, "facts")
    found["skips_to_main"] = skips_to_main(window) if not (again or is_error) else None
    for width in (WIDE, NARROW):
        window.page.set_viewport_size({"width": width, "height": 900})
        found[f"at_{width}"] = measured(window, "sized") | {"axe": window.violations() if window.script else []}
        if width == NARROW or not again:
            window.page.screenshot(path=window.folder / f"{picture}-{width}.png", full_page=True)
    window.page.set_viewport_size(ZOOMED)
    found["zoomed"] = measured(window, "sized")
    found["spaced"] = measured(window, "spaced")
    found["by_keyboard"] = [] if again else tabbed_through(window)
    return found


def skips_to_main(window) -> bool:
    """Whether the first press of Tab on a page just opened comes to the skip link, and Enter there to the main part."""
    window.page.keyboard.press("Tab")
    is_first = window.page.evaluate("() => document.activeElement.matches('.nhsuk-skip-link')")
    if not is_first:
        return False
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**#maincontent")
    # A redirect passes this part of the address on to the next page, which would then be seen from there.
    window.page.evaluate("() => history.replaceState(null, '', location.pathname + location.search)")
    return window.page.evaluate("() => document.activeElement.id") == "maincontent"


def tabbed_through(window) -> list[str]:
    """What is wrong on the way of the Tab key from the first control to the last, at 400 %, and of Shift+Tab on its way back."""
    names = measured(window, "controls")
    measured(window, "atTop")
    forth, wrong = stops(window, "Tab", len(names))
    wrong += [f"Tab does not come to {names[place]}" for place in range(len(names)) if place not in forth]
    if forth != sorted(forth):
        wrong.append(f"Tab does not go from top to bottom: {[names[place] for place in forth]}")
    return wrong


def stops(window, key: str, number: int) -> tuple[list[int], list[str]]:
    """Where the key comes to, as places among the page's controls, and what is wrong there."""
    places: list[int] = []
    wrong: list[str] = []
    for _ in range(min(number, MOST_STOPS)):
        stop = measured(window, "stop")
        if stop is None or stop["place"] in places:
            break
        places.append(stop["place"])
        wrong += stop["wrong"]
        window.page.keyboard.press(key)
    return places, wrong
