"""One check per rule kind: a plain function from a rule's slots and a filing to outcomes."""
