"""The relations of prose and performance targets, by the numbers of the domain notes: which rules hold each."""

from __future__ import annotations

import pytest

from checker.model.rule import Kind
from tests.support.project import rules

# fmt: off
RELATIONS = {
    "N01": ["STA-4001", "STA-4002", "STA-4003", "STA-4004", "STA-4005", "STA-4006"],
    "N02": ["STA-4201", "STA-4202", "STA-4203", "STA-4204", "STA-4205"],
    "N03": ["SHA-4250", "SHA-4251"],
    "N04": ["STA-4007", "STA-4008", "STA-4009"],
    "N05": ["STA-4101", "STA-4102", "STA-4103", "STA-4104", "STA-4105", "STA-4106", "STA-4107"],
    "N06": ["STA-4109", "STA-4112"],
    "N07": ["STA-4114", "STA-4115", "STA-4116", "STA-4117", "STA-4118"],
    "N08": ["STA-4301", "STA-4302", "STA-4303", "STA-4304", "STA-4305", "STA-4306", "STA-4309"],
    "N09": ["STA-4320"],
    "N10": ["STA-4330"],
    "N11": ["SHA-4250", "STA-4340", "STA-4341", "STA-4342", "STA-4343", "STA-4346"],
    "N12": ["STA-4350", "STA-4351"],
    "N13": ["STA-4301", "STA-4320"],
    "D19": ["SHA-4250"],
    "D20": ["STA-4550", "STA-4551"],
    "D21": ["STA-4552"],
    "D22": ["STA-4204", "STA-4205"],
    "D23": ["STA-4522", "STA-4206"],
    "D24": ["STA-4530"],
    "P01": ["ACR-1401"],
    "P02": ["TGT-5103"],
    "P03": ["TGT-5101", "TGT-5102"],
    "P04": ["TGT-5104", "TGT-5105"],
    "P05": ["STA-4340", "STA-4341", "STA-4346"],
    "P06": ["TGT-5111", "TGT-5112", "TGT-5113", "TGT-5114", "TGT-5115", "TGT-5116"],
    "P07": ["IND-5007", "IND-5008"],
    "P08": ["TGT-5121", "TGT-5123"],
    "P09": ["TGT-5124", "ARI-6502"],
    "P10": ["TGT-5131"],
    "M01": ["TXT-6004"],
    "M02": ["TXT-6031"],
    "M03": ["TXT-6131"],
    "M04": ["TXT-6052", "TXT-6053", "TXT-6078"],
}
"""D25, that numbers of trips, guests and cars are stated, is left to the reviewer: no relation can fail."""
# fmt: on


@pytest.mark.parametrize("number", RELATIONS)
def test_rules_hold_the_relation(number: str) -> None:
    assert set(RELATIONS[number]) <= set(rules())


def test_an_error_about_words_is_one_of_a_few() -> None:
    errors = {name for name, rule in rules().items() if rule.info.kind is Kind.TEXT and rule.info.severity == "error"}
    assert errors == {"TXT-6004", "TXT-6051", "TXT-6052", "TXT-6053", "TXT-6071", "TXT-6078"}
