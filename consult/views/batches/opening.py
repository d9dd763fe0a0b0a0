"""Opening a batch: what the pile is, by the code at the foot of its forms or by choices, and how many forms it has."""

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.paper.batches import MOST_FORMS, open_batch
from consult.paper.form_codes import IN_WORDS, STANDARD, OtherForm, Pile, in_words, language_name, pile_of, why_not
from consult.paper.models import Batch
from consult.permissions import Right, staff_page
from consult.time_fields import UkDayField
from consult.uk_time import uk_day
from consult.views.batches.finding import posted
from consult.views.entry import why_closed
from exports.paper.editions import EDITIONS
from exports.paper.form_code import form_name
from surveys.models import Version
from surveys.publishing import published

NOT_PUBLISHED = "The questions are not published yet."
READ = "read"
"""What the button that only reads the code sends."""
CHOSEN = ("version", "language", "edition")
"""What a code says, and what is asked where there is none."""


class OpenForm(forms.Form):
    """What is known of a pile of forms before the first is keyed. What there is no choice in is not asked.

    `pile` is what the code says, or what was chosen; None before either.
    """

    use_required_attribute = False
    code = forms.CharField(
        label="Code at the foot of the forms",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "The code must be 40 characters or less"},
    )
    version = forms.ChoiceField(
        label="Version of the questions",
        help_text="It stands at the foot of each page, like V2.",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the version of the questions"},
    )
    language = forms.ChoiceField(
        label="Language of the forms",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the language of the forms"},
    )
    edition = forms.ChoiceField(
        label="How are the forms printed?",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"required": "Select how the forms are printed"},
    )
    received_on = UkDayField(
        label="When did they arrive?", help_text="For example, 27 3 2027", missing="Enter the day they arrived"
    )
    source = forms.ChoiceField(
        label="How did they reach us?",
        choices=Batch.Source.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they reached us"},
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

    def __init__(self, data=None, *, consultation, today, typed=None):
        """`typed` is what was typed before a code was read: the form is shown again and not checked yet."""
        self.consultation, self.today, self.pile = consultation, today, None
        found = Version.objects.filter(questionnaire=consultation.questionnaire_id).order_by("-number")
        self.numbers = dict(found.values_list("pk", "number"))
        definitions = [published(pk).definition for pk in self.numbers]
        languages = list(dict.fromkeys(language for each in definitions for language in each.languages))
        variants = {variant for each in definitions for variant in each.variants}
        editions = [each for each in EDITIONS.values() if not each.variant or each.variant in variants]
        newest = str(next(iter(self.numbers)))
        initial = {"received_on": today, "language": languages[0], "version": newest, "edition": STANDARD}
        super().__init__(data, initial=initial | (typed or {}))
        self.fields["code"].help_text = (
            f"Scan the bars at the foot of a page, or type the code beside them, like {form_name(consultation.slug)}-V1-P03. "
            "It says what the forms are."
        )
        self.fields["version"].choices = [(str(pk), f"V{number}") for pk, number in self.numbers.items()]
        self.fields["language"].choices = [(code, language_name(code)) for code in languages]
        self.fields["edition"].choices = [(each.name, IN_WORDS[each.name].capitalize()) for each in editions]
        self.read_code((self["code"].value() or "").strip())
        for name in CHOSEN:
            if self.pile_of_code or len(self.fields[name].choices) == 1:
                del self.fields[name]
        if self.fault:
            # Somebody who scanned has not come to the rest yet.
            passed_over = self.fields if self.data.get("press") == READ else self.fields.keys() & set(CHOSEN)
            for name in passed_over:
                self.fields[name].required = False

    def read_code(self, code):
        """Find out what a code says; where it is of no form of ours, `fault` says so."""
        self.pile_of_code, self.fault = None, ""
        if not code:
            return
        try:
            self.pile_of_code = pile_of(code, self.consultation)
        except OtherForm as error:
            self.fault = str(error)

    @property
    def read(self):
        """What the code says the forms are, in words; "" where it says nothing."""
        return in_words(self.pile_of_code, self.numbers[self.pile_of_code.version_id]) if self.pile_of_code else ""

    def clean_code(self):
        if self.fault:
            raise forms.ValidationError(self.fault)
        return self.cleaned_data["code"]

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError("The day they arrived cannot be in the future")
        return day

    def clean(self):
        """Settle what the pile is."""
        said = {name: self.cleaned_data.get(name) or self.initial[name] for name in CHOSEN}
        if self.pile_of_code:
            self.pile = self.pile_of_code
        elif not self.errors.keys() & {*CHOSEN, "code"}:
            version_id = next(pk for pk in self.numbers if str(pk) == said["version"])
            self.pile = Pile(version_id, said["language"], said["edition"])
            if reason := why_not(published(version_id).definition, said["language"], said["edition"]):
                self.add_error("edition" if "edition" in self.fields else None, reason)
        return self.cleaned_data


@staff_page(Right.KEY_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, consultation):
    """Open a batch. A scanner presses Enter after a code: then what it says is shown, and nothing is opened yet."""
    now = timezone.now()
    context = {
        "consultation": consultation,
        "short_name": consultation.short_name,
        "page_title": "Open a batch of paper forms",
    }
    if reason := why_no_batch(consultation):
        return render(request, "consult/batches/closed.html", context | {"reason": reason})
    facts = {"consultation": consultation, "today": uk_day(now)}
    form = OpenForm(posted(request), **facts)
    if request.method == "POST" and is_scanned(request, form):
        form = OpenForm(typed={name: form[name].value() for name in form.fields}, **facts)
        return render(request, "consult/batches/open.html", context | {"form": form})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("received_on", "source", "counted")}
        batch = open_batch(consultation, pile=form.pile, by=request.user, now=now, **told)
        return redirect("batch", slug=consultation.slug, batch=batch.number)
    return render(
        request,
        "consult/batches/open.html",
        context | {"form": form, "has_errors": bool(form.errors)},
        status=422 if form.is_bound else 200,
    )


def is_scanned(request, form):
    """Whether a code was sent by Enter that had not been read before: what it says is to be seen first."""
    is_new = request.POST.get("code", "") != request.POST.get("code-read", "")
    return request.POST.get("press") == READ and is_new and form.pile_of_code is not None


def why_no_batch(consultation):
    """Why no batch can be opened now, as a sentence; "" when one can."""
    if reason := why_closed(consultation, now=timezone.now()):
        return reason
    is_published = Version.objects.filter(questionnaire=consultation.questionnaire_id).exists()
    return "" if is_published else NOT_PUBLISHED
