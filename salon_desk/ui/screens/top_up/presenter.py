"""What the top-up screen does when it is tapped, typed into or scanned at. No Qt, and no rule here.

One top-up has one command id from `begin` on, so a double tap or a retry sells nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from salon_desk.domain.errors import DomainError, TenderShort
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CashRounding, PlannedTender, Settlement, plan_tenders
from salon_desk.services import cards, catalogue, members, printing, search, sign_in
from salon_desk.services.cards import CardView, ToppedUp
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.errors import CardIsFrozen
from salon_desk.services.search import Found
from salon_desk.services.till import Till
from salon_desk.storage.print_jobs import JobState, PrintJob
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.elsewhere import places_of
from salon_desk.ui.counter.notices import payment_card
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.counter.steps import Steps
from salon_desk.ui.counter.tender_plan import CASH, Field, Focus
from salon_desk.ui.counter.tender_words import EXACT
from salon_desk.ui.screens.top_up import notices
from salon_desk.ui.screens.top_up.state import OTHER, OwnedCard, TopUpState, Worked
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_NEWEST_JOBS = 40
_AMOUNT = Focus(Field.TOP_UP)


@dataclass(frozen=True, slots=True)
class _Read:
    catalogue: CatalogueView
    sellers: tuple[StaffMember, ...]


class TopUpPresenter:
    """The screen's behaviour. UI thread only."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, outlet: Outlet, *, on_done: Callable[[], None]
    ) -> None:
        self._till, self._tasks, self._session, self._outlet = till, tasks, session, outlet
        self._on_done = on_done
        self._steps = Steps(tasks, self._bug)
        self._command = ""
        self.state = TopUpState()

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for has answered."""
        return self._steps.idle

    def begin(self, card: str = "") -> None:
        """A card is to be topped up; without one the screen asks for it first."""
        self._command = self._session.new_command()
        self._set(TopUpState())
        self._steps.add(lambda: self._reading, self._read, self._outlet.refuse)
        if card:
            self._take(lambda: cards.by_id(self._till, card))

    def code_scanned(self, code: str) -> None:
        """A reader gave a code: that card is topped up."""
        if self.state.done is None and not self.state.paying:
            self._take(lambda: cards.by_code(self._till, code.strip()))

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        payment_card(self._outlet)

    def search(self, text: str) -> None:
        """Whose card it is, being typed."""
        typed = text.strip()
        self._set(replace(self.state, query=typed, found=self.state.found if typed else None))
        if typed:
            self._tasks.run(
                lambda: search.search(self._till, typed),
                lambda found: self._found(typed, found),
                self._outlet.refuse,
                replaces="top-up-search",
            )

    def choose_member(self, member: str) -> None:
        """A member of the results: her first card that is not frozen."""

        def work() -> CardView | None:
            owned = members.page(self._till, member).figures.cards
            usable = [CardView(card, value) for card, value in owned if not card.frozen]
            frozen = [card for card, _value in owned if card.frozen]
            if not usable and frozen:
                raise CardIsFrozen(frozen[0].tail, frozen[0].frozen_reason)
            return usable[0] if usable else None

        def done(found: CardView | None) -> None:
            if found is None:
                notices.no_card(self._outlet)
            else:
                self._take(lambda: found)

        self._steps.add(lambda: work, done, self._outlet.refuse)

    def choose(self, choice: str) -> None:
        """An offer, or an amount of one's own."""
        focus = _AMOUNT if choice == OTHER else None
        tenders = self.state.tenders
        if focus is not None or tenders.focus == _AMOUNT:
            tenders = tenders.focus_on(focus)
        self._change(choice=choice, tenders=tenders)

    def choose_seller(self, staff: str) -> None:
        """Who sold it; the same face again takes it back."""
        self._change(seller="" if self.state.seller == staff else staff)

    def choose_tender(self, key: str) -> None:
        """How it is paid."""
        customs = self.state.catalogue.tenders if self.state.catalogue else ()
        needs = any(one.needs_reference and key.endswith(f"/{one.tender_id}") for one in customs)
        self._change(tenders=self.state.tenders.choose(key, needs_reference=needs))

    def remove_tender(self, key: str) -> None:
        """Not this way after all."""
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
        state, ask = self.state, self.state.ask
        if not state.ready or ask is None or not self._steps.idle:
            return
        actor, command = self._session.actor, self._command
        planned, language = _planned(state), _print_language(state)
        self._set(replace(state, paying=True))

        def work() -> tuple[ToppedUp, CardView]:
            done = cards.top_up(self._till, command, actor, ask, tenders=planned, print_language=language)
            return done, cards.by_id(self._till, ask.card)

        self._steps.add(lambda: work, self._sold, self._not_sold)

    def refresh_receipt(self) -> None:
        """Ask what became of the receipt."""
        done = self.state.done
        if done is not None and self.state.receipt is not JobState.PRINTED:
            self._tasks.run(
                lambda: printing.recent(self._till, _NEWEST_JOBS),
                lambda jobs: self._printed(done, jobs),
                self._outlet.refuse,
                replaces="top-up-receipt",
            )

    def reprint(self) -> None:
        """Print the receipt again; the paper says COPY."""
        done = self.state.done
        if done is None:
            return
        actor, language = self._session.actor, done.top_up.print_language
        self._steps.add(
            lambda: lambda: printing.reprint(self._till, actor, done.op_id, language),
            lambda _job: self._reprinted(),
            self._outlet.refuse,
        )

    def leave(self) -> None:
        """Back to where it came from; what was only planned is gone."""
        self._on_done()

    def _reading(self) -> _Read:
        """On the database worker."""
        people = {one.staff: one for one in sign_in.technicians(self._till)}
        people |= {one.staff: one for one in sign_in.people(self._till)}
        return _Read(catalogue.view(self._till), tuple(people.values()))

    def _read(self, read: _Read) -> None:
        self._set(replace(self.state, catalogue=read.catalogue, sellers=read.sellers))

    def _take(self, find: Callable[[], CardView]) -> None:
        def work() -> OwnedCard:
            found = find()
            if found.card.frozen:
                raise CardIsFrozen(found.card.tail, found.card.frozen_reason)
            member = members.page(self._till, found.card.member).figures.member if found.card.member else None
            return OwnedCard(found, member, places_of(self._till, [(found.card, found.value)]))

        self._steps.add(lambda: work, self._taken, self._outlet.refuse)

    def _taken(self, card: OwnedCard) -> None:
        self._outlet.clear_notice()
        self._set(replace(self.state, card=card, query="", found=None))

    def _found(self, typed: str, found: tuple[Found, ...]) -> None:
        if typed == self.state.query:
            people = tuple(one for one in found if one.member is not None)
            self._set(replace(self.state, found=people))

    def _change(self, **changes: Any) -> None:
        if self.state.done is not None or self.state.paying:
            return
        state = replace(self.state, **changes, fresh=False)
        self._set(state if state.pay else replace(state, worked=None, problem=None))
        self._work_out()

    def _work_out(self) -> None:
        def decide() -> Callable[[], tuple[TopUpState, Worked]] | None:
            state = self.state
            if state.fresh or not state.pay:
                return None
            return lambda: (state, self._worked(state))

        self._steps.add(decide, self._shown, self._misfit)

    def _worked(self, state: TopUpState) -> Worked:
        """On the database worker: how the tenders settle what is paid, by this place's rounding."""
        with self._till.read() as transaction:
            shop = self._till.shop(transaction)
            rounding = self._till.rounding(shop, self._till.business_day(transaction))
        return _settle(state.pay, _planned(state), rounding)

    def _shown(self, result: tuple[TopUpState, Worked]) -> None:
        asked, worked = result
        state = self.state
        same = (asked.pay, asked.tenders) == (state.pay, state.tenders)
        self._set(replace(state, worked=worked, fresh=same, problem=None))

    def _misfit(self, error: DomainError) -> None:
        self._set(replace(self.state, problem=error, fresh=True))

    def _sold(self, result: tuple[ToppedUp, CardView]) -> None:
        done, after = result
        self._outlet.clear_notice()
        self._set(replace(self.state, done=done, after=after, paying=False, problem=None))
        self.refresh_receipt()

    def _not_sold(self, error: DomainError) -> None:
        """Nothing was taken; everything that was planned stays as it was."""
        self._outlet.refuse(error)
        self._set(replace(self.state, paying=False))

    def _printed(self, done: ToppedUp, jobs: list[PrintJob]) -> None:
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

    def _set(self, state: TopUpState) -> None:
        self.state = state
        self._outlet.render()


def _print_language(state: TopUpState) -> str:
    """The guest's language for the receipt, else the shop's; without one no paper is printed."""
    member = state.card.member if state.card else None
    if member is not None and member.language:
        return member.language
    return state.catalogue.shop.receipt_language if state.catalogue else ""


def _planned(state: TopUpState) -> tuple[PlannedTender, ...]:
    return tuple(draft.planned(state.currency) for draft in state.tenders.drafts)


def _settle(due: Money, planned: tuple[PlannedTender, ...], rounding: CashRounding) -> Worked:
    """As far as the tenders go; what they do not cover is still open. Raises TenderOver and the like."""
    zero = Money.zero(due.currency)
    try:
        return Worked(due, plan_tenders(due, planned, rounding), zero)
    except TenderShort as short:
        covered = Money(short.planned, due.currency)
        part = plan_tenders(covered, planned, rounding) if covered else Settlement((), zero, zero)
        return Worked(due, part, due - covered)
