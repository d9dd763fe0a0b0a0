"""Forms on paper: those drawn to be printed, batches that must balance, what is keyed of each form, and how well it was keyed."""
