"""A paper form on the screen: what the request says was typed, what is remembered between forms, and what the page shows.

Nothing typed is ever lost: whatever is wrong, the page comes back as it was, with what is wrong beside each box.
"""

import re
from dataclasses import replace
from uuid import uuid4

from django import forms
from django.utils.functional import cached_property

from consult import submission
from consult.paper.equality_questions import equality_answers, marks_lost, paper_equality
from consult.paper.numbers import why_used
from consult.views.keying_boxes import Looks, box_id, drawn_section
from surveys.keying import read_form
from surveys.languages import known
from surveys.models import Channel, Version
from surveys.paper_order import boxes_of, paper_form, paper_numbers
from surveys.publishing import latest_version_id, published
from surveys.text import clean_text

CHANNELS = [(channel.value, channel.label) for channel in Channel if channel in submission.STAFF_CHANNELS]
ABOUT_NOBODY = "empty about the person"
LAST_DIGITS = re.compile(r"(\d+)(?!.*\d)")


class FactsForm(forms.Form):
    """What is known of a form beside its answers. Names begin with `form-`, which no question's key can."""

    number = forms.CharField(
        label="Number on the form, if it has one",
        required=False,
        max_length=20,
        error_messages={"max_length": "The number on the form must be 20 characters or less"},
    )
    channel = forms.ChoiceField(
        label="How it reached us",
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select how the form reached us"),
    )
    language = forms.ChoiceField(
        label="Language of the form",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select the language of the form"),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, languages, consultation, **kwargs):
        super().__init__(*args, prefix="form", **kwargs)
        self.consultation = consultation
        self.fields["language"].choices = [(code, language_name(code)) for code in languages]

    def clean_number(self):
        return clean_text(self.cleaned_data["number"])

    def clean(self):
        """Say at the first check, and not after the last box, that another form has this number."""
        number, key = (self.cleaned_data.get(name) for name in ("number", "submission_key"))
        if number and key and (reason := why_used(self.consultation, number, key=key)):
            self.add_error("number", reason)
        return self.cleaned_data

    def problems(self):
        """The error summary's entries."""
        return [
            {"text": message, "href": f"#{self[name].auto_id}"}
            for name, messages in self.errors.items()
            for message in messages
        ]


class Sheet:
    """One paper form on the screen: its boxes, what was typed in them, and what is wrong with it."""

    def __init__(self, request, consultation):
        self.request = request
        self.consultation = consultation
        self.is_posted = request.method == "POST"
        self.version_id = keyed_version_id(consultation, request.POST.get("form-version", ""))
        self.remembered = request.session.get(self.session_key, {})
        self.refusals = {}

    @property
    def session_key(self):
        """Where the keyer's last form in this consultation left word for the next."""
        return f"keying {self.consultation.pk}"

    @cached_property
    def definition(self):
        return published(self.version_id).definition

    @cached_property
    def facts(self):
        """What is known of the form beside its answers, as posted or as remembered from the form before."""
        languages = self.definition.languages
        if self.is_posted:
            posted = self.request.POST.copy()
            posted.setdefault("form-language", languages[0])
            return FactsForm(posted, languages=languages, consultation=self.consultation)
        first = {"channel": Channel.PAPER, "language": languages[0], "number": ""}
        kept = {name: self.remembered[name] for name in first if name in self.remembered}
        initial = first | kept | {"submission_key": uuid4(), "version": self.version_id}
        return FactsForm(initial=initial, languages=languages, consultation=self.consultation)

    @cached_property
    def language(self):
        """The language that codes are read back in: the form's own."""
        wanted = self.facts["language"].value()
        return wanted if wanted in self.definition.languages else self.definition.languages[0]

    @cached_property
    def sections(self):
        return paper_form(self.definition, self.language)

    @cached_property
    def about_person(self):
        """The equality questions of the form, as a questionnaire of their own."""
        return paper_equality(self.consultation.question_set)

    @cached_property
    def sections_about_person(self):
        return paper_form(self.about_person, self.language, first_number=len(paper_numbers(self.definition)) + 1)

    @cached_property
    def boxes(self):
        """Every box, in paper order."""
        return boxes_of([*self.sections, *self.sections_about_person])

    @cached_property
    def typed(self):
        """What was typed, by name of the box; nothing on a fresh form."""
        return {box.name: self.request.POST.get(box.name, "") for box in self.boxes}

    @cached_property
    def keyed_about_person(self):
        """What was typed about the person. Only answers will be kept: a mark is something to look at again."""
        keyed = read_form(self.about_person, self.sections_about_person, self.typed)
        return replace(keyed, notices={**keyed.notices, **marks_lost(keyed.answers)})

    @cached_property
    def keyed(self):
        """What was typed on the whole form. Pages about the person that were left empty are asked about as one."""
        answered = read_form(self.definition, self.sections, self.typed)
        return answered if self.keyed_about_person.is_untouched else answered.joined(self.keyed_about_person)

    def equality_answers(self):
        """What was keyed about the person, for their profile; None where that is nothing."""
        return equality_answers(self.keyed_about_person.answers, self.consultation.question_set) or None

    def asks(self):
        """What is to be looked at again before saving, as tokens that come back when somebody has."""
        return self.keyed.asks() | ({ABOUT_NOBODY} if self.keyed_about_person.is_untouched else set())

    # What is to be done with it

    def is_fit(self):
        """Whether nothing on it must be put right."""
        return self.facts.is_valid() and not self.keyed.problems

    def is_only_checked(self):
        """Whether nothing was asked but a check, and nothing is wrong."""
        return not self.presses_save and self.is_fit()

    def is_to_be_saved(self):
        """Whether Save was pressed, nothing is wrong, and what had to be looked at again has been."""
        seen = set(self.request.POST.getlist("form-seen"))
        return self.presses_save and self.is_fit() and self.asks() <= seen

    @property
    def presses_save(self):
        return self.request.POST.get("form-press") == "save"

    def refuse(self, message, *, question=""):
        """Note why the form was not taken in: beside a question's first box, or of the form as a whole."""
        box = next((box.name for box in self.boxes if box.question.key == question), "")
        self.refusals[box] = message

    def remember(self, receipt):
        """Keep for the next form what is the same for it, and what to say of this one."""
        facts = self.facts.cleaned_data
        self.request.session[self.session_key] = {
            "channel": facts["channel"],
            "language": facts["language"],
            "number": next_number(facts["number"]),
            "saved": {"reference": receipt.reference, "summary": self.keyed.summary(), "number": facts["number"]},
        }

    # What the page shows

    @cached_property
    def saved(self):
        """What to say of the form just saved: said once, on the fresh form after it."""
        if self.is_posted or "saved" not in self.remembered:
            return None
        saved = self.remembered.pop("saved")
        self.request.session[self.session_key] = self.remembered
        return saved

    def context(self):
        """What the page is drawn from."""
        looks = self.looks()
        problems = [*(self.facts.problems() if self.is_posted else ()), *self.summary_of(looks.problems)]
        return {
            "facts": self.facts,
            "has_languages": len(self.definition.languages) > 1,
            "sections": [drawn_section(section, looks) for section in (*self.sections, *self.sections_about_person)],
            "problems": problems,
            "has_errors": bool(problems),
            "notices": self.summary_of(looks.notices),
            "not_keyed": [{"text": box.number, "href": f"#{box_id(box)}"} for box in self.keyed.not_keyed]
            if self.is_posted
            else [],
            "is_about_person_empty": self.is_posted and self.keyed_about_person.is_untouched,
            "seen": sorted(self.asks()) if self.is_posted else [],
            "tally": self.keyed.summary() if self.is_posted and not problems else "",
            "saved": self.saved,
            "begins_with_number": not self.is_posted and not looks.first_box,
        }

    def looks(self):
        """What is said of each box. A fresh form begins in the first, unless forms here carry numbers."""
        begins_with_first = not self.is_posted and not self.remembered.get("number")
        return Looks(
            typed=self.typed,
            problems=(self.keyed.problems | self.refusals) if self.is_posted else {},
            notices=self.keyed.notices if self.is_posted else {},
            left_out={box.name for box in self.keyed.not_keyed} if self.is_posted else set(),
            first_box=self.boxes[0].name if begins_with_first else "",
            first_is_described_by="saved" if self.saved else "",
            language=self.language,
        )

    def summary_of(self, messages):
        """`{box name: message}` as the entries of a summary, in paper order; what is about the whole form comes first."""
        whole = [{"text": messages[""]}] if "" in messages else []
        boxes = [box for box in self.boxes if box.name in messages]
        return [*whole, *({"text": messages[box.name], "href": f"#{box_id(box)}"} for box in boxes)]


def keyed_version_id(consultation, wanted):
    """The version a form is keyed against: the one its page was drawn from, else the newest; None when there is none."""
    versions = Version.objects.filter(questionnaire=consultation.questionnaire_id)
    found = next((pk for pk in versions.values_list("pk", flat=True) if str(pk) == wanted), None)
    return found or latest_version_id(consultation.questionnaire_id)


def next_number(number):
    """The number after a form's: B0142-023 is followed by B0142-024. "" where there is none to count on from."""
    found = LAST_DIGITS.search(number)
    if not found:
        return ""
    digits = found[1]
    return f"{number[: found.start()]}{int(digits) + 1:0{len(digits)}}{number[found.end() :]}"


def language_name(code):
    """A language by its own name; its code where we do not know it."""
    language = known(code)
    return language.own if language else code
