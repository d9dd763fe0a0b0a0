"""Beginning a consultation: the facts and times that a new one starts with, wherever its questionnaire comes from.

From a starting point, a past consultation or a file: all of them are drafts that nobody but their team sees.
"""

from datetime import time, timedelta

from consult.services import create_consultation
from consult.starting_points import newest_question_set
from consult.uk_time import uk_day, uk_moment
from equality.disclosure import DEFAULT_POLICY

NEEDED = {"summary": "", "purpose": "", "still_open": "", "decided_by": "", "baseline": "england-16plus"}
"""Facts that a consultation cannot be without, where what it begins with says nothing of them."""
OPENS_AFTER, OPEN_FOR = timedelta(weeks=4), timedelta(weeks=12)
"""The dates that a new consultation begins with, to be changed: they leave time to write it, and to answer it."""


def begin_consultation(start, *, slug, title, short_name, team, by, now):
    """A new consultation, as a draft, made of a `starting_points.StartingPoint`, whose facts come before ours."""
    opens_on = uk_day(now + OPENS_AFTER)
    facts = NEEDED | {"question_set": newest_question_set(), "policy": DEFAULT_POLICY.key} | start.facts
    own = {"slug": slug, "title": title, "short_name": short_name}
    times = {"opens_at": uk_moment(opens_on, time(9)), "closes_at": uk_moment(opens_on + OPEN_FOR, time(23, 59))}
    return create_consultation(start.definition, team=team, by=by, now=now, **facts | own | times)
