"""Staff: closing early, giving more time, and withdrawing. Each says why, for the record and to the public, and is confirmed."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.approval import Standing
from consult.models import User
from consult.permissions import RIGHTS, Right, staff_page
from consult.second_person.closing import ask_for_closing, closing_standing
from consult.services import facts_about, withdraw
from consult.stages import NotReady, may, stage_at
from consult.time_fields import UkMomentField
from consult.views.results import page_context
from consult.wording import closing_reason, long_date, moment

form_page = require_http_methods(["GET", "HEAD", "POST"])
BUTTONS = ("confirmed", "change", "csrfmiddlewaretoken")


class ExplainedForm(forms.Form):
    """Why something is done, to the record and to the public, and who agreed."""

    use_required_attribute = False
    reason = forms.CharField(
        label="Why, for the record",
        help_text="Kept with your name. The public does not see it.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, for the record"},
    )
    words = forms.CharField(
        label="Why, in words for the public",
        help_text="The first line fits behind “because”, like “the plan has changed”. You can write more below it.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in words for the public"},
    )
    agreed_by = forms.ChoiceField(
        label="Which approver agreed?",
        help_text="Somebody other than you. They are named in the record.",
        error_messages={
            "required": "Select the approver who agreed",
            "invalid_choice": "Select the approver who agreed",
        },
    )

    def __init__(self, data=None, *, approvers=None, **more):
        super().__init__(data, **more)
        if approvers is None:
            del self.fields["agreed_by"]
        else:
            self.fields["agreed_by"].choices = [("", "Select"), *approvers]

    def sent(self):
        """`[(name, value)]` of what was sent, to be sent again with the confirmation."""
        return [(name, value) for name, value in self.data.items() if name not in BUTTONS]

    def explanation(self):
        """What every one of these commands takes."""
        return {name: self.cleaned_data[name] for name in ("reason", "words", "agreed_by") if name in self.fields}


class ClosingForm(ExplainedForm):
    """Closing early or giving more time, whichever the stage allows. An approver confirms it, with a page of their own."""

    what = forms.ChoiceField(
        label="What do you want to do?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you want to do"},
    )
    closes_at = UkMomentField(
        label="New closing date, if you give more time",
        help_text="In UK time. For example, 12 3 2027, 11:59pm",
        required=False,
    )
    field_order = ("what", "closes_at", "reason", "words", "agreed_by")
    CHOICES = (("close_early", "Close it now"), ("extend", "Give people more time"))

    def __init__(self, data=None, *, consultation, stage, now, **more):
        super().__init__(data, initial={"closes_at": consultation.closes_at}, **more)
        self.fields["what"].choices = [choice for choice in self.CHOICES if may(choice[0], stage)]
        self.consultation, self.now = consultation, now

    def clean(self):
        given = super().clean()
        if given.get("what") != "extend" or "closes_at" in self.errors:
            return given
        if not given.get("closes_at"):
            self.add_error("closes_at", "Enter the new closing date and time")
        elif given["closes_at"] <= max(self.consultation.closes_at, self.now):
            self.add_error("closes_at", f"Choose a time after {moment(max(self.consultation.closes_at, self.now))}")
        return given


@staff_page(Right.CHANGE_CLOSING)
@form_page
def closing(request, consultation):
    """Close it now, or give people more time."""
    now = timezone.now()
    stage = stage_at(facts_about(consultation), now)
    form = ClosingForm(
        request.POST if request.method == "POST" else None,
        consultation=consultation,
        stage=stage,
        now=now,
    )
    others = [name for _, name in approvers_beside(request.user, consultation.team)]
    waits = closing_standing(consultation).standing == Standing.WAITING
    return explained(
        request,
        consultation,
        form,
        title="Close early or give more time",
        waits=waits,
        approvers=others,
        can=bool(form.fields["what"].choices),
        will=lambda: what_closing_does(consultation, form, now=now),
        do=lambda: ask(consultation, form, by=request.user, now=now),
    )


@staff_page(Right.CHANGE_CLOSING)
@form_page
def withdrawing(request, consultation):
    """Take it back before it closes."""
    now = timezone.now()
    form = ExplainedForm(
        request.POST if request.method == "POST" else None,
        approvers=approvers_beside(request.user, consultation.team),
    )
    return explained(
        request,
        consultation,
        form,
        title="Withdraw it",
        can=may("withdraw", stage_at(facts_about(consultation), now)),
        will=lambda: what_withdrawing_does(form, now=now),
        do=lambda: withdraw(consultation, by=request.user, now=now, **form.explanation()),
    )


def explained(request, consultation, form, *, title, can, will, do, **more):
    """The form; what it will do and say, to be confirmed; and then doing it. `will()` and `do()` are asked of a valid form.

    `more` is said besides."""
    context = (
        page_context(consultation, f"{title}: {consultation.title}")
        | {
            "heading": title,
            "form": form,
            "can": can,
        }
        | more
    )
    status = 200
    if form.is_bound:
        status = 422
        if can and form.is_valid() and "change" not in request.POST:
            if "confirmed" not in request.POST:
                return render(request, "consult/staff/closing_confirm.html", context | will())
            if is_done(form, do):
                messages.success(request, f"{will()['done']} It is on record with your name and your reason.")
                return redirect("staff-consultation", slug=consultation.slug)
        status = 200 if can and "change" in request.POST else status
    return render(request, "consult/staff/closing.html", context, status=status)


def is_done(form, do):
    """Do it; False, with the form's error set, where it cannot be done any more."""
    try:
        do()
    except NotReady as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def ask(consultation, form, *, by, now):
    """Ask an approver for what the form says."""
    given = form.cleaned_data
    ask_for_closing(
        consultation, what=given["what"], closes_at=given["closes_at"], by=by, now=now, **form.explanation()
    )


CONFIRMED = "Nothing changes until an approver has confirmed it."


def what_closing_does(consultation, form, *, now):
    """What will happen and what the public will read, as the confirm page says it."""
    because, more = closing_reason(form.cleaned_data["words"])
    if form.cleaned_data["what"] == "extend":
        closes = moment(form.cleaned_data["closes_at"])
        return {
            "question": "Give people more time?",
            "effects": [CONFIRMED, f"It will close at {closes}, instead of {moment(consultation.closes_at)}."],
            "public": f"We have given people more time. The new closing date is {closes} because {because}.",
            "more": more,
            "button": "Ask an approver to confirm it",
            "done": f"It will close at {closes} once an approver confirms it.",
        }
    return {
        "question": "Close it now?",
        "effects": [CONFIRMED, "Nobody can begin any more. Whoever has begun can still send within 60 minutes."],
        "public": f"We closed this consultation early, on {long_date(now)}, because {because}. We still have every answer "
        "people sent before then. We will count them.",
        "more": more,
        "button": "Ask an approver to confirm it",
        "done": "It will be closed once an approver confirms it.",
    }


def what_withdrawing_does(form, *, now):
    """The same of withdrawing."""
    because, more = closing_reason(form.cleaned_data["words"])
    return {
        "question": "Withdraw it?",
        "effects": [
            "Nobody can answer any more, not even people who have begun.",
            "There will be no report and no decision here. You cannot undo this.",
        ],
        "public": f"We withdrew it on {long_date(now)} because {because}.",
        "more": more,
        "button": "Withdraw it",
        "done": "It is withdrawn.",
    }


def approvers_beside(somebody, team):
    """`[(username, name)]` of everybody else in the team who may approve."""
    roles = [role for role, rights in RIGHTS.items() if Right.APPROVE in rights]
    others = User.objects.filter(memberships__team=team, memberships__role__in=roles).exclude(pk=somebody.pk)
    return [(user.username, str(user)) for user in others.distinct().order_by("username")]
