"""Small questionnaires whose paper forms tests ask for: in two languages, and in easy read."""

from dataclasses import replace

from surveys.definition import Option, Question
from surveys.renderings import recorded
from tests.builders import questionnaire

CAR = Question(
    "car",
    "one_choice",
    {"en": "Do you have a car?", "pl": "Czy masz samochód?"},
    options=(
        Option(1, {"en": "Yes", "pl": "Tak"}),
        Option(2, {"en": "No", "pl": "Nie"}),
    ),
    variants={"easy_read": {"text": {"en": "A car: do you have one?"}}},
)
POLISH = recorded(replace(questionnaire(CAR), languages=("en", "pl")), "pl")
EASY = recorded(replace(POLISH, variants=("easy_read",)), "easy_read")
