"""The questionnaire builder: staff make, order and connect questions by plain forms."""

from consult.views.building import (
    changes,
    checking,
    editing,
    facts,
    preview,
    questions,
    rules,
    starting,
    tasks,
    uploading,
)

__all__ = [
    "changes",
    "checking",
    "editing",
    "facts",
    "preview",
    "questions",
    "rules",
    "starting",
    "tasks",
    "uploading",
]
