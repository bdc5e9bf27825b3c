"""What the wallets are called on paper and on screen.

No rule lives here. Their own names are said to everybody; a Chinese reader knows them by the Chinese ones.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.charge import Means
from salon_desk.i18n import N_

_NAMES: Final = {
    Means.WECHAT_PAY.value: N_("WeChat Pay"),
    Means.ALIPAY.value: N_("Alipay"),
}


def wallet_name(means: str) -> str:
    """The name of a wallet by its Means, to be said in the reader's language; one of a newer program is just a wallet."""
    return _NAMES.get(means, N_("Wallet"))
