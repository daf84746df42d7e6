"""Systems of linear equations with exact coefficients: what do they imply, and from which of them does it follow."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Generic, TypeVar

S = TypeVar("S", bound=Hashable)
Vector = dict[S, Fraction]
"""A linear form by its symbols, none with a coefficient of zero; as an equation it is zero."""
Combination = dict[int, Fraction]
"""How much of each equation, by its number, goes into a linear form."""


class System(Generic[S]):
    """Equations brought into steps, each remembering which of the equations given it was made of."""

    def __init__(self, steps: Mapping[S, tuple[Vector[S], Combination]] | None = None) -> None:
        self._steps: dict[S, tuple[Vector[S], Combination]] = dict(steps or {})

    def copy(self) -> System[S]:
        """Return a system that grows on its own."""
        return System(self._steps)

    def add(self, vector: Vector[S], number: int) -> Combination | None:
        """Add an equation; return the others that it follows from, if it says nothing new."""
        rest, used = self.reduce(vector)
        if not rest:
            return used
        pivot = min(rest, key=str)
        scale = 1 / rest[pivot]
        made = {each: -part * scale for each, part in used.items()}
        made[number] = made.get(number, Fraction(0)) + scale
        self._steps[pivot] = ({symbol: part * scale for symbol, part in rest.items()}, made)
        return None

    def reduce(self, vector: Vector[S]) -> tuple[Vector[S], Combination]:
        """Return what is left of a form when all that is known to be zero is taken away, and what was taken.

        Two forms that the equations make equal leave the same.
        """
        rest = {symbol: part for symbol, part in vector.items() if part}
        used: Combination = {}
        waiting = [symbol for symbol in rest if symbol in self._steps]
        while waiting:
            pivot = waiting.pop()
            part = rest.get(pivot)
            if not part:
                continue
            step, made = self._steps[pivot]
            for symbol, coefficient in step.items():
                total = rest.get(symbol, Fraction(0)) - part * coefficient
                if total:
                    rest[symbol] = total
                    if symbol in self._steps:
                        waiting.append(symbol)
                else:
                    rest.pop(symbol, None)
            for number, share in made.items():
                used[number] = used.get(number, Fraction(0)) + part * share
        return rest, {number: share for number, share in used.items() if share}


def added(terms: Iterable[tuple[S, int]]) -> Vector[S]:
    """Return the linear form of symbols with signs; what cancels is gone."""
    total: Vector[S] = {}
    for symbol, sign in terms:
        part = total.get(symbol, Fraction(0)) + sign
        if part:
            total[symbol] = part
        else:
            total.pop(symbol, None)
    return total


def scaled(vector: Vector[S]) -> frozenset[tuple[S, Fraction]]:
    """Return a form without regard to its factor: two equations that say the same are scaled to the same."""
    if not vector:
        return frozenset()
    lead = vector[min(vector, key=str)]
    return frozenset((symbol, part / lead) for symbol, part in vector.items())
