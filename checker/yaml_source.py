"""YAML that knows where it stands: typed decoding with file:line:column and a did-you-mean.

YAML 1.2's JSON schema is not used: every scalar is a string until a type asks for more, so that a code `010` stays a
code and `no` stays a word. Duplicate keys, unknown keys and wrong types are complaints; all of a file's complaints are
collected, not only the first.
"""

from __future__ import annotations

import difflib
import types
import typing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    import yaml

T = TypeVar("T")

DEEPEST = 20
"""Levels of nesting beyond which a file is refused."""


class Complaint(msgspec.Struct, frozen=True, order=True):
    """Something wrong in a YAML file, at a 1-based line and column."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class SourceError(Exception):
    """One or more YAML files do not say what they must; carries every complaint."""

    def __init__(self, complaints: list[Complaint]) -> None:
        self.complaints = sorted(complaints)
        super().__init__("\n".join(map(str, self.complaints)))


class Mark(msgspec.Struct, frozen=True):
    """Where a decoded value began."""

    path: str
    line: int
    column: int

    def complaint(self, message: str) -> Complaint:
        """Return a complaint about what begins here."""
        return Complaint(self.path, self.line, self.column, message)


def did_you_mean(word: str, known: typing.Iterable[str]) -> str:
    """Return `，是否为“…”？` with the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，是否为“{near[0]}”？" if near else ""


def _shape(node: yaml.Node) -> str:
    """Say what a node is: scalar, list or map."""
    return {"ScalarNode": "scalar", "SequenceNode": "list", "MappingNode": "map"}[type(node).__name__]


class YamlSource:
    """A YAML file in the course of being decoded.

    `marks` maps dotted paths (`rules.3.equation`) to where they stand, for complaints made later by the linter.
    """

    def __init__(self, path: Path, text: str) -> None:
        import yaml

        loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        self.path = str(path)
        self.complaints: list[Complaint] = []
        self.marks: dict[str, Mark] = {}
        try:
            self._root = yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise SourceError([Complaint(self.path, line, column, f"YAML 语法错误：{error.problem}")]) from error
        except yaml.YAMLError as error:
            raise SourceError([Complaint(self.path, 1, 1, f"YAML 无法读取：{error}")]) from error

    def decode(self, into: type[T]) -> T:
        """Return the file's content as `into`.

        Raises:
            SourceError: with all complaints, when it is anything else.
        """
        if self._root is None:
            raise SourceError([Complaint(self.path, 1, 1, "文件为空")])
        value = self._decode(self._root, into, "")
        if self.complaints:
            raise SourceError(self.complaints)
        return typing.cast(T, value)

    def complain(self, where: str, message: str) -> Complaint:
        """Return a complaint about a dotted path, or about its nearest parent that has a place."""
        while where and where not in self.marks:
            where = where.rpartition(".")[0]
        mark = self.marks.get(where, Mark(self.path, 1, 1))
        return mark.complaint(message)

    def _object(self, node: yaml.Node, message: str) -> None:
        self.complaints.append(self._mark(node).complaint(message))

    def _mark(self, node: yaml.Node) -> Mark:
        return Mark(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _decode(self, node: yaml.Node, into: Any, where: str) -> Any:
        self.marks[where] = self._mark(node)
        if where.count(".") > DEEPEST:
            self._object(node, "嵌套过深")
            return None
        origin, arguments = typing.get_origin(into), typing.get_args(into)
        if origin in {typing.Union, types.UnionType}:
            return self._choose(node, [choice for choice in arguments if choice is not type(None)], where)
        if origin in {tuple, list}:
            return self._sequence(node, arguments[0], origin, where)
        if origin is dict:
            return self._mapping(node, arguments[1], where)
        if isinstance(into, type) and issubclass(into, msgspec.Struct):
            return self._struct(node, into, where)
        return self._scalar(node, into)

    def _choose(self, node: yaml.Node, choices: list[Any], where: str) -> Any:
        wanted = _shape(node)
        for choice in choices:
            origin = typing.get_origin(choice)
            is_struct = isinstance(choice, type) and issubclass(choice, msgspec.Struct)
            shape = "list" if origin in {tuple, list} else "map" if origin is dict or is_struct else "scalar"
            if shape == wanted:
                return self._decode(node, choice, where)
        self._object(node, "类型不符")
        return None

    def _sequence(self, node: yaml.Node, item: Any, origin: type, where: str) -> Any:
        if _shape(node) != "list":
            self._object(node, "此处应为列表")
            return origin()
        return origin(self._decode(child, item, f"{where}.{n}".lstrip(".")) for n, child in enumerate(node.value))

    def _pairs(self, node: yaml.Node, where: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        if _shape(node) != "map":
            self._object(node, f"此处应为键值对（{where or '文件'}）")
            return pairs
        for key, value in node.value:
            if key.value in pairs:
                self._object(key, f"重复的键“{key.value}”")
            pairs[key.value] = (key, value)
        return pairs

    def _mapping(self, node: yaml.Node, item: Any, where: str) -> dict[str, Any]:
        return {
            key: self._decode(value, item, f"{where}.{key}".lstrip("."))
            for key, (_, value) in self._pairs(node, where).items()
        }

    def _struct(self, node: yaml.Node, into: type[msgspec.Struct], where: str) -> Any:
        pairs = self._pairs(node, where)
        fields = {field.encode_name: field for field in msgspec.structs.fields(into)}
        for key, (key_node, _) in pairs.items():
            if key not in fields:
                self._object(key_node, f"未知的键“{key}”{did_you_mean(key, fields)}")
        values: dict[str, Any] = {}
        for key, field in fields.items():
            if key in pairs:
                values[field.name] = self._decode(pairs[key][1], field.type, f"{where}.{key}".lstrip("."))
            elif field.required:
                self._object(node, f"缺少“{key}”")
        return None if self.complaints else into(**values)

    def _scalar(self, node: yaml.Node, into: Any) -> Any:
        if _shape(node) != "scalar":
            self._object(node, "此处应为单个值")
            return None
        if into is bool:
            if node.value not in {"true", "false"}:
                self._object(node, f"“{node.value}”不是 true 或 false")
            return node.value == "true"
        if into is int:
            if not node.value.lstrip("-").isdigit():
                self._object(node, f"“{node.value}”不是整数")
                return 0
            return int(node.value)
        if isinstance(into, type) and issubclass(into, StrEnum):
            if node.value not in list(into):
                known = "、".join(into)
                self._object(node, f"“{node.value}”不在 {known} 之中{did_you_mean(node.value, into)}")
                return None
            return into(node.value)
        return node.value
