"""What a report says of a consultation beside its numbers: plain facts, handed over by the service."""

from dataclasses import dataclass, field

from exports.judgements import Judgements
from exports.wording import capitalised


@dataclass(frozen=True)
class PaperFacts:
    """How well paper forms were typed in: `fields_twice` that a second person typed too, and how many of them `differed`.

    How many forms there were is not said: it would give away counts that the small-number rule hides.
    """

    fields_twice: int
    differed: int

    @property
    def error_rate(self) -> str:
        """What came of typing them twice, as a sentence."""
        if not self.fields_twice:
            return "No paper form has been typed in a second time yet, so how often that goes wrong is not known."
        rate = 1000 * self.differed / self.fields_twice
        return (
            f"Of {self.fields_twice:,} fields that a second person typed without seeing the first entry, {self.differed:,} "
            f"differed at a second look: {rate:.1f} in every 1,000."
        )


Passages = tuple[tuple[str, str], ...]
"""Words that were sent in, in parts, each with the key of the question it is about, "" for none: `((key, words), …)`."""


@dataclass(frozen=True)
class Letter:
    """A letter or an email. `name` is the organisation's, "" where it did not agree to be named."""

    is_email: bool
    is_organisation: bool
    name: str = ""
    passages: Passages = ()


@dataclass(frozen=True)
class Event:
    """An event or a meeting, with how many people came. `organisation` ran it, "" where it did not agree to be named."""

    title: str
    held_on: str
    place: str
    people: int
    organisation: str = ""
    passages: Passages = ()


@dataclass(frozen=True)
class Petition:
    """A petition: one response, however many signed it. `organiser` is a sort of organiser, in words."""

    title: str
    organiser: str
    received_on: str
    signatures: int
    passages: Passages = ()


@dataclass(frozen=True)
class CountedApart:
    """What came beside answers to the questions, in the order it came. Passages that hold personal details are not among it."""

    letters: tuple[Letter, ...] = ()
    events: tuple[Event, ...] = ()
    petitions: tuple[Petition, ...] = ()


@dataclass(frozen=True)
class ReportFacts:
    """The words of a report's frame. Dates are in words already ("Friday 12 March 2027"); "" where not known.

    `mark` is printed on every page: that the data are illustrative, that the report is interim, or not the published one.
    `apart` is None where nothing but answers to the questions can come, as in a rehearsal. `judgements` is what people wrote in
    the equality assessment.
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
    paper: PaperFacts | None = None
    apart: CountedApart | None = None
    judgements: Judgements = field(default_factory=dict)

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
