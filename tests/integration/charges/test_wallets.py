"""Wallets under the charge desk of a till, with a gateway that misbehaves: after every fault and every crash the guest was charged
once or not at all, the till knows which, and what the wallet showed stands nowhere."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import charge_returns, charges
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.charges import ChargeAsk, ChargeView
from salon_desk.storage.verify import verify
from salon_desk.wallets.course import Patience
from salon_desk.wallets.terminal import WalletTerminal
from tests.integration.services.shop import CASHIER, MANAGER, Shop, dollars, open_shop
from tests.wallets.parts import ALIPAY_CODE, WECHAT_CODE, account
from tests.wallets.stand_in import Fault, StandIn

DUE = "47.03"
_WITHIN = 20.0
_NEVER = Patience(pauses=(9_999.0,))


@dataclass
class Till:
    """A shop whose database worker is this thread, with a wallet's thread beside it."""

    shop: Shop
    folder: Path
    stand_in: StandIn
    means: Means = Means.WECHAT_PAY
    work: queue.Queue[Callable[[], None]] = field(default_factory=queue.Queue)
    wallet: WalletTerminal | None = None

    def start(self, patience: Patience | None = None) -> None:
        """As after a start: nothing is known but what was written down."""
        self.stop()
        soon = patience or Patience(settled=0.0, pauses=(0.01,))
        self.wallet = WalletTerminal(self.means, lambda: account(self.stand_in), patience=soon)
        self.wallet.start()
        self.desk = ChargeDesk(self.shop.till, self.work.put, {self.means: self.wallet})

    def stop(self) -> None:
        if self.wallet is not None:
            assert self.wallet.stop()
        self.work = queue.Queue()  # what was told to a till that is gone is not heard

    def ask(self, code: str) -> ChargeView:
        self.ticket = self.shop.ticket(("gel", "lily"))
        asked = ChargeAsk(self.ticket, dollars(DUE), means=self.means)
        return self.desk.begin(self.shop.command(), CASHIER, asked, code=code)

    def answered(self, reference: str) -> ChargeView:
        """How it stands once the wallet has said all it will say."""
        while self.desk.is_asking(reference):
            self.work.get(timeout=_WITHIN)()
        return charges.of_reference(self.shop.till, reference)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    gateway = StandIn()
    yield gateway
    gateway.close()
    assert gateway.problems == []


@pytest.fixture
def till(tmp_path: Path, stand_in: StandIn) -> Iterator[Till]:
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    made = Till(shop, tmp_path / "till", stand_in)
    made.start()
    yield made
    made.stop()
    shop.till.store.close()


@pytest.mark.parametrize(
    ("means", "code"),
    [(Means.WECHAT_PAY, WECHAT_CODE), (Means.ALIPAY, ALIPAY_CODE)],
    ids=["wechat", "alipay"],
)
def test_a_sale_is_paid_by_the_wallet_and_its_code_stands_nowhere(
    till: Till, means: Means, code: str
) -> None:
    till.means = means
    till.start()
    view = till.answered(till.ask(code).reference)
    assert (view.state, view.approved) == (ChargeState.APPROVED, dollars(DUE))
    tender = PlannedTender(TenderKind.WALLET, None, tender_id=means.value, charge=view.reference)
    sold = till.shop.sell(till.ticket, tender).sale
    assert [(one.kind, one.tender, one.taken) for one in sold.tenders] == [
        (TenderKind.WALLET, means.value, dollars(DUE))
    ]
    assert verify(till.folder).problems == ()
    assert [
        one for one in till.folder.rglob("*") if one.is_file() and code.encode() in one.read_bytes()
    ] == []


def test_a_code_is_shown_and_paid(till: Till, stand_in: StandIn) -> None:
    assert till.wallet is not None
    shown: queue.Queue[tuple[str, str]] = queue.Queue()
    till.wallet.on_code(lambda *told: shown.put(told))
    reference = till.ask("").reference
    assert shown.get(timeout=_WITHIN)[0] == reference
    stand_in.guest_pays(reference)
    assert till.answered(reference).state is ChargeState.APPROVED


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault.ANSWER_LOST, ChargeState.APPROVED),
        (Fault.SERVER_ERROR, ChargeState.APPROVED),
        (Fault.WRONG_SIGNATURE, ChargeState.APPROVED),
        (Fault.SWALLOWED, ChargeState.NOT_CHARGED),
    ],
)
def test_a_till_that_dies_while_it_asks_knows_afterwards(
    till: Till, stand_in: StandIn, fault: Fault, state: ChargeState
) -> None:
    till.start(_NEVER)
    stand_in.faults["pay.barcodepay"].append(fault)
    stand_in.faults["pay.orderquery"] += [Fault.ANSWER_LOST] * 2
    reference = till.ask(WECHAT_CODE).reference
    while stand_in.times("pay.barcodepay") == 0:
        assert stand_in.arrived.wait(_WITHIN)
        stand_in.arrived.clear()
    stand_in.faults.clear()
    till.start()
    assert till.desk.look_up_open() == 1
    view = till.answered(reference)
    assert view.state is state
    assert stand_in.charged(reference) == (Decimal(DUE) if state is ChargeState.APPROVED else 0)
    assert stand_in.times("pay.barcodepay") == 1


def test_a_charge_that_was_never_made_may_be_asked_for_again_by_its_reference(
    till: Till, stand_in: StandIn
) -> None:
    stand_in.faults["pay.barcodepay"].append(Fault.SWALLOWED)
    view = till.answered(till.ask(WECHAT_CODE).reference)
    assert view.state is ChargeState.NOT_CHARGED
    again = till.desk.again(till.shop.command(), CASHIER, view.reference, code=WECHAT_CODE)
    assert (again.reference, till.answered(view.reference).state) == (view.reference, ChargeState.APPROVED)
    assert stand_in.charged(view.reference) == Decimal(DUE)


def test_a_guest_who_has_not_enough_is_declined_in_the_gateways_words_without_the_code(
    till: Till, stand_in: StandIn
) -> None:
    stand_in.faults["pay.barcodepay"].append(Fault.NO_MONEY)
    view = till.answered(till.ask(WECHAT_CODE).reference)
    assert (view.state, view.code) == (ChargeState.DECLINED, "E062010")
    assert "not enough" in view.said
    assert WECHAT_CODE not in view.said


def test_money_that_no_sale_took_is_given_back_by_a_void(till: Till, stand_in: StandIn) -> None:
    taken = till.answered(till.ask(WECHAT_CODE).reference)
    void = ChargeAsk(till.ticket, means=till.means, kind=ChargeKind.VOID, of_reference=taken.reference)
    undone = till.desk.begin(till.shop.command(), MANAGER, void)
    assert till.answered(undone.reference).state is ChargeState.APPROVED
    assert stand_in.charged(taken.reference) == 0
    assert charges.of_reference(till.shop.till, taken.reference).undone_by


def test_what_a_sale_took_goes_back_as_a_refund_in_part_or_whole(till: Till, stand_in: StandIn) -> None:
    taken = till.answered(till.ask(WECHAT_CODE).reference)
    tender = PlannedTender(TenderKind.WALLET, None, tender_id=till.means.value, charge=taken.reference)
    sold = till.shop.sell(till.ticket, tender)
    parts = [(0, dollars(DUE))]
    (needed,) = charge_returns.needed(till.shop.till, sold.sale.tenders, parts)
    assert (needed.means, needed.kind, needed.of_reference) == (
        till.means,
        ChargeKind.RETURN,
        taken.reference,
    )
    ask = ChargeAsk(sold.op_id, dollars("20.00"), ChargeKind.RETURN, till.means, of_reference=taken.reference)
    back = till.answered(till.desk.begin(till.shop.command(), MANAGER, ask).reference)
    assert (back.state, back.approved) == (ChargeState.APPROVED, dollars("20.00"))
    assert stand_in.charged(taken.reference) == Decimal("27.03")
