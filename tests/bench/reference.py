"""The questionnaires that are measured: the reference one (28 questions on 6 pages), one page of 20 questions of every kind, and
one of 80 pages that each hang on an answer.

The reference questionnaire has 5 pages of 4 questions (one choice of 5, several of 5, four statements on a five-point scale, a
comment: short on odd pages, long on even ones) and a page of 8 questions about the person: 58 coded columns and 5 texts.
Pure data: the floor and the peer draw the same questions without the service.
"""

from surveys.definition import Condition, Definition, Option, Page, Question, Statement

PAGES = 5
CHOICES = 5
STATEMENTS = 4
POINTS = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
DONT_KNOW = 6
ROUTED_PAGES = 80
PERSON = {
    "Age group": 7,
    "Sex": 3,
    "Gender reassignment": 3,
    "Disability": 3,
    "Ethnic group": 19,
    "Religion or belief": 9,
    "Sexual orientation": 5,
    "Carer": 3,
}
"""The questions of the last page, with how many answers each offers."""


def reference_questionnaire() -> Definition:
    """The questionnaire of the measurements of whole responses, crosstabs, exports and reports."""
    asked = [
        Page(f"page{number}", topic_questions(number), heading={"en": f"Topic {number}"})
        for number in range(1, PAGES + 1)
    ]
    person = tuple(
        Question(f"d{place}", "one_choice", {"en": f"What is your {name.lower()}?"}, options=numbered(name, answers))
        for place, (name, answers) in enumerate(PERSON.items(), start=1)
    )
    return Definition("Reference consultation", (*asked, Page("person", person, heading={"en": "About you"})))


def topic_questions(number: int) -> tuple[Question, ...]:
    """The four questions of one page."""
    return (
        Question(
            f"p{number}q1",
            "one_choice",
            {"en": f"Topic {number}: which option do you prefer?"},
            options=numbered("Option", CHOICES),
        ),
        Question(
            f"p{number}q2",
            "several_choices",
            {"en": f"Topic {number}: which of these apply to you?"},
            options=numbered("Reason", CHOICES),
        ),
        Question(
            f"p{number}q3",
            "statements",
            {"en": f"Topic {number}: how far do you agree?"},
            options=scale_points(),
            statements=tuple(Statement(f"s{line}", {"en": f"Statement {line}"}) for line in range(1, STATEMENTS + 1)),
        ),
        Question(
            f"p{number}q4",
            "short_text" if number % 2 else "long_text",
            {"en": f"Topic {number}: please tell us more"},
        ),
    )


def routed_questionnaire() -> Definition:
    """A question on each of 81 pages, and every page but the first shown only for the first answer to the one before it."""
    pages = []
    for number in range(ROUTED_PAGES + 1):
        asked = Question(f"q{number}", "one_choice", {"en": f"Question {number}"}, options=numbered("Option", CHOICES))
        shown_if = Condition("is", f"q{number - 1}", values=(1,)) if number else None
        pages.append(Page(f"page{number}", (asked,), shown_if=shown_if))
    return Definition("Routed questions", tuple(pages))


def mixed_questionnaire() -> Definition:
    """One page of 20 questions: ten kinds, each twice."""
    asked = tuple(question for round_ in (1, 2) for question in every_kind(f"r{round_}"))
    return Definition("Mixed questions", (Page("all", asked, heading={"en": "Twenty questions"}),))


def every_kind(prefix: str) -> tuple[Question, ...]:
    """One question of each kind that takes an answer."""
    number = {"bands": [[0, 9], [10, None]]}
    statements = tuple(Statement(f"s{line}", {"en": f"Statement {line}"}) for line in range(1, STATEMENTS + 1))
    return (
        Question(f"{prefix}choice", "one_choice", {"en": "Choose one"}, options=numbered("Option", CHOICES)),
        Question(f"{prefix}several", "several_choices", {"en": "Choose any"}, options=numbered("Reason", CHOICES)),
        Question(f"{prefix}scale", "scale", {"en": "How easy is it?"}, options=scale_points()),
        Question(f"{prefix}lines", "statements", {"en": "How far?"}, options=scale_points(), statements=statements),
        Question(f"{prefix}rank", "ranking", {"en": "Put in order"}, options=numbered("Place", CHOICES)),
        Question(f"{prefix}short", "short_text", {"en": "A few words"}),
        Question(f"{prefix}long", "long_text", {"en": "Tell us more"}),
        Question(f"{prefix}number", "number", {"en": "How many times?"}, settings=number),
        Question(f"{prefix}date", "date", {"en": "When was it?"}, settings={"years": [2026, 2027]}),
        Question(f"{prefix}postcode", "postcode", {"en": "What is your postcode?"}),
    )


def numbered(word: str, number: int) -> tuple[Option, ...]:
    """Options "Reason 1", "Reason 2" and so on."""
    return tuple(Option(code, {"en": f"{word} {code}"}) for code in range(1, number + 1))


def scale_points() -> tuple[Option, ...]:
    """The five points, and "I do not know", which the service asks every scale to offer."""
    points = tuple(Option(code, {"en": label}) for code, label in enumerate(POINTS, start=1))
    return (*points, Option(DONT_KNOW, {"en": "I do not know"}, meaning="dont_know"))
