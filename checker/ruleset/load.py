"""Rule packs under `rules/packs` → RuleSet."""

from __future__ import annotations

import string
from pathlib import Path

import msgspec

from checker import cache
from checker.forms.load import vocabulary_files
from checker.forms.vocabulary import Vocabulary
from checker.model.claim import Measure
from checker.model.rule import Basis, Kind, RuleInfo, Severity
from checker.ruleset.codes import codes_of
from checker.ruleset.expression import ExpressionError, Relation, parse_relation
from checker.ruleset.names import check_names
from checker.ruleset.rules import (
    EVERY_TABLE,
    Across,
    Balance,
    Names,
    Present,
    Rollup,
    Rule,
    RuleSet,
    SaidTargets,
    Shares,
    Slots,
    Source,
    Statement,
    Tie,
    Values,
)
from checker.ruleset.targets import (
    Indicators,
    IndicatorsText,
    Parts,
    Sides,
    TargetSlots,
    TargetTie,
    check_targets,
)
from checker.ruleset.text import COMMON, PLACEHOLDERS, REQUIRED, SLOTS, NamesText, PackText, RuleText, SourceText
from checker.ruleset.wording import compiled, faults
from checker.yaml_source import Complaint, SourceError, YamlSource


def pack_files(folders: list[Path]) -> list[Path]:
    """Return every pack file of the rules folders, in a fixed order."""
    return [file for folder in folders for file in sorted(folder.glob("packs/**/*.yaml"))]


def rule_ids(folder: Path) -> frozenset[str]:
    """Return the ids of the rules that a folder's packs hold.

    Raises:
        SourceError: when a pack cannot be read.
    """
    packs = [YamlSource(file, file.read_text(encoding="utf-8")).decode(PackText) for file in pack_files([folder])]
    return frozenset(rule.id for pack in packs for rule in pack.rules)


def load_rules(folders: list[Path], vocabulary: Vocabulary, salt: str) -> RuleSet:
    """Return the rules of the folders, compiled and checked against the vocabulary.

    Raises:
        SourceError: with every complaint, when a pack does not say what it must.
    """
    files = pack_files(folders)
    key = cache.digest([*vocabulary_files(folders), *files], salt)
    return cache.compiled("rules", key, RuleSet, lambda: compile_rules(files, vocabulary, key))


def compile_rules(files: list[Path], vocabulary: Vocabulary, key: str) -> RuleSet:
    """Compile pack files.

    Raises:
        SourceError: with the complaints of all files.
    """
    complaints: list[Complaint] = []
    rules: dict[str, Rule] = {}
    packs: list[str] = []
    for file in files:
        try:
            source = YamlSource(file, file.read_text(encoding="utf-8"))
            pack = source.decode(PackText)
        except SourceError as error:
            complaints += error.complaints
            continue
        packs.append(pack.pack)
        for number, text in enumerate(pack.rules):
            compiler = _Compiler(source, f"rules.{number}", vocabulary)
            rule = compiler.rule(pack, text)
            if text.id in rules:
                compiler.complain("id", f"编号“{text.id}”已用过")
            complaints += compiler.complaints
            if rule is not None:
                rules[text.id] = rule
    if complaints:
        raise SourceError(complaints)
    ordered = tuple(rules[name] for name in sorted(rules, key=_order))
    return RuleSet(ordered, key, tuple(packs))


def _order(name: str) -> tuple[int, str]:
    number = name.rpartition("-")[2]
    return (int(number) if number.isdigit() else 0, name)


class _Compiler:
    """Compiles one rule and collects what is wrong with it."""

    def __init__(self, source: YamlSource, where: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self.where = where
        self.vocabulary = vocabulary
        self.complaints: list[Complaint] = []

    def complain(self, slot: str, message: str) -> None:
        self.complaints.append(self.source.complain(f"{self.where}.{slot}", message))

    def rule(self, pack: PackText, text: RuleText) -> Rule | None:
        self._check_slots(text)
        severity = text.severity or pack.defaults.severity
        basis = text.basis or pack.defaults.basis
        message = text.message or pack.defaults.message
        advice = text.advice or pack.defaults.advice
        for slot, value in (("severity", severity), ("basis", basis), ("message", message), ("advice", advice)):
            if not value:
                self.complain(slot, f"{text.id} 缺少“{slot}”")
        self._check_templates(message, advice)
        when = self._relations("when", text.when)
        slots = self._slots(text)
        if self.complaints or slots is None:
            return None
        info = RuleInfo(
            id=text.id,
            name=text.name,
            kind=text.kind,
            severity=severity or Severity.ERROR,
            basis=basis or Basis(""),
            message=message,
            advice=advice,
            name_en=text.name_en,
            possible_false_alarm=text.possible_false_alarm,
            pack=pack.pack,
        )
        rule = Rule(info, slots, pack.stage.only, tuple(when), text.titled, text.lacking)
        for slot, complaint in (*check_names(rule, self.vocabulary), *check_targets(slots, self.vocabulary.forms)):
            self.complain(slot, complaint)
        return None if self.complaints else rule

    def _check_slots(self, text: RuleText) -> None:
        filled = {
            field.name
            for field in msgspec.structs.fields(RuleText)
            if not field.required and getattr(text, field.name) not in (field.default, {})
        }
        allowed = COMMON | SLOTS[text.kind]
        for slot in sorted(filled - allowed):
            self.complain(slot, f"{text.kind} 类规则没有“{slot}”，可用的有 {'、'.join(sorted(SLOTS[text.kind]))}")
        for choices in REQUIRED[text.kind]:
            if not choices & filled:
                self.complain("kind", f"{text.kind} 类规则缺少“{'”或“'.join(sorted(choices))}”")

    def _check_templates(self, message: str, advice: str) -> None:
        for slot, template in (("message", message), ("advice", advice)):
            try:
                names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
            except ValueError as error:
                self.complain(slot, f"占位符写法有误：{error}")
                continue
            for name in sorted(names - PLACEHOLDERS):
                self.complain(slot, f"未知的占位符“{{{name}}}”，可用的有 {'、'.join(sorted(PLACEHOLDERS))}")

    def _relations(self, slot: str, texts: tuple[str, ...] | str) -> list[Relation]:
        relations = []
        many = isinstance(texts, tuple)
        for number, text in enumerate(texts if isinstance(texts, tuple) else (texts,)):
            try:
                relations.append(parse_relation(text))
            except ExpressionError as error:
                self.complain(f"{slot}.{number}" if many else slot, str(error))
        return relations

    def _equations(self, text: RuleText) -> list[Relation]:
        relations = self._relations("equations", text.equations)
        return relations + (self._relations("equation", text.equation) if text.equation else [])

    def _slots(self, text: RuleText) -> Slots | None:  # noqa: PLR0912 - one branch for each kind of rule
        if text.sides or text.groups or text.against or text.targets is not None or text.indicators is not None:
            return self._target_slots(text)
        match text.kind:
            case Kind.BALANCE:
                return Balance(tuple(self._equations(text)), text.columns)
            case Kind.ACROSS:
                relations = self._relations("equation", text.equation)
                if not relations:
                    return None
                return Across(text.table, relations[0], _many(text.rows), _many(text.below), text.exact)
            case Kind.ROLLUP:
                return Rollup(text.table, text.columns)
            case Kind.TIE:
                if text.left is None or text.right is None:
                    return None
                right = text.right if isinstance(text.right, tuple) else (text.right,)
                return Tie(
                    _source(text.left), tuple(_source(side) for side in right),
                    text.at_most, text.keys_only, text.one_way, text.matched_only,
                )  # fmt: skip
            case Kind.PRESENT:
                nil_when = tuple(self._relations("nil_when", text.nil_when))
                return Present(text.forms, text.nil_table, nil_when, text.unnoted, text.matter, text.mentions)
            case Kind.STATEMENT if text.indicators_of:
                return SaidTargets(text.indicators_of, _many(text.passages))
            case Kind.STATEMENT:
                return Statement(
                    tuple(self._equations(text)), _many(text.passages), _many(text.subject), _many(text.needs),
                    text.whole, text.direction, _names(text.names), text.parts, text.count, _many(text.items_of),
                )  # fmt: skip
            case Kind.SHARE:
                bases = {
                    name: self._relations(f"bases.{name}", f"{Measure.AMOUNT} = {words}")
                    for name, words in text.bases.items()
                }
                found = {name: relations[0] for name, relations in bases.items() if relations}
                return Shares(_many(text.passages), text.complete, found)
            case Kind.VALUES if text.codes is not None and text.check is not None:
                return codes_of(text.codes, text.check, text.table, self.vocabulary, text.table == EVERY_TABLE)
            case Kind.VALUES:
                pairs = self.vocabulary.classification.pairs if text.pairs else {}
                return Values(text.table, _many(text.rows), pairs, text.unique, text.displayed)
            case Kind.TEXT:
                if text.text is None:
                    return None
                for slot, complaint in faults(text.text):
                    self.complain(f"text.{slot}", complaint)
                return compiled(text.text)
            case Kind.ARITHMETIC:
                return text.arithmetic.compiled() if text.arithmetic is not None else None

    def _target_slots(self, text: RuleText) -> TargetSlots | None:
        """Compile the slots of a rule about performance targets."""
        if text.sides:
            relations = self._relations("sides", text.sides)
            return Sides(text.table, relations[0], text.columns, text.fields, text.agreeing) if relations else None
        if text.groups or text.against:
            against = self._relations("against", tuple(f"{figure} = 0" for figure in text.against))
            return Parts(text.table, text.total, text.groups, tuple(against))
        if (tie := text.targets) is not None:
            return TargetTie(text.table, tie.current, tie.carried, tie.says)
        of = text.indicators or IndicatorsText()
        return Indicators(text.table, of.where, of.must, of.agree, of.complete, of.within)


def _many(value: tuple[str, ...] | str) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _names(text: NamesText | None) -> Names | None:
    return None if text is None else Names(text.table, _many(text.below), text.column)


def _source(text: SourceText) -> Source:
    return Source(text.table, _many(text.rows), _many(text.columns) if text.columns else ())
