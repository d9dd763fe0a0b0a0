"""What the demonstration's invented equality lead wrote in an assessment, through the service's own command.

The words are in `judgements/<slug>.json`: an effect and its reason for each group, and words alone for every other part. The
service judges nothing; these words stand for what a person would write, and are marked as illustrative with everything else.
"""

import json
from datetime import timedelta
from pathlib import Path

from consult.judgements.commands import as_written, stamp_of, write_chapter
from exports.judgements import CHAPTERS

HERE = Path(__file__).parent
BEFORE = "before_the_report"
AFTER = "after_the_decision"
LEAD_TIME = timedelta(days=2)
"""How long before the report the assessment was written."""


def words_of(slug):
    """What was written of one consultation, as `{BEFORE: {part: (effect, words)}, AFTER: …}`; {} where nothing is."""
    path = HERE / "judgements" / f"{slug}.json"
    if not path.exists():
        return {}
    written = json.loads(path.read_text(encoding="utf-8"))
    return {when: {key: judged(value) for key, value in parts.items()} for when, parts in written.items()}


def judged(value):
    """(effect, words) of a part, "" for the effect of one that has none."""
    return (value["effect"], value["words"]) if isinstance(value, dict) else ("", value)


def write_before(consultation, times, *, by):
    """Write the assessment before its report is published."""
    write(consultation, BEFORE, by=by, now=times.reported_at - LEAD_TIME)


def write_after(consultation, times, *, by):
    """Add what can only be written once the decision was made."""
    write(consultation, AFTER, by=by, now=times.decided_at + timedelta(hours=1))


def write(consultation, when, *, by, now):
    """Write what was written at one time, chapter by chapter, as somebody at the screen would."""
    words = words_of(consultation.slug).get(when, {})
    for chapter in CHAPTERS:
        before = as_written(consultation, chapter)
        after = before | {part.key: words[part.key] for part in chapter.parts if part.key in words}
        if after != before:
            write_chapter(consultation, chapter, after, seen=stamp_of(before), by=by, now=now)
