"""Where a person's own colours replace ours, what is chosen and what has the focus must still be seen."""

import pytest

from tests.browser.filling import choose

pytestmark = pytest.mark.browser

RESPOND = "/consultations/apms/respond/"
CONTRAST = """() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        for (let one = element; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (!/, 0\\)$/.test(colour)) return colour;
        }
        return ground;
    };
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.backgroundColor = "Canvas";
    const ground = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return [...document.querySelectorAll("body *")]
        .filter((one) => one.checkVisibility() && !one.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link"))
        .filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
        .map((one) => [one.textContent.trim().slice(0, 40), light(getComputedStyle(one).color), light(behind(one))])
        .filter(([, text, ground]) => (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05) < 4.5)
        .map(([words]) => words);
}"""


@pytest.fixture(params=["light", "dark"])
def window(look, request):
    """A window in forced colours, light or dark, at the first question."""
    window = look(forced_colors="active", color_scheme=request.param)
    window.scheme = request.param
    window.go(f"{RESPOND}how-we-use-your-answers/")
    window.press("Continue")
    assert window.page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    return window


def picture(window, selector):
    """What an element looks like now."""
    window.page.mouse.move(0, 0)
    return window.page.locator(selector).first.screenshot()


def round_about(window, selector):
    """What an element and the 8 pixels round it look like now: an outline stands outside."""
    window.page.mouse.move(0, 0)
    box = window.page.locator(selector).first.bounding_box()
    clip = {
        "x": max(box["x"] - 8, 0),
        "y": max(box["y"] - 8, 0),
        "width": box["width"] + 16,
        "height": box["height"] + 16,
    }
    return window.page.screenshot(clip=clip)


def test_a_chosen_radio_button_looks_chosen(window):
    before = picture(window, ".nhsuk-radios__item")

    choose(window.page, "a1", 1)
    window.page.evaluate("() => document.activeElement.blur()")

    assert picture(window, ".nhsuk-radios__item") != before


def test_a_ticked_box_looks_ticked(window):
    window.go("/consultations/outpatients/respond/how-we-use-your-answers/")
    window.press("Continue")
    window.page.click("text=As a local resident")
    window.press("Continue")
    before = picture(window, ".nhsuk-checkboxes__item")

    choose(window.page, "c2", 1)
    window.page.evaluate("() => document.activeElement.blur()")

    assert picture(window, ".nhsuk-checkboxes__item") != before


@pytest.mark.parametrize(
    "selector",
    [
        "[name=a1]",
        "main .nhsuk-button",
        ".nhsuk-back-link",
        ".consult-languages button",
        "main summary",
        ".consult-header__home",
        "footer a",
    ],
)
def test_what_has_the_focus_is_marked(window, selector):
    marked = window.page.locator(selector).first
    marked.scroll_into_view_if_needed()
    before = round_about(window, selector)

    # As the keyboard does it: browsers mark the focus of some things only then.
    marked.focus()
    window.page.keyboard.press("Shift+Tab")
    window.page.keyboard.press("Tab")
    marked.scroll_into_view_if_needed()

    assert round_about(window, selector) != before


def test_every_word_can_be_read_and_the_edges_of_boxes_and_errors_are_drawn(window):
    window.press("Continue")
    assert window.page.evaluate(CONTRAST) == []
    window.page.screenshot(path=window.folder / f"error-{window.scheme}.png", full_page=True)
    window.go(f"{RESPOND}save/")
    assert (
        window.page.evaluate("() => getComputedStyle(document.querySelector('[name=email]')).borderTopStyle") == "solid"
    )
    assert window.page.evaluate(CONTRAST) == []
