"""The staff's pages on which an equality impact assessment is written: what there is to write, and one page for each group."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consult.judgements.commands import WrittenMeanwhile, as_written, stamp_of, write_chapter
from consult.judgements.queries import judgements_of
from consult.permissions import Right, staff_page
from consult.reports import was_published_before
from consult.services import facts_about
from consult.stages import NotReady, stage_at
from consult.views.results import HIDDEN_STAGES, page_context
from consult.wording import long_date
from exports.judged import effect_words
from exports.judgements import (
    CHAPTER_OF,
    CHAPTERS,
    EFFECT_WORDS,
    Effect,
    how_many_judged,
    how_much_written,
    parts_not_written,
)

MOST_WORDS = 8_000
"""Characters in one part: some three pages of a document."""
TAKE_OUT = "take_out"
CHANGED = "{who} changed this while you were writing. Nothing of yours is saved yet."


class ChapterForm(forms.Form):
    """A chapter's parts as text areas, with the effect to choose where there is one. Nothing is chosen beforehand."""

    use_required_attribute = False
    effect = forms.ChoiceField(label="What is the effect on this group?", required=False, widget=forms.RadioSelect)

    def __init__(self, data=None, *, chapter, written):
        super().__init__(data)
        self.chapter = chapter
        self.judged = next((part for part in chapter.parts if part.is_effect), None)
        if self.judged is None:
            del self.fields["effect"]
        else:
            self.fields["effect"].choices, self.initial["effect"] = choices_of(written[self.judged.key][0])
        for part in chapter.parts:
            self.fields[field_of(part)] = forms.CharField(
                label="Why" if part.is_effect else part.label,
                help_text=part.hint,
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 6 if part.is_effect else 4}),
            )
            self.initial[field_of(part)] = written[part.key][1]

    def clean(self):
        given = super().clean()
        if self.judged is not None and not self.errors:
            self.refuse_half_a_judgement(given)
        return given

    def refuse_half_a_judgement(self, given):
        """An effect needs its reason, a reason its effect, and "not known" something that will be done about it."""
        effect, why = given["effect"], field_of(self.judged)
        actions = field_of(self.chapter.parts[1])
        if effect == TAKE_OUT:
            given["effect"] = given[why] = ""
        elif effect and not given[why]:
            self.add_error(why, f"Say why the effect is “{EFFECT_WORDS[Effect(effect)].lower()}”")
        elif given[why] and not effect:
            self.add_error("effect", "Select the effect")
        if effect == Effect.NOT_KNOWN and not given[actions]:
            self.add_error(actions, "Say what will be done, as the effect is not known")

    def words(self):
        """What was written, as `commands.write_chapter` takes it."""
        return {
            part.key: (self.cleaned_data["effect"] if part.is_effect else "", self.cleaned_data[field_of(part)])
            for part in self.chapter.parts
        }


def choices_of(effect):
    """The effects to choose from, and the one chosen before, None at first; a judgement that was made can be taken out again."""
    choices = [(str(each), words) for each, words in EFFECT_WORDS.items()]
    if not effect:
        return choices, None
    return [*choices, (TAKE_OUT, "Take this judgement out, with its reason")], effect


def field_of(part):
    """The name of a part's field: "words-effect" for "age.effect"."""
    return f"words-{part.key.partition('.')[2]}"


@staff_page(Right.WRITE_ASSESSMENT)
@require_safe
def assessment(request, consultation):
    """What there is to write, what of it is written and by whom."""
    now, written = timezone.now(), judgements_of(consultation)
    context = page_context(consultation, f"Equality impact assessment: {consultation.title}") | {
        "judged": how_many_judged(written),
        "how_much": how_much_written(written),
        "rows": [chapter_row(consultation, chapter, written) for chapter in CHAPTERS],
        "published_on": published_on(consultation, now=now),
        "has_evidence": has_evidence(request, consultation, now=now),
    }
    return render(request, "consult/staff/assessment.html", context)


def chapter_row(consultation, chapter, written):
    """One chapter in the list: its link, the effect that was chosen, how much of it is written."""
    missing, effect = len(parts_not_written(chapter, written)), written.get(f"{chapter.key}.effect")
    done = len(chapter.parts) - missing
    return {
        "href": reverse("staff-assessment-chapter", args=[consultation.slug, chapter.key]),
        "heading": chapter.heading,
        "is_group": bool(chapter.group),
        "effect": effect_words(effect) if effect else "Not written",
        "how_much": "All written" if not missing else f"{done} of {len(chapter.parts)} parts written",
    }


def published_on(consultation, *, now):
    """The day on which the assessment was published, in words; "" when it was not."""
    return long_date(consultation.reported_at) if was_published_before(consultation, now=now) else ""


def has_evidence(request, consultation, *, now):
    """Whether the person may read what people answered now."""
    return Right.DOWNLOAD_REPORTS in request.rights and stage_at(facts_about(consultation), now) not in HIDDEN_STAGES


@staff_page(Right.WRITE_ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request, consultation, chapter):
    """One chapter to write. Somebody who writes at the same time loses nothing: the second to save is shown the first's words."""
    if (chapter := CHAPTER_OF.get(chapter)) is None:
        raise Http404
    now, written = timezone.now(), as_written(consultation, chapter)
    form = ChapterForm(request.POST if request.method == "POST" else None, chapter=chapter, written=written)
    theirs, seen = [], request.POST.get("seen", "") if form.is_bound else stamp_of(written)
    if form.is_valid():
        try:
            changed = write_chapter(consultation, chapter, form.words(), seen=seen, by=request.user, now=now)
            messages.success(request, f"Saved: {chapter.heading}." if changed else "Nothing was changed.")
            return redirect("staff-assessment", slug=consultation.slug)
        except WrittenMeanwhile as refusal:
            form.add_error(None, CHANGED.format(who=refusal.name or "Somebody"))
            written = as_written(consultation, chapter)
            theirs, seen = in_words(chapter, written), stamp_of(written)
        except NotReady as refusal:
            form.add_error(None, str(refusal))
    context = page_context(consultation, f"{chapter.heading}: equality impact assessment") | {
        "chapter": chapter,
        "form": form,
        "has_errors": form.is_bound,
        "theirs": theirs,
        "seen": seen,
        "published_on": published_on(consultation, now=now),
        "has_evidence": has_evidence(request, consultation, now=now),
    }
    return render(request, "consult/staff/assessment_chapter.html", context, status=422 if form.is_bound else 200)


def in_words(chapter, written):
    """What is saved of a chapter, as `[(label, words)]`, for somebody who did not see it."""
    found = []
    for part in chapter.parts:
        effect, words = written[part.key]
        chosen = f"{EFFECT_WORDS[Effect(effect)]}. " if effect else ""
        found.append((part.label, f"{chosen}{words}" or "Nothing is written here."))
    return found
