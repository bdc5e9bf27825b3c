"""Members with their allergies, and when they were last here.

No purses here (`cards.py`) and no searching (`storage/search.py`). What may hurt somebody is known under every id that the
person has (`merges.py`).
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.operations.description import MemberDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.planned import on_day
from salon_desk.storage.queries.tiers import called
from salon_desk.storage.tables.members import allergies, members
from salon_desk.storage.tables.sales import sales

_ONE = Statement(lambda: select(members).where(members.c.id == bindparam("id")))
_BY_PHONE = Statement(
    lambda: select(members).where(members.c.phone == bindparam("phone"), members.c.active == 1)
)
_ALLERGIES = Statement(
    lambda: (
        select(allergies.c.substance)
        .where(allergies.c.member == bindparam("member"), allergies.c.removed == 0)
        .order_by(allergies.c.substance)
    )
)
_LAST_VISIT = Statement(
    lambda: select(func.max(sales.c.business_day)).where(
        sales.c.member == bindparam("member"), sales.c.kind == "sale"
    )
)


def member(transaction: Transaction, member_id: str, day: str = "") -> Member | None:
    """One member as of a business day; without one as it was merged, for who only asks whether there is one."""
    row = on_day(transaction, MemberDescribed, transaction.one(_ONE, id=member_id), day)
    return None if row is None else _member(transaction, row)


def member_by_phone(transaction: Transaction, phone: str) -> Member | None:
    """The first member with this telephone in E.164."""
    row = transaction.one(_BY_PHONE, phone=phone)
    return None if row is None else _member(transaction, row)


def last_visit(transaction: Transaction, member_id: str) -> str:
    """The business day of the member's last sale, empty when there is none."""
    return max(str(transaction.value(_LAST_VISIT, member=one) or "") for one in group(transaction, member_id))


def _member(transaction: Transaction, row: Any) -> Member:
    noted = {
        one.substance
        for member_id in group(transaction, row.id)
        for one in transaction.all(_ALLERGIES, member=member_id)
    }
    return Member(
        member_id=row.id,
        name=row.name,
        latin_name=row.latin_name,
        phone=row.phone,
        language=row.language or "zh_CN",
        allergies=tuple(sorted(noted)),
        note=row.note,
        tier=row.tier,
        tier_names=called(transaction, row.tier) if row.tier else Names(""),
        birthday=row.birthday,
        email=row.email,
        wechat=row.wechat,
        tags=tuple(msgspec.json.decode(row.tags)),
        consultant=row.consultant,
        preferred_technician=row.preferred_technician,
        colours=row.colours,
        pressure=row.pressure,
        preferences=row.preferences,
        referred_by=row.referred_by,
        home_store=row.home_store,
    )
