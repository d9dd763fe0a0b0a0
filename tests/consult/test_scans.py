"""Scans of paper forms: who sees them beside the boxes, how they lie, and when they are destroyed."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from consult import erasure, keys, submission
from consult.models import AuditEvent, LinkKey, Role
from consult.paper import scans
from consult.paper.batches import close_batch, set_aside
from consult.paper.models import Batch, FormState, PaperForm, Scan
from consult.paper.verification import draw_sample
from surveys.models import Response
from tests.consult import people
from tests.consult.batches import NOW, Keyer, given_a_batch
from tests.consult.keying_pages import WHOLE, consultation
from tests.consult.scans import document, given_a_scan, picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def clerk():
    return Keyer(people.signed_in(people.person("clerk", Role.CLERK)), given_a_batch(consultation(), forms=2))


@pytest.fixture
def scan(clerk):
    return given_a_scan(clerk.batch.forms.get(number=1))


def attach(keyer, content, *, number=1):
    return keyer.sends("batch-scans", {"file": upload(content)}, number=number)


def pictures(keyer):
    """`[(alt, src)]` of the pictures on the page."""
    return [(each.get("alt"), each.get("src")) for each in keyer.document().xpath("//main//img")]


def files(own_files):
    return sorted(path.name for path in (own_files / scans.FOLDER).glob("*"))


# Attaching and showing --------------------------------------------------------------------------------------------------
def test_scan_is_attached_and_shown_beside_the_boxes_and_that_is_recorded(clerk):
    attach(clerk, picture("jpeg"))

    scan = Scan.objects.get()
    assert "The scan is attached to form B0001-001" in clerk.document().text_content()
    assert (scan.form.number, scan.kind, scan.width, scan.height, scan.pages) == (1, "jpeg", 60, 80, 1)
    event = AuditEvent.objects.select_related("detail").get(verb="scan attached")
    assert (event.actor, event.object_label, event.detail.body) == (
        "clerk", "B0001", {"form": 1, "kind": "jpeg", "pages": 1},
    )  # fmt: skip
    clerk.opens("batch-form", number=1)
    [(alt, address)] = pictures(clerk)
    assert alt == "Scan 1 of form B0001-001, to be read and keyed"
    shown = clerk.client.get(address)
    assert (shown.status_code, shown["Content-Type"], shown.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    clerk.opens("batch-form", number=2)
    assert pictures(clerk) == []


def test_scan_leaves_the_browser_no_right_and_no_copy(clerk, scan):
    reply = clerk.client.get(clerk.address("batch-scan", number=1, scan=scan.pk))

    assert {name: reply[name] for name in (
        "Cache-Control", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options",
        "Cross-Origin-Resource-Policy",
    )} == {
        "Cache-Control": "no-store",
        "Content-Disposition": 'inline; filename="B0001-001.png"',
        "Content-Security-Policy": (
            "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip


def test_pdf_is_opened_by_a_link_that_says_how_many_pages_it_has(clerk):
    given_a_scan(clerk.batch.forms.get(number=1), document(pages=3))

    clerk.opens("batch-form", number=1)

    assert pictures(clerk) == []
    [link] = clerk.document().xpath("//*[@class='consult-keying-scans']//a")
    assert link.text_content() == "Open scan 1 (PDF, 3 pages, opens in a new tab)"
    assert clerk.client.get(link.get("href"))["Content-Type"] == "application/pdf"


def test_page_without_a_file_asks_for_one(clerk):
    clerk.sends("batch-scans", {}, number=1)

    assert (clerk.page.status_code, clerk.problems()) == (422, ["Choose the scan"])


def test_second_person_sees_the_paper_and_not_the_first_entry(clerk, scan):
    clerk.keys(1, WHOLE | {"why": "Quite unmistakable words"})
    set_aside(clerk.batch.forms.get(number=2), state=FormState.SPOILT, words="Torn", by="clerk", now=NOW)
    draw_sample(clerk.batch, now=NOW, by="clerk")

    second = Keyer(people.signed_in(people.person("second", Role.VERIFIER)), clerk.batch)
    second.opens("batch-second-form", number=1)

    assert [alt for alt, _ in pictures(second)] == ["Scan 1 of form B0001-001, to be read and keyed"]
    assert "Quite unmistakable words" not in second.page.content.decode()


def test_scan_that_was_attached_to_the_wrong_form_is_removed_with_its_file(
    clerk, scan, own_files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        clerk.sends("batch-scan-remove", {}, number=1, scan=scan.pk)

    assert (Scan.objects.count(), files(own_files)) == (0, [])
    assert AuditEvent.objects.filter(verb="scan removed", actor="clerk").count() == 1
    assert "This form has no scan yet" in clerk.text()


def test_form_takes_no_endless_number_of_scans(clerk, monkeypatch):
    monkeypatch.setattr(scans, "MOST_SCANS", 1)
    given_a_scan(clerk.batch.forms.get(number=1))

    attach(clerk, picture())

    assert (clerk.page.status_code, clerk.problems(), Scan.objects.count()) == (422, [scans.TOO_MANY], 1)


# Who sees it ------------------------------------------------------------------------------------------------------------
def test_scan_is_found_only_at_its_own_form_of_its_own_consultation(clerk, scan):
    other = given_a_batch(consultation(slug="buses"), number=2)
    theirs = given_a_scan(other.forms.get())

    found = [
        clerk.client.get(clerk.address("batch-scan", number=number, scan=wanted)).status_code
        for number, wanted in [(1, scan.pk), (2, scan.pk), (1, theirs.pk), (1, uuid4())]
    ]

    assert found == [200, 404, 404, 404]


def closed(batch, *, destroy_on=date(2028, 11, 20)):
    for form in batch.forms.all():
        set_aside(form, state=FormState.SPOILT, words="Torn", by="clerk", now=NOW)
    return close_batch(batch, storage_box="Box 1", destroy_on=destroy_on, by="clerk", now=NOW)


def test_after_closing_only_the_lead_sees_a_scan_and_that_is_recorded(clerk, scan):
    closed(clerk.batch)
    address = clerk.address("batch-scan", number=1, scan=scan.pk)
    lead = people.signed_in(people.lead())

    assert [clerk.client.get(address).status_code, lead.get(address).status_code] == [403, 200]

    event = AuditEvent.objects.select_related("detail").get(verb="scan of a closed batch seen")
    assert (event.actor, event.object_label, event.detail.body) == ("lead", "B0001", {"form": 1})


def test_to_a_closed_batch_nothing_is_attached_and_nothing_is_removed(clerk, scan):
    closed(clerk.batch)

    attach(clerk, picture())
    clerk.sends("batch-scan-remove", {}, number=1, scan=scan.pk)

    assert list(Scan.objects.values_list("pk", flat=True)) == [scan.pk]


def test_batch_closed_while_a_scan_was_being_read_takes_it_no_more(clerk, monkeypatch):
    drawn = scans.read_apart(picture())
    monkeypatch.setattr(scans, "read_apart", lambda content: closed(clerk.batch) and drawn)

    attach(clerk, picture())

    assert (clerk.page.status_code, clerk.problems()) == (
        422, ["This batch was closed. Nothing can be attached to its forms"],
    )  # fmt: skip
    assert Scan.objects.count() == 0


# How it lies ------------------------------------------------------------------------------------------------------------
def test_what_lies_on_the_disk_is_sealed_and_for_the_services_own_user(scan, own_files):
    [file] = (own_files / scans.FOLDER).iterdir()

    assert b"PNG" not in file.read_bytes()
    assert [oct(path.stat().st_mode & 0o777) for path in (file, file.parent)] == ["0o600", "0o700"]
    assert scans.content_of(scan, scan.form.batch.consultation)[:4] == b"\x89PNG"


def test_scan_cannot_be_opened_once_the_key_is_destroyed_and_nothing_breaks(clerk, scan):
    LinkKey.objects.all().delete()

    shown = clerk.client.get(clerk.address("batch-scan", number=1, scan=scan.pk))
    attach(clerk, picture())

    assert (shown.status_code, clerk.page.status_code, clerk.problems()) == (404, 422, [scans.NO_KEY])


def test_what_is_typed_and_what_is_scanned_are_sealed_under_different_keys(scan):
    link_key = submission.link_key(scan.form.batch.consultation)
    sealed = keys.scan_box(link_key).encrypt(b"ink")

    with pytest.raises(InvalidToken):
        keys.form_box(link_key).decrypt(sealed)


# When it goes -----------------------------------------------------------------------------------------------------------
def run_on(day, time_machine):
    time_machine.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone()), tick=False)
    call_command("apply_retention", quiet=True)


def test_scan_is_destroyed_with_its_file_on_the_day_the_paper_must_be(clerk, scan, own_files, time_machine):
    day = date(2028, 11, 20)
    closed(clerk.batch, destroy_on=day)

    run_on(day - timedelta(days=1), time_machine)
    before = (Scan.objects.count(), len(files(own_files)))
    run_on(day, time_machine)

    assert (before, Scan.objects.count(), files(own_files)) == ((1, 1), 0, [])
    event = AuditEvent.objects.select_related("detail").get(verb="deleted on schedule")
    assert event.detail.body == {"scans of paper forms": 1}


def test_scan_in_a_batch_that_nobody_closes_goes_after_two_years(clerk, scan, own_files, time_machine):
    received = Batch.objects.get().received_on

    run_on(received + scans.KEPT_UNCLOSED, time_machine)
    before = Scan.objects.count()
    run_on(received + scans.KEPT_UNCLOSED + timedelta(days=1), time_machine)

    assert (before, Scan.objects.count(), files(own_files)) == (1, 0, [])


def test_file_without_a_scan_is_swept_away_but_not_while_it_is_being_attached(own_files):
    scans.write_file(uuid4(), b"nothing")

    assert [scans.sweep(timezone.now()), len(files(own_files))] == [0, 1]
    assert [scans.sweep(timezone.now() + timedelta(hours=2)), files(own_files)] == [1, []]


def test_erasing_the_response_destroys_the_scan_and_all_that_is_kept_of_its_form(
    clerk, scan, own_files, django_capture_on_commit_callbacks
):
    clerk.keys(1, WHOLE | {"why": "+a word beside it"})
    clerk.keys(1, WHOLE | {"used": "2"})
    response = Response.objects.get()
    PaperForm.objects.filter(number=1).update(is_sampled=True, to_lead=["used"], as_written={"used": "a word"})

    with django_capture_on_commit_callbacks(execute=True):
        assert erasure.erase(response.receipt_digest, by="a test", now=NOW)

    form = PaperForm.objects.get(number=1)
    assert (Scan.objects.count(), files(own_files), form.changes.count()) == (0, [], 0)
    assert (form.sealed, form.as_written, form.to_lead, form.is_sampled, form.reference) == (None, {}, [], False, "")
    assert form.submission_key != response.submission_key
    assert form.state == FormState.KEYED


def test_form_whose_answers_were_taken_back_is_not_sent_in_again(clerk):
    clerk.keys(1, WHOLE)
    erasure.erase(Response.objects.get().receipt_digest, by="a test", now=NOW)

    clerk.keys(1, WHOLE)

    assert (clerk.page.status_code, Response.objects.count()) == (422, 0)
    assert clerk.problems() == [
        "The person took these answers back, and nothing of this form is kept. Leave it as it is"
    ]


def test_resident_is_sent_to_sign_in(client, scan):
    address = reverse("batch-scan", kwargs={"slug": "care", "batch": 1, "number": 1, "scan": scan.pk})

    assert client.get(address).url.startswith(reverse("account_login"))
