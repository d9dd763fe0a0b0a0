"""Reading and pressing the key entry page as a browser without a script does, for tests."""

import html
import re
from datetime import UTC, datetime, timedelta

from consult.models import Consultation
from surveys.models import Response
from tests.builders import choice, comment, for_each, number, page, questionnaire, several, statements, when
from tests.consult import people
from tests.consultations import open_consultation

NOW = datetime.now(UTC)
CLOSED = {"opens_at": NOW - timedelta(days=60), "closes_at": NOW - timedelta(days=30)}
"""Times of a consultation that has closed."""
FORM = questionnaire(
    choice("used", "Yes", "No", "I do not know"),
    page("why_page", comment("why"), shown_if=when("used", 1)),
    several("where", "Eyes", "Skin", "Joints"),
    page("wait_page", choice("wait", "Short", "Long"), repeat=for_each("where", most=2)),
    statements("plan", "keep", "close"),
    number("visits", max=50),
)
WHOLE = {
    "used": "1",
    "why": "Too far\nby bus",
    "where": "13",
    "wait@1": "2",
    "wait@3": "*12",
    "plan.keep": "1",
    "plan.close": "/",
    "visits": ".",
}


def consultation(definition=FORM, *, slug="care", **fields):
    """A consultation of the clerk's team, open unless its times say otherwise."""
    made = open_consultation(definition, slug=slug, team=people.team(), now=NOW)
    Consultation.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def address(slug="care"):
    return f"/staff/{slug}/keying/"


def hidden(page):
    """What the page's hidden inputs and chosen channel would send: everything that was not typed."""
    found = re.findall(r'<input type="hidden" name="(form-[^"]+)" value="([^"]*)"', page.content.decode())
    posted = {"form-channel": "paper", "form-language": "en"}
    for name, value in found:
        posted.setdefault(name, [] if name == "form-seen" else "")
        posted[name] = [*posted[name], html.unescape(value)] if name == "form-seen" else value
    return posted


def press(client, page, typed, button="save", **more):
    """Press a button of the page with these keys in its boxes."""
    return client.post(address(), hidden(page) | typed | {"form-press": button} | more)


def save_twice(client, typed, **more):
    """Save, and save again where the page asks to look again."""
    page = press(client, client.get(address()), typed, **more)
    return press(client, page, typed, **more) if page.status_code == 422 else page


def errors(page):
    """The error summary's links: `[(target, text)]`."""
    return [
        (target, html.unescape(text).strip())
        for target, text in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary_of(page))
    ]


def summary_of(page):
    found = re.search(r'class="nhsuk-error-summary".*?</div>\s*</div>', page.content.decode(), re.S)
    return found[0] if found else ""


def value_of(page, name):
    """What an input or writing box of the page holds."""
    text = page.content.decode()
    found = re.search(rf'name="{re.escape(name)}" type="text"[^>]* value="([^"]*)"', text)
    found = found or re.search(rf'<textarea[^>]* name="{re.escape(name)}"[^>]*>\n([^<]*)<', text)
    return html.unescape(found[1])


def only_response():
    return Response.objects.get()
