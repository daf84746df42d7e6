"""A small share of `make mutate`: changed digits are noticed."""

import random

import pytest

from tests.conftest import SAMPLES
from tests.mutate import SEED, Mutator
from tests.mutate_prose import ProseMutator
from tests.support.printing import lines_of
from tests.support.reprinting import Reprinter, misprints


def test_changed_digits_are_noticed(auditor):
    mutator = Mutator(auditor, SAMPLES / "clean" / "unit.txt")
    tally = mutator.run(per_digit=0, sample=80, draw=random.Random(SEED))
    assert tally.mutants == 80
    assert tally.rate >= 0.97, tally.missed
    assert not tally.unrelated


def test_changed_digits_of_a_department_are_noticed(auditor):
    mutator = Mutator(auditor, SAMPLES / "clean" / "department.txt")
    tally = mutator.run(per_digit=0, sample=60, draw=random.Random(SEED + 1))
    assert tally.rate >= 0.97, tally.missed
    assert not tally.unrelated


@pytest.mark.parametrize(
    "file", ["city/clean/department.txt", "province/clean/unit.txt", "final-accounts/clean/department.txt"]
)
def test_changed_digits_are_noticed_in_other_layouts(file, auditor):
    tally = Mutator(auditor, SAMPLES / file).run(per_digit=0, sample=60, draw=random.Random(SEED + 3))
    assert tally.mutants == 60
    assert tally.rate >= 0.95, tally.missed
    assert not tally.unrelated


def test_changed_numbers_of_sentences_are_noticed(auditor):
    path = SAMPLES / "clean" / "department.txt"
    tally = ProseMutator(auditor, auditor.read(path)).run(sample=80, draw=random.Random(SEED))
    assert tally.count >= 40
    assert tally.rate >= 0.92, tally.missed  # a last digit of a change or a rate may be rounding


def test_an_unchanged_copy_is_not_noticed(auditor):
    mutator = Mutator(auditor, SAMPLES / "defects" / "basic-total" / "unit.txt")
    operand = next(operand for table in mutator.original.filing.tables for operand in table.figures())
    from tests.mutate import Mutant

    assert not mutator.notices(Mutant(operand, 0, operand.text))


@pytest.mark.parametrize(("suffix", "count"), [("pdf", 40), ("docx", 40), ("xlsx", 40), ("htm", 40)])
def test_misprints_are_noticed_in_every_format(suffix, count, auditor, tmp_path):
    lines = lines_of("county", "clean", "unit")
    tries = misprints(lines, auditor, count, random.Random(SEED + 2))
    as_text, as_printed = (Reprinter(lines, kind, tmp_path, auditor) for kind in ("txt", suffix))
    wanted = {one.ref: as_text.notices(one) for one in tries}
    assert {one.ref: as_printed.notices(one) for one in tries} == wanted
    assert sum(wanted.values()) >= 0.97 * count
