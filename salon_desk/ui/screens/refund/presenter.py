"""The refund screen's behaviour: finding a sale, choosing lines and amounts, previewing, giving back, voiding.

No Qt here. Every change of the choice asks for the plan again, so that what is shown is what will happen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundableLine, RefundAsk, RefundPlan
from salon_desk.services import chargebacks, printing, refund_rights, refunds, top_up_undo, voids
from salon_desk.services.charge_returns import NOT_ASKED, Returned
from salon_desk.services.chargebacks import ChargedBack, Choice
from salon_desk.services.errors import RightElsewhere
from salon_desk.services.refunds import GivenBack
from salon_desk.services.till import Actor, Till
from salon_desk.services.voids import Voided
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.screens.refund import reading
from salon_desk.ui.screens.refund.reading import Listed, SaleOpened
from salon_desk.ui.screens.refund.returning import CardReturns, Parts
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class RefundState:
    """What the screen shows. `chosen`: lines to give back, with an amount where it is less than all that is left."""

    fragment: str = ""
    listed: Listed | None = None
    opened: SaleOpened | None = None
    chosen: tuple[tuple[str, Money | None], ...] = ()
    plan: RefundPlan | None = None
    plan_refusal: DomainError | None = None
    done: GivenBack | Voided | None = None
    working: bool = False
    commands: tuple[str, str, str] = field(default=("", "", ""))

    @property
    def wanted(self) -> dict[str, Money | None]:
        """The chosen lines by id."""
        return dict(self.chosen)

    def line(self, line_id: str) -> RefundableLine | None:
        """A line of the sale that is looked at."""
        lines = self.opened.refundable.lines if self.opened and self.opened.refundable else ()
        return next((one for one in lines if one.line_id == line_id), None)


class RefundPresenter:
    """`refuse` shows a refusal; `told_copy` tells that a copy is printing, `told_charged_back` what a chargeback did; `want` asks for what lies elsewhere."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        want: Callable[[tuple[Part, ...]], None] | None = None,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        self._want = want or _ignore
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._terminal = approvals, terminal
        self.returning: CardReturns | None = None
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.told_copy: Callable[[], None] = _nobody
        self.told_charged_back: Callable[[ChargedBack], None] = _ignore
        self.offer_funding: Callable[[str], None] = _ignore
        """A refund was refused because its right lies out of reach: may the shop's money stand in? Gets the reason."""
        self.state = RefundState()

    def talk_with(self, outlet: Outlet) -> CardReturns:
        """Where the conversation with the terminal shows; without one, what it took is given back by hand only."""
        self.returning = CardReturns(
            self._till, self._tasks, self._session, self._approvals, line=self._terminal, outlet=outlet
        )
        return self.returning

    def begin(self) -> None:
        """The screen comes to the front: read the list again."""
        self.search(self.state.fragment)

    def search(self, fragment: str) -> None:
        """Answer while typing."""
        self._set(fragment=fragment)
        self._tasks.run(
            lambda: reading.listed(self._till, fragment),
            lambda listed: self._set(listed=listed),
            self.refuse,
            replaces="refund.list",
        )

    def open(self, document: str) -> None:
        """Look at a document; also what a scanned receipt says."""
        self._tasks.run(lambda: reading.open_sale(self._till, document), self._opened, self.refuse)

    def scanned(self, code: str) -> None:
        """A receipt was read, or a member's card: then that member's receipts are listed."""

        def unknown(error: DomainError) -> None:
            self._tasks.run(lambda: reading.name_of_card(self._till, code), lambda name: found(name, error))

        def found(name: str, error: DomainError) -> None:
            if name:
                self.search(name)
            else:
                self.refuse(error)

        self._tasks.run(lambda: reading.open_sale(self._till, code), self._opened, unknown)

    def close(self) -> None:
        """Look at nothing any more."""
        self._set(opened=None, chosen=(), plan=None, plan_refusal=None, done=None)

    def toggle(self, line_id: str) -> None:
        """Choose a line with all that is left of it, or leave it."""
        wanted = self.state.wanted
        if line_id in wanted:
            del wanted[line_id]
        else:
            line = self.state.line(line_id)
            if line is None or not line.left:
                return
            wanted[line_id] = None
        self._choose(wanted)

    def toggle_all(self) -> None:
        """Choose everything that is left, or nothing."""
        refundable = self.state.opened.refundable if self.state.opened else None
        left = [one.line_id for one in refundable.lines if one.left] if refundable else []
        self._choose({} if len(self.state.chosen) == len(left) else dict.fromkeys(left))

    def set_amount(self, line_id: str, amount: Money) -> None:
        """Give back so much of a line, tax included; all that is left when it is more."""
        line = self.state.line(line_id)
        if line is None or not line.left or not amount:
            return
        self._choose({**self.state.wanted, line_id: amount if amount < line.left else None})

    def refund(self, reason: str, *, funded: bool = False) -> None:
        """Give the chosen lines back, or the top-up; `funded`: with the shop's money where the right lies out of reach."""
        state = self.state
        if state.opened is None or state.working:
            return
        if state.opened.undo is not None:
            self._give_top_up_back(state.opened, reason)
        if state.plan is None:
            return
        sale, asked, command = state.opened.found.document.op_id, _asked(state.chosen), state.commands[0]
        language = _receipt_language(state.opened)
        most = refund_rights.most_funded(state.plan.total.currency) if funded else None
        self._give_back(
            [(one.tender, one.paid) for one in state.plan.tenders],
            Permission.REFUND,
            lambda actor, returned: refunds.refund(
                self._till,
                command,
                actor,
                sale,
                asked=asked,
                reason=reason,
                print_language=language,
                funded=most,
                returned=returned,
            ),
            lambda error: self._not_refunded(error, reason),
            check=lambda: refunds.require_possible(self._till, sale, asked, funded=most),
        )

    def _give_top_up_back(self, opened: SaleOpened, reason: str) -> None:
        sale, command = opened.found.document.op_id, self.state.commands[0]
        language, tenders = _receipt_language(opened), opened.undo.tenders if opened.undo else ()
        self._give_back(
            [(one.tender, one.paid) for one in tenders],
            Permission.CARD_REFUND,
            lambda actor, returned: top_up_undo.undo(
                self._till, command, actor, sale, reason=reason, print_language=language, returned=returned
            ),
            check=lambda: top_up_undo.preview(self._till, sale),
        )

    def void(self, reason: str) -> None:
        """Undo the whole document."""
        state = self.state
        if state.opened is None or not state.opened.voidable or state.working:
            return
        sale, command = state.opened.found.document.op_id, state.commands[1]
        language = _receipt_language(state.opened)
        self._give_back(
            [(number, one.taken) for number, one in enumerate(state.opened.tenders)],
            Permission.VOID,
            lambda actor, returned: voids.void(
                self._till, command, actor, sale, reason=reason, print_language=language, returned=returned
            ),
            check=lambda: voids.require_possible(self._till, self._session.actor, sale),
        )

    def charge_back(self, reason: str, *, owe: bool) -> None:
        """The bank took the payment of the top-up back; `owe`: what is gone is owed by the member, else the shop bears it."""
        state = self.state
        if state.opened is None or state.opened.dispute is None or state.working:
            return
        sale, command = state.opened.found.document.op_id, state.commands[2]
        self._set(working=True)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: chargebacks.charge_back(
                self._till, command, actor, sale, reason=reason, choice=Choice(owe=owe)
            ),
            done=self._charged_back,
            failed=self._failed,
        )

    def reprint(self, language: str) -> None:
        """Print a copy of the document that is looked at."""
        if self.state.opened is None:
            return
        document = self.state.opened.found.document.op_id
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: printing.reprint(self._till, actor, document, language),
            done=lambda _job: self.told_copy(),
            failed=lambda error: self.refuse(error) if error else None,
        )

    def _choose(self, wanted: dict[str, Money | None]) -> None:
        opened = self.state.opened
        if opened is None or opened.refundable is None:
            return
        chosen = tuple(
            (one.line_id, wanted[one.line_id]) for one in opened.refundable.lines if one.line_id in wanted
        )
        self._set(chosen=chosen, plan=None, plan_refusal=None)
        if not chosen:
            return
        sale = opened.found.document.op_id
        self._tasks.run(
            lambda: refunds.preview(self._till, sale, _asked(chosen)),
            lambda plan: self._set(plan=plan),
            lambda error: self._set(plan_refusal=error),
            replaces="refund.plan",
        )

    def _give_back(
        self,
        parts: Parts,
        permission: Permission,
        work: Callable[[Actor, Returned], GivenBack | Voided],
        failed: Callable[[DomainError | None], None] | None = None,
        *,
        check: Callable[[], object],
    ) -> None:
        """Record it once the terminal has given back what it took."""

        def then(returned: Returned, actor: Actor) -> None:
            self._set(working=True)
            run_approved(
                self._tasks,
                self._approvals,
                actor,
                lambda lent: work(lent, returned),
                done=self._done,
                failed=failed or self._failed,
            )

        opened = self.state.opened
        if opened is None or self.returning is None:
            then(NOT_ASKED, self._session.actor)
            return
        document = opened.found.document.op_id
        self.returning.before(
            document,
            opened.tenders,
            parts,
            permission,
            then,
            check=check,
            failed=failed or self._failed,
        )

    def _opened(self, opened: SaleOpened) -> None:
        new = self._session.new_command
        commands = (new(), new(), new())
        self._set(
            opened=opened,
            chosen=(),
            plan=None,
            plan_refusal=None,
            done=None,
            working=False,
            commands=commands,
        )
        if opened.elsewhere:
            self._want(opened.elsewhere)

    def _done(self, done: GivenBack | Voided) -> None:
        self._set(done=done, working=False, chosen=(), plan=None)
        self.search(self.state.fragment)

    def _charged_back(self, done: ChargedBack) -> None:
        self.close()
        self._set(working=False)
        self.search(self.state.fragment)
        self.told_charged_back(done)

    def _not_refunded(self, error: DomainError | None, reason: str) -> None:
        if isinstance(error, RightElsewhere):
            self._failed(None)
            self.offer_funding(reason)
        else:
            self._failed(error)

    def _failed(self, error: DomainError | None) -> None:
        self._set(working=False)
        if error is not None:
            self.refuse(error)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _asked(chosen: tuple[tuple[str, Money | None], ...]) -> tuple[RefundAsk, ...]:
    return tuple(RefundAsk(line, amount) for line, amount in chosen)


def _receipt_language(opened: SaleOpened) -> str:
    """The member's language, else the shop's: the paper is for the guest, not for the cashier."""
    member = opened.found.member
    return member.language if member else opened.shop.receipt_language


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
