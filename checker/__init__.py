"""Gouji 勾稽: an auditor of published government budgets."""

__version__ = "0.1.0"
