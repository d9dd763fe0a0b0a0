"""The words people wrote, as far as a report lists them: a part, chosen evenly, and nothing that may name somebody.

Themes come with coding. Until a person has read a comment, one that looks as if it holds a name, a number or an
address is held back whole, and the report says that some were. What many people sent in nearly the same words is listed once.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice

from exports.document import Inset, Paragraph, Quote, Section
from surveys.definition import words
from surveys.kinds import KINDS
from surveys.models import RespondentType

MOST_LISTED = 15
"""Comments listed for each question; all of them are in the row export."""
LONGEST_LISTED = 600
SAMPLED = 20_000
"""Responses looked through for comments: the report must stay quick however many there are."""

TELLING = re.compile(
    r"""(?xi)
    [\w.+-]+@[\w-]+\.\w+                          # an email address
    | (?:\+44|\b0)[\d\s-]{8,}\d                    # a telephone number
    | \b\d{3}[ -]?\d{3}[ -]?\d{4}\b                # an NHS number
    | \b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b        # a full postcode
    | \b(?:mr|mrs|ms|miss|dr|doctor|nurse|sister)\.?\s+[A-Z][a-z]+   # somebody by title and name
    | \b(?:born|birthday|dob)\b.*\d                # a date of birth
    """
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that would turn round what stands after a comment."""
ORDINARY = """
    i i'm i've i'd i'll a e gp gps nhs uk covid english british england mr mrs dr ok tv ccg icb
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february march april may june july august september october november december
    christmas easter parkinson's alzheimer's copd adhd bsl
"""
"""Words with a capital that name nobody."""
SEEN_OFTEN = 2
"""A word that so many people wrote with a small letter is a word, and not a name."""

ALIKE = 0.6
"""The share of a shorter text's runs of words that must stand in another for both to be the same campaign's."""
RUN = 5
FEWEST_RUNS = 8
"""Shorter texts are alike by chance: only when they are the same, word by word, are they listed once."""
CAMPAIGN = 10
"""So many senders of nearly the same words tell of a campaign. Its words are public, so a capital in them gives nobody away."""


@dataclass(frozen=True)
class Written:
    """What people wrote to each question that asks for words (`[(Question, [comment])]`), and the words in it that name
    nobody, in small letters.
    """

    comments: tuple
    common: frozenset


def what_people_wrote(results):
    """The comments of individuals, read once for a whole report."""
    asked = [q for q, summaries in results.questions_of_people() if summaries[0].chart == "text" and lists_comments(q)]
    found = comments_of(results, {question.key for question in asked}) if asked else {}
    common = ordinary_words(results, [text for texts in found.values() for text in texts])
    return Written(tuple((question, found[question.key]) for question in asked), frozenset(common))


def comments_section(results, written):
    """A section with the comments to each question that asks for words."""
    if not written.comments:
        return
    yield Section(
        "What people said in their own words",
        (
            Paragraph(
                "Some of the comments are listed here as people wrote them. They have not been grouped into themes."
            ),
            Inset(
                "A comment that looks as if it names somebody or a place, or gives a number to reach somebody, is held back "
                "until a person has read it. Comments show the range of views, not how many people hold each."
            ),
        ),
    )
    for question, comments in written.comments:
        blocks = listed_comments(results, question, comments, written.common)
        yield Section(results.heading(question), tuple(blocks), level=2)


def lists_comments(question):
    """Long answers are listed; short ones may be a name or a role, and postcodes are no comments."""
    return any(control.shape == "writing_box" for control in KINDS[question.kind].controls(question))


def comments_of(results, keys):
    """`{question key: [comment]}` of individuals, in the order received, from the first SAMPLED responses."""
    found = {key: [] for key in keys}
    for respondent_type, answers in islice(results.received.documents(), SAMPLED):
        if respondent_type != RespondentType.ORGANISATION:
            for key in keys & answers.keys():
                if isinstance(answers[key], str):
                    found[key].append(turned_straight(answers[key]))
    return found


def listed_comments(results, question, comments, common):
    """The paragraphs and quotes of one question."""
    _, wrote = results.asked_and_answered(question)
    if not wrote.value:
        few = "Too few people wrote a comment for any to be listed."
        yield Paragraph("Nobody wrote a comment." if wrote.printed == "0" else few)
        return
    groups = alike(comments)
    sent_by_many = [group for group in groups if group.number >= CAMPAIGN and not TELLING.search(group.text)]
    others = [group for group in groups if group not in sent_by_many]
    safe = [group for group in others if not may_identify(group.text, common)]
    # How many are listed must not tell more than the number beside it of how many wrote.
    most = min(MOST_LISTED, results.policy.possible(wrote.value)[0])
    chosen = evenly_chosen(safe, most)
    yield Paragraph(
        f"{wrote.printed} people wrote a comment."
        + (" Some of them are listed here, chosen evenly." if chosen else "")
        + (" Some are held back until a person has read them." if len(safe) < len(others) else "")
    )
    yield from (Quote(shortened(group.text)) for group in chosen)
    for group in sent_by_many:
        number = results.number_table({"Senders": group.number}, title="Senders").grand_total.printed
        yield Paragraph(f"{number} people sent nearly the same words, as happens when a campaign asks people to:")
        yield Quote(shortened(group.text))


def turned_straight(text):
    """A text without the marks that would turn round what stands after it."""
    return DIRECTION.sub("", text)


def evenly_chosen(found, most):
    """At most so many of a list, from all along it."""
    return found[:: max(1, -(-len(found) // most))]


def shortened(text):
    return text if len(text) <= LONGEST_LISTED else f"{text[:LONGEST_LISTED].rstrip()} [the rest is left out here]"


# What may name somebody -------------------------------------------------------------------------------------------------


def may_identify(text, common):
    """Whether a comment looks as if it could say who somebody is. Errs on the side of holding back.

    `common` are words in small letters that name nobody; any other word with a capital may be a name, or a place. A script
    without capitals hides its names from us.
    """
    if TELLING.search(text):
        return True
    found = WORD.findall(text)
    if any(word.lower() == word.upper() for word in found):
        return True
    return any(word[:1].isupper() and plain(word) not in common for word in found)


def ordinary_words(results, comments):
    """Words that name nobody: those of the questionnaire, and those that several people wrote with a small letter."""
    times = Counter(word for text in comments for word in {*WORD.findall(text)} if word[:1].islower())
    asked = " ".join(
        words(part)
        for question in results.definition.questions()
        for part in (question.text, question.hint, *(x.label for x in (*question.options, *question.statements)))
    )
    return (
        set(ORDINARY.split())
        | {plain(word) for word in WORD.findall(asked)}
        | {plain(word) for word, number in times.items() if number >= SEEN_OFTEN}
    )


def plain(word):
    return word.casefold().replace("’", "'")


# What was sent many times -----------------------------------------------------------------------------------------------


@dataclass
class Alike:
    """Texts in nearly the same words: the first of them, and how many there are."""

    text: str
    number: int = 1


def alike(texts):
    """Texts in the order of their first sending, those in nearly the same words together. Linear in their length."""
    groups: list[Alike] = []
    by_words: dict[tuple, Alike] = {}
    by_run: dict[tuple, list[int]] = defaultdict(list)
    for text in texts:
        found = tuple(plain(word) for word in WORD.findall(text))
        runs = {found[start : start + RUN] for start in range(len(found) - RUN + 1)}
        group = by_words.get(found) or likest(runs, groups, by_run)
        if group is None:
            group = Alike(text, 0)
            for run in runs:
                by_run[run].append(len(groups))
            groups.append(group)
        group.number += 1
        by_words[found] = group
    return groups


def likest(runs, groups, by_run):
    """The group whose first text shares enough runs of words with these; None when there is none, or too few runs to tell."""
    if len(runs) < FEWEST_RUNS:
        return None
    shared = Counter(place for run in runs for place in by_run.get(run, ()))
    place, number = max(shared.items(), key=lambda pair: pair[1], default=(None, 0))
    return groups[place] if number >= ALIKE * len(runs) else None
