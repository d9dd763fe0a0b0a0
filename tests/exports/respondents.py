"""Respondents for tests of what is counted and published: sent in through the service's own way in, and counted again by
the plainest code there is, straight from their documents.
"""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from consult import submission
from consult.demonstration import loading
from consult.demonstration.facts import all_facts
from consult.models import Team
from consult.reports import link_function, results_of
from equality.categories import profile_layout
from equality.models import Profile
from surveys.codebook import every_round
from surveys.definition import words
from surveys.journey import journey
from surveys.marks import is_mark
from surveys.models import RespondentType, Response, ResponseStatus
from surveys.publishing import latest_version_id, published


def send(consultation, answers, *, equality=None, channel="online", now=None, key=None):
    """Take a response in, and return it."""
    now = now or timezone.now()
    key = key or uuid4()
    submission.submit(
        consultation,
        answers=answers,
        equality=equality,
        channel=channel,
        key=key,
        version_id=latest_version_id(consultation.questionnaire_id),
        now=now,
    )
    return Response.objects.get(submission_key=key)


def results_now(consultation, **more):
    """The consultation's Results as they are now."""
    return results_of(consultation, now=timezone.now(), **more)


def close(consultation):
    """Let the consultation have closed an hour ago."""
    consultation.opens_at = timezone.now() - timedelta(days=30)
    consultation.closes_at = timezone.now() - timedelta(hours=1)
    consultation.save()
    return consultation


def demonstrated(slug, *, count, seed=7):
    """One consultation of the demonstration with invented responses."""
    facts, now = next(facts for facts in all_facts() if facts.slug == slug), timezone.now()
    team = Team.objects.first() or loading.load_team()[0]
    consultation = loading.load_consultation(facts, team=team, now=now)
    for _ in loading.load_responses(consultation, facts, count=count, seed=seed, now=now):
        pass
    return consultation


# Counting naively -------------------------------------------------------------------------------------------------------


def plainly_counted(consultation, results):
    """Every table of a consultation, counted response by response: `{(question, part, by, group): {row: {column: people}}}`.

    Zeros are left out. `by` is None or a characteristic's key; `group` "people" or "organisations".
    """
    tables = {}
    for response, categories in with_categories(consultation, results):
        group = "organisations" if response.respondent_type == RespondentType.ORGANISATION else "people"
        definition = published(response.version_id).definition
        route = journey(definition, response.answers)
        for question in route.questions():
            for part, labels in chosen(question, route.answers.get(question.key)).items():
                for label in labels:
                    count(tables, (question.key, part, None, group), label, "All responses")
                    for by, category in categories.items():
                        count(tables, (question.key, part, by, group), label, category)
    return tables


def count(tables, table, row, column):
    tables.setdefault(table, {}).setdefault(row, Counter())[column] += 1


def with_categories(consultation, results):
    """Each counted response with `{characteristic's key: category}` of its profile, joined one by one."""
    link_of = link_function(consultation)
    layout = profile_layout(consultation.question_set)
    versions = consultation.questionnaire.versions.all()
    for response in Response.objects.filter(version__in=versions, status=ResponseStatus.COUNTED):
        profile = Profile.objects.filter(link=link_of(response.submission_key)).first() if link_of else None
        categories = {}
        for characteristic in results.characteristics if profile else ():
            code = bytes(profile.codes)[layout[characteristic.column][0]]
            label = dict(characteristic.categories).get(code)
            if label is not None:
                categories[characteristic.key] = label
        yield response, categories


def chosen(question, value):
    """The lines of a question's tables that an answer belongs to: `{part of the summary: {row label}}`."""
    if value is None or is_mark(value):
        return {}
    return CHOSEN[question.kind](question, value)


def label_of(question, code):
    option = question.option(code)
    return set() if option is None or option.meaning == "prefer_not_to_say" else {words(option.label)}


def of_statements(question, value):
    return {key: label_of(question, code) for key, code in value.items() if not is_mark(code)}


def of_ranking(question, value):
    return {"first": label_of(question, value[0]), "top": set().union(*(label_of(question, code) for code in value))}


def of_number(question, value):
    for low, high in question.settings["bands"]:
        if low <= value and (high is None or value <= high):
            return {"": {f"{low}" if low == high else f"{low} or more" if high is None else f"{low} to {high}"}}
    return {"": {"Outside these ranges"}}


def of_date(question, value):
    year = int(value[:4])
    return {"": {str(year) if year in question.settings["years"] else "Outside these ranges"}}


CHOSEN = {
    "one_choice": lambda question, value: {"": label_of(question, value)},
    "scale": lambda question, value: {"": label_of(question, value)},
    "several_choices": lambda question, value: {"": set().union(*(label_of(question, code) for code in value))},
    "statements": of_statements,
    "ranking": of_ranking,
    "number": of_number,
    "date": of_date,
    "short_text": lambda question, value: {"": {"Wrote something"}},
    "long_text": lambda question, value: {"": {"Wrote something"}},
    "postcode": lambda question, value: {"": {"Gave a postcode"}},
}


def plain_base(consultation, question_key, group):
    """What became of one question, response by response: `{state: people}`; the parts of a group of statements as one."""
    tally = Counter()
    for response in Response.objects.filter(version__questionnaire=consultation.questionnaire_id, status="counted"):
        is_organisation = response.respondent_type == RespondentType.ORGANISATION
        if is_organisation == (group == "organisations"):
            route = journey(published(response.version_id).definition, response.answers)
            asked = {question.key: question for question in route.questions()}
            if question_key in asked:
                tally[state_of(asked[question_key], route.answers.get(question_key))] += 1
    return dict(tally)


def state_of(question, value):
    """What became of a question that somebody was asked."""
    if question.kind == "statements" and isinstance(value, dict) and not is_mark(value):
        states = {state_of_one(question, value.get(line.key)) for line in question.statements}
        order = ("Answered", "Ticked more than one", "Could not be read", "Preferred not to say", "Left blank")
        return next(state for state in order if state in states)
    return state_of_one(question, value)


def state_of_one(question, value):
    if value is None:
        return "Left blank"
    if is_mark(value):
        return {"illegible": "Could not be read", "several": "Ticked more than one"}[value["mark"]]
    codes = value if isinstance(value, list) else [value]
    meanings = {option.meaning for option in question.options if option.code in codes}
    return "Preferred not to say" if "prefer_not_to_say" in meanings else "Answered"


# Counting as the service does, with the gate held open ------------------------------------------------------------------


def let_through(monkeypatch):
    """Hold the gate open: `Results` gives its true counts, as `CountTable`s, for setting against `plainly_counted`."""
    monkeypatch.setattr("exports.results.release", lambda table, policy: table)


def counted(consultation, *, now=None, fresh=False):
    """Every table that `Results` makes, in the shape of `plainly_counted`. Needs `let_through`."""
    results = results_of(consultation, now=now or timezone.now(), fresh=fresh)
    tables = {}
    for question, summaries in results.questions():
        for summary in summaries:
            asked_for = [(None, "people", 1), (None, "organisations", 2)]
            asked_for += [(characteristic.key, "people", 1) for characteristic in results.characteristics]
            for by, group, code in asked_for:
                rows = rows_of(results.table(summary, by=by, group=code))
                if rows:
                    tables[question.key, summary.part, by, group] = rows
    return tables


def rows_of(table):
    """`{row: {column: people}}` of a CountTable, zeros left out."""
    rows = {}
    for label, cells in zip(table.rows, table.counts, strict=True):
        people = {column: number for column, number in zip(table.columns, cells, strict=True) if number}
        if people:
            rows[label] = people
    return rows


def asked_questions(consultation):
    """Every question of the newest version as asked, once for each item of a repeated page."""
    return list(every_round(published(latest_version_id(consultation.questionnaire_id)).definition))
