"""Keying paper forms: one form on one page, checked or saved in one POST.

What may be typed and what it means is `surveys.keying`, taking a response in is `consult.submission`, and what the page
shows is `keying_sheet.py`.
"""

from django.shortcuts import redirect, render
from django.utils import timezone

from consult import submission
from consult.models import LinkKey
from consult.paper import numbers
from consult.permissions import Right, staff_page
from consult.stages import Stage
from consult.views.keying_sheet import Sheet
from surveys.models import Channel
from surveys.validation import AnswersRejected

UNPROCESSABLE = 422

CLOSED = {
    Stage.DRAFT: "This consultation has not been launched yet. You can key forms when it opens.",
    Stage.FORTHCOMING: "This consultation is not open yet. You can key forms when it opens.",
    Stage.REPORTED: "The report of this consultation has been published, so no more forms can be added.",
    Stage.DECIDED: "This consultation has been decided, so no more forms can be added.",
    Stage.WITHDRAWN: "This consultation was withdrawn, so no forms can be added.",
}
"""Why no form can be keyed, by stage."""
NOTHING_MORE = {
    Stage.DRAFT: "This consultation has not been launched yet.",
    Stage.FORTHCOMING: "This consultation is not open yet.",
    Stage.REPORTED: "The report of this consultation has been published, so nothing more can be added.",
    Stage.DECIDED: "This consultation has been decided, so nothing more can be added.",
    Stage.WITHDRAWN: "This consultation was withdrawn, so nothing more can be added.",
}
"""The same of what is on no form."""


@staff_page(Right.KEY_PAPER)
def keying(request, consultation):
    """Key one form: an empty page on GET; on POST check what was typed, or save it and go on to the next form."""
    now = timezone.now()
    sheet = Sheet(request, consultation)
    if request.method == "POST" and sheet.version_id:
        if sheet.is_to_be_saved() and save(sheet, by=request.user, now=now):
            return redirect("staff-keying", slug=consultation.slug)
        return page(sheet, status=200 if sheet.is_only_checked() else UNPROCESSABLE)
    reason = why_closed(consultation, now=now) or ("" if sheet.version_id else "The questions are not published yet.")
    return closed_page(sheet, reason) if reason else page(sheet)


def why_closed(consultation, *, now, says=CLOSED):
    """Why no form can be keyed now, as a sentence of `says`; "" when one can."""
    try:
        submission.refuse_when_closed(consultation, channel=Channel.PAPER, begun_at=None, now=now)
    except submission.ConsultationClosed as closed:
        return says[closed.stage]
    return ""


def save(sheet, *, by, now):
    """Send the form in, and remember what the next one begins with. False, with the sheet's problems set, when refused."""
    try:
        receipt = submitted(sheet, by=by, now=now)
    except submission.ConsultationClosed as closed:
        sheet.refuse(CLOSED[closed.stage])
    except submission.NothingToSend:
        sheet.refuse("Nothing that counts was typed. Key at least 1 answer", question=sheet.boxes[0].question.key)
    except numbers.NumberUsed as used:
        sheet.facts.add_error("number", str(used))
    except LinkKey.DoesNotExist:
        first = sheet.sections_about_person[0].blocks[0].questions[0].question.key
        sheet.refuse("Answers about people can no longer be kept. Clear these boxes and save again", question=first)
    except AnswersRejected as rejected:
        for question, messages in rejected.problems.items():
            sheet.refuse(messages[0], question=question)
    else:
        sheet.remember(receipt)
        return True
    return False


def submitted(sheet, *, by, now):
    """The receipt of the form, taken in with the number that is written on it."""
    facts = sheet.facts.cleaned_data
    return numbers.submit_numbered(
        sheet.consultation,
        number=facts["number"],
        answers=sheet.keyed.answers,
        equality=sheet.equality_answers(),
        channel=Channel(facts["channel"]),
        key=facts["submission_key"],
        version_id=sheet.version_id,
        now=now,
        by=by,
        language=facts["language"],
    )


def page(sheet, *, status=200):
    """The form on the screen."""
    return render(sheet.request, "consult/staff/keying.html", context(sheet) | sheet.context(), status=status)


def closed_page(sheet, reason):
    """Why no form can be keyed here now."""
    more = {"reason": reason, "saved": sheet.saved, "page_title": "You cannot key forms now"}
    return render(sheet.request, "consult/staff/keying_closed.html", context(sheet) | more)


def context(sheet):
    """What both pages need."""
    consultation = sheet.consultation
    return {"consultation": consultation, "short_name": consultation.short_name, "page_title": "Key a paper form"}
