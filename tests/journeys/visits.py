"""A resident's visit with the test client, told as given, when and then.

Forms are read from the page and sent as a browser sends them: with the hidden token, with what the page already shows, and
with the button that was pressed.
"""

from django.test import Client
from django.urls import reverse

from consult.demonstration.facts import facts_of
from consult.models import Consultation, Postcode
from surveys.drafts import Draft, open_draft
from surveys.models import Response
from tests.consultations import open_consultation
from tests.journeys.pages import Page, page_of

CODE = r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
"""A receipt code: Crockford's Base32 (no I, L, O, U) in three groups of four."""

MOST_PAGES = 60
REQUIRED = {"a1": 1, "a2": 8, "b1": 1, "c1": 6, "c2": [1], "support": 1}
"""An answer to each question that must be answered."""


def given_an_open_consultation(slug: str = "apms", **fields) -> Consultation:
    """One of the demonstration's three, open now whatever its own dates are."""
    facts = facts_of(slug)
    return open_consultation(facts.questionnaire(), slug=slug, short_name=facts.short_name, title=facts.title, **fields)


def given_a_postcode_directory() -> None:
    """One postcode, inside the area, in the most deprived fifth."""
    Postcode.objects.create(postcode="NB1 1AA", deprivation_fifth=1, ward="Northbridge", is_inside=True)


class Visit:
    """One browser at one consultation. `page` is what it shows now; the methods are what a person does and sees."""

    def __init__(self, slug: str = "apms", *, client: Client | None = None):
        self.slug = slug
        self.client = client or Client(enforce_csrf_checks=True)
        self.page: Page | None = None
        self.trail: list[str] = []

    # Given ------------------------------------------------------------------------------------------------------------
    def given_i_have_begun(self) -> "Visit":
        self.when_i_open("respond-privacy")
        self.when_i_continue()
        return self

    def given_i_am_somebody_else_and_ready_to_send(self) -> "Visit":
        """Somebody answered on this device before me: I say that I am another, and go on to the check page."""
        self.when_i_open("respond-privacy")
        self.when_i_follow("Start now")
        self.when_i_continue()
        return self.given_every_page_is_passed()

    def given_i_have_answered(self, *pages: dict) -> "Visit":
        """One page after another, from wherever I am."""
        for answers in pages:
            assert self.when_i_answer(answers).status == 200, self.page.problems
        return self

    def given_i_am_ready_to_send(self) -> "Visit":
        """Every page passed with what must be answered, and the check page open."""
        self.given_i_have_begun()
        return self.given_every_page_is_passed()

    def given_every_page_is_passed(self) -> "Visit":
        """From the first page on, with what must be answered, to the check page."""
        for _ in range(MOST_PAGES):
            if self.page.path == self.address_of("check"):
                return self
            self.given_i_have_answered({name: REQUIRED[name] for name in self.page.controls if name in REQUIRED})
        raise AssertionError(f"The route does not end: the last page was {self.page.path}")

    # When -------------------------------------------------------------------------------------------------------------
    def when_i_open(self, name: str, **parts) -> Page:
        return self.when_i_go_to(reverse(name, kwargs={"slug": self.slug} | parts))

    def when_i_go_to(self, path: str) -> Page:
        return self.shows(self.client.get(path, follow=True))

    def when_i_follow(self, words: str) -> Page:
        """Follow the one link with these words."""
        return self.when_i_go_to(self.page.link(words))

    def when_i_answer(self, answers: dict | None = None, /, *, button: str = "continue", **named) -> Page:
        """Fill in the page and press its button. Names with a dot come in a dictionary: `{"a9.keep": 1}`."""
        return self.when_i_post(self.page.posts_to, self.page.filled_in((answers or {}) | named, button=button))

    def when_i_continue(self) -> Page:
        """Press the button and leave the rest as it is."""
        return self.when_i_answer()

    when_i_send = when_i_continue

    def when_i_post(self, path: str, fields) -> Page:
        """Send fields to an address, whatever page is open; a browser's answer to a redirect is followed."""
        posted: dict[str, list[str]] = {}
        for name, value in fields:
            posted.setdefault(name, []).append(value)
        return self.shows(self.client.post(path, posted, follow=True))

    def when_i_try_to_post(self, name: str, answers: dict, **parts) -> Page:
        """Send answers to a page that is not the one shown, with the token that this browser was given."""
        fields = [("csrfmiddlewaretoken", self.token()), *((key, str(value)) for key, value in answers.items())]
        return self.when_i_post(reverse(name, kwargs={"slug": self.slug} | parts), fields)

    def when_i_change(self, question: str) -> Page:
        """Follow the link "Change" beside a question of the check page."""
        return self.when_i_go_to(self.page.link(f"Change your answer to: {question}"))

    def when_i_go_back(self) -> Page:
        """Press Back: a button where the page has a form, so that what was typed is kept."""
        if self.page.body.xpath("//button[@name='back']"):
            return self.when_i_answer(button="back")
        return self.when_i_go_to(self.page.link("Back"))

    # Then -------------------------------------------------------------------------------------------------------------
    def then_i_am_asked(self, step: str) -> None:
        assert (self.page.path, self.page.status) == (self.address_of(step), 200)

    def then_i_am_told(self, **problems: str) -> None:
        """The messages, by the control that each leads to: beside it, in the summary, and first in the title an "Error:"."""
        assert self.page.status == 422
        assert {control.removeprefix("id_"): message for message, control in self.page.problems.items()} == problems
        assert sorted(self.page.errors_beside_controls) == sorted(problems.values())
        assert self.page.title.startswith("Error: ")
        assert all(self.page.body.get_element_by_id(control) is not None for control in self.page.problems.values())

    def then_i_am_on(self, name: str, **parts) -> None:
        assert (self.page.path, self.page.status) == (reverse(name, kwargs={"slug": self.slug} | parts), 200)

    # Looking ----------------------------------------------------------------------------------------------------------
    def shows(self, response) -> Page:
        self.trail += [url for url, _ in getattr(response, "redirect_chain", ())]
        self.page = page_of(response)
        return self.page

    def address_of(self, step: str) -> str:
        return reverse("respond-page", kwargs={"slug": self.slug, "step": step})

    def token(self) -> str:
        """The token against forgery that this browser was given; "" before it saw a form."""
        kept = self.client.cookies.get("csrftoken")
        return kept.value if kept else ""

    def cookie(self, name: str) -> str:
        """What the browser keeps under one of the service's names; "" when nothing."""
        kept = self.client.cookies.get(f"{name}-{self.slug}")
        return kept.value if kept else ""


def draft_of(visit: Visit) -> Draft | None:
    """What is kept of a visit that has not sent its answers; None when there is nothing."""
    return open_draft(visit.cookie("draft"))


def responses(slug: str = "apms") -> list[Response]:
    """What a consultation holds, in the order it came."""
    return list(Response.objects.filter(version__questionnaire__consultation__slug=slug).order_by("id"))
