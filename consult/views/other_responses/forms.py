"""What is asked of a letter or an email, an event and a petition: a form for each, with its words in parts.

Nobody's name or address is asked for. Part 1 has the fields `about_1` and `words_1`, and so on.
"""

from uuid import uuid4

from django import forms

from consult.other_responses.commands import Entry
from consult.other_responses.models import Sender, Sort
from consult.time_fields import UkDayField
from consult.views.other_responses.fields import WordsField, line_field, people_field
from exports.comments import TELLING
from surveys.definition import words
from surveys.paper_order import paper_numbers
from surveys.piping import fill

MOST_PARTS = 20
MOST_WORDS = 20_000
LONGEST_CHOICE = 90
IN_GENERAL = "In general, or no one question"
LEAVE_OUT = (
    "Type or paste the words as they stand. Leave out names, addresses, phone numbers and anything else that says who somebody "
    "is: put [name] in their place."
)


TELLS = (
    "This seems to hold a name, an address, a phone number or a date of birth. Put [name] in its place, or tick that it "
    "contains personal details"
)
MAY_NAME = "The organisation agreed that its name may be published"


def questions_to_choose(definition):
    """The questions that words can be about, as choices by key, with their numbers on paper."""
    numbers = paper_numbers(definition)
    asked = [question for question in definition.questions() if question.key in numbers]
    return [(question.key, f"{numbers[question.key]}. {shortened(question, definition)}") for question in asked]


def shortened(question, definition):
    text = words(question.short) or fill(question.text, definition, {}, language=definition.languages[0])
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CHOICE else f"{line[:LONGEST_CHOICE].rsplit(' ', 1)[0]}…"


class EntryForm(forms.Form):
    """What all have in common. `questions` are choices by key; `parts` is how many parts are shown."""

    use_required_attribute = False
    is_in_parts = True
    only_sort = ""
    words_label, words_missing = "Text", ""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why is it corrected?", max_length=300, error_messages={"required": "Say why it is corrected"}
    )

    def __init__(self, data=None, *, questions, today, record=None, passages=(), more_parts=0):
        self.today = today
        initial = {"key": uuid4(), "happened_on": today} | (initial_of(record) if record else {})
        super().__init__(data, initial=initial)
        if record is None:
            del self.fields["reason"]
        gone = [(key, f"A question that is gone ({key})") for key, _ in passages if key not in dict(questions)]
        self.choices = [("", IN_GENERAL), *questions, *((key, label) for key, label in gone if key)]
        shown = parts_posted(data) if data else len(passages) or 1
        self.parts = min(MOST_PARTS, shown + more_parts) if self.is_in_parts else 1
        for number in range(1, self.parts + 1):
            self.add_part(number, passages[number - 1] if number <= len(passages) else ("", ""))
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def add_part(self, number, passage):
        """The fields of one part."""
        about, said = passage
        first = number == 1
        self.fields[f"words_{number}"] = WordsField(
            label=self.words_label if first else f"{self.words_label}, part {number}",
            help_text=LEAVE_OUT if first else "",
            required=first and bool(self.words_missing),
            max_length=MOST_WORDS,
            initial=said,
            widget=forms.Textarea(attrs={"rows": 10 if first else 5}),
            error_messages={"required": self.words_missing, "max_length": "Use 20,000 characters or less in each part"},
        )
        if self.is_in_parts:
            self.fields[f"about_{number}"] = forms.ChoiceField(
                label="What is it about?" if first else f"What is part {number} about?",
                choices=self.choices,
                required=False,
                initial=about,
            )

    def facts_fields(self):
        """The fields that are asked before the words, as drawn."""
        apart = ("words_", "about_", "key", "reason", "has_personal")
        return [field for field in self if not field.name.startswith(apart)]

    def parts_fields(self):
        """The fields of each part, as drawn."""
        return [
            [self[f"words_{number}"], *([self[f"about_{number}"]] if self.is_in_parts else [])]
            for number in range(1, self.parts + 1)
        ]

    def may_have_more(self):
        return self.is_in_parts and self.parts < MOST_PARTS

    def clean(self):
        """Ask about what looks as if it said who somebody is, unless it was ticked that it does."""
        given = super().clean()
        said = (given.get(f"words_{number}", "") for number in range(1, self.parts + 1))
        is_asked = "has_personal_details" in self.fields and not given.get("has_personal_details")
        if is_asked and any(TELLING.search(words) for words in said):
            self.add_error("has_personal_details", TELLS)
        return given

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > self.today:
            raise forms.ValidationError("The day cannot be in the future")
        return day

    def entry(self):
        """What was typed, once it is valid."""
        given = self.cleaned_data
        passages = tuple(
            (given.get(f"about_{number}", ""), given[f"words_{number}"]) for number in range(1, self.parts + 1)
        )
        names = ("happened_on", "sender", "organisation", "may_name", "title", "place", "people")
        facts = {name: given[name] for name in (*names, "has_personal_details") if name in given}
        return Entry(sort=given.get("sort") or self.only_sort, passages=passages, **facts)


def parts_posted(data):
    """How many parts the page had that was sent."""
    typed = data.get("parts", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) <= len(str(MOST_PARTS)) else 1


def initial_of(record):
    """What a form shows of what was kept."""
    names = ("sort", "happened_on", "sender", "organisation", "may_name", "title", "place", "people")
    return {name: getattr(record, name) for name in (*names, "has_personal_details")}


def personal_field():
    return forms.BooleanField(label="Contains personal details: keep its words out of every report", required=False)


class LetterForm(EntryForm):
    """A letter or an email."""

    called = "a letter or email"
    words_label, words_missing = "Text of the letter or email", "Type or paste the text"

    sort = forms.ChoiceField(
        label="What is it?",
        choices=[(sort.value, sort.label) for sort in (Sort.LETTER, Sort.EMAIL)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select if it is a letter or an email"},
    )
    happened_on = UkDayField(
        label="When was it received?", help_text="For example, 27 3 2027", missing="Enter the day it was received"
    )
    sender = forms.ChoiceField(
        label="Who is it from?",
        choices=[(sender.value, sender.label) for sender in (Sender.PERSON, Sender.ORGANISATION)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select if it is from a person or an organisation"},
    )
    organisation = line_field(
        "Name of the organisation", required=False, help_text="Only if it is from an organisation."
    )
    may_name = forms.BooleanField(label=MAY_NAME, required=False)
    has_personal_details = personal_field()

    def clean(self):
        given = super().clean()
        if given.get("sender") == Sender.PERSON:
            # A person's letter names no organisation, whatever was typed before that was chosen.
            given |= {"organisation": "", "may_name": False}
        elif given.get("may_name") and not given.get("organisation"):
            self.add_error("organisation", "Enter the name of the organisation")
        return given


class EventForm(EntryForm):
    """An event or a meeting."""

    called, only_sort = "an event or meeting", Sort.EVENT
    words_label = "What was said"

    title = line_field("Name of the event", "Enter the name of the event")
    happened_on = UkDayField(
        label="When was it held?", help_text="For example, 27 3 2027", missing="Enter the day it was held"
    )
    place = line_field("Place", "Enter where it was held", help_text="Like “Northbridge library”. No private address.")
    organisation = line_field("Organisation that ran it", "Enter which organisation ran it")
    may_name = forms.BooleanField(label=MAY_NAME, required=False)
    people = people_field(
        "How many people came", "Enter how many people came", help_text="Count heads, without the staff who ran it."
    )
    has_personal_details = personal_field()


class PetitionForm(EntryForm):
    """A petition."""

    called, only_sort, is_in_parts = "a petition", Sort.PETITION, False
    words_label, words_missing = "Text of the petition", "Type or paste the text of the petition"

    title = line_field("Title of the petition", "Enter the title of the petition")
    happened_on = UkDayField(
        label="When was it received?", help_text="For example, 27 3 2027", missing="Enter the day it was received"
    )
    sender = forms.ChoiceField(
        label="Who organised it?",
        choices=Sender.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who organised it"},
    )
    people = people_field(
        "Number of signatures", "Enter the number of signatures", help_text="Do not type who signed it."
    )
    has_personal_details = personal_field()


FORMS = {"letter": LetterForm, "event": EventForm, "petition": PetitionForm}
"""By the word for it in addresses."""
FORM_OF = {Sort.LETTER: LetterForm, Sort.EMAIL: LetterForm, Sort.EVENT: EventForm, Sort.PETITION: PetitionForm}
