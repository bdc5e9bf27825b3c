"""Programs of other ages in one process: the registry as an older or newer one has it, while a block runs.

A program two steps behind lacks kinds and knows older versions only; the newest one records versions that no other knows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from salon_desk.operations import registry, versions
from salon_desk.operations.description import ChangePlanned, PinSet
from salon_desk.operations.node import BodyDisclosed
from salon_desk.operations.shift import DrawerOpened

_KINDS, _STEPS, _WITHHELD = dict(registry.KINDS), dict(versions.STEPS), registry.MAY_BE_WITHHELD
_USERS = (
    "operations.registry",
    "storage.receiving",
    "storage.set_aside",
    "head_office.visibility",
)


@dataclass(frozen=True)
class Program:
    """An age: the kinds it lacks, and the newest version of `drawer.opened` that it knows."""

    lacks: frozenset[str]
    version: int

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While the block runs, this is the program that runs."""
        kinds = {kind: one for kind, one in _KINDS.items() if kind not in self.lacks}
        steps = {(DrawerOpened.KIND, step): dict for step in range(1, self.version)}
        with pytest.MonkeyPatch.context() as patch:
            for user in _USERS:
                patch.setattr(f"salon_desk.{user}.KINDS", kinds, raising=False)
                patch.setattr(f"salon_desk.{user}.MAY_BE_WITHHELD", _WITHHELD - self.lacks)
            patch.setattr(DrawerOpened, "VERSION", self.version)
            patch.setattr(versions, "STEPS", {**_STEPS, **steps})
            yield


OLDEST = Program(frozenset((ChangePlanned.KIND, BodyDisclosed.KIND, PinSet.KIND)), 1)
OLD = Program(frozenset((ChangePlanned.KIND,)), 2)
NEWEST = Program(frozenset(), 3)
"""Each a step ahead of the one before."""
