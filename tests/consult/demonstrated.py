"""The demonstration's questionnaires, for tests."""

import pytest

from consult.demonstration.facts import SLUGS, facts_of

EVERY = pytest.mark.parametrize("slug", SLUGS)
APMS, OLDER_YOU, OUTPATIENTS = (facts_of(slug).questionnaire() for slug in SLUGS)
