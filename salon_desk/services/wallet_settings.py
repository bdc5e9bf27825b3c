"""By which account this till takes WeChat Pay and Alipay: kept as local settings of this machine, its key in the keyring.

Nothing is asked of a provider here (`wallets/`). These are no facts of the shop: another machine has its own. The one rule: the key
goes in and never comes out here; an empty one keeps the one that there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import msgspec

from salon_desk import secrets
from salon_desk.domain.charge import Means
from salon_desk.domain.errors import DomainError
from salon_desk.services.channel_accounts import SecretMissing
from salon_desk.services.channel_settings import ChannelSettingRefused
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store
from salon_desk.wire.address import is_safe

SNAPPAY_KEY: Final = "snappay-sign-key"
WALLETS: Final = (Means.WECHAT_PAY, Means.ALIPAY)
_SNAPPAY: Final = "wallets.snappay"
_PATTERNS: Final = {
    "merchant": re.compile(r"[0-9]{6,32}"),
    "app": re.compile(r"[0-9A-Za-z]{6,32}"),
    "store": re.compile(r"[0-9A-Za-z]{0,8}"),
    "currency": re.compile(r"CAD|USD"),
}
_LONGEST_DESCRIPTION: Final = 128


@dataclass(frozen=True, slots=True)
class WalletSettings:
    """SnapPay. `merchant`, `app`, `store`: numbers that it gave; `description`: what a guest reads in the wallet.

    `only`: the one wallet that the account takes, or none for both. `api`: another address than SnapPay's, for trying things.
    """

    merchant: str
    app: str
    description: str
    currency: str = "CAD"
    store: str = ""
    only: Means | None = None
    api: str = ""

    @property
    def means(self) -> tuple[Means, ...]:
        """What it takes."""
        return WALLETS if self.only is None else (self.only,)


@dataclass
class WalletsNotSet(DomainError):
    """No account for wallets was set on this machine."""


def read(transaction: Transaction) -> WalletSettings | None:
    """What this machine was told; what another version wrote and this one cannot read is as if never set."""
    kept = local.setting(transaction, _SNAPPAY)
    if not kept:
        return None
    try:
        return msgspec.json.decode(kept, type=WalletSettings)
    except msgspec.MsgspecError:
        return None


def check(settings: WalletSettings) -> None:
    """Raise ChannelSettingRefused for what cannot be meant."""
    for name, pattern in _PATTERNS.items():
        _require(bool(pattern.fullmatch(getattr(settings, name))), name)
    description = settings.description
    _require(0 < len(description) <= _LONGEST_DESCRIPTION and description.isprintable(), "description")
    _require(settings.only is None or settings.only in WALLETS, "only")
    _require(not settings.api or is_safe(settings.api), "api")


def keep(store: Store, settings: WalletSettings, key: str) -> None:
    """Keep the account and its key. Not for the UI thread: a keyring may take seconds.

    Raises SecretMissing, ChannelSettingRefused, CannotRecord, KeysUnreachable.
    """
    check(settings)
    if not key and not secrets.given(SNAPPAY_KEY, store.node):
        raise SecretMissing(SNAPPAY_KEY)
    if key:
        secrets.save_given(SNAPPAY_KEY, store.node, key)
    local.save_setting(store, _SNAPPAY, msgspec.json.encode(settings).decode())


def forget(store: Store) -> None:
    """Use it no more; its key goes too. Raises CannotRecord, KeysUnreachable."""
    local.save_setting(store, _SNAPPAY, "")
    if secrets.given(SNAPPAY_KEY, store.node):
        secrets.save_given(SNAPPAY_KEY, store.node, "")


def has_key(node: str) -> bool:
    """Whether it has its key. Not for the UI thread. Raises KeysUnreachable."""
    return bool(secrets.given(SNAPPAY_KEY, node))


def _require(holds: bool, name: str) -> None:
    if not holds:
        raise ChannelSettingRefused(name)
