"""Audit → formats: one module per format, each standing on the model alone."""
