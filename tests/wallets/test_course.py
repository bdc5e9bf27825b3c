"""Whatever the gateway does: the guest is charged once or not at all, and it is known which, at once or when it is asked again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from salon_desk.domain.charge import (
    Answer,
    Approved,
    Charge,
    ChargeKind,
    ChargeProblem,
    Declined,
    Entry,
    Means,
    NotFound,
    NotSent,
    Unknown,
)
from salon_desk.domain.money import Money
from salon_desk.wallets.course import NOT_PAID, Course, look_up
from tests.wallets.parts import ALIPAY_CODE, PATIENCE, PRICE, Jumps, account, lived, nowhere, sale
from tests.wallets.stand_in import Fault, StandIn

ALL = Decimal("45.10")
_ONCE = {
    Fault.SILENCE: Approved,
    Fault.ANSWER_LOST: Approved,
    Fault.HALF: Approved,
    Fault.SERVER_ERROR: Approved,
    Fault.WRONG_SIGNATURE: Approved,
    Fault.OTHER_AMOUNT: Unknown,
    Fault.OTHER_ORDER: Approved,
    Fault.BUSY: Approved,
    Fault.SWALLOWED: NotFound,
    Fault.NO_MONEY: Declined,
}


@pytest.mark.parametrize("fault", _ONCE)
def test_a_scanned_guest_is_charged_once_or_not_at_all_and_it_is_known(
    stand_in: StandIn, fault: Fault
) -> None:
    stand_in.faults["pay.barcodepay"].append(fault)
    answer = lived(sale(), account(stand_in))
    assert isinstance(answer, _ONCE[fault])
    assert stand_in.times("pay.barcodepay") == 1
    later = look_up(sale(), account(stand_in), settled=True)
    assert_true(answer, stand_in)
    assert_true(later, stand_in)
    assert not isinstance(later, Unknown)
    print(
        f"{fault:<34} charged {stand_in.charged('r1'):>6}  {type(answer).__name__:<9} then {type(later).__name__}"
    )


@pytest.mark.parametrize("of_query", [Fault.SILENCE, Fault.SERVER_ERROR, Fault.WRONG_SIGNATURE, Fault.BUSY])
@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.SERVER_ERROR, Fault.NO_MONEY])
def test_an_answer_that_is_lost_twice_is_asked_for_again_and_the_money_never(
    stand_in: StandIn, fault: Fault, of_query: Fault
) -> None:
    stand_in.faults["pay.barcodepay"].append(fault)
    stand_in.faults["pay.orderquery"] += [of_query] * 2
    answer = lived(sale(), account(stand_in))
    assert isinstance(answer, Declined if fault is Fault.NO_MONEY else Approved)
    assert_true(answer, stand_in)
    assert stand_in.times("pay.barcodepay") == 1


def test_a_gateway_that_says_nothing_any_more_leaves_it_unknown_and_a_later_look_up_knows(
    stand_in: StandIn,
) -> None:
    stand_in.faults["pay.barcodepay"].append(Fault.ANSWER_LOST)
    stand_in.faults["pay.orderquery"] += [Fault.ANSWER_LOST] * 60
    stand_in.faults["pay.ordercancel"] += [Fault.SWALLOWED] * 3
    answer = lived(sale(), account(stand_in, read_within=0.03))
    assert answer == Unknown("r1", ChargeProblem.CUT_SHORT)
    stand_in.faults.clear()
    assert isinstance(look_up(sale(), account(stand_in), settled=True), Approved)


def test_an_approval_tells_what_moved_and_nothing_of_the_guest(stand_in: StandIn) -> None:
    answer = lived(sale(code=ALIPAY_CODE, means=Means.ALIPAY), account(stand_in))
    assert answer == Approved(
        "r1",
        PRICE,
        Money(0, "CAD"),
        transaction="T00000000",
        host_reference="T00000000",
        brand="Alipay",
        entry=Entry.CODE,
    )


def test_a_guest_who_must_agree_first_is_waited_for(stand_in: StandIn) -> None:
    stand_in.waits = True
    clock = Jumps()
    course = Course(sale(), account(stand_in), clock, PATIENCE)
    assert course.begin() is None
    assert course.go_on() is None
    assert course.ended() == Unknown("r1", ChargeProblem.WAITING_FOR_GUEST)
    assert look_up(sale(), account(stand_in), settled=True) == course.ended()
    stand_in.guest_pays("r1")
    assert isinstance(course.go_on(), Approved)


@pytest.mark.parametrize("turns", [1, 3, 99])
def test_a_guest_who_does_not_pay_is_not_waited_for_longer_than_the_limit(
    stand_in: StandIn, turns: int
) -> None:
    stand_in.waits = True
    assert lived(sale(), account(stand_in), give_up_after=turns) == Declined("r1", NOT_PAID)
    assert stand_in.book["r1"].status == "CLOSE"


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.SERVER_ERROR, Fault.NO_MONEY, Fault.BUSY])
def test_an_order_whose_undoing_is_not_answered_is_asked_about_and_undone_again(
    stand_in: StandIn, fault: Fault
) -> None:
    stand_in.faults["pay.ordercancel"].append(fault)
    assert lived(sale(code=""), account(stand_in)) == Declined("r1", NOT_PAID)
    assert stand_in.charged("r1") == 0


def test_an_order_that_cannot_be_undone_is_never_called_unpaid(stand_in: StandIn) -> None:
    stand_in.waits = True
    stand_in.faults["pay.ordercancel"] += [Fault.NO_MONEY] * 3
    assert lived(sale(), account(stand_in)) == Unknown("r1", ChargeProblem.WAITING_FOR_GUEST)


def test_what_was_paid_in_the_last_moment_is_approved_and_not_undone(stand_in: StandIn) -> None:
    stand_in.waits = True
    course = Course(sale(), account(stand_in), Jumps(), PATIENCE)
    assert course.begin() is None
    stand_in.guest_pays("r1")
    assert isinstance(course.go_on(give_up=True), Approved)
    assert stand_in.times("pay.ordercancel") == 0


def test_a_gateway_that_calls_an_order_paid_after_undoing_it_is_not_believed(stand_in: StandIn) -> None:
    course = Course(sale(code=""), account(stand_in), Jumps(), PATIENCE)
    assert course.begin() is None
    cancel = stand_in._cancel

    def paid_after_all(reference: str, fault: Fault | None) -> dict[str, object]:
        said = cancel(reference, fault)
        stand_in.book[reference].status = "SUCCESS"
        return said

    stand_in._cancel = paid_after_all  # type: ignore[method-assign]
    assert course.go_on(give_up=True) == Unknown("r1", ChargeProblem.GARBLED)


def test_a_code_is_shown_until_it_is_paid(stand_in: StandIn) -> None:
    course = Course(sale(code=""), account(stand_in), Jumps(), PATIENCE)
    assert course.begin() is None
    assert course.to_scan.startswith("weixin://pay/r1")
    assert stand_in.asked[0]["payment_method"] == "WECHATPAY"
    stand_in.guest_pays("r1")
    assert isinstance(course.go_on(), Approved)


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.WRONG_SIGNATURE, Fault.HALF])
def test_an_order_whose_code_nobody_saw_is_undone(stand_in: StandIn, fault: Fault) -> None:
    stand_in.faults["pay.qrcodepay"].append(fault)
    assert lived(sale(code=""), account(stand_in)) == Declined("r1", NOT_PAID)
    assert stand_in.book["r1"].status == "CLOSE"


def test_the_same_reference_twice_is_charged_once_and_answered_as_what_it_was(stand_in: StandIn) -> None:
    assert isinstance(lived(sale(), account(stand_in)), Approved)
    assert isinstance(lived(sale(), account(stand_in)), Approved)
    assert stand_in.charged("r1") == ALL
    other = replace(sale(), amount=Money(1_00, "CAD"))
    assert lived(other, account(stand_in)) == Unknown("r1", ChargeProblem.GARBLED)
    assert stand_in.charged("r1") == ALL


def test_where_the_gateway_is_not_reached_nothing_was_sent() -> None:
    assert lived(sale(), nowhere()) == NotSent("r1", ChargeProblem.OUT_OF_REACH)
    void = Charge("v1", ChargeKind.VOID, PRICE, Means.WECHAT_PAY, of_reference="r1")
    assert lived(void, nowhere()) == NotSent("v1", ChargeProblem.OUT_OF_REACH)
    back = replace(void, kind=ChargeKind.RETURN)
    assert lived(back, nowhere()) == NotSent("v1", ChargeProblem.OUT_OF_REACH)
    assert look_up(sale(), nowhere(), settled=True) == Unknown("r1", ChargeProblem.OUT_OF_REACH)


def test_a_code_of_the_other_wallet_and_a_currency_that_is_not_settled_are_not_sent(
    stand_in: StandIn,
) -> None:
    wrong = sale(code=ALIPAY_CODE, means=Means.WECHAT_PAY)
    assert lived(wrong, account(stand_in)) == NotSent("r1", ChargeProblem.GARBLED)
    assert isinstance(lived(sale(amount=Money(1, "CNY")), account(stand_in)), NotSent)
    assert stand_in.asked == []


def test_a_look_up_is_definite_only_when_nothing_can_be_on_the_way(stand_in: StandIn) -> None:
    assert look_up(sale(), account(stand_in), settled=False) == NotFound("r1", idle=False)
    assert look_up(sale(), account(stand_in), settled=True) == NotFound("r1", idle=True)


@pytest.mark.parametrize(
    "fault", [None, Fault.ANSWER_LOST, Fault.SERVER_ERROR, Fault.BUSY, Fault.OTHER_ORDER]
)
def test_a_void_undoes_the_order_and_is_known_from_the_order(stand_in: StandIn, fault: Fault | None) -> None:
    lived(sale(), account(stand_in))
    void = Charge("v1", ChargeKind.VOID, PRICE, Means.WECHAT_PAY, of_reference="r1")
    if fault is not None:
        stand_in.faults["pay.ordercancel"].append(fault)
    answer = lived(void, account(stand_in))
    assert isinstance(answer, Approved)
    assert answer.amount == PRICE
    assert stand_in.charged("r1") == 0
    assert isinstance(look_up(void, account(stand_in), settled=True), Approved)


def test_a_void_that_was_refused_leaves_the_order_paid_and_says_so(stand_in: StandIn) -> None:
    lived(sale(), account(stand_in))
    void = Charge("v1", ChargeKind.VOID, PRICE, Means.WECHAT_PAY, of_reference="r1")
    assert look_up(void, account(stand_in), settled=True) == NotFound("v1", idle=True)
    stand_in.faults["pay.ordercancel"].append(Fault.NO_MONEY)
    assert lived(void, account(stand_in)) == Declined("v1", "E045030", "not now")
    assert lived(replace(void, of_reference="r9"), account(stand_in)) == Declined("v1", "absent")
    stand_in.faults["pay.ordercancel"].append(Fault.ANSWER_LOST)
    stand_in.faults["pay.orderquery"].append(Fault.ANSWER_LOST)
    assert lived(void, account(stand_in)) == Unknown("v1", ChargeProblem.CUT_SHORT)


def test_a_part_goes_back_once_under_a_reference_of_its_own(stand_in: StandIn) -> None:
    lived(sale(), account(stand_in))
    back = Charge("b1", ChargeKind.RETURN, Money(20_00, "CAD"), Means.WECHAT_PAY, of_reference="r1")
    answer = lived(back, account(stand_in))
    assert isinstance(answer, Approved)
    assert (answer.amount, answer.transaction) == (Money(20_00, "CAD"), "RT00000000")
    assert stand_in.charged("r1") == Decimal("25.10")
    assert isinstance(lived(back, account(stand_in)), Declined)
    assert stand_in.charged("r1") == Decimal("25.10")


@pytest.mark.parametrize(
    "fault",
    [Fault.ANSWER_LOST, Fault.SERVER_ERROR, Fault.WRONG_SIGNATURE, Fault.OTHER_ORDER, Fault.BUSY],
)
def test_a_return_whose_answer_is_lost_stays_unknown_and_is_never_repeated(
    stand_in: StandIn, fault: Fault
) -> None:
    lived(sale(), account(stand_in))
    back = Charge("b1", ChargeKind.RETURN, Money(20_00, "CAD"), Means.WECHAT_PAY, of_reference="r1")
    stand_in.faults["pay.orderrefund"].append(fault)
    assert isinstance(lived(back, account(stand_in)), Unknown)
    assert look_up(back, account(stand_in), settled=True) == Unknown("b1", ChargeProblem.SILENT)
    assert stand_in.times("pay.orderrefund") == 1


def assert_true(answer: Answer, stand_in: StandIn) -> None:
    """What is said certainly is what stands in the gateway's book."""
    if isinstance(answer, Approved):
        assert stand_in.charged("r1") == ALL
        assert answer.amount == PRICE
    elif not isinstance(answer, Unknown):
        assert stand_in.charged("r1") == 0
