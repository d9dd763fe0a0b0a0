"""The list of letters, emails, events and petitions of a consultation, and one of them with its words."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.other_responses.queries import opened, seen_by
from consult.permissions import Right, staff_page
from consult.views.entry import NOTHING_MORE, why_closed
from consult.views.other_responses.forms import IN_GENERAL, questions_to_choose
from surveys.publishing import latest_version_id, published


@staff_page(Right.RECORD_OTHERS)
@require_safe
def others(request, consultation):
    """Those that the person may see, the newest first."""
    shown = context(consultation, "Other responses") | {
        "records": list(seen_by(consultation, request.user, rights=request.rights)),
        "sees_all": Right.SEE_OTHERS in request.rights,
        "closed": why_not(consultation, now=timezone.now()),
    }
    return render(request, "consult/other_responses/list.html", shown)


@staff_page(Right.RECORD_OTHERS)
@require_safe
def other(request, consultation, number):
    """One, with its words. That it was opened is recorded."""
    found, now = response_of(request, consultation, number), timezone.now()
    questions = dict(questions_of(consultation))
    passages = [] if found.is_erased else opened(found, by=request.user, now=now)
    shown = context(consultation, str(found)) | {
        "record": found,
        "passages": [(questions.get(key, key) if key else IN_GENERAL, words) for key, words in passages],
        "may_correct": not found.withdrawn_at and not why_not(consultation, now=now),
        "may_withdraw": may_withdraw(request, found, now=now),
    }
    return render(request, "consult/other_responses/one.html", shown)


def may_withdraw(request, response, *, now):
    """Whether the person may withdraw it now: once the report is out, only who may see them all."""
    is_in_time = Right.SEE_OTHERS in request.rights or not why_not(response.consultation, now=now)
    return not response.withdrawn_at and is_in_time


def why_not(consultation, *, now):
    """Why nothing can be recorded now, as a sentence; "" when it can."""
    return why_closed(consultation, now=now, says=NOTHING_MORE)


def response_of(request, consultation, number):
    """One that the person may see. Raises Http404, for another's as for none."""
    found = seen_by(consultation, request.user, rights=request.rights).filter(number=number).first()
    if found is None:
        raise Http404
    found.consultation = consultation
    return found


def questions_of(consultation):
    """The questions that words can be about, as choices; none before any were published."""
    newest = latest_version_id(consultation.questionnaire_id)
    return questions_to_choose(published(newest).definition) if newest else []


def context(consultation, title):
    """What every page about other responses needs."""
    return {"consultation": consultation, "short_name": consultation.short_name, "page_title": title}
