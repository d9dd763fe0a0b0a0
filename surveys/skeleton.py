"""Markup drawn once and kept with holes in it, in which each person's own words and token are put at the end."""

import re
import secrets

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MARK = secrets.token_hex(16)
"""Stands around the name of a hole. Nobody who writes a text can know it, so no text can make a hole."""
HOLE = re.compile(f"{MARK}:([a-z_0-9]+):{MARK}")


def hole(name: str) -> str:
    """What stands in a skeleton where `name` will be put."""
    return f"{MARK}:{name}:{MARK}"


class Skeleton:
    """Markup with holes."""

    def __init__(self, html: str):
        self.parts = HOLE.split(html)

    def filled(self, **texts: str) -> SafeString:
        """The markup with a text in each hole, escaped unless Django calls it safe."""
        parts = list(self.parts)
        for place in range(1, len(parts), 2):
            text = texts[parts[place]]
            parts[place] = text if type(text) is SafeString else conditional_escape(text)
        return SafeString("".join(parts))
