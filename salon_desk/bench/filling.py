"""Filling a till with very many members and items, by the way that every fact takes: `journal.record`, in batches.

What they are called is in `people.py`. An import of a chain's members will go this way too, so its time is a figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from salon_desk.bench.people import MadeItem, MadeMember
from salon_desk.operations.description import Described, Field, FieldValue, ItemDescribed, MemberDescribed
from salon_desk.services.till import Till

T = TypeVar("T")

BATCH = 1_000


def fill_members(till: Till, made: Iterable[MadeMember]) -> None:
    """Record members, a thousand to a transaction. Runs on the database worker."""
    for batch in _batches(made):
        _record(
            till,
            [
                _described(
                    till,
                    MemberDescribed,
                    {"name": one.name, "latin_name": one.latin_name, "phone": one.phone, "language": "zh_CN"},
                )
                for one in batch
            ],
        )


def fill_items(till: Till, made: Iterable[MadeItem], currency: str) -> None:
    """Record items, a thousand to a transaction. Runs on the database worker."""
    for batch in _batches(made):
        _record(
            till,
            [
                _described(
                    till,
                    ItemDescribed,
                    {
                        "kind": "service",
                        "name_en": one.name_en,
                        "name_zh_cn": one.name_zh_cn,
                        "code": one.code,
                        "category": "nails",
                        "price_cents": one.price_cents,
                        "currency": currency,
                        "tax_class": "service.nail",
                    },
                )
                for one in batch
            ],
        )


def _record(till: Till, operations: list[Described]) -> None:
    till.record(till.new_id(), None, lambda _transaction: operations)


def _described(till: Till, kind: type[Described], values: dict[str, FieldValue]) -> Described:
    return kind(id=till.new_id(), fields={name: Field(1, value) for name, value in values.items()})


def _batches(made: Iterable[T]) -> Iterable[list[T]]:
    rest = iter(made)
    while batch := list(islice(rest, BATCH)):
        yield batch
