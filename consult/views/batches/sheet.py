"""A form of a batch on the screen. What is the same for the whole batch is not asked; what is kept is shown again."""

from dataclasses import replace

from django.utils.functional import cached_property

from consult.models import LinkKey
from consult.paper import keying
from consult.paper.models import FormState
from consult.paper.watch import blank_pages
from consult.views.batches.scans import scans_of
from consult.views.keying_sheet import Sheet
from surveys.keying import notes_written


class BatchFacts:
    """Nothing is asked beside the answers: the batch knows it."""

    cleaned_data = {}

    def is_valid(self):
        return True

    def problems(self):
        return []


class BatchSheet(Sheet):
    """The boxes of one form of a batch, with what is kept of it until somebody sends something else."""

    def __init__(self, request, consultation, form):
        self.form = form
        super().__init__(request, consultation)
        self.version_id = form.batch.version_id

    @property
    def session_key(self):
        return f"batch {self.form.batch_id}"

    @cached_property
    def facts(self):
        return BatchFacts()

    @cached_property
    def language(self):
        wanted = self.form.batch.language
        return wanted if wanted in self.definition.languages else self.definition.languages[0]

    @cached_property
    def typed(self):
        """What was sent; on a page that was only opened, what is kept."""
        if self.is_posted:
            return {box.name: self.request.POST.get(box.name, "") for box in self.boxes}
        kept = self.kept()
        return {box.name: kept.get(box.name, "") for box in self.boxes}

    def kept(self):
        """What is kept of the form; nothing once the key that opens it is gone."""
        try:
            return keying.typed_of(self.form, self.consultation)
        except LinkKey.DoesNotExist:
            return {}

    @cached_property
    def as_written(self):
        """Words written beside boxes about views, `{box name: words}`: those about the person are not kept."""
        return notes_written(self.sections, self.typed)

    @cached_property
    def blank_pages(self):
        """Parts of the form with nothing on them: is the page, or its back, missing?"""
        parts = [
            (
                section.heading,
                [box.name for block in section.blocks for asked in block.questions for box in asked.fields],
            )
            for section in self.sections
        ]
        return blank_pages([(name, boxes) for name, boxes in parts if name], self.typed)

    def asks(self):
        return super().asks() | {f"page {name}" for name in self.blank_pages}

    @property
    def presses_draft(self):
        return self.request.POST.get("form-press") == "draft"

    def remember(self, form):
        """Keep for the next form what to say of this one."""
        said = {"reference": form.reference, "summary": self.keyed.summary(), "number": form.code}
        self.request.session[self.session_key] = {"saved": said}

    def context(self):
        shown = super().context()
        has_kept = self.form.state != FormState.WAITING
        if not self.is_posted and has_kept:
            # A form that is opened again begins where nothing was typed yet.
            shown["begins_with_number"] = False
        return shown | {
            "form": self.form,
            "scans": scans_of(self.form),
            "blank_pages": self.blank_pages if self.is_posted else [],
            "is_reopened": self.form.state == FormState.KEYED,
        }

    def looks(self):
        """The focus is in the first box that holds nothing yet."""
        looks = super().looks()
        if self.is_posted or self.form.state == FormState.WAITING:
            return looks
        first = next((box.name for box in self.boxes if not self.typed[box.name]), self.boxes[0].name)
        return replace(looks, first_box=first)
