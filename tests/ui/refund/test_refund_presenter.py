"""Refunds and voids without a window: found, previewed, given back where it came from, said when it cannot be."""

from __future__ import annotations

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, InsufficientValue
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.operations.move import Why
from salon_desk.services import cards
from salon_desk.services.errors import UnknownSale
from salon_desk.services.moves import Holder, sending
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.refunds import GivenBack
from salon_desk.services.voids import Voided
from salon_desk.storage import print_jobs
from salon_desk.storage.queries import cards as stored
from salon_desk.ui.screens.refund.presenter import RefundPresenter
from salon_desk.ui.screens.refund.view_model import done_model, sale_model
from salon_desk.ui.tasks import ImmediateTasks
from salon_desk.wire.messages import Part
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import CASHIER, Shop, external, session_of

ENGLISH = Catalogue.load("en")


def _presenter(
    shop: Shop, *, willing: bool = True
) -> tuple[RefundPresenter, list[DomainError], ManagerBeside]:
    session = session_of(shop, "amy")
    beside = ManagerBeside(shop, session, willing=willing)
    presenter = RefundPresenter(shop.till, ImmediateTasks(), session, approvals=beside)
    refused: list[DomainError] = []
    presenter.refuse = refused.append
    presenter.begin()
    return presenter, refused, beside


def _lines(presenter: RefundPresenter) -> list[str]:
    opened = presenter.state.opened
    assert opened is not None
    assert opened.refundable is not None
    return [one.line_id for one in opened.refundable.lines]


def _receipts(presenter: RefundPresenter) -> list[str]:
    assert presenter.state.listed is not None
    return [one.document.receipt for one in presenter.state.listed.found]


def test_the_newest_receipts_stand_first_and_a_search_narrows_them(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲", member=shop.member("张晓梅"))
    presenter, _refused, _beside = _presenter(shop)
    assert _receipts(presenter)[0] == sold.sale.receipt
    for fragment in (sold.sale.receipt, sold.sale.receipt[-2:], f"SD:S1:{sold.sale.receipt}", "zxm"):
        presenter.search(fragment)
        assert sold.sale.receipt in _receipts(presenter), fragment
    presenter.search("nothing like it")
    assert _receipts(presenter) == []


def test_a_scanned_receipt_opens_and_an_unknown_one_is_refused(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲")
    presenter, refused, _beside = _presenter(shop)
    presenter.scanned(f"SD:S1:{sold.sale.receipt}")
    assert presenter.state.opened is not None
    assert presenter.state.opened.found.document.op_id == sold.op_id
    presenter.scanned("S1-1-999999")
    assert [type(one) for one in refused] == [UnknownSale]


def test_a_scanned_card_lists_the_receipts_of_its_member(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲", member=shop.member("单雪"))
    presenter, refused, _beside = _presenter(shop)
    presenter.scanned("8600000102")
    assert presenter.state.fragment == "单雪"
    assert sold.sale.receipt in _receipts(presenter)
    assert refused == []


def test_a_chosen_line_is_previewed_to_the_tender_it_came_from(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲", "护手霜", tenders=(external(),))
    presenter, _refused, _beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.toggle(_lines(presenter)[0])
    plan = presenter.state.plan
    assert plan is not None
    assert plan.total == Money(4703, "USD")
    assert presenter.state.opened is not None
    model = sale_model(presenter.state, presenter.state.opened, ENGLISH)
    assert [(one.amount, one.note) for one in model.back] == [("$47.03", "give it back on the card machine")]
    assert model.refund == "Give $47.03 back"
    presenter.toggle(_lines(presenter)[0])
    assert presenter.state.plan is None


def test_stored_value_goes_back_in_the_reverse_order_of_spending(shop: Shop) -> None:
    card = shop.card_of("单雪")
    sold = shop.sell(
        "凝胶美甲",
        member=shop.member("单雪"),
        tenders=(PlannedTender(TenderKind.STORED_VALUE, None, card_id=card),),
    )
    presenter, _refused, _beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.set_amount(_lines(presenter)[0], Money(2000, "USD"))
    assert presenter.state.opened is not None
    back = sale_model(presenter.state, presenter.state.opened, ENGLISH).back
    assert [(one.amount, one.note) for one in back] == [("$20.00", "paid $17.03, bonus $2.97")]


def test_a_part_of_a_line_is_given_back_and_the_rest_is_left(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲")
    presenter, _refused, beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.set_amount(_lines(presenter)[0], Money(1000, "USD"))
    presenter.refund("Wrong price")
    assert beside.asked == [Permission.REFUND]
    done = presenter.state.done
    assert isinstance(done, GivenBack)
    assert done.document.reason == "Wrong price"
    presenter.open(sold.op_id)
    line = presenter.state.line(_lines(presenter)[0])
    assert line is not None
    assert line.left == Money(3703, "USD")


def test_an_amount_over_what_is_left_is_all_that_is_left(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲")
    presenter, _refused, _beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.set_amount(_lines(presenter)[0], Money(999_999, "USD"))
    assert presenter.state.chosen == ((_lines(presenter)[0], None),)


def test_all_lines_are_chosen_and_left_with_one_tap(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲", "护手霜")
    presenter, _refused, _beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.toggle_all()
    assert len(presenter.state.chosen) == 2
    presenter.toggle_all()
    assert presenter.state.chosen == ()


def test_the_receipt_of_a_refund_prints_in_the_members_language(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲", member=shop.member("Sarah P."))
    presenter, _refused, _beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.toggle_all()
    presenter.refund("x")
    assert presenter.state.done is not None
    with shop.till.read() as transaction:
        job = print_jobs.latest(transaction, presenter.state.done.op_id, "receipt")
    assert job is not None
    assert job.language == "en"


def test_a_sale_of_this_shift_is_voided_with_its_tips(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲", tip=500)
    presenter, _refused, beside = _presenter(shop)
    presenter.open(sold.op_id)
    assert presenter.state.opened is not None
    assert presenter.state.opened.voidable
    presenter.void("Paid twice")
    assert beside.asked == [Permission.VOID]
    assert isinstance(presenter.state.done, Voided)
    model = done_model(presenter.state.done, presenter.state.opened, ENGLISH)
    assert model.amount == "$52.03"
    presenter.open(sold.op_id)
    assert presenter.state.opened.refundable is None
    assert "voided" in sale_model(presenter.state, presenter.state.opened, ENGLISH).why


def test_a_top_up_can_be_voided_but_not_once_its_value_is_spent(shop: Shop) -> None:
    card, member = shop.card_of("解芳"), shop.member("解芳")
    topped = cards.top_up(
        shop.till, shop.command(), CASHIER, TopUpAsk(card, offer="offer-100"), tenders=(external(),)
    )
    shop.sell(
        "水晶全套", member=member, tenders=(PlannedTender(TenderKind.STORED_VALUE, None, card_id=card),)
    )
    presenter, refused, _beside = _presenter(shop)
    presenter.open(topped.op_id)
    assert presenter.state.opened is not None
    assert presenter.state.opened.voidable
    presenter.void("x")
    assert [type(one) for one in refused] == [InsufficientValue]
    assert not presenter.state.working


def test_a_sale_of_yesterday_is_not_voided(shop: Shop) -> None:
    presenter, _refused, _beside = _presenter(shop)
    presenter.open("S1-1-000001")
    assert presenter.state.opened is not None
    assert not presenter.state.opened.voidable


def test_a_used_top_up_is_given_back_less_what_was_used(shop: Shop) -> None:
    card, member = shop.card_of("解芳"), shop.member("解芳")
    topped = cards.top_up(
        shop.till, shop.command(), CASHIER, TopUpAsk(card, offer="offer-100"), tenders=(external(),)
    )
    shop.sell(
        "水晶全套", member=member, tenders=(PlannedTender(TenderKind.STORED_VALUE, None, card_id=card),)
    )
    left = cards.by_id(shop.till, card).value.paid
    presenter, refused, _beside = _presenter(shop)
    presenter.open(topped.op_id)
    assert presenter.state.opened is not None
    model = sale_model(presenter.state, presenter.state.opened, ENGLISH)
    paid = topped.top_up.funding.paid
    kept = paid - min(paid, left)
    assert (model.goes_back, model.can_refund) == (ENGLISH.money(paid - kept), True)
    assert kept
    assert "was used" in model.why
    presenter.refund("moving away")
    assert refused == []
    assert isinstance(presenter.state.done, GivenBack)
    assert presenter.state.done.document.kept == kept
    presenter.open(topped.op_id)
    assert not sale_model(presenter.state, presenter.state.opened, ENGLISH).can_refund


def test_what_lies_elsewhere_is_asked_for_when_a_receipt_is_opened(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold = shop.sell("凝胶美甲")
    asked: list[tuple[Part, ...]] = []
    session = session_of(shop, "amy")
    beside = ManagerBeside(shop, session, willing=True)
    presenter = RefundPresenter(shop.till, ImmediateTasks(), session, approvals=beside, want=asked.append)
    presenter.open(sold.op_id)
    assert asked == []
    part = Part("refund/t/l", 1)
    monkeypatch.setattr("salon_desk.services.refunds.wanted", lambda *_args: (part,))
    presenter.open(sold.op_id)
    assert asked == [(part,)]


def test_without_an_approval_nothing_is_given_back(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲")
    presenter, refused, _beside = _presenter(shop, willing=False)
    presenter.open(sold.op_id)
    presenter.toggle_all()
    presenter.refund("x")
    assert presenter.state.done is None
    assert presenter.state.plan is not None
    assert refused == []


def test_a_copy_is_queued_and_told(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲")
    presenter, _refused, _beside = _presenter(shop)
    copies: list[str] = []
    presenter.told_copy = lambda: copies.append("told")
    presenter.open(sold.op_id)
    presenter.reprint("en")
    assert copies == ["told"]
    with shop.till.read() as transaction:
        job = print_jobs.latest(transaction, sold.op_id, "receipt")
    assert job is not None
    assert job.copy


def test_after_everything_went_back_the_sale_says_so(shop: Shop) -> None:
    sold = shop.sell("凝胶美甲")
    presenter, _refused, _beside = _presenter(shop)
    presenter.open(sold.op_id)
    presenter.toggle_all()
    presenter.refund("x")
    presenter.close()
    assert presenter.state.opened is None
    presenter.open(sold.op_id)
    assert presenter.state.opened is not None
    model = sale_model(presenter.state, presenter.state.opened, ENGLISH)
    assert not any(line.can_be_chosen for line in model.lines)
    assert "already" in model.why


def test_where_the_right_is_out_of_reach_the_shops_money_is_offered_and_let_through_by_a_manager(
    shop: Shop,
) -> None:
    sold = shop.sell("凝胶美甲")
    right = f"refund/{sold.sale.ticket}/{sold.sale.lines[0].line}"
    with shop.till.read() as transaction:
        units = stored.units_here(transaction, right, shop.till.store.node, shop.till.store.epoch)
    to = Holder("another", "epoch")
    shop.till.record("sent", None, lambda _tx: [sending("move", to, [(right, units)], Why.WANT)])
    presenter, refused, _beside = _presenter(shop)
    offered: list[str] = []
    presenter.offer_funding = offered.append
    presenter.open(sold.op_id)
    presenter.toggle_all()
    presenter.refund("moving away")
    assert (offered, refused, presenter.state.done) == (["moving away"], [], None)
    presenter.refund("moving away", funded=True)
    assert refused == []
    assert isinstance(presenter.state.done, GivenBack)
    assert presenter.state.done.document.funded is not None
