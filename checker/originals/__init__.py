"""The audit brought back to the original: pictures cut out of it, and copies of it with a note at every finding."""
