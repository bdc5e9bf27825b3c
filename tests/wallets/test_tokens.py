"""Whatever happens, neither a key nor what a guest's wallet showed stands in a log or in an answer."""

from __future__ import annotations

import logging

import pytest

from salon_desk.domain.charge import Charge, ChargeKind, Means
from salon_desk.domain.money import Money
from tests.wallets.parts import ACCOUNT, WECHAT_CODE, account, lived, nowhere, sale
from tests.wallets.stand_in import KEY, Fault, StandIn


@pytest.mark.parametrize("fault", [one for one in Fault if one is not Fault.SLOW])
def test_no_code_and_no_key_is_told(
    stand_in: StandIn, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.DEBUG)
    stand_in.faults["pay.barcodepay"].append(fault)
    told = [repr(lived(sale(), account(stand_in))), repr(lived(sale("r2", code=""), account(stand_in)))]
    told.append(repr(lived(sale(), nowhere())))
    back = Charge("b1", ChargeKind.RETURN, Money(1, "CAD"), Means.WECHAT_PAY, of_reference="r2")
    told.append(repr(lived(back, account(stand_in))))
    told += [str(vars(one)) + one.getMessage() for one in caplog.records]
    assert any(one.name.startswith("salon_desk.wallets") for one in caplog.records)
    assert not any(
        secret in one for secret in (WECHAT_CODE, KEY) for one in [*told, repr(ACCOUNT), repr(sale())]
    )
