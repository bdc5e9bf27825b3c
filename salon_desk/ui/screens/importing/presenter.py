"""The import's behaviour, step by step: choose a list, name its columns, sign for it, carry it over; take a wrong one back.

No Qt here. Rows are looked at and carried over some at a time, each a piece of work of its own, so that whoever sells at this till
waits for none of it; stopping is safe between any two, and the same list goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from salon_desk.domain.errors import DomainError
from salon_desk.domain.importing import OFTEN, Broken, Sheet, Totals
from salon_desk.domain.importing_columns import Column, Mapped, guess
from salon_desk.services import importing, importing_carrying, importing_reversing
from salon_desk.services.importing import Plan
from salon_desk.services.importing_carrying import Carried, SignOff
from salon_desk.services.importing_files import reading
from salon_desk.services.importing_reversing import Left, ListTaken
from salon_desk.services.slices import Sliced
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.importing.files import FileFound, found_files
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

LOOKED_AT_ONCE = 40
NOTHING = Totals()


class Step(StrEnum):
    """Where the import stands."""

    CHOOSE = "choose"
    READ = "read"
    LOOK = "look"
    SIGN = "sign"
    CARRY = "carry"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class ImportingState:
    """What the screen shows. `read`: lines of the file, about; `looked`: people compared with those who are here; `batch` of `batches` done; `over`: no more to do."""

    step: Step = Step.CHOOSE
    files: tuple[FileFound, ...] | None = None
    lists: tuple[ListTaken, ...] = ()
    currency: str = "USD"
    file: str = ""
    read: int = 0
    sheet: Sheet | None = None
    mapped: Mapped = ()
    plan: Plan | None = None
    collided: tuple[Broken, ...] = ()
    looked: int = 0
    taken: Totals = NOTHING
    late: tuple[Broken, ...] = ()
    batch: int = 0
    batches: int = 0
    stopping: bool = False
    over: bool = False
    left: tuple[Left, ...] = ()
    refusal: DomainError | None = None

    @property
    def broken(self) -> tuple[Broken, ...]:
        """Every row that is not taken, in the order of the file."""
        read = self.plan.parsed.broken if self.plan else ()
        return tuple(sorted((*read, *self.collided), key=lambda one: one.row))

    @property
    def not_taken(self) -> tuple[Broken, ...]:
        """What came of them when the list was carried over."""
        read = self.plan.parsed.broken if self.plan else ()
        return tuple(sorted((*read, *self.late), key=lambda one: one.row))


@dataclass(frozen=True, slots=True)
class _Lying:
    """What was found when the screen came to the front, and by whose leave."""

    actor: Actor
    lists: tuple[ListTaken, ...]
    files: tuple[FileFound, ...]
    currency: str


class ImportingPresenter:
    """`refuse` shows a refusal that no step explains."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        places: Callable[[], Sequence[Path]],
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._places = approvals, places
        self._lent: Actor | None = None
        self._round = 0
        self.changed: Callable[[], None] = lambda: None
        self.refuse: Callable[[DomainError], None] = lambda _error: None
        self.state = ImportingState()

    def begin(self) -> None:
        """The screen comes to the front: what lies here, and what was taken over before; the owner is asked where needed."""
        if self.state.step is not Step.CHOOSE:
            return

        def work(by: Actor) -> _Lying:
            with self._till.read() as transaction:
                currency = self._till.shop(transaction).currency
            lists = importing_reversing.lists(self._till, by)
            return _Lying(by, lists, found_files(self._places()), currency)

        def read(lying: _Lying) -> None:
            self._lent = lying.actor
            self._set(lists=lying.lists, files=lying.files, currency=lying.currency)

        def failed(error: DomainError | None) -> None:
            if error is not None:
                self.refuse(error)

        run_approved(self._tasks, self._approvals, self._actor, work, done=read, failed=failed)

    def again(self) -> None:
        """Back to the choice of a list."""
        self._round += 1
        self.state = ImportingState(
            files=self.state.files, lists=self.state.lists, currency=self.state.currency
        )
        self.changed()
        self.begin()

    def choose(self, path: Path) -> None:
        """Read a list and guess what its columns are."""

        self._round += 1
        self._set(step=Step.READ, file=path.name, read=0, stopping=False, over=False)
        self._read_on(reading(path), self._round)

    def name_column(self, at: int, column: Column | None) -> None:
        """A column means something else; what meant it before means nothing now."""
        mapped = [None if one is column else one for one in self.state.mapped]
        mapped[at] = column
        self._set(mapped=tuple(mapped))
        self._plan()

    def go_on(self) -> None:
        """The list is as it should be: to the figures and the signature, or on with what was signed for."""
        plan = self.state.plan
        if plan is None:
            return

        def known(signed: bool) -> None:
            if signed:
                self._carry_all(plan)
            else:
                self._set(step=Step.SIGN, refusal=None)

        self._tasks.run(lambda: importing_carrying.is_signed(self._till, plan), known, self.refuse)

    def look_again(self) -> None:
        """Back to the list from the signature."""
        self._set(step=Step.LOOK, refusal=None)

    def sign(self, told: Totals, name: str, pin: str, *, differs: bool) -> None:
        """The owner signs, and what is owed is carried over."""
        plan, person = self.state.plan, self._session.person
        if plan is None or person is None:
            return
        off = SignOff(told, name, self._signer, pin, differs=differs)
        self._set(refusal=None)
        self._tasks.run(
            lambda: importing_carrying.sign(self._till, plan, off),
            lambda _done: self._carry_all(plan),
            lambda error: self._set(refusal=error),
        )

    def stop(self) -> None:
        """Stop after what is being recorded now."""
        self._set(stopping=True)

    def take_back(self, list_id: str) -> None:
        """Take a list back as far as nobody has spent it."""
        actor, number = self._actor, self._round

        def counted(steps: int) -> None:
            self._set(step=Step.BACK, batch=0, batches=steps, left=(), over=False, stopping=False)
            one(0)

        def one(step: int) -> None:
            if number != self._round:
                return
            if step == self.state.batches or self.state.stopping:
                self._set(over=True)
                return
            self._tasks.run(
                lambda: importing_reversing.take_back(self._till, actor, list_id, step),
                lambda left: self._back(left, step, one),
                self._trouble,
            )

        self._tasks.run(lambda: importing_reversing.steps(self._till, list_id), counted, self.refuse)

    @property
    def _actor(self) -> Actor:
        return self._lent or self._session.actor

    @property
    def _signer(self) -> str:
        """Whoever lent the permission, else who is signed in: it is that person's PIN."""
        return self._actor.approver or self._actor.staff

    def _read_on(self, file: Sliced[Sheet], number: int) -> None:
        """The next slice of a file: a sale goes in between two."""

        def read(sheet: Sheet | None) -> None:
            if number != self._round:
                return
            if self.state.stopping:
                self.again()
            elif sheet is None:
                self._set(read=file.pauses * OFTEN)
                self._read_on(file, number)
            else:
                self._set(step=Step.LOOK, sheet=sheet, mapped=guess(sheet.headers), plan=None)
                self._plan()

        def unreadable(error: DomainError) -> None:
            if number == self._round:
                self.again()
                self.refuse(error)

        self._tasks.run(file.go_on, read, unreadable)

    def _plan(self) -> None:
        sheet, mapped, file, actor = self.state.sheet, self.state.mapped, self.state.file, self._actor
        if sheet is None:
            return
        self._round += 1
        number = self._round

        def planned(plan: Plan | None) -> None:
            if number == self._round and plan is None:
                go_on()
            elif number == self._round and plan is not None:
                self._set(plan=plan, collided=(), looked=0, refusal=None)
                self._look(plan, 0, number)

        def refused(error: DomainError) -> None:
            self._set(plan=None, refusal=error)

        def go_on() -> None:
            self._tasks.run(work.go_on, planned, refused)

        work = Sliced(lambda: importing.planning(self._till, actor, file, sheet, mapped))
        go_on()

    def _look(self, plan: Plan, start: int, number: int) -> None:
        """Compare with who is here, some at a time."""
        some = plan.people[start : start + LOOKED_AT_ONCE]
        if not some or number != self._round:
            return

        def seen(found: list[Broken]) -> None:
            if number == self._round:
                self._set(collided=(*self.state.collided, *found), looked=start + len(some))
                self._look(plan, start + len(some), number)

        self._tasks.run(lambda: importing.collisions(self._till, some), seen, self.refuse)

    def _carry_all(self, plan: Plan) -> None:
        number = self._round = self._round + 1
        batches = importing_carrying.batches(plan)
        self._set(
            step=Step.CARRY, batch=0, batches=batches, taken=NOTHING, late=(), over=False, stopping=False
        )
        self._carry(plan, 0, number)

    def _carry(self, plan: Plan, batch: int, number: int) -> None:
        if number != self._round:
            return
        if batch == self.state.batches or self.state.stopping:
            self._set(over=True)
            return
        actor = self._actor

        def done(carried: Carried) -> None:
            if number == self._round:
                self._set(
                    batch=batch + 1,
                    taken=self.state.taken.plus(carried.taken),
                    late=(*self.state.late, *carried.broken),
                )
                self._carry(plan, batch + 1, number)

        self._tasks.run(lambda: importing_carrying.carry(self._till, actor, plan, batch), done, self._trouble)

    def _back(self, left: tuple[Left, ...], step: int, then: Callable[[int], None]) -> None:
        self._set(left=(*self.state.left, *left), batch=step + 1)
        then(step + 1)

    def _trouble(self, error: DomainError) -> None:
        """The disk refused, say: what was recorded stays, and the same goes on later."""
        self._set(over=True, stopping=True)
        self.refuse(error)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()
