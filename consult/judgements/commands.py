"""Writing in an equality impact assessment: audited with the words themselves, for the record must show who judged what."""

import hashlib
import json

from django.db import transaction

from consult import audit
from consult.judgements.models import AssessmentPart
from consult.models import Consultation
from consult.services import facts_about
from consult.stages import NotReady, Stage, stage_at
from surveys.text import clean_text

WITHDRAWN = "A consultation that is withdrawn has no assessment to write."
VERB = "assessment written"


class WrittenMeanwhile(Exception):
    """Somebody else wrote in this chapter after its page was drawn. `name` is theirs, "" where they took words away."""

    def __init__(self, name):
        super().__init__(name)
        self.name = name


def as_written(consultation, chapter):
    """What a chapter holds, as `{part's key: (effect, words)}`; ("", "") for a part that nobody wrote."""
    found = {each.part: (each.effect, each.words) for each in kept_in(consultation, chapter)}
    return {part.key: found.get(part.key, ("", "")) for part in chapter.parts}


def kept_in(consultation, chapter):
    """The rows of a chapter, in the order they were written."""
    keys = [part.key for part in chapter.parts]
    return AssessmentPart.objects.filter(consultation=consultation, part__in=keys).order_by("at")


def stamp_of(written):
    """What stands for what a page showed of a chapter (`as_written`), so that nobody writes over what they have not seen."""
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:32]


@transaction.atomic
def write_chapter(consultation, chapter, words, *, seen, by, now):
    """Keep what somebody wrote in a chapter: `words` is `{part's key: (effect, words)}` of all of it, `seen` the `stamp_of` what
    they were shown. A part without words or effect is taken out. Returns the keys of the parts that changed; their old and new
    words are in the audit row. Raises WrittenMeanwhile, or NotReady when the consultation is withdrawn.
    """
    # Locked, so that of two who save at once the second is told of the first.
    consultation = Consultation.objects.select_for_update().select_related("team").get(pk=consultation.pk)
    if stage_at(facts_about(consultation), now) == Stage.WITHDRAWN:
        raise NotReady([WITHDRAWN])
    before = as_written(consultation, chapter)
    if stamp_of(before) != seen:
        last = kept_in(consultation, chapter).last()
        raise WrittenMeanwhile(last.name if last else "")
    after = {key: (effect, clean_text(text)) for key, (effect, text) in words.items()}
    changed = [part.key for part in chapter.parts if after[part.key] != before[part.key]]
    for key in changed:
        keep(consultation, key, *after[key], by=by, now=now)
    if changed:
        detail = {key: {"before": list(before[key]), "after": list(after[key])} for key in changed}
        audit.record(VERB, consultation, team=consultation.team, by=by, at=now, detail=detail)
    return changed


def keep(consultation, key, effect, words, *, by, now):
    """Put one part in the place of what was there."""
    if not effect and not words:
        AssessmentPart.objects.filter(consultation=consultation, part=key).delete()
        return
    whose = {"effect": effect, "words": words, "by": audit.actor_of(by), "name": str(by)[:200], "at": now}
    AssessmentPart.objects.update_or_create(consultation=consultation, part=key, defaults=whose)
