"""Telling the parent what was seen of the neighbours' chains, at most once a minute: witnesses against rollback (PROTOCOL 3).

What a contradiction means is for a person; nothing is undone here.
"""

from __future__ import annotations

from salon_desk.services import parent
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.sync.context import Context, Line
from salon_desk.sync.outcome import Answer
from salon_desk.wire.messages import HeadsAsk, Seen

EVERY = 60.0
"""Seconds."""
_WHO = "heads"


class Heads:
    """Told by the feed thread after a contact."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._next = 0.0
        self._told: list[Seen] = []

    def tell(self, line: Line, *, contradicted: bool = False) -> None:
        """Tell the ends of the chains if it is time and they are others than before. Feed thread.

        `contradicted`: the parent says otherwise of one of them, and is told at once and every time: it may be an old copy.
        """
        now = self._context.monotonic()
        if now < self._next and not contradicted:
            return
        self._next = now + EVERY
        ends = self._context.database(parent.ends_seen)
        if not ends or (ends == self._told and not contradicted):
            return
        voucher = self._context.database(parent.head_voucher)
        match line.feed.heads(HeadsAsk(heads=ends, voucher=voucher)):
            case Answer(message=answer):
                self._told = ends
                if answer.contradicted:
                    self._context.board.hold(_WHO, LinkState.ATTENTION, LinkReason.CONTRADICTED)
                else:
                    self._context.board.release(_WHO)
            case _:
                pass
