"""The life of a consultation: its stage, derived from times and one `now`, and what may be done at each stage. Pure.

Nothing here is stored: a flag that a clock must flip is one day not flipped.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(minutes=60)
"""How long after closing somebody who had begun may still send (ux.md R13)."""


class Stage(StrEnum):
    """Where a consultation stands."""

    DRAFT = "draft"
    FORTHCOMING = "forthcoming"
    OPEN = "open"
    CLOSED = "closed"
    REPORTED = "reported"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


PUBLIC_STAGES = {Stage.FORTHCOMING, Stage.OPEN, Stage.CLOSED, Stage.REPORTED, Stage.DECIDED}
"""The stages at which the public may know of a consultation."""


def is_public(stage: Stage, *, withdrawal_words: str = "") -> bool:
    """Whether the public may know of a consultation: of one that was withdrawn, where there are words that say why."""
    return stage in PUBLIC_STAGES or (stage == Stage.WITHDRAWN and bool(withdrawal_words))


@dataclass(frozen=True)
class Facts:
    """The times a stage is derived from. None: it has not happened."""

    opens_at: datetime
    closes_at: datetime
    launched_at: datetime | None = None
    reported_at: datetime | None = None
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = None


class NotReady(Exception):
    """The move cannot be made. `tasks` are sentences saying what is missing."""

    def __init__(self, tasks: list[str]) -> None:
        super().__init__(" ".join(tasks))
        self.tasks = tasks


MOVES = {
    "launch": {Stage.DRAFT},
    "close_early": {Stage.OPEN},
    "extend": {Stage.OPEN, Stage.CLOSED},
    "withdraw": {Stage.FORTHCOMING, Stage.OPEN},
    "report": {Stage.CLOSED},
    "decide": {Stage.REPORTED},
}
"""Each move and the stages it can be made from."""


def stage_at(facts: Facts, now: datetime) -> Stage:
    """The stage at a moment."""
    if facts.withdrawn_at and facts.withdrawn_at <= now:
        return Stage.WITHDRAWN
    if facts.launched_at is None:
        return Stage.DRAFT
    if now < facts.opens_at:
        return Stage.FORTHCOMING
    if now < facts.closes_at:
        return Stage.OPEN
    return after_closing(facts, now)


def after_closing(facts: Facts, now: datetime) -> Stage:
    if facts.decided_at and facts.decided_at <= now:
        return Stage.DECIDED
    if facts.reported_at and facts.reported_at <= now:
        return Stage.REPORTED
    return Stage.CLOSED


def may_still_send(facts: Facts, *, begun_at: datetime | None, now: datetime) -> bool:
    """Whether a response may be taken now: while open, or within the grace period when it was begun before closing."""
    stage = stage_at(facts, now)
    if stage == Stage.OPEN:
        return True
    in_grace = begun_at is not None and begun_at < facts.closes_at <= now < facts.closes_at + GRACE
    return in_grace and stage == Stage.CLOSED


def may(move: str, stage: Stage) -> bool:
    """Whether a move can be made at a stage."""
    return stage in MOVES[move]
