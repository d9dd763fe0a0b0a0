"""Answers to the general practice consultation and to its equality questions, and mistakes that show each page's error state."""

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


def fill_in(page, step):
    """Answer the page as above."""
    for name, value in RADIOS.get(step, {}).items():
        choose(page, name, value)
    for name, values in TICKS.get(step, {}).items():
        for value in values:
            choose(page, name, value)
    for name, text in TEXTS.get(step, {}).items():
        page.fill(f'[name="{name}"]', text)


def make_mistakes(page, step):
    """Fill the page in wrongly, as above."""
    for name, value in WRONG[step].items():
        if isinstance(value, str) and page.locator(f'input[type=radio][name="{name}"]').count() == 0:
            page.fill(f'[name="{name}"]', value)
        else:
            choose(page, name, value)


def choose(page, name, value):
    """Click the words beside a box, as people do: the box itself lies under what is drawn for it."""
    identity = page.locator(f'[name="{name}"][value="{value}"]').get_attribute("id")
    page.click(f'label[for="{identity}"]')
