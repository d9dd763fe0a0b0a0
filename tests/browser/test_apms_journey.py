"""The general practice consultation from start to finish in Chromium: every page, its error state, with and without script."""

import re

import pytest

from tests.browser.looking import NARROW, WIDE
from tests.journeys.visits import CODE

pytestmark = pytest.mark.browser

RADIOS = {
    "answering_as": {"a1": 1},
    "practice": {"a2": 1},
    "site": {"a3": 2},
    "visits": {"a4": 3},
    "travel": {"a5": 1},
    "journey_time": {"a6": 2},
    "experience": {"a7": 2},
    "options": {"a9.keep": 1, "a9.change": 2, "a9.close": 5},
    "changes": {"a10.1": 6, "a10.2": 7},
    "if_it_closed": {"a13": 5},
    "effect": {"a15": 4},
    "fairness": {"a17": 1},
    "information": {"a19": 2},
    "heard": {"a20": 3},
    "age": {"age": "65_74"},
    "disability": {"disability": "yes"},
    "disability_impact": {"disability_impact": "a_little"},
    "ethnic_broad": {"ethnic_broad": "asian"},
    "ethnic_group": {"ethnic_group": "a_other"},
    "religion": {"religion": "pnts"},
    "sex": {"sex": "female", "gender_identity": "same"},
    "about-you": {"answer": "yes"},
}
TICKS = {"difficulties": {"a14": [3, 6]}, "groups": {"a18": [1, 13]}, "veteran": {"veteran": ["no"]}}
TEXTS = {
    "keep": {"a8": "They listen."},
    "reasons": {"a11": "I walk there."},
    "less_effect": {"a16": "A bus."},
    "groups": {"a18a": "It is uphill."},
    "postcode": {"postcode": "NB1 1AA"},
}
WRONG = {
    "answering_as": {},
    "practice": {},
    "about-you": {},
    "reasons": {"a11": "x" * 4_001},
    "changes": {"a10.1": 6, "a10.2": 6},
    "groups": {"a18a": "x" * 4_001},
    "postcode": {"postcode": "nowhere at all"},
}
"""What shows each page's error state, on the pages that have one."""
MOST_PAGES = 45


def fill_in(page, step):
    """Answer the page as above."""
    for name, value in RADIOS.get(step, {}).items():
        choose(page, name, value)
    for name, values in TICKS.get(step, {}).items():
        for value in values:
            choose(page, name, value)
    for name, text in TEXTS.get(step, {}).items():
        page.fill(f'[name="{name}"]', text)


def choose(page, name, value):
    """Click the words beside a box, as people do: the box itself lies under what is drawn for it."""
    identity = page.locator(f'[name="{name}"][value="{value}"]').get_attribute("id")
    page.click(f'label[for="{identity}"]')


def make_mistakes(page, step):
    for name, value in WRONG[step].items():
        if isinstance(value, str):
            page.fill(f'[name="{name}"]', value)
        else:
            choose(page, name, value)


def walk(window, *, at_each):
    """From the start page to the receipt. `at_each(step, is_wrong)` looks at every page met. Returns the steps in order."""
    window.go("/consultations/apms/respond/")
    at_each("start", False)
    window.page.click("text=Start now")
    steps = []
    for _ in range(MOST_PAGES):
        step = window.step
        steps.append(step)
        at_each(step, False)
        if step == "done":
            return steps
        if step in WRONG:
            make_mistakes(window.page, step)
            window.press("Continue")
            assert window.page.title().startswith("Error: ")
            at_each(step, True)
            window.go(window.path)
        fill_in(window.page, step)
        window.press("Send my answers" if step == "check" else "Continue")
    raise AssertionError(f"The walk does not end: {steps}")


STEPS = [
    "how-we-use-your-answers", "answering_as", "practice", "site", "visits", "travel", "journey_time", "experience", "keep",
    "the_options", "options", "changes", "reasons", "other_options", "if_it_closed", "difficulties", "effect", "less_effect",
    "fairness", "groups", "information", "heard", "check", "about-you", "age", "disability", "disability_impact", "ethnic_broad",
    "ethnic_group", "religion", "sex", "sexual_orientation", "pregnancy_maternity", "carer", "veteran", "postcode", "done",
]  # fmt: skip


def test_the_whole_journey_with_script_shows_nothing_inaccessible_on_any_page_wide_or_narrow(look):
    window = look()

    def at_each(step, is_wrong):
        window.looks_right(f"{step}-error" if is_wrong else step)

    assert walk(window, at_each=at_each) == STEPS
    assert re.search(CODE, window.page.inner_text("main"))
    assert len(set(window.looked_at.values())) == len(window.looked_at) == len(STEPS) + 1 + len(WRONG)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_whole_journey_can_be_made_without_script(look, width):
    window = look(width=width, script=False)

    def at_each(step, is_wrong):
        if step in ("answering_as", "keep", "ethnic_group", "changes", "check"):
            window.looks_right(f"{step}-no-script{'-error' * is_wrong}", widths=[width])

    assert walk(window, at_each=at_each) == STEPS
    assert re.search(CODE, window.page.inner_text("main"))
