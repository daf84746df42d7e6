"""The contract → formats: one module per format, none knowing another."""
