"""`make bench`, or `python -m tests.bench [--quick] [--only SUBJECT] [--size N]`: measures, prints, and keeps what was found."""

import argparse
import os
import platform
import sys
import time
from datetime import UTC, datetime

from tests.bench import answering, crosstabs, pages, reports, rows, spreadsheets
from tests.bench.children import in_fresh_process
from tests.bench.findings import Finding, keep
from tests.bench.places import bench_folder, fresh_folder, kept_folder

SUBJECTS = {
    "answering": answering,
    "pages": pages,
    "crosstabs": crosstabs,
    "rows": rows,
    "reports": reports,
    "spreadsheets": spreadsheets,
}
"""What can be measured, in the order in which it is."""
SIZE, QUICK_SIZE = 1_000_000, 20_000
PROFILED = 40


def main() -> int:
    """Measure every subject asked for. The exit status says only whether it could be measured: a missed target is no fault."""
    options = read_arguments()
    if options.profile:
        return print_profile()
    found: dict[str, list[Finding]] = {}
    began = time.perf_counter()
    for name in options.only or SUBJECTS:
        print(f"\n{name}", flush=True)
        found[name] = SUBJECTS[name].findings(options)
        for finding in found[name]:
            print(f"  {finding.line()}", flush=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    text, document = keep(found, machine=machine(options), folder=kept_folder("results"), name=stamp)
    print(f"\n{time.perf_counter() - began:.0f} s in all. Kept in {text} and {document}")
    return 0


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the service beside a peer and a floor.")
    parser.add_argument("--quick", action="store_true", help=f"a short run with {QUICK_SIZE:,} responses")
    parser.add_argument("--only", action="append", choices=list(SUBJECTS), help="one subject; may be given again")
    parser.add_argument("--size", type=int, help=f"responses of the large consultation (default: {SIZE:,})")
    parser.add_argument("--profile", action="store_true", help="print the profile of answering online instead")
    options = parser.parse_args()
    options.size = options.size or (QUICK_SIZE if options.quick else SIZE)
    return options


def print_profile() -> int:
    """Where the processor's time goes while people answer."""
    folder = fresh_folder("profile")
    in_fresh_process("consultations", "prepare_open", folder=folder)
    profile = in_fresh_process("flow", "profile", folder=folder, responses=PROFILED)["profile"]
    (bench_folder() / "profile.txt").write_text(profile)
    print(profile)
    return 0


def machine(options: argparse.Namespace) -> dict[str, object]:
    """What the numbers were measured on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "responses": options.size,
        "quick": options.quick,
    }


if __name__ == "__main__":
    sys.exit(main())
