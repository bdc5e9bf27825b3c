"""A balance that crosses its threshold at a till that hears from nobody: head office says so once, when the till is back.

No network: what a node recorded is handed over. Who may be written to is decided when the message goes out, not when it was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.message import MessageState, Trigger
from salon_desk.domain.money import Money
from salon_desk.domain.proof import Debit, ProofKind
from salon_desk.domain.trigger import defaults
from salon_desk.services import parent, spend_codes, triggers
from salon_desk.services.sender import is_sender
from salon_desk.services.till import Till
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import message_lists, messages
from salon_desk.storage.queries.message_lists import Wanted
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import EnrollAnswer
from tests.integration.messages.desk import Desk, Provider, agree, desk, stop
from tests.integration.services.shop import CASHIER, MANAGER, FixedClock, Shop, open_shop
from tests.integration.storage.neighbours import hand, join


class Chain:
    """Head office and a till; what the till records comes over when it is back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.till = open_shop(folder / "till")
        self.till.open_shift()
        ids = count(1)
        clock = FixedClock()
        self.office: Office = open_office(Place(folder=folder / "office"), clock, lambda: f"ho-{next(ids)}")
        self.at_office = Shop(
            Till(self.office, load_rules()), clock, member=self.till.member, card=self.till.card
        )

    def back(self) -> None:
        """The till and head office hear of each other, and head office looks."""
        hand(self.till.till.store, self.office)
        hand(self.office, self.till.till.store)
        while triggers.rest(self.office):
            pass

    def desk(self, provider: Provider) -> Desk:
        return desk(self.at_office, provider)

    def messages(self) -> list[Message]:
        with self.office.database.read() as transaction:
            return message_lists.listed(transaction, Wanted())

    def close(self) -> None:
        self.till.till.store.close()
        self.office.close()


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """The owner has switched on what is said after a sale and when a balance is low; the member has $250."""
    found = Chain(tmp_path)
    shop = found.till
    for trigger in (Trigger.AFTER_SALE, Trigger.BALANCE_LOW):
        triggers.set_trigger(shop.till, shop.command(), MANAGER, replace(defaults(trigger), enabled=True))
    agree(shop)
    shop.top_up("250.00")
    found.back()
    yield found
    found.close()


def test_after_reconnection_one_message_with_the_right_balance_in_the_members_language(chain: Chain) -> None:
    chain.till.sell(chain.till.ticket(("gel", "lily")), chain.till.stored())
    provider = Provider()
    chain.desk(provider).until_nothing()
    assert provider.taken == []
    for _time in range(2):
        chain.back()
        chain.desk(provider).until_nothing()
    assert [(one.address, one.text) for one in provider.taken] == [
        ("+17185550137", "【法拉盛店】张晓梅，您的储值卡余额为 $202.97，还可用于下次项目。")
    ]


def test_a_balance_that_crossed_its_threshold_is_said_once(chain: Chain) -> None:
    for _visit in range(4):
        chain.till.sell(chain.till.ticket(("gel", "lily")), chain.till.stored())
    chain.back()
    low = [one for one in chain.messages() if one.trigger is Trigger.BALANCE_LOW]
    assert len(low) == 1
    provider = Provider()
    chain.desk(provider).until_nothing()
    chain.back()
    chain.desk(provider).until_nothing()
    said = [one.text for one in provider.taken if one.reference.startswith(low[0].message)]
    assert said == [
        "【法拉盛店】张晓梅，您的储值卡余额为 $61.88。"
    ]  # enough for no whole visit like this one


def test_none_to_one_who_opted_out_meanwhile_at_another_till(chain: Chain) -> None:
    chain.till.sell(chain.till.ticket(("gel", "lily")), chain.till.stored())
    chain.back()
    other = join(chain.till, chain.folder / "other", "2")
    hand(chain.till.till.store, other.till.store)
    stop(other)
    hand(other.till.store, chain.office)
    other.till.store.close()
    provider = Provider()
    chain.desk(provider).until_nothing()
    assert provider.taken == []
    assert {(one.state, one.reason) for one in chain.messages()} == {(MessageState.WITHHELD, "opted_out")}


def test_none_at_night(chain: Chain) -> None:
    chain.till.sell(chain.till.ticket(("gel", "lily")), chain.till.stored())
    chain.at_office.clock.instant = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    chain.back()
    provider = Provider()
    here = chain.desk(provider)
    here.round()
    assert provider.taken == []
    here.until_nothing()
    assert len(provider.taken) == 1
    assert provider.taken[0].attempted_at >= "2026-11-21T14:00"


def test_what_was_said_is_known_at_the_till_as_well_and_stands_in_every_journal(
    chain: Chain, tmp_path: Path
) -> None:
    chain.till.sell(chain.till.ticket(("gel", "lily")), chain.till.stored())
    chain.back()
    chain.desk(Provider()).until_nothing()
    chain.back()
    with chain.till.till.read() as transaction:
        assert [one.state for one in message_lists.listed(transaction, Wanted(member=chain.till.member))] == [
            MessageState.SENT
        ]
    chain.close()
    assert verify(tmp_path / "till").problems == ()
    assert verify(tmp_path / "office").problems == ()


def enrol(chain: Chain) -> None:
    """The till stands below head office from now on."""
    told = EnrollAnswer(
        node=chain.till.till.store.node,
        token="token",
        store="s1",
        confirmed=True,
        fingerprint="",
        parent=chain.office.node,
        parent_epoch=chain.office.epoch,
        parent_key="",
    )
    parent.enrolled(chain.till.till, "http://localhost", "code", told)


def test_a_till_with_a_head_office_sends_nothing_itself(chain: Chain) -> None:
    assert is_sender(chain.till.till.store)
    assert is_sender(chain.office)
    enrol(chain)
    assert not is_sender(chain.till.till.store)


def test_a_code_that_a_till_asks_for_goes_out_from_head_office_and_proves_at_the_till(chain: Chain) -> None:
    enrol(chain)
    shop = chain.till
    debit = Debit(shop.card, (shop.member,), Money(6250, "USD"))
    code = spend_codes.ask(shop.till, shop.command(), CASHIER, debit)
    hand(shop.till.store, chain.office)
    with chain.office.database.read() as transaction:
        assert len(messages.urgent(transaction, chain.at_office.till.now())) == 1
    provider = Provider()
    chain.desk(provider).round()
    (sent,) = provider.taken
    assert code.digits in sent.text
    assert spend_codes.check(shop.till, code, debit, code.digits).kind is ProofKind.CODE
