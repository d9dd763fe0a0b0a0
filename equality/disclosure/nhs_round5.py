"""The default for everything published: NHS Digital's rule for hospital statistics below national level.

Since September 2018: zero shown as zero, 1 to 7 hidden, other counts rounded to the nearest 5, percentages from rounded
numbers. The rule replaced "1 to 5 with secondary suppression by hand"; the interval audit is this project's addition.
"""

from .rounding import RoundToFive


class NhsRoundToFive(RoundToFive):
    key = "nhs_round5"
    label = "NHS England hospital statistics rule: 1 to 7 hidden, other numbers rounded to the nearest 5"
    threshold = 7
