"""A share of `python -m tests.mutate_prose`: changed digits of sentences are noticed."""

import random

import pytest

from tests.conftest import PUBLISHED, SAMPLES
from tests.mutate_prose import REQUIRED, ROUNDED, SEED, ProseMutator, filings_of, spoken_in

FILINGS = PUBLISHED.parent
CLEAN = [
    "clean/department.txt",
    "clean/unit.txt",
    "city/clean/department.txt",
    "province/clean/department.txt",
    "final-accounts/clean/department.txt",
]


@pytest.mark.parametrize("file", CLEAN)
def test_changed_numbers_of_the_samples_are_noticed(file, auditor):
    mutator = ProseMutator(auditor, auditor.read(SAMPLES / file))
    tally = mutator.run(70, random.Random(SEED))
    assert tally.count >= 40
    assert tally.rate >= REQUIRED, tally.missed
    assert tally.strict_rate >= 0.9, tally.excused[ROUNDED]


def test_a_text_file_changed_and_read_anew_gives_the_same(auditor):
    file = SAMPLES / "clean" / "unit.txt"
    as_heard = ProseMutator(auditor, auditor.read(file)).run(12, random.Random(SEED))
    as_text = ProseMutator.of_text(auditor, file).run(12, random.Random(SEED))
    assert as_text.noticed == as_heard.noticed
    assert as_text.missed == as_heard.missed


def test_an_unchanged_number_is_not_noticed(auditor):
    mutator = ProseMutator(auditor, auditor.read(SAMPLES / "defects" / "said-rate" / "department.txt"))
    numbers = [one for one in spoken_in(mutator.filing.passages) if not one.excuse]
    assert numbers
    assert not any(mutator.notices(one, 0, one.text[0]) for one in numbers[:20])


def test_years_and_numbers_of_headings_are_no_numbers(auditor):
    filing = auditor.read(SAMPLES / "clean" / "unit.txt")
    spoken = {one.text for one in spoken_in(filing.passages)}
    assert not {"2026", "2025", "12", "31"} & spoken


@pytest.mark.filings
@pytest.mark.skipif(not FILINGS.is_dir(), reason="the published filings are not beside the project")
@pytest.mark.parametrize(("folder", "required"), [("shanxi", 0.93), ("shanghai", 0.82), ("jiangsu", 0.85)])
def test_changed_numbers_of_published_filings_are_noticed(folder, required, auditor):
    """Of every filing some numbers: together at least as many as were noticed when this was written."""
    noticed = count = 0
    for filing in filings_of(auditor, [FILINGS / folder]):
        if filing.statements:
            tally = ProseMutator(auditor, filing).run(40, random.Random(SEED))
            noticed += sum(tally.noticed.values())
            count += tally.count
    assert count >= 80
    assert noticed >= required * count
