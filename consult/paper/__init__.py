"""Forms on paper: batches that must balance, what is keyed of each form, and how well it was keyed."""
