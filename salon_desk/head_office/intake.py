"""Pushes that come at the same time are recorded in one transaction, so that they share the disk's flush.

What one push may be is in `journal.py`. One that is refused takes no other with it: then each is recorded by itself.
Everything runs on the event loop but for `take_all` and what it calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import consequences, epochs, hubs
from salon_desk.head_office.access import Access, is_trouble
from salon_desk.head_office.refusals import Refusal
from salon_desk.operations.enrolment import DeviceEnrolled
from salon_desk.operations.envelope import Envelope
from salon_desk.storage import evidence, relaying
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import ChainBroken
from salon_desk.storage.office import Office
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.receiving import Received, receive
from salon_desk.wire.messages import JournalAnswer, JournalPush

MOST_PUSHES = 64
MOST_OPERATIONS = 2_000
"""In one transaction, unless the first push alone has more."""
AT_ONCE = 2
"""Transactions that are handed to the writer: one that it works on, and the next."""

Taken = tuple[JournalAnswer, int]
"""The answer to a push, and how many of its operations were new."""


class Intake:
    """The pushes of one process that wait to be recorded."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._waiting: list[tuple[JournalPush, asyncio.Future[Taken]]] = []
        self._working = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, push: JournalPush) -> Taken:
        """Record a push. Raises Refusal, ChainBroken, EnvelopeDamaged, DatabaseTrouble; then nothing of it is there."""
        outcome: asyncio.Future[Taken] = asyncio.get_running_loop().create_future()
        self._waiting.append((push, outcome))
        if self._working < AT_ONCE:
            self._working += 1
            task = asyncio.create_task(self._work())
            self._tasks.add(task)  # the loop itself keeps tasks by weak references only
            task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(outcome)

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._record_batch()
        finally:
            self._working -= 1  # no await since nobody waited: whoever comes now starts another

    async def _record_batch(self) -> None:
        batch = self._batch()
        pushes = [push for push, _outcome in batch]
        try:
            outcomes: Sequence[Taken | Exception] = await self._access.write(partial(take_all, pushes))
        except Exception as error:
            outcomes = [error] * len(batch)
        for (_push, waiting), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                waiting.set_exception(outcome)
            else:
                waiting.set_result(outcome)

    def _batch(self) -> list[tuple[JournalPush, asyncio.Future[Taken]]]:
        number, operations = 0, 0
        for push, _outcome in self._waiting[:MOST_PUSHES]:
            operations += len(push.ops)
            if number and operations > MOST_OPERATIONS:
                break
            number += 1
        batch, self._waiting = self._waiting[:number], self._waiting[number:]
        return batch


def take_all(pushes: Sequence[JournalPush], office: Office) -> list[Taken | Exception]:
    """Record pushes together, or each by itself when one of them is refused. Writer thread. Raises trouble of the database."""
    if len(pushes) > 1:
        try:
            return [*_record(office, pushes)]
        except Exception as error:
            if is_trouble(error):
                raise
    return [_alone(office, push) for push in pushes]


def _alone(office: Office, push: JournalPush) -> Taken | Exception:
    try:
        return _record(office, [push])[0]
    except ChainBroken as broken:
        if broken.is_fork:
            _keep(office, broken.envelope)
        return broken
    except epochs.BehindEnd as behind:
        _keep(office, behind.envelope)
        return behind
    except Exception as error:
        if is_trouble(error):
            raise
        return error


def _keep(office: Office, envelope: Envelope) -> None:
    """As evidence, for the owner."""
    with office.local() as transaction:
        evidence.keep_fork(transaction, envelope, instant_text(office.clock.now()))


def _record(office: Office, pushes: Sequence[JournalPush]) -> list[Taken]:
    """One transaction. Raises ChainBroken, EnvelopeDamaged, Refusal; then nothing of it is there."""
    ends: list[JournalAnswer] = []

    def end(transaction: Transaction, done: Received) -> None:
        fresh = {one.header.op_id for one in done.recorded}
        for one in done.recorded:
            if one.header.kind == DeviceEnrolled.KIND:
                hubs.learn(office, transaction, one)
        for push in pushes:
            epochs.settle(transaction, push, fresh)
            seq, _hash = chain_end(transaction, push.node, push.epoch)
            if push.from_seq > seq + 1:  # an empty push beyond the end; others were refused before
                raise Refusal(409, "gap", wanted_seq=seq + 1)
            durable = relaying.durable(transaction, push.node, push.epoch) if office.relays else seq
            ends.append(JournalAnswer(applied_seq=seq, durable_seq=min(durable, seq)))

    done = receive(office, [one for push in pushes for one in push.ops], also=end)
    consequences.after_push(office, done.recorded)
    fresh = {one.header.op_id for one in done.recorded}
    return [
        (answer, sum(one.header.op_id in fresh for one in push.ops))
        for push, answer in zip(pushes, ends, strict=True)
    ]
