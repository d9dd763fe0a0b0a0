"""What sets a flag, at its edges."""

import pytest

from consult.flags import Flag, flags_of

PLAIN = {"seconds": 600, "answered": 10, "asked": 14, "from_network": 1}


@pytest.mark.parametrize(
    "facts, flags",
    [
        ({}, ()),
        ({"seconds": 20}, ()),
        ({"seconds": 19}, (Flag.FAST,)),
        ({"seconds": 0}, (Flag.FAST,)),
        ({"answered": 3, "asked": 20}, ()),
        ({"answered": 2, "asked": 20}, (Flag.BLANK,)),
        ({"answered": 0, "asked": 0}, ()),
        ({"from_network": 19}, ()),
        ({"from_network": 20}, (Flag.NETWORK,)),
        ({"seconds": 1, "answered": 1, "asked": 14, "from_network": 500}, (Flag.FAST, Flag.BLANK, Flag.NETWORK)),
    ],
)
def test_a_flag_is_set_at_its_criterion_and_not_before(facts, flags):
    assert flags_of(**(PLAIN | facts)) == flags
