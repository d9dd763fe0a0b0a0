"""Looking at pages in a real browser: is anything inaccessible, cut off, refused by the content policy, or fetched elsewhere.

axe-core finds only part of what can be wrong; the keyboard tests and a look at the saved pictures are for the rest.
"""

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.bench.places import REPOSITORY

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = 1280, 320
RUN_AXE = """async () => {
    const found = await axe.run(document, {
        resultTypes: ["violations"],
        preload: false,
        runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        rules: {
            "heading-order": { enabled: true },
            "region": { enabled: true },
            "page-has-heading-one": { enabled: true },
            "scope-attr-valid": { enabled: true },
        },
    });
    const all = ["violations", "passes", "incomplete", "inapplicable"];
    return {
        ran: all.flatMap((state) => found[state].map((rule) => rule.id)),
        violations: found.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 200))]),
    };
}"""
MUST_RUN = {"target-size", "heading-order", "region", "page-has-heading-one", "color-contrast", "label"}
"""A bare run leaves the first out, and a list of tags the others: a run without them would prove little."""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def axe_source() -> str:
    return AXE.read_text()


class Onlooker:
    """One window. `wrong` gathers what no page may do: errors in the console, requests elsewhere, server errors, dialogs."""

    def __init__(
        self, context: BrowserContext, *, origin: str, folder: Path, script: bool = True, forgiving: bool = False
    ):
        """`forgiving`: faults of the server are what this window is there to see."""
        self.context, self.origin, self.folder, self.script = context, origin, folder, script
        self.forgiving = forgiving
        self.wrong: list[str] = []
        self.looked_at: dict[str, str] = {}
        context.on("request", self.note_request)
        context.on("response", self.note_response)
        context.on("console", self.note_console)
        context.on("dialog", self.note_dialog)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        self.page: Page = context.new_page()

    # What may not happen ----------------------------------------------------------------------------------------------
    def note_request(self, request):
        if not request.url.startswith((self.origin + "/", "data:")):
            self.wrong.append(f"request elsewhere: {request.url}")

    def note_response(self, response):
        if (response.status >= 500 and not self.forgiving) or (
            response.status == 404 and response.request.resource_type != "document"
        ):
            self.wrong.append(f"{response.status}: {response.url}")

    def note_console(self, message):
        # Chromium writes a line for each page answered with 4xx, which our error pages are, and for those with 5xx.
        if message.type in ("error", "warning") and not re.search(
            "the server responded with a status of " + ("[45]" if self.forgiving else "4"), message.text
        ):
            self.wrong.append(f"console: {message.text} at {self.page.url}")

    def note_dialog(self, dialog):
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    # Going ------------------------------------------------------------------------------------------------------------
    def go(self, path: str):
        return self.page.goto(path)

    @property
    def path(self) -> str:
        """The address without the origin and without the part of the page (#…)."""
        return self.page.url.removeprefix(self.origin).partition("#")[0]

    @property
    def text(self) -> str:
        """The words of the main part, on one line."""
        return " ".join(self.page.inner_text("main").split())

    @property
    def step(self) -> str:
        """The last part of the address, without what was asked of it."""
        return self.path.partition("?")[0].rstrip("/").rpartition("/")[2]

    def press(self, name: str):
        """Press a button and wait for the page that comes."""
        with self.page.expect_event("load"):
            self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, words: str):
        """Follow a link and wait for the page that comes."""
        with self.page.expect_event("load"):
            self.page.get_by_role("link", name=words, exact=True).or_(
                self.page.get_by_role("button", name=words, exact=True)
            ).first.click()

    # Looking ----------------------------------------------------------------------------------------------------------
    def looks_right(self, name: str, *, widths=(WIDE, NARROW)) -> None:
        """axe finds nothing and nothing is cut off at any of the widths; a picture of each is kept under `name`.

        axe is itself a script: in a window without script only the rest is looked at.
        """
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.script:
                assert (self.path, width, self.violations()) == (self.path, width, [])
            assert self.page.evaluate(OVERFLOW) <= 0, f"{self.path} scrolls sideways at {width}px"
            self.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        self.looked_at[name] = self.page.title()

    def fits(self, widths) -> None:
        """Nothing makes the page scroll sideways at any of the widths."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate(OVERFLOW) <= 0, f"{self.path} scrolls sideways at {width}px"

    def violations(self) -> list:
        """What axe finds, as `[[rule, [markup]]]`."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe_source())
        found = self.page.evaluate(RUN_AXE)
        assert set(found["ran"]) >= MUST_RUN
        return found["violations"]
