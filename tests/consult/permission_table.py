"""Who may open which address: one row for each name in `consult/urls.py`, read by `test_permissions.py`. A name without a row
fails the suite.

A row says what happens to each sort of person at GET and at POST. Outcomes are status codes, or one of:
"sign in" (sent to the sign-in page). To add one, use the first that fits:

    "staff-results": staff("lead", "approver", "equality", slug="care"),     those roles get in, others 403, other teams 404
    "hub": everybody(),                                                       the same for all, signed in or not
    "account_login": everybody(signed_out=200, signed_in=302, post=...),      it matters only whether somebody is signed in

`get` and `post` are the outcomes of somebody let in; whatever else is given goes into the address. The consultation is called
"care": open now, with one question `q1` on page `page_q1`, begun in Polish, and a document "plan". Another, "past", closed
yesterday: for what staff may see only then. Its team shares one question, SHARED. "care" has a batch 7 of one paper form that
nobody has begun, with a scan, SCAN, one spreadsheet that was checked, IMPORT, and a letter, 1, that a clerk recorded. The team
has a picture of its own, PICTURE. Requests carry no fields and no API token, and the test client is let off the check against
forged requests: these are rows about who, not about what is sent.
"""

from dataclasses import dataclass, field

from consult.models import Role

SHARED = "00000000-0000-4000-8000-000000000001"
PICTURE = "own-0000000000000001"
IMPORT = "00000000-0000-4000-8000-000000000003"
SCAN = "00000000-0000-4000-8000-000000000005"
ABOUT_ONE = {
    "slug": "nowhere",
    "question_id": "00000000-0000-4000-8000-000000000002",
    "job": "00000000-0000-4000-8000-000000000004",
}
"""The blanks of an address that name what belongs to one team, and what names nothing there."""
ANONYMOUS, OTHER_TEAM = "anonymous", "lead of another team"
PEOPLE = (ANONYMOUS, *(str(role) for role in Role), OTHER_TEAM)
SIGN_IN = "sign in"


@dataclass(frozen=True)
class Row:
    """What happens at an address: `get` and `post` are `{person: outcome}`, `address` fills in the address's blanks."""

    get: dict
    post: dict
    address: dict = field(default_factory=dict)


def everybody(get=200, post=405, *, signed_in=None, signed_in_post=None, **address):
    """The same for all; `signed_in` and `signed_in_post` where it matters whether somebody is."""
    return Row(
        get={person: get if signed_in is None or person == ANONYMOUS else signed_in for person in PEOPLE},
        post={person: post if signed_in_post is None or person == ANONYMOUS else signed_in_post for person in PEOPLE},
        address=address,
    )


def staff(*roles, get=200, post=405, **address):
    """A staff page: those roles get in. About something of one team (ABOUT_ONE) another team's lead finds nothing there."""
    is_about_one = not ABOUT_ONE.keys().isdisjoint(address)
    return Row(
        get={person: for_staff(person, roles, get, is_about_one) for person in PEOPLE},
        post={person: for_staff(person, roles, post, is_about_one) for person in PEOPLE},
        address=address,
    )


def for_staff(person, roles, outcome, is_about_one):
    """What happens to one sort of person at a staff page."""
    if person == ANONYMOUS:
        return SIGN_IN
    if person == OTHER_TEAM and is_about_one:
        return 404
    return outcome if (Role.LEAD if person == OTHER_TEAM else person) in roles else 403


ALL_ROLES = tuple(Role)
CARE = {"slug": "care"}
PAST = {"slug": "past"}
BATCH = CARE | {"batch": 7}
FORM = BATCH | {"number": 1}
OTHER = CARE | {"number": 1}
KEYERS = (Role.LEAD, Role.CLERK, Role.VERIFIER)
RECORDERS = (Role.LEAD, Role.CLERK)
RESULTS = (Role.LEAD, Role.APPROVER, Role.EQUALITY)
JUDGES = (Role.LEAD, Role.EQUALITY)

ROWS = {
    # Anybody
    "hub": everybody(),
    "healthz": everybody(),
    "accessibility": everybody(),
    "contact": everybody(),
    "cookies": everybody(),
    "privacy": everybody(),
    "consultation": everybody(**CARE),
    "document": everybody(**CARE, document_slug="plan"),
    "outcome": everybody(**CARE),
    "report": everybody(404, **CARE),
    "assessment": everybody(404, **CARE),
    "paper-form": everybody(**CARE, name="standard-en"),
    "published-file": everybody(404, **CARE, name="report", extension="pdf"),
    # Not shown by any questionnaire yet: its own team's people see it.
    "own-picture": Row(
        get={person: 404 if person in (ANONYMOUS, OTHER_TEAM) else 200 for person in PEOPLE},
        post=dict.fromkeys(PEOPLE, 405),
        address={"name": PICTURE, "extension": "png"},
    ),
    "another-format": everybody(post=422, **CARE),
    "another-format-asked": everybody(404, **CARE, day="2027-03-12"),
    "news": everybody(post=422, **CARE),
    "news-asked": everybody(**CARE),
    "stop": everybody(post=422),
    "stop-done": everybody(),
    "respond": everybody(**CARE),
    "respond-privacy": everybody(post=302, **CARE),
    "respond-page": everybody(302, 302, **CARE, step="page_q1"),
    "respond-done": everybody(302, **CARE),
    "receipt-email": everybody(302, 302, **CARE),
    "receipt-emailed": everybody(302, **CARE),
    "respond-save": everybody(302, 302, **CARE),
    "respond-saved": everybody(302, **CARE),
    "respond-emailed": everybody(302, **CARE),
    "respond-clear": everybody(405, 302, **CARE),
    "respond-cleared": everybody(**CARE),
    "resume": everybody(post=422),
    "about-you": everybody(302, 302, **CARE),
    "about-you-page": everybody(302, 302, **CARE, page="age"),
    "your-response": everybody(200, 422),
    "your-answers": everybody(302),
    "your-answers-file": everybody(302),
    "your-answers-delete": everybody(302, 302),
    "your-answers-deleted": everybody(302),
    # One's own account
    "account_login": everybody(200, 200, signed_in=302, signed_in_post=302),
    "account_logout": everybody(302, 302, signed_in=200),
    "account_reauthenticate": everybody(SIGN_IN, SIGN_IN, signed_in=302, signed_in_post=302),
    "account_change_password": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=200),
    "mfa_index": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=405),
    "mfa_authenticate": everybody(SIGN_IN, SIGN_IN, signed_in=302, signed_in_post=302),
    "mfa_reauthenticate": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=200),
    "mfa_activate_totp": everybody(SIGN_IN, SIGN_IN, signed_in=302, signed_in_post=302),
    "mfa_deactivate_totp": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=302),
    "mfa_view_recovery_codes": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=405),
    "mfa_generate_recovery_codes": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=302),
    "mfa_download_recovery_codes": everybody(SIGN_IN, SIGN_IN, signed_in=200, signed_in_post=405),
    # Staff
    "staff-consultations": staff(*ALL_ROLES),
    "staff-consultation": staff(*ALL_ROLES, **CARE),
    "staff-languages": staff(Role.LEAD, **CARE),
    "staff-formats": staff(Role.LEAD, Role.CLERK, post=404, **CARE),
    "staff-flags": staff(Role.LEAD, **CARE),
    "staff-publish": staff(Role.LEAD, Role.APPROVER, **CARE),
    "staff-publish-task": staff(Role.LEAD, get=302, post=302, **CARE, task="privacy"),
    "staff-publish-ask": staff(Role.LEAD, get=405, post=302, **CARE),
    "staff-publish-decide": staff(Role.APPROVER, post=422, **CARE),
    "staff-publish-changes": staff(Role.APPROVER, post=422, **CARE),
    "staff-publish-confirm": staff(Role.LEAD, get=302, post=302, **CARE),
    "staff-closing": staff(Role.LEAD, post=422, **CARE),
    "staff-closing-decide": staff(Role.APPROVER, post=422, **CARE),
    "staff-publish-correction": staff(Role.APPROVER, post=422, **CARE),
    "staff-withdraw": staff(Role.LEAD, post=422, **CARE),
    "staff-keying": staff(Role.LEAD, Role.CLERK, Role.VERIFIER, post=422, **CARE),
    "batches": staff(*KEYERS, **CARE),
    "batch-open": staff(*KEYERS, post=422, **CARE),
    "batch": staff(*KEYERS, **BATCH),
    "batch-cover": staff(*KEYERS, **BATCH),
    "batch-count": staff(*KEYERS, post=422, **BATCH),
    "batch-draw": staff(*KEYERS, get=405, post=302, **BATCH),
    "batch-close": staff(*KEYERS, post=422, **BATCH),
    "batch-form": staff(*KEYERS, post=422, **FORM),
    "batch-box": staff(*KEYERS, get=405, post=404, **FORM),
    "batch-aside": staff(*KEYERS, post=422, **FORM),
    "batch-scans": staff(*KEYERS, post=422, **FORM),
    "batch-scan": staff(*KEYERS, **FORM, scan=SCAN),
    "batch-scan-remove": staff(*KEYERS, get=405, post=302, **FORM, scan=SCAN),
    "batch-decide": staff(Role.LEAD, get=302, post=302, **FORM),
    "batch-second": staff(Role.LEAD, Role.VERIFIER, get=302, **BATCH),
    "batch-second-form": staff(Role.LEAD, Role.VERIFIER, get=302, post=302, **FORM),
    "batch-second-box": staff(Role.LEAD, Role.VERIFIER, get=405, post=404, **FORM),
    "staff-phone": staff(*KEYERS, post=422, **CARE),
    "staff-phone-questions": staff(*KEYERS, get=302, post=302, **CARE),
    "staff-phone-done": staff(*KEYERS, get=302, **CARE),
    "staff-others": staff(*RECORDERS, **CARE),
    "staff-other-add": staff(*RECORDERS, post=422, **CARE, what="petition"),
    "staff-other": staff(*RECORDERS, **OTHER),
    "staff-other-correct": staff(*RECORDERS, post=422, **OTHER),
    "staff-other-withdraw": staff(*RECORDERS, post=422, **OTHER),
    "staff-paper": staff(Role.LEAD, Role.CLERK, Role.VERIFIER, **CARE),
    "staff-paper-form": staff(Role.LEAD, Role.CLERK, Role.VERIFIER, **CARE, name="standard-en"),
    "staff-paper-codebook": staff(Role.LEAD, Role.CLERK, Role.VERIFIER, **CARE, extension="pdf"),
    "staff-import": staff(Role.LEAD, post=422, **CARE),
    "staff-import-job": staff(Role.LEAD, **CARE, job=IMPORT),
    "staff-import-columns": staff(Role.LEAD, get=302, post=302, **CARE, job=IMPORT),
    "staff-import-bring-in": staff(Role.LEAD, get=405, post=302, **CARE, job=IMPORT),
    "staff-import-carry-on": staff(Role.LEAD, get=405, post=302, **CARE, job=IMPORT),
    "staff-import-throw-away": staff(Role.LEAD, get=405, post=302, **CARE, job=IMPORT),
    "staff-import-refused": staff(Role.LEAD, get=404, **CARE, job=IMPORT),
    "staff-participation": staff(Role.LEAD, Role.APPROVER, Role.EQUALITY, Role.ADMIN, **CARE),
    "staff-languages-add": staff(Role.LEAD, get=405, post=422, **CARE),
    "staff-pictures": staff(Role.LEAD, post=422, **CARE),
    "staff-languages-still-right": staff(Role.LEAD, get=405, post=302, **CARE, rendering="pl"),
    "staff-rendering": staff(Role.LEAD, **CARE, rendering="pl"),
    "staff-rendering-around": staff(Role.LEAD, post=302, **CARE, rendering="pl"),
    "staff-rendering-page": staff(Role.LEAD, post=302, **CARE, rendering="pl", page="page_q1"),
    "staff-rendering-offer": staff(Role.LEAD, get=405, post=302, **CARE, rendering="pl"),
    "staff-rendering-checked": staff(Role.LEAD, get=405, post=302, **CARE, rendering="pl"),
    "staff-rendering-take-out": staff(Role.LEAD, post=302, **CARE, rendering="pl"),
    "build-start": staff(Role.LEAD, post=422),
    "build-check": staff(Role.LEAD, **CARE),
    "build-rehearsal": staff(Role.LEAD, **CARE),
    "build-mock-report": staff(Role.LEAD, **CARE),
    "build-mock-file": staff(Role.LEAD, **CARE, extension="pdf"),
    "build-files": staff(Role.LEAD, **CARE),
    "build-file": staff(Role.LEAD, **CARE, name="xlsform", extension="xlsx"),
    "build-upload": staff(Role.LEAD, post=422),
    "build-changes": staff(Role.LEAD, post=422, **CARE),
    "build-preview": staff(Role.LEAD, Role.APPROVER, **CARE),
    "build-preview-walk": staff(Role.LEAD, Role.APPROVER, post=200, **CARE),
    "build-preview-phone": staff(Role.LEAD, Role.APPROVER, **CARE),
    "build-preview-share": staff(Role.LEAD, post=422, **CARE),
    "build-preview-end": staff(Role.LEAD, get=405, post=404, **CARE, link=1),
    "build-preview-state": staff(Role.LEAD, Role.APPROVER, **CARE, state="open"),
    "build-preview-paper": staff(Role.LEAD, **CARE, name="standard-en"),
    "preview": everybody(410, 410, token="nonsense"),
    "preview-page": everybody(410, token="nonsense", page="start"),
    "build-tasks": staff(Role.LEAD, **CARE),
    "build-facts": staff(Role.LEAD, post=422, **CARE, part="set-up"),
    "build-documents": staff(Role.LEAD, **CARE),
    "build-document-add": staff(Role.LEAD, post=422, **CARE),
    "build-document": staff(Role.LEAD, post=422, **CARE, document="plan"),
    "build-document-correct": staff(Role.LEAD, post=422, **CARE, document="plan"),
    "build-document-move": staff(Role.LEAD, get=405, post=404, **CARE, document="plan"),
    "build-document-take-out": staff(Role.LEAD, post=302, **CARE, document="plan"),
    "build-questions": staff(Role.LEAD, **CARE),
    "build-add": staff(Role.LEAD, post=422, **CARE),
    "build-order": staff(Role.LEAD, post=302, **CARE),
    "build-rule": staff(Role.LEAD, post=200, **CARE, place="page:page_q1"),
    "build-page": staff(Role.LEAD, post=409, **CARE, page="page_q1"),
    "build-question": staff(Role.LEAD, post=422, **CARE, question="q1"),
    "build-move": staff(Role.LEAD, get=405, post=404, **CARE, what="page", key="page_q1"),
    "build-remove": staff(Role.LEAD, post=302, **CARE, what="question", key="q1"),
    "build-copy": staff(Role.LEAD, get=405, post=302, **CARE, key="q1"),
    "staff-library": staff(Role.LEAD),
    "staff-library-question": staff(Role.LEAD, post=404, question_id=SHARED),
    "staff-take": staff(Role.LEAD, post=422, **CARE),
    "staff-compare": staff(Role.LEAD, post=422, **CARE, question="q1"),
    "staff-results": staff(*RESULTS, **PAST),
    "staff-interim": staff(Role.LEAD, get=405, post=422, **CARE),
    "staff-assessment": staff(*JUDGES, **CARE),
    "staff-assessment-chapter": staff(*JUDGES, post=422, **CARE, chapter="age"),
    "staff-download": staff(*RESULTS, **PAST),
    "staff-document": staff(*RESULTS, **PAST, name="report", extension="html"),
    "staff-tables": staff(*RESULTS, **PAST, extension="csv"),
    "staff-responses": staff(Role.LEAD, **PAST, name="responses", extension="csv"),
}
