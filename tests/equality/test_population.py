"""The population files against the census tables they were taken from, and against the question bank."""

import csv
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

import pytest

from equality.categories import QUESTION_SETS, reported_characteristics
from equality.population import UnknownBaseline, all_baselines, baseline_choices, find_baseline

NOISE = 30
"""Census tables are perturbed one by one, so the same people differ by a few dozen from table to table."""


@dataclass(frozen=True)
class Asked:
    key: str
    values: tuple[str, ...]


AGES = ("16_24", "25_34", "35_44", "45_54", "55_64", "65_74", "75_84", "85plus")


@pytest.fixture(scope="module")
def census(shared_data):
    """`{(table, area): {category: people}}` of the reference file."""
    found = {}
    with (shared_data / "reference" / "census2021_wigan_england.csv").open(newline="") as file:
        for line in csv.DictReader(file):
            found.setdefault((line["table"], line["area_name"]), {})[line["category"]] = int(line["value"])
    return found


def people(key, characteristic):
    return {row.value: row.people for row in find_baseline(key).rows if row.characteristic == characteristic}


def test_wigan_age_figures_are_the_published_ones():
    figures = find_baseline("wigan-16plus").figures(Asked("age", AGES))

    assert figures == (30_683, 43_689, 41_319, 46_419, 42_982, 35_245, 21_945, 6_410)
    assert sum(figures) == 268_692


def test_england_age_figures_sum_to_everybody_of_16_or_over():
    assert sum(find_baseline("england-16plus").figures(Asked("age", AGES))) == 46_006_951


def test_older_people_of_wigan_are_the_last_four_bands():
    figures = find_baseline("wigan-55plus").figures(Asked("age", AGES))

    assert figures == (0, 0, 0, 0, 42_982, 35_245, 21_945, 6_410)
    assert sum(figures) == 106_582
    assert [round(100 * count / 106_582, 2) for count in figures[4:]] == [40.33, 33.07, 20.59, 6.01]


def test_ages_agree_with_the_five_year_groups_but_for_census_noise(census):
    groups = census["TS007A", "Wigan"]
    ages = people("wigan-16plus", "age")

    def between(*names):
        return sum(groups[f"Aged {name}"] for name in names)

    assert abs(ages["25_34"] - between("25 to 29 years", "30 to 34 years")) <= NOISE
    assert abs(ages["65_74"] - between("65 to 69 years", "70 to 74 years")) <= NOISE
    assert abs(ages["75_84"] - between("75 to 79 years", "80 to 84 years")) <= NOISE
    assert ages["85plus"] == groups["Aged 85 years and over"]


@pytest.mark.parametrize(("key", "from_age"), [("wigan-16plus", 16), ("wigan-55plus", 55)])
def test_sex_is_the_sum_of_single_years_of_age(key, from_age, census):
    found = Counter()
    for category, count in census["TS009", "Wigan"].items():
        sex, age = category.split(": Aged ")
        years = 0 if age.startswith("under") else int(age.split()[0])
        if years >= from_age:
            found[sex.lower()] += count

    assert people(key, "sex") == {"female": found["female"], "male": found["male"]}


@pytest.mark.parametrize("area", ["Wigan", "England"])
def test_nineteen_ethnic_groups_and_their_five_broad_ones_are_the_same_people(area, census):
    key = f"{area.lower()}-16plus"
    detailed, broad = people(key, "ethnic_group"), people(key, "ethnic_broad")

    assert sorted(detailed.values()) == sorted(census["TS021", area].values())
    assert sum(broad.values()) == sum(detailed.values()) == {"Wigan": 329_330, "England": 56_490_065}[area]
    assert broad["white"] == sum(count for value, count in detailed.items() if value.startswith("w_"))


def test_broad_ethnic_groups_of_wigan_are_the_sums_that_were_worked_out():
    assert people("wigan-16plus", "ethnic_broad") == {
        "white": 312_952, "mixed": 4_353, "asian": 5_826, "black": 3_907, "other": 2_292,
    }  # fmt: skip


@pytest.mark.parametrize("area", ["Wigan", "England"])
@pytest.mark.parametrize(
    ("characteristic", "table", "left_out"),
    [
        ("religion", "TS030", {"Not answered", "Total: All usual residents"}),
        ("sexual_orientation", "TS077", {"Not answered"}),
    ],
)
def test_voluntary_questions_leave_out_those_who_did_not_answer(area, characteristic, table, left_out, census):
    answered = [count for category, count in census[table, area].items() if category not in left_out]

    assert sorted(people(f"{area.lower()}-16plus", characteristic).values()) == sorted(answered)


@pytest.mark.parametrize("area", ["Wigan", "England"])
def test_disability_carers_and_partnership_add_up_to_their_tables(area, census):
    key = f"{area.lower()}-16plus"
    disability, care = census["TS038", area], census["TS039", area]
    limited = [count for category, count in disability.items() if "limited a" in category]
    top_level = [count for name, count in census["TS002", area].items() if ":" not in name and name != "Total"]

    assert people(key, "disabled")["disabled"] == sum(limited)
    assert people(key, "carer")["not_carer"] == care["Provides no unpaid care"]
    assert sorted(people(key, "marriage_cp").values()) == sorted(top_level)


def test_carers_of_wigan_are_all_hours_together(census):
    care = census["TS039", "Wigan"]

    assert sum(people("wigan-16plus", "carer").values()) == sum(care.values())


def test_veterans_of_wigan_are_those_who_served_in_either_force(census):
    veterans = census["TS071", "Wigan"]

    assert sum(people("wigan-16plus", "veteran").values()) == sum(veterans.values())
    assert (
        people("wigan-16plus", "veteran")["not_veteran"] == veterans["Has not previously served in any UK armed forces"]
    )


def test_deprivation_fifths_of_wigan_are_the_shares_that_were_worked_out():
    fifths = people("wigan-16plus", "deprivation")

    assert sum(fifths.values()) == 329_352
    assert [round(100 * count / 329_352, 2) for count in fifths.values()] == [28.48, 21.85, 12.21, 16.94, 20.51]


@pytest.mark.parametrize("set_version", sorted(QUESTION_SETS))
@pytest.mark.parametrize("key", sorted(all_baselines()))
def test_every_figure_belongs_to_a_category_that_is_reported(set_version, key):
    baseline = find_baseline(key)
    compared = {c.key: baseline.figures(c) for c in reported_characteristics(set_version)}

    assert {"age", "sex"} <= {name for name, figures in compared.items() if figures}
    assert all(sum(figures) > 0 for figures in compared.values() if figures)


@pytest.mark.parametrize("set_version", sorted(QUESTION_SETS))
def test_nothing_uncertain_or_unknown_has_a_figure(set_version):
    baseline = find_baseline("wigan-16plus")
    without = [c for c in reported_characteristics(set_version) if c.context_only or c.key == "pregnancy_maternity"]

    assert without
    assert [baseline.figures(c) for c in without] == [None] * len(without)


def test_every_row_names_its_source_base_and_licence():
    rows = [row for baseline in all_baselines().values() for row in baseline.rows]

    assert {row.licence for row in rows} == {"Open Government Licence v3.0"}
    assert all(row.source and row.base and row.table and row.how and row.year in (2021, 2025) for row in rows)
    assert all(row.caveat for row in rows if "all ages" in row.base or "aged 5 or" in row.base)


def test_note_under_a_comparison_says_whose_figures_they_are():
    note = find_baseline("wigan-16plus").source_note(Asked("disabled", ()))

    assert note == (
        "Population: people aged 16 or over in Wigan. Figures are for people of all ages in 2021, table TS038 (published "
        "local authority figure). Children are included, so this understates disability among adults. Source: Office for "
        "National Statistics, Census 2021, licensed under the Open Government Licence v3.0."
    )
    assert find_baseline("wigan-16plus").source_note(Asked("nothing", ())) == "There is no population figure for this."


def test_figure_without_a_category_is_refused_rather_than_lost():
    with pytest.raises(ValueError, match="85plus"):
        find_baseline("wigan-16plus").figures(Asked("age", AGES[:-1]))


def test_populations_can_be_chosen_by_name_and_unknown_ones_are_refused():
    assert [key for key, _ in baseline_choices()] == ["wigan-16plus", "wigan-55plus", "england-16plus"]
    with pytest.raises(UnknownBaseline):
        find_baseline("atlantis-16plus")


def test_population_loads_without_django():
    code = "import sys, equality.population; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
