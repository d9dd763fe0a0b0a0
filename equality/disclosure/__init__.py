"""Disclosure control: `release(table, policy)` turns true counts into the only tables that may be shown.

Pure: no Django, no database. `POLICIES` lists the policies by key; the first is the default for what is published.
"""

from .base import Policy
from .exact import ExactCounts
from .gpps import SmallOrganisations
from .ledger import Ledger, LedgerEntry, UnsafeDifference
from .nhs_round5 import NhsRoundToFive
from .ons_10_5 import TenAndFive
from .release import release, release_linked
from .tables import CountTable, NotReleased, ReleasedCell, ReleasedTable

POLICIES: dict[str, Policy] = {
    policy.key: policy for policy in (NhsRoundToFive(), ExactCounts(), SmallOrganisations(), TenAndFive())
}
DEFAULT_POLICY = POLICIES["nhs_round5"]

__all__ = [
    "DEFAULT_POLICY",
    "POLICIES",
    "CountTable",
    "Ledger",
    "LedgerEntry",
    "NotReleased",
    "Policy",
    "ReleasedCell",
    "ReleasedTable",
    "UnsafeDifference",
    "release",
    "release_linked",
]
