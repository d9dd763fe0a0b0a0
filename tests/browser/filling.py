"""Answers to the consultations that are walked and to the equality questions, and mistakes that show each page's error state.

What is not about the outpatients consultation is about general practice, which most walks go through.
"""

RADIOS = {
    "answering_as": {"a1": 1},
    "practice": {"a2": 1},
    "site": {"a3": 2},
    "visits": {"a4": 3},
    "travel": {"a5": 1},
    "journey_time": {"a6": 2},
    "experience": {"a7": 2},
    "options": {"a9.keep": 1, "a9.change": 2, "a9.close": 5},
    "changes": {"a10.1": 6, "a10.2": 7},
    "if_it_closed": {"a13": 5},
    "effect": {"a15": 4},
    "fairness": {"a17": 1},
    "information": {"a19": 2},
    "heard": {"a20": 3},
    "age": {"age": "65_74"},
    "disability": {"disability": "yes"},
    "disability_impact": {"disability_impact": "a_little"},
    "ethnic_broad": {"ethnic_broad": "asian"},
    "ethnic_group": {"ethnic_group": "a_other"},
    "religion": {"religion": "pnts"},
    "sex": {"sex": "female", "gender_identity": "same"},
    "about-you": {"answer": "yes"},
    "choice": {"choice": 1},
}
TICKS = {"difficulties": {"a14": [3, 6]}, "groups": {"a18": [1, 13]}, "veteran": {"veteran": ["no"]}}
TEXTS = {
    "keep": {"a8": "They listen."},
    "reasons": {"a11": "I walk there."},
    "less_effect": {"a16": "A bus."},
    "groups": {"a18a": "It is uphill."},
    "postcode": {"postcode": "NB1 1AA"},
    "why": {"why": "It is near."},
}
WRONG = {
    "answering_as": {},
    "practice": {},
    "about-you": {},
    "choice": {},
    "keep": {"a8": "x" * 4_001},
    "reasons": {"a11": "x" * 4_001},
    "other_options": {"a12": "x" * 4_001},
    "less_effect": {"a16": "x" * 4_001},
    "changes": {"a10.1": 6, "a10.2": 6},
    "groups": {"a18a": "x" * 4_001},
    "postcode": {"postcode": "nowhere at all"},
    "ethnic_group": {"ethnic_group": "a_other", "ethnic_group_text": "x" * 201},
}
"""What shows each page's error state, on the pages that have one."""
OUTPATIENTS = {
    "answering_as": {"c1": 1},
    "services": {"c2": [1, 3]},
    "referred@1": {"c3@1": 2},
    "referred@3": {"c3@3": 1},
    "wait@1": {"c4@1": 2},
    # Still waiting: not asked about an appointment with this one.
    "wait@3": {"c4@3": 6},
    "informed@1": {"c5@1": 4},
    "informed@3": {"c5@3": 2},
    "seen_where@1": {"c6@1": 1},
    "journey_there@1": {"c7@1": 1, "c7a@1": 2},
    "experience@1": {"c8@1": 2},
    "involved@1": {"c9@1": 3},
    "went_wrong@1": {"c10@1": [3, 6]},
    "went_wrong@3": {"c10@3": [10]},
    "matters": {"c11.1": 1, "c11.2": 3},
    "travel": {"c12": 2},
    "proposals": {"c13.single": 1, "c13.community": 5, "c13.video": 4},
    "video_reasons": {"c14": [1, 5]},
    "community_reasons": {"c15": "It is too far."},
    "location": {"c16": 3},
    "effect": {"c17": "I would miss work."},
    "less_effect": {"c18": "Evening times."},
    "information": {"c19": 2},
}
OUTPATIENTS_WRONG = {
    "answering_as": {},
    "services": {},
    "matters": {"c11.1": 2, "c11.2": 2},
    "community_reasons": {"c15": "x" * 4_001},
    "effect": {"c17": "x" * 4_001},
    "less_effect": {"c18": "x" * 4_001},
}
GENERAL_PRACTICE = {
    step: {**RADIOS.get(step, {}), **TICKS.get(step, {}), **TEXTS.get(step, {})} for step in (RADIOS | TICKS | TEXTS)
}
ABOUT_YOU = {
    "about-you",
    "age",
    "disability",
    "disability_impact",
    "ethnic_broad",
    "ethnic_group",
    "religion",
    "sex",
    "veteran",
    "postcode",
}
"""The pages after the send, which are alike for every consultation."""
ANSWERS = {"outpatients": (OUTPATIENTS, OUTPATIENTS_WRONG)}
"""What is filled in, and what is wrong, by the consultation's slug."""


def answers_of(slug, step):
    """What is filled in on a page, and the mistakes to make there (None: it has no error state)."""
    right, wrong = ANSWERS.get(slug, (GENERAL_PRACTICE, WRONG)) if step not in ABOUT_YOU else (GENERAL_PRACTICE, WRONG)
    return right.get(step, {}), wrong.get(step)


def fill_in(page, step, slug="apms"):
    """Answer the page as above."""
    put(page, answers_of(slug, step)[0])


def make_mistakes(page, step, slug="apms"):
    """Fill the page in wrongly, as above."""
    put(page, answers_of(slug, step)[1])


def put(page, answers):
    """Choose and type `{control: value or [values]}`."""
    for name, value in answers.items():
        if isinstance(value, str) and page.locator(f'input[type=radio][name="{name}"]').count() == 0:
            page.fill(f'[name="{name}"]', value)
            continue
        for one in value if isinstance(value, list) else [value]:
            choose(page, name, one)


def choose(page, name, value):
    """Click the words beside a box, as people do: the box itself lies under what is drawn for it."""
    identity = page.locator(f'[name="{name}"][value="{value}"]').get_attribute("id")
    page.click(f'label[for="{identity}"]')
