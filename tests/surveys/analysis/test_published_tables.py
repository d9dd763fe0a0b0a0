"""Real survey files, from bytes of codes to chi-squared, against R's figures in `expected_stats.json`."""

import csv
import json

import numpy as np
import pytest

from surveys.analysis.columns import Columns
from surveys.analysis.crosstabs import crosstab
from surveys.analysis.significance import fisher_exact, independence
from surveys.codes import BLANK

TABLES = {
    "mass_survey Smoke x Exer": ("mass_survey.csv", "Smoke", "Exer"),
    "mass_survey Sex x W.Hnd": ("mass_survey.csv", "Sex", "W.Hnd"),
    "vcd_arthritis Treatment x Improved": ("vcd_arthritis.csv", "Treatment", "Improved"),
}


@pytest.fixture(scope="module")
def expected(shared_data):
    return json.loads((shared_data / "stats" / "expected_stats.json").read_text())


def codes_in(file, *names):
    """The file as `Columns`, and the wordings of each column, whose codes are 1, 2, …; only an empty cell is missing."""
    with file.open(newline="") as lines:
        answers = list(csv.DictReader(lines))
    wordings = {name: sorted({answer[name] for answer in answers} - {"", "NA"}) for name in names}
    rows = [
        bytes(wordings[name].index(answer[name]) + 1 if answer[name] in wordings[name] else BLANK for name in names)
        for answer in answers
    ]
    columns = Columns()
    columns.extend(range(len(rows)), rows, layout={name: (place, 1) for place, name in enumerate(names)})
    return columns, wordings


def true_counts(shared_data, title):
    file, row, column = TABLES[title]
    columns, wordings = codes_in(shared_data / "responses" / file, row, column)
    table = crosstab(columns[row], columns[column])
    return table[1 : len(wordings[row]) + 1, 1 : len(wordings[column]) + 1]


@pytest.mark.parametrize("title", TABLES)
def test_independence_of_a_real_table_agrees_with_r(shared_data, expected, title):
    figures = expected[title]
    result = independence(true_counts(shared_data, title))

    assert (result.base, result.degrees_of_freedom) == (figures["n"], figures["df"])
    assert result.statistic == pytest.approx(figures["chi2"], abs=5e-6)
    assert result.p == pytest.approx(figures["p"], abs=5e-7)
    assert result.likelihood_ratio == pytest.approx(figures["G2"], abs=1e-6)
    assert result.cramers_v == pytest.approx(figures["cramers_v"], abs=1e-6)
    assert result.least_expected == pytest.approx(figures["min_expected"], abs=5e-4)


def test_yates_and_fisher_of_a_real_table_agree_with_r(shared_data, expected):
    figures = expected["mass_survey Sex x W.Hnd"]
    table = true_counts(shared_data, "mass_survey Sex x W.Hnd")

    assert independence(table, yates=True).statistic == pytest.approx(figures["yates"], abs=5e-6)
    assert independence(table, yates=True).cramers_v == independence(table).cramers_v
    assert fisher_exact(table) == pytest.approx(figures["fisher_p"], abs=5e-7)


@pytest.mark.parametrize(("file", "name"), (("mass_survey.csv", "Exer"), ("vcd_arthritis.csv", "Improved")))
def test_answer_worded_none_is_a_category_and_not_missing(shared_data, file, name):
    columns, wordings = codes_in(shared_data / "responses" / file, name)

    assert "None" in wordings[name]
    assert np.count_nonzero(columns[name] == wordings[name].index("None") + 1) > 0


def test_smoking_by_exercise_has_the_counts_of_the_published_table(shared_data):
    with (shared_data / "sdc" / "mass_survey_smoke_exer.csv").open(newline="") as lines:
        _, *rows, _ = csv.reader(lines)

    # Both sort their wordings: Freq, None, Some by Heavy, Never, Occas, Regul.
    published = [[int(cell) for cell in row[1:-1]] for row in rows]
    assert true_counts(shared_data, "mass_survey Smoke x Exer").tolist() == published
