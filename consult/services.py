"""Commands on consultations: each is one transaction with its audit row. Reading is elsewhere; deciding is in `stages.py`."""

from django.db import connection, transaction
from django.db.models import F

from consult import approval, audit, keys
from consult.models import Consultation, LinkKey
from consult.own_pictures.finding import pictures_of
from consult.preflight import refusals
from consult.stages import Facts, NotReady, Stage, may, stage_at
from surveys.models import DraftResponse
from surveys.publishing import publish, save_questionnaire
from surveys.text import clean_text


def facts_about(consultation):
    """The times a consultation's stage is derived from."""
    return Facts(
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        launched_at=consultation.launched_at,
        reported_at=consultation.reported_at,
        decided_at=consultation.decided_at,
        withdrawn_at=consultation.withdrawn_at,
    )


# Written out, because every send asks it: building it anew takes Django longer than everything else that is done with it.
NEWEST = """SELECT opens_at, closes_at, launched_at, reported_at, decided_at, withdrawn_at
    FROM consult_consultation WHERE id = %s"""


def newest_facts(consultation):
    """The same, read again from the table: inside a transaction, they are as they will be when it is committed."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [consultation.pk])
        times = cursor.fetchone()
    # SQLite has no type for times: there they come as text.
    read = connection.ops.convert_datetimefield_value if connection.vendor == "sqlite" else lambda time, *_: time
    return Facts(*(read(time, None, connection) for time in times))


@transaction.atomic
def create_consultation(definition, *, team, by, now, **fields):
    """A new consultation around a questionnaire, as a draft, with the key that will link its equality profiles."""
    consultation = Consultation.objects.create(team=team, questionnaire=save_questionnaire(definition), **fields)
    LinkKey.objects.create(consultation=consultation, wrapped=keys.new_wrapped_link_key())
    audit.record("created", consultation, team=team, by=by, at=now)
    return consultation


@transaction.atomic
def publish_questionnaire(consultation, *, by, now, reason=""):
    """Freeze the questionnaire's draft into its next version. Raises surveys.publishing.NotPublishable."""
    version = publish(consultation.questionnaire, now=now, is_picture=pictures_of(consultation.team_id))
    audit.record(
        "questionnaire published",
        consultation,
        team=consultation.team,
        by=by,
        at=now,
        reason=reason,
        detail={"version": version.number, "sha256": version.sha256},
    )
    return version


@transaction.atomic
def launch(consultation, *, by, now):
    """Publish a consultation: freeze its questionnaire as it was approved, and let it open at its opening time.

    Needs a passed pre-flight and the approval of a second person (`approval.py`). Raises NotReady.
    """
    approval.lock(consultation)
    stage = stage_at(facts_about(consultation), now)
    tasks = refusals(approval.preflight_of(consultation, now=now)) if may("launch", stage) else []
    if not tasks and may("launch", stage) and not is_published_as_drafted(consultation.questionnaire):
        publish_questionnaire(consultation, by=by, now=now)
    return move("launch", consultation, by=by, now=now, tasks=tasks)


def is_published_as_drafted(questionnaire):
    """Whether the newest version of a questionnaire is its draft."""
    newest = questionnaire.versions.order_by("-number").first()
    return newest is not None and newest.document == questionnaire.draft


@transaction.atomic
def see_interim_results(consultation, *, by, now, reason):
    """Record why somebody looks at what people answered while more are still answering. Raises NotReady."""
    stage, reason = stage_at(facts_about(consultation), now), clean_text(reason)
    if stage != Stage.OPEN or not reason:
        raise NotReady([WHY if stage == Stage.OPEN else f"A consultation that is {stage} has no interim results."])
    audit.record("interim results seen", consultation, team=consultation.team, by=by, at=now, reason=reason)


def publish_outcome(consultation, *, by, now, outcome):
    """Make the decision public: `outcome` holds the five parts of the outcome page. Raises NotReady."""
    missing = [f"Write “{part}”." for part in ("asked", "said", "did", "not_done", "next") if not outcome.get(part)]
    consultation.outcome = outcome
    return move("decide", consultation, by=by, now=now, tasks=missing)


HAPPENED = {"launch": "launched_at", "report": "reported_at", "decide": "decided_at", "withdraw": "withdrawn_at"}
"""Each move and the time it sets."""


@transaction.atomic
def move(name, consultation, *, by, now, tasks=(), reason="", detail=None):
    """Make one of the moves of `stages.MOVES`, with its audit row, whatever but the stage and `tasks` says. Raises NotReady."""
    stage = stage_at(facts_about(consultation), now)
    refusals = list(tasks) if may(name, stage) else [f"A consultation that is {stage} cannot do this."]
    if refusals:
        raise NotReady(refusals)
    setattr(consultation, HAPPENED[name], now)
    consultation.save(update_fields=[HAPPENED[name], "outcome", "withdrawal_words"])
    audit.record(name, consultation, team=consultation.team, by=by, at=now, reason=reason, detail=detail)
    return consultation


@transaction.atomic
def withdraw(consultation, *, by, now, reason, words, agreed_by=""):
    """Take a consultation back before it closes: nobody can answer any more. The rest as `close_early`. Raises NotReady."""
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update())
    reason, words = clean_text(reason), clean_text(words)
    consultation.withdrawal_words = words
    detail = {"public words": words} | agreement(agreed_by)
    tasks = missing_words(reason, words)
    return move("withdraw", consultation, by=by, now=now, tasks=tasks, reason=reason, detail=detail)


def missing_words(reason, words):
    """What is left to say, where a move must be explained."""
    return [task for text, task in ((reason, WHY), (words, WHY_IN_PUBLIC)) if not text]


def agreement(agreed_by):
    """Who agreed, for the record; nothing where nobody was named."""
    return {"agreed by": agreed_by} if agreed_by else {}


def close_early(consultation, *, by, now, reason, words, agreed_by=""):
    """Close an open consultation now; whoever has begun keeps the hour of grace. Raises NotReady.

    `reason` is for the record; `words` for the public, as what follows "because" and, in further paragraphs, more to read;
    `agreed_by` names the approver who agreed.
    """
    return change_closing(
        "close_early", consultation, closes_at=now, by=by, now=now, reason=reason, words=words, agreed_by=agreed_by
    )


def extend(consultation, *, closes_at, by, now, reason, words, agreed_by=""):
    """Give people more time, or open again what has closed, until `closes_at`. The rest as `close_early`. Raises NotReady."""
    tasks = [] if closes_at > max(consultation.closes_at, now) else ["Choose a closing time later than the one it has."]
    return change_closing(
        "extend",
        consultation,
        closes_at=closes_at,
        by=by,
        now=now,
        reason=reason,
        words=words,
        agreed_by=agreed_by,
        tasks=tasks,
    )


@transaction.atomic
def change_closing(name, consultation, *, closes_at, by, now, reason, words, agreed_by="", tasks=()):
    """Make a move that changes when a consultation closes. What was promised first is kept, and answers in progress live as long
    after the new time as they would have after the old."""
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update())
    reason, words = clean_text(reason), clean_text(words)
    missing = missing_words(reason, words)
    stage = stage_at(facts_about(consultation), now)
    if refusals := [*tasks, *missing] if may(name, stage) else [f"A consultation that is {stage} cannot do this."]:
        raise NotReady(refusals)
    before = consultation.closes_at
    consultation.first_closes_at = consultation.first_closes_at or before
    consultation.closes_at, consultation.closing_words = closes_at, words
    consultation.save(update_fields=["first_closes_at", "closes_at", "closing_words"])
    drafts = DraftResponse.objects.filter(version__questionnaire=consultation.questionnaire_id)
    drafts.update(expires_at=F("expires_at") + (closes_at - before))
    detail = {"from": before.isoformat(), "to": closes_at.isoformat(), "public words": words} | agreement(agreed_by)
    audit.record(name, consultation, team=consultation.team, by=by, at=now, reason=reason, detail=detail)
    return consultation


WHY = "Say why, for the record."
WHY_IN_PUBLIC = "Say why, in words for the public."
