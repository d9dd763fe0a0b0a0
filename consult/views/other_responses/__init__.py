"""Staff pages for letters, emails, events and petitions."""

from consult.views.other_responses import listing, recording, withdrawing

__all__ = ["listing", "recording", "withdrawing"]
