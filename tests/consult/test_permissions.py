"""Who may do what: every address for every sort of person, and teams that see nothing of each other."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from consult import keys
from consult.models import Document, ImportJob, LinkKey, Membership, OtherResponse, Role
from consult.own_pictures.models import OwnPicture
from consult.permissions import RIGHTS, Right, consultations_of, rights_by_team, rights_of
from surveys.definition_json import question_to_json
from surveys.models import LibraryQuestion
from tests.builders import choice
from tests.consult.batches import given_a_batch
from tests.consult.people import consultation, lead, person, signed_in, team
from tests.consult.permission_table import (
    ABOUT_ONE,
    ANONYMOUS,
    IMPORT,
    OTHER_TEAM,
    PEOPLE,
    PICTURE,
    ROWS,
    SCAN,
    SHARED,
    SIGN_IN,
)
from tests.consult.scans import given_a_scan

pytestmark = pytest.mark.django_db

HOW_TO_ADD = """These addresses have no row in tests/consult/permission_table.py: {names}.
Add one for each, under its name: staff(<roles that get in>, slug="care") for a staff page about a consultation, everybody() for
a public page. Then run this test again: it shows the difference between what the row says and what happens."""


def addresses(resolver=None, before="", namespace=""):
    """Every address of the service: `[(name, pattern, view)]`; namespaced names as `namespace:name`."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append((f"{namespace}{entry.name}", pattern, entry.callback))
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found += addresses(entry, pattern, inner)
    return found


def names():
    return {name for name, _, _ in addresses()}


@pytest.fixture
def clients(own_files):
    """`{person: client}` of a signed-in client for each sort of person, around the consultation "care"."""
    ours = consultation("care", of=team())
    ours.questionnaire.draft["renderings"] = {"pl": {}}
    ours.questionnaire.save()
    consultation("past", opens=-30, closes=-1, of=team())
    document = question_to_json(choice("shared"))
    LibraryQuestion.objects.create(id=SHARED, owner=ours.team_id, title="Shared", document=document, revision=1)
    LinkKey.objects.create(consultation=ours, wrapped=keys.new_wrapped_link_key())
    given_a_scan(given_a_batch(ours, number=7).forms.get(), id=SCAN)
    import_checked(ours)
    OwnPicture.objects.create(
        team=ours.team, file=f"{PICTURE}.png", shows="A bus", body=b"", added_by="a-lead", added_at=timezone.now()
    )
    OtherResponse.objects.create(
        consultation=ours, number=1, sort="letter", sender="person", happened_on=timezone.localdate(), added_by="a-clerk",
        added_at=timezone.now(),
    )  # fmt: skip
    Document.objects.create(consultation=ours, slug="plan", title="The plan", body="What we plan")
    made = {str(role): signed_in(person(f"a-{role}", role)) for role in Role}
    return made | {ANONYMOUS: Client(), OTHER_TEAM: signed_in(lead("stranger", of=team("Southbridge")))}


def import_checked(consultation):
    """A spreadsheet of the consultation that was checked, of which no row can be brought in."""
    now = timezone.now()
    version = consultation.questionnaire.versions.get()
    ImportJob.objects.create(
        id=IMPORT, consultation=consultation, version=version, digest="0", label="CSV file", channel="paper", state="checked",
        by="a-lead", begun_at=now, beat_at=now,
    )  # fmt: skip


def outcome(response):
    """A response in the words of the table."""
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code


def tried(client, method, address):
    """What happens, undone afterwards so that the next sort of person finds everything as it was."""
    with transaction.atomic():
        found = outcome(getattr(client, method)(address))
        transaction.set_rollback(True)
    return found


def test_every_address_has_a_row_in_the_table():
    missing = sorted(names() - set(ROWS))

    assert not missing, HOW_TO_ADD.format(names=", ".join(missing))


def test_every_row_in_the_table_is_about_an_address():
    assert set(ROWS) - names() == set()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_sort_of_person_gets_what_the_table_says(clients, name):
    """D1."""
    row = ROWS[name]
    address = reverse(name, kwargs=row.address)

    happened = {
        method: {someone: tried(clients[someone], method, address) for someone in PEOPLE} for method in ("get", "post")
    }

    assert happened == {"get": row.get, "post": row.post}


def test_every_staff_address_names_the_right_it_needs():
    without = [
        name for name, pattern, view in addresses() if pattern.startswith("staff/") and not hasattr(view, "needs_right")
    ]

    assert without == []


def test_every_page_that_needs_a_right_lies_where_the_middleware_guards():
    outside = [
        name for name, pattern, view in addresses() if hasattr(view, "needs_right") and not pattern.startswith("staff/")
    ]

    assert outside == []


def without_slugs(response):
    """A page without its forgery token and without the words of its address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return response.status_code, re.sub(r"\b(care|past|nowhere)\b", "", text)


@pytest.mark.parametrize(
    "name", sorted(name for name, row in ROWS.items() if row.get[OTHER_TEAM] == 404 and row.get["lead"] != 404)
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_teams_consultation_looks_like_one_that_does_not_exist(clients, name, method):
    """D2."""
    stranger, blanks = clients[OTHER_TEAM], ROWS[name].address

    theirs = getattr(stranger, method)(reverse(name, kwargs=blanks))
    nothing = {blank: ABOUT_ONE.get(blank, value) for blank, value in blanks.items()}
    missing = getattr(stranger, method)(reverse(name, kwargs=nothing))

    assert without_slugs(theirs) == without_slugs(missing)


def test_somebody_in_no_team_sees_no_staff_page():
    consultation("care")

    client = signed_in(person("newcomer"))

    assert [client.get(reverse("staff-consultations")).status_code, client.get("/staff/care/").status_code] == [
        403,
        404,
    ]


def test_a_right_taken_away_is_gone_at_the_next_click(clients):
    address = reverse("staff-consultation", args=["care"])
    before = clients["lead"].get(address).status_code

    Membership.objects.filter(user__username="a-lead").delete()

    assert (before, clients["lead"].get(address).status_code) == (200, 404)


def test_what_each_role_may_do():
    """D4, D5: a clerk, a verifier and a coder see no result, no download and no participation."""
    sees = {Right.LIST_CONSULTATIONS, Right.SEE_PARTICIPATION, Right.SEE_RESULTS, Right.DOWNLOAD_REPORTS}

    assert {
        Role.LEAD: set(Right) - {Right.APPROVE},
        Role.APPROVER: sees | {Right.SEE_AUDIT, Right.SEE_PREFLIGHT, Right.APPROVE},
        Role.EQUALITY: sees | {Right.WRITE_ASSESSMENT},
        Role.CLERK: {
            Right.LIST_CONSULTATIONS,
            Right.KEY_PAPER,
            Right.RECORD_OTHERS,
            Right.ANSWER_FORMAT_REQUESTS,
        },
        Role.VERIFIER: {Right.LIST_CONSULTATIONS, Right.KEY_PAPER, Right.VERIFY_PAPER},
        Role.CODER: {Right.LIST_CONSULTATIONS},
        Role.ADMIN: {Right.LIST_CONSULTATIONS, Right.SEE_PARTICIPATION, Right.SEE_AUDIT},
    } == RIGHTS


def test_two_roles_in_a_team_add_up():
    somebody = person("both", Role.CLERK, Role.CODER)

    assert rights_of(somebody, team()) == RIGHTS[Role.CLERK] | RIGHTS[Role.CODER]


def test_rights_in_one_team_give_none_in_another():
    ours, theirs = consultation("care"), consultation("buses", of=team("Southbridge"))
    somebody = lead()
    Membership.objects.create(user=somebody, team=theirs.team, role=Role.CLERK)

    client = signed_in(somebody)

    assert rights_by_team(somebody) == {ours.team_id: RIGHTS[Role.LEAD], theirs.team_id: RIGHTS[Role.CLERK]}
    assert list(consultations_of(somebody, right=Right.SEE_RESULTS)) == [ours]
    assert [client.get(reverse("staff-results", args=[slug])).status_code for slug in ("care", "buses")] == [200, 403]


def test_rights_in_a_team_one_is_not_in_are_none():
    assert rights_of(lead(of=team("Southbridge")), team()) == set()
