"""What the pay screen does when it is tapped or typed into. No Qt, and nothing is reckoned here.

One payment has one command id from `begin` on, so a double tap or a retry takes nothing twice. Before the card machine
is used together with stored value, that value is held; going back frees it. Back undoes plans only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.proof import Proof
from salon_desk.services import cards, catalogue, checkout, printing, search, sign_in
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.checkout import Sold
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.search import Found
from salon_desk.services.till import Till
from salon_desk.storage.print_jobs import JobState, PrintJob
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.counter.notices import payment_card
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.counter.steps import Steps
from salon_desk.ui.counter.taken_rows import change_of, taken_of
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.phone_bridge import NO_PHONE, PhoneBridge
from salon_desk.ui.screens.pay import notices
from salon_desk.ui.screens.pay.charging import PayCharging
from salon_desk.ui.screens.pay.draft import PayDraft
from salon_desk.ui.screens.pay.draft_edits import DraftEdits
from salon_desk.ui.screens.pay.fetching import PhoneFetch
from salon_desk.ui.screens.pay.found_again import FoundAgain, find_again
from salon_desk.ui.screens.pay.holding import PurseHolding, unheld
from salon_desk.ui.screens.pay.overriding import ManagersOverride
from salon_desk.ui.screens.pay.proving import SpenderProof, shown
from salon_desk.ui.screens.pay.reckon import Reckoned, reckon
from salon_desk.ui.screens.pay.reminder_paper import ReminderPaper
from salon_desk.ui.screens.pay.state import Fetch, Override, PayState, Proving
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

OnPaid = Callable[[str, LastSale], None]
_NEWEST_JOBS = 40


@dataclass(frozen=True, slots=True)
class _Read:
    catalogue: CatalogueView
    technicians: tuple[StaffMember, ...]
    found: FoundAgain


class PayPresenter:
    """The screen's behaviour; `edits` holds what taps and digits change in the plan."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        outlet: Outlet,
        *,
        on_paid: OnPaid,
        on_done: Callable[[], None],
        approvals: Approvals,
        line: ValueLine = NO_LINE,
        phone: PhoneBridge = NO_PHONE,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        self._till, self._session, self._outlet, self._tasks = till, session, outlet, tasks
        self._line, self._asked = line, frozenset[str]()
        line.listen(self._value_changed)
        self._on_paid, self._on_done = on_paid, on_done
        self._steps = Steps(tasks, self._bug)
        self._command = ""
        self.state = PayState()
        self.edits = DraftEdits(self)
        self.fetch = PhoneFetch(phone, self, outlet, self._value_changed)
        self.override = ManagersOverride(till, tasks, approvals, self, outlet.refuse)
        self.proving = SpenderProof(till, tasks, session, approvals, self)
        self.paper = ReminderPaper(till, tasks, self, outlet)
        self.charging = PayCharging(terminal, tasks, session, approvals, payment=self, outlet=outlet)
        self._holding = PurseHolding(till, session, self._steps, self, outlet.refuse)
        terminal.listen(self._terminal_changed)

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for has answered."""
        return self._steps.idle

    def begin(self, ticket: str) -> None:
        """A ticket is to be paid: nothing is planned but what its member's stored value can pay."""
        self._command = self._session.new_command()
        free = self._session.new_command()
        actor = self._session.actor
        self._asked, self.override.lent = frozenset(), None
        self.charging.begin()
        read = PayDraft(read=self._session.presented.of(ticket))
        reach, means = self._line.reach(), self.charging.line.means()
        self._set(PayState(ticket, draft=read, reach=reach, by_phone=self.fetch.offered, means=means))

        def work() -> _Read:
            found = find_again(self._till, self.charging.line, ticket)
            if not found.anything:
                cards.release(self._till, free, actor, ticket)
            return _Read(catalogue.view(self._till), sign_in.technicians(self._till), found)

        self._steps.add(lambda: work, self._read, self._outlet.refuse)
        self._reckon()

    def change(self, draft: PayDraft) -> None:
        """Another plan; its figures follow, and until then nothing can be completed."""
        if self.state.sold is not None or self.state.paying or self.charging.busy:
            return
        self._set(replace(self.state, draft=draft, fresh=False))
        self._reckon()

    def take_offer(self) -> None:
        """Top the card up inside this sale, in cash, with the offer that fits."""
        offer, share = self.state.fitting_offer, self.state.own_card
        if offer is not None and share is not None:
            ask = TopUpAsk(share.card.card, offer=offer.offer_id)
            self.change(self.state.draft.with_top_up(ask))

    def use_late(self) -> None:
        """Count on what came to the cards after the plan was made."""
        self.change(replace(self.state.draft, counted_on=()))

    def drop_offer(self) -> None:
        """No top-up after all."""
        self.change(replace(self.state.draft.with_top_up(None), tenders=PayDraft().tenders))

    def code_scanned(self, code: str) -> None:
        """A card's code adds that card to the plan; anything else is said and changes nothing."""
        if self.fetch.take(code) or self.charging.scanned(code):
            return

        def done(found: Found | None) -> None:
            if found is None or found.card is None:
                notices.no_card(self._outlet, code)
                return
            draft = self.state.draft
            self._session.presented.note(self.state.ticket, found.card.card)
            read = self._session.presented.of(self.state.ticket)
            cards_ = tuple(dict.fromkeys((*draft.cards, found.card.card)))
            self.change(replace(draft, cards=cards_, read=read))

        self._steps.add(
            lambda: lambda: search.to_pay_with(self._till, code.strip()), done, self._outlet.refuse
        )

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped."""
        payment_card(self._outlet)

    def complete(self) -> None:
        """Take the payment exactly as it is shown; a second tap does nothing."""
        state = self.state
        if not state.ready or state.reckoned is None or not self._steps.idle or self.charging.busy:
            return
        if self.proving.ask() or self.charging.start():
            return
        command, ticket = self._command, state.ticket
        plan = replace(state.reckoned.plan, proofs=shown(state))
        actor = (self.override.lent if plan.overdrafts else None) or self.charging.actor
        self._set(replace(state, paying=True))
        self._steps.add(
            lambda: lambda: checkout.complete(self._till, command, actor, ticket, plan),
            self._sold,
            self._not_sold,
        )

    def back(self) -> None:
        """Back to the ticket: plans are undone; what a card machine or the terminal has charged has to be voided there."""
        if self.state.sold is None and self.charging.back():
            return
        typed = any(draft.last_four for draft in self.state.draft.tenders.drafts)
        if self.state.sold is None and typed:
            notices.ask_charged(self._outlet, self.leave)
        else:
            self.leave()

    def abandon(self) -> None:
        """Another screen came to the front: what was only planned is undone.

        When the till was locked, nobody is signed in and everything is kept: the window comes back here.
        """
        self.fetch.stop()
        self.override.stop()
        self.proving.stop()
        state = self.state
        if self._session.person is not None and state.sold is None and state.ticket and not state.paying:
            if not self.charging.busy and not state.draft.charges:
                self._holding.free()
            self.charging.begin()
            self._set(PayState())

    def next(self) -> None:
        """The next guest, please."""
        self.leave()

    def refresh_receipt(self) -> None:
        """Ask what became of the receipt."""
        sold = self.state.sold
        if sold is not None and self.state.receipt is not JobState.PRINTED:
            self._tasks.run(
                lambda: printing.recent(self._till, _NEWEST_JOBS),
                lambda jobs: self._printed(sold, jobs),
                self._outlet.refuse,
                replaces="pay-receipt",
            )

    def reprint(self) -> None:
        """Print the receipt again; the paper says COPY."""
        sold = self.state.sold
        if sold is None:
            return
        actor, language = self._session.actor, sold.sale.print_language
        self._steps.add(
            lambda: lambda: printing.reprint(self._till, actor, sold.op_id, language),
            lambda _job: self._reprinted(),
            self._outlet.refuse,
        )

    def _reprinted(self) -> None:
        self._set(replace(self.state, receipt=JobState.QUEUED))
        self.refresh_receipt()

    def show_fetch(self, fetch: Fetch | None) -> None:
        """How fetching by a telephone stands."""
        self._set(replace(self.state, fetch=fetch))

    def show_override(self, override: Override | None) -> None:
        """How a manager's override stands."""
        self._set(replace(self.state, override=override))

    def show_proving(self, proving: Proving | None, *proofs: Proof) -> None:
        """How proving who spends stands, and what was proven besides."""
        self._set(replace(self.state, proving=proving, proofs=(*self.state.proofs, *proofs)))

    def _set(self, state: PayState) -> None:
        self.state = state
        self._outlet.render()

    def _read(self, read: _Read) -> None:
        found, draft = read.found, self.state.draft.found(read.found.captured, read.found.tip)
        known = replace(self.state, catalogue=read.catalogue, technicians=read.technicians)
        self._set(replace(known, draft=draft, held=found.held))
        self.charging.found(found)

    def _terminal_changed(self) -> None:
        if self.state.ticket:
            self._set(replace(self.state, means=self.charging.line.means()))

    def _reckon(self) -> None:
        def decide() -> Callable[[], tuple[PayDraft, Reckoned]] | None:
            state = self.state
            if state.fresh or state.sold is not None or not state.ticket:
                return None
            ticket, draft, held = state.ticket, state.draft, dict(state.held)
            return lambda: (draft, reckon(self._till, ticket, draft, held))

        self._steps.add(decide, self._reckoned, self._not_reckoned)

    def _reckoned(self, result: tuple[PayDraft, Reckoned]) -> None:
        draft, reckoned = result
        fresh, late = draft == self.state.draft, self.state.late
        kept = draft.count_on({one.card.card: one.usable for one in reckoned.shares})
        self._set(
            replace(
                self.state,
                draft=kept if fresh else self.state.draft,
                reckoned=reckoned,
                fresh=fresh,
                problem=None,
            )
        )
        self._fetch(reckoned)
        self.proving.follow()
        if fresh:
            self._holding.follow()
            self.charging.go_on()
            if self.state.late and self.state.late != late:
                notices.value_came(self._outlet, self.state.late, self.use_late)

    def _fetch(self, reckoned: Reckoned) -> None:
        """Ask once for what the cards have at other stores, if what is here is short; nobody waits for it."""
        elsewhere = (one.card.card for one in reckoned.shares if one.places and not one.card.frozen)
        wanted = [one for one in elsewhere if one not in self._asked] if reckoned.short else []
        if wanted:
            self._asked |= frozenset(wanted)
            self._line.want(wanted)

    def _value_changed(self) -> None:
        """Value came, or another store is in or out of reach: look beside the steps, so that no tap waits for it."""
        state = self.state
        shares = state.reckoned.shares if state.reckoned is not None else ()
        if state.sold is None and any(one.places for one in shares):
            self._set(replace(state, reach=self._line.reach(), by_phone=self.fetch.offered))
            ticket, draft, held = state.ticket, state.draft, dict(state.held)
            self._tasks.run(
                lambda: (draft, reckon(self._till, ticket, draft, held)),
                lambda result: self._recounted(ticket, held, result),
                lambda _refusal: None,
                replaces="pay-value",
            )

    def _recounted(self, ticket: str, held: dict[str, Money], result: tuple[PayDraft, Reckoned]) -> None:
        """The figures follow if they are still those of this plan and nobody is taking the payment."""
        state = self.state
        same = (
            state.ticket == ticket and state.fresh and state.draft == result[0] and dict(state.held) == held
        )
        if same and state.sold is None and not state.paying and state.reckoned != result[1]:
            self._reckoned(result)

    def _not_reckoned(self, error: DomainError) -> None:
        """What is typed does not fit: say it beside the figures and keep everything."""
        if self.state.reckoned is None:
            self._outlet.refuse(error)
        self._set(replace(self.state, problem=error, fresh=True))

    def show_held(self, held: tuple[tuple[str, Money], ...]) -> None:
        """What is set aside on cards for this ticket."""
        self._set(replace(self.state, held=held))
        self.charging.go_on()

    def not_held(self, error: DomainError) -> None:
        """It could not be set aside: somebody else has it by now."""
        self._outlet.refuse(error)
        self._set(unheld(self.state))
        self._reckon()

    def _sold(self, sold: Sold) -> None:
        if sold.sale.ticket != self.state.ticket:
            self._on_paid(sold.sale.ticket, last_sale(sold))
            return
        self._set(replace(self.state, sold=sold, paying=False, held=(), problem=None))
        self._outlet.clear_notice()
        self._on_paid(self.state.ticket, last_sale(sold))
        self.refresh_receipt()

    def _not_sold(self, error: DomainError) -> None:
        """Nothing was taken; everything that was planned stays as it was."""
        self._outlet.refuse(error)
        self._set(replace(self.state, paying=False, fresh=False))
        self._reckon()

    def _printed(self, sold: Sold, jobs: list[PrintJob]) -> None:
        job = next((one for one in jobs if one.op_id == sold.op_id and one.kind == "receipt"), None)
        state = job.state if job else None
        if self.state.sold is sold and state is not self.state.receipt:
            self._set(replace(self.state, receipt=state))

    def leave(self, *, free: bool = True) -> None:
        """To the next guest; what was charged and may have been keeps what is held for it."""
        if free:
            self._holding.free()
        self._on_done()

    def _bug(self) -> None:
        """Something unexpected: the same command may be tried again, it is carried out once."""
        self._set(replace(self.state, paying=False, fresh=False))
        self._reckon()


def last_sale(sold: Sold) -> LastSale:
    """What stays on the checkout screen of a sale."""
    sale = sold.sale
    currency = sale.total.currency
    return LastSale(
        sale.receipt,
        taken_of(sale.tenders, currency),
        change_of(sale.tenders, currency),
    )
