"""Every table of a node, by subject, in one MetaData. Private to storage.

No query and no writing lives here. What kind a table is (journal, shared or own projection, local) is said in
`kinds.py` and nowhere else.
"""

from salon_desk.storage.tables import (
    cards,
    catalogue,
    chains,
    erasures,
    journal,
    local,
    members,
    money,
    network,
    people,
    promotions,
    sales,
    series,
    shifts,
    tickets,
)
from salon_desk.storage.tables.base import metadata

__all__ = [
    "cards",
    "catalogue",
    "chains",
    "erasures",
    "journal",
    "local",
    "members",
    "metadata",
    "money",
    "network",
    "people",
    "promotions",
    "sales",
    "series",
    "shifts",
    "tickets",
]
