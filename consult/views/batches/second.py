"""Keying a form a second time, blind (ux.md C5): no page holds a first entry before its box was typed twice and differs still."""

from django.http import HttpResponseNotFound, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.paper import keying, verification
from consult.paper.batches import BatchClosed
from consult.paper.models import FormState
from consult.permissions import Right, staff_page
from consult.views.batches.finding import batch_of, context, form_of
from consult.views.batches.sheet import BatchSheet
from consult.views.keying_boxes import box_id
from surveys.keying import echo

BEFORE, DECIDE = "before-", "decide-"
"""Begin the names of what the second person typed before, and of what they decided, each followed by the name of a box."""
DECISIONS = {"first": "Keep the first entry", "mine": "Keep mine", "lead": "Not sure, send to the lead"}
UNPROCESSABLE = 422
NO_MATCH = "does not match the first entry. Look at the paper and type it again"


class SecondSheet(BatchSheet):
    """The same boxes, empty: what is kept of the first entry is never shown in them."""

    def kept(self):
        return {}

    @cached_property
    def compared(self):
        """The boxes that are keyed twice."""
        return [box for box in self.boxes if box.control.shape != verification.NOT_COMPARED]

    def asks(self):
        """What is left empty must be looked at, as in the first keying; writing is not asked for."""
        compared = {box.name for box in self.compared}
        return {
            token
            for token in super().asks()
            if not token.startswith("empty ") or token.removeprefix("empty ") in compared
        }

    def posted_by_box(self, prefix):
        """`{box name: value}` of the fields whose names begin so."""
        posted = self.request.POST
        return {name.removeprefix(prefix): posted[name] for name in posted if name.startswith(prefix)}

    @cached_property
    def comparison(self):
        """(boxes to look at again, Differences) of what was sent."""
        return verification.compare(
            self.form, self.typed, seen=self.posted_by_box(BEFORE), boxes=self.compared, consultation=self.consultation
        )

    @cached_property
    def decisions(self):
        """`{box name: decision}` where one of the three was taken."""
        return {name: given for name, given in self.posted_by_box(DECIDE).items() if given in DECISIONS}


@staff_page(Right.VERIFY_PAPER)
@require_safe
def start(request, consultation, batch):
    """To the next form that a second person keys; else what came of it."""
    found = batch_of(consultation, batch)
    if not verification.may_verify(found, request.user):
        return own_batch(request, found)
    following = verification.waiting(found).first()
    if following and not found.closed_at:
        return redirect("batch-second-form", slug=consultation.slug, batch=batch, number=following.number)
    return redirect("batch", slug=consultation.slug, batch=batch)


@staff_page(Right.VERIFY_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def second(request, consultation, batch, number):
    """Key one form a second time."""
    found = form_of(batch_of(consultation, batch), number)
    if not verification.may_verify(found.batch, request.user):
        return own_batch(request, found.batch)
    if not is_waiting(found):
        return redirect("batch", slug=consultation.slug, batch=batch)
    sheet = SecondSheet(request, consultation, found)
    if request.method != "POST" or not sheet.is_to_be_saved():
        return page(sheet, status=UNPROCESSABLE if request.method == "POST" else 200)
    again, differences = sheet.comparison
    if again or any(found.box not in sheet.decisions for found in differences):
        return page(sheet, again=again, differences=differences, status=UNPROCESSABLE)
    finish(sheet, differences, by=request.user)
    return redirect("batch-second", slug=consultation.slug, batch=batch)


def is_waiting(form):
    """Whether a form is to be keyed a second time and was not yet."""
    is_open = form.batch.closed_at is None and form.state == FormState.KEYED
    return is_open and form.is_sampled and form.second_at is None


def finish(sheet, differences, *, by):
    """Keep the second keying, and put right what the first had wrong."""
    now = timezone.now()
    facts = {"consultation": sheet.consultation, "by": by, "now": now}
    try:
        mended = verification.finish(
            sheet.form,
            typed=sheet.typed,
            boxes=[box.name for box in sheet.compared],
            decisions=sheet.decisions,
            differences=differences,
            **facts,
        )
    except BatchClosed:
        return
    if mended:
        mend(sheet, mended, **facts)


def mend(sheet, mended, *, consultation, by, now):
    """Correct the form with what the second person typed in some boxes, read as a form is always read."""
    typed = keying.typed_of(sheet.form, consultation) | mended
    whole = SecondSheet(sheet.request, consultation, sheet.form)
    whole.typed = {box.name: typed.get(box.name, "") for box in whole.boxes}
    keying.save_form(
        sheet.form,
        typed=whole.typed,
        answers=whole.keyed.answers,
        equality=whole.equality_answers(),
        as_written=whole.as_written,
        consultation=consultation,
        by=by,
        now=now,
    )


def page(sheet, *, again=(), differences=(), status=200):
    """The form with empty boxes, or with what this person typed and what is to be looked at again."""
    for name in again:
        box = next(box for box in sheet.boxes if box.name == name)
        sheet.refusals[name] = f"{capital(box.place)} {NO_MATCH}"
    before = (
        sheet.posted_by_box(BEFORE)
        | {name: sheet.typed[name] for name in again}
        | {found.box: found.second for found in differences}
    )
    sheet.typed = sheet.typed | dict.fromkeys(again, "")
    batch = sheet.form.batch
    shown = context(batch, f"Key form {sheet.form.code} a second time") | sheet.context()
    # Writing is not keyed twice: what is left empty of it is nothing to look at again.
    compared = {box.name for box in sheet.compared}
    left_out = [box for box in sheet.keyed.not_keyed if box.name in compared] if sheet.is_posted else []
    open_differences = [found for found in differences if found.box not in sheet.decisions]
    shown["problems"] += [to_be_decided(sheet, found) for found in open_differences]
    shown |= {
        "is_second": True,
        "has_errors": bool(shown["problems"]),
        "not_keyed": [{"text": box.number, "href": f"#{box_id(box)}"} for box in left_out],
        "before": [(f"{BEFORE}{name}", typed) for name, typed in before.items()],
        "differences": [told(sheet, found) for found in differences],
        "difference_choices": DECISIONS.items(),
        "left": verification.waiting(batch).count(),
        "first_wrong": again[0] if again else "",
    }
    return render(sheet.request, "consult/batches/second.html", shown, status=status)


def to_be_decided(sheet, difference):
    """A difference that nobody has decided, as an entry of the error summary."""
    box = next(box for box in sheet.boxes if box.name == difference.box)
    return {
        "text": f"{capital(box.place)} does not match the first entry. Choose which of the two counts",
        "href": f"#{DECIDE}{box.name}-first",
    }


def capital(place):
    """A place at the beginning of a sentence."""
    return place[:1].upper() + place[1:]


def told(sheet, difference):
    """A difference as the page tells it: both entries, as typed and in words."""
    box = next(box for box in sheet.boxes if box.name == difference.box)

    def words(typed):
        return f"{typed or 'left blank'} {echo(box, typed, sheet.language)}".strip()

    return {
        "name": f"{DECIDE}{box.name}",
        "place": box.place,
        "first": words(difference.first),
        "second": words(difference.second),
        "decided": sheet.decisions.get(box.name, ""),
    }


@staff_page(Right.VERIFY_PAPER)
@require_POST
def box(request, consultation, batch, number):
    """Whether one box matches the first entry: `name` and `typed` are posted. Says nothing else of it."""
    found = form_of(batch_of(consultation, batch), number)
    if not is_waiting(found) or not verification.may_verify(found.batch, request.user):
        return HttpResponseNotFound()
    name, typed = request.POST.get("name", ""), request.POST.get("typed", "")
    boxes = [box for box in SecondSheet(request, consultation, found).compared if box.name == name]
    again, _ = verification.compare(found, {name: typed}, seen={}, boxes=boxes, consultation=consultation)
    return JsonResponse({"matches": not again})


def own_batch(request, batch):
    """Told to somebody who keyed in the batch."""
    return render(request, "consult/batches/own_batch.html", context(batch, "Somebody else must do this"), status=403)
