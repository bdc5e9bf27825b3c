"""What is asked of SnapPay, field by field, and which of its answers are believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from salon_desk.domain.charge import ChargeProblem, Means
from salon_desk.domain.money import Money
from salon_desk.wallets.provider import Closed, Lost, Order, Paid, Refused, Said, Waiting
from salon_desk.wallets.snappay import API, SnapPay
from salon_desk.wire.exchange import Broken, Line, Reply
from tests.wallets.parts import ACCOUNT, PRICE, WECHAT_CODE, Fixed
from tests.wallets.stand_in import MERCHANT, STORE, done, refusal, signed

ORDER = Order("r1", PRICE, Means.WECHAT_PAY)
PAID = {
    "out_order_no": "r1",
    "merchant_no": MERCHANT,
    "trans_status": "SUCCESS",
    "trans_no": "T1",
    "trans_amount": 45.1,
    "trans_currency": "CAD",
}
BACK = {
    "out_order_no": "r1",
    "out_refund_no": "b1",
    "trans_status": "SUCCESS",
    "refund_trans_no": "R1",
}


@dataclass(frozen=True)
class Scripted(Line):
    """A line that answers what it was given, and keeps what it was asked."""

    answers: list[Any] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def exchange(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> Reply:
        self.asked.append((url, json.loads(body)))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Reply(200, {}, json.dumps(answer).encode())


def told(answer: Any) -> tuple[SnapPay, Scripted]:
    line = Scripted(answers=[answer])
    return SnapPay(ACCOUNT, Fixed(), line=line), line


def test_an_order_is_asked_for_with_every_field_and_signed() -> None:
    account, line = told(done(PAID))
    assert account.pay(ORDER, WECHAT_CODE) == Paid(PRICE, "T1")
    ((url, asked),) = line.asked
    assert url == API
    assert asked.pop("sign") == signed(asked)
    assert asked == {
        "app_id": ACCOUNT.app,
        "method": "pay.barcodepay",
        "format": "JSON",
        "charset": "UTF-8",
        "sign_type": "MD5",
        "version": "1.0",
        "timestamp": "2026-11-22 18:30:00",
        "merchant_no": MERCHANT,
        "extension_parameters": json.dumps({"store_no": STORE}),
        "out_order_no": "r1",
        "trans_currency": "CAD",
        "trans_amount": "45.10",
        "description": "Salon Mei",
        "effective_minutes": "5",
        "auth_code": WECHAT_CODE,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"out_order_no": "r2"},
        {"merchant_no": "901800000002"},
        {"trans_status": "PERHAPS"},
        {"trans_amount": 45.105},
        {"trans_amount": "much"},
        {"trans_amount": "Infinity"},
        {"trans_amount": None},
        {"trans_currency": "CNY"},
        {"trans_currency": None},
    ],
)
def test_an_answer_that_does_not_speak_of_what_was_asked_is_not_believed(wrong: dict[str, object]) -> None:
    account, _line = told(done({**PAID, **wrong}))
    assert account.ask("r1") == Lost(ChargeProblem.GARBLED)


@pytest.mark.parametrize("data", [[], [PAID, PAID], {"out_order_no": "r1"}, None, ["r1"]])
def test_an_answer_with_other_than_one_order_is_not_believed(data: object) -> None:
    answer = {"code": "0", "msg": "success", "data": data}
    account, _line = told({**answer, "sign": signed(answer)})
    assert account.ask("r1") == Lost(ChargeProblem.GARBLED)


@pytest.mark.parametrize(
    ("told_of_it", "said"),
    [
        (BACK, Paid(Money(100, "CAD"), "R1")),
        ({**BACK, "trans_status": "USERPAYING"}, Waiting()),
        ({**BACK, "trans_status": "CLOSE"}, Closed()),
        ({**BACK, "trans_status": ""}, Lost(ChargeProblem.GARBLED)),
        ({**BACK, "out_refund_no": "b2"}, Lost(ChargeProblem.GARBLED)),
        ({**BACK, "out_order_no": "r2"}, Lost(ChargeProblem.GARBLED)),
    ],
)
def test_what_was_given_back_is_known_by_both_references(told_of_it: dict[str, object], said: Said) -> None:
    account, line = told(done(told_of_it))
    assert account.give_back("r1", "b1", Money(100, "CAD")) == said
    assert line.asked[0][1]["refund_amount"] == "1.00"


def test_undoing_another_order_undoes_nothing() -> None:
    account, _line = told(done({"out_order_no": "r2"}))
    assert account.revoke("r1") == Lost(ChargeProblem.GARBLED)


@pytest.mark.parametrize(
    ("kind", "written", "problem"),
    [
        ("ReadTimeout", True, ChargeProblem.SILENT),
        ("ConnectionError", True, ChargeProblem.CUT_SHORT),
        ("ConnectTimeout", False, ChargeProblem.OUT_OF_REACH),
        ("UnsafeAddress", False, ChargeProblem.OUT_OF_REACH),
    ],
)
def test_without_an_answer_it_is_told_how_far_it_came(
    kind: str, written: bool, problem: ChargeProblem
) -> None:
    account, _line = told(Broken(kind, written=written))
    assert account.pay(ORDER, WECHAT_CODE) == Lost(problem, written=written)


def test_a_refusal_keeps_the_gateways_words_and_an_account_that_works_has_no_trouble() -> None:
    account, _line = told(refusal("E000403", "x" * 500))
    assert account.ask("r1") == Refused("E000403", "x" * 120)
    account, line = told(done({"exchange_rate": 5.2}))
    assert account.trouble() == ""
    assert "merchant_no" not in line.asked[0][1]
    account, _line = told(refusal("E000403", "no such app"))
    assert account.trouble() == "E000403"


def test_a_code_that_is_longer_than_any_is_not_shown() -> None:
    shown = {**PAID, "trans_status": "USERPAYING", "qrcode_url": "x" * 1_001}
    account, _line = told(done(shown))
    assert account.offer(ORDER) == Waiting("")
