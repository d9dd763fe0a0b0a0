"""Pictures that a team brings for its easy read: drawn anew from what was uploaded, kept by the team, shown once they may be."""
