"""Counting and statistics on arrays of answer codes: numpy in, whole numbers out, no Django.

Every count made here is a true count, before disclosure control: nothing from this package may be shown or exported
until `equality.disclosure.release` has seen it. Shares and percentages are therefore worked out after release, not here.
"""
