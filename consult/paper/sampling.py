"""Which forms a second person keys, and when that is not enough. Pure.

Single keying leaves about 0.37 errors in 1,000 fields, keying twice 0.05 (Paulsen 2012); checking by eye leaves many times more
(Barchard 2008). So: all of a new keyer's first batch, else one form in ten and at least five, drawn by chance; and the whole
batch where more than five fields in 1,000 differ (ux.md C5).
"""

import math
import random
from collections.abc import Iterable

SHARE = 0.1
FEWEST = 5
MOST_DIFFERING = 5
"""Of 1,000 fields keyed twice."""


def sample(forms: Iterable[int], *, by_new_keyers: Iterable[int], chance: random.Random) -> set[int]:
    """The numbers of the forms to key again: every one by somebody new, and of the rest one in ten, at least five in all."""
    new = set(by_new_keyers)
    rest = sorted(set(forms) - new)
    wanted = max(math.ceil(len(rest) * SHARE), FEWEST - len(new), 0) if rest else 0
    return new | set(chance.sample(rest, min(wanted, len(rest))))


def per_thousand(differed: int, compared: int) -> float | None:
    """Fields that differed in every 1,000 keyed twice; None where none were."""
    return 1000 * differed / compared if compared else None


def is_too_many(differed: int, compared: int) -> bool:
    """Whether the whole batch must be keyed again by a second person."""
    rate = per_thousand(differed, compared)
    return rate is not None and rate > MOST_DIFFERING
