"""All responses row by row as CSV, each time in a fresh process: how long, and how much memory a tenth of them and all need."""

import argparse

from tests.bench.children import in_fresh_process
from tests.bench.findings import Finding, Target
from tests.bench.large import large_folder
from tests.bench.places import fresh_folder


def findings(options: argparse.Namespace) -> list[Finding]:
    """Measure a tenth, then all, then the least that could write such rows."""
    tenth, all_ = (written(size) for size in (options.size // 10, options.size))
    plain = written(options.size, task="plain_rows")
    speed = all_["lines"] / all_["seconds"]
    return [
        Finding(
            f"CSV of {all_['lines']:,} responses",
            all_["seconds"],
            "s",
            Target(6 * options.size / 1_000_000),
            note=f"{speed:,.0f} rows/s, {all_['bytes'] / 1e6:.0f} MB, words as written and codes, CPU {all_['cpu']:.1f} s",
        ),
        Finding(
            "CPU per row, over json and csv.writer alone",
            (all_["cpu"] / all_["lines"]) / (plain["cpu"] / plain["lines"]),
            "x",
            note=f"which take {1e6 * plain['cpu'] / plain['lines']:.0f} µs a row, without codes, days or safe cells",
        ),
        Finding("first byte after", 1000 * all_["first_byte"], "ms", Target(200)),
        Finding("peak memory of the process", all_["megabytes"], "MB", Target(250)),
        Finding(
            "peak memory, all over a tenth",
            all_["megabytes"] / tenth["megabytes"],
            "x",
            Target(1.1),
            note=f"{tenth['megabytes']:.0f} MB for {tenth['lines']:,}, with Python, Django and the service in it",
        ),
        Finding("time, all over a tenth", all_["seconds"] / tenth["seconds"], "x", Target(11)),
        Finding("statements that page by OFFSET", all_["by_offset"], "", Target(0)),
    ]


def written(size: int, *, task: str = "rows") -> dict:
    """One export in a fresh process."""
    out = fresh_folder("files") / "responses.csv"
    found = in_fresh_process("writing", task, folder=large_folder(size), out=str(out))
    out.unlink()
    return found
