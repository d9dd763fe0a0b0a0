"""A LimeSurvey survey as its tables describe it: groups, questions, subquestions and answers, with their words in
every language."""

from collections import defaultdict
from dataclasses import dataclass, field

from surveys.interchange.base import ImportRefused, Report
from surveys.interchange.languages import code_of_language
from surveys.interchange.limesurvey_rows import Fields, Tables, language_names
from surveys.interchange.markup import plain_words
from surveys.interchange.outline import Words


@dataclass
class Part:
    """A subquestion or an answer: its code, its words, and on which of two scales it stands."""

    code: str
    words: Words
    scale: str = "0"
    relevance: str = ""


@dataclass
class Question:
    """A question of LimeSurvey's."""

    where: str
    type: str
    code: str
    sgqa: str
    text: Words
    help: Words
    other: bool
    mandatory: bool
    relevance: str
    pattern: str
    attributes: dict[str, str] = field(default_factory=dict)
    subquestions: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)
    conditions: list[Fields] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)

    def rows(self, scale: str = "0") -> list[Part]:
        """The subquestions of one scale."""
        return [part for part in self.subquestions if part.scale == scale]


@dataclass
class Group:
    """A group of questions."""

    where: str
    name: Words
    description: Words
    relevance: str
    random: str
    questions: list[Question] = field(default_factory=list)


@dataclass
class Survey:
    """A whole survey. `languages` are our codes, `named` as the file has them, both with the base language first."""

    title: str
    languages: list[str]
    named: list[str]
    groups: list[Group]

    def questions(self) -> dict[str, Question]:
        """Every question by its code; of several with one code, the first."""
        found: dict[str, Question] = {}
        for group in self.groups:
            for question in group.questions:
                found.setdefault(question.code, question)
        return found


def survey_of(tables: Tables, report: Report, *, title: str) -> Survey:
    """The survey that the tables hold. Raises ImportRefused for one without questions."""
    if not tables.get("questions") or not tables.get("groups"):
        raise ImportRefused("The LimeSurvey file holds no questions. Export the survey structure, and try once more.")
    named = list(dict.fromkeys(filter(None, language_names(tables)))) or ["en"]
    return Making(tables, named, report).survey(title)


class Making:
    """The tables being put together."""

    def __init__(self, tables: Tables, named: list[str], report: Report):
        self.tables, self.named, self.report = tables, named, report
        self.codes = {name: code_of_language(name) for name in named}
        self.localised = {
            "group": by(tables.get("group_l10ns", []), "gid"),
            "question": by(tables.get("question_l10ns", []), "qid"),
            "answer": by(tables.get("answer_l10ns", []), "aid"),
        }
        self.attributes = by(tables.get("question_attributes", []), "qid")
        self.subquestions = by(tables.get("subquestions", []), "parent_qid")
        self.answers = by(tables.get("answers", []), "qid")
        self.conditions = by(tables.get("conditions", []), "qid")
        self.defaults = by(tables.get("defaultvalues", []), "qid")

    def survey(self, title: str) -> Survey:
        settings = self.tables.get("surveys_languagesettings", [])
        base = next((row for row in settings if row.get("surveyls_language") == self.named[0]), {})
        found = plain_words("survey", base.get("surveyls_title", ""), self.report) or title
        groups = self.groups()
        return Survey(found, list(dict.fromkeys(self.codes.values())), self.named, groups)

    def groups(self) -> list[Group]:
        rows = by(self.tables["groups"], "gid")
        questions = by([rows[0] for rows in by(self.tables["questions"], "qid").values()], "gid")
        every_language = by(self.tables["questions"], "qid")
        found = []
        for gid, versions in sorted(rows.items(), key=lambda each: order(each[1][0], "group_order")):
            said = versions + self.localised["group"].get(gid, [])
            name = self.words("survey", said, "group_name")
            first = next(iter(name.values()), gid)
            group = Group(
                f"group “{first}”",
                name,
                self.words(f"group “{first}”", said, "description"),
                versions[0].get("grelevance", ""),
                versions[0].get("randomization_group", ""),
            )
            for row in sorted(questions.get(gid, []), key=lambda each: order(each, "question_order")):
                group.questions.append(self.question(group, every_language[row["qid"]]))
            found.append(group)
        return found

    def question(self, group: Group, versions: list[Fields]) -> Question:
        row = versions[0]
        qid, code = row["qid"], row.get("title", "") or f"q{row['qid']}"
        where = f"{group.where}, question {code}"
        said = versions + self.localised["question"].get(qid, [])
        return Question(
            where=where,
            type=row.get("type", ""),
            code=code,
            sgqa=f"{row.get('sid', '')}X{row.get('gid', '')}X{qid}",
            text=self.words(where, said, "question"),
            help=self.words(where, said, "help"),
            other=row.get("other", "").upper() == "Y",
            mandatory=row.get("mandatory", "").upper() in ("Y", "S"),
            relevance=row.get("relevance", ""),
            pattern=row.get("preg", ""),
            attributes=self.attributes_of(qid),
            subquestions=self.parts(
                where, self.subquestions.get(qid, []), "title", "question", "question_order", "question"
            ),
            answers=self.parts(where, self.answers.get(qid, []), "code", "answer", "sortorder", "answer"),
            conditions=self.conditions.get(qid, []),
            defaults=list(
                dict.fromkeys(row["defaultvalue"] for row in self.defaults.get(qid, []) if row.get("defaultvalue"))
            ),
        )

    def attributes_of(self, qid: str) -> dict[str, str]:
        """The attributes that say something; of one said in several languages, the base language's."""
        found: dict[str, str] = {}
        for row in self.attributes.get(qid, []):
            name, value = row.get("attribute", ""), row.get("value", "")
            if value.strip() and (name not in found or row.get("language") == self.named[0]):
                found[name] = value
        return found

    def parts(self, where: str, rows: list[Fields], code: str, words: str, place: str, localised: str) -> list[Part]:
        """Subquestions or answers in their order, each with its words in every language."""
        together: dict[tuple[str, str], list[Fields]] = defaultdict(list)
        for row in sorted(rows, key=lambda each: order(each, place)):
            together[(row.get("scale_id", "0") or "0", row.get(code, ""))].append(row)
        number = "qid" if localised == "question" else "aid"
        return [
            Part(
                name,
                self.words(where, [*versions, *self.localised[localised].get(versions[0].get(number, ""), [])], words)
                or {self.first: name},
                scale,
                versions[0].get("relevance", ""),
            )
            for (scale, name), versions in together.items()
        ]

    @property
    def first(self) -> str:
        return self.codes[self.named[0]]

    def words(self, where: str, rows: list[Fields], name: str) -> Words:
        """What rows say in one field, by language, the base language first."""
        found: Words = {}
        for row in rows:
            if text := row.get(name, "").strip():
                language = self.codes.get(row.get("language", ""), self.first)
                found.setdefault(language, plain_words(where, text, self.report))
        return {code: found[code] for code in self.codes.values() if found.get(code)}


def by(rows: list[Fields], name: str) -> dict[str, list[Fields]]:
    """Rows put together by one of their fields."""
    found: dict[str, list[Fields]] = defaultdict(list)
    for row in rows:
        found[row.get(name, "")].append(row)
    return dict(found)


def order(row: Fields, name: str) -> int:
    """A row's place; rows that say none come first, in the order of the file."""
    digits = row.get(name, "").strip()
    return int(digits[:9]) if digits.isdigit() else 0
