"""A walk through a questionnaire's draft that saves nothing: what was answered goes along in each page's form, signed.

The pages are those that residents will see. Links for colleagues are in `preview_links.py`.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.core import signing

from consult.progress import Progress
from surveys.piping import repeats_text
from surveys.renderings import questionnaire_as_asked

CARRIED = "consult.preview.carried"


@dataclass
class Carried:
    """What a walk has so far, in the shape of a draft of answers; it is never stored."""

    answers: dict = field(default_factory=dict)
    pages: list = field(default_factory=list)
    typed: dict = field(default_factory=dict)
    language: str = "en"
    variant: str = ""

    def kept(self):
        """Everything, to be compared with later."""
        return deepcopy(vars(self))

    def signed(self):
        """The same for a hidden field."""
        return signing.dumps(vars(self), salt=CARRIED, compress=True)


def carried_in(text):
    """What a hidden field holds; a new walk where it holds nothing of ours."""
    try:
        return Carried(**signing.loads(text, salt=CARRIED))
    except signing.BadSignature:
        return Carried()


class PreviewProgress(Progress):
    """Somebody's way through a draft that is not published."""

    def __init__(self, carried, definition):
        self.draft = carried
        repeating = frozenset(page.key for page in definition.pages if repeats_text(page, definition))
        self.version = SimpleNamespace(definition=definition, pages_repeating_text=repeating)
        self.definition = questionnaire_as_asked(definition, carried.variant)
        self.follow_route()

    def fields(self, key):
        """Made anew: what is not published may be another by the next page."""
        return self.made_fields(key)

    def save(self, *, now, is_on_the_way=False):
        """Nothing: a preview keeps no answers."""
