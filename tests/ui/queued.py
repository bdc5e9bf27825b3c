"""Tasks that wait until a test lets them run, one at a time, as on a database worker that serves others in between.

No test lives here.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.ui.tasks import ImmediateTasks


class Queued(ImmediateTasks):
    """`step` runs what waits longest; `waiting` is there to be counted."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def run(self, *asked: object, **named: object) -> None:
        """Keep it."""
        self.waiting.append(lambda: ImmediateTasks.run(self, *asked, **named))  # type: ignore[arg-type]

    def step(self) -> None:
        """Run one."""
        self.waiting.pop(0)()
