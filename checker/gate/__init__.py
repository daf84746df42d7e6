"""Which findings count: the previous audit, the baseline, the waivers and the settings, and the exit code they make."""
