"""The benchmarks: `make bench` measures the service beside a peer and beside the least work that could do the same, in one run.

Nothing here is a test: a figure moves with the machine, and what is compared is always measured side by side. `__main__` runs
the subjects, each in a module of its own (`answering`, `pages`, `crosstabs`, `rows`, `reports`), and `findings` prints what they
found. Whatever needs the service's own code runs in processes of its own (`inside`), so that the one that puts on the load has
nothing else to do.
"""
