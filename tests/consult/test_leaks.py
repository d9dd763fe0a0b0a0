"""What must be nowhere: each test first makes something that could leak, and proves that the search would find it."""

import csv
import io
import json
import logging
import zipfile
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consult import audit, keys
from consult.editions import publish_report
from consult.models import Contact, Document, LinkKey, Role
from consult.other_responses.commands import Entry, add, withdraw
from consult.reports import link_function
from consult.submission import save_equality
from equality.models import Profile
from equality.queries import self_described_at
from surveys.drafts import begin_draft
from surveys.models import DraftResponse, Response
from surveys.publishing import latest_version_id
from tests.builders import choice, comment, question, questionnaire
from tests.consult.people import person, signed_in
from tests.consultations import open_consultation, team_named
from tests.exports.composed import FEW, crowd
from tests.exports.respondents import close, send
from tests.journeys.visits import Visit
from tests.pdf_words import words_of_pages

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
FOUND = "gefunden"
"""Planted where it may be read, so that a search which finds nothing anywhere is known to be blind."""


# Everything that leaves ---------------------------------------------------------------------------------------------------


def written(name, slug, *options, tmp_path):
    """The bytes that a command writes."""
    out = tmp_path / "out"
    call_command(name, slug, "--out", str(out), "--quiet", *options)
    return out.read_bytes()


def words_in(body, kind):
    """All that can be read in a file: unpacked where it is packed."""
    if kind == "pdf":
        return " ".join(words_of_pages(body)) + body.decode("latin-1")
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return " ".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist())
    return body.decode("utf-8", "replace")


def committee_files(slug, tmp_path):
    """`{name: words}` of every report and table that a command makes."""
    commands = [(name, kind) for name in ("report", "eia") for kind in ("pdf", "html")]
    commands += [("export_tables", kind) for kind in ("csv", "xlsx", "json")]
    return {
        f"{name}.{kind}": words_in(written(name, slug, "--format", kind, tmp_path=tmp_path), kind)
        for name, kind in commands
    }


def row_files(slug, tmp_path):
    """`{name: words}` of the exports row by row."""
    return {
        f"rows.{kind}": words_in(written("export_responses", slug, "--format", kind, tmp_path=tmp_path), kind)
        for kind in ("csv", "xlsx")
    }


def public_pages(client):
    """`{address: words}` of every page and file that anybody may read."""
    slug = {"slug": "plan"}
    found = [reverse("hub"), reverse("privacy"), reverse("contact")]
    found += [reverse(name, kwargs=slug) for name in ("consultation", "outcome", "report", "assessment")]
    found.append(reverse("document", kwargs={**slug, "document_slug": "leaflet"}))
    pages = {address: words_in(client.get(address).content, "html") for address in found}
    for name, kind in (("report", "pdf"), ("eia", "pdf"), ("tables", "csv"), ("tables", "xlsx"), ("tables", "json")):
        address = reverse("published-file", kwargs={**slug, "name": name, "extension": kind})
        pages[address] = words_in(client.get(address).content, kind)
    return pages


def staff_pages(client, questions):
    """`{address: words}` of every page on which staff read numbers."""
    slug = {"slug": "plan"}
    found = [reverse(name, kwargs=slug) for name in ("staff-consultation", "staff-participation", "staff-download")]
    results = reverse("staff-results", kwargs=slug)
    found += [f"{results}?question={key}&by={by}" for key in questions for by in ("", "sex", "ethnic_broad")]
    return {address: client.get(address).content.decode() for address in (reverse("staff-consultations"), *found)}


def where(canary, outputs):
    """The outputs in which a word can be read."""
    return sorted(name for name, words in outputs.items() if canary.casefold() in words.casefold())


@pytest.fixture
def planted():
    """A closed and published consultation with a canary in every place that nobody outside may ever read."""
    definition = questionnaire(
        choice("support", f"Yes, {FOUND}", "No"), comment("why"), question("place", "short_text")
    )
    consultation = open_consultation(definition, slug="plan", title=f"A plan, {FOUND}")
    Document.objects.create(consultation=consultation, slug="leaflet", title="The leaflet", body=f"It is {FOUND}.")
    now = timezone.now()
    for place in range(40):
        response = send(
            consultation,
            {"support": 1 + place % 2, "why": f"it was {FOUND}", "place": FOUND},
            equality={"ethnic_broad": "other", "ethnic_group": "o_other", "sex": "female"},
        )
    save_equality(consultation, submission_key=response.submission_key, answers={}, own_words={"ethnic_group": CANARY})
    address = f"{CANARY}@example.org"
    Contact.objects.create(
        consultation=consultation,
        digest=keys.address_digest(address),
        sealed=keys.box_for("contact").encrypt(address.encode()),
    )
    begin_draft(latest_version_id(consultation.questionnaire_id), now=now, expires_at=now)
    audit.record(
        "noted", consultation, team=consultation.team, by=CANARY, at=now, reason=CANARY, detail={"note": CANARY}
    )
    return publish_report(close(consultation), by="a test", now=timezone.now())


def test_C13_canary_that_was_planted_in_private_places_is_in_no_output(planted, client, tmp_path):
    lead = signed_in(person("lead", Role.LEAD, of=team_named()))
    outputs = committee_files("plan", tmp_path) | row_files("plan", tmp_path) | public_pages(client)
    outputs |= staff_pages(lead, ("support", "why", "place"))

    assert len(outputs) > 30
    assert where(CANARY, outputs) == []
    without = set(outputs) - set(where(FOUND, outputs))
    assert {name for name in without if "question=" not in name} == {reverse("privacy"), reverse("contact")}


def test_short_words_that_may_be_a_name_are_in_the_row_export_alone(planted, client, tmp_path):
    Response.objects.all().update(answers={"support": 1, "place": CANARY})

    assert where(CANARY, committee_files("plan", tmp_path) | public_pages(client)) == []
    assert where(CANARY, row_files("plan", tmp_path)) == ["rows.csv", "rows.xlsx"]


def test_what_is_kept_out_of_reports_of_a_letter_is_in_no_report_and_no_public_page(client, tmp_path):
    consultation, now = crowd(FEW), timezone.now()
    Document.objects.create(consultation=consultation, slug="leaflet", title="The leaflet", body="It is there.")
    facts = {"sort": "letter", "happened_on": now.date()}
    entries = [Entry(**facts, sender="person", passages=(("", f"it was {FOUND}."),)) for _ in range(12)]
    entries += [
        Entry(**facts, sender="person", passages=(("", f"it was {CANARY}."),), has_personal_details=True),
        Entry(**facts, sender="organisation", organisation=CANARY, passages=(("", f"it was {FOUND}."),)),
        Entry(**facts, sender="person", passages=(("", f"it was {CANARY} too."),)),
    ]
    kept = [add(consultation, entry, key=uuid4(), by="clerk", now=now) for entry in entries]
    withdraw(kept[-1], reason=CANARY, erases=False, by="clerk", now=now)
    publish_report(consultation, by="a test", now=now)

    outputs = committee_files("plan", tmp_path) | public_pages(client)

    assert where(CANARY, outputs) == []
    told = where(FOUND, outputs)
    assert [name for name in told if name.startswith("report.")] == ["report.html", "report.pdf"]
    assert len(told) == 4


# What the database holds --------------------------------------------------------------------------------------------------


def everything_stored():
    """Every value of every table, as it could be read: texts, bytes, and what is inside JSON."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- the tables' own names
            for row in cursor.fetchall():
                yield from ((table, readable(value)) for value in row if value is not None)


def readable(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def test_full_postcode_typed_anywhere_in_a_visit_is_nowhere_in_the_database_nor_in_the_logs(caplog):
    caplog.set_level(logging.DEBUG)
    definition = questionnaire(question("where", "postcode"), choice("support"))
    open_consultation(definition, slug="plan")
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"where": "wn7 1zz"}, {"support": 1})
    visit.when_i_send()
    visit.when_i_answer(answer="yes")
    visit.when_i_try_to_post("about-you-page", {"postcode": "WN7 1ZZ", "continue": ""}, page="postcode")
    visit.then_i_am_on("respond-done")

    stored = list(everything_stored())

    assert Response.objects.get().answers == {"where": {"outward": "WN7", "sector": "WN7 1"}, "support": 1}
    assert Profile.objects.count() == 1
    assert [table for table, text in stored if "WN7 1" in text] == ["surveys_response"]
    assert [table for table, text in stored if "1ZZ" in text.upper()] == []
    assert "1ZZ" not in caplog.text.upper()
    assert "respond" in caplog.text or len(stored) > 50


def test_D7_nothing_that_a_response_and_its_profile_both_hold_leads_from_one_to_the_other():
    consultation = open_consultation(slug="plan")
    for place in range(30):
        send(consultation, {"support": 2, "visits": place}, equality={"sex": ("female", "male")[place % 2]})
    link_of = link_function(consultation)
    profiles = list(Profile.objects.values())
    responses = list(Response.objects.values())

    shared = values_of(profiles) & values_of(responses)

    assert {link_of(row["submission_key"]) for row in responses} == {row["link"] for row in profiles}
    assert shared <= {consultation.question_set}
    assert set(profiles[0]) == {"link", "questionnaire_id", "set_version", "codes", "self_described"}


def values_of(rows):
    """Every value that could tell one row from another, as text."""
    return {readable(value) for row in rows for value in row.values() if value not in (None, "", b"")}


def test_I16_order_of_the_profiles_tells_nothing_of_the_order_in_which_people_answered_once_published():
    consultation = open_consultation(slug="plan")
    for _ in range(40):
        send(consultation, {"support": 2, "visits": 1}, equality={"sex": "female"})
    link_of = link_function(consultation)
    came = [link_of(key) for key in Response.objects.order_by("id").values_list("submission_key", flat=True)]
    assert came != sorted(came)

    publish_report(close(consultation), by="a test", now=timezone.now())

    assert as_they_lie() == sorted(came)


def as_they_lie():
    """The links in the order in which the table's rows lie on the disk."""
    place = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT link FROM equality_profile ORDER BY {place}")  # noqa: S608 -- one of two words
        links = [row[0] for row in cursor.fetchall()]
    return [Profile._meta.pk.to_python(link) for link in links]


def test_T2_without_the_key_no_link_can_be_worked_out():
    consultation = open_consultation(slug="plan")
    response = send(consultation, {"support": 2, "visits": 1}, equality={"sex": "female"})
    link = Profile.objects.get().link
    assert link_function(consultation)(response.submission_key) == link

    LinkKey.objects.all().delete()
    consultation.refresh_from_db()

    assert link_function(consultation) is None
    assert str(link) not in json.dumps([readable(value) for row in Response.objects.values() for value in row.values()])


def test_own_words_about_oneself_cannot_be_read_from_the_database():
    consultation = open_consultation(slug="plan")
    response = send(consultation, {"support": 2, "visits": 1}, equality={"ethnic_broad": "other"})
    key = response.submission_key
    save_equality(consultation, submission_key=key, answers={}, own_words={"ethnic_group": CANARY})

    sealed = self_described_at(link_function(consultation)(key))

    assert json.loads(keys.open_text(sealed)) == {"ethnic_group": CANARY}
    assert [table for table, text in everything_stored() if CANARY in text] == []


def test_draft_cannot_be_read_from_the_database():
    consultation = open_consultation(slug="plan")
    visit = Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})
    visit.given_i_have_answered({"why": CANARY})

    assert DraftResponse.objects.count() == 1
    assert [table for table, text in everything_stored() if CANARY in text] == []
    assert consultation.slug == "plan"


# A group of three ---------------------------------------------------------------------------------------------------------


def test_point_56_group_of_three_is_hidden_in_every_output_and_in_none_is_a_three(client, tmp_path):
    consultation = crowd(FEW)
    lead = signed_in(person("lead", Role.LEAD, of=team_named()))
    published = committee_files("plan", tmp_path)
    page = lead.get(reverse("staff-results", kwargs={"slug": "plan"}) + "?question=where").content.decode()
    participation = lead.get(reverse("staff-participation", kwargs={"slug": "plan"})).content.decode()

    assert Response.objects.filter(answers__where=4).count() == 3
    for name in ("report.html", "eia.html"):
        assert "<td>3</td>" not in published[name].replace(' class="report-table__number"', "")
    assert cells_after("Nowhere", published["report.html"]) == cells_after("Nowhere", page) == ["[c]", "[c]"]
    assert cells_after("16 to 24", participation)[:2] == ["[c]", "[c]"]
    assert "Nowhere\n[c]" in published["report.pdf"].replace("Nowhere[c]", "Nowhere\n[c]")
    assert csv_shown(published["export_tables.csv"], "where", "Nowhere") == {"[c]", "0"}
    assert json_shown(published["export_tables.json"], "where", "Nowhere") == {(None, "[c]"), (0, "0")}
    assert consultation.policy == "nhs_round5"


def cells_after(label, html):
    """The cells of the table row that a label names."""
    row = html.partition(f">{label}</th>")[2].partition("</tr>")[0]
    return [part.partition(">")[2].strip() for part in row.split("</td>")[:-1] for part in [part.rpartition("<td")[2]]]


def csv_shown(text, question_, label):
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return {row["shown"] for row in rows if (row["question"], row["row"]) == (question_, label)}


def json_shown(text, question_, label):
    return {
        (cell["value"], cell["shown"])
        for table in json.loads(text)["tables"]
        if table["question"] == question_
        for row in table["rows"]
        if row["label"] == label
        for cell in row["cells"]
    }


def test_point_56_group_of_three_cannot_be_worked_out_from_what_is_published(tmp_path):
    crowd(FEW)
    tables = json.loads(committee_files("plan", tmp_path)["export_tables.json"])["tables"]
    table = next(table for table in tables if (table["question"], table["by"]) == ("where", None))
    shown = {row["label"]: row["cells"][0]["value"] for row in table["rows"]}
    others = [value for label, value in shown.items() if value is not None and not label.startswith("Base")]
    base = shown["Base: people who answered"]

    fewest, most = (base - 2) - sum(value + 2 for value in others), (base + 2) - sum(value - 2 for value in others)

    assert shown["Nowhere"] is None
    assert (max(fewest, 1), min(most, 7)) == (1, 7)
