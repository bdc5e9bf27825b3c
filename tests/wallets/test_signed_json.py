"""What is signed, and what is believed. The first three stand in the tests of SnapPay's own Java SDK, with its public test key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.wallets.signed_json import is_genuine, read, signature
from tests.wallets.stand_in import KEY, signed

PUBLIC_KEY = "7e2083699dd510575faa1c72f9e35d43"
_PAID = (
    '{"trans_no":"TRANS12345","out_order_no":"test1","merchant_no":"901800000116","trans_status":"SUCCESS",'
    '"payment_method":"ALIPAY","pay_operation_method":5,"pay_user_account_id":"2088101117955611",'
    '"pay_user_account_name":"15900000000","trans_currency":"CAD","exchange_rate":5.21,"trans_amount":123.45,'
    '"c_trans_fee":2.5,"customer_paid_amount":524.09,"discount_bmopc":0.0,"discount_bpc":0.0,'
    '"trans_end_time":"2021-03-02 15:16:55"}'
)
_REFUNDED = (
    '{"trans_no": "TRANS12345","out_order_no": "test1","out_refund_no": "refund1","trans_status": "SUCCESS",'
    '"refund_trans_no": "TRANS67890","refund_trans_end_time": "2021-03-02 15:32:45"}'
)
PUBLISHED = {
    "8888fa81407c46edf9cab10e1df4bba8": '{"code":"E000001","msg":"payment failed","psn":"12345","data":[]}',
    "5259982d84faab397e758e82b0b4324e": '{"code":"0","msg":"payment successful","total":1,"psn":"12345","data":['
    + _PAID
    + "]}",
    "ebcabe64d25c747e88240bf3c0ae450e": '{"code":"0","msg":"refund successful","total":1,"psn":"12345","data":['
    + _REFUNDED
    + "]}",
}


@pytest.mark.parametrize("sign", PUBLISHED)
def test_published_answers_are_genuine_and_none_that_was_changed(sign: str) -> None:
    told = read(PUBLISHED[sign].encode()) | {"sign": sign, "sign_type": "MD5"}
    assert is_genuine(told, PUBLIC_KEY)
    assert not is_genuine(told, KEY)
    assert not is_genuine(told | {"msg": "payment  failed"}, PUBLIC_KEY)
    assert not is_genuine(read(PUBLISHED[sign].encode()), PUBLIC_KEY)


def test_the_amount_counts_as_it_was_written() -> None:
    told = read(PUBLISHED["5259982d84faab397e758e82b0b4324e"].replace("123.45", "123.450").encode())
    assert not is_genuine(told | {"sign": "5259982d84faab397e758e82b0b4324e"}, PUBLIC_KEY)
    assert told["data"][0]["trans_amount"] == "123.450"


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"0"', b"{", b"\xff\xfe", b"[" * 100_000, b"<html>"])
def test_what_is_no_object_is_empty_and_not_believed(body: bytes) -> None:
    assert read(body) == {}
    assert not is_genuine(read(body), KEY)


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text("a\"\\\n\u2028王é/<&='", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab王", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.dictionaries(st.text("abc_", min_size=1, max_size=4), _values, max_size=6))
def test_two_who_sign_apart_agree(told: dict[str, Any]) -> None:
    written = json.dumps(told, ensure_ascii=False).encode()
    assert signature(read(written), KEY) == signed(told)
