"""What a subject found: one line each, with what was aimed at; printed as it comes and kept as text and JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

AT_LEAST, AT_MOST = "at least", "at most"


@dataclass(frozen=True)
class Target:
    """What is aimed at, and whether more or less is better."""

    value: float
    sense: str = AT_MOST

    def is_met(self, measured: float) -> bool:
        return measured >= self.value if self.sense == AT_LEAST else measured <= self.value


@dataclass(frozen=True)
class Finding:
    """One measured thing. `ratio` is the measured value over what `ratio_to` names, measured in the same run."""

    what: str
    measured: float
    unit: str
    target: Target | None = None
    ratio: float | None = None
    ratio_to: str = ""
    note: str = ""

    def line(self) -> str:
        """The finding in words, on one line."""
        parts = [f"{self.what}: {number(self.measured)} {self.unit}".rstrip()]
        if self.ratio is not None:
            parts.append(f"{number(self.ratio)}x {self.ratio_to}".rstrip())
        if self.target is not None:
            verdict = "met" if self.target.is_met(self.measured) else "MISSED"
            parts.append(f"target {self.target.sense} {number(self.target.value)}: {verdict}")
        if self.note:
            parts.append(f"({self.note})")
        return "; ".join(parts[:-1] if self.note else parts) + (f" {parts[-1]}" if self.note else "")


def ratio(what: str, measured: float, other: float, *, at_least: float, note: str = "") -> Finding:
    """A finding that is a ratio itself: `measured` over `other`, of which at least so much is aimed at."""
    return Finding(what, measured / other, "x", Target(at_least, AT_LEAST), note=note)


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3g}"


def keep(
    findings: dict[str, list[Finding]], *, machine: dict[str, object], folder: Path, name: str
) -> tuple[Path, Path]:
    """Write what was found, subject by subject, as text and as JSON. Returns both paths."""
    text, document = folder / f"{name}.txt", folder / f"{name}.json"
    text.write_text("\n".join(lines_of(findings)) + "\n")
    found = {subject: [asdict(finding) for finding in lines] for subject, lines in findings.items()}
    document.write_text(json.dumps({"machine": machine, "findings": found}, indent=2) + "\n")
    return text, document


def lines_of(findings: dict[str, list[Finding]]) -> Iterable[str]:
    for subject, lines in findings.items():
        yield f"\n{subject}"
        yield from (f"  {finding.line()}" for finding in lines)
