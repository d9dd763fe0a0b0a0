"""What invented people write: comments put together from the pools of `comments.json`. Pure.

A comment is one, two or three parts of its pool (an opening, a reason, a wish), with places such as `{minutes}` filled in, so
that few are alike. Beside the pools are unusual comments, one of each sort that breaks careless software, and campaign texts.
"""

import json
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SOURCE = Path(__file__).with_name("comments.json")
PLACE = re.compile(r"\{(\w+)\}")
LONG = 3_000
"""The length of the longest comment, in characters."""


@cache
def comments() -> dict[str, Any]:
    """`{"pools": {name: [openings, reasons, wishes]}, "places": …, "unusual": …, "campaigns": …}`. Read once."""
    return json.loads(SOURCE.read_text(encoding="utf-8"))


def write_comment(pool: str, random: Random) -> str:
    """A comment from a pool, of one to three parts."""
    parts = comments()["pools"][pool]
    how_many = random.choices([1, 2, 3], weights=[25, 40, 35])[0]
    used = sorted(random.sample(range(len(parts)), how_many))
    text = joined([filled(random.choice(parts[index]), random) for index in used], random)
    return as_typed(text, random)


def campaign_text(slug: str, random: Random) -> str:
    """The campaign's text as one supporter sends it: nearly the words that everyone was given."""
    campaign = comments()["campaigns"][slug]
    sentences = list(campaign["text"])
    if random.random() < 0.25:
        sentences.pop(random.randrange(1, len(sentences)))
    if random.random() < 0.4:
        sentences.append(random.choice(campaign["own_words"]))
    text = " ".join(sentences)
    louder = text.upper() if random.random() < 0.1 else text
    return random.choice([text, text, louder, text.rstrip(".") + "!", "\n".join(sentences)])


def unusual_comments() -> list[str]:
    """Comments that careless software breaks on: other scripts, formulas, line breaks, emoji, markup, great length."""
    long = comments()["long"]
    whole = " ".join(long[index % len(long)] for index in range(LONG))
    return [*comments()["unusual"], whole[:LONG].rsplit(" ", 1)[0] + "."]


def filled(text: str, random: Random) -> str:
    """A part with its places filled in."""
    return PLACE.sub(lambda found: random.choice(comments()["places"][found[1]]), text)


def joined(parts: list[str], random: Random) -> str:
    return random.choices([" ", "\n", "\n\n"], weights=[88, 6, 6])[0].join(parts)


def as_typed(text: str, random: Random) -> str:
    """The text as people type: a few without capitals, a few without a full stop, a few that insist."""
    manner = random.random()
    if manner < 0.06:
        return text.lower()
    if manner < 0.16:
        return text.rstrip(".")
    if manner < 0.20:
        return text.rstrip(".") + random.choice(["!", "!!", "..."])
    return text
