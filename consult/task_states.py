"""How far each task of building a consultation is, from facts alone: what people saved, what is missing, what they said.

A task that nobody has worked on is "Not started", however whole a starting point has made it. Saving a part as it stands says
that it is right, and so does asking for approval.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from consult.approval import Standing, approval_of
from consult.models import AuditEvent, Consultation
from consult.readiness import tasks_of
from consult.starting_points.prompts import prompts_in, prompts_left
from surveys.drafting import problems
from surveys.renderings import renderings_of, state_of
from surveys.revising import draft_of

NOT_STARTED = ("Not started", "blue")
IN_PROGRESS = ("In progress", "yellow")
COMPLETED = ("Completed", "green")
CANNOT_START = ("Cannot start yet", "grey")
OPTIONAL = ("Optional", "white")
"""Of what is never done, for it can always be done once more."""

FACTS = ("facts changed", "facts looked through")
QUESTIONS = ("questionnaire edited", "questionnaire imported")
CHECKS = ("routes", "accessibility", "renderings", "readability")
"""The tasks of pre-flight that are worked through on the page "Check routes and words"."""


@dataclass(frozen=True)
class Progress:
    """A consultation on its way to being published."""

    consultation: Consultation

    @cached_property
    def definition(self):
        return draft_of(self.consultation.questionnaire)

    @cached_property
    def is_out(self):
        return self.consultation.launched_at is not None

    @cached_property
    def standing(self):
        return approval_of(self.consultation).standing

    @cached_property
    def worked_on(self):
        """The parts that somebody has saved: those of the facts by their names in addresses, "questions" and "preview"."""
        found, verbs = set(), (*FACTS, *QUESTIONS, "preview link made")
        events = AuditEvent.objects.filter(
            team=self.consultation.team_id, object_id=str(self.consultation.pk), verb__in=verbs
        )
        for verb, body in events.values_list("verb", "detail__body"):
            found |= {"questions"} if verb in QUESTIONS else {"preview"} if verb not in FACTS else parts_of(body)
        return found

    def state(self, part, *, is_begun=True, is_whole):
        """The state of a task, as (word, colour)."""
        if self.is_out:
            return COMPLETED
        is_said = part in self.worked_on or self.standing != Standing.NOT_ASKED
        if not is_said or not is_begun:
            return NOT_STARTED
        return COMPLETED if is_whole else IN_PROGRESS

    # Each task ------------------------------------------------------------------------------------------------------------
    def set_up(self):
        one = self.consultation
        is_decided = one.decided_by and not prompts_in(one.decided_by)
        return self.state("set-up", is_whole=is_decided and one.report_by and one.decision_on)

    def information(self):
        one = self.consultation
        told = (one.summary, one.purpose, one.still_open, one.asks)
        return self.state("information", is_whole=all(told) and not any(prompts_in(text) for text in told))

    def equality(self):
        return self.state("equality", is_whole=True)

    def documents(self):
        """A document is somebody's work however it came; there need be none."""
        bodies = [document.body.strip() for document in self.consultation.documents.all()]
        if not bodies:
            return OPTIONAL
        return COMPLETED if all(bodies) else IN_PROGRESS

    def questions(self):
        definition = self.definition
        is_whole = not problems(definition) and not prompts_left(definition, {})
        return self.state("questions", is_begun=bool(definition.pages), is_whole=is_whole)

    def languages(self):
        renderings = renderings_of(self.definition)
        if not renderings:
            return OPTIONAL
        states = [state_of(self.definition, each) for each in renderings]
        return self.state("questions", is_whole=all(each.is_whole and not each.needs_check for each in states))

    def preview(self):
        if not self.definition.pages:
            return CANNOT_START
        return COMPLETED if self.is_out or "preview" in self.worked_on else NOT_STARTED

    def check(self):
        if not self.definition.pages:
            return CANNOT_START
        found = tasks_of(self.consultation, now=timezone.now())
        return self.state("questions", is_whole=all(task.is_done for task in found if task.key in CHECKS))

    def rehearsal(self):
        return OPTIONAL if self.definition.pages else CANNOT_START

    def publishing(self):
        if self.is_out:
            return COMPLETED
        if not self.definition.pages:
            return CANNOT_START
        return NOT_STARTED if self.standing == Standing.NOT_ASKED else IN_PROGRESS


def parts_of(body):
    """The parts that an event about facts is of. Those recorded before parts were named count for all."""
    part = (body or {}).get("part")
    return {part} if part else {"set-up", "information", "equality"}
