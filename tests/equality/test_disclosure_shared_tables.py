"""Complementary suppression against tables whose best answers were found by trying every set."""

import json

import pytest

from equality.disclosure.complement import Need, companions, number_then_count, widest_range
from equality.disclosure.network import UNBOUNDED, grids

from .disclosure_tables import table_in

TABLES = [
    "bfi_ageband_education.csv rule<5",
    "bfi_ageband_education.csv rule<10",
    "fischetti_salazar_3x3.csv",
    "gausssuppression_dataset_a.csv",
    "mass_survey_smoke_exer.csv rule<5",
    "mass_survey_smoke_exer.csv rule<10",
    "sdctable_microdata1_region_gender.csv rule<10",
]


@pytest.fixture(scope="module")
def expected(shared_data):
    return json.loads((shared_data / "sdc" / "expected_sdc.json").read_text())["tables"]


def places(table, grid, labels):
    """Indexes in the grid of cells named `row|column`."""
    wanted = {(table.rows.index(row), table.columns.index(column)) for row, column in (n.split("|") for n in labels)}
    return [index for index, cell in enumerate(grid) if cell.place in wanted]


@pytest.mark.parametrize("name", TABLES)
def test_attacker_intervals_of_the_best_pattern_are_those_found_by_linear_programming(name, expected, shared_data):
    case, table = expected[name], table_in(shared_data / "sdc" / name.split(" ")[0])
    (grid,) = grids(table)
    hidden = places(table, grid, case["primary"] + case["one_best_pattern"])

    for label, interval in case["feasibility_intervals_of_primary"].items():
        (index,) = places(table, grid, [label])
        assert widest_range(grid, hidden, index) == tuple(interval), label


def unprotected(table, grid, hidden, primary):
    """Primary cells that the published margins and cells give away exactly."""
    return [index for index in primary if len(set(widest_range(grid, hidden, index))) == 1]


@pytest.mark.parametrize("name", TABLES)
def test_fewest_companions_are_found_at_the_lowest_sum_of_counts(name, expected, shared_data):
    """With margins published and each primary cell only to be kept from being known exactly, either way."""
    case, table = expected[name], table_in(shared_data / "sdc" / name.split(" ")[0])
    (grid,) = grids(table)
    primary = places(table, grid, case["primary"])
    inner = [
        index
        for index, cell in enumerate(grid)
        if cell.place[0] < len(table.rows)
        and cell.place[1] < len(table.columns)
        and (cell.count or case["zeros_may_be_secondary"])
    ]

    chosen = companions(
        grid,
        hidden=primary,
        needs=[Need(index, down=0, up=1) for index in primary],
        candidates=inner,
        ceilings=[UNBOUNDED] * len(grid),
        cost=number_then_count(grid),
    )

    assert unprotected(table, grid, [*primary, *chosen], primary) == []
    assert len(chosen) == case["min_secondary_cells"]
    assert sum(grid[index].count for index in chosen) == case["min_secondary_count_sum_at_that_size"]
