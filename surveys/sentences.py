"""A condition as a sentence in plain English: for staff who build a route, and for the printed form. Pure.

Staff read the words of questions ("the answer to “How are you answering?” is “For myself”"); somebody with a pen reads numbers
("you ticked “No” at question 4"). Both are made from one reading of the condition, in `rules.py`. What is printed is a Message,
so that a form in another language says it in that language; staff read English.
"""

from collections.abc import Callable, Mapping, Sequence

from surveys.definition import Condition, Definition, Question, Text, words
from surveys.kinds import KINDS
from surveys.messages import Message
from surveys.paper_order import letters
from surveys.piping import fill
from surveys.rules import EVERYBODY, NOBODY, Claim, Group, reading_of

LONGEST_NAME = 90
"""A question with more characters than this is called by its short label, or cut."""
MOST_LEFT_OUT = 2
FEWEST_LISTED = 4
"""A claim with this many options and few left out names those that are left out: "any answer but “Another practice”"."""
BOTH = {"all": Message("{first} and {second}"), "any": Message("{first} or {second}")}
HELD = {"all": Message("both {first} and {second}"), "any": Message("either {first} or {second}")}
OPENS = {"all": Message("all of these are so: {claims}"), "any": Message("any of these is so: {claims}")}
LAST = {"all": Message("{some}; and {last}"), "any": Message("{some}; or {last}")}
"""How claims are put together, by what is said of their group."""
ONLY_ANSWER_THIS = Message("Only answer this if {condition}")

Say = Callable[[Claim], str]


def show_if(condition: Condition, definition: Definition, what: str = "this page") -> str:
    """What staff read of a condition: "Show this page if the answer to “…” is “For myself”". `what` is what it shows."""
    read = reading_of(condition)
    if read == EVERYBODY:
        return f"Show {what} to everybody"
    if read == NOBODY:
        return f"Never show {what}"
    return f"Show {what} if {in_words(read, lambda claim: said_to_staff(claim, definition))}"


def only_if(
    condition: Condition,
    definition: Definition,
    numbers: Mapping[str, str],
    *,
    does: Message = ONLY_ANSWER_THIS,
    **more: str,
) -> Message | None:
    """What somebody with a pen reads of a condition: "Only answer this if you ticked “No” at question 4".

    `numbers` are the printed numbers by key (`paper_order.paper_numbers`); `more` is what `does` names beside the condition.
    None for a condition that is always so.
    """
    read = reading_of(condition)
    if read == EVERYBODY:
        return None
    if read == NOBODY:
        return Message("Do not answer this")
    said = in_words(read, lambda claim: said_on_paper(claim, definition, numbers))
    return Message(does.id, condition=said, **more)


# In words -----------------------------------------------------------------------------------------------------------------


def in_words(read: Claim | Group, say: Say) -> str:
    """A reading in words. Two parts are joined by "and" or "or"; more are listed; a group within a group is held together."""
    if isinstance(read, Claim):
        return say(read)
    parts = [held_together(part, say) for part in read.parts]
    if len(parts) == 2:
        return Message(BOTH[read.says].id, first=parts[0], second=parts[1])
    return Message(OPENS[read.says].id, claims=listed(parts, Message("{some}; {more}"), LAST[read.says]))


def listed(parts: Sequence[str], between: Message, last: Message) -> str:
    """The parts as one list: `between` joins all but the last, `last` the last one."""
    said = parts[0]
    for part in parts[1:-1]:
        said = Message(between.id, some=said, more=part)
    return Message(last.id, some=said, last=parts[-1]) if len(parts) > 1 else said


def held_together(part: Claim | Group, say: Say) -> str:
    """A part of a group, such that nobody can read its "or" as the "or" of the whole."""
    if isinstance(part, Claim):
        return say(part)
    if len(part.parts) == 2 and all(isinstance(each, Claim) for each in part.parts):
        first, second = (say(each) for each in part.parts if isinstance(each, Claim))
        return Message(HELD[part.says].id, first=first, second=second)
    return Message("({claims})", claims=in_words(part, say))


def said_to_staff(claim: Claim, definition: Definition) -> str:
    """A claim by the words of its question and options."""
    condition, question = claim.condition, definition.question(claim.condition.question)
    name = name_of(condition, question, definition)
    if condition.says == "answered":
        return f"{name} is {'not ' if claim.negated else ''}answered"
    if condition.says == "includes":
        verb = "does not include" if claim.negated else "includes"
        return f"the answer to {name} {verb} {options_named(claim, question)}"
    verb = "is not" if claim.negated else "is"
    return f"the answer to {name} {verb} {compared_with(claim, question)}"


def said_on_paper(claim: Claim, definition: Definition, numbers: Mapping[str, str]) -> Message:
    """A claim by the number of its question and the words of its options."""
    condition, question = claim.condition, definition.question(claim.condition.question)
    number = number_of(condition, question, numbers)
    if condition.says == "answered":
        pattern = (
            Message("you did not answer question {number}")
            if claim.negated
            else Message("you answered question {number}")
        )
        return Message(pattern.id, number=number)
    if condition.says in ("is", "includes"):
        pattern = CHOSE[chosen_by_tick(condition, question), claim.negated]
        return Message(pattern.id, answers=options_named(claim, question), number=number)
    pattern = (
        Message("your answer to question {number} is not {value}")
        if claim.negated
        else Message("your answer to question {number} is {value}")
    )
    return Message(pattern.id, number=number, value=compared_with(claim, question))


CHOSE = {
    (True, False): Message("you ticked {answers} at question {number}"),
    (True, True): Message("you did not tick {answers} at question {number}"),
    (False, False): Message("you chose {answers} at question {number}"),
    (False, True): Message("you did not choose {answers} at question {number}"),
}
"""What is said of an option, by whether one tick chooses it and whether it was not chosen."""


def chosen_by_tick(condition: Condition, question: Question | None) -> bool:
    """Whether an option is chosen with one tick; where there are several places to write in, it is not."""
    return question is None or bool(condition.statement) or len(KINDS[question.kind].controls(question)) == 1


def number_of(condition: Condition, question: Question | None, numbers: Mapping[str, str]) -> str:
    """The printed number of a question, with the letter of a statement."""
    number = numbers.get(condition.question, "?")
    if question is None or not condition.statement:
        return number
    parts = [control.part for control in KINDS[question.kind].controls(question)]
    lettered = dict(zip(parts, letters(len(parts)), strict=True)) if len(parts) > 1 else {}
    return number + lettered.get(condition.statement, "")


def compared_with(claim: Claim, question: Question | None) -> str:
    """What an answer is compared with: options, or a number."""
    condition = claim.condition
    if condition.says == "is":
        return options_named(claim, question)
    number = f"{condition.values[0]:,.15g}" if condition.values else "?"
    pattern = COMPARED.get(condition.says)
    return Message(pattern.id, number=number) if pattern else number


COMPARED = {
    "less_than": Message("less than {number}"),
    "at_most": Message("{number} or less"),
    "more_than": Message("more than {number}"),
    "at_least": Message("{number} or more"),
}


def options_named(claim: Claim, question: Question | None) -> str:
    """The options of a claim: “For myself” or “For someone else”; or the few left out, where it lists nearly all."""
    values = claim.condition.values
    few = [option.code for option in question.options if option.code not in values] if question else []
    listed_all = question is not None and all(question.option(int(code)) for code in values)
    if listed_all and not claim.negated and 1 <= len(few) <= MOST_LEFT_OUT and len(values) >= FEWEST_LISTED:
        left_out = either([option_named(code, question) for code in few])
        if claim.least > 1:
            return Message("{least} or more answers other than {answers}", least=str(claim.least), answers=left_out)
        return Message("any answer but {answers}", answers=left_out)
    named = either([option_named(code, question) for code in values])
    return Message("{least} or more of {answers}", least=str(claim.least), answers=named) if claim.least > 1 else named


def either(names: Sequence[str]) -> str:
    return listed(names, Message("{some}, {more}"), Message("{some} or {last}")) if names else ""


def option_named(code: float, question: Question | None) -> Message:
    option = question.option(int(code)) if question else None
    if option is None:
        return Message("an answer that was removed ({code})", code=f"{code:g}")
    return Message("“{answer}”", answer=option.label)


def name_of(condition: Condition, question: Question | None, definition: Definition) -> str:
    """A question by its words, or a statement and its question."""
    if question is None:
        return f"a question that was removed ({condition.question})"
    name = question_named(question, definition)
    if not condition.statement:
        return name
    line = next((line for line in question.statements if line.key == condition.statement), None)
    return f"“{words(line.label)}” at {name}" if line else f"a statement that was removed from {name}"


def question_named(question: Question, definition: Definition) -> str:
    """The words of a question in quotation marks: the short ones where they are long, and with its pipes in general words."""
    said = plain_words(question.text, definition)
    if len(said) > LONGEST_NAME:
        said = words(question.short) or f"{said[:LONGEST_NAME].rsplit(' ', 1)[0]}…"
    return f"“{said or question.key}”"


def plain_words(text: Text, definition: Definition) -> str:
    """A text on one line, with what it repeats of earlier answers in general words."""
    return " ".join(fill(text, definition, {}, language=definition.languages[0]).split()).lstrip(": ")
