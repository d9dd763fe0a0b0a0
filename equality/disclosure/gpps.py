"""The GP Patient Survey's rule for small organisations: 1 to 4 hidden, and the next-lowest number with a single hidden one."""

from .exact import ExactCounts


class SmallOrganisations(ExactCounts):
    key = "gpps"
    label = "GP Patient Survey rule for small organisations: 1 to 4 hidden together with enough others"
    threshold = 4
