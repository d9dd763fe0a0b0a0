"""The worked examples of the disclosure rules, number by number."""

import pytest

from equality.disclosure import POLICIES, CountTable, Ledger, release, release_linked
from equality.disclosure.audit import Audit
from equality.disclosure.base import Reason, telling_places
from equality.disclosure.dominance import gives_away_largest, is_dominated, weights_dominate
from equality.disclosure.ledger import difference_is_safe

from .disclosure_tables import one_way, shown, shown_one_way, two_way

NHS, EXACT, GPPS = POLICIES["nhs_round5"], POLICIES["exact"], POLICIES["gpps"]


def test_one_way_table_is_rounded_and_its_small_counts_hidden():
    table = one_way(412, 23, 9, 6, 3, 0, 14)

    assert shown_one_way(release(table, NHS)) == ["410", "25", "10", "[c]", "[c]", "0", "15", "465"]
    assert Audit(table, NHS).ranges(NHS.hide(table)) == {(3, 0): (1, 7), (4, 0): (1, 7)}


def test_rounding_alone_leaves_two_possible_counts_so_a_companion_is_hidden():
    table = one_way(6, 412)
    audit = Audit(table, NHS)

    assert audit.ranges({(0, 0): Reason.SMALL}) == {(0, 0): (6, 7)}
    assert shown_one_way(release(table, NHS)) == ["[c]", "[c]", "420"]
    assert audit.ranges(NHS.hide(table))[0, 0] == (1, 7)


def test_rounding_is_enough_when_there_is_a_third_number():
    table = one_way(6, 412, 23)

    assert shown_one_way(release(table, NHS)) == ["[c]", "410", "25", "440"]
    assert Audit(table, NHS).ranges(NHS.hide(table)) == {(0, 0): (1, 7)}


@pytest.mark.parametrize(
    ("count", "rounded"), [(0, 0), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (22, 20), (23, 25)]
)
def test_count_is_rounded_to_the_nearest_five(count, rounded):
    assert NHS.published(count) == rounded


def test_gp_patient_survey_rule_hides_the_next_lowest_beside_a_single_small_count():
    assert shown_one_way(release(one_way(412, 23, 9, 6, 3, 0, 14), GPPS)) == [
        "412", "23", "9", "[c]", "[c]", "0", "14", "467",
    ]  # fmt: skip


def test_two_small_counts_that_sum_to_a_small_number_take_a_third_with_them():
    table = one_way(1, 2, 30)
    both = {(0, 0): Reason.SMALL, (1, 0): Reason.SMALL}

    assert shown_one_way(release(table, EXACT)) == ["[c]", "[c]", "[c]", "33"]
    assert telling_places(table, EXACT) == both


def test_exact_two_way_table_hides_the_cheapest_rectangle():
    table = two_way([[12, 3, 20], [40, 15, 30], [55, 18, 42], [9, 14, 25]])

    assert shown(release(table, EXACT)) == [
        ["[c]", "[c]", "20", "35"],
        ["40", "15", "30", "85"],
        ["55", "18", "42", "115"],
        ["[c]", "[c]", "25", "48"],
        ["116", "50", "117", "283"],
    ]


def test_exact_two_way_table_with_two_small_counts_in_a_row_hides_two_whole_rows():
    table = two_way([[1, 2, 30], [25, 40, 35], [18, 22, 27]])

    assert shown(release(table, EXACT)) == [
        ["[c]", "[c]", "[c]", "33"],
        ["25", "40", "35", "100"],
        ["[c]", "[c]", "[c]", "67"],
        ["44", "64", "92", "200"],
    ]


@pytest.mark.parametrize(
    ("policy", "previous", "new", "is_safe"),
    [
        (EXACT, 418, 412, False),
        (EXACT, 12, 13, False),
        (EXACT, 12, 12, True),
        (EXACT, 12, 30, True),
        (EXACT, None, 12, False),
        (EXACT, None, None, True),
        (NHS, 10, 15, True),
        (NHS, None, 10, True),
        (NHS, 0, None, True),
        (NHS, 420, 410, True),
    ],
)
def test_difference_of_two_releases_is_safe_only_if_it_cannot_be_a_small_known_number(policy, previous, new, is_safe):
    assert difference_is_safe(previous, new, policy) == is_safe


def test_ledger_blocks_a_second_release_that_isolates_six_organisations():
    everyone = release(one_way(318, 100), EXACT)
    individuals = release(one_way(312, 100), EXACT)

    found = Ledger().with_release(everyone).unsafe_differences(individuals, EXACT)

    assert [(place.row, place.previous, place.new) for place in found] == [
        ("answer 1", 318, 312),
        ("answer 1", 318, 312),
        ("", 418, 412),
        ("", 418, 412),
    ]


def test_ledger_lets_a_rounded_second_release_through():
    ledger = Ledger().with_release(release(one_way(12, 100), NHS))

    assert ledger.unsafe_differences(release(one_way(13, 100), NHS), NHS) == ()


def test_ledger_blocks_a_second_release_under_another_policy():
    ledger = Ledger().with_release(release(one_way(12, 101), NHS))

    assert {place.why for place in ledger.unsafe_differences(release(one_way(12, 101), EXACT), EXACT)} == {
        "published before under another policy, nhs_round5"
    }


def test_ledger_entry_survives_storage_and_notices_tampering():
    (entry,) = Ledger().with_release(release(one_way(12, 101), NHS)).entries
    stored = entry.as_json()

    assert type(entry).from_json(stored) == entry
    with pytest.raises(ValueError, match="was changed"):
        type(entry).from_json(stored | {"policy": "exact"})


@pytest.mark.parametrize(
    ("contributions", "dominated", "given_away"),
    [
        ([50, 30, 10, 5, 5], False, False),
        ([60, 30, 4, 3, 3], True, False),
        ([90, 5, 1], True, True),
        ([], False, False),
    ],
)
def test_dominance_rules_find_sums_that_rest_on_one_or_two(contributions, dominated, given_away):
    assert (is_dominated(contributions), gives_away_largest(contributions)) == (dominated, given_away)


@pytest.mark.parametrize(
    ("weights", "dominate"),
    [([3, 1, 1], True), ([1, 1, 1], False), ([4, 4, 1], True), ([2, 2, 2, 2], False), ([], False)],
)
def test_weighted_cell_is_flagged_when_one_or_two_weights_carry_it(weights, dominate):
    assert weights_dominate(weights) == dominate


def test_group_of_fewer_than_ten_is_hidden_whole_in_an_equality_breakdown():
    table = two_way([[40, 8, 22], [31, 0, 25], [19, 1, 30]], by="age")

    assert shown(release(table, NHS)) == [
        ["40", "[c]", "20", "70"],
        ["30", "[c]", "25", "55"],
        ["20", "[c]", "30", "50"],
        ["90", "[c]", "75", "175"],
    ]


def test_small_group_that_answers_alike_is_hidden():
    table = two_way([[40, 15, 22], [31, 0, 25]], by="age")

    assert [row[1] for row in shown(release(table, NHS))] == ["[c]", "[c]", "15"]


def test_row_of_five_single_people_is_withheld_with_its_zeros():
    # Five hidden numbers and a hidden total of at most 7 would leave 1, 2 or 3 for each.
    table = two_way([[1, 1, 0, 1, 1, 1], [30, 41, 52, 63, 74, 85]], by="age")

    assert shown(release(table, NHS)) == [
        ["[c]"] * 7,
        ["30", "40", "50", "65", "75", "85", "345"],
        ["30", "40", "50", "65", "75", "85", "350"],
    ]


@pytest.mark.parametrize("policy", [NHS, EXACT], ids=["nhs_round5", "exact"])
def test_answer_of_few_people_says_nothing_of_their_groups_not_even_a_zero(policy):
    # "0 of them are men" beside a hidden total would say that everybody who gave this answer is a woman.
    table = two_way([[0, 4], [40, 60], [55, 85]], by="sex")

    assert shown(release(table, policy))[0] == ["[c]", "[c]", "[c]"]


@pytest.mark.parametrize("policy", [NHS, EXACT], ids=["nhs_round5", "exact"])
def test_answer_of_few_people_in_two_of_three_groups_does_not_say_which_group_they_are_not_of(policy):
    table = two_way([[0, 2, 3], [40, 60, 50], [55, 85, 70]], by="age")

    assert shown(release(table, policy))[0] == ["[c]", "[c]", "[c]", "[c]"]


def test_answer_of_under_twenty_people_all_of_one_group_is_not_broken_down():
    table = two_way([[0, 14, 0], [40, 60, 30], [0, 0, 0], [9, 14, 0]], by="age")

    assert shown(release(table, NHS))[:4] == [
        ["[c]", "[c]", "[c]", "15"],
        ["40", "60", "30", "130"],
        ["0", "0", "0", "0"],
        ["10", "15", "0", "25"],
    ]


def test_tick_box_rows_are_counted_against_their_base_and_not_added_up():
    table = two_way([[40, 12], [3, 11], [38, 30]], by="disability", bases=[50, 33])

    assert shown(release(table, NHS)) == [
        ["40", "10", "50"],
        ["[c]", "10", "15"],
        ["40", "30", "70"],
        ["50", "35", "85"],
    ]


def test_exact_tick_box_row_hides_the_two_people_who_did_not_tick():
    table = one_way(98, 40, base=100)

    assert shown_one_way(release(table, EXACT)) == ["[c]", "40", "100"]


def test_table_without_published_totals_shows_none():
    released = release(two_way([[40, 12], [31, 30]], totals_published=False), NHS)

    assert shown(released) == [["40", "10", "[x]"], ["30", "30", "[x]"], ["[x]", "[x]", "[x]"]]
    assert {cell.shown for row in released.percentages() for cell in row} == {"[x]"}


def test_policies_are_listed_with_the_published_default_first():
    assert list(POLICIES) == ["nhs_round5", "exact", "gpps", "ons_10_5"]


def test_one_way_table_by_a_characteristic_of_one_column_has_no_second_total():
    table = CountTable(title="t", question="q", by="sex", rows=("yes", "no"), columns=("Female",), counts=[[20], [30]])

    assert shown(release(table, NHS)) == [["20", "20"], ["30", "30"], ["50", "50"]]


def test_total_hidden_in_one_table_is_hidden_wherever_the_same_number_stands():
    # By sex the 9 must go, for 1 of 9 would show who the one is not; for everyone nothing else would ask for it.
    by_sex = two_way([[1, 8], [60, 70]], by="sex")
    everyone = one_way(9, 130)

    alone, together = release(everyone, EXACT), release_linked([everyone, by_sex], EXACT)

    totals = [row[-1] for row in shown(together[1])]
    assert shown_one_way(together[0]) == totals
    assert shown_one_way(alone) == ["9", "130", "139"]


def test_linked_tables_that_hide_nothing_of_each_other_are_released_as_they_are_alone():
    tables = [one_way(72, 100), two_way([[30, 42], [60, 40]], by="sex"), two_way([[3, 69], [60, 40]], by="age")]

    assert release_linked(tables, NHS) == tuple(release(table, NHS) for table in tables)
