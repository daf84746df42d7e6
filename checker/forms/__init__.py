"""The vocabulary: forms and layouts, read from YAML."""
