"""Publishing: freezing a questionnaire's draft into a version, and reading versions back.

A version is inserted once and never changed, so what is read of it is kept for the life of the process.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.contrib.staticfiles import finders
from django.db import transaction
from django.db.models import Max

from surveys import drafting
from surveys.codebook import Codebook, build_codebook, codebook_from_json, codebook_to_json
from surveys.definition import Definition
from surveys.definition_json import from_json, to_json
from surveys.models import Questionnaire, Version
from surveys.paths import paths
from surveys.piping import repeats_text
from surveys.renderings import pictures, questionnaire_as_asked

PICTURES = "pictures/"
"""The folder of the service's static files in which a questionnaire's pictures lie."""


class NotPublishable(ValueError):
    """The draft has `problems` (drafting.Problem) that would reach residents."""

    def __init__(self, problems):
        super().__init__("; ".join(f"{problem.where}: {problem.says}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Published:
    """A version as the engine works with it."""

    id: object
    number: int
    definition: Definition
    codebook: Codebook

    @cached_property
    def pages_repeating_text(self):
        """The keys of the pages whose words may repeat what somebody wrote."""
        return frozenset(page.key for page in self.definition.pages if repeats_text(page, self.definition))

    @cached_property
    def asked(self):
        """The fewest and the most questions that anybody is asked, found by walking every path once."""
        return paths(self.definition).asked


def save_questionnaire(definition):
    """Keep a new questionnaire as a draft, and return it."""
    return Questionnaire.objects.create(title=definition.title, draft=to_json(definition))


def no_other(file):
    """For questionnaires without pictures of their own: beside those in the folder there are none."""
    return False


@transaction.atomic
def publish(questionnaire, *, now, reason="", public_note="", is_picture=no_other):
    """Freeze the draft into the next version. Raises NotPublishable; returns the Version.

    `reason` and `public_note` say why and how a version differs from the one before it. `is_picture` says of the name of a file
    whether there is such a picture beside those in the folder.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    definition = from_json(questionnaire.draft)
    if found := draft_problems(questionnaire, is_picture=is_picture):
        raise NotPublishable(found)
    last = questionnaire.versions.aggregate(last=Max("number"))["last"] or 0
    document = to_json(definition)
    return Version.objects.create(
        questionnaire=questionnaire,
        number=last + 1,
        document=document,
        codebook=codebook_to_json(build_codebook(definition), definition),
        sha256=hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest(),
        published_at=now,
        reason=reason,
        public_note=public_note,
    )


def draft_problems(questionnaire, *, is_picture=no_other):
    """Everything that keeps a questionnaire's draft from being published. `is_picture`: see `publish`."""
    definition = from_json(questionnaire.draft)
    return (*drafting.problems(definition), *pictures_lost(definition, is_picture=is_picture))


def pictures_lost(definition, *, is_picture=no_other):
    """Pictures that are named and not there: a page that shows one could not be drawn."""
    for key, picture in pictures(definition):
        if finders.find(PICTURES + picture.file) is None and not is_picture(picture.file):
            yield drafting.Problem(key, f"There is no picture “{picture.file}” in the folder “{PICTURES}”")


@lru_cache(maxsize=128)
def published(version_id):
    """The version with this id, read once per process. Raises Version.DoesNotExist."""
    version = Version.objects.get(pk=version_id)
    return Published(version.id, version.number, from_json(version.document), codebook_from_json(version.codebook))


@lru_cache(maxsize=128)
def asked_definition(version_id, variant):
    """The questionnaire of a version in the words of a variant (`renderings.VARIANTS`), "" for the standard one."""
    return questionnaire_as_asked(published(version_id).definition, variant)


def latest_version_id(questionnaire_id):
    """The id of the newest published version, or None."""
    return (
        Version.objects.filter(questionnaire=questionnaire_id).order_by("-number").values_list("id", flat=True).first()
    )
