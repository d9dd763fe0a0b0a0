"""What the pages of pre-flight show: its tasks with what was said of them, how far approval has got, and the facts to approve."""

from django.urls import reverse

from consult.approval import Standing
from consult.models import User
from consult.preflight_rules import Weight
from consult.wording import clock_and_date, long_date, moment

MUST, NEEDS_REASON, LEFT, DONE = (
    "What must be done",
    "What needs a reason if it is not done",
    "Left, with a reason",
    "Done",
)
HEADINGS = (MUST, NEEDS_REASON, LEFT, DONE)
"""The parts of the table: what is open before what is not."""

SET_UP, INFORMATION, EQUALITY = (("build-facts", part) for part in ("set-up", "information", "equality"))
CHECKS, LANGUAGES = ("build-check",), ("staff-languages",)
WHERE_TO_MEND = {
    "dates": SET_UP,
    "closing-time": SET_UP,
    "routes": CHECKS,
    "accessibility": CHECKS,
    "renderings": LANGUAGES,
    "still-open": INFORMATION,
    "freepost": ("build-tasks",),
    "six-weeks": SET_UP,
    "school-holidays": SET_UP,
    "election": SET_UP,
    "bank-holiday": SET_UP,
    "easy-read": LANGUAGES,
    "languages": LANGUAGES,
    "equality-questions": EQUALITY,
    "readability": CHECKS,
    "population": EQUALITY,
}
"""The page on which what was found can be put right, by task. The others are put right elsewhere."""


def groups(tasks, consultation):
    """The table in its parts: `[(heading, rows)]`, those parts that have any."""
    names = names_of(tasks)
    parts = {heading: [] for heading in HEADINGS}
    for task in tasks:
        parts[heading_of(task)].append(row(task, names, consultation))
    return [(heading, rows) for heading, rows in parts.items() if rows]


def heading_of(task):
    """The part of the table that a task stands in now."""
    if not task.is_done:
        return MUST if task.rule.weight == Weight.BLOCKS else NEEDS_REASON
    return DONE if task.is_found_done or task.said.is_tick else LEFT


def row(task, names, consultation):
    """What a page shows of one task."""
    return {
        "key": task.key,
        "statement": task.rule.statement,
        "faults": task.faults,
        "state": state_of(task),
        "said": spoken_words(task.said, names) if task.said and not task.is_found_done else None,
        "lapsed": spoken_words(task.lapsed, names) if task.lapsed and not task.is_done else None,
        "may_be_said": task.may_be_ticked or task.may_be_reasoned,
        "action": "Change what you said" if task.said else "Say it is done" if task.blocks else "Answer",
        "is_done": task.is_done,
        "mend": mend_url(task, consultation),
    }


def mend_url(task, consultation):
    """The page on which what was found can be put right; "" where nothing was found, or there is none."""
    if not task.faults or task.key not in WHERE_TO_MEND:
        return ""
    name, *more = WHERE_TO_MEND[task.key]
    return reverse(name, args=[consultation.slug, *more])


def state_of(task):
    """The state of a task as a tag."""
    if task.is_found_done or (task.said and task.said.is_tick):
        return {"text": "Done", "classes": "nhsuk-tag--green"}
    if task.said:
        return {"text": "Reason given", "classes": "nhsuk-tag--blue"}
    return (
        {"text": "Blocks publishing", "classes": "nhsuk-tag--red"}
        if task.blocks
        else {"text": "Reason needed", "classes": "nhsuk-tag--yellow"}
    )


def spoken_words(said, names):
    """What somebody said, who and when."""
    return {
        "words": said.words,
        "by": names.get(said.by, said.by),
        "at": clock_and_date(said.at),
        "is_tick": said.is_tick,
    }


def names_of(tasks):
    """`{username: name}` of everybody who said something of these tasks."""
    spoken = {said.by for task in tasks for said in (task.said, task.lapsed) if said}
    return {user.username: str(user) for user in User.objects.filter(username__in=spoken)}


def name_of(actor):
    """The name of somebody in the record."""
    return str(User.objects.filter(username=actor).first() or actor)


def approval_in_words(found):
    """How far approval has got, as sentences; what an approver wrote apart."""
    request, said = found.request, ""
    if request is None:
        return {"text": "Nobody has asked for approval yet.", "words": ""}
    asker, asked_at = name_of(request.asked_by), clock_and_date(request.asked_at)
    asked = f"{asker} asked for approval of revision {request.revision} at {asked_at}."
    if found.standing == Standing.WAITING:
        said = "Nobody has decided yet."
    elif found.standing == Standing.CHANGED:
        said = "It was changed since, so approval must be asked for again."
    else:
        verb = "approved it" if request.is_approved else "sent it back"
        said = f"{name_of(request.decided_by)} {verb} at {clock_and_date(request.decided_at)}."
    return {"text": f"{asked} {said}", "words": request.words}


def facts(consultation):
    """What an approver reads of a consultation, as rows of a summary list."""
    given = [
        ("Title", consultation.title),
        ("In short", consultation.summary),
        ("What it is about", consultation.purpose),
        ("What is decided, and what is not", consultation.still_open),
        ("Opens", moment(consultation.opens_at)),
        ("Closes", moment(consultation.closes_at)),
        ("Report by", long_date(consultation.report_by) if consultation.report_by else "Not said"),
        ("Decision", long_date(consultation.decision_on) if consultation.decision_on else "Not said"),
        ("Who decides", consultation.decided_by),
    ]
    return [{"key": {"text": name}, "value": {"text": text}} for name, text in given]
