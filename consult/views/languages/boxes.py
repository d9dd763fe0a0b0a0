"""The form of one page of a language or variant: a box for each text beside the words that it is made of.

Each box carries a stamp of what it showed. So two people can write one page: what only one of them changed is kept, and a text
that both changed is shown to the second (`merging.py`).
"""

from dataclasses import dataclass

from django import forms
from django.core.validators import MaxLengthValidator

from consult import nhs
from consult.pictures import picture_choices
from consult.templatetags.languages import field_in
from consult.views.building.forms import Words
from surveys.definition import Page, words
from surveys.naming import named, pipes_in, rendering_in_a_sentence, shown
from surveys.piping import piped_keys
from surveys.renderings import VARIANTS, digest, picture_of
from surveys.translating import State, beside_on

MOST = 4_000
ONE_LINE = 80
"""Texts up to so many characters get a box of one line, but for questions and hints."""
ROW_LENGTH = 60
PAGES_OWN = ("section", "heading")


@dataclass(frozen=True)
class Box:
    """One text as the page shows it: `text` is a `translating.Beside`, `field` and `tick` are drawn; `seen` is its stamp."""

    text: object
    field: object
    tick: object
    pipes: tuple
    seen: str

    @property
    def is_out_of_date(self):
        return self.text.state == State.OUT_OF_DATE

    @property
    def is_missing(self):
        return self.text.state == State.MISSING


@dataclass(frozen=True)
class Pictured:
    """A picture beside a part of a question, as the page shows it."""

    place: str
    name: str
    picture: object
    alt: object
    seen: str


def stamp(text):
    """A stamp of a text as a box shows it: of the words that it is made of, and of its own."""
    return f"{digest(text.of)}.{digest(text.own)}"


def picture_stamp(picture):
    """A stamp of a picture and its words."""
    return digest(f"{picture.file} {dict(picture.alt)}" if picture else "")


class PageOfRendering(forms.Form):
    """The boxes of a page. `typed` is `{place: words}` to show in place of what is there; `own_pictures` are the team's."""

    use_required_attribute = False

    def __init__(self, data=None, *, definition, rendering, page, typed=None, own_pictures=()):
        super().__init__(data)
        self.definition, self.rendering, self.page = definition, rendering, page
        self.is_variant = rendering in VARIANTS
        self.language = definition.languages[0] if self.is_variant else rendering
        self.texts = {text.place: text for text in beside_on(definition, rendering, page)}
        for place, text in self.texts.items():
            self.fields[f"text-{place}"] = self.field_of(text, (typed or {}).get(place, text.own))
            if label := self.tick_of(text):
                ticked = text.state == State.KEPT
                self.fields[f"right-{place}"] = forms.BooleanField(label=label, required=False, initial=ticked)
        self.pictures = dict(parts_with_pictures(page)) if self.is_variant else {}
        self.offers = [*own_pictures, *picture_choices()] if self.is_variant else []
        for place, part in self.pictures.items():
            self.add_picture(place, picture_of(part, rendering))

    def field_of(self, text, own):
        """The field of one text."""
        is_long = text.place.endswith((".text", ".hint")) or len(text.of) > ONE_LINE
        rows = min(12, max(2, len(text.of) // ROW_LENGTH + 1 + text.of.count("\n")))
        name = text.name[0].upper() + text.name[1:]
        return Words(
            label=f"{name}, in {rendering_in_a_sentence(self.rendering)}",
            required=False,
            initial=own,
            widget=forms.Textarea(attrs={"rows": rows}) if is_long else forms.TextInput(),
            validators=[MaxLengthValidator(MOST, f"Use {MOST:,} characters at most")],
        )

    def tick_of(self, text):
        """What can be said of a text without writing anything; "" where nothing can."""
        if text.state == State.OUT_OF_DATE:
            return "It is still right as it is"
        return "Keep the standard words" if text.may_keep and not text.own else ""

    def add_picture(self, place, picture):
        """The fields of a picture, where the service has any to choose from or one is set."""
        file = picture.file if picture else ""
        lost = [(file, f"{file} (not there any more)")] if file and file not in dict(self.offers) else []
        if not self.offers and not lost:
            return
        choices = [("", "No picture"), *self.offers, *lost]
        alt = picture.alt.get(self.language, "") if picture else ""
        self.fields[f"picture-{place}"] = forms.ChoiceField(
            label="Picture", required=False, choices=choices, initial=file
        )
        self.fields[f"alt-{place}"] = Words(label="What the picture shows", required=False, initial=alt, max_length=400)

    def clean(self):
        cleaned = super().clean()
        for place, text in self.texts.items():
            said = cleaned.get(f"text-{place}", "")
            if strange := piped_keys({"": said}) - piped_keys({"": text.of}):
                pipes = " and ".join(pipe.written for pipe in pipes_in(text.of, self.definition))
                instead = f"Use {pipes}, as it stands in the words beside" if pipes else "Leave it out"
                self.add_error(f"text-{place}", f"{{{sorted(strange)[0]}}} repeats another answer. {instead}")
        for place in self.pictures:
            if cleaned.get(f"picture-{place}") and not cleaned.get(f"alt-{place}"):
                self.add_error(f"alt-{place}", "Write what the picture shows, for people who cannot see it")
        return cleaned

    # What the page shows ----------------------------------------------------------------------------------------------
    def groups(self):
        """The boxes of the page itself and of each of its questions: `[{heading, boxes, pictures}]`."""
        numbers = {question.key: number for number, question in enumerate(self.definition.questions(), start=1)}
        own = [place for place in self.texts if place.partition(".")[2].partition(".")[0] in PAGES_OWN]
        found = [{"heading": "The page itself", "boxes": [self.box(place) for place in own], "pictures": []}]
        for question in self.page.questions:
            places = [place for place in self.texts if place not in own and place.startswith(f"{question.key}.")]
            heading = f"Question {numbers[question.key]}: {shown(question.text, self.definition)}".partition("\n")[0]
            pictures = [self.pictured(place) for place in self.pictures if place.partition(".")[0] == question.key]
            boxes = [self.box(place) for place in places]
            found.append({"heading": heading, "boxes": boxes, "pictures": [each for each in pictures if each]})
        return [group for group in found if group["boxes"]]

    def box(self, place):
        """One text as the page shows it."""
        text, right = self.texts[place], f"right-{place}"
        return Box(
            text=text,
            field=field_in(self[f"text-{place}"], self.language, describedBy=f"of-{place}"),
            tick=nhs.render_field(self[right]) if right in self.fields else "",
            pipes=pipes_in(text.of, self.definition),
            seen=self.data.get(f"seen-{place}") or stamp(text),
        )

    def pictured(self, place):
        """One picture as the page shows it; None where there is nothing to choose from."""
        if f"picture-{place}" not in self.fields:
            return None
        part = self.pictures[place]
        return Pictured(
            place=place,
            name=named(words(getattr(part, "label", None) or part.text, self.language), self.definition),
            picture=nhs.render_field(self[f"picture-{place}"]),
            alt=nhs.render_field(self[f"alt-{place}"]),
            seen=self.data.get(f"seen-picture-{place}") or picture_stamp(picture_of(part, self.rendering)),
        )


def parts_with_pictures(page: Page):
    """What a variant can put a picture beside, by its place: questions, statements and options."""
    for question in page.questions:
        yield question.key, question
        yield from ((f"{question.key}.statement.{line.key}", line) for line in question.statements)
        yield from ((f"{question.key}.option.{option.code}", option) for option in question.options)
