"""Batches of paper forms for tests, and a clerk's or verifier's browser without a script."""

from datetime import UTC, date, datetime

from django.urls import reverse
from lxml import html

from consult.models import Role
from consult.paper.models import Batch, PaperForm
from surveys.publishing import latest_version_id
from tests.consult import people

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def given_a_batch(consultation, *, number=1, forms=1, **facts):
    """A batch of forms that nobody has begun, without going through its pages."""
    batch = Batch.objects.create(
        **{
            "number": number,
            "consultation": consultation,
            "version_id": latest_version_id(consultation.questionnaire_id),
            "received_on": date(2026, 11, 20),
            "source": Batch.Source.POST,
            "counted": forms,
            "opened_by": "somebody",
            "opened_at": NOW,
        }
        | facts
    )
    PaperForm.objects.bulk_create(PaperForm(batch=batch, number=place + 1) for place in range(forms))
    return batch


class Keyer:
    """Somebody at the screens of one batch, as a browser without a script shows them. `page` is the last response."""

    def __init__(self, client, batch):
        self.client, self.batch, self.page = client, batch, None

    def address(self, name, **more):
        return reverse(name, kwargs={"slug": self.batch.consultation.slug, "batch": self.batch.number} | more)

    def opens(self, name="batch", **more):
        self.page = self.client.get(self.address(name, **more), follow=True)
        return self

    def sends(self, name, fields, **more):
        self.page = self.client.post(self.address(name, **more), fields, follow=True)
        return self

    def keys(self, number, typed, *, press="save", name="batch-form", **more):
        """Type into an open form and press a button: twice, where the page asks to look again."""
        self.opens(name, number=number)
        self.presses(name, number, typed, press=press, **more)
        if press == "save" and self.page.status_code == 422 and not self.problems():
            self.presses(name, number, typed, press=press, **more)
        return self

    def presses(self, name, number, typed, *, press="save", **more):
        """Press a button of the page as it is, with what its hidden fields hold."""
        fields = self.hidden() | typed | {"form-press": press} | more
        return self.sends(name, fields, number=number)

    def hidden(self):
        """`{name: [values]}` of the hidden fields of the form."""
        found = {}
        for field in self.document().xpath("//form[@data-keying]//input[@type='hidden']"):
            found.setdefault(field.get("name"), []).append(field.get("value") or "")
        return found

    def document(self):
        return html.fromstring(self.page.content.decode())

    def text(self):
        """The words of the page's main part."""
        return " ".join(self.document().find(".//main").text_content().split())

    def problems(self):
        """The error summary's messages."""
        return [
            link.text_content().strip()
            for link in self.document().xpath("//*[contains(@class, 'nhsuk-error-summary__list')]/li")
        ]

    def value(self, name):
        """What a box holds."""
        found = self.document().xpath(f"//*[@name='{name}']")[0]
        return found.get("value") if found.tag == "input" else found.text.removeprefix("\n")


def keyed_by_second(batch, number, typed, username="second"):
    """A form keyed a second time, all but its writing box, by somebody made for it."""
    second = Keyer(people.signed_in(people.person(username, Role.VERIFIER)), batch)
    return second.keys(number, {name: text for name, text in typed.items() if name != "why"}, name="batch-second-form")
