"""The batches of a consultation, and opening one."""

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods, require_safe

from consult.paper.batches import MOST_FORMS, open_batch
from consult.paper.models import Batch, FormState
from consult.permissions import Right, staff_page
from consult.time_fields import UkDayField
from consult.uk_time import uk_day
from consult.views.batches.finding import posted
from consult.views.entry import why_closed
from surveys.models import Version
from surveys.publishing import latest_version_id, published

NOT_PUBLISHED = "The questions are not published yet."


class OpenForm(forms.Form):
    """What is known of a pile of forms before the first is keyed. `form_version` is as printed at the foot of a page."""

    use_required_attribute = False
    received_on = UkDayField(
        label="When did they arrive?", help_text="For example, 27 3 2027", missing="Enter the day they arrived"
    )
    source = forms.ChoiceField(
        label="How did they reach us?",
        choices=Batch.Source.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they reached us"},
    )
    language = forms.ChoiceField(
        label="Language of the forms",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the language of the forms"},
    )
    version = forms.ChoiceField(
        label="Version of the questions",
        help_text="It stands at the foot of each page, like V2.",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the version of the questions"},
    )
    counted = forms.IntegerField(
        label="How many forms are there?",
        help_text="Count them before you begin. At the end the numbers must match.",
        min_value=1,
        max_value=MOST_FORMS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages={
            "required": "Enter how many forms there are",
            "invalid": "How many forms there are must be a whole number, like 40",
            "min_value": "A batch has at least 1 form",
            "max_value": f"A batch has at most {MOST_FORMS} forms. Open another for the rest",
        },
    )

    def __init__(self, data=None, *, consultation, today, **more):
        newest = latest_version_id(consultation.questionnaire_id)
        languages = published(newest).definition.languages
        initial = {"received_on": today, "language": languages[0], "version": str(newest)}
        super().__init__(data, initial=initial, **more)
        self.today = today
        versions = Version.objects.filter(questionnaire=consultation.questionnaire_id).order_by("-number")
        numbers = versions.values_list("pk", "number")
        self.fields["version"].choices = [(str(pk), f"V{number}") for pk, number in numbers]
        self.fields["language"].choices = [(code, language_name(code)) for code in languages]

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError("The day they arrived cannot be in the future")
        return day


def language_name(code):
    """A language by its English name; its code where Django does not know it."""
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return code


@staff_page(Right.KEY_PAPER)
@require_safe
def batches(request, consultation):
    """Every batch: how many forms it has, how many are keyed, and what is to be done with it."""
    found = Batch.objects.filter(consultation=consultation).select_related("version").prefetch_related("forms")
    rows = [row(batch) for batch in found.defer("version__document", "version__codebook")]
    context = {
        "consultation": consultation,
        "short_name": consultation.short_name,
        "page_title": "Batches of paper forms",
        "rows": rows,
        "closed": why_not(consultation),
    }
    return render(request, "consult/batches/batches.html", context)


def row(batch):
    """What the list says of a batch, from the forms read with it."""
    states = [form.state for form in batch.forms.all()]
    waiting = sum(form.is_sampled and form.second_at is None for form in batch.forms.all())
    left = sum(state in (FormState.WAITING, FormState.BEGUN) for state in states)
    return {
        "batch": batch,
        "keyed": states.count(FormState.KEYED),
        "left": left,
        "to_verify": waiting,
        "status": status(batch, left=left, waiting=waiting),
    }


def status(batch, *, left, waiting):
    """Where a batch stands, in words."""
    if batch.closed_at:
        return "Closed"
    if left:
        return "Being keyed"
    return "Waiting for a second person" if waiting else "Ready to close"


@staff_page(Right.KEY_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, consultation):
    """Open a batch."""
    now = timezone.now()
    context = {
        "consultation": consultation,
        "short_name": consultation.short_name,
        "page_title": "Open a batch of paper forms",
    }
    if reason := why_not(consultation):
        return render(request, "consult/batches/closed.html", context | {"reason": reason})
    form = OpenForm(posted(request), consultation=consultation, today=uk_day(now))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        version_id = Version.objects.get(pk=facts.pop("version")).pk
        batch = open_batch(consultation, version_id=version_id, variant="", by=request.user, now=now, **facts)
        return redirect("batch", slug=consultation.slug, batch=batch.number)
    status_code = 422 if form.is_bound else 200
    return render(
        request,
        "consult/batches/open.html",
        context | {"form": form, "has_errors": bool(form.errors)},
        status=status_code,
    )


def why_not(consultation):
    """Why no batch can be opened now, as a sentence; "" when one can."""
    if reason := why_closed(consultation, now=timezone.now()):
        return reason
    return "" if latest_version_id(consultation.questionnaire_id) else NOT_PUBLISHED
