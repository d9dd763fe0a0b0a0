"""What a report says of a consultation beside its numbers: plain facts, handed over by the service."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReportFacts:
    """The words of a report's frame. Dates are in words already ("Friday 12 March 2027"); "" where not known.

    `mark` is printed on every page: that the data are illustrative, that the report is interim, or both.
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
    asks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    mark: str = ""
    version: str = ""
    outcome: dict[str, str] = field(default_factory=dict)
    by_channel: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, int] = field(default_factory=dict)

    @property
    def deciders(self) -> str:
        """Who decides, as the beginning of a sentence."""
        return self.decided_by[:1].upper() + self.decided_by[1:]
