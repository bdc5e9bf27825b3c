"""The behaviour of the monthly look at the terminal: what was seen before, the form, kept under the looker's name.

No Qt here. Whether the seal is whole must be said; nothing is taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from salon_desk.domain.errors import DomainError
from salon_desk.services import inspections, sign_in
from salon_desk.services.inspection_photo import photo_digest
from salon_desk.services.inspections import Inspected, InspectionAsk
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries import terminals
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.storage.queries.terminals import Inspection
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class TypedLook:
    """What stands in the fields."""

    serial: str = ""
    note: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """What was read: how the terminal stands, the looks at it with the newest first, who the lookers are."""

    standing: Inspected
    past: tuple[Inspection, ...] = ()
    people: tuple[StaffMember, ...] = ()


@dataclass(frozen=True, slots=True)
class InspectionsState:
    """What the screen shows. `terminal`: its name, empty for none; `seal`: whether it is whole, None until somebody says."""

    terminal: str = ""
    looks: Looks | None = None
    seal: bool | None = None
    command: str = field(default="")
    refusal: DomainError | None = None
    saving: bool = False


class InspectionsPresenter:
    """`kept` tells that a look was written down."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        terminal: Callable[[], str],
    ) -> None:
        """`terminal`: the name of the terminal of now."""
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self._terminal = terminal
        self.changed: Callable[[], None] = _nobody
        self.kept: Callable[[], None] = _nobody
        self.state = InspectionsState()

    def begin(self) -> None:
        """The screen comes to the front."""
        self._set(terminal=self._terminal(), seal=None, refusal=None, command=self._session.new_command())
        self._refresh()

    def say_seal(self, key: str) -> None:
        """Whether the seal is whole."""
        self._set(seal=key == "whole", refusal=None)

    def typing(self) -> None:
        """A field changes: what was refused is over."""
        if self.state.refusal is not None:
            self._set(refusal=None)

    def keep(self, typed: TypedLook) -> None:
        """Write down what was seen."""
        state = self.state
        if state.saving or state.seal is None or not state.terminal:
            return
        self._set(saving=True)
        terminal, seal, command = state.terminal, state.seal, state.command

        def look(actor: Actor) -> Inspected:
            photo = photo_digest(typed.photo)
            ask = InspectionAsk(terminal, typed.serial, seal_intact=seal, photo=photo, note=typed.note)
            return inspections.inspect(self._till, command, actor, ask)

        run_approved(
            self._tasks, self._approvals, self._session.actor, look, done=self._done, failed=self._not_done
        )

    def _done(self, _standing: Inspected) -> None:
        self._set(saving=False, seal=None, refusal=None, command=self._session.new_command())
        self.kept()
        self._refresh()

    def _not_done(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _refresh(self) -> None:
        terminal = self.state.terminal
        if terminal:
            self._tasks.run(lambda: _read(self._till, terminal), lambda looks: self._set(looks=looks))

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _read(till: Till, terminal: str) -> Looks:
    """Database worker. Raises ShopMissing, RuleMissing."""
    standing = inspections.standing(till, terminal)
    with till.read() as transaction:
        past = terminals.inspections(transaction, till.store.node, terminal)
    return Looks(standing, tuple(past), tuple(sign_in.people(till)))


def _nobody() -> None:
    """Nobody looks yet."""
