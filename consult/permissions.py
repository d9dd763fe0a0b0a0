"""Who may do what: one table of roles and rights, and the one door that staff pages go through.

A staff page names the right it needs with `staff_page`; the consultation it is about is looked up among those of the
person's own teams. Another team's consultation is a 404, exactly like one that does not exist.
"""

from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from consult.models import Consultation, Membership, Role


class Right(StrEnum):
    """Something a role may do within its team."""

    LIST_CONSULTATIONS = "list consultations"
    SEE_PARTICIPATION = "see how many took part"
    SEE_RESULTS = "see released results"
    DOWNLOAD_REPORTS = "download reports and tables"
    EXPORT_ROWS = "export responses row by row"
    KEY_PAPER = "key paper responses"
    SEE_AUDIT = "see the record of decisions"


RIGHTS = {
    Role.LEAD: {
        Right.LIST_CONSULTATIONS,
        Right.SEE_PARTICIPATION,
        Right.SEE_RESULTS,
        Right.DOWNLOAD_REPORTS,
        Right.EXPORT_ROWS,
        Right.KEY_PAPER,
        Right.SEE_AUDIT,
    },
    Role.APPROVER: {
        Right.LIST_CONSULTATIONS,
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
    },
    Role.CLERK: {Right.LIST_CONSULTATIONS, Right.KEY_PAPER},
    Role.VERIFIER: {Right.LIST_CONSULTATIONS, Right.KEY_PAPER},
    Role.CODER: {Right.LIST_CONSULTATIONS},
    Role.ADMIN: {Right.LIST_CONSULTATIONS, Right.SEE_PARTICIPATION, Right.SEE_AUDIT},
}
"""What each role may do. A clerk sees no result and no equality answer; an administrator runs the house and reads no answers."""


def rights_of(user, team):
    """The rights a person holds in a team, of all their roles there together."""
    roles = Membership.objects.filter(user=user, team=team).values_list("role", flat=True)
    return set().union(*(RIGHTS[role] for role in roles))


def consultations_of(user):
    """The consultations of the person's teams, soonest to close last."""
    return Consultation.objects.filter(team__memberships__user=user).distinct().select_related("team").order_by("-closes_at")


def staff_page(right):
    """Let a view through only for people who hold `right` where it acts, and give it the consultation instead of its slug.

    The view is called as `view(request, consultation, ...)` when its address has a slug, else as `view(request, ...)`.
    Sets `request.rights`.
    """

    def door(view):
        @wraps(view)
        def entered(request, *args, slug=None, **kwargs):
            if slug is None:
                request.rights = rights_anywhere(request.user)
                require(right, request.rights)
                return view(request, *args, **kwargs)
            consultation = consultations_of(request.user).filter(slug=slug).first()
            if consultation is None:
                raise Http404
            request.rights = rights_of(request.user, consultation.team)
            require(right, request.rights)
            return view(request, consultation, *args, **kwargs)

        entered.needs_right = right
        return entered

    return door


def rights_anywhere(user):
    """The rights a person holds in any team."""
    roles = Membership.objects.filter(user=user).values_list("role", flat=True)
    return set().union(*(RIGHTS[role] for role in roles))


def require(right, rights):
    if right not in rights:
        raise PermissionDenied
