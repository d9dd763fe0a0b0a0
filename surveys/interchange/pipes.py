"""Earlier answers repeated in texts: what other tools write for them, and what is written here (`surveys.piping`)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from surveys.definition import Repeat
from surveys.interchange.base import Report
from surveys.interchange.outline import Outline
from surveys.interchange.rules import Target
from surveys.piping import PIPE


class Known(Protocol):
    """What is known of a questionnaire while it is put together."""

    outline: Outline
    report: Report
    targets: dict[str, Target]
    repeated: dict[str, Repeat]
    repeat: Repeat | None


@dataclass
class Pipes:
    """How one tool repeats an answer in a text: `pattern`, and the name of the answer in what it matched ("" for none).

    `used` collects the keys of the questions whose answers the texts of one question repeat.
    """

    pattern: re.Pattern[str]
    name_in: Callable[[str], str]
    used: set[str] = field(default_factory=set)

    def written(self, where: str, text: str, known: Known, *, takes_pipes: bool = True) -> str:
        """The text with its pipes as they are written here; what cannot be repeated stands in square brackets."""
        parts, at = [], 0
        for match in self.pattern.finditer(text):
            parts += [
                unpiped(where, text[at : match.start()], known.report),
                self.pipe(where, match, known, takes_pipes),
            ]
            at = match.end()
        return "".join((*parts, unpiped(where, text[at:], known.report)))

    def pipe(self, where: str, match: re.Match[str], known: Known, takes_pipes: bool) -> str:
        name = self.name_in(match[1])
        if known.repeat and name in known.outline.items:
            return "{item}"
        target = known.targets.get(name)
        reason = "only the answer to an earlier question can be repeated in a text here"
        if target and not takes_pipes:
            reason = "the words of an answer to choose cannot repeat an earlier answer here"
        elif target and known.repeated.get(target.key) not in (None, known.repeat):
            reason = "that question is asked once for each item, and not once"
        elif target and not target.statement and target.holds != "tick":
            self.used.add(target.key)
            return f"{{{target.key}}}"
        known.report.lose(where, f"“{match[0]}” in a text", reason)
        return f"[{match[1].strip()}]"


def unpiped(where: str, text: str, report: Report) -> str:
    """Words of the file that would be read as a pipe here, in square brackets."""
    plain = PIPE.sub(lambda match: f"[{match[0][1:-1]}]", text)
    if plain != text:
        report.change(where, f"braces in “{text}”", "braces stand for an earlier answer here")
    return plain
