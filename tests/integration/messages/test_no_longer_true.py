"""What is not true any more when a message would go out is not said, and the reason can be read."""

from __future__ import annotations

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import MessageState, Trigger
from salon_desk.i18n import Catalogue
from salon_desk.services import message_log, voids
from salon_desk.ui.message_sentences import sentence
from tests.integration.messages.desk import agree, desk, intend, intent, state
from tests.integration.services.shop import MANAGER, Shop, cash


def test_whoever_came_or_whose_sale_was_undone_is_not_written_to(shop: Shop) -> None:
    agree(shop)
    first = shop.sell(shop.ticket(("gel", "lily")), cash()).op_id
    shop.top_up("300.00")
    kept, undone = (shop.sell(shop.ticket(("gel", "lily")), shop.stored()).op_id for _time in range(2))
    missed = intent(shop, first, trigger=Trigger.ABSENT, purpose=Purpose.MARKETING, template="absent")
    said = [intent(shop, one) for one in (kept, undone)]
    intend(shop, *said, missed)
    voids.void(shop.till, shop.command(), MANAGER, undone, reason="wrong guest")
    desk(shop).until_nothing()
    assert [state(shop.till.store, one.message) for one in (*said, missed)] == [
        MessageState.SENT,
        MessageState.WITHHELD,
        MessageState.WITHHELD,
    ]
    with shop.till.read() as transaction:
        found = message_log.entry(transaction, missed.message)
    assert found is not None
    words = Catalogue.load("en")
    assert sentence(found, words, "America/New_York").startswith("Not sent: it was not true any more")
