"""What a hub's children recorded, handed on behind the hub's own chain: one batch of one chain at a time, on the send thread.

What there is to hand on is `services/relaying.py`. A chain that the parent refuses is left for a while and holds up no other;
its origin learns of it from its own contact with whoever refuses.
"""

from __future__ import annotations

import logging

from salon_desk.services import relaying
from salon_desk.services.outbox import MOST_OPERATIONS
from salon_desk.services.relaying import Chain
from salon_desk.sync.backoff import Backoff
from salon_desk.sync.context import Context, Line
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire.messages import JournalAnswer, JournalPush

LEFT_FOR = 60.0
"""Seconds for which a chain that was refused is not tried again."""

_log = logging.getLogger(__name__)


class Relay:
    """Used by the send thread."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._backoff = Backoff(context.random)
        self._most = MOST_OPERATIONS
        self._left: dict[Chain, float] = {}
        self._not_before = 0.0

    def look_again(self) -> None:
        """Another line, or a person asked: what was refused is tried again."""
        self._left.clear()
        self._not_before = 0.0

    def once(self, line: Line) -> float | None:
        """One batch: seconds until the next; None when there is nothing, or only what is left for a while."""
        now = self._context.monotonic()
        if self._not_before > now:
            return self._not_before - now
        self._left = {chain: until for chain, until in self._left.items() if until > now}
        left, most = frozenset(self._left), self._most
        batch = self._context.database(lambda till: relaying.next_batch(till, left, most))
        if batch is None:
            return min(self._left.values()) - now if self._left else None
        return self._sent(batch, line.send.push(batch))

    def _sent(self, batch: JournalPush, outcome: Answer[JournalAnswer] | Denied | Unreachable) -> float:
        board = self._context.board
        match outcome:
            case Answer(message=answer):
                board.reached()
                self._backoff.reset()
                self._most = min(self._most * 2, MOST_OPERATIONS)
                self._context.database(lambda till: relaying.acknowledged(till, batch, answer))
                if answer.applied_seq < batch.from_seq:
                    self._leave(batch, "nothing was taken")
                self._context.on_relayed()
                return 0.0
            case Denied():
                board.reached()
                return self._denied(batch, outcome)
            case Unreachable():
                board.missed(outcome.reason)
                self._most = max(10, self._most // 2)
                return self._later(outcome.retry_after)

    def _denied(self, batch: JournalPush, denied: Denied) -> float:
        wanted = denied.refused.wanted_seq
        match denied.refused.error:
            case "gap" if wanted > 0:
                self._context.database(lambda till: relaying.wanted(till, batch, wanted))
                if wanted > batch.from_seq:
                    return 0.0
            case "too-large" if self._most > 1:
                self._most = max(1, min(self._most, len(batch.ops)) // 2)
                return 0.0
            case "too-many":
                return self._later(denied.retry_after)
            case _:
                pass
        self._leave(batch, denied.refused.error)
        return 0.0

    def _later(self, asked_for: float | None) -> float:
        pause = self._backoff.failed(asked_for)
        self._not_before = self._context.monotonic() + pause
        return pause

    def _leave(self, batch: JournalPush, why: str) -> None:
        _log.warning("what %s recorded is not taken above for now: %s", batch.node, why)
        self._left[batch.node, batch.epoch] = self._context.monotonic() + LEFT_FOR
