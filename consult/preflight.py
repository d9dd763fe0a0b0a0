"""Working through the table of pre-flight: which tasks are done, and what people may say of those that are not. Pure.

A task is looked at by the service, or said to be done by a person, whose name is kept. One that blocks has to be done; one that
is advised may be left, with a reason that is kept. What somebody said counts for what it was said of: when the finding changes,
the words lapse and the task is open again. The table itself is `preflight_rules.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consult.preflight_rules import RULES, Plan, Rule, Weight


@dataclass(frozen=True)
class Said:
    """What somebody said of a task: that it is done (`is_tick`), or why it need not be. `about`: the finding they spoke of."""

    about: str
    words: str
    by: str
    at: datetime
    is_tick: bool = False


@dataclass(frozen=True)
class Task:
    """A line of the table for one consultation now. `said` is what somebody said of it, if that still counts."""

    rule: Rule
    faults: tuple[str, ...]
    about: str
    said: Said | None
    lapsed: Said | None = None

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def is_found_done(self) -> bool:
        """Whether the service has looked and found nothing wrong."""
        return self.rule.check is not None and not self.faults

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do: it is so, somebody says so, or somebody said why it need not be."""
        return self.is_found_done or self.said is not None

    @property
    def blocks(self) -> bool:
        return self.rule.weight == Weight.BLOCKS

    @property
    def may_be_ticked(self) -> bool:
        return self.rule.check is None

    @property
    def may_be_reasoned(self) -> bool:
        return not self.blocks and not self.is_found_done


class NotSayable(ValueError):
    """This cannot be said of this task. The text is what to do."""


def tasks(plan: Plan, said_of: Mapping[str, Said]) -> tuple[Task, ...]:
    """The whole table: what blocks first. `said_of` is `{task key: what was said last}`."""
    return tuple(task_of(rule, plan, said_of.get(rule.key)) for rule in RULES)


def task_of(rule: Rule, plan: Plan, said: Said | None) -> Task:
    """One line of the table."""
    faults = tuple(rule.check(plan)) if rule.check else ()
    about = " ".join(faults) or rule.statement
    if rule.of_revision:
        about = f"{about} (revision {plan.revision})"
    if said and (said.about != about or not is_sayable(rule, said)):
        return Task(rule, faults, about, None, lapsed=said)
    return Task(rule, faults, about, said)


def is_sayable(rule: Rule, said: Said) -> bool:
    """Whether such words count for a task: ticks where a person decides, reasons where no block stands."""
    return rule.check is None if said.is_tick else rule.weight == Weight.NEEDS_REASON


def refuse_unsayable(task: Task, *, words: str, is_tick: bool) -> None:
    """Raise NotSayable unless this may be said of a task."""
    if is_tick and not task.may_be_ticked:
        raise NotSayable("This is checked by the service. Nobody can tick it")
    if not is_tick and not task.may_be_reasoned:
        raise NotSayable("This has to be done. A reason is not enough")
    if not words.strip() and (not is_tick or task.rule.evidence):
        raise NotSayable(task.rule.evidence if is_tick else "Write your reason")


def refusals(found: tuple[Task, ...], *, but: str = "") -> list[str]:
    """What keeps a consultation from being published, as sentences; `but` leaves out one task."""
    return [f"{task.rule.statement}: {what_to_do(task)}" for task in found if not task.is_done and task.key != but]


def what_to_do(task: Task) -> str:
    """What is wrong with an open task, or who must act."""
    if task.faults:
        return " ".join(task.faults)
    return "somebody must say so." if task.blocks else "say so, or write why not."
