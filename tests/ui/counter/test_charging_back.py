"""What the terminal took goes back by the terminal before the refund is recorded: voided in its batch, else returned, or by hand."""

from __future__ import annotations

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.errors import DomainError, InsufficientValue
from salon_desk.i18n import Catalogue
from salon_desk.operations.sale import SaleRefunded, SaleVoided
from salon_desk.services import refunds, voids
from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.charge_face import charge_face
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.screens.refund.presenter import RefundPresenter
from salon_desk.ui.screens.refund.view_model import sale_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.counter_fakes import ManagerNearby, RememberingOutlet
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import CounterShop, usd
from tests.ui.terminal import Charged

ENGLISH = Catalogue.load("en")


class GivingBack:
    """A gel manicure and a pedicure of a walk-in, charged on the terminal, open on the refund screen."""

    def __init__(self, shop: CounterShop) -> None:
        self.shop, self.charged = shop, Charged(shop.till)
        ticket = shop.ticket(NewLine("gel-manicure", "lily"), NewLine("classic-pedicure", "kim"))
        payment = Payment(shop, ticket.ticket.ticket_id, terminal=self.charged.line)
        payment.edits.choose_tender("external_card/terminal")
        payment.presenter.complete()
        self.charged.terminal.approve()
        self.outlet, self.manager = RememberingOutlet(), ManagerNearby()
        self.refused: list[DomainError] = []
        self.presenter = RefundPresenter(
            shop.till,
            ImmediateTasks(),
            shop.session,
            approvals=self.manager,
            terminal=self.charged.line,
        )
        self.talk = self.presenter.talk_with(self.outlet).talk
        self.presenter.refuse = self.refused.append
        self.open()

    def open(self) -> None:
        self.presenter.open(shop_sale(self.shop))

    @property
    def done(self) -> SaleRefunded | SaleVoided | None:
        return self.presenter.state.done.document if self.presenter.state.done else None


def shop_sale(shop: CounterShop) -> str:
    return next(one.op_id for one in shop.documents() if one.kind == "sale")


@pytest.fixture
def giving(shop: CounterShop) -> GivingBack:
    return GivingBack(shop)


def test_the_whole_is_voided_by_the_terminal_and_one_manager_is_asked_once(giving: GivingBack) -> None:
    state = giving.presenter.state
    assert state.opened is not None
    assert [one.note for one in sale_model(state, state.opened, ENGLISH).back] == [""]
    giving.presenter.void("Paid twice")
    asked = giving.charged.terminal.asked[-1]
    assert (asked.kind, giving.done) == (ChargeKind.VOID, None)
    giving.charged.terminal.approve()
    assert isinstance(giving.done, SaleVoided)
    assert [one.charge for one in giving.done.tenders] == [asked.reference]
    assert giving.manager.asked == [Permission.VOID]


def test_what_could_not_be_recorded_moves_no_money(
    giving: GivingBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spent(*_given: object, **_more: object) -> None:
        raise InsufficientValue("card/c/USD/paid", 5000, 297)

    monkeypatch.setattr(voids, "require_possible", spent)
    monkeypatch.setattr(refunds, "require_possible", spent)
    giving.presenter.void("Paid twice")
    opened = giving.presenter.state.opened
    assert opened is not None
    assert opened.refundable is not None
    giving.presenter.toggle(opened.refundable.lines[0].line_id)
    giving.presenter.refund("Wrong price")
    assert [type(one) for one in giving.refused] == [InsufficientValue, InsufficientValue]
    assert len(giving.charged.terminal.asked) == 1


def test_a_line_goes_back_as_a_return_of_its_amount(giving: GivingBack) -> None:
    opened = giving.presenter.state.opened
    assert opened is not None
    assert opened.refundable is not None
    giving.presenter.toggle(opened.refundable.lines[0].line_id)
    giving.presenter.refund("Wrong price")
    giving.presenter.refund("Wrong price")
    asked = giving.charged.terminal.asked[1:]
    assert [(one.kind, one.amount) for one in asked] == [(ChargeKind.RETURN, usd(4703))]
    assert giving.talk.talk is not None
    assert charge_face(giving.talk.talk, ENGLISH).lines[1] == "Its answer comes here by itself."
    giving.charged.terminal.approve()
    assert isinstance(giving.done, SaleRefunded)
    assert [-one.taken for one in giving.done.tenders] == [usd(4703)]


def test_declined_nothing_is_recorded_and_by_hand_takes_a_manager(giving: GivingBack) -> None:
    giving.presenter.void("Paid twice")
    giving.charged.terminal.decline()
    assert giving.done is None
    giving.talk.answer(Answer.BY_HAND)
    assert isinstance(giving.done, SaleVoided)
    assert [one.charge for one in giving.done.tenders] == [""]


def test_what_went_back_before_somebody_stopped_is_not_given_twice(giving: GivingBack) -> None:
    giving.presenter.void("Paid twice")
    giving.charged.terminal.fall_silent()
    giving.talk.answer(Answer.LEAVE)
    assert giving.done is None
    reference = giving.charged.terminal.asked[-1].reference
    giving.charged.line.ask_again(reference)
    giving.charged.terminal.approve()
    giving.open()
    giving.presenter.void("Paid twice")
    assert len(giving.charged.terminal.asked) == 2
    assert isinstance(giving.done, SaleVoided)
    assert [one.charge for one in giving.done.tenders] == [reference]


def test_without_the_terminal_it_is_asked_whether_it_went_back_by_hand(giving: GivingBack) -> None:
    giving.charged.desk.use(Means.TERMINAL, None)
    giving.presenter.void("Paid twice")
    assert [one.title for one in giving.outlet.questions] == ["Give $86.74 back by hand?"]
    assert isinstance(giving.done, SaleVoided)
