"""Chains of operations for the benchmarks of the exchange: a traded day, recorded anew as that of many other tills.

Nothing is measured here. The mix of kinds and sizes is that of real sales; every id of the day becomes another one for each
till, so that no two tills say something about the same ticket, card or shift.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from salon_desk.bench.filling import fill_members
from salon_desk.bench.people import made_members
from salon_desk.bench.shop import BenchShop
from salon_desk.operations.envelope import GENESIS, Envelope, body_hash, seal
from salon_desk.storage import journal

_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Till:
    """Who a chain belongs to."""

    node: str
    epoch: str


def traded(folder: Path, visits: int, *, members: int = 0) -> list[Envelope]:
    """The whole chain of a till with a shop, so many visits, and so many members described among them."""
    shop = BenchShop(folder)
    try:
        shop.do(lambda: _trade(shop, visits, members))
        return shop.do(lambda: _chain(shop))
    finally:
        shop.close()


def as_of(till: Till, day: list[Envelope], *, again: int = 1, days_later: int = 0) -> Iterator[Envelope]:
    """The same day as the chain of another till, `again` times one after the other with ids of its own each time.

    Ids keep that they begin with their time, which is what makes an index on them grow at its end; each time is a day later.
    """
    seq, previous = 0, GENESIS
    for turn in range(again):
        mark, later = f"{till.node}/{turn}/".encode(), (days_later + turn) * _DAY_MS
        for one in day if turn == 0 else day[1:]:
            seq += 1
            body = _renamed(one.body or b"", mark, later)
            salt = one.salt or b""
            header = msgspec.structs.replace(
                one.header,
                op_id=_renamed(one.header.op_id.encode(), mark, later).decode(),
                node=till.node,
                epoch=till.epoch,
                seq=seq,
                command_id=_renamed(one.header.command_id.encode(), mark, later).decode() + f"/{turn}",
                body_hash=body_hash(salt, body),
                prev_hash=previous,
            )
            sealed = seal(header, salt, body)
            previous = sealed.hash
            yield sealed


def new_till(number: int) -> Till:
    """A till that there is not, the same each time."""
    node, epoch = (_other(f"{kind}/{number}".encode(), b"") for kind in ("node", "epoch"))
    return Till(node.decode(), epoch.decode())


def _trade(shop: BenchShop, visits: int, members: int) -> None:
    shop.open_up(visits=visits)
    made = made_members(members)
    for turn in range(visits):
        fill_members(shop.till, islice(made, members // visits))
        shop.pay(turn, shop.seat(turn), print_language="")


def _chain(shop: BenchShop) -> list[Envelope]:
    with shop.till.read() as transaction:
        return [one for _position, one in journal.after(transaction, 0)]


def _renamed(text: bytes, mark: bytes, later: int) -> bytes:
    return _ID.sub(lambda found: _other(mark, found.group(), later), text)


def _other(mark: bytes, name: bytes, later: int = 0) -> bytes:
    """Another id; of one that begins with its time (milliseconds), the time as much later."""
    digits = hashlib.sha256(mark + name).hexdigest()[:32]
    if name:
        digits = f"{int(name[:8] + name[9:13], 16) + later:012x}"[-12:] + digits[12:]
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}".encode()
