"""Who may do what: one table of roles and rights, and the one door that staff pages go through.

A staff page names the right it needs with `staff_page`; the consultation it is about is looked up among those of the
person's own teams. Another team's consultation is a 404, exactly like one that does not exist.
"""

from collections import defaultdict
from enum import StrEnum
from functools import wraps

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from consult import accounts, scanner
from consult.models import Consultation, Membership, Role


class Right(StrEnum):
    """Something a role may do within its team."""

    LIST_CONSULTATIONS = "list consultations"
    BUILD = "build questionnaires"
    SEE_RENDERINGS = "see what languages and easy read lack"
    SEE_PREFLIGHT = "preview a consultation and see what it needs before it opens"
    PUBLISH = "get a consultation ready and publish it"
    APPROVE = "approve what others wrote"
    CHANGE_CLOSING = "close early, give more time, withdraw"
    SEE_PARTICIPATION = "see how many took part"
    SEE_RESULTS = "see released results"
    SEE_INTERIM = "see results while it is open, with a reason"
    DOWNLOAD_REPORTS = "download reports and tables"
    EXPORT_ROWS = "export responses row by row"
    KEY_PAPER = "key paper responses"
    VERIFY_PAPER = "key paper responses a second time"
    DECIDE_PAPER = "decide what a paper form says"
    RECORD_OTHERS = "record letters, emails, events and petitions, and see one's own"
    SEE_OTHERS = "see every letter, email, event and petition"
    IMPORT_RESPONSES = "bring responses in from spreadsheets"
    ANSWER_FORMAT_REQUESTS = "answer requests for other formats"
    WRITE_ASSESSMENT = "write the equality impact assessment"
    SEE_FLAGS = "see which responses to look at"
    SEE_AUDIT = "see the record of decisions"


RIGHTS = {
    Role.LEAD: {
        Right.LIST_CONSULTATIONS,
        Right.BUILD,
        Right.SEE_RENDERINGS,
        Right.SEE_PREFLIGHT,
        Right.PUBLISH,
        Right.CHANGE_CLOSING,
        Right.SEE_PARTICIPATION,
        Right.SEE_RESULTS,
        Right.SEE_INTERIM,
        Right.DOWNLOAD_REPORTS,
        Right.EXPORT_ROWS,
        Right.KEY_PAPER,
        Right.VERIFY_PAPER,
        Right.DECIDE_PAPER,
        Right.RECORD_OTHERS,
        Right.SEE_OTHERS,
        Right.IMPORT_RESPONSES,
        Right.ANSWER_FORMAT_REQUESTS,
        Right.WRITE_ASSESSMENT,
        Right.SEE_FLAGS,
        Right.SEE_AUDIT,
    },
    Role.APPROVER: {
        Right.LIST_CONSULTATIONS,
        Right.SEE_PREFLIGHT,
        Right.APPROVE,
        Right.SEE_PARTICIPATION,
        Right.SEE_RESULTS,
        Right.DOWNLOAD_REPORTS,
        Right.SEE_AUDIT,
    },
    Role.EQUALITY: {
        Right.LIST_CONSULTATIONS,
        Right.SEE_PARTICIPATION,
        Right.SEE_RESULTS,
        Right.DOWNLOAD_REPORTS,
        Right.WRITE_ASSESSMENT,
    },
    Role.CLERK: {Right.LIST_CONSULTATIONS, Right.KEY_PAPER, Right.RECORD_OTHERS, Right.ANSWER_FORMAT_REQUESTS},
    Role.VERIFIER: {Right.LIST_CONSULTATIONS, Right.KEY_PAPER, Right.VERIFY_PAPER},
    Role.CODER: {Right.LIST_CONSULTATIONS},
    Role.ADMIN: {Right.LIST_CONSULTATIONS, Right.SEE_PARTICIPATION, Right.SEE_AUDIT},
}
"""What each role may do. A clerk sees no result and no equality answer; an administrator runs the house and reads no answers."""


def staff_page(right):
    """Let a view through only for people who hold `right` where it acts, and give it the consultation instead of its slug.

    The view is called as `view(request, consultation, ...)` when its address has a slug, else as `view(request, ...)`; then it
    must itself keep to `consultations_where(request.rights_by_team, right=right)`. Sets `request.rights` and
    `request.rights_by_team` (`{team_id: rights}`). That somebody is signed in, with a second factor, is the middleware's doing:
    every such page lies under /staff/, which a test holds to. A file that is sent goes by the virus scanner first, if any.
    """

    def door(view):
        @wraps(view)
        def entered(request, *args, slug=None, **kwargs):
            request.rights_by_team = rights_by_team(request.user)
            if slug is None:
                request.rights = set().union(*request.rights_by_team.values())
                require(right, request.rights)
                return scanner.refusal(request) or view(request, *args, **kwargs)
            consultation = own_consultation(slug, request.rights_by_team)
            request.rights = request.rights_by_team[consultation.team_id]
            require(right, request.rights)
            return scanner.refusal(request, consultation) or view(request, consultation, *args, **kwargs)

        entered.needs_right = right
        return entered

    return door


def recently_signed_in(view):
    """Ask for the one-time code again, unless it was given in the last 10 minutes; then carry on, with what was posted.

    For what must not be done from a screen left open: exports row by row, roles, erasure, keys. Goes under `staff_page`, so that
    nobody is asked who will be refused anyway.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        if not accounts.recently_confirmed(request, now=timezone.now()):
            # allauth's middleware turns this into its page that asks, and comes back here after it.
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked


def rights_by_team(user):
    """`{team_id: rights}`: what a person may do in each of their teams, of all their roles there together. One query."""
    held = defaultdict(set)
    for team_id, role in Membership.objects.filter(user=user).values_list("team_id", "role"):
        held[team_id] |= RIGHTS[role]
    return dict(held)


def rights_of(user, team):
    """The rights a person holds in one team."""
    return rights_by_team(user).get(team.pk, set())


def consultations_of(user, *, right=Right.LIST_CONSULTATIONS):
    """The consultations for which the person holds `right`, the last to close first."""
    return consultations_where(rights_by_team(user), right=right)


def consultations_where(held, *, right):
    """The same, from rights already looked up (`{team_id: rights}`)."""
    teams = [team_id for team_id, rights in held.items() if right in rights]
    return Consultation.objects.filter(team__in=teams).select_related("team").order_by("-closes_at", "slug")


def own_consultation(slug, teams):
    """The consultation with this slug, if one of `teams` (ids) has it. Raises Http404, for another team's as for none."""
    consultation = Consultation.objects.filter(slug=slug, team__in=list(teams)).select_related("team").first()
    if consultation is None:
        raise Http404
    return consultation


def require(right, rights):
    """Raise PermissionDenied unless the right is among these."""
    if right not in rights:
        raise PermissionDenied
