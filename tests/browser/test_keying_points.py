"""Keying paper in a real browser (ux.md §5, points 33 to 42)."""

import pytest
from django.db import connections

from consult.models import Role
from consult.paper.models import PaperForm
from consult.paper.verification import draw_sample
from surveys.models import Response
from surveys.paper_order import boxes_of, paper_form
from surveys.publishing import latest_version_id, published
from tests.builders import choice, questionnaire
from tests.consult import people
from tests.consult.batches import NOW, given_a_batch
from tests.consult.keying_pages import WHOLE, consultation
from tests.journeys.test_apms import PATIENT_OF_ALDERBECK
from tests.journeys.visits import given_an_open_consultation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = """() => new Promise((heard) => {
  const box = document.activeElement, echo = document.getElementById(`${box.id}-echo`), from = performance.now();
  new MutationObserver(() => heard([echo.textContent, performance.now() - from, echo.getAttribute("aria-live")]))
    .observe(echo, {childList: true});
  box.value = "2";
  box.dispatchEvent(new Event("input", {bubbles: true}));
})"""
FOCUS = "() => document.activeElement.name || document.activeElement.textContent.trim()"
MOST_BOXES = 200


class Desk:
    """A keyer's window on one batch. `presses` counts the keys."""

    def __init__(self, page, batch, origin):
        self.page, self.batch, self.origin, self.presses = page, batch, origin, 0

    def opens(self, number, place="forms"):
        slug = self.batch.consultation.slug
        self.page.goto(f"{self.origin}/staff/{slug}/batches/{self.batch.number}/{place}/{number}/")
        self.page.wait_for_load_state("networkidle")
        return self

    def types(self, keys):
        """Keys as a hand presses them, and Enter."""
        self.page.keyboard.type(keys)
        self.page.keyboard.press("Enter")
        self.presses += len(keys) + 1

    def fills_in(self, typed):
        """Go through the form from the first box with the keys for each, to the Save button."""
        for _ in range(MOST_BOXES):
            name = self.focus()
            if name == "form-press":
                return self
            self.types(typed.get(name, ""))
        raise AssertionError(f"The form does not end: {self.focus()}")

    def saves(self):
        """Enter on the Save button, and once more where the page asks to look again."""
        for _ in range(2):
            # The page that asks to look again puts the focus on its button only once it is drawn.
            self.page.wait_for_function("() => document.activeElement.name === 'form-press'")
            with self.page.expect_event("load"):
                self.types("")
            if "Look again before you save" not in self.page.inner_text("main"):
                return self
        return self

    def focus(self):
        return self.page.evaluate(FOCUS)

    def text(self):
        return " ".join(self.page.inner_text("main").split())


@pytest.fixture
def desk(live_server, chromium, monkeypatch):
    """`desk(batch, "clerk", Role.CLERK)`: somebody's window on a batch."""
    # Playwright's event loop stands still while a test asks the database what was kept.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        def opened(batch, username="clerk", role=Role.CLERK, **more):
            session = people.signed_in(people.person(username, role)).cookies["sessionid"].value
            context = browser.new_context(viewport={"width": 1280, "height": 900}, **more)
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            return Desk(context.new_page(), batch, live_server.url)

        yield opened
        browser.close()
        # While that loop runs Django keeps other connections for this thread, which nobody could close once it has ended.
        connections.close_all()


def codes_for(definition, pages):
    """What is typed for answers posted page by page (`[{name: raw}]`): the printed codes, nothing in writing boxes."""
    raw = {name: value for page in pages for name, value in page.items()}
    typed = {}
    for box in boxes_of(paper_form(definition)):
        value = raw.get(box.name)
        if value is not None and box.options:
            typed[box.name] = "".join(
                box.printed(code) for code in (value if isinstance(value, list) else [value]) if code
            )
    return typed


def test_point_33_the_apms_form_is_keyed_with_number_pad_and_enter_and_hardly_a_key_too_many(desk):
    made = given_an_open_consultation("apms", team=people.team())
    definition = published(latest_version_id(made.questionnaire_id)).definition
    typed = codes_for(definition, PATIENT_OF_ALDERBECK) | {"equality-sex": "1"}
    window = desk(given_a_batch(made)).opens(1)
    seen = []
    for _ in range(MOST_BOXES):
        name = window.focus()
        if name == "form-press":
            break
        seen.append(name)
        window.types(typed.get(name, ""))
    fields = len(seen)

    window.saves()

    order = [box.name for box in boxes_of(paper_form(definition)) if box.name in seen]
    assert seen[: len(order)] == order
    least = sum(map(len, typed.values())) + fields
    assert {name for name in typed if name not in seen} == set()
    assert window.presses <= 1.15 * least
    assert Response.objects.count() == 1


def test_point_34_a_code_is_said_in_words_within_a_tenth_of_a_second_and_politely(desk):
    window = desk(given_a_batch(consultation())).opens(1)

    said, milliseconds, live = window.page.evaluate(SEEN)

    assert (said, live) == ("No", "polite")
    assert milliseconds < 100


def test_point_35_blank_several_illegible_and_untouched_are_four_different_values_in_the_export(desk):
    made = consultation(questionnaire(*(choice(f"q{number}", "a", "b", "c") for number in range(1, 6))))
    window = desk(given_a_batch(made)).opens(1)

    for keys in ("1", ".", "*12", "/"):
        window.types(keys)
    with window.page.expect_event("load"):
        window.page.click("text=Save draft")
    draft = PaperForm.objects.get(batch=window.batch)
    window.page.click("button[value=save]")
    window.page.wait_for_url("**/batches/1/")

    row = Response.objects.get()
    assert draft.state == "begun"
    assert list(bytes(row.codes)) == [1, 251, 254, 253, 251]


def test_point_36_a_wrong_code_holds_the_focus_names_the_codes_and_enter_sends_nothing(desk):
    made = consultation(questionnaire(choice("q1", *"abcde"), choice("q2", *"abcde")))
    window = desk(given_a_batch(made)).opens(1)
    address = window.page.url

    window.types("7")

    assert (window.focus(), window.page.url) == ("q1", address)
    assert "7 is not a code for question 1. Use 1 to 5, or . / *" in window.text()
    assert not Response.objects.exists()


def test_point_37_the_strip_counts_after_each_form_and_ends_at_the_count(desk):
    window = desk(given_a_batch(consultation(), forms=2)).opens(1)
    strips = [window.page.inner_text(".consult-keying-strip")]
    window.fills_in(WHOLE | {"why": "", "equality-sex": "1"}).saves()
    strips.append(window.page.inner_text(".consult-keying-strip"))
    window.fills_in(WHOLE | {"why": "", "equality-sex": "1"}).saves()

    assert ["1 of 2 · 0 keyed · 2 left" in strips[0], "2 of 2 · 1 keyed · 1 left" in strips[1]] == [True, True]
    assert "Keyed 2 Counted 2" in window.text()


def test_point_38_a_saved_form_is_reopened_with_its_values_and_the_change_is_in_its_history(desk):
    window = desk(given_a_batch(consultation(), forms=2)).opens(1)
    window.fills_in(WHOLE | {"why": "", "equality-sex": "1"}).saves()

    window.page.click("text=Go back to form 1")
    before = window.page.input_value("[name='visits']"), window.page.input_value("[name='used']")
    window.page.fill("[name='used']", "2")
    window.page.focus("button[value=save]")
    window.saves()
    window.page.click("text=Go back to form 1")

    assert before == (".", "1")
    assert "from “1” to “2”" in window.text()
    assert Response.objects.get().answers["used"] == 2


def test_point_39_a_form_number_that_was_keyed_is_refused_with_its_batch_and_number(desk):
    batch = given_a_batch(consultation(), number=142, forms=3)
    window = desk(batch).opens(2)
    window.fills_in(WHOLE | {"why": "", "equality-sex": "1"}).saves()

    window.page.goto(f"{window.origin}/staff/care/keying/")
    window.page.wait_for_load_state("networkidle")
    window.page.fill("[name='form-number']", "B0142-002")
    window.page.fill("[name='used']", "2")
    with window.page.expect_event("load"):
        window.page.click("button[value=save]")

    assert (
        "Form B0142-002 has already been keyed, as form 2 of batch B0142. Check the number on the paper"
        in window.text()
    )
    assert (window.page.input_value("[name='used']"), Response.objects.count()) == ("2", 1)


def test_point_40_all_but_the_last_box_is_there_after_the_tab_was_killed(desk):
    window = desk(given_a_batch(consultation())).opens(1)
    window.types("1")
    window.types("")
    window.types("13")
    window.page.keyboard.type("2")
    window.page.wait_for_function("() => document.getElementById('kept').textContent.startsWith('saved')")
    other = window.page.context.new_page()
    window.page.close(run_before_unload=False)

    again = Desk(other, window.batch, window.origin).opens(1)

    assert [again.page.input_value(f"[name='{name}']") for name in ("used", "where")] == ["1", "13"]


def test_point_41_a_planted_mismatch_stops_entry_and_both_values_are_shown_after_the_second(desk):
    batch = given_a_batch(consultation())
    first = desk(batch, "clerk").opens(1)
    first.fills_in(WHOLE | {"why": "", "visits": "41", "equality-sex": "1"}).saves()
    draw_sample(batch, now=NOW, by="test")
    second = desk(batch, "verifier", Role.VERIFIER).opens(1, place="second")
    source = second.page.content()

    second.types("2")
    second.page.wait_for_selector("text=This does not match the first entry")
    stopped = second.focus(), second.page.input_value("[name='used']")
    second.fills_in(WHOLE | {"used": "2", "why": "", "visits": "41", "equality-sex": "1"})
    assert "First entry:" not in second.text()
    second.saves()

    assert stopped == ("used", "")
    assert 'value="41"' not in source
    assert "First entry: 1 Yes · Your entry: 2 No" in second.text()
    assert Response.objects.get().answers["used"] == 1


def test_point_42_closing_is_refused_and_names_the_missing_form(desk):
    batch = given_a_batch(consultation(), forms=2)
    window = desk(batch).opens(1)
    window.fills_in(WHOLE | {"why": "", "equality-sex": "1"}).saves()

    window.page.goto(f"{window.origin}/staff/care/batches/1/close/")

    assert "You counted 2 forms but 1 are accounted for. Find form 002 or say why it is missing." in window.text()
    assert window.page.query_selector("text=Storage box") is None


def test_without_script_a_form_is_keyed_and_enter_only_saves_a_draft(desk):
    window = desk(given_a_batch(consultation()), java_script_enabled=False).opens(1)

    window.page.keyboard.type("1")
    with window.page.expect_event("load"):
        window.page.keyboard.press("Enter")

    assert (PaperForm.objects.get().state, Response.objects.count()) == ("begun", 0)
    assert window.page.input_value("[name='used']") == "1"
