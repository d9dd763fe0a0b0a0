"""Imports: the engine of statistics loads without Django, and counting loads without scipy."""

import subprocess
import sys

import pytest

COUNTING = ("byte_rows", "recoding", "columns", "counts", "crosstabs", "packing", "cumulative", "intervals")


def loaded_by(*modules):
    names = ", ".join(f"surveys.analysis.{module}" for module in modules)
    code = f"import sys, {names}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    return set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("module", (*COUNTING, "significance"))
def test_analysis_module_loads_without_django(module):
    assert "django" not in loaded_by(module)


def test_counting_loads_without_the_slow_import_of_scipy():
    assert "scipy" not in loaded_by(*COUNTING)
