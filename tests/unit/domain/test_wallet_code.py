"""A scanned payment code picks its wallet; nothing else that is scanned at a counter does."""

from __future__ import annotations

import pytest

from salon_desk.domain.charge import Charge, ChargeKind, Means
from salon_desk.domain.money import Money
from salon_desk.domain.wallet_code import wallet_of


@pytest.mark.parametrize("start", ["10", "11", "12", "13", "14", "15"])
def test_eighteen_digits_that_begin_with_10_to_15_are_wechat_pay(start: str) -> None:
    assert wallet_of(start + "4" * 16) is Means.WECHAT_PAY


@pytest.mark.parametrize("length", [16, 17, 18, 20, 24])
@pytest.mark.parametrize("start", ["25", "26", "27", "28", "29", "30"])
def test_16_to_24_digits_that_begin_with_25_to_30_are_alipay(start: str, length: int) -> None:
    assert wallet_of(start.ljust(length, "7")) is Means.ALIPAY


@pytest.mark.parametrize(
    "code",
    [
        "",
        "13473267571052487",
        "1347326757105248777",
        "16" + "4" * 16,
        "09" + "4" * 16,
        "24" + "4" * 16,
        "31" + "4" * 16,
        "28" + "7" * 13,
        "28" + "7" * 23,
        "13473267571052487x",
        "134732675710524877\n",
        "１３４７３２６７５７１０５２４８７７",
        "4006381333931",
        "SD-8801",
    ],
)
def test_what_else_is_scanned_is_no_payment_code(code: str) -> None:
    assert wallet_of(code) is None


def test_a_charge_does_not_show_the_code_it_was_given() -> None:
    charge = Charge("r1", ChargeKind.SALE, Money(1, "CAD"), Means.ALIPAY, "286012345678901234")
    assert "2860" not in repr(charge)
