"""The wallets of a till put together from its settings; the key is fetched on the wallet's own thread, which may take seconds.

No rule lives here. What speaks HTTP is brought in on that thread too, so that a start does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from salon_desk import secrets
from salon_desk.domain.charge import Means, TerminalState
from salon_desk.domain.clock import Clock
from salon_desk.services.channel_accounts import SecretMissing
from salon_desk.services.wallet_settings import SNAPPAY_KEY, WalletSettings, WalletsNotSet
from salon_desk.wallets.terminal import WalletTerminal

if TYPE_CHECKING:
    from salon_desk.wallets.snappay import SnapPay

READ_WITHIN: Final = 15.0
"""Seconds that a gateway has for its answer; then it is asked what became of it."""


def wallets_of(
    node: str,
    settings: WalletSettings | None,
    clock: Clock,
    *,
    proxy: str = "",
    on_state: Callable[[Means, TerminalState], None] = lambda _means, _state: None,
) -> dict[Means, WalletTerminal]:
    """The wallets that this machine was told to take, not yet started; none without an account."""
    if settings is None:
        return {}
    make = partial(_account, node, settings, clock, proxy)
    return {means: WalletTerminal(means, make, on_state=partial(on_state, means)) for means in settings.means}


def trouble_of(node: str, settings: WalletSettings | None, clock: Clock, *, proxy: str = "") -> str:
    """Ask the provider whether the account works; empty when it does, else its own word or number. Blocks; moves no money.

    Raises WalletsNotSet, SecretMissing, KeysUnreachable.
    """
    if settings is None:
        raise WalletsNotSet
    account = _account(node, settings, clock, proxy)
    if account is None:
        raise SecretMissing(SNAPPAY_KEY)
    return account.trouble()


def _account(node: str, settings: WalletSettings, clock: Clock, proxy: str) -> SnapPay | None:
    """None without its key. Raises KeysUnreachable."""
    from salon_desk.wallets.snappay import API, SnapPay, SnapPayAccount
    from salon_desk.wire.exchange import Line

    key = secrets.given(SNAPPAY_KEY, node)
    if not key:
        return None
    account = SnapPayAccount(
        settings.merchant, settings.app, key, settings.description, settings.currency, settings.store
    )
    return SnapPay(account, clock, base=settings.api or API, line=Line(proxy, READ_WITHIN))
