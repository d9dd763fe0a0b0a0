"""Fixtures that every test may use, and what happens to a test whose tool or database is not here."""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings

REPOSITORY = Path(__file__).resolve().parent.parent

# A busy machine is slow, not wrong. In CI the examples are the same each time, so that a red run is about the change;
# everywhere else they are new each time, and find what nobody thought of.
hypothesis.settings.register_profile("everywhere", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "everywhere")


@pytest.fixture(scope="session")
def _folder_of_paper_forms(tmp_path_factory):
    return tmp_path_factory.mktemp("paper")


@pytest.fixture(autouse=True)
def _paper_forms_kept_apart(monkeypatch, _folder_of_paper_forms):
    """Forms that tests draw lie beside those of the service: one kept by its name and digest serves every test alike."""
    # Not by the fixture `settings`, a name that tests give to parameters of their own.
    monkeypatch.setattr(settings, "PAPER_DIR", _folder_of_paper_forms)


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real files that nobody on the project wrote; the repository never takes them in."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("put the folder of shared test files beside the repository, as ../shared/data, to run this test")
    return folder


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium on this machine. Tests that ask for it carry the mark `browser`."""
    return find_chromium()


def find_chromium():
    """The first Chromium on the path, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def skips_are_forbidden():
    """Whether a skipped test fails the run: so it is in CI, where everything has been installed."""
    return os.environ.get("CONSULT_FORBID_SKIPS", "") not in ("", "0")


def pytest_collection_modifyitems(config, items):
    """Leave out tests about the other database; skip tests whose tool is missing, with the line that would enable them."""
    on_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    left_out = [item for item in items if item.get_closest_marker("sqlite") and on_postgresql]
    about_postgresql = [item for item in items if item.get_closest_marker("postgres") and not on_postgresql]
    if skips_are_forbidden():
        left_out += about_postgresql
    else:
        mark(about_postgresql, "to run it: DATABASE_URL=postgres://user:password@host:port/name make test")
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if find_chromium() is None:
        mark([item for item in items if item.get_closest_marker("browser")], "to run it: apt-get install chromium")


def mark(items, reason):
    """Skip `items` for `reason`."""
    for item in items:
        item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Where skips are forbidden, one skipped test fails the run. pytest's own summary (-ra) lists each with its reason."""
    if skips_are_forbidden() and skipped_reports(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    """Say why a run in which nothing failed is a failure."""
    if skips_are_forbidden() and (reports := skipped_reports(config)):
        terminalreporter.section("skipped, which CONSULT_FORBID_SKIPS forbids")
        for report in reports:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")


def skipped_reports(config):
    """The reports of skipped tests, of all worker processes; empty in a worker, which has no terminal."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []
