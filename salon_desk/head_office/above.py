"""What stands above a hub, as its endpoints ask it; a root has nothing above it.

No connection lives here: `bootstrap/hub.py` hands in the hub's own link. Everything runs on the event loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from salon_desk.wire.messages import EnrollAnswer, EnrollAsk, Recall, Root, WantAnswer, WantAsk


class Above(Protocol):
    """The parent of a hub."""

    @property
    def is_up(self) -> bool:
        """Whether the line to it stands, as far as is known."""
        ...

    def root(self) -> Root | None:
        """Head office, for telephones of children that cannot reach it through here; None while it is not known."""
        ...

    async def want_above(self, ask: WantAsk, within: float) -> WantAnswer | None:
        """Ask for units in the name of a child; None when there was no answer within so many seconds."""
        ...

    async def let_in(self, ask: EnrollAsk) -> EnrollAnswer:
        """Let it decide about a code that this hub did not make. Raises Refusal."""
        ...

    def recalls(self, node: str) -> Sequence[Recall]:
        """What it asks a child of this hub to send."""
        ...
