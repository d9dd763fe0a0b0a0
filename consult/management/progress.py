"""A progress bar for long commands, on a terminal only."""

import sys
from contextlib import contextmanager

WIDTH = 40


def with_progress(items, *, total, label, quiet):
    """Yield the items; on a terminal, draw how far it has got about a hundred times."""
    step = max(1, total // 100)
    with bar(label, quiet=quiet) as report:
        for number, item in enumerate(items, start=1):
            yield item
            if number % step == 0 or number == total:
                report(number, total)


@contextmanager
def bar(label, *, quiet):
    """Yields a function of how many are done and how many there are, which on a terminal draws how far it has got."""
    shown = sys.stderr.isatty() and not quiet

    def report(done, total):
        if shown:
            filled = WIDTH * done // max(total, 1)
            sys.stderr.write(f"\r{label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}")

    yield report
    if shown:
        sys.stderr.write("\n")
