"""How many runs of their code one localization may cost."""

MAX_TRIALS = 2500
