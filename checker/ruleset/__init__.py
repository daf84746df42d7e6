"""YAML → RuleSet: the rule language, its grammar, its lint."""
