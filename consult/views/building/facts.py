"""What a consultation says of itself: the forms of its set-up, of the information for people, and of equality and area."""

import hashlib

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.building import ChangedFacts, TooLate, change_facts
from consult.models import Consultation
from consult.permissions import Right, staff_page
from consult.services import facts_about
from consult.stages import Stage, stage_at
from consult.time_fields import UkDayField, UkMomentField
from consult.views.building.forms import area, line
from consult.views.building.saying import above, bound_problems
from equality.categories import QUESTION_SETS
from equality.disclosure import POLICIES
from equality.population import baseline_choices


class FactsForm(forms.Form):
    """Fields of a consultation, named as the model names them."""

    use_required_attribute = False

    def __init__(self, data=None, *, consultation):
        super().__init__(data, initial={name: self.shown(consultation, name) for name in self.base_fields})

    def shown(self, consultation, name):
        """What a field shows of the consultation."""
        return getattr(consultation, name)

    def changes(self):
        """`{field: value}` to save."""
        return dict(self.cleaned_data)


class SetUpForm(FactsForm):
    """What it is called, what it is about, who decides, and when."""

    title = line(
        "Title", required=True, most=200, hint="What people see first. For example: The future of Alderbeck surgery"
    )
    short_name = line(
        "Short name", required=True, most=60, hint="For the tops of pages. For example: Alderbeck surgery"
    )
    kind = forms.ChoiceField(label="What is it?", choices=Consultation.Kind.choices, widget=forms.RadioSelect)
    topic = line("Topic", most=60, hint="Optional. For people who search, like “GP services”")
    area = line("Area", most=60, hint="Optional. For people who search, like “Northbridge”")
    decided_by = line(
        "Who decides?",
        required=True,
        most=200,
        hint="Fits behind “The decision is for”, like “the board of …”",
    )
    opens_at = UkMomentField(label="When does it open?", missing="Enter when it opens")
    closes_at = UkMomentField(label="When does it close?", missing="Enter when it closes", help_text="Usually 11:59pm")
    report_by = UkDayField(label="When will the report be out?", required=False)
    decision_on = UkDayField(label="When is the decision made?", required=False)

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "It must close after it opens. Choose a later time")
        return cleaned


class InformationForm(FactsForm):
    """What people read before they answer."""

    summary = area("In 1 or 2 sentences", required=True, most=300, hint="Stands on the list of consultations")
    purpose = area(
        "What is this about?",
        required=True,
        rows=10,
        most=10_000,
        hint="What may change, why, and which options there are",
    )
    still_open = area(
        "What is decided already, and what is not?", required=True, rows=5,
        hint="If nothing is decided yet, say so: “No decision has been made yet.”",
    )  # fmt: skip
    asks = area("What can people tell you?", rows=4, hint="One on each line. They complete “Tell us …”")
    kept_years = forms.IntegerField(
        label="For how many years do you keep answers?", min_value=1, max_value=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def shown(self, consultation, name):
        return "\n".join(consultation.asks) if name == "asks" else super().shown(consultation, name)

    def changes(self):
        asks = [part.strip() for part in self.cleaned_data["asks"].splitlines()]
        return self.cleaned_data | {"asks": [part for part in asks if part]}


class EqualityForm(FactsForm):
    """Which equality questions, which population, and which rule for small numbers."""

    question_set = forms.ChoiceField(label="Which equality questions?", widget=forms.RadioSelect)
    baseline = forms.ChoiceField(label="Which population do you compare with?", widget=forms.RadioSelect)
    policy = forms.ChoiceField(label="Which rule for small numbers?", widget=forms.RadioSelect)

    def __init__(self, data=None, *, consultation):
        super().__init__(data, consultation=consultation)
        self.fields["question_set"].choices = [(key, f"Version {key}") for key in QUESTION_SETS]
        self.fields["baseline"].choices = baseline_choices()
        self.fields["policy"].choices = [(policy.key, policy.label) for policy in POLICIES.values()]


PARTS = {
    "set-up": ("Set up", SetUpForm),
    "information": ("Information for people", InformationForm),
    "equality": ("Equality and area", EqualityForm),
}


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request, consultation, part):
    """One part of what a consultation says of itself."""
    if part not in PARTS:
        raise Http404
    title, form_class = PARTS[part]
    now = timezone.now()
    contested = []
    form = form_class(request.POST if request.method == "POST" else None, consultation=consultation)
    if form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            change_facts(
                consultation,
                form.changes(),
                by=request.user,
                now=now,
                part=part,
                is_as_seen=lambda newest: stamp(form_class(consultation=newest)) == seen,
            )
            messages.success(request, f"{title}: saved.")
            return redirect("build-tasks", slug=consultation.slug)
        except TooLate:
            return redirect("build-facts", slug=consultation.slug, part=part)
        except ChangedFacts as changed:
            contested = differing(form, form_class(consultation=changed.consultation))
    context = (
        above(consultation, "tasks")
        | bound_problems(form)
        | {
            "page_title": title,
            "form": form,
            "contested": contested,
            "seen": stamp(form_class(consultation=consultation)),
            "said": [(bound.label, readable(bound)) for bound in form_class(consultation=consultation)],
            "is_out": stage_at(facts_about(consultation), now) != Stage.DRAFT,
        }
    )
    return render(
        request, "consult/staff/building/facts.html", context, status=409 if contested else 422 if form.errors else 200
    )


def stamp(form):
    """A short digest of what a form shows: two that show the same have one."""
    return hashlib.sha256(repr([str(bound.initial) for bound in form]).encode()).hexdigest()[:16]


def differing(typed, newest):
    """Where what somebody typed differs from what is there now: `[(what, theirs, yours)]`, as a person reads them."""
    return [
        (bound.label, readable(newest[bound.name]), readable(bound))
        for bound in typed
        if readable(newest[bound.name]) != readable(bound)
    ]


def readable(bound):
    """What a field shows: the words of a choice, the boxes of a date with blanks between."""
    value = bound.value()
    if hasattr(bound.field.widget, "decompress"):
        boxes = value if isinstance(value, list) else bound.field.widget.decompress(value)
        return " ".join(text for text in boxes if text)
    return str(dict(getattr(bound.field, "choices", ())).get(value, value if value is not None else ""))
