"""The reports screen's behaviour: which report, which day or Z, which of its tables; printing it.

No Qt here. Whoever may not see reports asks a manager, whose approval counts until the screen is left; it never shows
what should lie in the drawer to a cashier who counts blind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salon_desk.domain.access import Permission, allowed
from salon_desk.domain.errors import DomainError
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.reports.reading import (
    BY_DAY,
    ReportKind,
    ReportRead,
    Wanted,
    print_report,
    read,
)
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class ReportsState:
    """What the screen shows. `locked`: nobody approved; `section`: the table that stands, by its place."""

    wanted: Wanted
    read: ReportRead | None = None
    section: int = 0
    locked: bool = False
    blind: bool = False
    printing: bool = False


class ReportsPresenter:
    """`refuse` shows a refusal; `printed` is called once a paper is queued."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals = approvals
        self._lent: Actor | None = None
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.printed: Callable[[], None] = _nobody
        self.state = ReportsState(Wanted())

    def begin(self) -> None:
        """The screen comes to the front: read again, asking a manager where that is needed."""
        self._load(self.state.wanted)

    def end(self) -> None:
        """The screen is left: what was approved is over, and nobody else finds a report open."""
        self._lent = None
        self._set(read=None, locked=False, printing=False)

    def show(self, kind: ReportKind) -> None:
        """Another report."""
        self._set(section=0)
        self._load(replace(self.state.wanted, kind=kind))

    def choose_section(self, section: int) -> None:
        """Another table of the report that stands."""
        self._set(section=section)

    def step(self, by: int) -> None:
        """A day or a Z later (1) or earlier (-1)."""
        shown = self.state.read
        if shown is None:
            return
        if shown.wanted.kind in BY_DAY and self.can_step(by):
            later = date.fromisoformat(shown.day) + timedelta(days=by)
            self._load(replace(shown.wanted, day=later.isoformat()))
        elif shown.wanted.kind is ReportKind.Z and self.can_step(by):
            at = _place(shown)
            self._load(replace(shown.wanted, close_op=shown.shifts[at - by].close_op))

    def can_step(self, by: int) -> bool:
        """Whether there is one later or earlier."""
        shown = self.state.read
        if shown is None:
            return False
        if shown.wanted.kind in BY_DAY:
            return by < 0 or shown.day < shown.today
        return shown.wanted.kind is ReportKind.Z and 0 <= _place(shown) - by < len(shown.shifts)

    def newest(self) -> None:
        """Today, or the newest Z."""
        self._load(replace(self.state.wanted, day="", close_op=""))

    def choose_z(self, close_op: str) -> None:
        """This Z of the list."""
        self._load(Wanted(ReportKind.Z, self.state.wanted.day, close_op))

    def print(self, language: str) -> None:
        """Queue the report that stands for printing; where it shows the drawer, who may not see that asks."""
        shown = self.state.read
        if shown is None or self.state.printing or not self.can_print:
            return

        self._set(printing=True)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: print_report(self._till, actor, shown, language),
            done=lambda _job: self._over(),
            failed=self._not_printed,
        )

    @property
    def can_print(self) -> bool:
        """Whether a report stands."""
        shown = self.state.read
        return shown is not None and shown.report is not None

    def _load(self, wanted: Wanted) -> None:
        actor = self._session.actor
        blind = not allowed(actor.role, Permission.VIEW_EXPECTED_CASH)
        self._set(wanted=wanted, blind=blind)

        def work(by: Actor) -> tuple[Actor, ReportRead]:
            return by, read(self._till, by, wanted, show_expected=not blind)

        run_approved(
            self._tasks, self._approvals, self._lent or actor, work, done=self._read, failed=self._not_read
        )

    def _read(self, answer: tuple[Actor, ReportRead]) -> None:
        if answer[1].wanted == self.state.wanted:
            self._lent = answer[0]
            self._set(read=answer[1], locked=False)

    def _not_read(self, error: DomainError | None) -> None:
        self._set(read=None, locked=error is None)
        if error is not None:
            self.refuse(error)

    def _over(self) -> None:
        self._set(printing=False)
        self.printed()

    def _not_printed(self, error: DomainError | None) -> None:
        self._set(printing=False)
        if error is not None:
            self.refuse(error)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _place(shown: ReportRead) -> int:
    """Where the Z that stands is in the list, newest first."""
    ops = [one.close_op for one in shown.shifts]
    return ops.index(shown.close_op) if shown.close_op in ops else 0


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
