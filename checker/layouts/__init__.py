"""Layouts as a person keeps them: what is wrong with one, and a first draft of one for an unknown filing."""
