"""Arabic, Urdu, Persian and Hebrew in a PDF: letters joined, and lines put in the order in which they are read.

reportlab draws code points one by one from left to right. Here each Arabic letter takes the presentation form that its
neighbours ask for (Unicode standard, chapter 9.2) and a line is reordered by the Unicode Bidirectional Algorithm (UAX
#9) without explicit embeddings, whose control characters are removed beforehand. The written order stays in the file's
text layer: see `spoken`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PRESENTATION_FORMS: Final = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def is_right_to_left(text: str) -> bool:
    """True where the first letter with a direction is Hebrew or Arabic: rules P2 and P3."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def holds_right_to_left(text: str) -> bool:
    return _RIGHT_TO_LEFT.search(text) is not None


def joined(text: str, drawable: frozenset[int]) -> str:
    """Return the text, in written order, with Arabic letters in their joined forms wherever the typeface has them.

    A zero-width non-joiner keeps the letters beside it apart, and is then left out.
    """
    if not holds_right_to_left(text):
        return text
    letters = _with_ligatures(text)
    shaped = []
    for index, letter in enumerate(letters):
        before = _joins_on(_neighbour(letters, index, step=-1), "initial") and _joins_on(letter, "final")
        after = _joins_on(letter, "initial") and _joins_on(_neighbour(letters, index, step=1), "final")
        form = {(False, False): "isolated", (True, False): "final", (False, True): "initial", (True, True): "medial"}[
            before, after
        ]
        shape = _forms().get(letter, {}).get(form, letter)
        shaped.append(shape if all(ord(character) in drawable for character in shape) else letter)
    return "".join(shaped).replace("\u200c", "")


def visual_order(text: str, *, right_to_left: bool) -> str:
    """Return a line in the order in which it is drawn from left to right; brackets in right-to-left parts are
    mirrored."""
    clusters = re.findall(
        r"[^\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670][\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]*", text
    )
    levels = _levels([cluster[0] for cluster in clusters], right_to_left=right_to_left)
    order = [
        cluster.translate(_MIRRORED) if level % 2 else cluster for cluster, level in zip(clusters, levels, strict=True)
    ]
    for level in range(max(levels, default=0), 0, -1):
        order, levels = _reversed_runs(order, levels, at_least=level)
    return "".join(order)


def spoken(text: str) -> str:
    """Return joined text as it was written: each presentation form as its letters."""
    return "".join(
        unicodedata.normalize("NFKC", character) if "\ufb50" <= character <= "\ufefc" else character
        for character in text
    )


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Presentation forms by letter (or ligature's letters) and position, read from the Unicode database that Python
    carries."""
    forms: dict[str, dict[str, str]] = {}
    for point in _PRESENTATION_FORMS:
        position, *letters = unicodedata.decomposition(chr(point)).split() or [""]
        if letters:
            forms.setdefault("".join(chr(int(letter, 16)) for letter in letters), {})[position.strip("<>")] = chr(point)
    return forms


def _with_ligatures(text: str) -> list[str]:
    """Split into letters, lam followed by alef as one, for that pair is always written as one shape."""
    return re.findall("\u0644[\u0622\u0623\u0625\u0627]|.|\n", text)


def _neighbour(letters: list[str], index: int, *, step: int) -> str:
    """The next letter in a direction, looking past vowel marks, which do not break a join."""
    index += step
    while 0 <= index < len(letters):
        if unicodedata.category(letters[index][0]) != "Mn":
            return letters[index]
        index += step
    return ""


def _joins_on(letter: str, form: str) -> bool:
    return letter == "\u0640" or form in _forms().get(letter, {})


def _direction(character: str) -> str:
    """One of "L", "R", "number" and "neutral"."""
    kind = unicodedata.bidirectional(character)
    if kind in ("R", "AL"):
        return "R"
    if kind in ("EN", "AN"):
        return "number"
    return "L" if kind == "L" else "neutral"


def _levels(characters: list[str], *, right_to_left: bool) -> list[int]:
    """Embedding level of each character: rules W, N and I of UAX #9, with separators between two digits counted as
    digits."""
    base = "R" if right_to_left else "L"
    directions = [_direction(character) for character in characters]
    strong = base
    resolved = list(directions)
    for index, direction in enumerate(directions):
        if direction in ("L", "R"):
            strong = direction
        elif direction == "number" and strong == "L":
            resolved[index] = "L"
        elif (
            direction == "neutral" and directions[index - 1 : index] == ["number"] == directions[index + 1 : index + 2]
        ):
            resolved[index] = resolved[index - 1]
    _settle_brackets(characters, resolved, base)
    _settle_neutrals(resolved, base)
    steps = {"L": 2, "R": 1, "number": 2} if right_to_left else {"L": 0, "R": 1, "number": 2}
    return [steps[direction] for direction in resolved]


def _settle_brackets(characters: list[str], resolved: list[str], base: str) -> None:
    """Give a pair of brackets one direction, rule N0: the paragraph's, unless what is in them and what stands before
    them both run the other way."""
    opened: list[int] = []
    for index, character in enumerate(characters):
        if character in "([{":
            opened.append(index)
        elif character in ")]}" and opened:
            start = opened.pop()
            inside = {"R" if kind == "number" else kind for kind in resolved[start + 1 : index]} - {"neutral"}
            before = next((kind for kind in reversed(resolved[:start]) if kind in ("L", "R")), base)
            if inside:
                resolved[start] = resolved[index] = before if base not in inside and before in inside else base


def _settle_neutrals(resolved: list[str], base: str) -> None:
    """Give blanks and punctuation the direction on both sides of them, or else that of the paragraph."""
    index = 0
    while index < len(resolved):
        if resolved[index] != "neutral":
            index += 1
            continue
        end = index
        while end < len(resolved) and resolved[end] == "neutral":
            end += 1
        before = resolved[index - 1] if index else base
        after = resolved[end] if end < len(resolved) else base
        sides = {"R" if side == "number" else side for side in (before, after)}
        resolved[index:end] = [sides.pop() if len(sides) == 1 else base] * (end - index)
        index = end


def _reversed_runs(order: list[str], levels: list[int], *, at_least: int) -> tuple[list[str], list[int]]:
    """Reverse every stretch at or above a level: rule L2."""
    index = 0
    while index < len(order):
        end = index
        while end < len(order) and levels[end] >= at_least:
            end += 1
        if end > index:
            order[index:end] = order[index:end][::-1]
            levels[index:end] = levels[index:end][::-1]
        index = end + 1
    return order, levels
