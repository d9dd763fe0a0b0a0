"""The questionnaire builder: staff make, order and connect questions by plain forms."""

from consult.views.building import changes, editing, facts, preview, questions, rules, starting, tasks

__all__ = ["changes", "editing", "facts", "preview", "questions", "rules", "starting", "tasks"]
