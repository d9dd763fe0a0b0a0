"""The questionnaire builder: staff make, order and connect questions by plain forms."""

from consult.views.building import (
    changes,
    checking,
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
