"""Kinds and bodies: each kind once, each body back as it was, the future kept apart, the past raised."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
import pytest

from salon_desk.operations import registry, versions
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.description import Described, Field, MemberDescribed
from salon_desk.operations.operation import Moving, Operation
from salon_desk.operations.registry import KINDS, UnknownOperation, decode, encode
from salon_desk.operations.value_document import ValueDocument


def test_every_kind_names_its_subject_and_stands_once() -> None:
    assert len(KINDS) == len(registry._CLASSES)
    assert all(kind.count(".") == 1 and kind == kind.lower() for kind in KINDS)


def test_every_operation_has_a_kind() -> None:
    def below(cls: type[Operation]) -> set[type[Operation]]:
        return {cls} | {deeper for sub in cls.__subclasses__() for deeper in below(sub)}

    of_the_product = {cls for cls in below(Operation) if cls.__module__.startswith("salon_desk.")}
    assert of_the_product - set(KINDS.values()) == {Operation, Moving, Described, ValueDocument}


def test_a_body_comes_back_as_it_was() -> None:
    held = ValueHeld(hold="h", asset="card/1/USD/paid", units=5, ticket="t")
    assert decode(held.KIND, held.VERSION, encode(held)) == held
    described = MemberDescribed(id="m", fields={"name": Field(3, "张晓梅"), "tags": Field(1, ["a"])})
    assert decode(described.KIND, described.VERSION, encode(described)) == described


@pytest.mark.parametrize(
    ("kind", "version"), [("future.thing", 1), ("purse.held", 2), ("purse.held", 0), ("", 1)]
)
def test_a_kind_or_version_that_is_not_known_is_said_to_be_so(kind: str, version: int) -> None:
    with pytest.raises(UnknownOperation) as unknown:
        decode(kind, version, b"{}")
    assert (unknown.value.kind, unknown.value.version) == (kind, version)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"hold": 5}', b"\xff", b'{"hold": "\xa2"}'])
def test_a_body_that_does_not_fit_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode(HoldReleased.KIND, 1, body)


class Renamed(Operation, frozen=True, kw_only=True):
    """A kind at its third version."""

    KIND: ClassVar[str] = "test.renamed"
    VERSION: ClassVar[int] = 3
    name: str
    size: int


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(body: dict[str, Any]) -> dict[str, Any]:
        return {"name": body["title"]}

    def measure(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "size": len(body["name"])}

    monkeypatch.setitem(KINDS, Renamed.KIND, Renamed)
    monkeypatch.setattr(versions, "STEPS", {("test.renamed", 1): rename, ("test.renamed", 2): measure})


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("version", "body"),
    [(1, b'{"title": "gel"}'), (2, b'{"name": "gel"}'), (3, b'{"name": "gel", "size": 3}')],
)
def test_an_older_body_is_raised_step_by_step_when_it_is_read(version: int, body: bytes) -> None:
    assert decode(Renamed.KIND, version, body) == Renamed(name="gel", size=3)


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("body", [b'{"title": [5]}', b"{}", b"[]", b"5", b"{"])
def test_an_older_body_that_does_not_fit_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode(Renamed.KIND, 1, body)


def test_every_older_version_of_every_kind_can_be_raised() -> None:
    steps = {(kind, step) for kind, cls in KINDS.items() for step in range(1, cls.VERSION)}
    assert set(versions.STEPS) == steps


@pytest.mark.parametrize("cls", KINDS.values())
def test_an_operation_cannot_be_changed_once_it_is_made(cls: type[Operation]) -> None:
    assert cls.__struct_config__.frozen
