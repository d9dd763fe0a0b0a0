"""A questionnaire with easy read and half a translation, and the whole of it in Polish, for tests of renderings."""

from dataclasses import replace

from surveys.definition import Option, Statement
from surveys.definition_json import from_json, to_json
from surveys.renderings import recorded
from tests.builders import choice, number, page, question, questionnaire, scale, when

EASY = "easy_read"
BUS = {"picture": "bus.png", "alt": {"en": "A bus"}}
TRAVEL = question(
    "travel",
    text="How do you usually travel there?",
    hint={"en": "Choose one", "pl": "Wybierz"},
    settings={"missing": {"en": "Select how you travel", "pl": "Wybierz"}},
    options=(
        Option(1, {"en": "Bus", "pl": "Autobus"}, variants={EASY: {"label": {"en": "By bus"}, **BUS}}),
        Option(2, {"en": "On foot", "pl": "Pieszo"}, shown_if=when("used", 1)),
    ),
    variants={
        EASY: {
            "text": {"en": "How do you get there?"},
            "hint": {"en": "Pick one"},
            "missing": {"en": "Pick how you get there"},
            "picture": "road.png",
            "alt": {"en": "A road"},
        }
    },
)
PLAN = question(
    "plan",
    "statements",
    options=scale("x").options,
    statements=(
        Statement("a", {"en": "Statement a"}, variants={EASY: {"label": {"en": "A"}}}),
        Statement("b", {"en": "Statement b"}),
    ),
    variants={EASY: {"text": {"en": "What about it?"}}},
)
SURVEY = replace(
    questionnaire(
        page("first", choice("used"), section={"en": "You"}, variants={EASY: {"section": {"en": "About you"}}}),
        page("second", TRAVEL, PLAN),
        number("cost", unit={"en": "pounds"}),
    ),
    variants=(EASY,),
    unchecked=(EASY,),
)


def translated(definition, language):
    """The definition with every text in another language too, as another file might bring it: nothing recorded."""

    def put(value):
        if isinstance(value, dict):
            found = {name: put(part) for name, part in value.items()}
            return found | ({language: f"{language} {found['en']}"} if isinstance(found.get("en"), str) else {})
        return [put(part) for part in value] if isinstance(value, list) else value

    whole = from_json(put(to_json(definition)))
    return replace(whole, languages=(*definition.languages, language))


def whole(definition):
    """The definition in Polish and easy read, both recorded."""
    asked = from_json(eased(to_json(translated(definition, "pl"))))
    asked = replace(asked, variants=(EASY,))
    return recorded(recorded(asked, "pl"), EASY)


def eased(document):
    """The document with easy words for every question that has none."""
    for each in document["pages"]:
        for asked in each["questions"]:
            own = asked.setdefault("variants", {}).setdefault(EASY, {})
            own.setdefault("text", {"en": f"Easy {asked['key']}"})
    return document
