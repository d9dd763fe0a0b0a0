"""A lead at the builder, for tests: a client that fills in what a page shows and sends it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

from surveys.definition_json import from_json
from tests.consult.people import lead, signed_in, team
from tests.consultations import draft_consultation


class Fields(HTMLParser):
    """What a browser would send of a page's forms that post: `found` is `{action: {name: value}}`."""

    def __init__(self, html):
        super().__init__()
        self.found, self.form, self.named, self.is_first = {}, None, "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.form = self.found.setdefault(given.get("action", ""), {}) if given.get("method") == "post" else None
        elif self.form is not None and tag in ("input", "textarea", "select", "option"):
            getattr(self, f"begin_{tag}")(given)

    def begin_input(self, given):
        if given.get("type") not in ("radio", "checkbox"):
            self.form[given["name"]] = given.get("value", "")
        elif "checked" in given:
            self.form.setdefault(given["name"], []).append(given.get("value", "on"))

    def begin_textarea(self, given):
        self.named, self.form[given["name"]] = given["name"], ""

    def begin_select(self, given):
        self.named, self.is_first = given["name"], True

    def begin_option(self, given):
        if self.is_first or "selected" in given:
            self.form[self.named], self.is_first = given.get("value", ""), False

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag in ("textarea", "select"):
            self.named = ""

    def handle_data(self, text):
        if (
            self.named
            and self.form is not None
            and not self.is_first
            and self.named in self.form
            and self.lasttag == "textarea"
        ):
            self.form[self.named] += text


@dataclass
class Builder:
    """A lead with a draft consultation. `page` is the last that was opened."""

    consultation: object
    client: Client
    page: object = None
    forms: dict = field(default_factory=dict)

    @property
    def base(self):
        return f"/staff/{self.consultation.slug}/build/"

    @property
    def definition(self):
        self.consultation.questionnaire.refresh_from_db()
        return from_json(self.consultation.questionnaire.draft)

    @property
    def text(self):
        return self.page.content.decode()

    def open(self, path):
        """Open a page of the builder, by its address below `build/`."""
        return self.go(f"build/{path}")

    def go(self, path):
        """Open a page of the staff's, by its address below the consultation's own."""
        self.page = self.client.get(f"/staff/{self.consultation.slug}/{path}", follow=True)
        self.forms = Fields(self.text).found
        self.here = self.page.request["PATH_INFO"] + ("?" + self.page.request["QUERY_STRING"]).rstrip("?")
        return self

    def send(self, action="", **changes):
        """Send a form of the page as it was shown, but for these fields."""
        typed = {**self.forms[action], **changes}
        self.page = self.client.post(
            action or self.here, {name: value for name, value in typed.items() if value is not None}, follow=True
        )
        self.forms = Fields(self.text).found
        return self


def builder(definition=None, *, somebody=None, **fields):
    """A lead at the builder of a new draft."""
    consultation = draft_consultation(definition, team=team(), **fields)
    return Builder(consultation, signed_in(somebody or lead()))


def beside(first, username="second"):
    """Another lead at the same draft."""
    return Builder(first.consultation, signed_in(lead(username)))


def keys(definition):
    return {page.key: "".join(question.key for question in page.questions) for page in definition.pages}
