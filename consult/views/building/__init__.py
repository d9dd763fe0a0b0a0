"""The questionnaire builder: staff make, order and connect questions by plain forms."""

from consult.views.building import editing, facts, preview, questions, rules, starting, tasks

__all__ = ["editing", "facts", "preview", "questions", "rules", "starting", "tasks"]
