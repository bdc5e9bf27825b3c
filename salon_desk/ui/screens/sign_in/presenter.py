"""The sign-in screen's behaviour: who is chosen, what was wrong with the PIN, the first PIN of a new shop.

No Qt here. A PIN passes through to the service; only the first of two equal new ones waits here for its twin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.access import Permission, allowed
from salon_desk.domain.errors import DomainError
from salon_desk.services import sign_in
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Till
from salon_desk.storage.queries import staff
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


class PinStep(StrEnum):
    """What the pad is for: the PIN of every day, or a new one typed twice."""

    ENTER = "enter"
    NEW = "new"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class SignInState:
    """What the screen shows. `people` is None until they are read; `differed`: the two new PINs were not equal.

    `arriving`: the till joined a chain, and its shop and staff are still on their way.
    """

    people: tuple[StaffMember, ...] | None = None
    arriving: bool = False
    chosen: str = ""
    step: PinStep = PinStep.ENTER
    refusal: DomainError | None = None
    differed: bool = False
    checking: bool = False

    @property
    def person(self) -> StaffMember | None:
        """Who is chosen."""
        return next((one for one in self.people or () if one.staff == self.chosen), None)


@dataclass(frozen=True, slots=True)
class Who:
    """Who can sign in; `first_time`: nobody has a PIN yet, these may get the first; `arriving`: more is on its way."""

    people: tuple[StaffMember, ...]
    first_time: bool
    arriving: bool


class SignInPresenter:
    """`signed_in` is called after the session knows who it is."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, signed_in: Callable[[], None]) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._signed_in = signed_in
        self._first = ""
        self._command = ""
        self.changed: Callable[[], None] = _nobody
        self.state = SignInState()

    def begin(self) -> None:
        """The screen comes to the front: nobody is chosen, nothing is typed."""
        self._first = ""
        self.state = SignInState(people=self.state.people)
        self.changed()
        self._tasks.run(lambda: _who(self._till), self._read)

    def refresh(self) -> None:
        """More of the shop may have arrived from head office: look again, keeping who is chosen."""
        if not self.state.checking:
            self._tasks.run(lambda: _who(self._till), self._reread, replaces="sign-in")

    def choose(self, staff_id: str) -> None:
        """Somebody taps a face."""
        self._first = ""
        step = PinStep.ENTER if self.state.step is PinStep.ENTER else PinStep.NEW
        self._set(chosen=staff_id, step=step, refusal=None, differed=False)

    def typing(self) -> None:
        """The PIN is being typed again: what was said before is over."""
        if self.state.refusal is not None or self.state.differed:
            self._set(refusal=None, differed=False)

    def give_pin(self, pin: str) -> None:
        """The PIN as it was confirmed on the pad."""
        if not self.state.chosen or self.state.checking:
            return
        step = self.state.step
        match step:
            case PinStep.ENTER:
                self._sign_in(pin)
            case PinStep.NEW:
                self._first = pin
                self._set(step=PinStep.AGAIN)
            case PinStep.AGAIN if pin != self._first:
                self._first = ""
                self._set(step=PinStep.NEW, differed=True)
            case PinStep.AGAIN:
                self._set_first_pin(pin)
            case _:
                assert_never(step)

    def _sign_in(self, pin: str) -> None:
        chosen = self.state.chosen
        self._set(checking=True)
        self._tasks.run(lambda: sign_in.sign_in(self._till, chosen, pin), self._done, self._refused)

    def _set_first_pin(self, pin: str) -> None:
        self._first = ""
        chosen, command = self.state.chosen, self._session.new_command()
        self._set(checking=True)

        def work() -> SignedIn:
            sign_in.set_pin(self._till, command, None, chosen, pin)
            return sign_in.sign_in(self._till, chosen, pin)

        self._tasks.run(work, self._done, self._refused)

    def _read(self, found: Who) -> None:
        chosen = self.state.chosen if any(one.staff == self.state.chosen for one in found.people) else ""
        step = PinStep.NEW if found.first_time else PinStep.ENTER
        self._set(people=found.people, arriving=found.arriving, chosen=chosen, step=step)

    def _reread(self, found: Who) -> None:
        before = (self.state.people, self.state.arriving)
        if (found.people, found.arriving) != before and not self.state.checking:
            self._read(found)

    def _done(self, signed_in: SignedIn) -> None:
        self.state = SignInState(people=self.state.people)
        self._session.sign_in(signed_in)
        self.changed()
        self._signed_in()

    def _refused(self, error: DomainError) -> None:
        step = PinStep.ENTER if self.state.step is PinStep.ENTER else PinStep.NEW
        self._set(checking=False, refusal=error, step=step)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _who(till: Till) -> Who:
    """Who can sign in; where nobody has a PIN yet, who may get the first. Database worker.

    While the shop is still arriving nobody may choose a first PIN: the owner's may be on its way.
    """
    with_pin, arriving = sign_in.people(till), sign_in.shop_arriving(till)
    if with_pin or arriving:
        return Who(with_pin, first_time=False, arriving=arriving)
    with till.read() as transaction:
        everyone = staff.active_staff(transaction, till.business_day(transaction))
    able = tuple(one for one in everyone if allowed(one.role, Permission.EDIT_STAFF))
    return Who(able or tuple(everyone), first_time=True, arriving=False)


def _nobody() -> None:
    """Nobody looks yet."""
