"""Intervals against Newcombe's published vectors, and the rules any interval of a share obeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.analysis.intervals import Interval, effective_base, newcombe_difference, wilson

shares = st.integers(1, 10**7).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def rounded(interval, digits=4):
    return round(interval.low, digits), round(interval.high, digits)


@pytest.mark.parametrize(
    ("people", "base", "bounds"),
    (
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
        (23, 60, (0.2709, 0.5098)),
    ),
)
def test_wilson_gives_the_bounds_newcombe_published(people, base, bounds):
    assert rounded(wilson(people, base)) == bounds


@pytest.mark.parametrize(
    ("people", "percent"),
    (
        (12, (1.7, 5.2)),
        (30, (5.3, 10.5)),
        (44, (8.3, 14.4)),
        (62, (12.3, 19.4)),
        (88, (18.2, 26.3)),
        (104, (21.9, 30.5)),
        (50, (9.6, 16.1)),
        (10, (1.4, 4.5)),
    ),
)
def test_wilson_gives_the_age_bands_of_the_representativeness_example(people, percent):
    interval = wilson(people, 400)

    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == percent


def test_newcombe_difference_gives_the_published_bounds():
    assert rounded(newcombe_difference(56, 70, 48, 80)) == (0.0524, 0.3339)


@given(shares, st.floats(0.01, 0.999))
def test_wilson_stays_within_nought_and_one_and_contains_the_share(share, confidence):
    people, base = share
    interval = wilson(people, base, confidence=confidence)

    assert 0 <= interval.low <= people / base <= interval.high <= 1


@given(shares)
def test_wilson_of_the_others_is_its_mirror_image(share):
    people, base = share
    interval, mirrored = wilson(people, base), wilson(base - people, base)

    assert (interval.low, interval.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)


@given(shares, shares)
def test_newcombe_difference_contains_the_difference_and_turns_round_with_the_groups(first, second):
    interval = newcombe_difference(*first, *second)
    turned = newcombe_difference(*second, *first)

    assert -1 <= interval.low <= first[0] / first[1] - second[0] / second[1] <= interval.high <= 1
    assert (interval.low, interval.high) == pytest.approx((-turned.high, -turned.low), abs=1e-12)


@pytest.mark.parametrize(("people", "base"), ((0, 0), (-1, 5), (6, 5)))
def test_share_of_nobody_or_of_more_than_everybody_has_no_interval(people, base):
    with pytest.raises(ValueError, match="not a share"):
        wilson(people, base)


def test_unanimous_group_reaches_exactly_one():
    assert wilson(20, 20).high == 1.0
    assert wilson(0, 20) == Interval(0.0, wilson(0, 20).high)


def test_effective_base_of_kish_example():
    assert effective_base([1, 1, 1, 3, 4]) == pytest.approx(100 / 28)


def test_effective_base_of_post_stratified_age_bands():
    people = (12, 30, 44, 62, 88, 104, 50, 10)
    population = (30683, 43689, 41319, 46419, 42982, 35245, 21945, 6410)
    weights = [(there / sum(population)) / (here / sum(people)) for here, there in zip(people, population, strict=True)]

    assert [round(weight, 3) for weight in weights] == [3.806, 2.168, 1.398, 1.115, 0.727, 0.505, 0.653, 0.954]
    each = [weight for weight, here in zip(weights, people, strict=True) for _ in range(here)]
    assert round(effective_base(each), 1) == 275.2


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=50))
def test_effective_base_is_between_one_and_the_base(weights):
    assert 1 - 1e-9 <= effective_base(weights) <= len(weights) * (1 + 1e-9)


@pytest.mark.parametrize("weights", ([], [0, 0], [1, -1]))
def test_effective_base_refuses_weights_that_are_none(weights):
    with pytest.raises(ValueError, match="weights"):
        effective_base(weights)
