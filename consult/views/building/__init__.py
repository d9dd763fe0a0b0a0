"""The questionnaire builder: staff make, order and connect questions by plain forms."""
