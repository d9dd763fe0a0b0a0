"""Loading the demonstration through the service's own commands: nothing here writes an answer except `submission.submit`."""

import json
import secrets
from datetime import timedelta
from random import Random
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.db import transaction

from consult import approval
from consult.demonstration import judgements
from consult.demonstration.facts import TEAM
from consult.demonstration.invented import invented_responses
from consult.editions import publish_report
from consult.models import Document, Membership, Postcode, Role, Team, User
from consult.preflight_rules import APPROVAL
from consult.services import create_consultation, launch, publish_outcome
from consult.submission import submit
from surveys.models import Channel
from surveys.publishing import published

ACTOR = "seed_demo"
QUESTION_SET = "2026-1"
EVIDENCE = {
    "privacy": "The data protection officer of the demonstration",
    "assessment": "What the plan means for people",
}
"""What is named where a tick must name somebody or something."""
NO_NEED = "This is a demonstration: nobody is consulted"
"""Why advice is left."""
NAMES = {
    Role.LEAD: ("Leah", "Lead"),
    Role.APPROVER: ("Amir", "Approver"),
    Role.CLERK: ("Clare", "Clerk"),
    Role.VERIFIER: ("Vikram", "Verifier"),
    Role.CODER: ("Corin", "Coder"),
    Role.EQUALITY: ("Efua", "Equality"),
    Role.ADMIN: ("Ada", "Admin"),
}
POSTCODES = {"NB1 1": (1, 1, 2), "NB1 4": (1, 2, 3), "NB2 3": (2, 3, 3), "NB3 7": (3, 4, 5), "NB4 1": (4, 5, 5),
             "NB5 2": (1, 3, 5), "NB6 6": (2, 4, 5)}  # fmt: skip
"""The directory of a place that is not there: deprivation fifths of the postcodes …AA, …AB and …AC of each sector."""


def load_team():
    """The team, its postcode directory and one person for each role. Returns the team and what may be written down of each."""
    team = Team.objects.create(**TEAM)
    Postcode.objects.bulk_create(
        Postcode(
            postcode=f"{sector}A{letter}", deprivation_fifth=fifth, ward="Northbridge", is_inside=sector != "NB6 6"
        )
        for sector, fifths in POSTCODES.items()
        for letter, fifth in zip("ABC", fifths, strict=True)
    )
    return team, [load_person(team, role) for role in Role]


def load_person(team, role):
    """Somebody with a role, a password and a second factor: `{role, username, password, totp_secret, api_token}`."""
    first, last = NAMES[role]
    password, secret = secrets.token_urlsafe(12), generate_totp_secret()
    user = User.objects.create_user(role.value, password=password, first_name=first, last_name=last)
    Membership.objects.create(team=team, user=user, role=role)
    sealed = get_adapter().encrypt(secret)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": sealed})
    # There is no API to hold a token for yet.
    return {
        "role": role.value,
        "username": user.username,
        "password": password,
        "totp_secret": secret,
        "api_token": None,
    }


@transaction.atomic
def load_consultation(facts, *, team, now):
    """One consultation with its questionnaire approved and its launch made the day before it opened."""
    times, lead = facts.times(now), person_with(Role.LEAD, team)
    prepared_at = times.opens_at - timedelta(days=1)
    consultation = create_consultation(
        facts.questionnaire(),
        team=team,
        by=lead,
        now=prepared_at,
        slug=facts.slug,
        title=facts.title,
        short_name=facts.short_name,
        kind=facts.kind,
        topic=facts.topic,
        area=facts.area,
        summary=facts.summary,
        purpose=facts.purpose,
        still_open=facts.still_open,
        asks=list(facts.asks),
        decided_by=facts.decided_by,
        decision_on=times.decision_on,
        report_by=times.report_by,
        question_set=QUESTION_SET,
        baseline=facts.baseline,
        policy=facts.policy,
        is_illustrative=True,
        opens_at=times.opens_at,
        closes_at=times.closes_at,
    )
    Document.objects.bulk_create(
        Document(consultation=consultation, slug=part.slug, title=part.title, body=part.body, position=position)
        for position, part in enumerate(facts.documents)
    )
    get_approved(consultation, lead=lead, now=prepared_at)
    launch(consultation, by=lead, now=prepared_at)
    return consultation


def get_approved(consultation, *, lead, now):
    """What people do before a consultation opens: the lead works through pre-flight and asks, the approver approves."""
    for task in approval.preflight_of(consultation, now=now):
        if not task.is_done and task.key != APPROVAL:
            words = EVIDENCE.get(task.key, "") if task.blocks else NO_NEED
            approval.say_of_task(consultation, task.key, words=words, is_tick=task.blocks, by=lead, now=now)
    asked = approval.ask_for_approval(consultation, by=lead, now=now)
    approval.approve(consultation, seen=asked.digest, by=person_with(Role.APPROVER, consultation.team), now=now)


def person_with(role, team):
    """Somebody with a role in the team."""
    return User.objects.filter(memberships__team=team, memberships__role=role).first()


def load_responses(consultation, facts, *, count, seed, now):
    """Send `count` invented responses, spread over the time the consultation has been open. Yields after each."""
    random = Random(f"{seed} {facts.slug}")  # noqa: S311 -- invented people, not secrets
    version_id = consultation.questionnaire.versions.get().id
    until = min(now, consultation.closes_at)
    for response in invented_responses(published(version_id).definition, slug=facts.slug, count=count, random=random):
        sent_at = consultation.opens_at + (until - consultation.opens_at) * min(response.submitted_offset, 0.999_999)
        submit(
            consultation,
            answers=response.answers,
            channel=Channel(response.channel),
            key=UUID(int=random.getrandbits(128), version=4),
            version_id=version_id,
            now=sent_at,
            equality=with_area(response.equality, random),
            language=response.language,
        )
        yield response


def with_area(equality, random):
    """The equality answers with the sector turned into its area's codes, as the equality pages do with a postcode."""
    answers = dict(equality)
    sector = answers.pop("postcode", None)
    if sector in POSTCODES:
        answers |= {"deprivation": random.choice(POSTCODES[sector]), "inside": 2 if sector == "NB6 6" else 1}
    return answers


def load_publication(consultation, facts, *, now):
    """Publish the report and the decision of a consultation that has got so far, each with what people judged by then."""
    times, judge = facts.times(now), person_with(Role.EQUALITY, consultation.team)
    if times.reported_at:
        judgements.write_before(consultation, times, by=judge)
        publish_report(consultation, by=ACTOR, now=times.reported_at)
    if times.decided_at:
        publish_outcome(consultation, by=ACTOR, now=times.decided_at, outcome=dict(facts.outcome))
        judgements.write_after(consultation, times, by=judge)


def write_credentials(people):
    """Keep the sign-ins of the demonstration in the data directory, readable by its owner alone."""
    path = settings.DATA_DIR / "demo-credentials.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(people, indent=2))
    return path
