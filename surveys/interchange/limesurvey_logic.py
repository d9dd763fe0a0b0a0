"""The logic in LimeSurvey's attributes, patterns and old condition rows: what rules and limits it makes, and what is reported."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from surveys.interchange.base import Report
from surveys.interchange.expressions import LIMESURVEY, SELF, Answer, Call, CannotHold, Tree, Value, parse
from surveys.interchange.limesurvey_rows import Fields
from surveys.interchange.limesurvey_survey import Question
from surveys.interchange.outline import Rule, rule

NO_RULE = ("", "1")
LIMITS = {
    "min_num_value_n": ">=",
    "max_num_value_n": "<=",
    "multiflexible_min": ">=",
    "multiflexible_max": "<=",
    "min_answers": ">=",
    "max_answers": "<=",
    "maximum_chars": "<=",
}
"""Attributes that set a limit, and how an answer is compared with it."""
COUNTED = {"min_answers": "count-selected", "max_answers": "count-selected", "maximum_chars": "string-length"}
"""What of the answer is compared, where it is not the answer itself."""
SUMS = {
    "min_num_value", "max_num_value", "equals_num_value", "min_num_value_sgqa", "max_num_value_sgqa", "num_value_equals_sgqa",
}  # fmt: skip
CHECKS = ("em_validation_q", "em_validation_sq")
USED = {
    *LIMITS, *SUMS, *CHECKS, "array_filter", "array_filter_exclude", "exclude_all_others", "num_value_int_only",
    "other_replace_text", "other_comment_mandatory", "dualscale_headera", "dualscale_headerb", "input_boxes",
    "page_break", "hidden",
    "dualscale_headerA", "dualscale_headerB", "relevance", "suffix",
}  # fmt: skip
LOOKS = (
    "hide_tip", "text_input_width", "display_", "location_", "slider_", "show_", "answer_width", "dropdown_",
    "input_size", "time_limit",
    "public_statistics", "statistics_", "assessment_value", "scale_export", "cssclass", "category_separator", "printable_",
    "use_dropdown", "label_input_columns", "repeat_headings", "choice_title", "rank_title", "samechoiceheight", "samelistheight",
    "showpopups", "placeholder", "form_field_help", "clear_default", "numbers_only", "reverse",
    "thousands_separator", "save_as_default",
    "statistics", "keep_aspect", "horizontal_scroll", "alphasort", "other_position", "encrypted",
    "question_template", "array_filter_style",
    "date_format", "value_range_allows_missing", "em_validation_q_tip", "em_validation_sq_tip", "same_height",
)  # fmt: skip
"""Attributes, by how they begin, that change how a question looks and not what it asks."""
WHY = {
    "random_order": "answers are offered in one order here",
    "random_group": "questions are asked in one order here",
    "parent_order": "answers are offered in one order here",
    "exclude_all_others_auto": "an answer is never ticked for people here",
    "prefix": "a number has a unit behind it here, and nothing before it",
    "date_min": "a date has no earliest or latest day here",
    "date_max": "a date has no earliest or latest day here",
    "multiflexible_step": "a number here is any between the smallest and the largest",
    "multiflexible_checkbox": "each box of a grid is a number here",
}


# Rules ------------------------------------------------------------------------------------------------------------------------


def rules_of(question: Question, questions: dict[str, Question]) -> list[Rule]:
    """The rule that decides whether a question is asked: its relevance, else its old condition rows."""
    if question.relevance.strip() not in NO_RULE:
        return [rule(question.where, question.relevance.strip(), LIMESURVEY)]
    if question.conditions:
        types = {each.sgqa.rpartition("X")[2]: each.type for each in questions.values()}
        text = "; ".join(
            f"{row.get('cfieldname')} {row.get('method')} {row.get('value')}" for row in question.conditions
        )
        return [Rule(question.where, f"conditions: {text}", old_conditions(question.conditions, types))]
    return []


def old_conditions(rows: list[Fields], types: dict[str, str]) -> Tree:
    """Old condition rows as an expression: any of the scenarios, in which each question must give one of its values."""
    scenarios: dict[str, dict[str, list[Tree]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        field = row.get("cfieldname", "").lstrip("+")
        scenarios[row.get("scenario", "1")][row.get("cqid", field)].append(old_condition(field, row, types))
    ways = [
        Call("and", tuple(Call("or", tuple(values)) for values in fields.values())) for fields in scenarios.values()
    ]
    return Call("or", tuple(ways))


def old_condition(field: str, row: Fields, types: dict[str, str]) -> Tree:
    """One old condition row."""
    answer, method, value = Answer(field, may_be_absent=True), row.get("method", "==").strip(), row.get("value", "")
    if method == "RX":
        return Call("regex", (answer, Value(value)))
    if value.strip() == "":
        empty = Call("is_empty", (answer,))
        return empty if method in ("", "==") else Call("not", (empty,))
    is_ticks = types.get(row.get("cqid", "")) in ("M", "P") and not row.get("cfieldname", "").startswith("+")
    if is_ticks and method == "==":
        return Call("selected", (answer, Value(value)))
    return Call({"==": "="}.get(method, method), (answer, Value(value)))


# Limits -----------------------------------------------------------------------------------------------------------------------


def limits_of(question: Question) -> Iterator[Rule]:
    """What an answer must be like: the pattern, and the attributes that say so."""
    if question.pattern.strip():
        pattern = question.pattern.strip().strip("/")
        yield Rule(question.where, f"pattern {question.pattern}", Call("regex", (Answer(SELF), Value(pattern))))
    for name, value in question.attributes.items():
        if name in LIMITS and is_said(value):
            yield limit(question, name, value)
        elif name in CHECKS:
            found = rule(question.where, value, LIMESURVEY)
            found.text = f"{name}: {value}"
            yield found
        elif name in SUMS and is_said(value):
            yield Rule(question.where, f"{name}: {value}", None, "the sum of several answers cannot be limited here")
        elif name == "num_value_int_only" and value == "1":
            yield Rule(question.where, name, Value(True))


def limit(question: Question, name: str, value: str) -> Rule:
    """A limit from its attribute. LimeSurvey reads what is not a number as an expression."""
    counted: Tree = Answer(SELF)
    if name in COUNTED:
        counted = Call(COUNTED[name], (counted,))
    try:
        return Rule(question.where, f"{name}: {value}", Call(LIMITS[name], (counted, parse(value, LIMESURVEY))))
    except CannotHold as reason:
        return Rule(question.where, f"{name}: {value}", None, str(reason))


def is_said(value: str) -> bool:
    return value.strip() not in ("", "0")


def places(question: Question, limits: list[Rule]) -> dict[str, Any]:
    """For a ranking: the most answers as its places, taken out of `limits`."""
    value = question.attributes.get("max_answers", "").strip()
    if not value.isdigit() or not 1 <= int(value[:3]) <= 5:
        return {}
    found = next((each for each in limits if each.text.startswith("max_answers")), None)
    if found:
        found.tree = Value(True)
    return {"places": min(int(value), len(question.answers or question.rows()) or int(value))}


# Filters ----------------------------------------------------------------------------------------------------------------------


def filters_of(question: Question, questions: dict[str, Question], report: Report) -> dict[str, list[Rule]]:
    """The rules of a question's parts, by their code: those that other questions' answers filter, and their own relevance."""
    found: dict[str, list[Rule]] = defaultdict(list)
    codes = [part.code for part in (question.rows() or question.answers)] + (["other"] if question.other else [])
    for name, is_shown in (("array_filter", True), ("array_filter_exclude", False)):
        for source in filter(None, (part.strip() for part in question.attributes.get(name, "").split(";"))):
            if source not in questions:
                report.lose(question.where, f"{name}: {source}", "there is no question with that code")
                continue
            there = {part.code for part in questions[source].rows()} | ({"other"} if questions[source].other else set())
            for code in codes:
                if code in there:
                    found[code].append(filter_rule(question, name, source, code, is_shown=is_shown))
    for part in question.rows():
        if part.relevance.strip() not in NO_RULE:
            own = rule(question.where, part.relevance.strip(), LIMESURVEY)
            own.text, own.is_of_source = f"relevance of {part.code}: {own.text}", False
            found[part.code].append(own)
    return dict(found)


def filter_rule(question: Question, name: str, source: str, code: str, *, is_shown: bool) -> Rule:
    """A part is shown where the same part was chosen, or was not, at another question."""
    empty = Call("is_empty", (Answer(f"{source}_{code}", may_be_absent=True),))
    tree = Call("not", (empty,)) if is_shown else empty
    return Rule(question.where, f"{name}: {source}", tree, is_of_source=False)


# The rest ---------------------------------------------------------------------------------------------------------------------


def report_attributes(question: Question, report: Report, looks: dict[str, int]) -> None:
    """Report the attributes that are neither used nor mere looks; count those."""
    for name, value in question.attributes.items():
        if name in USED and not (name == "relevance" and value.strip() not in {*NO_RULE, question.relevance.strip()}):
            continue
        if not is_said(value):
            continue
        if name not in WHY and name.startswith(LOOKS):
            looks[name] = looks.get(name, 0) + 1
        else:
            report.lose(question.where, f"attribute {name}: {value}", WHY.get(name, "there is no such setting here"))
    for value in question.defaults:
        report.lose(question.where, f"default answer: {value}", "an answer is never filled in beforehand here")
