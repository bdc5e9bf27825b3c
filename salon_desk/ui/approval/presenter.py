"""The approval sheet's behaviour: who may approve this, one chosen, a PIN tried.

No Qt here. A PIN passes through to the service and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.domain.access import Permission, allowed
from salon_desk.domain.errors import DomainError
from salon_desk.services import sign_in
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """What the sheet shows. `people` is None until they are read."""

    permission: Permission
    people: tuple[StaffMember, ...] | None = None
    chosen: str = ""
    refusal: DomainError | None = None
    checking: bool = False


class ApprovalPresenter:
    """One question to one manager; `approved` is called once with the lent actor."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, permission: Permission) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self.changed: Callable[[], None] = _nobody
        self.approved: Callable[[Actor], None] = _for_nobody
        self.state = ApprovalState(permission)

    def start(self) -> None:
        """Read who may approve this."""
        self._tasks.run(lambda: sign_in.people(self._till), self._read)

    def choose(self, staff: str) -> None:
        """Somebody says: I do."""
        self._set(chosen=staff, refusal=None)

    def typing(self) -> None:
        """The PIN is being typed again: what was said before is over."""
        if self.state.refusal is not None:
            self._set(refusal=None)

    def give_pin(self, pin: str) -> None:
        """Try the PIN of the one who is chosen."""
        state = self.state
        if not state.chosen or state.checking:
            return
        self._set(checking=True)
        actor = self._session.actor
        self._tasks.run(
            lambda: sign_in.approve(self._till, actor, state.permission, state.chosen, pin),
            self._lent,
            self._refused,
        )

    def _read(self, people: tuple[StaffMember, ...]) -> None:
        permission, own = self.state.permission, self._session.actor.staff
        able = tuple(
            one
            for one in people
            if one.staff != own and allowed(one.role, permission) and allowed(one.role, Permission.OVERRIDE)
        )
        self._set(people=able, chosen=able[0].staff if len(able) == 1 else "")

    def _lent(self, actor: Actor) -> None:
        self._set(checking=False)
        self.approved(actor)

    def _refused(self, error: DomainError) -> None:
        self._set(checking=False, refusal=error)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""


def _for_nobody(_actor: Actor) -> None:
    """Nobody waits for it yet."""
