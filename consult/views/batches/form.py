"""Keying a form of a batch: the page, the box kept as it is left, and the form sent in."""

from django.http import HttpResponseNotFound, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consult import submission
from consult.models import LinkKey
from consult.paper import keying
from consult.paper.batches import BatchClosed, balance_of
from consult.paper.models import SET_ASIDE, FormState
from consult.permissions import Right, staff_page
from consult.uk_time import said, uk_clock
from consult.views.batches.finding import batch_of, context, form_of
from consult.views.batches.sheet import BatchSheet
from consult.views.entry import CLOSED
from consult.wording import moment
from surveys.validation import AnswersRejected

CONFLICT, UNPROCESSABLE = 409, 422


@staff_page(Right.KEY_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def form(request, consultation, batch, number):
    """One form: what is kept of it on GET; on POST keep it as a draft, or save it and go on to the next."""
    found = form_of(batch_of(consultation, batch), number)
    if found.batch.closed_at or found.state in SET_ASIDE:
        return render(request, "consult/batches/not_keyed.html", context(found.batch, found.code) | {"form": found})
    if not keying.may_open(found, by=request.user, may_decide=Right.DECIDE_PAPER in request.rights):
        shown = context(found.batch, f"Form {found.code} was keyed") | {"form": found}
        return render(request, "consult/batches/keyed_by_another.html", shown, status=403)
    sheet = BatchSheet(request, consultation, found)
    if request.method != "POST":
        return page(sheet)
    now = timezone.now()
    if sheet.is_to_be_saved() and save(sheet, by=request.user, now=now):
        return to_next(sheet.form)
    sheet.form = keep(sheet, by=request.user, now=now)
    return page(sheet, status=200 if sheet.presses_draft and sheet.is_fit() else UNPROCESSABLE)


def keep(sheet, *, by, now):
    """Keep what was typed though it is not sent in: wrong, or to be looked at again, or only a draft."""
    try:
        return keying.keep_typed(sheet.form, sheet.typed, consultation=sheet.consultation, by=by, now=now)
    except (BatchClosed, keying.SetAside, LinkKey.DoesNotExist):
        return sheet.form


def save(sheet, *, by, now):
    """Send the form in. False, with the sheet's problems set, when refused."""
    try:
        saved = keying.save_form(
            sheet.form,
            typed=sheet.typed,
            answers=sheet.keyed.answers,
            equality=sheet.equality_answers(),
            as_written=sheet.as_written,
            consultation=sheet.consultation,
            by=by,
            now=now,
        )
    except AnswersRejected as rejected:
        for question, messages in rejected.problems.items():
            sheet.refuse(messages[0], question=question)
        return False
    except submission.ConsultationClosed as closed:
        sheet.refuse(CLOSED[closed.stage])
        return False
    except tuple(REFUSED) as refusal:
        sheet.refuse(REFUSED[type(refusal)])
        return False
    sheet.form = saved
    sheet.remember(saved)
    return True


REFUSED = {
    BatchClosed: "This batch was closed. Ask the engagement lead to correct the form",
    keying.SetAside: "This form was set aside meanwhile. Take it up again on the batch's page before you key it",
    keying.Erased: "The person took these answers back, and nothing of this form is kept. Leave it as it is",
    submission.NothingToSend: "Nothing that counts was typed. Key at least 1 answer, or set the form aside as spoilt",
    LinkKey.DoesNotExist: "Forms of this consultation can no longer be keyed: the key for them was destroyed",
}
"""What is said of a form that cannot be taken in."""


def to_next(form):
    """On to the next form that waits; to the batch when all are done."""
    batch = form.batch
    following = keying.next_to_key(batch, after=form.number)
    slug = batch.consultation.slug
    if following is None:
        return redirect("batch", slug=slug, batch=batch.number)
    return redirect("batch-form", slug=slug, batch=batch.number, number=following.number)


def page(sheet, *, status=200):
    """The form on the screen."""
    form, batch = sheet.form, sheet.form.batch
    balance = balance_of(batch)
    following = keying.next_to_key(batch, after=form.number)
    shown = context(batch, f"Key form {form.code}") | {
        "balance": balance,
        "keyed": balance.by_state[FormState.KEYED],
        "saved_clock": said(uk_clock(form.saved_at)) if form.saved_at else "",
        "next_form": following if following and following.number != form.number else None,
        "reopenable": [done for done in keying.reopenable(batch, by=sheet.request.user) if done.pk != form.pk],
        "history": history(sheet) if form.state == FormState.KEYED else [],
    }
    return render(sheet.request, "consult/batches/form.html", shown | sheet.context(), status=status)


def history(sheet):
    """What was changed since the form was keyed: `[(at, by, [(label of the box, before, after)])]`."""
    labels = {box.name: f"{box.number} {box.label}" for box in sheet.boxes}
    return [
        (moment(at), by, [(labels.get(name, name), before, after) for name, (before, after) in changed.items()])
        for at, by, changed in keying.history_of(sheet.form, sheet.consultation)
    ]


@staff_page(Right.KEY_PAPER)
@require_POST
def box(request, consultation, batch, number):
    """Keep one box as it is left: `name` and `typed` are posted, the time it was kept comes back."""
    found = form_of(batch_of(consultation, batch), number)
    name, now = request.POST.get("name", ""), timezone.now()
    if name not in keying.box_names(found.batch.version_id, consultation.question_set):
        return HttpResponseNotFound()
    try:
        typed = {name: request.POST.get("typed", "")}
        keying.keep_typed(found, typed, consultation=consultation, by=request.user, now=now)
    except (BatchClosed, keying.SetAside, LinkKey.DoesNotExist):
        return JsonResponse({}, status=CONFLICT)
    return JsonResponse({"saved": said(uk_clock(now))})
