"""One piece of work after the other: what a finger asks for is decided when the step before has answered.

No Qt lives here. Tile, then face: the face must find the line that the tile made, however fast the finger is. After a
refusal what still waited is dropped, because it was meant for a ticket that did not come about.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from salon_desk.domain.errors import DomainError
from salon_desk.ui.tasks import Tasks

T = TypeVar("T")

Decide = Callable[[], Callable[[], T] | None]
"""Called on the UI thread when its turn comes: gives the work for the database, or None when there is nothing to do."""


@dataclass(frozen=True, slots=True)
class _Step(Generic[T]):
    decide: Decide[T]
    done: Callable[[T], None]
    failed: Callable[[DomainError], None]


@dataclass(frozen=True, slots=True)
class _Bug:
    """What nobody expected, brought to the UI thread as a value so that the steps go on afterwards."""

    error: Exception


class Steps:
    """A queue of one presenter. UI thread only; `on_bug` is called before an unexpected exception goes on."""

    def __init__(self, tasks: Tasks, on_bug: Callable[[], None] | None = None) -> None:
        self._tasks, self._on_bug = tasks, on_bug
        self._waiting: deque[_Step[Any]] = deque()
        self._running = False

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for has answered."""
        return not self._running and not self._waiting

    def add(
        self, decide: Decide[T], done: Callable[[T], None], failed: Callable[[DomainError], None]
    ) -> None:
        """Run what `decide` gives when its turn comes, then `done`, or `failed` for a refusal."""
        self._waiting.append(_Step(decide, done, failed))
        self._next()

    def _next(self) -> None:
        while self._waiting and not self._running:
            step = self._waiting.popleft()
            work = step.decide()
            if work is not None:
                self._running = True
                self._run(step, work)

    def _run(self, step: _Step[Any], work: Callable[[], Any]) -> None:
        def guarded() -> Any:
            try:
                return work()
            except DomainError:
                raise
            except Exception as error:
                return _Bug(error)

        self._tasks.run(
            guarded, lambda result: self._answered(step, result), lambda error: self._refused(step, error)
        )

    def _answered(self, step: _Step[Any], result: Any) -> None:
        self._running = False
        try:
            if isinstance(result, _Bug):
                self._waiting.clear()
                if self._on_bug is not None:
                    self._on_bug()
                raise result.error
            step.done(result)
        finally:
            self._next()

    def _refused(self, step: _Step[Any], error: DomainError) -> None:
        self._running = False
        self._waiting.clear()
        try:
            step.failed(error)
        finally:
            self._next()
