"""How much processor time process trees have used, and the rest of the machine: wall clock alone moves with the neighbours."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Used:
    """What a span of time cost: seconds of clock, of the servers' processors, of ours, and cores taken by strangers."""

    wall: float
    servers: float
    client: float
    foreign_cores: float


class Account:
    """Measures from its making to `close`. `roots` are the process ids of servers; their children are counted with them."""

    def __init__(self, *roots: int) -> None:
        self.roots = roots
        self.began = self.reading()

    def reading(self) -> tuple[float, float, float, float]:
        return time.perf_counter(), tree_seconds(self.roots), own_seconds(), busy_seconds()

    def close(self) -> Used:
        wall, servers, client, busy = (now - then for now, then in zip(self.reading(), self.began, strict=True))
        return Used(wall, servers, client, max(0.0, busy - servers - client) / wall)


def sum_of(spans: list[Used]) -> Used:
    """Several spans of time as one."""
    wall = sum(span.wall for span in spans)
    foreign = sum(span.foreign_cores * span.wall for span in spans) / wall
    return Used(wall, sum(span.servers for span in spans), sum(span.client for span in spans), foreign)


def tree_seconds(roots: tuple[int, ...]) -> float:
    """Processor seconds of the processes and all their descendants, those that have ended and been waited for included."""
    found = process_table()
    wanted, seconds = set(roots), 0.0
    # A child has a higher number than its parent except after a wrap-around: walk until nothing more is found.
    while grown := {pid for pid, (parent, _) in found.items() if parent in wanted} - wanted:
        wanted |= grown
    for pid in wanted & found.keys():
        seconds += found[pid][1]
    return seconds


def process_table() -> dict[int, tuple[int, float]]:
    """`{pid: (parent, seconds)}` of every process."""
    table = {}
    for entry in PROCESSES.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            # It ended while we were looking.
            continue
        table[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / TICK)
    return table


def own_seconds() -> float:
    """Processor seconds of this process."""
    return time.process_time()


def busy_seconds() -> float:
    """Processor seconds of the whole machine that were not idle."""
    fields = list(map(int, (PROCESSES / "stat").read_text().splitlines()[0].split()[1:9]))
    user, nice, system, _idle, _waiting, interrupt, soft_interrupt, _stolen = fields
    return (user + nice + system + interrupt + soft_interrupt) / TICK
