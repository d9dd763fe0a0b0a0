"""Staff pages for batches of paper forms."""

from consult.views.batches import batch, cover, deciding, form, listing, opening, scans, second

__all__ = ["batch", "cover", "deciding", "form", "listing", "opening", "scans", "second"]
