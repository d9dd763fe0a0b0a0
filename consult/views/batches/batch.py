"""One batch: how its numbers stand, its forms, setting forms aside, counting again, and closing it."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.paper import verification
from consult.paper.batches import (
    MOST_FORMS,
    BatchClosed,
    NotBalanced,
    NotVerified,
    balance_of,
    close_batch,
    recount,
    set_aside,
    take_up,
)
from consult.paper.form_codes import kind_of_forms
from consult.paper.keying import may_open, next_to_key
from consult.paper.models import SET_ASIDE, FormState
from consult.paper.quality import flags_of
from consult.permissions import Right, staff_page
from consult.time_fields import UkDayField
from consult.views.batches.finding import batch_of, context, form_of, posted

YEARS_KEPT = 2
form_page = require_http_methods(["GET", "HEAD", "POST"])


@staff_page(Right.KEY_PAPER)
@require_safe
def batch(request, consultation, batch):
    """The batch with its balance, its forms and what comes next."""
    found = batch_of(consultation, batch)
    balance = balance_of(found)
    is_lead = Right.DECIDE_PAPER in request.rights
    shown = context(found, f"Batch {found.code}") | {
        "balance": balance,
        "forms_are": kind_of_forms(found),
        "states": [(FormState(state).label, count) for state, count in balance.by_state.items() if count],
        "forms": list(found.forms.all()),
        "next_form": next_to_key(found),
        "to_second": verification.waiting(found).count(),
        "may_verify": Right.VERIFY_PAPER in request.rights and verification.may_verify(found, request.user),
        "rate": verification.error_rate(found) if is_lead else None,
        "totals": verification.totals(found) if is_lead else None,
        "flags": flags_of(found) if Right.VERIFY_PAPER in request.rights or is_lead else [],
        "to_decide": found.forms.exclude(to_lead=[]) if is_lead else (),
        "is_lead": is_lead,
    }
    for form in shown["forms"]:
        form.batch = found
        form.may_be_opened = may_open(form, by=request.user, may_decide=is_lead)
        form.waits_for_second = form.state == FormState.KEYED and form.is_sampled and form.second_at is None
    return render(request, "consult/batches/batch.html", shown)


class AsideForm(forms.Form):
    """Why a form is not keyed."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label="What is the matter with it?",
        choices=[(state.value, state.label) for state in SET_ASIDE],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is the matter with it"},
    )
    words = forms.CharField(
        label="Say more, for the record",
        help_text="Like “page 3 is torn off” or “the same as form 12”. Do not write names.",
        max_length=300,
        error_messages={"required": "Say more, for the record", "max_length": "Use 300 characters or less"},
    )


@staff_page(Right.KEY_PAPER)
@form_page
def aside(request, consultation, batch, number):
    """Set a form aside, or take one up again that was."""
    form = form_of(batch_of(consultation, batch), number)
    now = timezone.now()
    if form.state == FormState.KEYED or form.batch.closed_at:
        return redirect("batch-form", slug=consultation.slug, batch=batch, number=number)
    if request.method == "POST" and "take-up" in request.POST:
        take_up(form, by=request.user, now=now)
        return redirect("batch-form", slug=consultation.slug, batch=batch, number=number)
    asked = AsideForm(posted(request))
    if request.method == "POST" and asked.is_valid():
        set_aside(form, **asked.cleaned_data, by=request.user, now=now)
        messages.success(request, f"Form {form.code} is set aside")
        return redirect("batch", slug=consultation.slug, batch=batch)
    shown = context(form.batch, f"Set form {form.code} aside") | {
        "asked": asked,
        "form": form,
        "has_errors": bool(asked.errors),
    }
    return render(request, "consult/batches/aside.html", shown, status=422 if asked.errors else 200)


class CountForm(forms.Form):
    """A new count and why."""

    use_required_attribute = False
    counted = forms.IntegerField(
        label="How many forms are there?",
        min_value=1,
        max_value=MOST_FORMS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages={
            "required": "Enter how many forms there are",
            "invalid": "How many forms there are must be a whole number, like 40",
            "min_value": "A batch has at least 1 form",
            "max_value": f"A batch has at most {MOST_FORMS} forms",
        },
    )
    reason = forms.CharField(
        label="Why did the count change?", max_length=300, error_messages={"required": "Say why the count changed"}
    )


@staff_page(Right.KEY_PAPER)
@form_page
def count(request, consultation, batch):
    """Count the forms again."""
    found = batch_of(consultation, batch)
    if found.closed_at:
        return redirect("batch", slug=consultation.slug, batch=batch)
    asked = CountForm(posted(request), initial={"counted": found.counted})
    if request.method == "POST" and asked.is_valid():
        try:
            recount(found, **asked.cleaned_data, by=request.user, now=timezone.now())
        except NotBalanced as error:
            asked.add_error("counted", f"You have begun {', '.join(error.missing)}. Set them aside, or count them")
        else:
            return redirect("batch", slug=consultation.slug, batch=batch)
    shown = context(found, f"Count batch {found.code} again") | {"asked": asked, "has_errors": bool(asked.errors)}
    return render(request, "consult/batches/count.html", shown, status=422 if asked.errors else 200)


class CloseForm(forms.Form):
    """Where the paper goes."""

    use_required_attribute = False
    storage_box = forms.CharField(
        label="Storage box",
        help_text="Where the paper is kept, like “Box 14, room 2”.",
        max_length=40,
        error_messages={"required": "Enter where the paper is kept", "max_length": "Use 40 characters or less"},
    )
    destroy_on = UkDayField(
        label="When must the paper be destroyed?",
        help_text="As your privacy notice promises. For example, 27 3 2029",
        missing="Enter when the paper must be destroyed",
    )


@staff_page(Right.KEY_PAPER)
@form_page
def close(request, consultation, batch):
    """Close the batch, when its numbers match and a second person has done their part."""
    found = batch_of(consultation, batch)
    if found.closed_at:
        return redirect("batch", slug=consultation.slug, batch=batch)
    balance = balance_of(found)
    if not balance.left:
        verification.draw_sample(found, now=timezone.now(), by=request.user)
    received = found.received_on
    asked = CloseForm(
        posted(request),
        initial={"destroy_on": received.replace(year=received.year + YEARS_KEPT, day=min(received.day, 28))},
    )
    problems = why_open(found, balance)
    if request.method == "POST" and asked.is_valid() and not problems:
        try:
            close_batch(found, **asked.cleaned_data, by=request.user, now=timezone.now())
        except (NotBalanced, NotVerified, BatchClosed):
            return redirect("batch-close", slug=consultation.slug, batch=batch)
        messages.success(request, f"Batch {found.code} is closed")
        return redirect("batch", slug=consultation.slug, batch=batch)
    shown = context(found, f"Close batch {found.code}") | {
        "asked": asked,
        "balance": balance,
        "states": [(FormState(state).label, number) for state, number in balance.by_state.items() if number],
        "problems": problems,
        "has_errors": bool(asked.errors or problems) and asked.is_bound,
    }
    return render(request, "consult/batches/close.html", shown, status=422 if shown["has_errors"] else 200)


def why_open(batch, balance):
    """What stands in the way of closing, as sentences."""
    open_forms = batch.forms.filter(state__in=(FormState.WAITING, FormState.BEGUN))
    missing = [f"{form.number:03}" for form in open_forms]
    said = []
    if missing:
        named = f"form {missing[0]}" if len(missing) == 1 else f"forms {', '.join(missing)}"
        said.append(
            f"The numbers do not match. You counted {balance.counted} forms but {balance.accounted} are accounted for. "
            f"Find {named} or say why {'it is' if len(missing) == 1 else 'they are'} missing."
        )
    if left := verification.waiting(batch).count():
        said.append("1 form waits for a second person." if left == 1 else f"{left} forms wait for a second person.")
    if undecided := batch.forms.exclude(to_lead=[]).count():
        named = "1 form says" if undecided == 1 else f"{undecided} forms say"
        said.append(f"The lead must decide what {named}.")
    return said


@staff_page(Right.KEY_PAPER)
@require_POST
def draw(request, consultation, batch):
    """Draw the forms that a second person keys."""
    found = batch_of(consultation, batch)
    if not found.closed_at and not balance_of(found).left:
        number = verification.draw_sample(found, now=timezone.now(), by=request.user)
        messages.success(request, f"{number} form{'' if number == 1 else 's'} drawn for a second person")
    return redirect("batch", slug=consultation.slug, batch=batch)
