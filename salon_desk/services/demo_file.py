"""What the files of a demo shop may say, as frozen structs; `read` refuses anything else.

Nothing is recorded here (`demo_shop.py`) and no file is opened (`settings.py`): a parsed mapping comes in. Prices are
decimal text such as "45.00", so that no float ever touches money.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from salon_desk.domain.access import Role
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.promotion import Birthday
from salon_desk.domain.ticket import Bearer, DiscountScope

S = TypeVar("S", bound=msgspec.Struct)


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the files; a word that it does not know is a mistake."""


class Named(_Row, frozen=True, kw_only=True):
    """A thing with its names."""

    en: str
    zh_cn: str = msgspec.field(name="zh_CN")
    zh_tw: str = msgspec.field(name="zh_TW")

    def described(self, prefix: str = "name") -> dict[str, str]:
        """The names as fields of a description."""
        return {f"{prefix}_en": self.en, f"{prefix}_zh_cn": self.zh_cn, f"{prefix}_zh_tw": self.zh_tw}


class StoreRow(Named, frozen=True, kw_only=True):
    """The shop itself."""

    id: str
    address: str
    phone: str
    jurisdiction: str
    time_zone: str
    day_cut_off: str
    currency: str
    receipt_language: str
    unproven_limit: str
    points_rate: str = ""
    footer: Named
    return_policy: Named


class TillRow(_Row, frozen=True, kw_only=True):
    """The till that loads the demo; its id is the node's own."""

    name: str
    code: str


class StaffRow(_Row, frozen=True, kw_only=True):
    """Someone who works there, with the PIN that is no secret."""

    id: str
    name: str
    latin: str
    role: Role
    serves: bool
    pin: str


class ItemRow(Named, frozen=True, kw_only=True):
    """A service or product; without a price it is typed at the counter."""

    id: str
    price: str = ""
    minutes: int = 0
    code: str = ""


class CategoryRow(Named, frozen=True, kw_only=True):
    """A category and what is in it; all of one kind and tax class."""

    id: str
    hue: str
    kind: ItemKind
    tax: str
    items: tuple[ItemRow, ...]


class OfferRow(Named, frozen=True, kw_only=True):
    """A top-up offer; a bonus that lapses has its terms."""

    id: str
    pay: str
    bonus: str
    bonus_expires_days: int = 0
    terms: Named | None = None
    coupon: str = ""
    coupons: int = 0


class DiscountRow(Named, frozen=True, kw_only=True):
    """A discount to pick, by amount or by percent."""

    id: str
    bearer: Bearer
    scope: DiscountScope
    amount: str = ""
    percent: str = ""


class PromotionRow(Named, frozen=True, kw_only=True):
    """A rule for a discount: what it takes off, and the conditions that it has."""

    id: str
    amount: str = ""
    percent: str = ""
    scope: DiscountScope = DiscountScope.ALL
    categories: tuple[str, ...] = ()
    members_only: bool = False
    tiers: tuple[str, ...] = ()
    birthday: Birthday = Birthday.ANY
    weekdays: tuple[int, ...] = ()
    needs_coupon: bool = False
    valid_days: int = 0
    block: int = 0
    most: int = 1
    exclusive: str = ""
    terms: Named | None = None


class SeriesRow(Named, frozen=True, kw_only=True):
    """A series that the shop sells; its parts as `domain/series.py` writes them."""

    id: str
    price: str
    parts: tuple[str, ...]


class SavingsRow(Named, frozen=True, kw_only=True):
    """A plan that cards can save towards."""

    id: str
    target: str
    bonus: str
    terms: Named | None = None


class GiftRow(_Row, frozen=True, kw_only=True):
    """A gift card that was sold the day before."""

    code: str
    amount: str
    recipient: str = ""
    sender: str = ""
    greeting: str = ""


class TenderRow(Named, frozen=True, kw_only=True):
    """A tender of the shop's own."""

    id: str
    needs_reference: bool = False
    opens_drawer: bool = False


class MemberRow(_Row, frozen=True, kw_only=True):
    """A member, with the card and what was put on it: an offer, or an amount alone."""

    name: str
    latin: str = ""
    phone: str = ""
    language: str = "zh_CN"
    birthday: str = ""
    tier: str = ""
    note: str = ""
    allergies: tuple[str, ...] = ()
    card: str = ""
    offer: str = ""
    pay: str = ""


class OpeningRow(_Row, frozen=True, kw_only=True):
    """The shift of the day before; what lies in the drawer as (worth of a piece, pieces)."""

    cashier: str
    drawer: tuple[tuple[str, int], ...]


class DemoShop(_Row, frozen=True, kw_only=True):
    """A whole demo shop."""

    store: StoreRow
    till: TillRow
    staff: tuple[StaffRow, ...]
    category: tuple[CategoryRow, ...]
    offer: tuple[OfferRow, ...]
    discount: tuple[DiscountRow, ...]
    promotion: tuple[PromotionRow, ...]
    series: tuple[SeriesRow, ...] = ()
    savings: tuple[SavingsRow, ...] = ()
    gift: tuple[GiftRow, ...] = ()
    tender: tuple[TenderRow, ...]
    member: tuple[MemberRow, ...]
    opening: OpeningRow


class DemoChain(_Row, frozen=True, kw_only=True):
    """What makes a chain of the demo shop: its further stores.

    Members are at home in the stores of `homes` in turn.
    """

    store: tuple[StoreRow, ...]
    homes: tuple[str, ...]


def read(tables: Mapping[str, Any]) -> DemoShop:
    """The demo shop in parsed tables; msgspec.ValidationError when a row is not as it should be."""
    return msgspec.convert(tables, DemoShop)


def read_chain(tables: Mapping[str, Any]) -> DemoChain:
    """The demo chain in parsed tables; msgspec.ValidationError when a row is not as it should be."""
    return msgspec.convert(tables, DemoChain)
