"""A progress bar for long commands, on a terminal only."""

import sys

WIDTH = 40


def with_progress(items, *, total, label, quiet):
    """Yield the items; on a terminal, draw how far it has got about a hundred times."""
    shown = sys.stderr.isatty() and not quiet
    step = max(1, total // 100)
    for number, item in enumerate(items, start=1):
        yield item
        if shown and (number % step == 0 or number == total):
            filled = WIDTH * number // max(total, 1)
            sys.stderr.write(f"\r{label} [{'#' * filled}{'.' * (WIDTH - filled)}] {number:,} of {total:,}")
    if shown:
        sys.stderr.write("\n")
