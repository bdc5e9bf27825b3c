"""Value fetched by a telephone while the shop's line is down: the link that asks, and the code that comes back (PROTOCOL 8).

How both are written is `wire/bridge.py`. What came is received exactly as from the feed (`moves.receive_slip`): once, whatever
way it came. Keys are handed in, because reading them may take a moment. Database worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from salon_desk.domain.card import card_of
from salon_desk.domain.money import Money
from salon_desk.secrets import NodeKeys
from salon_desk.services import cards, moves, parent
from salon_desk.services.bridge_errors import (
    NothingToFetch,
    PhoneCodeDamaged,
    PhoneCodeForeign,
    PhoneCodeUsed,
)
from salon_desk.services.errors import SlipForAnother
from salon_desk.services.parent import ParentLink
from salon_desk.services.till import Till
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.wire import bridge
from salon_desk.wire.bridge import CodeDamaged, CodeForeign, PhoneWant
from salon_desk.wire.messages import Part, Root, Slip

_ROOT = "root-behind-hub"


@dataclass(frozen=True, slots=True)
class Need:
    """So much more a card should be able to pay here."""

    card: str
    amount: Money


def link(till: Till, keys: NodeKeys, needs: Sequence[Need], *, ahead: int = 0) -> str:
    """A link by which any telephone asks head office for what is missing here, bonus first.

    `ahead`: seconds that head office's clock was last seen ahead of this one. Reads only. Raises NothingToFetch.
    """
    office = _office(till)
    parts: list[Part] = []
    for need in needs:
        found = cards.by_id(till, need.card)
        parts += moves.wanted(till, found.card, found.value.usable + need.amount)
    if not parts:
        raise NothingToFetch
    want = PhoneWant(
        want_id=till.new_id(),
        node=till.store.node,
        epoch=till.store.epoch,
        at=int(till.store.clock.now().timestamp()) + ahead,
        parts=parts[: bridge.MOST_PARTS],
    )
    try:
        return bridge.link(office.address, office.node, office.key, keys, want)
    except (CodeDamaged, CodeForeign) as error:
        raise NothingToFetch from error


def receive(till: Till, keys: NodeKeys, code: str) -> tuple[Money, ...]:
    """Record the arrival of what a code brings: how much of stored value was new, by currency.

    Raises PhoneCodeDamaged, PhoneCodeForeign, PhoneCodeUsed, SlipForAnother, SlipDamaged, CannotRecord, StoreStopped.
    """
    office = _office(till)
    arrived = [slip for slip in _read(till, keys, office, code) if moves.receive_slip(till, slip)]
    if not arrived:
        raise PhoneCodeUsed
    sums: dict[str, int] = {}
    for part in (part for slip in arrived for part in slip.parts):
        if card_of(part.asset):
            currency = part.asset.split("/")[-2]
            sums[currency] = sums.get(currency, 0) + part.units
    return tuple(Money(cents, currency) for currency, cents in sums.items())


def _read(till: Till, keys: NodeKeys, office: Root, code: str) -> list[Slip]:
    try:
        named = bridge.named(code)
        if named.node != till.store.node:
            raise SlipForAnother("", named.node, "")
        return bridge.read_answer(named, office.node, keys, office.key)
    except CodeDamaged as error:
        raise PhoneCodeDamaged from error
    except CodeForeign as error:
        raise PhoneCodeForeign from error


def root_heard(till: Till, root: Root) -> None:
    """A hub has said who head office is: kept from the first time on, so that no hub can put another in its place later."""
    link, said = parent.link(till), msgspec.structs.replace(root, in_reach=False)
    with till.read() as transaction:
        known = _root_behind(transaction, link)
    same = known is None or (known.node, known.key) == (said.node, said.key)
    if link is not None and same and known != said:
        local.save_setting(till.store, _ROOT, msgspec.json.encode((link.node, said)).decode())


def _office(till: Till) -> Root:
    """Head office itself, whoever stands between."""
    link = parent.link(till)
    if link is None or not link.confirmed:
        raise NothingToFetch
    with till.read() as transaction:
        behind = _root_behind(transaction, link)
    return behind or Root(node=link.node, key=link.public_key, address=link.url, in_reach=False)


def _root_behind(transaction: Transaction, link: ParentLink | None) -> Root | None:
    """What this very parent has said of head office; None when it is head office."""
    kept = local.setting(transaction, _ROOT)
    of, root = msgspec.json.decode(kept, type=tuple[str, Root]) if kept else ("", None)
    return root if link is not None and of == link.node else None
