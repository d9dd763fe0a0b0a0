"""The questionnaire builder: staff make, order and connect questions by plain forms."""

from consult.views.building import (
    changes,
    checking,
    correcting,
    documents,
    editing,
    exporting,
    facts,
    pages,
    preview,
    questions,
    rules,
    sharing,
    starting,
    tasks,
    uploading,
)

__all__ = [
    "changes",
    "checking",
    "correcting",
    "documents",
    "editing",
    "exporting",
    "facts",
    "pages",
    "preview",
    "questions",
    "rules",
    "sharing",
    "starting",
    "tasks",
    "uploading",
]
