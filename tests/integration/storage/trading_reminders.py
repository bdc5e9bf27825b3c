"""How the shop uses its reminders, what they say, and a group of members, on the day that `trading.py` records.

No test lives here. Of each kind of operation there is one at least, and each leaves a row.
"""

from __future__ import annotations

from salon_desk.operations.message_template import MessageTemplateDescribed
from salon_desk.operations.segment import SegmentDescribed
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.services.describe import describe
from tests.integration.services.shop import Shop


def reminders(shop: Shop) -> None:
    """A reminder that is on, the words of another, and the owner's own segment."""
    described = [
        (TriggerDescribed, "balance_low", {"enabled": True, "threshold": 3, "makes_task": "consultant"}),
        (SegmentDescribed, "over-100", {"name_en": "Over $100", "conditions": ["balance|at_least|0|10000"]}),
        (
            MessageTemplateDescribed,
            "birthday",
            {"text_en": "{store}: Happy birthday! {stop}", "channels": ["email"]},
        ),
    ]
    describe(shop.till, shop.command(), None, described)  # type: ignore[arg-type]
