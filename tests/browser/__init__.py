"""The report as a reader meets it: opened in a real Chromium, read, driven by keys, printed."""
