"""Protected characteristics, population baselines and disclosure control. Knows nothing of questionnaires."""
