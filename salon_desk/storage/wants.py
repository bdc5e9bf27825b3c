"""What children asked for, and what others were asked to send for it: local rows, no facts, forgotten after a day.

Losing one costs a sale, never money: units move by operations alone. On a till the recalls that it has answered stand here,
under its own node. Each function runs inside its caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from salon_desk.operations.decoding import decoder_of
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.network import recalls, wants

Parts = tuple[tuple[str, int], ...]
"""(asset, units) in the order of wishing."""

_FIND = Statement(lambda: select(wants).where(wants.c.want == bindparam("want")))
_ADD = Statement(lambda: insert(wants))
_CHANGE = Statement(
    lambda: (
        update(wants)
        .where(wants.c.want == bindparam("of_want"))
        .values(body=bindparam("body"), move=bindparam("move"), open=bindparam("open"))
    )
)
_OPEN = Statement(lambda: select(wants).where(wants.c.open == 1).order_by(wants.c.asked_at, wants.c.want))
_FORGET = Statement(lambda: delete(wants).where(wants.c.asked_at < bindparam("before")))

_RECALL = Statement(lambda: select(recalls.c.recall).where(recalls.c.recall == bindparam("recall")))
_ADD_RECALL = Statement(lambda: insert(recalls))
_OPEN_AT = Statement(
    lambda: (
        select(recalls)
        .where(
            recalls.c.node == bindparam("node"),
            recalls.c.open == 1,
            recalls.c.asked_at >= bindparam("since"),
        )
        .order_by(recalls.c.asked_at, recalls.c.recall)
    )
)
_LOWEST = Statement(
    lambda: select(func.min(recalls.c.keep)).where(
        recalls.c.node == bindparam("node"),
        recalls.c.open == 1,
        recalls.c.asset == bindparam("asset"),
        recalls.c.asked_at >= bindparam("since"),
    )
)
_ASKED_FOR = Statement(
    lambda: select(recalls.c.recall).where(
        recalls.c.want == bindparam("want"), recalls.c.asset == bindparam("asset")
    )
)
_WANT_OF = Statement(lambda: select(recalls.c.want).where(recalls.c.recall == bindparam("recall")))
_CLOSE_ANSWERED = Statement(
    lambda: (
        update(recalls)
        .where(
            recalls.c.want == bindparam("of_want"),
            recalls.c.node == bindparam("of_node"),
            recalls.c.asset == bindparam("of_asset"),
        )
        .values(open=0)
    )
)
_CLOSE_OF_WANT = Statement(
    lambda: update(recalls).where(recalls.c.want == bindparam("of_want")).values(open=0)
)
_FORGET_RECALLS = Statement(lambda: delete(recalls).where(recalls.c.asked_at < bindparam("before")))


class _Body(msgspec.Struct, frozen=True):
    """How the parts of a want are kept."""

    asked: Parts
    missing: Parts
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Want:
    """A question of the holder (node, epoch). `missing`: what was neither sent nor given up; `move`: what answers it now.

    `moves`: all that was ever sent for it, the first first.
    """

    want: str
    node: str
    epoch: str
    asked: Parts
    missing: Parts
    asked_at: str
    move: str = ""
    open: bool = True
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """Units of an asset that `node` was asked to send, down to `keep`, for a want."""

    recall: str
    node: str
    asset: str
    keep: int
    asked_at: str
    want: str = ""


def want(transaction: Transaction, want_id: str) -> Want | None:
    """A want by its id."""
    row = transaction.one(_FIND, want=want_id)
    return None if row is None else _want(row)


def add(transaction: Transaction, new: Want) -> None:
    """Keep a want that was just asked."""
    transaction.run(
        _ADD,
        want=new.want,
        node=new.node,
        epoch=new.epoch,
        body=_kept(new),
        asked_at=new.asked_at,
        move=new.move,
        open=int(new.open),
    )


def change(transaction: Transaction, known: Want) -> None:
    """Keep what is missing, sent and open of a want; nobody is asked for it any more once it is closed."""
    transaction.run(_CHANGE, of_want=known.want, body=_kept(known), move=known.move, open=int(known.open))
    if not known.open:
        transaction.run(_CLOSE_OF_WANT, of_want=known.want)


def open_wants(transaction: Transaction) -> list[Want]:
    """Wants that something is missing of, the longest waiting first."""
    return [_want(row) for row in transaction.all(_OPEN)]


def add_recall(transaction: Transaction, new: Recalled, *, is_open: bool = True) -> None:
    """Keep a request; one that is not open was answered."""
    transaction.run(
        _ADD_RECALL,
        recall=new.recall,
        node=new.node,
        asset=new.asset,
        keep=new.keep,
        asked_at=new.asked_at,
        want=new.want,
        open=int(is_open),
    )


def is_known(transaction: Transaction, recall: str) -> bool:
    """Whether a request of this id stands here."""
    return transaction.one(_RECALL, recall=recall) is not None


def close_answered(transaction: Transaction, recall: str, node: str, assets: Sequence[str]) -> None:
    """A node has answered a request, and with the same move what it was asked of these assets for the same want."""
    want_id = transaction.value(_WANT_OF, recall=recall)
    if want_id is not None:
        for asset in assets:
            transaction.run(_CLOSE_ANSWERED, of_want=want_id, of_node=node, of_asset=asset)


def open_recalls(transaction: Transaction, node: str, since: str) -> Sequence[Recalled]:
    """What a node was asked for since an instant, oldest first."""
    return [
        Recalled(row.recall, row.node, row.asset, row.keep, row.asked_at, row.want)
        for row in transaction.all(_OPEN_AT, node=node, since=since)
    ]


def lowest_keep(transaction: Transaction, node: str, asset: str, since: str) -> int | None:
    """What a node will keep of an asset once it has answered all that it was asked for; None when it was not asked."""
    found = transaction.value(_LOWEST, node=node, asset=asset, since=since)
    return None if found is None else int(found)


def was_asked_for(transaction: Transaction, want_id: str, asset: str) -> bool:
    """Whether anybody was asked for this asset for the sake of a want."""
    return transaction.one(_ASKED_FOR, want=want_id, asset=asset) is not None


def forget(transaction: Transaction, before: str) -> None:
    """Drop wants and requests from before an instant."""
    transaction.run(_FORGET, before=before)
    transaction.run(_FORGET_RECALLS, before=before)


def _kept(one: Want) -> str:
    return msgspec.json.encode(_Body(one.asked, one.missing, one.moves)).decode()


def _want(row: object) -> Want:
    body = decoder_of(_Body).decode(row.body)  # type: ignore[attr-defined]
    values = {name: getattr(row, name) for name in ("want", "node", "epoch", "asked_at", "move")}
    found = Want(**values, asked=body.asked, missing=body.missing, open=bool(row.open))  # type: ignore[attr-defined]
    return replace(found, moves=body.moves)
