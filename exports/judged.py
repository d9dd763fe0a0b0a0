"""What people wrote in an equality impact assessment, as blocks of a document; and where nobody wrote, that in words."""

from collections.abc import Iterator

from exports.document import Block, Column, Definitions, Inline, Paragraph, Section, Strong, Table, Unwritten
from exports.judgements import (
    EFFECT_WORDS,
    GROUP_CHAPTERS,
    Chapter,
    Effect,
    Judgements,
    Written,
    gaps,
    how_much_written,
)

SAYS_NOTHING = "A part that is not written says nothing about what was decided or will be."


def overview_section(judgements: Judgements, *, made_on: str) -> Section:
    """What people judged the effect on each group to be, in one table, and what nobody has written."""
    blocks: list[Block] = [
        Paragraph("Only people judge what the effect on a group is. The service chooses no effect and scores nothing.")
    ]
    rows = tuple(overview_row(chapter, judgements) for chapter in GROUP_CHAPTERS)
    if any(f"{chapter.key}.effect" in judgements for chapter in GROUP_CHAPTERS):
        columns = (Column("Group"), Column("Effect"), Column("Judged by"))
        blocks.append(Table("Effect on each group, as people judged it", columns, rows))
    if missing := gaps(judgements):
        words = f" This is how it stood on {made_on}. {how_much_written(judgements)} {missing} {SAYS_NOTHING}"
        blocks.append(Paragraph((Strong("This assessment is not finished."), words)))
    return Section("What people judged the effects to be", tuple(blocks))


def overview_row(chapter: Chapter, judgements: Judgements) -> tuple[str, str, str]:
    """One group: its effect and who judged it."""
    found = judgements.get(f"{chapter.key}.effect")
    if found is None:
        return (chapter.group, "Not written", "Nobody yet")
    return (chapter.group, effect_words(found), f"{found.by}, {found.on}")


def effect_words(written: Written) -> str:
    """The effect that somebody chose, in words; "" in a part that has none."""
    return EFFECT_WORDS[Effect(written.effect)] if written.effect else ""


def chapter_blocks(chapter: Chapter, judgements: Judgements) -> Iterator[Block]:
    """Each part of a chapter in its order: what somebody wrote with their name, or that nobody has written it."""
    found = [judgements[part.key] for part in chapter.parts if part.key in judgements]
    is_of_one = len({(written.by, written.on) for written in found}) == 1
    for part in chapter.parts:
        written = judgements.get(part.key)
        if written is None:
            yield Unwritten(part.label)
        else:
            yield Definitions(((part.label, said_in(written, is_signed=not is_of_one)),))
    if is_of_one:
        yield Definitions((("Written by", f"{found[0].by} on {found[0].on}"),))


def said_in(written: Written, *, is_signed: bool) -> tuple[Inline, ...]:
    """Somebody's words, after the effect they chose and, where `is_signed`, before their name."""
    effect = effect_words(written)
    before = (Strong(f"{effect}."), "\n") if effect else ()
    return (*before, written.words, *((f"\nWritten by {written.by} on {written.on}.",) if is_signed else ()))
