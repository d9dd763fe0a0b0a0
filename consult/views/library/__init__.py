"""The question library: questions that a team shares between its questionnaires."""

from consult.views.library import drafts, shared

__all__ = ["drafts", "shared"]
