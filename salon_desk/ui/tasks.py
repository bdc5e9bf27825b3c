"""What presenters ask for work off the UI thread: a Protocol, and one that works at once for tests.

No Qt lives here (see `background.TaskRunner`). Whatever goes in or comes back is frozen data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from salon_desk.domain.errors import DomainError

T = TypeVar("T")


class Tasks(Protocol):
    """Runs work on the database worker and brings its result back to the UI thread."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DomainError], None] | None = None,
        *,
        replaces: str | None = None,
    ) -> None:
        """Run `work` on the database worker, then `done` with its result on the UI thread.

        A DomainError goes to `failed`, or is shown as a notice when there is none. Any other exception
        is a bug and goes to the excepthook. With `replaces`, an earlier run of the same name that has
        not answered yet is dropped: for search while typing.
        """
        ...


class ImmediateTasks:
    """Runs everything at once on the caller's thread; for presenter tests. Refusals without `failed` are kept."""

    def __init__(self) -> None:
        self.refused: list[DomainError] = []

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DomainError], None] | None = None,
        *,
        replaces: str | None = None,  # noqa: ARG002 (nothing is ever pending here)
    ) -> None:
        """See `Tasks.run`; unexpected exceptions are raised to the test."""
        try:
            result = work()
        except DomainError as refusal:
            (failed or self.refused.append)(refusal)
            return
        done(result)
