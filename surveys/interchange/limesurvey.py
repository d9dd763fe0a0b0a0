"""LimeSurvey: a survey structure (.lss) or its tab-separated text (.tsv) read into an outline.

The file's rows are in `limesurvey_rows`, the survey they describe in `limesurvey_survey`, question types in
`limesurvey_questions`, conditions, limits and filters in `limesurvey_logic`.
"""

import re
from collections import Counter
from typing import Any

from surveys.definition import Definition
from surveys.definition_json import from_json, to_json
from surveys.interchange.assembly import assemble
from surveys.interchange.base import Format, Imported, Report, tally
from surveys.interchange.expressions import LIMESURVEY
from surveys.interchange.limesurvey_logic import (
    NO_RULE,
    filters_of,
    limits_of,
    places,
    report_attributes,
    rules_of,
)
from surveys.interchange.limesurvey_questions import LOST, SPLIT, TYPES, Making
from surveys.interchange.limesurvey_rows import Tables, decoded, tables_of_text, tables_of_xml
from surveys.interchange.limesurvey_survey import Group, Question, Survey, survey_of
from surveys.interchange.markup import plain_words
from surveys.interchange.outline import Asked, Outline, Rule, Section, rule
from surveys.interchange.pipes import Pipes

PIPE = re.compile(r"\{([^{}\s][^{}]*)\}")
PIPED = re.compile(r"^(?:INSERTANS:)?([A-Za-z0-9_#]+)(?:\.(?:shown|NAOK|value|valueNAOK|code))?$")
NUMBER_TYPES = frozenset("NK:")


def name_in(pipe: str) -> str:
    """The name of the answer that a text repeats; "" for an expression that is worked out."""
    found = PIPED.match(pipe.strip())
    return found[1] if found else ""


class LimeSurvey(Format):
    """A survey structure."""

    name = "limesurvey"
    label = "LimeSurvey survey structure (.lss)"

    def recognises(self, content: bytes) -> bool:
        return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or content[:4] in (b"\xff\xfe<\x00", b"\xfe\xff\x00<")

    def read(self, content: bytes, *, title: str) -> Imported:
        return imported(tables_of_xml(content), Report(self.name), title=title)


class LimeSurveyTable(Format):
    """A survey as tab-separated text."""

    name = "limesurvey_tsv"
    label = "LimeSurvey tab-separated survey (.tsv)"

    def recognises(self, content: bytes) -> bool:
        heading = decoded(content[:2000]).partition("\n")[0].strip("\r").split("\t")
        return {"class", "type/scale"} <= {name.strip().strip('"').lower() for name in heading}

    def read(self, content: bytes, *, title: str) -> Imported:
        return imported(tables_of_text(content), Report(self.name), title=title)


def imported(tables: Tables, report: Report, *, title: str) -> Imported:
    """The questionnaire that the tables of a survey hold."""
    survey = survey_of(tables, report, title=title)
    report.counts = counts_of(survey, tables)
    reading = Reading(survey, report)
    outline = reading.outline()
    report_tables(tables, report)
    if reading.looks:
        told = ", ".join(f"{name} ({count})" for name, count in sorted(reading.looks.items()))
        report.warn(
            f"How questions look, and how long people may take, is decided by this service. The survey set: {told}."
        )
    definition: Definition = assemble(outline, report, pipe=Pipes(PIPE, name_in), is_false_when_unasked=True)
    return Imported(from_json(to_json(definition)), report)


def counts_of(survey: Survey, tables: Tables) -> dict[str, Any]:
    """What the survey holds, as LimeSurvey counts it."""
    found: Counter[str] = Counter(groups=len(survey.groups), quotas=len(tables.get("quota", [])))
    for group in survey.groups:
        found["group_rules"] += group.relevance.strip() not in NO_RULE
        for question in group.questions:
            has_rule = question.relevance.strip() not in NO_RULE
            found["questions"] += 1
            found["notes"] += question.type == "X"
            found["options"] += len(question.answers)
            found["subquestions"] += len(question.subquestions)
            found["question_rules"] += has_rule
            found["old_conditions"] += len(question.conditions)
            found["rules"] += has_rule or bool(question.conditions)
            found["required"] += question.mandatory
            found["with_other"] += question.other
            found["constraints"] += sum(1 for _ in limits_of(question))
    found["rules"] += found["group_rules"]
    found["attributes"] = len(tables.get("question_attributes", []))
    listed = [name for row in tables.get("languages", []) for name in row.values()]
    return tally(found, languages=listed or survey.named, pages=0)


def report_tables(tables: Tables, report: Report) -> None:
    """Report what is no part of a questionnaire."""
    for row in tables.get("unread", []):
        report.lose(row["where"], row["what"], "this class of row is not known here")
    for row in tables.get("surveys_languagesettings", []):
        for name, what in (
            ("surveyls_welcometext", "welcome"),
            ("surveyls_endtext", "end"),
            ("surveyls_description", "description"),
        ):
            if text := row.get(name, "").strip():
                said = plain_words("survey", text, Report(""))
                report.lose(
                    "survey", f"{what} text: {said}", "the consultation's own pages say such things: put it there"
                )
    for name, what in (("quota", "quota"), ("assessments", "assessment")):
        for row in tables.get(name, []):
            report.lose("survey", f"{what} {row.get('name', '')}", f"there is no {what} here")
    if tables.get("surveys") or tables.get("settings"):
        report.warn(
            "The survey's own settings, such as invitations and e-mails, are no part of a questionnaire and were not read."
        )


class Reading:
    """One pass over a survey's groups and questions."""

    def __init__(self, survey: Survey, report: Report):
        self.survey, self.report = survey, report
        self.questions = survey.questions()
        self.looks: dict[str, int] = {}
        self.out = Outline(survey.title, survey.languages)

    def outline(self) -> Outline:
        """The whole survey."""
        for number, group in enumerate(self.survey.groups, start=1):
            self.out.sections.append(self.section(group, number))
        return self.out

    def section(self, group: Group, number: int) -> Section:
        rules = (
            [rule(group.where, group.relevance.strip(), LIMESURVEY)] if group.relevance.strip() not in NO_RULE else []
        )
        name = next(iter(group.name.values()), "") or f"group_{number}"
        section = Section(group.where, name, heading=group.name, rules=rules)
        if group.random:
            self.report.lose(group.where, f"random order “{group.random}”", "questions are asked in one order here")
        if group.description and group.description != group.name:
            about = f"about_{name}"
            section.asked.append(Asked(group.where, about, "information", group.description, is_known_by_name=False))
        for question in group.questions:
            made = self.asked(question)
            if made and question.attributes.get("page_break", "0") == "1":
                section.new_pages.add(made[0].name)
            section.asked.extend(made)
        return section

    def asked(self, question: Question) -> list[Asked]:
        """The questions that one question becomes; nothing for one that is reported as not kept."""
        rules = rules_of(question, self.questions)
        why = LOST.get(question.type, "" if question.type in TYPES else "this type of question is not known here")
        if question.attributes.get("hidden", "0") == "1" and not why:
            why = "it is hidden, so nobody would be asked"
        if why:
            self.leave_out(question, rules, why)
            return []
        report_attributes(question, self.report, self.looks)
        if question.conditions and question.relevance.strip() not in NO_RULE:
            self.report.warn(
                "Old condition rows were read in the form of the relevance that LimeSurvey had made of them."
            )
        made = TYPES[question.type](self.making(question, rules))
        if not made:
            self.leave_out(question, rules, "it has no words to show")
        if len(made) > 1 and question.type in SPLIT:
            what = f"question “{question.code}” became {len(made)}: {', '.join(each.name for each in made)}"
            self.report.change(question.where, what, "a question here asks one thing")
        return made

    def making(self, question: Question, rules: list[Rule]) -> Making:
        limits = list(limits_of(question))
        settings = places(question, limits) if question.type == "R" else {}
        suffix = question.attributes.get("suffix", "").strip()
        if suffix and question.type in NUMBER_TYPES and "{" not in suffix:
            settings["unit"] = {language: suffix for language in self.survey.languages}
        elif suffix:
            self.report.lose(question.where, f"attribute suffix: {suffix}", "only a number has a unit behind it here")
        if question.type in SPLIT:
            limits = [self.of_rows(limit) for limit in limits]
        if question.type == "R":
            for place in range(1, 21):
                self.out.lost[f"{question.code}_{place}"] = "it is one place of a ranking"
        exclusive = {part.strip() for part in question.attributes.get("exclude_all_others", "").split(";")}
        filters = filters_of(question, self.questions, self.report)
        return Making(
            question, self.survey.languages, self.report, rules, settings, limits, filters, frozenset(exclusive)
        )

    def of_rows(self, limit: Rule) -> Rule:
        """A limit on all rows of a question together cannot be one on each of them."""
        if limit.text.startswith(("em_validation_q:", "min_answers", "max_answers")):
            return Rule(limit.where, limit.text, None, "it limits the answers to several questions together")
        return limit

    def leave_out(self, question: Question, rules: list[Rule], why: str) -> None:
        """Report a question that is not kept, with its rule and its parts."""
        said = next(iter(question.text.values()), "")
        beside = [f"rule {each.text}" for each in rules] + [each.text for each in limits_of(question)]
        beside += [
            f"{part.code} {next(iter(part.words.values()), '')}" for part in (*question.subquestions, *question.answers)
        ]
        what = f"question “{question.code}” of type {question.type}: {said}" + (
            f" ({'; '.join(beside)})" if beside else ""
        )
        self.report.lose(question.where, what, why)
        for name in (question.code, question.sgqa, *(f"{question.code}_{part.code}" for part in question.subquestions)):
            self.out.lost[name] = why
