"""Taking in what head office sends: slices so small that a cashier's commit never waits long for one.

No connection lives here, and no check either: `storage.receiving` checks. A slice is one job of the database worker; whoever
feeds it lets other work in between two slices (DESIGN 4).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.operations.envelope import Header
from salon_desk.services.till import Till
from salon_desk.storage import earlier, parent, relaying
from salon_desk.storage.engine import Transaction
from salon_desk.storage.receiving import Body, Received, receive
from salon_desk.wire.messages import Disclosed, FeedAnswer

FEWEST_AT_ONCE, MOST_AT_ONCE = 4, 20
"""Fewer would be slower in all and hardly shorter in each: the commit itself takes its time."""
LONGEST_SLICE = 12_000_000
"""Nanoseconds that a slice should stay under while a shift is open."""
MOST_WHEN_QUIET, LONGEST_WHEN_QUIET = 200, 100_000_000
"""The same for a till where nobody sells, as in its first copy of a large chain: a PIN may wait so long."""


class ParentChanged(Exception):
    """The answer continues another count than was asked for: another parent, or one that opened a new epoch."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one slice did: how many of the answer's operations and bodies are behind it, how many fresh, how long it took.

    `quiet`: no shift is open on this till.
    """

    upto: int
    fresh: int
    nanoseconds: int
    quiet: bool = False


class Pace:
    """How many operations a slice should have, learned from how long slices took. Used by one thread."""

    def __init__(self) -> None:
        self.count = FEWEST_AT_ONCE

    def took(self, taken: Taken) -> None:
        """Learn from a slice."""
        longest = LONGEST_WHEN_QUIET if taken.quiet else LONGEST_SLICE
        most = MOST_WHEN_QUIET if taken.quiet else MOST_AT_ONCE
        if taken.nanoseconds > longest:
            self.count = max(FEWEST_AT_ONCE, self.count // 2)
        elif taken.nanoseconds * 2 < longest and taken.fresh >= self.count:
            self.count += max(2, self.count // 4) if taken.quiet else 2
        self.count = min(self.count, most)


def size(answer: FeedAnswer) -> int:
    """How many things there are to take in."""
    return len(answer.ops) + len(answer.bodies)


def take_in(
    till: Till,
    answer: FeedAnswer,
    start: int,
    count: int,
    *,
    ticks: Callable[[], int] = time.perf_counter_ns,
) -> Taken:
    """Record up to `count` things of the answer from `start` on; with the last of them the cursor moves, in one commit.

    A repeat is passed over, so that an answer may be taken in again from its beginning. Raises ParentChanged, ChainBroken,
    EnvelopeDamaged, CannotRecord, StoreStopped; what came before the slice stays.
    """
    began, end = ticks(), start + count
    link, position = _position(till, answer)
    ops = answer.ops[start:end]
    may_part = [one for one in ops if _may_part(till, link, one.header)]
    bodies = answer.bodies[max(0, start - len(answer.ops)) : max(0, end - len(answer.ops))]
    end = start + len(ops) + len(bodies)
    is_last = end >= size(answer)
    if not (ops or bodies) and not _is_news(till, answer, position):
        return Taken(end, 0, ticks() - began)

    def move_cursor(transaction: Transaction, _done: Received) -> None:
        if till.store.relays:
            relaying.came(transaction, ops)
        if is_last:
            parent.fed(transaction, position, max(position, answer.last))
            parent.vouched(transaction, position=answer.position_voucher, head=answer.head_voucher)
            if answer.epoch in ("", till.store.epoch):
                parent.held(transaction, answer.acknowledged, answer.acknowledged_at_root)
                parent.vouched(transaction, acknowledged=answer.acknowledged_voucher)

    if may_part:
        with till.read() as transaction:
            passed = earlier.not_following(transaction, may_part)
        ops = [one for one in ops if one.header.op_id not in passed]
    done = receive(till.store, ops, bodies=[_body(one) for one in bodies], also=move_cursor)
    return Taken(end, len(done.recorded), ticks() - began, quiet=_is_quiet(till))


def fold_log(till: Till) -> None:
    """Between two pages of a long intake: fold the write-ahead log, so that no cashier's commit has to (PITFALLS 13)."""
    till.store.idle()


def _is_quiet(till: Till) -> bool:
    with till.read() as transaction:
        return till.shift(transaction) is None


def _may_part(till: Till, link: parent.ParentLink, header: Header) -> bool:
    """Whether there may be two histories: of this node's other epochs, and of those that the parent left when it was restored."""
    if header.node == link.node:
        return header.epoch != link.epoch
    return header.node == till.store.node


def _position(till: Till, answer: FeedAnswer) -> tuple[parent.ParentLink, int]:
    """The parent, and the position in the answer's cursor. Raises ParentChanged."""
    with till.read() as transaction:
        link = parent.read(transaction)
    asked, _, position = answer.cursor.rpartition(":")
    if link is None or asked != f"{link.node}:{link.epoch}" or not position.isdecimal():
        raise ParentChanged(answer.cursor)
    return link, int(position)


def _is_news(till: Till, answer: FeedAnswer, position: int) -> bool:
    """Whether an answer without operations says anything that the row does not."""
    with till.read() as transaction:
        link = parent.read(transaction)
    of_now = answer.epoch in ("", till.store.epoch)
    return link is None or (
        (position, max(position, answer.last)) != (link.cursor, link.target)
        or (of_now and answer.acknowledged > link.acknowledged)
        or (of_now and answer.acknowledged_at_root > link.acknowledged_at_root)
    )


def _body(given: Disclosed) -> Body:
    return Body(given.op_id, given.salt, given.body)
