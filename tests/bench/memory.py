"""How much memory a process has needed so far."""

import resource


def peak_megabytes() -> float:
    """The most memory this process has held at once, in millions of bytes. Linux counts in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
