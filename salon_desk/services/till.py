"""The context every service gets: the open store, the rule pack, and who acts.

No verb lives here. `record` is the services' way to `storage.journal.record`: it adds the business day, which comes
from the open shift and not from the clock.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from salon_desk.domain.access import Permission, Role, require
from salon_desk.domain.clock import instant_text
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.rule_pack import RulePack
from salon_desk.domain.shift import check_trading
from salon_desk.domain.tax import TaxTable
from salon_desk.domain.tender import CashRounding
from salon_desk.operations.description import StoreDescribed
from salon_desk.operations.operation import Operation
from salon_desk.services import sayings
from salon_desk.services.errors import ShopMissing
from salon_desk.storage import journal, local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Recorded
from salon_desk.storage.queries import planned
from salon_desk.storage.queries.shifts import Shift, current_shift
from salon_desk.storage.queries.shop import Shop
from salon_desk.storage.queries.shop import shop as read_shop
from salon_desk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and who approves this one act on the spot, if anybody."""

    staff: str
    role: Role
    approver: str = ""
    approver_role: Role | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the actor, or the approver, may do it."""
        try:
            self.require(permission)
        except PermissionNeeded:
            return False
        return True

    def require(self, permission: Permission) -> None:
        """Raise PermissionNeeded unless the actor, or the approver, may do it."""
        require(self.role, permission, self.approver_role)


@dataclass(frozen=True, slots=True)
class Till:
    """An open till. Its functions run on the database worker."""

    store: Store
    rules: RulePack
    _tax_tables: dict[tuple[str, str], TaxTable] = field(default_factory=dict, repr=False)

    @contextlib.contextmanager
    def read(self) -> Iterator[Transaction]:
        """One snapshot for reading."""
        with self.store.database.read() as transaction:
            yield transaction

    def new_id(self) -> str:
        """A fresh id."""
        return self.store.new_id()

    def now(self) -> str:
        """The present instant as operations keep it."""
        return instant_text(self.store.clock.now())

    def shop(self, transaction: Transaction) -> Shop:
        """The shop this till stands in, as of the business day and with this machine's own receipt language, if any.

        Raises ShopMissing.
        """
        found = read_shop(transaction, self.store.node)
        if found is None:
            raise ShopMissing(self.store.node)
        if planned.anything(transaction, StoreDescribed, found.store):
            found = read_shop(transaction, self.store.node, self.business_day(transaction)) or found
        language = local.setting(transaction, "receipt_language")
        return replace(found, receipt_language=language) if language else found

    def shift(self, transaction: Transaction) -> Shift | None:
        """The shift that is not closed, if any."""
        return current_shift(transaction, self.store.node)

    def trading_shift(self, transaction: Transaction) -> Shift:
        """The open shift. Raises ShiftNotOpen, ShiftAlreadyCounted."""
        found = self.shift(transaction)
        check_trading(found.state if found else None)
        assert found is not None
        return found

    def taxes(self, shop: Shop, business_day: str) -> TaxTable:
        """The tax rates here on that day. Raises RuleMissing."""
        place = (shop.jurisdiction, business_day)
        if place not in self._tax_tables:
            self._tax_tables[place] = self.rules.tax_table(*place)
        return self._tax_tables[place]

    def rounding(self, shop: Shop, business_day: str) -> CashRounding:
        """How cash is rounded here: the shop's choice, else the law's default."""
        if shop.cash_rounding:
            return CashRounding(shop.cash_rounding)
        return self.rules.cash_rounding(shop.jurisdiction, business_day)

    def record(
        self,
        command_id: str,
        actor: Actor | None,
        decide: Callable[[Transaction], Operation | Sequence[Operation]],
    ) -> Recorded:
        """Decide and record one command; see `journal.record`. What was typed about a member is recorded apart (`sayings.py`)."""
        command = journal.Command(command_id, actor.staff if actor else "", self.business_day)

        def decided(transaction: Transaction) -> Sequence[Operation]:
            made = decide(transaction)
            operations = [made] if isinstance(made, Operation) else made
            return sayings.apart(transaction, operations, self.new_id)

        return sayings.together(journal.record(self.store, command, decided))

    def business_day(self, transaction: Transaction) -> str:
        """The open shift's day, else the store's day at this instant, else the day in UTC."""
        shift = self.shift(transaction)
        if shift is not None:
            return shift.business_day
        found = read_shop(transaction, self.store.node)
        now = self.store.clock.now()
        return business_day_at(now, found.time_zone, found.day_cut_off) if found else now.date().isoformat()


def business_day_at(instant: datetime, time_zone: str, cut_off: str) -> str:
    """The business day (ISO date) of an instant: local time less the cut-off "HH:MM"."""
    hours, minutes = cut_off.split(":")
    local = instant.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    return (local - timedelta(hours=int(hours), minutes=int(minutes))).date().isoformat()
