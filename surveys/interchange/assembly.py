"""From an outline to a document: pages are cut where a rule needs it, names become keys, rules become conditions. Pure.

A condition looks at earlier pages only, so a question whose rule, or whose words, need an answer given on the same page begins a
new one. Whatever does not fit is reported, and a rule that is not kept leaves its question shown to everybody.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

from surveys.definition import Condition, Definition, Option, Page, Question, Repeat, Statement
from surveys.drafting import problems
from surveys.interchange.base import MOST_QUESTIONS, TOO_MANY, ImportRefused, Report
from surveys.interchange.expressions import Answer, CannotHold, Tree, answers_in
from surveys.interchange.keys import Keys, give_codes
from surveys.interchange.limits import Limited, Limits, limits_of
from surveys.interchange.logic import Held, both, needs, size
from surveys.interchange.outline import Alias, Asked, Choice, Outline, Row, Rule, Section, Words
from surveys.interchange.pipes import Pipes
from surveys.interchange.rules import MOST_PARTS, Target, condition_of
from surveys.interchange.tables import made_whole
from surveys.kinds import KINDS
from surveys.languages import language_name
from surveys.renderings import recorded, state_of

HOLDS = {"one_choice": "one", "scale": "one", "several_choices": "several", "ranking": "several", "number": "number"}
LONGEST_TITLE = 200
MOST_PARTS_TOGETHER = 60_000
"""The most parts that all conditions of a questionnaire have together: each of them costs memory on every visit."""


def assemble(outline: Outline, report: Report, *, pipe: Pipes, is_false_when_unasked: bool = False) -> Definition:
    """The document of an outline. `is_false_when_unasked`: a rule about a question that was not asked is false (LimeSurvey)."""
    if sum(len(section.asked) for section in outline.sections) > MOST_QUESTIONS:
        raise ImportRefused(TOO_MANY)
    work = Assembly(outline, report, pipe, is_false_when_unasked)
    for section in outline.sections:
        work.add(section)
    pages = tuple(page for page in work.pages if page.questions)
    title = outline.title[:LONGEST_TITLE]
    if title != outline.title:
        report.change("the title", outline.title, f"a title has {LONGEST_TITLE} characters at most")
    report.counts |= {"pages": len(pages), "rules_kept": work.rules_kept, "constraints_kept": work.constraints_kept}
    definition = with_languages(Definition(title, pages, (outline.languages[0],)), outline.languages[1:], report)
    for problem in problems(definition):
        report.warn(f"Before this can be published: {problem.where}: {problem.says}.")
    return definition


def with_languages(definition: Definition, others: list[str], report: Report) -> Definition:
    """The definition with what each further language is made of recorded; only those that are whole can be chosen."""
    for language in others:
        definition = recorded(definition, language)
        if missing := state_of(definition, language).missing:
            report.warn(
                f"{language_name(language)} lacks {len(missing)} text{'s' if len(missing) > 1 else ''}. What there is was kept; "
                "people can choose the language once it is whole."
            )
        else:
            definition = replace(definition, languages=(*definition.languages, language))
    return definition


class Assembly:
    """The pages made so far, and what every name in the file stands for."""

    def __init__(self, outline: Outline, report: Report, pipe: Pipes, is_false_when_unasked: bool):
        self.outline, self.report, self.pipe = outline, report, pipe
        self.is_false_when_unasked = is_false_when_unasked
        self.pages: list[Page] = []
        self.targets: dict[str, Target] = {}
        self.repeated: dict[str, Repeat] = {}
        self.ranked: set[str] = set()
        self.keys, self.page_keys = Keys(), Keys()
        self.counted: Counter[str] = Counter()
        self.page: Page | None = None
        self.repeat: Repeat | None = None
        self.is_open = False
        self.parts_left = MOST_PARTS_TOGETHER
        self.names = {each.name for section in outline.sections for each in section.asked}

    @property
    def rules_kept(self) -> int:
        return self.counted["rules"]

    @property
    def constraints_kept(self) -> int:
        return self.counted["constraints"]

    # Pages

    def add(self, section: Section) -> None:
        """The pages of a section."""
        self.is_open = False
        # Before its rule is read: that may ask about an earlier page of the same round.
        self.repeat = self.repeat_of(section)
        held = self.held_together(section.rules, section.where)
        if held is False:
            for asked in section.asked:
                self.leave_out(asked, "the rule of its group is never true")
            return
        shown_if = held if isinstance(held, Condition) else None
        for asked in section.asked:
            self.ask(asked, section, shown_if)

    def repeat_of(self, section: Section) -> Repeat | None:
        """What a repeated section repeats for, where that is something ticked before."""
        if not section.repeats_for:
            return None
        target = self.targets.get(section.repeats_for)
        if target and target.holds == "several" and target.key not in self.repeated and target.key not in self.ranked:
            return Repeat(target.key, section.most_repeats or len(target.codes))
        self.report.lose(
            section.where,
            f"the repeat of “{section.name}”; its questions are asked once",
            "a page here repeats for each answer ticked at an earlier question, and this repeats for something else",
        )
        return None

    def ask(self, asked: Asked, section: Section, shown_if: Condition | None) -> None:
        """Add a question to the page, or to a new one."""
        held = self.held_together(asked.rules, asked.where)
        if held is False:
            self.leave_out(asked, "its rule is never true")
            return
        question = self.question(asked, held if isinstance(held, Condition) else None)
        looks_at = {key for condition in conditions_of(question) for key in condition.questions()} | self.pipe.used
        if not self.is_open or section.is_apart or asked.name in section.new_pages or self.looks_here(looks_at):
            self.new_page(section, shown_if, question)
        page = self.pages[-1]
        self.pages[-1] = replace(page, questions=(*page.questions, question), heading=self.heading_of(page, section))
        self.register(asked, question, shown_if)

    def looks_here(self, keys: set[str]) -> bool:
        """Whether one of these questions stands on the page being made."""
        return bool(keys & {question.key for question in self.pages[-1].questions})

    def new_page(self, section: Section, shown_if: Condition | None, first: Question) -> None:
        name = f"page_{first.key}" if section.is_apart or not section.name else section.name
        heading, variants = section.heading, section.variants
        self.pages.append(
            Page(
                key=self.page_keys.new(name),
                questions=(),
                heading=self.words(section.where, heading),
                section=self.words(section.where, section.caption),
                shown_if=shown_if,
                repeat=self.repeat,
                variants=variants,
            )
        )
        self.is_open = True

    def heading_of(self, page: Page, section: Section) -> Words:
        """The page's heading: its group's, or, where several questions need one and it has none, the group's name."""
        if page.heading or not page.questions:
            return dict(page.heading)
        name = section.name.replace("_", " ").strip().capitalize() or "Questions"
        self.report.change(section.where, f"heading “{name}”", "a page with several questions needs a heading")
        return {self.outline.languages[0]: name}

    # Questions

    def question(self, asked: Asked, shown_if: Condition | None) -> Question:
        """The question, its texts with their pipes, its options with their codes, its limits as settings."""
        self.pipe.used = set()
        key = self.key_for(asked)
        choices = give_codes(asked.where, asked.name, asked.choices, self.report)
        limits = self.limits(asked, choices)
        options = tuple(filter(None, (self.option(asked, choice, limits) for choice in choices)))
        return Question(
            key=key,
            kind=asked.kind,
            text=self.words(asked.where, asked.text),
            hint=self.words(asked.where, asked.hint),
            short=asked.short,
            required=asked.required,
            settings=self.settings(asked, limits),
            options=options,
            statements=tuple(filter(None, (self.statement(asked, row) for row in asked.rows))),
            shown_if=shown_if,
            variants=asked.variants,
        )

    def settings(self, asked: Asked, limits: Limits) -> dict[str, Any]:
        """The question's settings, with what its table needs; what was chosen here is reported."""
        settings = asked.settings | limits.settings
        whole = made_whole(asked.kind, settings)
        if whole != settings:
            self.report.change(
                asked.where,
                f"ranges for the table of “{asked.name}”",
                "a table here shows numbers in ranges; check them",
            )
        return whole

    def key_for(self, asked: Asked) -> str:
        key = self.keys.new(asked.name)
        if key != asked.name and asked.is_known_by_name:
            self.report.change(
                asked.where,
                f"name “{asked.name}” became “{key}”",
                "keys here are lower-case letters, digits and _, each used once",
            )
        return key

    def option(self, asked: Asked, choice: Choice, limits: Limits) -> Option | None:
        """An option; None for one that its filter never offers."""
        held = self.held_together(choice.rules, asked.where)
        if held is False:
            self.report.change(
                asked.where, f"answer “{choice.source}” of “{asked.name}” left out", "its filter never offers it"
            )
            return None
        return Option(
            code=choice.code,
            label=self.words(asked.where, choice.label, takes_pipes=False),
            exclusive=choice.exclusive or choice.source in limits.exclusive,
            meaning=choice.meaning,
            shown_if=held if isinstance(held, Condition) else None,
            variants=choice.variants,
        )

    def statement(self, asked: Asked, row: Row) -> Statement | None:
        held = self.held_together(row.rules, asked.where)
        if held is False:
            self.report.lose(asked.where, f"statement “{row.source}” of “{asked.name}”", "its rule is never true")
            return None
        shown_if = held if isinstance(held, Condition) else None
        return Statement(row.source, self.words(asked.where, row.label), shown_if, row.variants)

    def words(self, where: str, texts: Words, *, takes_pipes: bool = True) -> Words:
        """Texts with their pipes as they are written here."""
        return {
            language: self.pipe.written(where, text, self, takes_pipes=takes_pipes) for language, text in texts.items()
        }

    def limits(self, asked: Asked, choices: list[Choice]) -> Limits:
        """What the question's settings hold of its constraints; the rest is reported."""
        found = Limits()
        for constraint in asked.constraints:
            codes = tuple(choice.source for choice in choices)
            alone = frozenset(choice.source for choice in choices if choice.exclusive)
            about = Limited(asked.kind, asked.settings | found.settings, codes, alone)
            held = limits_of(constraint.tree, about) if constraint.tree else Limits(reasons=[constraint.reason])
            found.settings |= held.settings
            found.exclusive |= held.exclusive
            if not held.reasons:
                self.counted["constraints"] += constraint.is_of_source and not constraint.is_settled
                constraint.is_settled = True
                continue
            reason = held.reasons[0] + ("; the rest of it is kept" if held.settings or held.exclusive else "")
            self.report.lose(constraint.where, f"limit “{constraint.text}” of “{asked.name}”", reason)
        return found

    def leave_out(self, asked: Asked, reason: str) -> None:
        """Report a question that nobody is ever asked."""
        self.report.lose(asked.where, f"question “{asked.name}”", f"{reason}, so nobody would be asked")
        for name in (asked.name, *asked.aliases):
            self.outline.lost[name] = "that question is not in the questionnaire"
        for each in (*asked.rules, *asked.constraints):
            self.lose(each, "its question is not in the questionnaire")

    # Rules

    def held_together(self, rules: list[Rule], where: str) -> Held:
        """What several rules say together. One that cannot be held is reported, once, and says nothing."""
        return both([True if held is None else held for held in map(self.held, rules)], "all")

    def held(self, rule: Rule) -> Held | None:
        """What one rule says; None where that cannot be held."""
        if not rule.is_settled:
            rule.is_settled = True
            try:
                rule.held = self.condition(rule)
                self.counted["rules"] += rule.is_of_source and rule.held is not False
            except CannotHold as reason:
                self.lose(rule, str(reason))
        return rule.held

    def lose(self, rule: Rule, reason: str) -> None:
        if rule.held is None:
            self.report.lose(rule.where, f"rule “{rule.text}”", reason)

    def condition(self, rule: Rule) -> Held:
        if rule.tree is None:
            raise CannotHold(rule.reason)
        held = self.also_asked(rule.tree, condition_of(rule.tree, self.find))
        parts = size(held) if isinstance(held, Condition) else 0
        if parts > min(MOST_PARTS, self.parts_left):
            raise CannotHold("it would become a condition of too many parts")
        self.parts_left -= parts
        return held

    def also_asked(self, tree: Tree, held: Held) -> Held:
        """What a rule says where it is false of whoever was not asked the questions that it looks at."""
        if not self.is_false_when_unasked:
            return held
        found = [self.find(answer) for answer in answers_in(tree) if not answer.may_be_absent]
        asked = [target.shown for target in found if target.shown and not needs(held, target.key)]
        return both([held, *asked], "all")

    def find(self, answer: Answer) -> Target:
        """What a name in a rule stands for. Raises CannotHold with the reason where a rule cannot ask about it."""
        name = answer.name
        target = self.targets.get(name)
        if target is None:
            raise CannotHold(self.why_unknown(name))
        repeat = self.repeated.get(target.key)
        if repeat and repeat != self.repeat:
            raise CannotHold(f"“{name}” is asked once for each item, and not once")
        if target.key in self.ranked:
            raise CannotHold(f"“{name}” ranks all its answers there, and the best ones here")
        return target

    def why_unknown(self, name: str) -> str:
        if name in self.outline.lost:
            return f"it asks about “{name}”: {self.outline.lost[name]}"
        if name in self.names:
            return f"it asks about “{name}”, which is not asked before it"
        return f"it asks about “{name}”, which is not in the file"

    def register(self, asked: Asked, question: Question, shown_if: Condition | None) -> None:
        """Let later rules ask about a question."""
        shown = both([part for part in (shown_if, question.shown_if) if part], "all")
        codes = {choice.source: choice.code for choice in asked.choices if question.option(choice.code)}
        target = Target(
            question.key,
            HOLDS.get(asked.kind, "words"),
            codes,
            shown=shown if isinstance(shown, Condition) else None,
        )
        if self.repeat:
            self.repeated[question.key] = self.repeat
        if asked.ranks_all:
            self.ranked.add(question.key)
        if len(codes) < len(question.options):
            self.outline.lost[asked.name] = "it has more answers than a question here can have"
        elif KINDS[asked.kind].controls(question):
            self.targets.setdefault(asked.name, target)
        for name, alias in asked.aliases.items():
            self.targets.setdefault(name, aliased(target, alias))


def aliased(target: Target, alias: Alias) -> Target:
    """The target of another name of a question."""
    if alias.statement:
        return replace(target, holds="one", statement=alias.statement)
    if alias.ticked:
        return replace(target, holds="tick", code=target.codes.get(alias.ticked, 0), ticked=alias.value)
    return target


def conditions_of(question: Question) -> list[Condition]:
    """Every condition of a question: its own, its options' and its statements'."""
    parts = (question.shown_if, *(o.shown_if for o in question.options), *(s.shown_if for s in question.statements))
    return [part for part in parts if part]
