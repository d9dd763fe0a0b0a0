"""The languages and easy read of a questionnaire: what each lacks, and writing them beside the standard words by plain forms."""

from consult.views.languages import around, listing, pictures, whole, writing

__all__ = ["around", "listing", "pictures", "whole", "writing"]
