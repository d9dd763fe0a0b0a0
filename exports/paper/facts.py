"""What a paper form says that is not in its questionnaire: who asks, by when, where to send it. Filled in by whoever knows."""

import hashlib
from dataclasses import dataclass, field, replace

from surveys.definition import Definition

DRAFT = 0
"""The version of a form that was not published."""


@dataclass(frozen=True)
class PaperFacts:
    """The words around the questions, in the language of the form; what is not translated is marked (`definition.Borrowed`).

    `slug` and `version` name the form (`form_code`). `start_address` is where the form is on the web, `short_address` one to type
    that leads there. `privacy` are paragraphs; `next_steps` say what happens after closing; `return_address` are lines, printed
    exactly as they are. `languages` are other languages with a sentence in each. `mark` is said on every page, "" for nothing.
    `equality` are the questions about the person as paper asks them, None for none.
    """

    slug: str
    version: int
    title: str
    organisation: str
    summary: str
    still_open: str
    post_by: str
    closes: str
    phone: str
    start_address: str
    short_address: str
    privacy: tuple[str, ...]
    next_steps: tuple[str, ...]
    return_address: tuple[str, ...]
    languages: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    equality: Definition | None = field(default=None, compare=False)

    @property
    def is_draft(self) -> bool:
        """Whether it may not be posted."""
        return self.version == DRAFT

    @property
    def is_freepost(self) -> bool:
        """Whether the return address is one that needs no stamp."""
        return any("freepost" in line.lower() for line in self.return_address)

    def digest(self) -> str:
        """A short name for all of it: a form drawn of other facts is another form."""
        return hashlib.sha256(repr(replace(self, equality=None)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
