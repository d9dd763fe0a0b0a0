"""Strategies for hypothesis: small questionnaires, answers to them, and anything at all that JSON can hold."""

from typing import Any

from hypothesis import strategies as st

from surveys.definition import Condition, Definition, Option, Page, Question, Repeat, Statement
from surveys.journey import at
from surveys.kinds.scale import example_scale

ODD_TEXTS = (
    "\x00", "a\x00b", "\ud800", "\u202e", "\ufeff", "1", " 1 ", "01", "1.0", "١", "NaN", "Infinity", "1e999", "1E+30",
    "9" * 39, "-0", "1,200", "2,5", "=1+1", "WN7 1AB", "wn71ab", "2027-03-27", "2027-13", "0000", "2027-3-4-5",
    "\u200b", "None", "true",
)  # fmt: skip
ODD_KEYS = ("mark", "seen", "day", "month", "year", "outward", "sector", "full", "area", "a", "b", "")

texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(), max_size=20))
numbers = st.one_of(
    st.integers(-3, 12),
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**4000), 1e308, 2**31, 2**63, 0.1, -0.0]),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
marks = st.one_of(
    st.just({"mark": "illegible"}),
    st.fixed_dictionaries(
        {"mark": st.one_of(st.just("several"), scalars)}, optional={"seen": st.lists(scalars, max_size=3)}
    ),
)
anything = st.recursive(
    st.one_of(scalars, marks),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(ODD_KEYS), texts), inner, max_size=4),
    ),
    max_leaves=8,
)
"""Anything that a JSON body can hold, with NaN, lone surrogates and numbers of five thousand digits."""


@st.composite
def conditions(draw: Any, earlier: list[Question]) -> Condition:
    """A condition about earlier questions, at most one level of all, any or not deep."""
    if draw(st.integers(0, 4)) == 0:
        parts = tuple(draw(st.lists(comparisons(earlier), min_size=1, max_size=2)))
        says = draw(st.sampled_from(["all", "any", "not"]))
        return Condition(says, parts=parts[:1] if says == "not" else parts)
    return draw(comparisons(earlier))


@st.composite
def comparisons(draw: Any, earlier: list[Question]) -> Condition:
    about = draw(st.sampled_from(earlier))
    statement = draw(st.sampled_from(["", *(line.key for line in about.statements)]))
    says = draw(st.sampled_from(["answered", "is", "includes", "at_least", "less_than"]))
    if says == "answered":
        return Condition(says, about.key, statement)
    codes = [option.code for option in about.options] or [0, 1, 2]
    values = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True))
    return Condition(
        says, about.key, statement, values=tuple(values) if says in ("is", "includes") else tuple(values[:1])
    )


@st.composite
def questions(draw: Any, key: str, earlier: list[Question]) -> Question:
    """A question of one of the kinds that steer a route, perhaps with options offered to some only."""
    kind = draw(
        st.sampled_from(["one_choice", "several_choices", "ranking", "statements", "scale", "short_text", "number"])
    )
    if kind in ("statements", "scale"):
        offered = example_scale()
    elif kind in ("short_text", "number"):
        offered = ()
    else:
        offered = tuple(
            Option(
                code,
                {"en": f"Option {code}"},
                shown_if=draw(maybe(conditions(earlier))) if earlier and code > 1 else None,
            )
            for code in range(1, draw(st.integers(2, 4)) + 1)
        )
    lines = ("a", "b") if kind == "statements" else ()
    return Question(
        key=key,
        kind=kind,
        text={"en": f"What about {key}?"},
        options=offered,
        statements=tuple(Statement(line, {"en": line}) for line in lines),
        settings={"bands": [[0, None]]} if kind == "number" else {},
        shown_if=draw(maybe(conditions(earlier))) if earlier else None,
    )


@st.composite
def questionnaires(draw: Any) -> Definition:
    """A questionnaire of 1 to 6 pages whose conditions look back; some pages repeat for what was ticked before."""
    pages: list[Page] = []
    earlier: list[Question] = []
    for index in range(draw(st.integers(1, 6))):
        asked = [draw(questions(f"q{index}_{number}", earlier)) for number in range(draw(st.integers(1, 2)))]
        ticked = [question.key for question in earlier if question.kind == "several_choices"]
        repeat = draw(maybe(st.sampled_from(ticked))) if ticked else None
        pages.append(
            Page(
                key=f"p{index}",
                questions=tuple(asked),
                heading={"en": "Together"},
                shown_if=draw(maybe(conditions(earlier))) if earlier else None,
                repeat=Repeat(repeat, draw(st.integers(1, 3))) if repeat else None,
            )
        )
        earlier += [] if repeat else asked
    return Definition("A questionnaire", tuple(pages))


def maybe(strategy: Any) -> Any:
    """Nothing, or the strategy, as often the one as the other."""
    return st.one_of(st.none(), strategy)


def values(question: Question) -> Any:
    """Stored values a question could have, with a few whose options do not exist."""
    codes = st.sampled_from([*(option.code for option in question.options), 99])
    return {
        "one_choice": codes,
        "scale": codes,
        "several_choices": st.lists(codes, min_size=1, max_size=3, unique=True).map(sorted),
        "ranking": st.lists(codes, min_size=1, max_size=3, unique=True),
        "statements": st.dictionaries(st.sampled_from(["a", "b"]), codes, min_size=1),
        "short_text": st.just("Something"),
        "number": st.integers(0, 3),
    }[question.kind]


@st.composite
def answers_to(draw: Any, definition: Definition) -> dict[str, Any]:
    """Answers under any of a questionnaire's keys, on the route or off it, those of repeated pages for every item."""
    found: dict[str, Any] = {}
    for page in definition.pages:
        items = [1, 2, 3, 4] if page.repeat else [None]
        for question in page.questions:
            for item in items:
                value = draw(maybe(values(question)))
                if value is not None:
                    found[at(question.key, item)] = value
    return found


@st.composite
def answered_questionnaires(draw: Any) -> tuple[Definition, dict[str, Any]]:
    """A questionnaire and answers to it."""
    definition = draw(questionnaires())
    return definition, draw(answers_to(definition))
