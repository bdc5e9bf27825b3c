"""Which wallet a scanned payment code belongs to.

The code itself is a payment token: it is used once, and never kept, logged or shown. The rule is the wallets' own: WeChat Pay's
"Submit Quick Pay" has 18 digits that begin with 10 to 15, Alipay's `alipay.trade.pay` has 16 to 24 that begin with 25 to 30.
"""

from __future__ import annotations

import re
from typing import Final

from salon_desk.domain.charge import Means

_WECHAT_PAY: Final = re.compile(r"1[0-5][0-9]{16}")
_ALIPAY: Final = re.compile(r"(2[5-9]|30)[0-9]{14,22}")


def wallet_of(code: str) -> Means | None:
    """The wallet that shows such a code; None for what is no payment code."""
    if _WECHAT_PAY.fullmatch(code):
        return Means.WECHAT_PAY
    return Means.ALIPAY if _ALIPAY.fullmatch(code) else None
