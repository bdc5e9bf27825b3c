"""One list of the old system taken over at two tills that did not hear of each other: what is owed twice, and to whom.

It only reads; a function of the set of operations, so that every node says the same. It ends when one of the two is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.importing import Totals
from salon_desk.operations.carried_over import ImportSigned
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import cards, imports, stores
from salon_desk.storage.queries.imports import SignedList
from salon_desk.storage.tables.carried import carried

_OF_LIST = Statement(
    lambda: select(carried).where(
        carried.c.list_id == bindparam("list_id"),
        carried.c.node == bindparam("node"),
        carried.c.asset != "",
        carried.c.number > 0,
    )
)
_ABOUT = Statement(lambda: select(carried).where(carried.c.member == bindparam("member")))
_ON_ASSETS = Statement(
    lambda: select(carried).where(carried.c.asset >= bindparam("low"), carried.c.asset < bindparam("high"))
)
_FIGURES = {"gift": "gift_value", "points": "points", "series": "visits"}
_BEHIND = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Twice:
    """One list that stands more than once: at which tills (by name), and what more is owed by it than by one of them."""

    lists: tuple[SignedList, ...]
    tills: tuple[str, ...]
    beyond: Totals
    currency: str

    @property
    def signed(self) -> ImportSigned:
        """As it was signed for first."""
        return self.lists[0].signed

    @property
    def cents(self) -> int:
        """What more is owed in money."""
        return self.beyond.paid + self.beyond.bonus + self.beyond.gift_value


def taken_twice(transaction: Transaction) -> tuple[Twice, ...]:
    """Every list of which something is owed twice, oldest first."""
    by_content: dict[str, list[SignedList]] = {}
    for one in sorted(imports.signed_lists(transaction), key=lambda one: (one.at, one.node)):
        if one.signed.content and not imports.is_reversed(transaction, one.node, one.signed.list_id):
            by_content.setdefault(one.signed.content, []).append(one)
    found = []
    for lists in by_content.values():
        standing = [_standing(transaction, one) for one in lists] if len(lists) > 1 else []
        beyond = _beyond(one.units for one in standing)
        if beyond != Totals():
            currency = next((one.currency for one in standing if one.currency), "")
            tills = tuple(stores.till_name(transaction, one.node) or one.node for one in lists)
            found.append(Twice(tuple(lists), tills, beyond, currency))
    return tuple(found)


def is_carried_besides(transaction: Transaction, member: str, node: str, list_id: str) -> bool:
    """Whether another list that stands describes this member too, or brought what the member owns."""
    rows = [*transaction.all(_ABOUT, member=member)]
    for card in cards.cards_of(transaction, member):
        low = f"card/{card.card}/"
        rows += transaction.all(_ON_ASSETS, low=low, high=low + _BEHIND)
    return any((row.node, row.list_id) != (node, list_id) and _stands(transaction, row) for row in rows)


def is_carried_at(transaction: Transaction, member: str, node: str) -> bool:
    """Whether a list that stands at a till describes this member."""
    rows = transaction.all(_ABOUT, member=member)
    return any(row.node == node and not row.asset and _stands(transaction, row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Standing:
    """By row of a list and figure, the units that it brought and that were not taken back."""

    units: Mapping[tuple[int, str], int]
    currency: str


def _beyond(lists: Iterable[Mapping[tuple[int, str], int]]) -> Totals:
    """What stands by more than one of these lists, less the most that one of them says."""
    said: dict[tuple[int, str], list[int]] = {}
    for one in lists:
        for key, units in one.items():
            said.setdefault(key, []).append(units)
    sums, rows = dict.fromkeys(Totals.__slots__, 0), set[int]()
    for (number, figure), found in said.items():
        if len(found) > 1:
            sums[figure] += sum(found) - max(found)
            sums["gifts"] += len(found) - 1 if figure == "gift_value" else 0
            rows.add(number)
    return Totals(**{**sums, "members": len(rows)})


def _standing(transaction: Transaction, one: SignedList) -> _Standing:
    list_id, currency = one.signed.list_id, ""
    back = imports.commands_done(transaction, one.node, f"unimport/{list_id}")
    units: dict[tuple[int, str], int] = {}
    for row in transaction.all(_OF_LIST, node=one.node, list_id=list_id):
        if f"unimport/{list_id}/{row.step}" not in back:
            key = (row.number, _figure(row.asset))
            units[key] = units.get(key, 0) + row.units
            currency = currency or _currency(row.asset)
    return _Standing(units, currency)


def _figure(asset: str) -> str:
    """Which of the totals units of an asset are in."""
    head, _, rest = asset.partition("/")
    return _FIGURES.get(head) or rest.rpartition("/")[2]


def _currency(asset: str) -> str:
    """Of money; empty for what is none."""
    parts = asset.split("/")
    return parts[2] if parts[0] in ("card", "gift") else ""


def _stands(transaction: Transaction, row: Any) -> bool:
    return not imports.is_done(transaction, row.node, f"unimport/{row.list_id}/{row.step}")


def with_list(found: Iterable[Twice], node: str, list_id: str) -> Twice | None:
    """What is said of one list that stands more than once."""
    for one in found:
        if any((each.node, each.signed.list_id) == (node, list_id) for each in one.lists):
            return one
    return None
