"""The bytes that stand for equality answers in `Profile.codes`.

The same numbers as the survey engine's, so that a crosstab can line the two up; the engines do not know each other, and a test
of the service holds them together. "Asked and declined", "shown and left blank" and "not asked" are never merged.
"""

NOT_ASKED = 0
BLANK = 251
PREFER_NOT_TO_SAY = 252
MISSING = (NOT_ASKED, BLANK, PREFER_NOT_TO_SAY)
HIGHEST_OPTION_CODE = 240
