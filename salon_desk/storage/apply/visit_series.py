"""Projections of series: what was sold, to whom it was given, who else may use it.

Visits lie in purses (`purses.py`). The newest owner, and the newest word on each sharer, stands by (at, node, operation), whatever
arrives first.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import tuple_

from salon_desk.operations.envelope import Header
from salon_desk.operations.series import SeriesShared, SeriesSold, SeriesTransferred
from salon_desk.storage.apply import sales
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.series import series, series_owners, series_sharers

_ADD = Rows(series)
_OWNER = series_owners.c
_GIVE = Rows(
    series_owners,
    lambda new: {name: new[name] for name in ("member", "at", "node", "op_id")},
    only=lambda new: tuple_(_OWNER.at, _OWNER.node, _OWNER.op_id) < tuple_(new.at, new.node, new.op_id),
)
_SHARER = series_sharers.c
_SHARE = Rows(
    series_sharers,
    lambda new: {name: new[name] for name in ("allowed", "at", "node", "op_id")},
    only=lambda new: tuple_(_SHARER.at, _SHARER.node, _SHARER.op_id) < tuple_(new.at, new.node, new.op_id),
)


def series_sold(transaction: Transaction, header: Header, operation: SeriesSold) -> None:
    """A series with its parts and its buyer; the document of its sale, and the tax where it is taxed then."""
    transaction.put(
        _ADD,
        id=operation.series,
        offer=operation.offer,
        buyer=operation.member,
        name_en=operation.names.en,
        name_zh_cn=operation.names.zh_CN,
        name_zh_tw=operation.names.zh_TW,
        parts=msgspec.json.encode(operation.parts).decode(),
        price_cents=operation.amount.cents,
        currency=operation.amount.currency,
        tax_point=operation.tax_point.value,
        op_id=header.op_id,
        store=operation.store,
        issued_on=header.business_day,
    )
    sales.value_document(transaction, header, operation, kind="series", taxes=operation.taxes)


def series_transferred(transaction: Transaction, header: Header, operation: SeriesTransferred) -> None:
    """It belongs to another member."""
    transaction.put(
        _GIVE,
        series=operation.series,
        member=operation.member,
        at=header.at,
        node=header.node,
        op_id=header.op_id,
    )


def series_shared(transaction: Transaction, header: Header, operation: SeriesShared) -> None:
    """Somebody else may use it, or may not any more."""
    transaction.put(
        _SHARE,
        series=operation.series,
        member=operation.member,
        allowed=int(operation.allowed),
        at=header.at,
        node=header.node,
        op_id=header.op_id,
    )
