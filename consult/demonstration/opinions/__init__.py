"""What invented people think, one file for each questionnaire: a chooser for every question. Pure."""

from collections.abc import Mapping

from consult.demonstration.choosing import Chooser
from consult.demonstration.opinions.apms import APMS
from consult.demonstration.opinions.older_you import OLDER_YOU
from consult.demonstration.opinions.outpatients import OUTPATIENTS

OPINIONS: Mapping[str, Mapping[str, Chooser]] = {"apms": APMS, "older-you": OLDER_YOU, "outpatients": OUTPATIENTS}
"""`{slug: {question key: chooser}}`."""

__all__ = ["OPINIONS"]
