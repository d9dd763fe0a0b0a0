"""A page as a person reads it: its title, heading, errors and form, and what a browser would send of the form. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import html

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """What came back for an address in the end: its path after redirects, what was asked of it, its status, its body."""

    path: str
    status: int
    body: html.HtmlElement
    query: str = ""

    @property
    def title(self) -> str:
        return words(self.body.find(".//title"))

    @property
    def heading(self) -> str:
        """The one h1."""
        (found,) = self.body.findall(".//h1")
        return words(found)

    @property
    def text(self) -> str:
        """The words of the main part, on one line."""
        return words(self.body.find(".//main"))

    @property
    def problems(self) -> dict[str, str]:
        """The error summary: `{message: id of the control it leads to}`."""
        links = [link for box in self.body.find_class("nhsuk-error-summary__list") for link in box.iter("a")]
        return {words(link): link.get("href").removeprefix("#") for link in links}

    @property
    def errors_beside_controls(self) -> list[str]:
        """The messages beside the controls, without the hidden word "Error:"."""
        return [words(found).removeprefix("Error:").strip() for found in self.body.find_class("nhsuk-error-message")]

    @property
    def answers(self) -> dict[str, str]:
        """The check page: `{question: answer in words}`."""
        rows = self.body.find_class("nhsuk-summary-list__row")
        return {words(row.find("dt")): words(row.find("dd")) for row in rows}

    @property
    def controls(self) -> list[str]:
        """The names of what can be filled in, first to last, each once."""
        visible = (control for control in self.form.inputs if control.get("type") != "hidden" and control.name)
        return list(dict.fromkeys(control.name for control in visible if control.tag != "button"))

    @property
    def form(self) -> html.FormElement:
        """The page's one form that is posted, or of several the one that is posted to the page itself."""
        posted = [form for form in self.body.forms if form.method == "POST"]
        (found,) = [form for form in posted if not form.get("action")] or posted
        return found

    @property
    def posts_to(self) -> str:
        """The address that the form is sent to: where it names none, that of the page, with what was asked of it."""
        return urljoin(urlunsplit(("", "", self.path, self.query, "")), self.form.get("action") or "")

    def filled_in(self, answers: Mapping[str, Any], *, button: str = "continue") -> Fields:
        """What a browser sends when `answers` (`{control: value or [value]}`) are put over what the page shows.

        A control given as None is left out, like a radio that nobody chose. Controls that are not on the page are sent too.
        """
        shown = [(name, value) for name, value in self.form.form_values() if name not in answers]
        given = [(name, str(value)) for name, values in answers.items() for value in as_list(values)]
        return [*shown, *given, (button, "1")]

    def link(self, wanted: str) -> str:
        """The path of the one link with these words."""
        (found,) = {link.get("href") for link in self.body.iter("a") if words(link) == wanted}
        return urljoin(self.path, found)


def page_of(response: Any) -> Page:
    """The page of a test client's response."""
    path = urlsplit(response.request["PATH_INFO"]).path
    query = response.request["QUERY_STRING"]
    return Page(path, response.status_code, html.document_fromstring(response.content.decode()), query)


def as_list(values: Any) -> list[Any]:
    """One value or several as a list; None is nothing."""
    if values is None:
        return []
    return list(values) if isinstance(values, list | tuple) else [values]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
