"""What is saved of a page of a language or variant that somebody else may have changed meanwhile."""

from dataclasses import dataclass, field

from consult.views.languages.boxes import parts_with_pictures, picture_stamp, stamp
from surveys.editing import page_with
from surveys.renderings import digest, part_in_words, picture_of
from surveys.text import clean_text
from surveys.translating import State, beside_on, with_picture, with_texts

TEXT = "text-"
KEEP = "keep"
"""The button that keeps the standard words wherever a box is blank."""


@dataclass
class Merged:
    """What to save on the newest draft: `typed` by place, places that are `right`, `pictures` by place as (file, alt).

    `contested` is what both changed, as `[(what, theirs, yours)]`; then nothing is saved.
    """

    typed: dict = field(default_factory=dict)
    right: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)
    contested: list = field(default_factory=list)

    def made(self, definition, rendering):
        """The questionnaire with all of it."""
        found = with_texts(definition, rendering, self.typed, right=self.right)
        for place, (file, alt) in self.pictures.items():
            found = with_picture(found, rendering, place, file=file, alt=alt)
        return found


def merged(form, newest):
    """What a valid form that was sent asks for, on the newest draft. Raises surveys.editing.Gone where its page is not there."""
    page, found = page_with(newest, form.page.key), Merged()
    there = {text.place: text for text in beside_on(newest, form.rendering, page)}
    for name, raw in form.data.items():
        if name.startswith(TEXT):
            place = name.removeprefix(TEXT)
            yours, text = clean_text(raw), there.get(place)
            keeps = KEEP in form.data and text is not None and text.may_keep and not (yours or text.own)
            ticked = keeps or f"right-{place}" in form.data
            merge_text(found, place, text, yours, ticked, seen=form.data.get(f"seen-{place}", ""))
    for place, part in parts_with_pictures(page):
        if f"picture-{place}" in form.cleaned_data:
            merge_picture(found, place, picture_of(part, form.rendering), form)
    return found


def merge_text(found, place, text, yours, ticked, *, seen):
    """Put one text where it belongs: among what is saved, among what both changed, or, left as it was shown, nowhere."""
    is_changed = digest(yours) != seen.partition(".")[2]
    if text is None:
        if is_changed and yours:
            found.contested.append((what(place), "Taken out", yours))
    elif stamp(text) == seen:
        found.typed[place] = yours
        found.right += [place] if ticked else []
    elif is_changed or (ticked and text.state in (State.MISSING, State.OUT_OF_DATE)):
        found.typed[place] = yours
        theirs = text.own if digest(text.of) == seen.partition(".")[0] else f"{text.own} (made of: “{text.of}”)"
        found.contested.append((what(place), theirs.strip(), yours))


def merge_picture(found, place, picture, form):
    """The same for a picture and its words."""
    file, alt = form.cleaned_data[f"picture-{place}"], form.cleaned_data[f"alt-{place}"]
    theirs = (picture.file, picture.alt.get(form.language, "")) if picture else ("", "")
    if (file, alt if file else "") == theirs:
        return
    found.pictures[place] = (file, alt)
    if picture_stamp(picture) != form.data.get(f"seen-picture-{place}", ""):
        found.contested.append((what(f"{place}.alt" if "." in place else "alt"), " ".join(theirs), f"{file} {alt}"))


def what(place):
    """What is said at a place, as an author would call it."""
    name = part_in_words(place.partition(".")[2] or place)
    return name[0].upper() + name[1:]
