"""Opening a batch: the code at the foot of a form says what the pile is, and nothing is asked that has one answer."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from consult.models import Role
from consult.paper.models import Batch
from consult.uk_time import uk_day
from exports.paper.form_code import form_name
from surveys.models import Response
from surveys.publishing import publish
from tests.consult import people
from tests.consult.batches import Keyer
from tests.consult.keying_pages import consultation
from tests.consult.test_paper_forms import EASY
from tests.exports.paper.reading import read

pytestmark = pytest.mark.django_db

PILE = {
    "received_on_day": "20",
    "received_on_month": "11",
    "received_on_year": "2026",
    "source": "post",
    "counted": "2",
}


class Opener(Keyer):
    """Somebody at the page that opens a batch."""

    def __init__(self, client, slug="care"):
        self.client, self.slug = client, slug

    def address(self, name="batch-open", **more):
        return reverse(name, kwargs={"slug": self.slug} | more)

    def opens_with(self, **fields):
        return self.sends("batch-open", PILE | {"press": "open"} | fields)

    def asked(self):
        """The names of what the page asks for, in order, each once."""
        names = self.document().xpath("//main//form//*[self::input or self::select][not(@type='hidden')]/@name")
        return list(dict.fromkeys(names))

    def checked(self, name):
        return self.document().xpath(f"//input[@name='{name}'][@checked]/@value")


@pytest.fixture
def clerk():
    return Opener(people.signed_in(people.person("clerk", Role.CLERK)))


@pytest.fixture
def many():
    """A consultation in English and Polish and in easy read, of which there are two versions."""
    made = consultation(EASY)
    publish(made.questionnaire, now=datetime.now(UTC), reason="a test", public_note="a test")
    return made


def batch():
    """`(version, language, edition, variant)` of the newest batch."""
    found = Batch.objects.select_related("version").first()
    return found.version.number, found.language, found.edition, found.variant


# What is asked ----------------------------------------------------------------------------------------------------------
def test_of_one_version_in_one_language_neither_is_asked_and_today_is_filled_in(clerk):
    consultation()

    clerk.opens("batch-open")

    dates = [f"received_on_{part}" for part in ("day", "month", "year")]
    assert clerk.asked() == ["code", "edition", *dates, "source", "counted"]
    today = uk_day(timezone.now())
    assert [clerk.value(name) for name in dates] == [str(today.day), str(today.month), str(today.year)]
    assert clerk.checked("edition") == ["standard"]


def test_of_several_the_newest_and_the_first_language_are_chosen_before_anybody_chooses(clerk, many):
    clerk.opens("batch-open")

    newest = many.questionnaire.versions.get(number=2)
    assert [clerk.checked(name) for name in ("version", "language", "edition")] == [
        [str(newest.pk)], ["en"], ["standard"],
    ]  # fmt: skip


def test_pile_without_a_code_is_what_was_chosen(clerk, many):
    first = many.questionnaire.versions.get(number=1)

    clerk.opens_with(version=str(first.pk), language="pl", edition="large-print")

    assert batch() == (1, "pl", "large-print", "")
    assert "They are V1, large print, in Polish." in clerk.text()


def test_easy_read_in_a_language_that_has_none_is_refused(clerk, many):
    newest = many.questionnaire.versions.get(number=2)

    clerk.opens_with(version=str(newest.pk), language="pl", edition="easy-read")

    assert (clerk.page.status_code, clerk.problems()) == (422, ["This version has no easy read form in Polish"])


# What a code says -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "code, expected",
    [
        ("CARE-V1-P03", (1, "en", "standard", "")),
        ("care-v2-p01", (2, "en", "standard", "")),
        (" CARE-V2L-PL-P12 ", (2, "pl", "large-print", "")),
        ("CARE-V1E", (1, "en", "easy-read", "easy_read")),
    ],
)
def test_code_says_version_language_and_edition(clerk, many, code, expected):
    clerk.opens_with(code=code)

    assert batch() == expected


def test_scanner_presses_enter_and_what_the_code_says_is_shown_before_anything_is_opened(clerk, many):
    clerk.sends("batch-open", {"code": "CARE-V1L-PL-P03", "counted": "12", "press": "read"})

    assert (clerk.page.status_code, clerk.problems(), Batch.objects.count()) == (200, [], 0)
    assert "These forms are V1, large print, in Polish." in clerk.text()
    assert [name for name in clerk.asked() if name in ("version", "language", "edition")] == []
    assert (clerk.value("code"), clerk.value("counted")) == ("CARE-V1L-PL-P03", "12")

    clerk.opens_with(**{"code": clerk.value("code"), "code-read": "CARE-V1L-PL-P03", "press": "read"})
    assert batch() == (1, "pl", "large-print", "")


@pytest.mark.parametrize(
    "code, why",
    [
        ("BUSES-V1-P03", "BUSES-V1-P03 is a form of another consultation. Forms of this one begin with CARE"),
        ("CARE-V9-P01", "There is no version 9 of these questions. Look at the code again"),
        ("CARE-V0-P01", "This form is a draft, which nobody should have been sent. Ask the engagement lead"),
        ("CARE-V1-UR-P01", "Version 1 was not printed like that. Look at the code again"),
        ("CARE-V1E-PL-P01", "Version 1 was not printed like that. Look at the code again"),
        ("CARE-V1X-P01", "Version 1 was not printed like that. Look at the code again"),
        ("5012345678900", "Scan the bars at the foot of a page, or type the code beside them, like APMS-V1-P03"),
    ],
)
@pytest.mark.parametrize("press", ["read", "open"])
def test_code_of_no_form_of_ours_is_refused_with_what_to_do(clerk, many, code, why, press):
    clerk.opens_with(code=code, press=press)

    assert (clerk.page.status_code, clerk.problems(), Batch.objects.count()) == (422, [why], 0)


def test_name_of_a_long_address_is_read_as_it_is_printed(clerk):
    slug = "the-future-of-the-walk-in-centre"
    consultation(EASY, slug=slug)
    clerk.slug = slug

    clerk.opens_with(code=f"{form_name(slug)}-V1E-P02")

    assert batch() == (1, "en", "easy-read", "easy_read")


# What comes of it -------------------------------------------------------------------------------------------------------
def test_responses_keyed_of_easy_read_are_told_apart_as_those_sent_online_are(clerk, many):
    clerk.opens_with(code="CARE-V2E-P01")
    keyer = Keyer(clerk.client, Batch.objects.get())
    keyer.keys(1, {"car": "1", "equality-sex": "1"})

    clerk.opens_with(code="CARE-V2L-P01")
    keyer = Keyer(clerk.client, Batch.objects.first())
    keyer.keys(1, {"car": "1", "equality-sex": "1"})

    assert list(Response.objects.order_by("id").values_list("variant", "language")) == [("easy_read", "en"), ("", "en")]


def test_cover_sheet_has_the_code_of_the_forms_under_it(clerk, many):
    clerk.opens_with(code="CARE-V1L-PL-P03")

    sheet = clerk.client.get(clerk.address("batch-cover", batch=Batch.objects.get().number))

    assert "CARE-V1L-PL" in " ".join(element.words for element in read(sheet.content).walk())


def test_list_of_batches_says_what_the_forms_of_each_are(clerk, many):
    clerk.opens_with(code="CARE-V1L-PL-P03")

    clerk.opens("batches")

    assert "V1, large print, in Polish" in clerk.text()
