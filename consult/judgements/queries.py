"""What has been written of a consultation's assessment, and what nobody has written yet."""

from django.urls import reverse

from consult.judgements.models import AssessmentPart
from consult.permissions import Right
from consult.services import facts_about
from consult.stages import Stage, stage_at
from consult.wording import long_date
from exports.judgements import CHAPTERS, Written, how_many_judged, how_much_written, parts_not_written

AFTER_CLOSING = {Stage.CLOSED, Stage.REPORTED, Stage.DECIDED}


def judgements_of(consultation):
    """What people wrote, as `{part's key: Written}`. One query."""
    found = AssessmentPart.objects.filter(consultation=consultation)
    return {
        each.part: Written(words=each.words, by=each.name, on=long_date(each.at), effect=each.effect) for each in found
    }


def unwritten(consultation, rights, *, now):
    """What staff are told from closing on while parts of the assessment are not written: `{judged, how_much, href}`, the link
    only for who may write it. None where all is written, and for who may not read it. One query.
    """
    may_read = {Right.DOWNLOAD_REPORTS, Right.WRITE_ASSESSMENT} & rights
    if not may_read or stage_at(facts_about(consultation), now) not in AFTER_CLOSING:
        return None
    written = judgements_of(consultation)
    if not any(parts_not_written(chapter, written) for chapter in CHAPTERS):
        return None
    href = reverse("staff-assessment", args=[consultation.slug]) if Right.WRITE_ASSESSMENT in rights else ""
    return {"judged": how_many_judged(written), "how_much": how_much_written(written), "href": href}
