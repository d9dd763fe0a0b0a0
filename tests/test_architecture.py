"""The shape of the code, held by tests: who may import whom, who may point at whom, what loads without Django."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.conftest import REPOSITORY

MAY_IMPORT = {
    "surveys": set(),
    "equality": set(),
    "exports": {"surveys", "equality"},
    "consult": {"surveys", "equality", "exports"},
}
PURE = (
    "consult.flags",
    "consult.paper.scan_reading",
    "consult.stages",
    "consult.uk_time",
    "consult.starting_points",
    "consult.uk_calendar",
    "consult.preflight",
    "surveys.definition",
    "surveys.definition_json",
    "surveys.drafting",
    "surveys.editing",
    "surveys.claims",
    "surveys.source",
    "surveys.renderings",
    "surveys.script",
    "surveys.languages",
    "surveys.naming",
    "surveys.changes",
    "surveys.mending",
    "surveys.texts",
    "surveys.translating",
    "surveys.readability",
    "surveys.rules",
    "surveys.sentences",
    "surveys.go_to",
    "surveys.standards",
    "surveys.taking",
    "surveys.trials",
    "surveys.walking",
    "surveys.paths",
    "surveys.routes",
    "surveys.jargon",
    "surveys.question_wording",
    "surveys.plain_words",
    "surveys.rehearsal",
    "surveys.journey",
    "surveys.piping",
    "surveys.checking",
    "surveys.controls",
    "surveys.codebook",
    "surveys.validation",
    "surveys.keying",
    "surveys.kinds",
    "surveys.interchange",
    "surveys.likeness",
    "surveys.answer_files",
    "surveys.analysis.columns",
    "surveys.analysis.cumulative",
    "surveys.analysis.significance",
    "equality.categories",
    "equality.rehearsal",
    "equality.representation",
    "equality.disclosure",
    "exports.cells",
    "exports.asked",
    "exports.document",
    "exports.charts",
    "exports.paper.editions",
    "exports.paper.form_code",
)
TOP_LEVEL = {
    "consult", "surveys", "equality", "exports", "templates", "locale", "tests", "docs", "manage.py", "requirements.txt",
    "pyproject.toml", "package.json", "package-lock.json", "Makefile", "README.md", "LICENSE",
}  # fmt: skip
WALL = 400


def modules(*folders):
    return [
        path
        for folder in folders
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def packages_imported_by(path):
    """The top packages a module names, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_app_imports_only_apps_below_it(app):
    imported = {name for path in modules(app) for name in packages_imported_by(path)}

    assert imported & MAY_IMPORT.keys() <= MAY_IMPORT[app] | {app}


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_foreign_keys_point_only_at_apps_below(app):
    pointed_at = {
        field.related_model._meta.app_label
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model and not field.auto_created
    }

    assert pointed_at & MAY_IMPORT.keys() <= MAY_IMPORT[app] | {app}


@pytest.mark.parametrize("app", ["surveys", "equality", "exports"])
def test_engine_holds_no_foreign_key_to_a_person(app):
    people = {"User", "Membership", "Contact", "Group"}
    pointed_at = {
        field.related_model.__name__
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model
    }

    assert pointed_at & people == set()


@pytest.mark.parametrize("module", PURE)
def test_pure_module_loads_without_django(module):
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0


def test_kinds_are_told_apart_only_in_their_own_files():
    names = "one|several|scale|state|rank|short|long|num|date|post|info"
    asked = re.compile(rf"question\.kind\s*(==|!=|in)\s|\bkind\s*==\s*\"({names})")
    found = [
        f"{path.relative_to(REPOSITORY)}: {line.strip()}"
        for path in modules(*MAY_IMPORT)
        if "kinds" not in path.parts
        for line in path.read_text().splitlines()
        if asked.search(line) and "not in KINDS" not in line and "for kind in" not in line
    ]

    assert found == []


def test_no_module_is_longer_than_the_wall():
    long = {
        str(path.relative_to(REPOSITORY)): count
        for path in modules(*MAY_IMPORT)
        if (count := path.read_text().count("\n")) > WALL
    }

    assert long == {}


def test_every_module_opens_with_what_lives_in_it():
    silent = [
        str(path.relative_to(REPOSITORY))
        for path in modules(*MAY_IMPORT)
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_top_level_holds_only_what_it_should():
    tracked = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    names = {Path(line).parts[0] for line in tracked.splitlines()}

    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_no_template_holds_a_style_or_a_script_inline():
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"")
    allowed = {"templates/exports/standalone.html"}
    found = [
        str(path.relative_to(REPOSITORY))
        for path in (REPOSITORY / "templates").rglob("*.html")
        if inline.search(path.read_text()) and str(path.relative_to(REPOSITORY)) not in allowed
    ]

    assert found == []


def test_views_never_reach_for_all_objects_of_a_tenant():
    reached = re.compile(r"\b(Response|DraftResponse|Profile|AuditEvent)\.objects")
    found = [str(path.relative_to(REPOSITORY)) for path in modules("consult/views") if reached.search(path.read_text())]

    assert found == []
