"""Counts under 10 hidden, the rest rounded to the nearest 5: used by the Office for National Statistics for small populations."""

from .rounding import RoundToFive


class TenAndFive(RoundToFive):
    key = "ons_10_5"
    label = (
        "Office for National Statistics small populations rule: 1 to 9 hidden, other numbers rounded to the nearest 5"
    )
    threshold = 9
