"""A consultation as it was a moment ago, with the pages drawn from it: what a resident's way through is served from.

Reading the row and drawing the pages around the questions would be most of the work of answering, and both are the same for
everybody. So each process keeps them for settings.CONSULTATION_KEPT_SECONDS. Whether a response is taken is never decided
on them: `submission.submit` reads the newest times inside its transaction. The key that links equality profiles is not kept.
"""

from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404

from consult.languages import languages_of
from consult.models import Consultation
from consult.services import facts_about
from consult.skeletons import draw, respond_with
from consult.stages import is_public, stage_at
from surveys.publishing import latest_version_id, published


@dataclass(frozen=True)
class Recent:
    """A consultation's row as read at a moment of the process's clock, and the skeletons of pages drawn from it."""

    consultation: Consultation
    read_at: float
    skeletons: dict = field(default_factory=dict)

    @cached_property
    def facts(self):
        """The times that its stage is derived from."""
        return facts_about(self.consultation)

    @cached_property
    def version_id(self):
        """The newest version of its questionnaire, which somebody who begins now is asked."""
        return latest_version_id(self.consultation.questionnaire_id)

    @cached_property
    def definition(self):
        """The newest version's questionnaire."""
        return published(self.version_id).definition

    @cached_property
    def languages(self):
        """The codes of the languages that its pages are read in."""
        return languages_of(self.definition)

    def page(self, request, template, make_context, *, drawn_for, status=200, **texts):
        """The response for a page that is alike for everybody but for `texts`, which go into its holes.

        `drawn_for` is whatever else the page depends on, beside this row; `make_context()` is asked only when it must be drawn.
        """
        skeleton = self.kept((template, drawn_for), lambda: draw(template, make_context()))
        return respond_with(skeleton, request, status=status, **texts)

    def kept(self, drawn_for, draw_it):
        """The skeleton that is kept for what it was drawn for beside this row; `draw_it()` is asked only when there is none."""
        if drawn_for not in self.skeletons:
            self.skeletons[drawn_for] = draw_it()
        return self.skeletons[drawn_for]


KEPT = {}
"""Recent by slug, in this process. Only slugs that exist are kept."""


def recent_consultation(slug, now, *, or_withdrawn=False):
    """The Recent of a consultation, if the public may know of it now. Raises Http404. One query when the kept row is too old.

    With `or_withdrawn` also of one that was withdrawn with words on why, for the pages that say so.
    """
    found = KEPT.get(slug)
    if found is None or monotonic() - found.read_at >= settings.CONSULTATION_KEPT_SECONDS:
        read_at = monotonic()
        found = Recent(get_object_or_404(Consultation.objects.select_related("team"), slug=slug), read_at)
        KEPT[slug] = found
    words = found.consultation.withdrawal_words if or_withdrawn else ""
    if not is_public(stage_at(found.facts, now), withdrawal_words=words):
        raise Http404
    return found


def last_known(slug):
    """The consultation as this process saw it last, however long ago; None if it never did. Never asks the database."""
    found = KEPT.get(slug)
    return found and found.consultation
