"""Writing what a consultation says of itself in another language, beside its own words: its title, its summary, what is decided.

These words stand with the consultation. Their translations stand in the questionnaire's document and are looked up by the words
that they were made of (docs/decisions/0034), so whatever was changed since is missing here, and is written anew.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.building import revise_draft
from consult.permissions import Right, staff_page
from consult.templatetags.languages import field_in
from consult.views.building.forms import Words
from consult.views.building.saying import bound_problems
from consult.views.languages.boxes import MOST, ROW_LENGTH, Box
from consult.views.languages.listing import own_name, texts
from surveys.naming import rendering_in_a_sentence, rendering_name
from surveys.renderings import VARIANTS, digest, renderings_of, told_in
from surveys.revising import ChangedMeanwhile, draft_of
from surveys.text import clean_text
from surveys.translating import State, with_told


@dataclass(frozen=True)
class ToldText:
    """Something that a consultation says of itself: `name` tells staff what it is, `of` are its words, `own` a translation."""

    name: str
    of: str
    own: str

    @property
    def place(self):
        """What its box is called: it goes with the words, so what was typed for words that were changed since is not taken."""
        return digest(self.of)

    @property
    def state(self):
        return State.DONE if self.own else State.MISSING


def told_texts(consultation, definition, language):
    """What a consultation says of itself on its public pages, as ToldText, each text once."""
    said = [
        ("the title", consultation.title),
        ("the short name", consultation.short_name),
        ("the summary", consultation.summary),
        ("what this is about", consultation.purpose),
        ("what is decided, and what is not", consultation.still_open),
        *((f"what people can tell us, line {number}", line) for number, line in enumerate(consultation.asks, 1)),
        ("who decides", consultation.decided_by),
        ("the topic", consultation.topic),
        ("the area", consultation.area),
    ]
    told, names = told_in(definition, language), {}
    for name, words in said:
        if words:
            names.setdefault(words, name)
    return [ToldText(name, words, told.get(words, "")) for words, name in names.items()]


def how_far(consultation, definition, language):
    """How many of them are written, in words."""
    found = told_texts(consultation, definition, language)
    done = sum(text.state == State.DONE for text in found)
    return "Done" if done == len(found) else f"{done} of {texts(len(found))} done"


class ToldForm(forms.Form):
    """A box for each text. `typed` is `{place: words}` to show in place of what is there."""

    use_required_attribute = False
    is_variant = False

    def __init__(self, data=None, *, told, language, typed=None):
        super().__init__(data)
        self.told, self.language = {text.place: text for text in told}, language
        for place, text in self.told.items():
            rows = min(12, max(2, len(text.of) // ROW_LENGTH + 1 + text.of.count("\n")))
            self.fields[f"text-{place}"] = Words(
                label=f"{text.name.capitalize()}, in {rendering_in_a_sentence(language)}",
                required=False,
                initial=(typed or {}).get(place, text.own),
                widget=forms.Textarea(attrs={"rows": rows}),
                validators=[MaxLengthValidator(MOST, f"Use {MOST:,} characters at most")],
            )

    def groups(self):
        """The boxes as the page shows them."""
        boxes = [
            Box(
                text=text,
                field=field_in(self[f"text-{place}"], self.language, describedBy=f"of-{place}"),
                tick="",
                pipes=(),
                seen=self.data.get(f"seen-{place}") or digest(text.own),
            )
            for place, text in self.told.items()
        ]
        return [{"heading": "On the public pages and on paper forms", "boxes": boxes, "pictures": []}]

    def changed(self):
        """What somebody typed that differs from what their page showed, by place."""
        typed = {place: clean_text(self.data.get(f"text-{place}", "")) for place in self.told}
        return {place: said for place, said in typed.items() if digest(said) != self.data.get(f"seen-{place}")}


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def around(request, consultation, rendering):
    """What the consultation says of itself, each text with its box. What is left blank stays in English, and is marked."""
    definition = draft_of(consultation.questionnaire)
    if rendering not in renderings_of(definition) or rendering in VARIANTS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ToldForm(data, told=told_texts(consultation, definition, rendering), language=rendering)
    if not form.is_valid():
        return shown(request, consultation, form)
    try:
        return saved(request, consultation, form)
    except ChangedMeanwhile as changed:
        return contested(request, consultation, form, changed.definition)


def saved(request, consultation, form):
    """Save what was typed, unless somebody else wrote the same text since. Raises ChangedMeanwhile."""
    language, typed = form.language, form.changed()

    def edit(newest):
        if language not in renderings_of(newest) or written_by_both(consultation, form, newest):
            raise ChangedMeanwhile(newest)
        return with_told(newest, language, {form.told[place].of: said for place, said in typed.items()})

    name = rendering_in_a_sentence(language)
    what = f"wrote what the consultation says of itself in {name}"
    revise_draft(consultation, edit, what=what, by=request.user, now=timezone.now())
    messages.success(request, f"What the consultation says of itself was saved in {name}.")
    return redirect("staff-rendering", slug=consultation.slug, rendering=language)


def written_by_both(consultation, form, newest):
    """What this person and somebody else wrote since the page was shown: `[(what, theirs, yours)]`."""
    theirs = {text.place: text for text in told_texts(consultation, newest, form.language)}
    return [
        (form.told[place].name, theirs[place].own, said)
        for place, said in form.changed().items()
        if theirs[place].own != said and digest(theirs[place].own) != form.data.get(f"seen-{place}")
    ]


def contested(request, consultation, form, newest):
    """The page with what was typed, beside what somebody else saved."""
    if form.language not in renderings_of(newest):
        raise Http404
    told = told_texts(consultation, newest, form.language)
    again = ToldForm(told=told, language=form.language, typed=form.changed())
    return shown(request, consultation, again, contested=written_by_both(consultation, form, newest))


def shown(request, consultation, form, *, contested=()):
    """The page."""
    language, first = form.language, rendering_name(draft_of(consultation.questionnaire).languages[0])
    name = rendering_in_a_sentence(language)
    context = bound_problems(form) | {
        "consultation": consultation,
        "back_to": reverse("staff-rendering", args=[consultation.slug, language]),
        "back_name": rendering_name(language),
        "page_title": f"What the consultation says of itself, in {name}",
        "name": name,
        "page_name": "What is left blank is shown as it stands here, marked as not translated.",
        "of_name": f"in {first}",
        "own": own_name(language),
        "form": form,
        "groups": form.groups(),
        "rendering": language,
        "contested": contested,
    }
    status = 409 if contested else 422 if form.errors else 200
    return render(request, "consult/staff/languages/page.html", context, status=status)
