"""What every screen that sells value alone does when it is tapped, typed into or paid. No Qt, and no rule here.

What is sold is each screen's presenter. One sale has one command id from `_start` on, so a double tap or a retry sells nothing twice.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.services import catalogue, printing, search, sign_in
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.search import Found
from salon_desk.services.till import Actor, Till
from salon_desk.storage.print_jobs import JobState, PrintJob
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.approval.asking import NOBODY_APPROVES, Approvals
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine, ChargeNow
from salon_desk.ui.counter.captured import CHARGE
from salon_desk.ui.counter.notices import payment_card
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.counter.steps import Steps
from salon_desk.ui.counter.tender_plan import CASH, Field, Focus, TenderPlan
from salon_desk.ui.counter.tender_words import EXACT
from salon_desk.ui.counter.value_charging import ValueCharging
from salon_desk.ui.counter.value_sale import OTHER, SoldValue, ValueSale
from salon_desk.ui.counter.worked import Worked, worked
from salon_desk.ui.tasks import Tasks

S = TypeVar("S", bound=ValueSale)

_NEWEST_JOBS = 40
_AMOUNT = Focus(Field.TOP_UP)


@dataclass(frozen=True, slots=True)
class _Read:
    catalogue: CatalogueView
    sellers: tuple[StaffMember, ...]


class Signed(Protocol):
    """Who sells: the session of the screen."""

    @property
    def actor(self) -> Actor:
        """The person signed in."""
        ...

    def new_command(self) -> str:
        """An id for what is asked next."""
        ...


class ValueSaleDesk(ABC, Generic[S]):
    """The behaviour that such screens share. UI thread only; `_sell` runs on the database worker."""

    name: ClassVar[str]
    """Tells the questions of one screen from those of another."""
    state: S

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Signed,
        outlet: Outlet,
        *,
        on_done: Callable[[], None],
        approvals: Approvals = NOBODY_APPROVES,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        self._till, self._tasks, self._session, self._outlet = till, tasks, session, outlet
        self._on_done = on_done
        self._steps = Steps(tasks, self._bug)
        self._command = ""
        self.charging = ValueCharging(terminal, tasks, session, approvals, sale=self, outlet=outlet)
        terminal.listen(self._terminal_changed)

    @abstractmethod
    def _sell(self, state: S, command: str, actor: Actor) -> SoldValue:
        """Sell it exactly as it is shown. Database worker; raises the refusals of the services."""

    @abstractmethod
    def code_scanned(self, code: str) -> None:
        """A reader gave a code that is no payment card."""

    @abstractmethod
    def choose_member(self, member: str) -> None:
        """One of the results: hers it will be."""

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for has answered."""
        return self._steps.idle

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        payment_card(self._outlet)

    def search(self, text: str) -> None:
        """Who gets it, being typed."""
        typed = text.strip()
        self._set(replace(self.state, query=typed, found=self.state.found if typed else None))
        if typed:
            self._tasks.run(
                lambda: search.search(self._till, typed),
                lambda found: self._found(typed, found),
                self._outlet.refuse,
                replaces=f"{self.name}-search",
            )

    def choose(self, choice: str) -> None:
        """One of the tiles, or an amount of one's own."""
        focus = _AMOUNT if choice == OTHER else None
        tenders = self.state.tenders
        if focus is not None or tenders.focus == _AMOUNT:
            tenders = tenders.focus_on(focus)
        self._change(choice=choice, tenders=tenders)

    def choose_seller(self, staff: str) -> None:
        """Who sold it; the same face again takes it back."""
        self._change(seller="" if self.state.seller == staff else staff)

    def choose_tender(self, key: str) -> None:
        """How it is paid; with the terminal's line down in cash."""
        if self.state.cash_only and key != CASH:
            return
        customs = self.state.catalogue.tenders if self.state.catalogue else ()
        needs = any(one.needs_reference and key.endswith(f"/{one.tender_id}") for one in customs)
        self._change(tenders=self.state.tenders.choose(key, needs_reference=needs))

    def remove_tender(self, key: str) -> None:
        """Not this way after all; what was charged has to be voided."""
        if key.startswith(CHARGE):
            self.charging.give_back(key)
            return
        self._change(tenders=self.state.tenders.remove(key))

    def tap_field(self, key: str) -> None:
        """One of the numbers of the tender in use."""
        focus = self.state.tenders.focus
        if focus is not None and Field(key) is not Field.TOP_UP:
            self._change(tenders=self.state.tenders.focus_on(Focus(Field(key), focus.key)))

    def quick(self, key: str) -> None:
        """Exact, or a note."""
        amount = None if key == EXACT else Money(int(key), self.state.currency)
        self._change(tenders=self.state.tenders.set_amount(CASH, amount))

    def refer(self, text: str) -> None:
        """The reference of one of the shop's own tenders."""
        focus = self.state.tenders.focus
        if focus is not None and focus.key:
            self._change(tenders=self.state.tenders.refer(focus.key, text))

    def press(self, keys: str) -> None:
        """A key of the pad."""
        plan = self.state.tenders
        if plan.focus == _AMOUNT:
            typed = (self.state.typed.clear() if plan.fresh else self.state.typed).press(keys)
            self._change(typed=typed, tenders=plan.press(keys))
        else:
            self._change(tenders=plan.press(keys))

    def erase(self) -> None:
        """The pad's backspace."""
        plan = self.state.tenders
        typed = self.state.typed.erase() if plan.focus == _AMOUNT else self.state.typed
        self._change(typed=typed, tenders=plan.erase())

    def complete(self) -> None:
        """Sell it exactly as it is shown; a second tap does nothing."""
        state = self.state
        if not state.ready or not self._steps.idle or self.charging.busy or self.charging.start():
            return
        actor, command = self.charging.actor, self._command
        self._set(replace(state, paying=True))
        self._steps.add(lambda: lambda: self._sell(state, command, actor), self._sold, self._not_sold)

    def refresh_receipt(self) -> None:
        """Ask what became of the receipt."""
        done = self.state.done
        if done is not None and self.state.receipt is not JobState.PRINTED:
            self._tasks.run(
                lambda: printing.recent(self._till, _NEWEST_JOBS),
                lambda jobs: self._printed(done, jobs),
                self._outlet.refuse,
                replaces=f"{self.name}-receipt",
            )

    def reprint(self) -> None:
        """Print the receipt again; the paper says COPY."""
        done = self.state.done
        if done is None:
            return
        actor = self._session.actor
        self._steps.add(
            lambda: lambda: printing.reprint(self._till, actor, done.op_id, done.language),
            lambda _job: self._reprinted(),
            self._outlet.refuse,
        )

    def leave(self) -> None:
        """Back to where it came from; what was only planned is gone, what was charged has to be voided."""
        if not self.charging.leave():
            self.go()

    def go(self) -> None:
        """Back to where it came from."""
        self._on_done()

    def plan(self, tenders: TenderPlan, charges: tuple[ChargeNow, ...]) -> None:
        """Other tenders, and what was captured; the figures follow."""
        self._change(tenders=tenders, charges=charges)

    def _start(self, state: S) -> None:
        """Another sale: what may be sold and who sells it is read."""
        self._command = self._session.new_command()
        self.charging.begin()
        self._set(replace(state, document=self._session.new_command(), means=self.charging.line.means()))
        self._steps.add(lambda: self._reading, self._read, self._outlet.refuse)

    def _reading(self) -> _Read:
        """On the database worker."""
        people = {one.staff: one for one in sign_in.technicians(self._till)}
        people |= {one.staff: one for one in sign_in.people(self._till)}
        return _Read(catalogue.view(self._till), tuple(people.values()))

    def _read(self, read: _Read) -> None:
        self._set(replace(self.state, catalogue=read.catalogue, sellers=read.sellers))

    def _terminal_changed(self) -> None:
        if self.state.document:
            self._set(replace(self.state, means=self.charging.line.means()))

    def _found(self, typed: str, found: tuple[Found, ...]) -> None:
        if typed == self.state.query:
            people = tuple(one for one in found if one.member is not None)
            self._set(replace(self.state, found=people))

    def _change(self, **changes: Any) -> None:
        if self.state.done is not None or self.state.paying or self.charging.busy:
            return
        state = replace(self.state, **changes, fresh=False)
        self._set(state if state.pay else replace(state, worked=None, problem=None))
        self._work_out()

    def _work_out(self) -> None:
        def decide() -> Callable[[], tuple[S, Worked]] | None:
            state = self.state
            if state.fresh or not state.pay:
                return None
            return lambda: (state, self._worked(state))

        self._steps.add(decide, self._shown, self._misfit)

    def _worked(self, state: S) -> Worked:
        """On the database worker: how the tenders settle what is paid, by this place's rounding."""
        with self._till.read() as transaction:
            shop = self._till.shop(transaction)
            rounding = self._till.rounding(shop, self._till.business_day(transaction))
        return worked(state.pay, state.planned, rounding)

    def _shown(self, result: tuple[S, Worked]) -> None:
        asked, figures = result
        state = self.state
        same = (asked.pay, asked.planned) == (state.pay, state.planned)
        self._set(replace(state, worked=figures, fresh=same, problem=None))
        self.charging.go_on()

    def _misfit(self, error: DomainError) -> None:
        self._set(replace(self.state, problem=error, fresh=True))

    def _sold(self, done: SoldValue) -> None:
        self._outlet.clear_notice()
        self._set(replace(self.state, done=done, paying=False, problem=None))
        self.refresh_receipt()

    def _not_sold(self, error: DomainError) -> None:
        """Nothing was taken; everything that was planned stays as it was."""
        self._outlet.refuse(error)
        self._set(replace(self.state, paying=False))

    def _printed(self, done: SoldValue, jobs: list[PrintJob]) -> None:
        job = next((one for one in jobs if one.op_id == done.op_id and one.kind == "receipt"), None)
        state = job.state if job else None
        if self.state.done is done and state is not self.state.receipt:
            self._set(replace(self.state, receipt=state))

    def _reprinted(self) -> None:
        self._set(replace(self.state, receipt=JobState.QUEUED))
        self.refresh_receipt()

    def _bug(self) -> None:
        """Something unexpected: the same command may be tried again, it is carried out once."""
        self._set(replace(self.state, paying=False))

    def _set(self, state: S) -> None:
        self.state = state
        self._outlet.render()
