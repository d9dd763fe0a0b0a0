"""What a report says of a consultation beside its numbers: plain facts, handed over by the service."""

from dataclasses import dataclass, field

from exports.wording import capitalised


@dataclass(frozen=True)
class ReportFacts:
    """The words of a report's frame. Dates are in words already ("Friday 12 March 2027"); "" where not known.

    `mark` is printed on every page: that the data are illustrative, that the report is interim, or not the published one.
    """

    title: str
    organisation: str
    purpose: str
    still_open: str
    decided_by: str
    decision_on: str
    opened: str
    closes: str
    made_on: str
    is_open: bool = False
    is_decided: bool = False
    asks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    mark: str = ""
    version: str = ""
    outcome: dict[str, str] = field(default_factory=dict)

    @property
    def deciders(self) -> str:
        """Who decides, as the beginning of a sentence."""
        return capitalised(self.decided_by)

    @property
    def dates(self) -> str:
        """When it ran, as a sentence in the tense of its stage."""
        return (
            f"The consultation opened on {self.opened} and {'closes' if self.is_open else 'closed'} at {self.closes}."
        )

    @property
    def decision(self) -> str:
        """Whose the decision is, and when, in the tense of its stage."""
        when = f", on {self.decision_on}" if self.decision_on else ""
        if self.is_decided:
            return f"The decision was for {self.decided_by}{when}. It has been made and published."
        return f"The decision is for {self.decided_by}{when}."
