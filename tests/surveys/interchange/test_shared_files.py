"""Real files of other tools: their counts, their rules, and the way out and back in. One test for each file and promise."""

import io
import json
import time
import warnings

import jsonschema
import pytest

from surveys.definition_json import to_json
from surveys.interchange import read_questionnaire, write_questionnaire
from tests.conftest import REPOSITORY
from tests.surveys.interchange.answering import answers_for, is_met, places

XLSFORM = {
    "questions": "answerable_questions", "notes": "notes", "groups": "groups", "repeats": "repeats",
    "rules": "rows_with_relevant", "constraints": "rows_with_constraint", "required": "required_rows",
    "calculations": "calculations", "choice_filters": "choice_filters", "choice_lists": "choice_lists", "options": "choices",
    "languages": "label_languages",
}  # fmt: skip
LIMESURVEY = {
    "questions": "questions", "groups": "groups", "subquestions": "subquestions", "options": "answer_options",
    "question_rules": "questions_with_relevance", "group_rules": "groups_with_relevance",
    "old_conditions": "legacy_condition_rows", "required": "mandatory_questions", "with_other": "questions_with_other",
    "attributes": "question_attributes", "quotas": "quotas", "languages": "languages",
}  # fmt: skip
FILES = (
    "xlsform/UCL_Biomass_Plot_Form.xlsx", "xlsform/bad_badly_named_choices_sheet.xls", "xlsform/bad_duplicate_columns.xlsx",
    "xlsform/bad_extra_columns.xls", "xlsform/bad_ict_survey_fails.xls", "xlsform/bad_spaces_in_choices_header.xls",
    "xlsform/bad_xl_date_ambiguous.xlsx", "xlsform/choice_filter_test.xlsx", "xlsform/correlaid_all_types_survey.xlsx",
    "xlsform/correlaid_testA.xlsx", "xlsform/or_other.xlsx", "xlsform/specify_other.xlsx", "xlsform/style_settings.xls",
    "xlsform/table-list.xls", "xlsform/widgets.xls", "xlsform/xlsform_spec_test.xlsx",
    "limesurvey/ls205_cascading_array_filter.lss", "limesurvey/ls205_countifop_sumifop.lss",
    "limesurvey/ls205_em_tailoring.lss", "limesurvey/ls205_group_relevance.lss", "limesurvey/ls205_plurals_test.lss",
    "limesurvey/ls205_randomization_group_test.lss", "limesurvey/ls205_sample_survey_english.lss",
    "limesurvey/ls205_validation_tests.lss", "limesurvey_tsv/correlaid_all_types_survey.tsv",
    "limesurvey_tsv/correlaid_validation_relevance_survey.tsv",
)  # fmt: skip
WITHOUT_ANSWERS = "limesurvey_tsv/correlaid_validation_relevance_survey.tsv"
"""Its one choice has no answers at all."""


@pytest.fixture(scope="module")
def questionnaires(shared_data):
    return shared_data / "questionnaires"


@pytest.fixture(scope="module")
def read(questionnaires):
    """A file of the folder, read once."""
    kept = {}

    def reading(name):
        if name not in kept:
            kept[name] = read_questionnaire((questionnaires / name).read_bytes(), name=name)
        return kept[name]

    return reading


def test_every_file_is_tested(questionnaires):
    found = {str(path.relative_to(questionnaires)) for path in questionnaires.glob("*/*")}

    assert found == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_counts_are_those_of_the_source(name, read, questionnaires):
    expected = json.loads((questionnaires / "expectations.json").read_text()).get(name, {})
    names = XLSFORM if name.startswith("xlsform") else LIMESURVEY
    counts = read(name).report.counts

    wanted = {ours: expected[theirs] for ours, theirs in names.items() if theirs in expected}

    assert {ours: counts.get(ours, 0) for ours in wanted} == wanted


def test_every_expectation_has_its_file(questionnaires):
    expected = json.loads((questionnaires / "expectations.json").read_text())

    assert set(expected) <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_kept_rule_shows_and_hides(name, read):
    definition = read(name).definition
    wrong = []
    for place, rule in places(definition):
        for met in (True, False):
            answers = answers_for(definition, place, rule, met=met)
            if answers is None or is_met(definition, place, answers) is not met:
                wrong.append((place, met, answers))

    assert wrong == []


def test_rules_of_the_real_files_are_many(read):
    assert sum(len(list(places(read(name).definition))) for name in FILES) > 300


@pytest.mark.parametrize("name", FILES)
def test_every_rule_is_kept_or_listed_with_its_reason(name, read):
    report = read(name).report
    lost = report.counts["rules"] - report.counts["rules_kept"]

    told = [line for line in report.not_kept if line.what.startswith("rule “") and "choice_filter" not in line.what]
    with_their_question = [line for line in report.not_kept if "relevant " in line.what or "(rule " in line.what]
    never_true = [line for line in report.not_kept if "never true" in line.why]

    assert lost <= len(told) + len(with_their_question) + len(never_true)
    assert all(line.where and line.what and line.why for line in (*report.not_kept, *report.changed))


@pytest.mark.parametrize("name", FILES)
def test_json_goes_out_and_in_and_out_to_the_same_byte(name, read):
    definition = read(name).definition
    written = write_questionnaire(definition, "json")

    again = read_questionnaire(written, name="again.json").definition

    assert again == definition
    assert write_questionnaire(again, "json") == written


@pytest.mark.parametrize("name", FILES)
def test_xlsform_reads_back_as_the_same_document(name, read):
    definition = read(name).definition

    again = read_questionnaire(write_questionnaire(definition, "xlsform"), name="again.xlsx")

    assert to_json(again.definition) == to_json(definition)


@pytest.mark.parametrize("name", [name for name in FILES if name != WITHOUT_ANSWERS])
def test_another_reader_of_xlsform_accepts_ours(name, read):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyxform.xls2xform import convert  # noqa: PLC0415 - its import warns

        form = convert(io.BytesIO(write_questionnaire(read(name).definition, "xlsform")))

    asked = [question.key for question in read(name).definition.questions()]
    assert [key for key in asked if f"/{key}" not in form.xform and f"<{key}" not in form.xform] == []


@pytest.mark.parametrize("name", FILES)
def test_document_fits_the_published_schema(name, read):
    schema = json.loads((REPOSITORY / "docs" / "questionnaire.schema.json").read_text())

    jsonschema.validate(to_json(read(name).definition), schema, cls=jsonschema.Draft202012Validator)


def test_large_survey_is_read_quickly(questionnaires):
    content = (questionnaires / "limesurvey" / "ls205_sample_survey_english.lss").read_bytes()
    began = time.process_time()

    imported = read_questionnaire(content, name="sample.lss")

    assert time.process_time() - began < 5
    assert imported.report.counts["questions"] == 114
