"""Questions that push, or that ask two things at once, found by the shape of their words. Pure.

Patterns find what careful readers find first, and no more. A pattern that is often wrong is worse than none, so each is narrow:
"health and care" is one thing, and "clear and helpful" of one leaflet is two.
"""

import re
from collections.abc import Iterator, Sequence

QUESTION_WORD = "how|why|what|when|where|who|which|do|does|did|would|should|could|can|will|is|are|was|were|have|has|had"
SECOND_QUESTION = re.compile(rf"\b(?:and|or|but)\s+(?:if\s+(?:so|not|yes|no),?\s+)?(?:{QUESTION_WORD})\b[^?]*\?", re.I)
"""A second question after "and": "How far did you travel and how did you get there?"""
ONE_QUESTION = re.compile(
    r"\b(?:who|what|which|that|anyone|anybody|someone|somebody|people|how|if|when|where|whether)\b[^?,]*\b(?:and|or)\s+"
    r"(?:is|are|was|were|have|has|had|do|does|did|can|could|would|will)\b",
    re.I,
)
"""One question about those who do one thing and do another: "people who live alone and have no car"."""
QUALITIES = (
    "accessible|accurate|affordable|bad|caring|clean|clear|comfortable|convenient|easy|effective|efficient|fair|fast|friendly|"
    "good|happy|helpful|honest|kind|near|open|patient|pleasant|polite|prompt|quick|quiet|reliable|respectful|right|safe|"
    "simple|useful|warm|welcoming|well[- ]run"
)
TWO_QUALITIES = re.compile(rf"\b(?:{QUALITIES})\s+and\s+(?:{QUALITIES})\b", re.I)
"""Two judgements in one: "friendly and helpful". Somebody may find the one and not the other."""
TWO_SUBJECTS = re.compile(r"\bthe\s+(\w+)\s+and\s+(?:the\s+)?(\w+)\s+of\b", re.I)
"""Two things judged at once: "the speed and quality of"."""
GOES_ON = re.compile(r"what if\b|or\b(?!\s+(?:" + QUESTION_WORD + r")\b)", re.I)
"""How a sentence starts that asks nothing by itself: "What if it closed? How would you…", "…on you? Or on somebody else?"."""
AND_OR = re.compile(r"\band/or\b", re.I)
JUDGES = re.compile(r"\b(?:how|rate|agree|support|oppose|satisfied|happy|good|well|do you|was|were|is|are)\b", re.I)

BALANCED = (
    (re.compile(r"\bagree\b", re.I), re.compile(r"\bdisagree\b", re.I), "agree or disagree"),
    (
        re.compile(r"\b(?:support|favour)\b(?!\s+(?:group|worker|staff|team|at|from|for|with|you|your))", re.I),
        re.compile(r"\b(?:oppose|against)\b", re.I),
        "support or oppose",
    ),
    (
        re.compile(r"\bsatisfied\b", re.I),
        re.compile(r"\b(?:dis|un|not )satisfied\b", re.I),
        "satisfied or dissatisfied",
    ),
)
"""A side that is asked about, the side that must be named with it, and how to ask about both."""
ASKS_FOR_A_SIDE = re.compile(
    r"\b(?:do|don[’']t|would|wouldn[’']t|will|did|can)\s+you\b|\bhow(?:\s+(?:much|far|strongly|well)\b|(?=\s+satisfied\b))|\bto\s+what\s+extent\b",
    re.I,
)
LEADING = re.compile(
    r"\bhow\s+much\s+(?:do|would|did)\s+you\s+(?:agree|support|like|enjoy|welcome|value|benefit)\b"
    r"|\b(?:don|wouldn|isn|shouldn|aren|doesn)[’']t\s+(?:you|it|we|they)\b"
    r"|\b(?:do|would)\s+you\s+not\s+(?:agree|think|support)\b"
    r"|\b(?:obviously|surely|of course|as you know|everyone knows|undoubtedly|it is clear that)\b"
    r"|\b(?:our|the|this|these|an?)\s+(?:excellent|exciting|much[- ]needed|vital|world[- ]class|outdated|wasteful|unsafe|"
    r"unaffordable|long overdue|overdue|fantastic|wonderful|great new)\b",
    re.I,
)
"""Words that say what to answer."""


def and_or(text: str) -> Iterator[str]:
    """ "and/or", which leaves open what is meant."""
    yield from (match[0] for match in AND_OR.finditer(text))


def two_questions(text: str) -> Iterator[str]:
    """What makes one question of two, as it stands in the text."""
    yield from and_or(text)
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    asked = [each for each in sentences if each.rstrip("”’\"')").endswith("?") and not GOES_ON.match(each)]
    if len(asked) > 1:
        yield " ".join(asked)
        return
    for sentence in asked:
        second = SECOND_QUESTION.search(sentence)
        if second and not ONE_QUESTION.search(sentence):
            yield second[0]


def two_judgements(text: str) -> Iterator[str]:
    """Two qualities or two subjects that one answer has to judge together."""
    for pattern in (TWO_QUALITIES, TWO_SUBJECTS):
        if JUDGES.search(text):
            yield from (match[0] for match in pattern.finditer(text))


def leading_words(text: str) -> Iterator[tuple[str, str]]:
    """Words that push towards an answer, with what to say instead ("" where nothing fits)."""
    for side, other, balanced in BALANCED:
        found, asks = side.search(text), ASKS_FOR_A_SIDE.search(text)
        if found and asks and asks.end() <= found.start() and not other.search(text):
            yield text[asks.start() : found.end()], balanced
            return
    yield from ((match[0], "") for match in LEADING.finditer(text))


OPINION_LABEL = re.compile(
    r"^(?:strongly\s+|tend to\s+|very\s+|fairly\s+|slightly\s+)?"
    r"(?:agree|disagree|support|oppose|satisfied|dissatisfied|good|poor|bad|easy|difficult|likely|unlikely|important|confident|positive|negative|happy|unhappy|excellent|safe|unsafe)\b",
    re.I,
)
OPINION_QUESTION = re.compile(
    r"\b(?:do|would|did)\s+you\s+(?:think|feel that|agree|support|prefer|believe|oppose)\b|\bshould\s+(?:we|the|it|there|this)\b"
    r"|\b(?:could|would)\s+(?:any|this|these|the|our)\b|\bin your (?:view|opinion)\b|\bhow far do you\b",
    re.I,
)
UNDECIDED = re.compile(
    r"\b(?:do not|don[’']t|cannot|can[’']t)\s+(?:know|say|remember|decide)\b|\b(?:not|un)\s*sure\b|\bundecided\b"
    r"|\bno\s+(?:opinion|view|preference)\b",
    re.I,
)


def asks_an_opinion(text: str, labels: Sequence[str]) -> bool:
    """Whether a closed question is about what somebody thinks, and not about what they did or who they are."""
    return sum(bool(OPINION_LABEL.search(label)) for label in labels) >= 2 or bool(OPINION_QUESTION.search(text))


def lets_people_not_know(labels: Sequence[str]) -> bool:
    """Whether one of the answers is for somebody who does not know."""
    return any(UNDECIDED.search(label) for label in labels)
