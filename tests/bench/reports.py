"""The consultation report of many responses as PDF, in a fresh process."""

import argparse

from tests.bench.children import in_fresh_process
from tests.bench.findings import Finding, Target
from tests.bench.large import large_folder
from tests.bench.places import kept_folder

MOST = 100_000


def findings(options: argparse.Namespace) -> list[Finding]:
    """Measure the reading of the responses and the writing of the report apart."""
    size = min(MOST, options.size)
    found = in_fresh_process(
        "writing", "report", folder=large_folder(size), out=str(kept_folder("reports") / f"report-{size}.pdf")
    )
    inside = f"{size:,} responses, {found['kilobytes']:.0f} kB, peak memory {found['megabytes']:.0f} MB"
    return [
        Finding("PDF report once the responses are in memory", found["write"], "s", Target(5), note=inside),
        Finding("PDF report, reading the responses included", found["load"] + found["write"], "s", Target(5)),
        Finding(
            "PDF report once more in the same process", found["again"], "s", note=f"CPU of it all {found['cpu']:.1f} s"
        ),
    ]
