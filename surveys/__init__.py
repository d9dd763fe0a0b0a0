"""Questionnaires, routes, responses and the statistics made from them. Knows nothing of equality, reports or people."""
